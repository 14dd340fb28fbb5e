package check

import (
	"strings"
	"unicode"

	"drogman/glossary"
)

// termCase finds approved terms whose capitals are not the glossary's: Prime Minister for
// prime minister, nato for NATO. The first word of a sentence may have its capital, and a
// text all in capitals, or a title in which most words have one, is left alone.
var termCase = Rule{
	Code: "term-case", Severity: Warning,
	Before: Pair{"La ville d'Alep est tombée.", "The city of aleppo has fallen."},
	After:  Pair{"La ville d'Alep est tombée.", "The city of Aleppo has fallen."},
	unit: func(x *context) {
		x.reportTerms(miscased)
		if len(x.termsOf().wanted) == 0 || isTitle(&x.target) {
			return
		}
		for _, w := range x.terms.wanted {
			for _, a := range w.answers {
				x.checkCase(&w, a)
			}
		}
	},
}

func (x *context) checkCase(w *wanted, a glossary.Occurrence) {
	have, want := x.target.raw[a.Start:a.End], a.Term.Text
	if have == want || !strings.EqualFold(have, want) || w.concept.Rule(a.Term).Case == glossary.AnyCase {
		return
	}
	if strings.ToUpper(have) == have || sentenceStart(x.target.raw, a.Start) && sameLetters(have, want) {
		return
	}
	x.reportAt(Target, spanOf(a), w.source[0], Finding{Concept: w.concept.ID, Have: have, Want: want})
}

// sentenceStart reports whether a sentence may begin at the offset: nothing but quotes
// and spaces stands between it and the start or the mark that ends the sentence before.
func sentenceStart(s string, at int) bool {
	before := strings.TrimRight(s[:at], closers+"“‘«([")
	return before == "" || strings.ContainsRune(".!?:…—–", rune(before[len(before)-1])) || strings.HasSuffix(before, "…")
}

// isTitle reports whether most longer words of the text have a capital.
func isTitle(t *text) bool {
	long, upper := 0, 0
	for _, w := range t.words {
		if w.Len() > 3 && w.alpha {
			long++
			if w.upper {
				upper++
			}
		}
	}
	return 4*upper >= 3*long && unicode.IsUpper(firstRune(t.raw))
}

func firstRune(s string) rune {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return r
		}
	}
	return 0
}
