package align

import (
	"cmp"
	"math"
	"slices"
)

// Passages in another order. A monotone path must leave one of two passages that changed
// places without partner, on both sides: a run of omitted sentences here, a run of added
// ones there. Each two such runs are aligned with each other, by the model that the rest
// of the texts has taught; beads whose odds are good enough are links across the order.
// The more pairs of runs there are, the more chances chance has to bring two sentences
// together that look alike, so the odds are held against their number.
const (
	crossScore  = 6     // least log odds of a moved passage, if there is one pair of runs
	crossShare  = 3     // least log odds of a bead in a passage that is surer as a whole
	crossMargin = 2     // by how much log odds exceed those of chance
	crossWords  = 5     // least words on either side of a passage: "Where?" occurs anywhere
	crossArea   = 40000 // pairs of runs with more cells are left alone
	crossBudget = 4e6   // cells looked at altogether
)

// cross replaces omitted and added sentences by moved beads where they belong together.
func (m *model) cross(beads []Bead, s *scratch) []Bead {
	omitted, added := m.runs(beads, Omitted), m.runs(beads, Added)
	var found []link
	budget, chances := int(crossBudget), math.Log(float64(max(len(omitted)*len(added), 1)))
	for _, source := range omitted {
		for _, target := range added {
			cells := source.Len() * target.Len()
			if cells > crossArea || cells > budget {
				continue
			}
			budget -= cells
			found = append(found, m.crossed(source, target, chances, s)...)
		}
	}
	slices.SortStableFunc(found, func(a, b link) int { return cmp.Compare(b.score, a.score) })
	return replace(beads, found)
}

// runs are the spans of neighbouring gap beads of one kind, without those that were fixed:
// they are known to have no partner anywhere.
func (m *model) runs(beads []Bead, kind Kind) (out []Span) {
	fixed := map[[2]Span]bool{}
	for _, f := range m.fixed {
		fixed[[2]Span{f.source, f.target}] = true
	}
	last := -1
	for i, b := range beads {
		if b.Kind != kind || fixed[[2]Span{b.Source, b.Target}] {
			continue
		}
		span := b.Source
		if kind == Added {
			span = b.Target
		}
		if n := len(out); n > 0 && last == i-1 && out[n-1].End == span.Start {
			out[n-1].End = span.End
		} else {
			out = append(out, span)
		}
		last = i
	}
	return out
}

// crossed aligns two runs and returns the beads that are good enough, by themselves or as
// parts of a passage, for so many chances (a logarithm).
func (m *model) crossed(source, target Span, chances float64, s *scratch) (out []link) {
	b := newBand(source.Len() + 1)
	for i := range b.lo {
		b.cover(i, 0, target.Len(), target.Len())
	}
	b.close(target.Len())
	for _, passage := range passages(newLattice(m, m.source.part(source), m.target.part(target), b, s).decode()) {
		sum := 0.0
		sources, targets := 0, 0
		for _, l := range passage {
			sum += l.score
			sources += len(bag(m.source, l.shifted(source.Start, 0).source))
			targets += len(bag(m.target, l.shifted(0, target.Start).target))
		}
		if min(sources, targets) < crossWords {
			continue
		}
		least := max(crossScore, chances+crossMargin)
		for _, l := range passage {
			if score := l.score; score >= least || sum >= least+crossScore {
				l.posterior /= 1 + math.Exp(chances-max(score, sum))
				out = append(out, l.shifted(source.Start, target.Start))
			}
		}
	}
	return out
}

// passages are the stretches of neighbouring beads that are good enough beside each other.
func passages(path []link) (out [][]link) {
	begin := 0
	for i, l := range path {
		if l.isGap() || l.score < crossShare {
			if i > begin {
				out = append(out, path[begin:i])
			}
			begin = i + 1
		}
	}
	return append(out, path[begin:])
}

// replace puts the moved beads, best first, in place of the gap beads they are made of.
// A moved bead stands where its source sentences stood.
func replace(beads []Bead, moved []link) []Bead {
	takenS, takenT := map[int]int{}, map[int]bool{} // source sentence → moved bead, from 1
	for n, l := range moved {
		if overlaps(l, takenS, takenT) {
			continue
		}
		for i := l.source.Start; i < l.source.End; i++ {
			takenS[i] = n + 1
		}
		for j := l.target.Start; j < l.target.End; j++ {
			takenT[j] = true
		}
	}
	out := beads[:0:0]
	for _, b := range beads {
		switch {
		case b.Kind == Omitted && takenS[b.Source.Start] > 0:
			if l := moved[takenS[b.Source.Start]-1]; l.source.Start == b.Source.Start {
				out = append(out, Bead{Source: l.source, Target: l.target, Kind: Moved, Confidence: confidence(l)})
			}
		case b.Kind == Added && takenT[b.Target.Start]:
		default:
			out = append(out, b)
		}
	}
	return out
}

func overlaps(l link, takenS map[int]int, takenT map[int]bool) bool {
	for i := l.source.Start; i < l.source.End; i++ {
		if takenS[i] > 0 {
			return true
		}
	}
	for j := l.target.Start; j < l.target.End; j++ {
		if takenT[j] {
			return true
		}
	}
	return false
}
