package align

// A point is a place in both texts: sentences behind it in the source and the target.
type point struct{ i, j int }

// A corridor is the part of the whole lattice that a pass looks at, and the points where
// it may be cut into stretches because both sides surely break there.
type corridor struct {
	*band
	cuts []point // ascending, without the corners
}

const (
	fullArea    = 40000 // a gap between anchors up to this many cells is searched whole
	wholeArea   = 20000 // texts up to this many cells need no anchors
	firstMargin = 6     // cells round the path of anchors
	stripArea   = 4e6   // a strip where there are no anchors has about so many cells at most
	leastMargin = 20    // but is so wide on either side of its diagonal at least
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
	margin := min(60+max(height, width)/12, max(leastMargin, stripArea/(2*height+1)))
	for i := p.i; i <= q.i; i++ {
		j := p.j + (i-p.i)*width/max(height, 1)
		slope := width / max(height, 1)
		b.cover(i, max(p.j-firstMargin, j-margin-slope), min(q.j+firstMargin, j+margin+slope), last)
	}
}

// steadyPoints picks points to cut at: those whose neighbours in the chain lie near and
// on nearly the same diagonal. The longer none was found, the less is asked of the next, so
// that a stretch does not outgrow the memory; what a cut costs there, the next pass mends.
func steadyPoints(chain []point) (cuts []point) {
	const around, far, off, patience = 3, 30, 2, 10 * stretchRows
	row := 0
	for c := around; c < len(chain)-around; c++ {
		p := chain[c]
		if p.i-row < stretchRows {
			continue
		}
		loosened := 1 + (p.i-row)/patience
		if steady(p, chain[c-around:c+around+1], far*loosened, off*loosened) {
			cuts = append(cuts, p)
			row = p.i
		}
	}
	return cuts
}

// steady reports whether a point's neighbours are at most so far from it and so far off its
// diagonal.
func steady(p point, neighbours []point, far, off int) bool {
	for _, q := range neighbours {
		di, dj := p.i-q.i, p.j-q.j
		if max(di, -di) > far || max(di-dj, dj-di) > off {
			return false
		}
	}
	return true
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
