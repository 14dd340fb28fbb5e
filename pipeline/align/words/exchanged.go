package words

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// Exchanged reports whether two texts, said to be in two languages, look as if each were
// in the other's: whether either has many more of the common words of the other language
// than of its own. Without a list for the languages, or in very short texts, it is false.
func Exchanged(source, target language.Tag, sourceText, targetText []string) bool {
	const enough, times = 30, 3
	ours, theirs := map[string]bool{}, map[string]bool{}
	for p := range Pairs(source, target) {
		ours[p.Source], theirs[p.Target] = true, true
	}
	own, other := count(sourceText, ours, theirs)
	targetOwn, targetOther := count(targetText, theirs, ours)
	return other >= enough && targetOther >= enough && other > times*own && targetOther > times*targetOwn
}

// count counts the words that are in one of two sets alone.
func count(text []string, own, other map[string]bool) (owns, others int) {
	const look = 500 // sentences are enough
	for _, sentence := range text[:min(len(text), look)] {
		for word := range strings.FieldsFuncSeq(strings.ToLower(sentence), func(r rune) bool { return !unicode.IsLetter(r) }) {
			switch a, b := own[word], other[word]; {
			case a && !b:
				owns++
			case b && !a:
				others++
			}
		}
	}
	return owns, others
}
