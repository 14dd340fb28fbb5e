package align

import (
	"math/bits"
	"slices"
	"strings"
)

// A Pair is a word and its translation, with how far to trust it, from 0 to 1.
type Pair struct {
	Source, Target string
	Weight         float64
}

// An entry of a table row: a word of the other side and its probability.
type entry struct {
	word int32
	p    float32
}

// A table holds for each word of one side a row of words of the other, ascending.
type table [][]entry

// What is known of two stems before any training.
type guess map[[2]int32]float64 // source stem, target stem → strength, from 0 to 1

func (g guess) add(s, t int32, strength float64) {
	k := [2]int32{s, t}
	g[k] = max(g[k], strength)
}

// priors is the lexicon before training, in both directions: words, numbers and marks
// that look alike, and the pairs the caller knows.
func priors(source, target *text, pairs []Pair, o *settings) (toTarget, toSource table) {
	g := guess{}
	if o.uses(Cognates) {
		g.cognates(source.vocabulary, target.vocabulary)
	}
	g.same(source.vocabulary, target.vocabulary, o)
	if o.uses(Lexical) {
		g.lexicon(source.vocabulary, target.vocabulary, pairs, o.fold)
	}
	return g.tables(len(source.stem), len(target.stem))
}

// same ties the tokens that are equal on both sides and are not words.
func (g guess) same(source, target *vocabulary, o *settings) {
	for s, w := range source.stem {
		if isWord(w) {
			continue
		}
		t, ok := target.number[w]
		switch {
		case !ok:
		case strings.HasPrefix(w, numberPrefix):
			if o.uses(Numbers) {
				g.add(int32(s), t, 1)
			}
		case strings.HasPrefix(w, markPrefix):
			g.add(int32(s), t, 1)
		case o.uses(Punctuation):
			g.add(int32(s), t, .7)
		}
	}
}

// A form is a whole word beside the stem it was cut to, with the set of its letters.
type form struct {
	word    string
	stem    int32
	letters uint64
}

func (v *vocabulary) allForms(yield func(form) bool) {
	for id, list := range v.forms {
		for _, w := range list {
			if isWord(w) && !yield(form{w, int32(id), letterSet(w)}) {
				return
			}
		}
	}
}

// cognates ties words that begin with the same three bytes and look alike. The sets of
// letters give a cheap bound on how alike two words can be.
func (g guess) cognates(source, target *vocabulary) {
	const key = 3
	index := map[string][]form{}
	for f := range target.allForms {
		if len(f.word) >= key {
			index[f.word[:key]] = append(index[f.word[:key]], f)
		}
	}
	for s := range source.allForms {
		if len(s.word) < key {
			continue
		}
		for _, t := range index[s.word[:key]] {
			if !mayBeCognate(s, t) {
				continue
			}
			if c := cognate(s.word, t.word); c > 0 {
				g.add(s.stem, t.stem, c)
			}
		}
	}
}

func letterSet(w string) (set uint64) {
	for i := range len(w) {
		set |= 1 << (w[i] & 63)
	}
	return set
}

func mayBeCognate(a, b form) bool {
	longer, shorter := max(len(a.word), len(b.word)), min(len(a.word), len(b.word))
	if 5*shorter < 3*longer {
		return false
	}
	unlike := bits.OnesCount64(a.letters&^b.letters) + bits.OnesCount64(b.letters&^a.letters)
	return 2*unlike <= longer+1
}

// cognate is how much two folded words look like one word, from 0 to 1: the share of
// the longer word that is a common subsequence (Melamed 1999), counted only where it is
// high for the length of their common beginning (Simard et al. 1992 took four letters).
func cognate(a, b string) float64 {
	if a == b {
		if len(a) <= 3 {
			return .3
		}
		return .9
	}
	if len(a) < 4 || len(b) < 4 {
		return 0
	}
	begin := 0
	for begin < len(a) && begin < len(b) && a[begin] == b[begin] {
		begin++
	}
	share := float64(commonSubsequence(a, b)) / float64(max(len(a), len(b)))
	switch {
	case begin >= 5 && share >= .6:
		return .7 * share
	case begin >= 4 && share >= .7:
		return .6 * share
	case share >= .8:
		return .5 * share
	}
	return 0
}

// commonSubsequence is the length in bytes of the longest common subsequence.
func commonSubsequence(a, b string) int {
	var buffer [64]int
	row := buffer[:]
	if len(b)+1 > len(row) {
		row = make([]int, len(b)+1)
	}
	for i := range len(a) {
		diagonal := 0
		for j := range len(b) {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// lexicon ties the pairs that the caller knows. Words are looked up as they are, or by
// a long common beginning (marche for marcher), which counts for less.
func (g guess) lexicon(source, target *vocabulary, pairs []Pair, fold func(string) string) {
	if len(pairs) == 0 {
		return
	}
	s, t := newFinder(source), newFinder(target)
	for _, p := range pairs {
		from := s.findAll(p.Source, fold)
		if len(from) == 0 {
			continue
		}
		to := t.findAll(p.Target, fold)
		for _, x := range from {
			for _, y := range to {
				g.add(x.word, y.word, p.Weight*float64(x.p*y.p))
			}
		}
	}
}

// findAll finds the words of a phrase. Each of several counts for less, and the short
// ones, which mean little by themselves, for nothing.
func (f *finder) findAll(phrase string, fold func(string) string) []entry {
	words, _ := tokens(phrase, fold)
	if len(words) == 1 {
		return f.find(words[0])
	}
	var out []entry
	for _, w := range words {
		if len(w) < 4 || !isWord(w) {
			continue
		}
		for _, x := range f.find(w) {
			out = append(out, entry{x.word, x.p / float32(len(words))})
		}
	}
	return out
}

// A finder looks words up by their beginning.
type finder struct {
	*vocabulary
	forms []form // sorted by word
}

func newFinder(v *vocabulary) *finder {
	forms := slices.Collect(v.allForms)
	slices.SortFunc(forms, func(a, b form) int { return strings.Compare(a.word, b.word) })
	return &finder{v, forms}
}

// find returns the stems of w and of words inflected like it, each with a factor.
func (f *finder) find(w string) []entry {
	var out []entry
	begin := w[:min(len(w), max(4, len(w)-2))]
	i, _ := slices.BinarySearchFunc(f.forms, begin, func(x form, w string) int { return strings.Compare(x.word, w) })
	for ; i < len(f.forms) && strings.HasPrefix(f.forms[i].word, begin); i++ {
		switch x := f.forms[i]; {
		case x.word == w:
			out = append(out, entry{x.stem, 1})
		case len(w) >= 4 && len(x.word) <= len(w)+4:
			out = append(out, entry{x.stem, .7})
		}
	}
	return out
}

// tables turns guesses into probabilities: a row that adds up to more than 1 is scaled.
func (g guess) tables(sources, targets int) (toTarget, toSource table) {
	toTarget, toSource = make(table, sources), make(table, targets)
	for k, v := range g {
		toTarget[k[0]] = append(toTarget[k[0]], entry{k[1], float32(v)})
		toSource[k[1]] = append(toSource[k[1]], entry{k[0], float32(v)})
	}
	toTarget.settle()
	toSource.settle()
	return toTarget, toSource
}

// settle sorts the rows and scales those that add up to more than 1.
func (t table) settle() {
	for _, row := range t {
		slices.SortFunc(row, func(a, b entry) int { return int(a.word) - int(b.word) })
		sum := float32(0)
		for _, x := range row {
			sum += x.p
		}
		if sum > 1 {
			for i := range row {
				row[i].p /= sum
			}
		}
	}
}
