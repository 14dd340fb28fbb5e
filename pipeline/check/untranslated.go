package check

import (
	"strings"

	"drogman/pipeline/bitext"
)

// untranslated finds targets that are the source again. A text of names, numbers and
// addresses alone may stay as it is: there must be a small word that only the source's
// language has (la, est), and another word, or three words in small letters.
var untranslated = Rule{
	Code: "untranslated", Severity: Error,
	Before: Pair{"La guerre continue.", "La guerre continue."},
	After:  Pair{"La guerre continue.", "The war goes on."},
	Cases: []Case{
		{Pair: Pair{"Alep, 2016", "Alep, 2016"}},
		{Pair: Pair{"Paris 14", "Paris 14"}},
		{Pair: Pair{"Lire la suite", "Lire la suite"}, Have: []string{"Lire la suite"}},
		{Pair: Pair{"Justin Bieber", "Justin Bieber"}},
		{Pair: Pair{"important", "important"}},
	},
	unit: func(x *context) {
		if x.untranslated() || strings.TrimSpace(x.source.raw) != strings.TrimSpace(x.target.raw) {
			return
		}
		small, native := 0, false
		for _, w := range x.source.words {
			if w.alpha && !w.upper && w.Len() > 1 {
				small++
			}
			native = native || w.alpha && x.source.tongue.function[w.fold] && !x.target.tongue.function[w.fold]
		}
		if native && small >= 2 || small >= 3 {
			x.reportAt(Target, bitext.Span{End: len(x.target.raw)}, bitext.Span{End: len(x.source.raw)}, Finding{Have: x.target.raw})
		}
	},
}
