package align

import (
	"math"
	"slices"
)

// A band says which cells of a lattice are looked at: in row i (i source sentences
// behind), the columns lo[i] to hi[i] inclusive (target sentences behind). Both bounds
// never fall.
type band struct {
	lo, hi []int
	offset []int // of each row's first cell among all cells
}

func newBand(rows int) *band {
	b := &band{lo: make([]int, rows), hi: make([]int, rows)}
	for i := range rows {
		b.lo[i], b.hi[i] = math.MaxInt, -1
	}
	return b
}

// cover adds the columns [lo, hi], cut to [0, last], to a row; rows outside are ignored.
func (b *band) cover(row, lo, hi, last int) {
	if row >= 0 && row < len(b.lo) {
		b.lo[row] = min(b.lo[row], max(lo, 0))
		b.hi[row] = max(b.hi[row], min(hi, last))
	}
}

// close makes the bounds monotone, so that a path leads from corner to corner, and
// counts the cells.
func (b *band) close(last int) {
	n := len(b.lo) - 1
	b.cover(0, 0, 0, last)
	b.cover(n, last, last, last)
	for i := 1; i <= n; i++ {
		b.hi[i] = max(b.hi[i], b.hi[i-1])
	}
	for i := n - 1; i >= 0; i-- {
		b.lo[i] = min(b.lo[i], b.lo[i+1])
	}
	for i := range b.lo { // each row touches the one before
		b.lo[i] = min(b.lo[i], b.hi[max(i-1, 0)])
	}
	b.count()
}

func (b *band) count() {
	b.offset = make([]int, len(b.lo)+1)
	for i := range b.lo {
		b.offset[i+1] = b.offset[i] + b.hi[i] - b.lo[i] + 1
	}
}

func (b *band) covers(i, j int) bool { return i >= 0 && j >= b.lo[i] && j <= b.hi[i] }
func (b *band) cell(i, j int) int    { return b.offset[i] + j - b.lo[i] }
func (b *band) cells() int           { return b.offset[len(b.lo)] }

// turned is the band with rows and columns exchanged.
func (b *band) turned(columns int) *band {
	t := newBand(columns)
	for i := range b.lo {
		for j := b.lo[i]; j <= b.hi[i]; j++ {
			t.cover(j, i, i, len(b.lo)-1)
		}
	}
	t.count()
	return t
}

// evidence[k-1][cell(i,j)] is the log odds of sentence j-1 of the other side given the
// group of k sentences of the given side that ends before i.
type evidence [reach][]float32

// scratch is reused between the lattices of one alignment.
type scratch struct {
	sum   [reach][]float32
	stamp [reach][]int32
	seen  []int32 // the last group a word was brought forth by
}

// dilution is the power of the number of words that the evidence of a group is divided by.
const dilution = .95

// gather fills the evidence of a band. A word f of the other side was brought forth,
// with probability trust, by a word of the group, all alike (model 1), else by chance:
//
//	log((1-trust) + trust · Σ t(f|e) / (words+1) / P(f))
//
// The division by the number of words is softened by the power dilution, about the usual
// length of a sentence: in a true bead of several sentences each still has its own part of
// the other side, which model 1, where every word may come from every word, cannot know.
// The sums Σ over single sentences are kept for the last six, so that each group costs
// one addition; the logarithm is taken of the product over the sentence.
func gather(given, other *text, t table, trust float64, b *band, s *scratch) (ev evidence) {
	for k := range ev {
		ev[k] = make([]float32, b.cells())
	}
	s.reset(len(other.stem))
	usual := given.usual()
	var words [reach]float64 // trust over the words of the last k sentences, diluted
	for i := 1; i < len(b.lo); i++ {
		s.load(i, given.sentences[i-1], t)
		count, groups := 0, min(i, reach)
		for k := range groups {
			count += len(given.sentences[i-1-k])
			words[k] = trust * diluted(usual, count)
		}
		for j := max(b.lo[i], 1); j <= b.hi[i]; j++ {
			var odds [reach]float64
			s.weigh(i, other.sentences[j-1], other.vocabulary, 1-trust, words[:groups], &odds)
			cell := b.cell(i, j)
			for k := range groups {
				ev[k][cell] = float32(odds[k])
			}
		}
	}
	return ev
}

// usual is the usual number of words of a sentence, plus 1.
func (t *text) usual() float64 { return float64(t.tokens)/float64(max(t.known, 1)) + 1 }

// diluted is what one of so many words is worth.
func diluted(usual float64, words int) float64 {
	return math.Pow(usual/float64(words+1), dilution) / usual
}

func (s *scratch) reset(vocabulary int) {
	for k := range reach {
		if len(s.sum[k]) < vocabulary {
			s.sum[k], s.stamp[k] = make([]float32, vocabulary), make([]int32, vocabulary)
		}
		clear(s.stamp[k])
	}
	if len(s.seen) < vocabulary {
		s.seen = make([]int32, vocabulary)
	}
	for f := range s.seen {
		s.seen[f] = -reach
	}
}

// load sums up what the words of sentence i-1 bring forth.
func (s *scratch) load(i int, words []int32, t table) {
	sum, stamp, now := s.sum[i%reach], s.stamp[i%reach], int32(i)
	for _, e := range words {
		for _, x := range t[e] {
			if stamp[x.word] != now {
				stamp[x.word], s.seen[x.word], sum[x.word] = now, now, 0
			}
			sum[x.word] += x.p
		}
	}
}

// weigh adds up the log odds of words given the last 1, 2 … sentences before i. Words
// that none of them explains are most of all words: they are only counted.
func (s *scratch) weigh(i int, words []int32, v *vocabulary, doubt float64, trust []float64, odds *[reach]float64) {
	product := [reach]float64{1, 1, 1, 1, 1, 1}
	unexplained, explained := 0, 0
	for _, f := range words {
		if int(s.seen[f]) <= i-len(trust) {
			unexplained++
			continue
		}
		total := float32(0)
		rarity := v.rarity[f]
		for k := range trust {
			if at := (i - k) % reach; s.stamp[at][f] == int32(i-k) {
				total += s.sum[at][f]
			}
			product[k] *= doubt + trust[k]*float64(total)*rarity
		}
		if explained++; explained&15 == 0 { // before it can overflow
			for k := range trust {
				odds[k] += math.Log(product[k])
				product[k] = 1
			}
		}
	}
	none := float64(unexplained) * math.Log(doubt)
	for k := range trust {
		odds[k] += math.Log(product[k]) + none
	}
}

// The three states in which a cell can be reached. Within a gap, sentences of the source
// come before those of the target.
const (
	matched = iota
	omitting
	adding
	states
)

var minusInf = math.Inf(-1)

// A lattice is one stretch of the two texts with the score of every bead in its band.
// A node is a cell and a state; an edge is a bead.
type lattice struct {
	*model
	source, target *text // the stretch
	*band
	score    []float32 // of each move into each cell, at cell*len(moves)+move; -Inf where impossible
	forward  []float64 // log sum of the paths into a node, at cell*states+state
	backward []float64 // log sum of the paths from a node to the end
	into     []float64 // log sum of the paths into a cell, over its states
	tempered []float64 // the log priors of the moves, divided by heat
}

// newLattice scores all beads of a stretch.
func newLattice(m *model, source, target *text, b *band, s *scratch) *lattice {
	l := &lattice{model: m, source: source, target: target, band: b, tempered: make([]float64, len(moves))}
	turned := b.turned(len(target.sentences) + 1)
	toTarget := gather(source, target, m.toTarget, m.trustT, b, s)
	toSource := gather(target, source, m.toSource, m.trustS, turned, s)
	groupsS, groupsT := groups(source, m.length.source), groups(target, m.length.target)
	l.score = make([]float32, b.cells()*len(moves))
	for i := range b.lo {
		for j := b.lo[i]; j <= b.hi[i]; j++ {
			scores := l.score[b.cell(i, j)*len(moves):][:len(moves)]
			for k, v := range moves {
				if i < v.source || j < v.target || !b.covers(i-v.source, j-v.target) {
					scores[k] = float32(minusInf)
					continue
				}
				s, t := &groupsS[i][v.source-1], &groupsT[j][v.target-1]
				if l.uses(Length) && m.length.hopeless(s, t) {
					scores[k] = float32(minusInf)
					continue
				}
				score := weight.lexical * l.lexical(i, j, v, &toTarget, &toSource, turned)
				if l.uses(Length) {
					score += weight.length * m.length.score(s, t)
				}
				scores[k] = float32(score + l.shape(Span{i - v.source, i}, Span{j - v.target, j}))
			}
		}
	}
	return l
}

// groups lists for each end the groups of 1, 2 … sentences before it.
func groups(t *text, d logNormal) [][reach]group {
	out := make([][reach]group, len(t.length)+1)
	for i := range out {
		length := 0.0
		for k := range min(i, reach) {
			length += t.length[i-1-k]
			out[i][k] = d.group(length, k+1)
		}
	}
	return out
}

// lexical is the mean of the evidence in both directions for the bead that ends at (i, j).
func (l *lattice) lexical(i, j int, v move, toTarget, toSource *evidence, turned *band) float64 {
	total := float32(0)
	for y := range v.target {
		if l.covers(i, j-y) {
			total += toTarget[v.source-1][l.cell(i, j-y)]
		}
	}
	for x := range v.source {
		if turned.covers(j, i-x) {
			total += toSource[v.target-1][turned.cell(j, i-x)]
		}
	}
	return float64(total) / 2
}

// shape scores what can be seen of a bead from its ends and seams: the classes of its
// first and last signs, titles that it would swallow, paragraphs that it would join.
func (l *lattice) shape(s, t Span) (score float64) {
	if l.uses(Ends) {
		score += weight.ends * (l.last[l.source.last[s.End-1]][l.target.last[t.End-1]] + l.first[l.source.first[s.Start]][l.target.first[t.Start]])
		score -= l.inside * float64(l.source.titles(s)+l.target.titles(t))
	}
	if l.source.paragraph != nil && l.target.paragraph != nil && l.uses(ParagraphBounds) {
		score += weight.paragraph * float64(l.paragraphs(s, t))
	}
	return score
}

// titles counts the sentences before the last that end like a title: without a stop,
// and not carried on in lower case.
func (t *text) titles(s Span) (n int) {
	for i := s.Start; i < s.End-1; i++ {
		if t.last[i] == other && t.first[i+1] != lower {
			n++
		}
	}
	return n
}

// paragraphs counts the paragraph bounds that a bead keeps, less those it breaks.
func (l *lattice) paragraphs(s, t Span) int {
	n := -l.source.boundsWithin(s) - l.target.boundsWithin(t)
	switch begins, too := l.source.begins(s.Start), l.target.begins(t.Start); {
	case begins && too:
		n++
	case begins != too:
		n--
	}
	return n
}

func (t *text) begins(i int) bool { return i == 0 || t.paragraph[i] != t.paragraph[i-1] }

func (t *text) boundsWithin(s Span) (n int) {
	for i := s.Start + 1; i < s.End; i++ {
		if t.begins(i) {
			n++
		}
	}
	return n
}

// heat evens the scores out before they become probabilities: the features are not
// independent of each other, so their sum is too sure of itself. Set so that the
// confidence is true on the development sets. stake is what each bead of a path must
// bring in probability to be worth it, half the F1 to be had: without it the path with
// the most beads would win.
const heat, stake = 1.5, .5

// logSum is log(e^a + e^b).
func logSum(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if b < a-18 || b == minusInf {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}

// sumUp runs the forward and backward algorithms (Baum et al. 1970) over the lattice,
// and returns the log sum of all its paths.
func (l *lattice) sumUp() (total float64) {
	open, more := l.gapOpen/heat, l.gapMore/heat
	for k := range l.prior {
		l.tempered[k] = l.prior[k] / heat
	}
	l.sumForward(open, more)
	l.sumBackward(open, more)
	return l.arrived(l.cells() - 1)
}

// arrived is the log sum of the paths into any state of a cell.
func (l *lattice) arrived(cell int) float64 {
	f := l.forward[cell*states:]
	return logSum(logSum(f[matched], f[omitting]), f[adding])
}

// edge is the tempered score of a move into a cell.
func (l *lattice) edge(cell, k int) float64 {
	return float64(l.score[cell*len(moves)+k])/heat + l.tempered[k]
}

func (l *lattice) sumForward(open, more float64) {
	l.forward = make([]float64, l.cells()*states)
	l.into = make([]float64, l.cells())
	for i := range l.lo {
		for j := l.lo[i]; j <= l.hi[i]; j++ {
			c := l.cell(i, j)
			f := l.forward[c*states:][:states]
			f[matched], f[omitting], f[adding] = minusInf, minusInf, minusInf
			if c == 0 {
				f[matched] = 0
			}
			for k, v := range moves {
				if l.score[c*len(moves)+k] > float32(minusInf) {
					f[matched] = logSum(f[matched], l.into[l.cell(i-v.source, j-v.target)]+l.edge(c, k))
				}
			}
			if i > 0 && l.covers(i-1, j) {
				g := l.forward[l.cell(i-1, j)*states:]
				f[omitting] = logSum(g[matched]+open, g[omitting]+more)
			}
			if j > 0 && l.covers(i, j-1) {
				g := l.forward[l.cell(i, j-1)*states:]
				f[adding] = logSum(logSum(g[matched], g[omitting])+open, g[adding]+more)
			}
			l.into[c] = l.arrived(c)
		}
	}
}

func (l *lattice) sumBackward(open, more float64) {
	l.backward = make([]float64, l.cells()*states)
	last := l.cells() - 1
	for i := len(l.lo) - 1; i >= 0; i-- {
		for j := l.hi[i]; j >= l.lo[i]; j-- {
			c := l.cell(i, j)
			b := l.backward[c*states:][:states]
			on := minusInf // by a bead, from whatever state
			if c == last {
				on = 0
			}
			for k, v := range moves {
				if to := l.at(i+v.source, j+v.target); to >= 0 && l.score[to*len(moves)+k] > float32(minusInf) {
					on = logSum(on, l.edge(to, k)+l.backward[to*states+matched])
				}
			}
			b[matched], b[omitting], b[adding] = on, on, on
			if to := l.at(i+1, j); to >= 0 {
				next := l.backward[to*states+omitting]
				b[matched] = logSum(b[matched], open+next)
				b[omitting] = logSum(b[omitting], more+next)
			}
			if to := l.at(i, j+1); to >= 0 {
				next := l.backward[to*states+adding]
				b[matched] = logSum(b[matched], open+next)
				b[omitting] = logSum(b[omitting], open+next)
				b[adding] = logSum(b[adding], more+next)
			}
		}
	}
}

// at is the cell (i, j), or -1 outside the band.
func (l *lattice) at(i, j int) int {
	if i >= len(l.lo) || !l.covers(i, j) {
		return -1
	}
	return l.cell(i, j)
}

// decode returns the path with the highest expected number of right beads: not the one
// best path, but the one whose beads are, in sum, the most probable over all paths
// (Goodman 1996 for parsing). It is the path that strict precision and recall reward.
func (l *lattice) decode() []link {
	total := l.sumUp()
	best := make([]float64, l.cells())
	from := make([]int8, l.cells())
	probable := func(log float64) float64 {
		if log -= total; log < -18 {
			return 0
		}
		return math.Exp(log)
	}
	for i := range l.lo {
		for j := l.lo[i]; j <= l.hi[i]; j++ {
			c := l.cell(i, j)
			if c == 0 {
				continue
			}
			best[c] = minusInf
			for k, v := range moves {
				if l.score[c*len(moves)+k] == float32(minusInf) {
					continue
				}
				p := l.cell(i-v.source, j-v.target)
				if b := best[p] - stake + probable(l.into[p]+l.edge(c, k)+l.backward[c*states+matched]); b > best[c] {
					best[c], from[c] = b, int8(k)
				}
			}
			for _, state := range []int{omitting, adding} {
				di, dj := 1, 0
				if state == adding {
					di, dj = 0, 1
				}
				if !l.covers(i-di, j-dj) {
					continue
				}
				if b := best[l.cell(i-di, j-dj)] - stake + probable(l.forward[c*states+state]+l.backward[c*states+state]); b > best[c] {
					best[c], from[c] = b, -int8(state)
				}
			}
		}
	}
	return l.trace(best, from)
}

// trace follows the best path back from the last cell.
func (l *lattice) trace(best []float64, from []int8) []link {
	var out []link
	i, j := len(l.lo)-1, l.hi[len(l.hi)-1]
	for c := l.cell(i, j); c > 0; c = l.cell(i, j) {
		di, dj, score := 1, 0, 0.0
		switch from[c] {
		case -omitting:
		case -adding:
			di, dj = 0, 1
		default:
			v := moves[from[c]]
			di, dj = v.source, v.target
			score = float64(l.score[c*len(moves)+int(from[c])])
		}
		p := best[c] - best[l.cell(i-di, j-dj)] + stake
		out = append(out, link{Span{i - di, i}, Span{j - dj, j}, score, p})
		i, j = i-di, j-dj
	}
	slices.Reverse(out)
	return out
}
