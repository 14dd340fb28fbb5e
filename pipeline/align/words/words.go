// Package words keeps short lists of common words and their translations, which give
// the aligner a first hold on a pair of languages. They were written for this project.
package words

import (
	"embed"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"

	"drogman/pipeline/align"
)

//go:embed *.txt
var lists embed.FS

// trust is the weight of a pair: a common word has many translations.
const trust = .8

// For returns what finds the pairs that fit two texts, given as sentences: those of the two
// languages, unless the texts are plainly in two others of which there is a list.
func For(source, target language.Tag) func(source, target []string) iter.Seq[align.Pair] {
	said := [2]language.Tag{source, target}
	return func(source, target []string) iter.Seq[align.Pair] {
		fitting := fit(said, source, target)
		return Pairs(fitting[0], fitting[1])
	}
}

// Fitting are the languages that two texts, said to be in two, are plainly in: those of the
// list that For would take.
func Fitting(source, target language.Tag, sourceText, targetText []string) (language.Tag, language.Tag) {
	fitting := fit([2]language.Tag{source, target}, sourceText, targetText)
	return fitting[0], fitting[1]
}

// fit is the pair of languages whose list fits two texts.
func fit(languages [2]language.Tag, source, target []string) [2]language.Tag {
	s, t := sample(source), sample(target)
	if min(len(s), len(t)) < leastWords {
		return languages
	}
	best, most := languages, leastCoverage
	for _, l := range listed {
		if sameBase(l.languages[0], languages[0]) && sameBase(l.languages[1], languages[1]) {
			most += plainly * l.coverage(s, t)
		}
	}
	for _, l := range listed {
		if c := l.coverage(s, t); c > most {
			best, most = l.languages, c
		}
	}
	return best
}

func sameBase(a, b language.Tag) bool {
	x, _ := a.Base()
	y, _ := b.Base()
	return x == y
}

const (
	sampled       = 300 // sentences that are looked at
	leastWords    = 30  // fewer words say nothing
	plainly       = 1.5 // times the words that another list must know
	leastCoverage = .2  // and this share of all words more
)

// A list is a pair of languages with the words that its list knows on either side.
type list struct {
	languages [2]language.Tag
	known     func() [2]map[string]bool
}

// listed are the lists, each in both directions.
var listed = []list{
	newList(language.French, language.English), newList(language.English, language.French),
	newList(language.German, language.French), newList(language.French, language.German),
}

func newList(source, target language.Tag) list {
	return list{[2]language.Tag{source, target}, sync.OnceValue(func() [2]map[string]bool {
		known := [2]map[string]bool{{}, {}}
		for p := range Pairs(source, target) {
			known[0][strings.TrimSuffix(align.Fold(p.Source), "'")] = true
			known[1][strings.TrimSuffix(align.Fold(p.Target), "'")] = true
		}
		return known
	})}
}

// coverage is the share of words that a list knows: the lesser of both sides.
func (l *list) coverage(source, target []string) float64 {
	known := l.known()
	return min(share(known[0], source), share(known[1], target))
}

func share(known map[string]bool, words []string) float64 {
	n := 0
	for _, w := range words {
		if known[w] {
			n++
		}
	}
	return float64(n) / float64(max(len(words), 1))
}

// sample lists the words of some sentences, spread over the text.
func sample(sentences []string) (words []string) {
	step := max(len(sentences)/sampled, 1)
	for i := 0; i < len(sentences); i += step {
		words = append(words, strings.FieldsFunc(align.Fold(sentences[i]), func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	return words
}

// Pairs yields the word pairs of two languages, in either direction; none where there is
// no list for them. Only the base of a tag counts: en-GB is en.
func Pairs(source, target language.Tag) iter.Seq[align.Pair] {
	return func(yield func(align.Pair) bool) {
		s, _ := source.Base()
		t, _ := target.Base()
		if list, err := lists.ReadFile(s.String() + "-" + t.String() + ".txt"); err == nil {
			groups(string(list), yield)
			return
		}
		if list, err := lists.ReadFile(t.String() + "-" + s.String() + ".txt"); err == nil {
			groups(string(list), func(p align.Pair) bool {
				return yield(align.Pair{Source: p.Target, Target: p.Source, Weight: p.Weight})
			})
		}
	}
}

// groups yields each word of a line's one side with each of its other.
func groups(list string, yield func(align.Pair) bool) {
	for line := range strings.Lines(list) {
		left, right, found := strings.Cut(line, " = ")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		targets := strings.Fields(right)
		for source := range strings.FieldsSeq(left) {
			if !slices.ContainsFunc(targets, func(target string) bool {
				return !yield(align.Pair{Source: source, Target: target, Weight: trust})
			}) {
				continue
			}
			return
		}
	}
}
