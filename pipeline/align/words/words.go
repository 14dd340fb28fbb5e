// Package words keeps short lists of common words and their translations, which give
// the aligner a first hold on a pair of languages. They were written for this project.
package words

import (
	"embed"
	"iter"
	"slices"
	"strings"

	"drogman/pipeline/align"
	"golang.org/x/text/language"
)

//go:embed *.txt
var lists embed.FS

// trust is the weight of a pair: a common word has many translations.
const trust = .8

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
