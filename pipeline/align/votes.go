package align

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

const (
	rareWord     = 4   // a word that occurs at most so often in both texts is rare, if there are enough such
	commoner     = 4   // else words that many times as common are asked, and so on
	enoughVotes  = .1  // right votes for each sentence that are enough
	votesPerRow  = 24  // most votes for each sentence
	mostVotes    = 4e6 // and for all of them
	leastTie     = .3  // least probability of a translation that votes
	leastSupport = 1   // least weight of the votes beside a vote

	refinedArea = 900 // a gap between anchors beyond so many cells is given anchors of its own
	refinements = 4   // how often at most
)

// A vote is a point with the weight that speaks for it.
type vote struct {
	point
	weight float64
}

// chain is the chain of anchors between two points. A word that is common in the whole
// text may be rare between two anchors: where these lie far apart, those words are
// asked in their turn, so that neither a long text nor a repetitive one needs a wide
// corridor.
func (m *model) chain(from, to point, deeper int) []point {
	source, target := Span{from.i, to.i}, Span{from.j, to.j}
	votes, likely := m.votes(source, target)
	found := heaviestChain(supported(votes, likely, source.Len()), target.Len())
	if len(found) == 0 || deeper == 0 {
		for x := range found {
			found[x] = point{from.i + found[x].i, from.j + found[x].j}
		}
		return found
	}
	var chain []point
	last := from
	for _, p := range found {
		p = point{from.i + p.i, from.j + p.j}
		chain = append(m.between(chain, last, p, deeper), p)
		last = p
	}
	return m.between(chain, last, to, deeper)
}

// between appends the anchors found between two others that lie far apart.
func (m *model) between(chain []point, from, to point, deeper int) []point {
	if (to.i-from.i)*(to.j-from.j) <= refinedArea {
		return chain
	}
	return append(chain, m.chain(from, to, deeper-1)...)
}

// votes ties the sentences of two spans in which a word and its likely translation stand:
// each place of the one with each of the other, for as much as it is probably right. Its
// points are counted from the beginning of the spans.
//
// Rare words are asked first. Where they say too little, as in a text that repeats itself
// (forms, minutes, a memory that holds a file twice), commoner ones are asked as well. A
// wrong vote then has as many beside it as a right one; but of all chains the right one,
// which leaves nothing out, is the longest.
//
// It also returns what all votes that are right may be expected to weigh.
func (m *model) votes(source, target Span) (votes map[point]float64, likely float64) {
	s, t := m.source.part(source), m.target.part(target)
	room := min(votesPerRow*source.Len(), mostVotes)
	votes = map[point]float64{}
	right := 0.0 // votes that are right, as may be expected
	for least, most := 0, rareWord; ; least, most = most, most*commoner {
		for _, x := range m.ties(s.occurrences(most), t.occurrences(most), least) {
			if room -= x.pairs(); room < 0 {
				return votes, likely
			}
			n := x.vote(votes)
			right += n
			likely += n / float64(max(len(x.is), len(x.js)))
		}
		if right >= enoughVotes*float64(source.Len()) || most > source.Len()/16 {
			return votes, likely
		}
	}
}

// A tie is a word of the source and its likely translation, with the sentences they stand in.
type tie struct {
	source, target int32
	p              float64
	is, js         []int
}

func (t *tie) pairs() int { return len(t.is) * len(t.js) }

// vote casts a tie's votes and returns how many of them may be right.
func (t *tie) vote(votes map[point]float64) (right float64) {
	right = t.p * float64(min(len(t.is), len(t.js)))
	each := right / float64(t.pairs())
	for _, i := range t.is {
		for _, j := range t.js {
			votes[point{i, j}] += each
		}
	}
	return right
}

// ties lists the words tied to each other of which one at least occurs more than least
// times, the rarest first.
func (m *model) ties(occurS, occurT map[int32][]int, least int) (out []tie) {
	for e, is := range occurS {
		for _, x := range m.toTarget[e] {
			js := occurT[x.word]
			if x.p >= leastTie && len(js) > 0 && max(len(is), len(js)) > least {
				out = append(out, tie{e, x.word, float64(x.p), is, js})
			}
		}
	}
	slices.SortFunc(out, func(a, b tie) int {
		return cmp.Or(cmp.Compare(a.pairs(), b.pairs()), cmp.Compare(a.source, b.source), cmp.Compare(a.target, b.target))
	})
	return out
}

// occurrences tells in which sentences the words stand that occur at most so often.
func (t *text) occurrences(most int) map[int32][]int {
	at := map[int32][]int{}
	for i, sentence := range t.sentences {
		for _, w := range sentence {
			if list := at[w]; len(list) <= most {
				at[w] = append(list, i)
			}
		}
	}
	maps.DeleteFunc(at, func(_ int32, list []int) bool { return len(list) > most })
	return at
}

// supported keeps the votes that have at least one whole vote in their neighbourhood, or,
// where all that are right weigh less, a quarter of what a right one may expect there. They are weighted by their neighbourhood and ordered by i and falling j. The
// neighbourhood is as wide as it takes to hold a few votes.
func supported(votes map[point]float64, likely float64, rows int) []vote {
	const least, reach = 8, 2
	size := max(least, rows/max(len(votes), 1))
	needed := min(leastSupport, likely/float64(max(rows, 1))*float64(size*(2*reach+1))/4)
	near := map[point]float64{}
	points := slices.SortedFunc(maps.Keys(votes), func(a, b point) int {
		return cmp.Or(cmp.Compare(a.i, b.i), cmp.Compare(b.j, a.j))
	})
	for _, p := range points {
		near[point{p.i / size, p.j / size}] += votes[p]
	}
	var out []vote
	for _, p := range points {
		support, v := 0.0, votes[p]
		for di := -reach; di <= reach; di++ {
			for dj := -reach; dj <= reach; dj++ {
				support += near[point{p.i/size + di, p.j/size + dj}]
			}
		}
		if support-v >= needed {
			out = append(out, vote{p, v * math.Min(support, 10)})
		}
	}
	return out
}

// heaviestChain is the chain of points, each after the last on both sides, that has the
// greatest weight: the heaviest increasing subsequence, by a Fenwick tree of best chains
// over the target (columns of them).
func heaviestChain(votes []vote, columns int) []point {
	best := make([]float64, columns+2)
	head := make([]int, columns+2) // the last vote of the best chain below each column, plus 1
	weight, before := make([]float64, len(votes)), make([]int, len(votes))
	top := 0
	for v, p := range votes {
		w := 0.0
		for x := p.j; x > 0; x -= x & -x {
			if best[x] > w {
				w, before[v] = best[x], head[x]
			}
		}
		weight[v] = w + p.weight
		for x := p.j + 1; x < len(best); x += x & -x {
			if best[x] < weight[v] {
				best[x], head[x] = weight[v], v+1
			}
		}
		if top == 0 || weight[v] > weight[top-1] {
			top = v + 1
		}
	}
	var chain []point
	for v := top; v > 0; v = before[v-1] {
		chain = append(chain, votes[v-1].point)
	}
	slices.Reverse(chain)
	return chain
}
