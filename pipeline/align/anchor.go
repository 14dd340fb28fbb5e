package align

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// A point is a place in both texts: sentences behind it in the source and the target.
type point struct{ i, j int }

// A corridor is the part of the whole lattice that a pass looks at, and the points where
// it may be cut into stretches because both sides surely break there.
type corridor struct {
	*band
	cuts []point // ascending, without the corners
}

const (
	rareWord    = 4     // an anchor word occurs at most so often on a side
	refinedArea = 900   // a gap between anchors beyond so many cells is given anchors of its own
	refinements = 4     // how often at most
	fullArea    = 40000 // a gap between anchors up to this many cells is searched whole
	wholeArea   = 20000 // texts up to this many cells need no anchors
	firstMargin = 6     // cells round the path of anchors
	stretchRows = 400   // a corridor is cut about so often

	narrowMargin = 3   // sentences on either side of a sure bead
	wideMargin   = 10  // and of another
	trusted      = .95 // posterior of a sure bead
)

// anchors finds the first corridor: words rare on both sides that the prior lexicon ties
// vote for the sentences they stand in; votes that have others near their diagonal are
// points; the heaviest chain of points that rises on both sides is the path (as for
// fast_align's and Vecalign's coarse passes, but on words). Between its points the
// whole rectangle is searched, or where that is too big a wide strip round its diagonal.
func (m *model) anchors() corridor {
	n, k := len(m.source.sentences), len(m.target.sentences)
	b := newBand(n + 1)
	if n*k <= wholeArea {
		for i := range b.lo {
			b.cover(i, 0, k, k)
		}
		b.close(k)
		return corridor{band: b}
	}
	chain := m.chain(point{}, point{n, k}, refinements)
	last := point{}
	for _, p := range append(chain, point{n, k}) {
		b.bridge(last, p, k)
		last = p
	}
	b.close(k)
	return corridor{b, steadyPoints(chain)}
}

// bridge covers the way from p to q.
func (b *band) bridge(p, q point, last int) {
	height, width := q.i-p.i, q.j-p.j
	if height*width <= fullArea {
		for i := p.i - firstMargin; i <= q.i+firstMargin; i++ {
			b.cover(i, p.j-firstMargin, q.j+firstMargin, last)
		}
		return
	}
	margin := 60 + max(height, width)/12
	for i := p.i; i <= q.i; i++ {
		j := p.j + (i-p.i)*width/max(height, 1)
		slope := width / max(height, 1)
		b.cover(i, max(p.j-firstMargin, j-margin-slope), min(q.j+firstMargin, j+margin+slope), last)
	}
}

// chain is the chain of anchors between two points. A word that is common in the whole
// text may be rare between two anchors: where these lie far apart, those words are
// asked in their turn, so that neither a long text nor a repetitive one needs a wide
// corridor.
func (m *model) chain(from, to point, deeper int) []point {
	source, target := Span{from.i, to.i}, Span{from.j, to.j}
	found := heaviestChain(supported(m.votes(source, target), source.Len()), target.Len())
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

// votes ties the sentences in which words rare within the two spans and their likely
// translations stand. Its points are counted from the beginning of the spans.
func (m *model) votes(source, target Span) map[point]float64 {
	occurS, words := m.source.part(source).rareWords()
	occurT, _ := m.target.part(target).rareWords()
	votes := map[point]float64{}
	for _, e := range words {
		is := occurS[e]
		for _, x := range m.toTarget[e] {
			js := occurT[x.word]
			if x.p < .3 || len(is)*len(js) == 0 || len(is)*len(js) > 9 {
				continue
			}
			for _, i := range is {
				for _, j := range js {
					votes[point{i, j}] += float64(x.p) / float64(len(is)*len(js))
				}
			}
		}
	}
	return votes
}

// rareWords tells in which sentences the rare words of a text stand, and lists those
// words in ascending order.
func (t *text) rareWords() (at map[int32][]int, words []int32) {
	at = map[int32][]int{}
	for i, sentence := range t.sentences {
		for _, w := range sentence {
			if list := at[w]; len(list) <= rareWord {
				at[w] = append(list, i)
			}
		}
	}
	maps.DeleteFunc(at, func(_ int32, list []int) bool { return len(list) > rareWord })
	return at, slices.Sorted(maps.Keys(at))
}

// A vote is a point with the weight that speaks for it.
type vote struct {
	point
	weight float64
}

// supported keeps the votes that have at least one whole vote in their neighbourhood,
// weighted by it, ordered by i and falling j. The neighbourhood is as wide as it takes to
// hold a few votes.
func supported(votes map[point]float64, rows int) []vote {
	const least, reach = 8, 2
	size := max(least, rows/max(len(votes), 1))
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
		if support-v >= 1 && v >= .15 {
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

// steadyPoints picks points to cut at: those whose neighbours in the chain lie near and
// on nearly the same diagonal.
func steadyPoints(chain []point) (cuts []point) {
	const around, far, off = 3, 30, 2
	row := 0
	for c := around; c < len(chain)-around; c++ {
		p := chain[c]
		if p.i-row < stretchRows {
			continue
		}
		steady := true
		for _, q := range chain[c-around : c+around+1] {
			di, dj := p.i-q.i, p.j-q.j
			steady = steady && max(di, -di) <= far && max(di-dj, dj-di) <= off
		}
		if steady {
			cuts = append(cuts, p)
			row = p.i
		}
	}
	return cuts
}

// around is the corridor round a path: narrow along beads that are sure, wide where they
// are not; cut between sure beads.
func (m *model) around(path []link) corridor {
	n, k := len(m.source.sentences), len(m.target.sentences)
	b := newBand(n + 1)
	for _, l := range path {
		margin := wideMargin
		if l.posterior > trusted {
			margin = narrowMargin
		}
		for i := l.source.Start - margin; i <= l.source.End+margin; i++ {
			b.cover(i, l.target.Start-margin, l.target.End+margin, k)
		}
	}
	b.close(k)
	return corridor{b, sureCuts(path)}
}

// sureCuts are the points within runs of single sentences that are surely each other's
// translation.
func sureCuts(path []link) (cuts []point) {
	const run, sure = 4, .98
	length, row := 0, 0
	for _, l := range path {
		if l.source.Len() != 1 || l.target.Len() != 1 || l.posterior < sure {
			length = 0
			continue
		}
		if length++; length >= run && l.source.Start-row >= stretchRows {
			row = l.source.Start
			cuts = append(cuts, point{l.source.Start, l.target.Start})
		}
	}
	return cuts
}

// search aligns the texts within a corridor, stretch by stretch; fixed beads are
// stretches that need no search.
func (m *model) search(c corridor, s *scratch) []link {
	var out []link
	end := point{len(m.source.sentences), len(m.target.sentences)}
	last := point{}
	to := func(p point) { // aligns the stretch from last to p
		if source, target := (Span{last.i, p.i}), (Span{last.j, p.j}); source.Len()+target.Len() > 0 {
			l := newLattice(m, m.source.part(source), m.target.part(target), c.stretch(source, target), s)
			for _, x := range l.decode() {
				out = append(out, x.shifted(last.i, last.j))
			}
		}
		last = p
	}
	cuts := c.cuts
	for _, f := range m.fixed {
		for len(cuts) > 0 && cuts[0].i <= f.source.Start && cuts[0].j <= f.target.Start {
			to(cuts[0])
			cuts = cuts[1:]
		}
		for len(cuts) > 0 && (cuts[0].i < f.source.End || cuts[0].j < f.target.End) {
			cuts = cuts[1:] // it would cut through the fixed bead, or cross it
		}
		to(point{f.source.Start, f.target.Start})
		out = append(out, f)
		last = point{f.source.End, f.target.End}
	}
	for _, cut := range cuts {
		to(cut)
	}
	to(end)
	return out
}

// stretch is the part of the band within a rectangle.
func (b *band) stretch(source, target Span) *band {
	s := newBand(source.Len() + 1)
	for i := range s.lo {
		row := i + source.Start
		lo := min(max(b.lo[row]-target.Start, 0), target.Len())
		hi := min(max(b.hi[row]-target.Start, 0), target.Len())
		s.cover(i, lo, hi, target.Len())
	}
	s.close(target.Len())
	return s
}
