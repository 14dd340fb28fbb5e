package align

import "math"

// leastLearnt is the least weight of a word pair worth keeping: less sure ones have cost as
// much as they brought.
const leastLearnt = .4

// Learn returns the word pairs that sentences and their translations teach, source[i] and
// target[i] being one pair of sentences: what a translation memory knows of words, to be
// given as a Lexicon. A pair's weight is the geometric mean of its probabilities in the
// two directions. The slices are equally long.
func Learn(source, target []string) []Pair {
	o := &settings{fold: Fold}
	s, t := read(source, nil, nil, o), read(target, nil, nil, o)
	links := make([]link, len(source))
	for i := range links {
		links[i] = link{source: Span{i, i + 1}, target: Span{i, i + 1}, score: fixedScore, posterior: 1}
	}
	toTarget, toSource := priors(s, t, nil, o)
	toTarget, toSource = train(s, t, links, false, toTarget), train(t, s, links, true, toSource)
	var pairs []Pair
	for e := range s.stem {
		for _, x := range toTarget[e] {
			if !isWord(s.stem[e]) || !isWord(t.stem[x.word]) {
				continue
			}
			if w := math.Sqrt(float64(x.p * probability(toSource[x.word], int32(e)))); w >= leastLearnt {
				pairs = appendForms(pairs, s.forms[e], t.forms[x.word], w)
			}
		}
	}
	return pairs
}

// probability is that of a word in a row.
func probability(row []entry, w int32) float32 {
	for _, x := range row {
		if x.word == w {
			return x.p
		}
	}
	return 0
}

// appendForms adds each form of two words that were cut to stems, with the first of the
// other's: whoever looks one up then finds it, whatever its ending.
func appendForms(pairs []Pair, source, target []string, weight float64) []Pair {
	for _, f := range source {
		pairs = append(pairs, Pair{f, target[0], weight})
	}
	for _, f := range target[1:] {
		pairs = append(pairs, Pair{source[0], f, weight})
	}
	return pairs
}
