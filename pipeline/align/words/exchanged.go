package words

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// Exchanged reports whether two texts, said to be in two languages, look as if each were
// in the other's: whether a good part of the words of either are common words of the other
// language, and far fewer of its own. Without a list for the languages, or in very short
// texts, it is false.
func Exchanged(source, target language.Tag, sourceText, targetText []string) bool {
	ours, theirs := map[string]bool{}, map[string]bool{}
	for p := range Pairs(source, target) {
		ours[p.Source], theirs[p.Target] = true, true
	}
	return speaks(sourceText, theirs, ours) && speaks(targetText, ours, theirs)
}

// speaks reports whether the text is in the language of one set of common words rather
// than in that of the other. A third language may share a tenth of them.
func speaks(text []string, its, other map[string]bool) bool {
	const enough, share, times = 30, .3, 3
	own, others, all := count(text, its, other)
	return own >= enough && float64(own) > share*float64(all) && own > times*others
}

// count counts the words that are in one of two sets alone, and all words.
func count(text []string, own, other map[string]bool) (owns, others, all int) {
	const look = 500 // sentences are enough
	for _, sentence := range text[:min(len(text), look)] {
		for word := range strings.FieldsFuncSeq(strings.ToLower(sentence), func(r rune) bool { return !unicode.IsLetter(r) }) {
			all++
			switch a, b := own[word], other[word]; {
			case a && !b:
				owns++
			case b && !a:
				others++
			}
		}
	}
	return owns, others, all
}
