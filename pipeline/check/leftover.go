package check

import "drogman/pipeline/bitext"

// leftover finds a stretch of the source's language in the target: three words running
// that the source has too, two of them words that only that language has (de la, est
// une). Titles in capitals and names are not counted.
var leftover = Rule{
	Code: "leftover", Severity: Warning,
	Before: Pair{"La fin de la guerre est une bonne nouvelle.", "The end de la guerre is good news."},
	After:  Pair{"La fin de la guerre est une bonne nouvelle.", "The end of the war is good news."},
	Cases: []Case{
		{Pair: Pair{"Le Monde des Livres", "Le Monde des Livres"}},
		{Pair: Pair{"Il dit que c'est une erreur.", "He says que c'est une error."}, Have: []string{"que c'est une"}},
	},
	unit: func(x *context) {
		if x.untranslated() || x.source.raw == x.target.raw {
			return
		}
		for i := 0; i < len(x.target.words); {
			n, betrayed := x.leftoverAt(i)
			if n >= 3 && betrayed >= 2 {
				here := bitext.Span{Start: x.target.words[i].Start, End: x.target.words[i+n-1].End}
				x.reportAt(Target, here, bitext.Span{}, Finding{})
			}
			i += max(n, 1)
		}
	},
}

// leftoverAt counts the words from i that the source has too, and those among them that
// betray its language.
func (x *context) leftoverAt(i int) (n, betrayed int) {
	for _, w := range x.target.words[i:] {
		if w.upper || !w.alpha || !x.source.has(w.fold) {
			break
		}
		n++
		if x.source.tongue.function[w.fold] && !x.target.tongue.function[w.fold] {
			betrayed++
		}
	}
	return n, betrayed
}
