package align

import "math"

// A seam is where two beads meet. Translators move a clause over it: the end of one
// sentence becomes the beginning of the next. Then no sentence translates another, and
// both belong into one bead on both sides, as people who align by hand have it (Xu, Max &
// Yvon 2016). Model 1 hardly sees such a bead, for it lets every word come from every
// other; so the seams are looked at when the path is known.
//
// Let x be the last clauses of the sentence before the seam on one side, y the first
// clauses of the sentence after it on the other. If the words of x and y explain each
// other better than the rest of their own beads does, a clause was moved. The gain is the
// log of how much better, for the best x and y; the beads are joined where it outweighs
// how sure they were and how seldom translators do this, and are the less sure of
// themselves where it comes near that.
const (
	leastClause = 3 // words of the shortest clause that can have been moved
	mostJoined  = 4 // sentences of a joined bead on either side
	movedClause = 7 // minus log of how often a clause is moved
)

// join joins the beads of a path between which a clause was moved.
func (m *model) join(path []link) []link {
	forth, back := m.explainers()
	var out []link
	for _, l := range path {
		if n := len(out); n > 0 && joinable(out[n-1], l) {
			before := out[n-1]
			sure := min(before.posterior, l.posterior)
			odds := m.seam(before, l, forth, back) - movedClause + math.Log((1-sure)/sure)
			joined := 1 / (1 + math.Exp(-odds/heat))
			if odds > 0 {
				out[n-1] = link{
					source: Span{before.source.Start, l.source.End}, target: Span{before.target.Start, l.target.End},
					score: before.score + l.score, posterior: joined,
				}
				continue
			}
			out[n-1].posterior *= 1 - joined
			l.posterior *= 1 - joined
		}
		out = append(out, l)
	}
	return out
}

// joinable reports whether two beads could be one. Those that are certain, as fixed ones
// are, stay apart.
func joinable(a, b link) bool {
	return !a.isGap() && !b.isGap() && max(a.posterior, b.posterior) < 1 &&
		a.source.Len()+b.source.Len() <= mostJoined && a.target.Len()+b.target.Len() <= mostJoined
}

// seam is the gain of the best clause moved over the seam of two beads, in either direction.
func (m *model) seam(a, b link, forth, back *explainer) float64 {
	s, t := m.source, m.target
	return max(
		moved(s.sentence(a.source.End-1), t.sentence(b.target.Start), bag(t, a.target), bag(s, b.source), forth, back),
		moved(t.sentence(a.target.End-1), s.sentence(b.source.Start), bag(s, a.source), bag(t, b.target), back, forth))
}

// A clausal is a sentence with the places at which its clauses begin.
type clausal struct{ words, clauses []int32 }

func (t *text) sentence(i int) clausal { return clausal{t.sentences[i], t.clauses[i]} }

// each yields the places where a sentence can be cut into two parts of some words.
func (c clausal) each(yield func(int) bool) {
	for _, i := range c.clauses {
		if i >= leastClause && int(i)+leastClause <= len(c.words) && !yield(int(i)) {
			return
		}
	}
}

// moved is the greatest gain of taking the last clauses of one sentence, which stands
// before the seam, together with the first ones of another, which stands after it, over
// leaving each with the words its bead has for it.
func moved(before, after clausal, ofBefore, ofAfter []int32, forth, back *explainer) float64 {
	best := math.Inf(-1)
	if max(len(before.words), len(after.words)) > maxWords {
		return best // each clause is held against each
	}
	stayAfter := upTo(forth.odds(ofAfter, after.words))
	stayBefore := upTo(back.odds(ofBefore, before.words))
	var goBefore [][]float64
	for j := range after.each {
		goBefore = append(goBefore, upTo(back.odds(after.words[:j], before.words)))
	}
	if len(goBefore) == 0 {
		return best
	}
	for i := range before.each {
		goAfter := upTo(forth.odds(before.words[i:], after.words))
		n := 0
		for j := range after.each {
			gain := goAfter[j] - stayAfter[j] + from(goBefore[n], i) - from(stayBefore, i)
			best = max(best, gain)
			n++
		}
	}
	return best
}

// upTo holds the sums of the first 0, 1, 2 … odds.
func upTo(odds []float64) []float64 {
	sums := make([]float64, len(odds)+1)
	for i, o := range odds {
		sums[i+1] = sums[i] + o
	}
	return sums
}

// from is the sum of the odds from i on.
func from(sums []float64, i int) float64 { return sums[len(sums)-1] - sums[i] }

// An explainer weighs words of one side by words of the other, as gather does.
type explainer struct {
	table
	trust, usual float64
	rarity       []float64
	sum          []float32 // of what each word is brought forth with; zero between calls
}

// explainers are those from source to target and back.
func (m *model) explainers() (forth, back *explainer) {
	one := func(given, other *text, t table, trust float64) *explainer {
		return &explainer{t, trust, given.usual(), other.rarity, make([]float32, len(other.stem))}
	}
	return one(m.source, m.target, m.toTarget, m.trustT), one(m.target, m.source, m.toSource, m.trustS)
}

// odds lists for each of the words the log odds of its coming from the given ones.
func (x *explainer) odds(given, words []int32) []float64 {
	for _, e := range given {
		for _, f := range x.table[e] {
			x.sum[f.word] += f.p
		}
	}
	trust := x.trust * diluted(x.usual, len(given))
	odds := make([]float64, len(words))
	for i, f := range words {
		odds[i] = math.Log(1 - x.trust + trust*float64(x.sum[f])*x.rarity[f])
	}
	for _, e := range given {
		for _, f := range x.table[e] {
			x.sum[f.word] = 0
		}
	}
	return odds
}
