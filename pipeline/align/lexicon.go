package align

import "math"

// The lexicon is IBM model 1 (Brown et al. 1993): each word f of a bead's one side was
// brought forth by one word e of the other, or by none, all e alike; expectation
// maximisation finds the t(f|e) that make the beads found so far most likely. The prior
// table enters as alpha pseudo-counts, so that a text too short to teach anything keeps
// what was known before; and from the last count one is taken (absolute discounting),
// so that what was seen once by accident does not count as knowledge (Moore 2004).
const (
	alpha    = 2 // pseudo-counts of a row of the prior
	discount = 1 // taken from each expected count at the end
	emRounds = 3
	leastP   = 1e-4 // smaller probabilities are forgotten
	maxCells = 24e6 // word pairs trained on; a longer text is sampled evenly
	maxWords = 150  // a bead with more words on a side teaches nothing, a sentence with more has no seam
)

// A lesson is one bead as two bags of words.
type lesson struct {
	given, other []int32
	weight       float32
}

// lessons gathers the beads worth learning from, each for as much as it is probable, and
// thins them evenly where they are too many. The same words a second time teach nothing
// new: a text that repeats itself would make its accidents rules.
func lessons(given, other *text, beads []link, swapped bool) []lesson {
	var out []lesson
	cells := 0
	null := int32(len(given.stem))
	seen := map[uint64]bool{}
	for _, b := range beads {
		if b.isGap() || b.score <= 0 {
			continue
		}
		from, to := b.source, b.target
		if swapped {
			from, to = to, from
		}
		l := lesson{bag(given, from), bag(other, to), float32(b.posterior)}
		if n, m := len(l.given), len(l.other); n == 0 || m == 0 || n > maxWords || m > maxWords {
			continue
		}
		f := l.fingerprint()
		if seen[f] {
			continue
		}
		seen[f] = true
		l.given = append(l.given, null)
		cells += len(l.given) * len(l.other)
		out = append(out, l)
	}
	if cells <= maxCells {
		return out
	}
	step := float64(cells) / maxCells
	thin := out[:0]
	for x := 0.0; int(x) < len(out); x += step {
		thin = append(thin, out[int(x)])
	}
	return thin
}

// fingerprint is a hash of the words (FNV-1a, a word at a time).
func (l *lesson) fingerprint() uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for _, side := range [][]int32{l.given, l.other} {
		for _, w := range side {
			h = (h ^ uint64(w)) * prime
		}
		h = (h ^ math.MaxUint32) * prime // which is no word
	}
	return h
}

func bag(t *text, s Span) []int32 {
	n := 0
	for _, words := range t.sentences[s.Start:s.End] {
		n += len(words)
	}
	out := make([]int32, 0, n+1)
	for _, words := range t.sentences[s.Start:s.End] {
		out = append(out, words...)
	}
	return out
}

// sparse is t(f|e) as compressed rows: the cells of e are [start[e], start[e+1]).
type sparse struct {
	start []int32
	word  []int32
	p     []float32
	prior []float32
	cells [][]int32 // for each lesson, the cell of (e, f) at f*len(given)+e
}

// train returns t(other|given), a row for each word of given and one for the null word.
func train(given, other *text, beads []link, swapped bool, prior table) table {
	teach := lessons(given, other, beads, swapped)
	m := newSparse(teach, prior, len(other.stem))
	totals := make([]float32, len(prior)+1)
	counts := make([]float32, len(m.p))
	for round := range emRounds {
		m.expect(teach, counts)
		m.maximise(counts, totals, round == emRounds-1)
	}
	return m.table(prior, totals)
}

// newSparse lays out the rows: for each e the f it ever met, and where each lesson finds
// its cells.
func newSparse(teach []lesson, prior table, vocabulary int) *sparse {
	rows := len(prior) + 1
	m := &sparse{start: make([]int32, rows+1), cells: make([][]int32, len(teach))}
	type place struct{ lesson, at int32 }
	met := make([][]place, rows)
	for i, l := range teach {
		m.cells[i] = make([]int32, len(l.given)*len(l.other))
		for at, e := range l.given {
			met[e] = append(met[e], place{int32(i), int32(at)})
		}
	}
	cell := make([]int32, vocabulary) // of f in the present row
	row := make([]int32, vocabulary)  // the row cell was set in, plus 1
	for e := range rows {
		m.start[e] = int32(len(m.word))
		for _, p := range met[e] {
			l, cells := teach[p.lesson], m.cells[p.lesson]
			for j, f := range l.other {
				if row[f] != int32(e)+1 {
					row[f], cell[f] = int32(e)+1, int32(len(m.word))
					m.word = append(m.word, f)
				}
				cells[j*len(l.given)+int(p.at)] = cell[f]
			}
		}
		m.prior = append(m.prior, make([]float32, len(m.word)-len(m.prior))...)
		if e < len(prior) {
			for _, x := range prior[e] {
				if row[x.word] == int32(e)+1 {
					m.prior[cell[x.word]] = x.p
				}
			}
		}
	}
	m.start[rows] = int32(len(m.word))
	m.p = make([]float32, len(m.word))
	for e := range rows {
		even := 1 / float32(m.start[e+1]-m.start[e]+1)
		for c := m.start[e]; c < m.start[e+1]; c++ {
			m.p[c] = even + 2*m.prior[c]
		}
	}
	return m
}

// expect counts how often each e brought forth each f.
func (m *sparse) expect(teach []lesson, counts []float32) {
	clear(counts)
	for i, cells := range m.cells {
		for n := len(teach[i].given); len(cells) > 0; cells = cells[n:] {
			sum := float32(0)
			for _, c := range cells[:n] {
				sum += m.p[c]
			}
			if sum == 0 {
				continue
			}
			share := teach[i].weight / sum
			for _, c := range cells[:n] {
				counts[c] += m.p[c] * share
			}
		}
	}
}

// maximise makes probabilities of the counts.
func (m *sparse) maximise(counts, totals []float32, last bool) {
	for e := range len(m.start) - 1 {
		total := float32(0)
		for _, c := range counts[m.start[e]:m.start[e+1]] {
			total += c
		}
		totals[e] = total
		for c := m.start[e]; c < m.start[e+1]; c++ {
			n := counts[c]
			if last {
				n = max(n-discount, 0)
			}
			m.p[c] = (n + alpha*m.prior[c]) / (total + alpha)
		}
	}
}

// table keeps what is probable enough, and the prior of pairs that never met.
func (m *sparse) table(prior table, totals []float32) table {
	out := make(table, len(prior)+1)
	for e := range prior {
		var row []entry
		for c := m.start[e]; c < m.start[e+1]; c++ {
			if m.p[c] > leastP {
				row = append(row, entry{m.word[c], m.p[c]})
			}
		}
		kept := len(row)
		for _, x := range prior[e] {
			p := x.p * alpha / (totals[e] + alpha)
			if p > leastP && !hasWord(row[:kept], x.word) {
				row = append(row, entry{x.word, p})
			}
		}
		out[e] = row
	}
	return out
}

func hasWord(row []entry, w int32) bool {
	for _, x := range row {
		if x.word == w {
			return true
		}
	}
	return false
}

// trust re-estimates the share of words that the lexicon explains (lambda), by
// expectation maximisation over the beads.
func trust(given, other *text, t table, beads []link, swapped bool, lambda float64) float64 {
	var ratios []float64
	sum := make([]float32, len(other.stem))
	for _, b := range beads {
		if b.isGap() {
			continue
		}
		from, to := b.source, b.target
		if swapped {
			from, to = to, from
		}
		words := bag(given, from)
		for _, e := range words {
			for _, x := range t[e] {
				sum[x.word] += x.p
			}
		}
		for _, f := range bag(other, to) {
			ratios = append(ratios, float64(sum[f])/float64(len(words)+1)*other.rarity[f])
		}
		for _, e := range words {
			for _, x := range t[e] {
				sum[x.word] = 0
			}
		}
	}
	for range 10 {
		explained := 0.0
		for _, r := range ratios {
			explained += lambda * r / (lambda*r + 1 - lambda)
		}
		lambda = (explained + 1) / (float64(len(ratios)) + 4)
	}
	return math.Min(math.Max(lambda, .05), .9)
}
