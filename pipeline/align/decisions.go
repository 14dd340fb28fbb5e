package align

import (
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
	"strings"
)

// A Decision is a bead that a person has vouched for. Sentences are named by their
// fingerprints, so that it is found again after either text has changed elsewhere.
type Decision struct {
	Source []string `json:"source"` // fingerprints of the source sentences
	Target []string `json:"target"` // and of the target sentences; one of the two may be empty
	// SourceAfter and TargetAfter are the fingerprints of the sentences before the bead;
	// empty at the beginning of the text.
	SourceAfter string `json:"sourceAfter"`
	TargetAfter string `json:"targetAfter"`
	// SourceAt and TargetAt are the indices at which the bead stood: where sentences occur
	// several times, the place nearest to them is meant.
	SourceAt int `json:"sourceAt"`
	TargetAt int `json:"targetAt"`
	// Moved says that the passage stands elsewhere in the translation (see Crossing).
	Moved bool `json:"moved,omitempty"`
}

// Decisions are all that was decided about one pair of texts, in the order of the texts.
type Decisions struct {
	Version int        `json:"drogman-decisions"` // 1
	Beads   []Decision `json:"beads"`
}

// decisionsVersion is the version of the file that this package reads and writes.
const decisionsVersion = 1

// Decide makes decisions of beads of the two texts.
func Decide(source, target []string, beads []Bead) *Decisions {
	d := &Decisions{Version: decisionsVersion}
	s, t := fingerprints(source), fingerprints(target)
	before := func(list []string, at int) string {
		if at == 0 {
			return ""
		}
		return list[at-1]
	}
	for _, b := range beads {
		d.Beads = append(d.Beads, Decision{
			Source: s[b.Source.Start:b.Source.End], Target: t[b.Target.Start:b.Target.End],
			SourceAfter: before(s, b.Source.Start), TargetAfter: before(t, b.Target.Start),
			SourceAt: b.Source.Start, TargetAt: b.Target.Start, Moved: b.Kind == Moved,
		})
	}
	return d
}

// ReadDecisions reads a file of decisions; name is its name for errors.
func ReadDecisions(r io.Reader, name string) (*Decisions, error) {
	d := new(Decisions)
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(d); err != nil {
		return nil, &Error{Code: "align-decisions-malformed", File: name, Have: err.Error(), Err: err}
	}
	if more, err := decoder.Token(); err != io.EOF {
		return nil, &Error{Code: "align-decisions-malformed", File: name, Have: fmt.Sprint(more), Err: err}
	}
	if d.Version != decisionsVersion {
		return nil, &Error{Code: "align-decisions-version", File: name, Have: fmt.Sprint(d.Version), Want: fmt.Sprint(decisionsVersion)}
	}
	return d, nil
}

// Decided keeps the decided beads as Fixed does, wherever their sentences now stand. A
// decision whose sentences are gone or have changed is left aside; a moved one is kept if
// its sentences are left over on both sides once the rest is aligned.
func Decided(d *Decisions) Option { return func(o *settings) { o.decisions = d } }

// Fingerprint names a sentence by its content; blanks do not count.
func Fingerprint(sentence string) string {
	h := fnv.New64a()
	io.WriteString(h, strings.Join(strings.Fields(sentence), " "))
	return fmt.Sprintf("%016x", h.Sum64())
}

func fingerprints(sentences []string) []string {
	out := make([]string, len(sentences))
	for i, s := range sentences {
		out[i] = Fingerprint(s)
	}
	return out
}

// Find returns the beads that the decisions stand for in two texts, which may have changed
// since: those in order first, then the moved ones. A decision is left out where its
// sentences are gone, or stand in several places of which none is surely meant, or where
// it contradicts more of the others than agree with it.
func (d *Decisions) Find(source, target []string) []Bead {
	kept, moved := d.find(source, target)
	out := beads(kept)
	for _, b := range beads(moved) {
		b.Kind = Moved
		out = append(out, b)
	}
	return out
}

// find works in two rounds, because sentences like "Yes." occur all over a text, and one
// decision put too far down would leave no room for those that follow it. Decisions with
// but one possible place on either side come first, as far as they are in order; each of
// the others is then sought between its neighbours among them.
func (d *Decisions) find(source, target []string) (kept, moved []link) {
	all, elsewhere := d.seek(source, target)
	for i := range elsewhere {
		if w := &elsewhere[i]; w.certain() {
			moved = append(moved, w.link())
		}
	}
	markCertain(all)
	ends := link{source: Span{len(source), len(source)}, target: Span{len(target), len(target)}}
	limits := make([]link, len(all)) // the next marked decision after each
	for n := len(all) - 1; n >= 0; n-- {
		limits[n] = ends
		if all[n].marked {
			ends = all[n].link()
		}
	}
	last, drift := link{}, [2]int{}
	for n := range all {
		l, ok := all[n].between(last, limits[n], drift)
		if !ok {
			continue
		}
		last, drift = l, [2]int{l.source.Start - all[n].SourceAt, l.target.Start - all[n].TargetAt}
		kept = append(kept, l)
	}
	return kept, moved
}

// sought is a decision with the places where it may stand.
type sought struct {
	Decision
	sources, targets spots
	marked           bool // it has one possible place, and others agree with it
}

// seek lists the places of the decisions in the order of the texts, and of the moved ones.
func (d *Decisions) seek(source, target []string) (inOrder, moved []sought) {
	s, t := newPlaces(fingerprints(source)), newPlaces(fingerprints(target))
	for _, x := range d.Beads {
		if len(x.Source)+len(x.Target) == 0 {
			continue
		}
		w := sought{Decision: x, sources: s.spots(x.Source, x.SourceAfter), targets: t.spots(x.Target, x.TargetAfter)}
		if x.Moved {
			moved = append(moved, w)
		} else {
			inOrder = append(inOrder, w)
		}
	}
	slices.SortStableFunc(inOrder, func(a, b sought) int {
		return cmp.Or(cmp.Compare(a.SourceAt, b.SourceAt), cmp.Compare(a.TargetAt, b.TargetAt))
	})
	return inOrder, moved
}

// certain reports whether there is but one place on either side.
func (w *sought) certain() bool { return len(w.sources.at) == 1 && len(w.targets.at) == 1 }

// link is where a certain decision stands.
func (w *sought) link() link { return w.standing(w.sources.at[0], w.targets.at[0]) }

func (w *sought) standing(i, j int) link {
	return link{source: Span{i, i + len(w.Source)}, target: Span{j, j + len(w.Target)}, score: fixedScore, posterior: 1}
}

// between looks for the decision after one link and before another, where it stood when
// drift, by how far the neighbour before has moved, is allowed for.
func (w *sought) between(last, next link, drift [2]int) (link, bool) {
	i, okS := w.sources.nearest(w.SourceAt+drift[0], last.source.End, next.source.Start-len(w.Source))
	j, okT := w.targets.nearest(w.TargetAt+drift[1], last.target.End, next.target.Start-len(w.Target))
	return w.standing(i, j), okS && okT
}

// markCertain marks the certain decisions that are in order on both sides; of those that
// are not, as few are left out as can be on one side and then on the other.
func markCertain(all []sought) {
	var certain []int
	for n := range all {
		if all[n].certain() {
			certain = append(certain, n)
		}
	}
	certain = rising(certain, func(n int) int { return all[n].sources.at[0] })
	certain = rising(certain, func(n int) int { return all[n].targets.at[0] })
	last := link{}
	for _, n := range certain {
		if l := all[n].link(); l.source.Start >= last.source.End && l.target.Start >= last.target.End {
			all[n].marked, last = true, l
		}
	}
}

// rising is a longest part of items whose values never fall, by patience sorting.
func rising(items []int, value func(int) int) []int {
	var ends []int // for each length, the index in items of the last item of the best part
	before := make([]int, len(items))
	for i, item := range items {
		k, _ := slices.BinarySearchFunc(ends, value(item), func(e, v int) int {
			return cmp.Or(cmp.Compare(value(items[e]), v), -1) // after those with the same value
		})
		before[i] = -1
		if k > 0 {
			before[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		}
		ends[k] = i
	}
	out := make([]int, len(ends))
	if len(ends) == 0 {
		return out
	}
	for i, k := ends[len(ends)-1], len(ends)-1; k >= 0; i, k = before[i], k-1 {
		out[k] = items[i]
	}
	return out
}

// places says where each fingerprint stands.
type places struct {
	list []string
	at   map[string][]int
}

func newPlaces(list []string) *places {
	p := &places{list, map[string][]int{}}
	for i, f := range list {
		p.at[f] = append(p.at[f], i)
	}
	return p
}

// spots are the places where one side of a decision may stand, ascending. Loose ones are
// several that all lack the sentence that stood before: only one exactly where it was
// expected is believed.
type spots struct {
	at    []int
	loose bool
}

// spots finds a run of sentences, or for an empty run the place after a sentence: those
// that have the right sentence before them, else all.
func (p *places) spots(run []string, after string) spots {
	if len(run) == 0 {
		if after == "" {
			return spots{at: []int{0}}
		}
		var out spots
		for _, i := range p.at[after] {
			out.at = append(out.at, i+1)
		}
		return out
	}
	var all, following []int
	for _, i := range p.at[run[0]] {
		if i+len(run) > len(p.list) || !slices.Equal(p.list[i:i+len(run)], run) {
			continue
		}
		all = append(all, i)
		if i == 0 && after == "" || i > 0 && p.list[i-1] == after {
			following = append(following, i)
		}
	}
	if len(following) > 0 {
		return spots{at: following}
	}
	return spots{all, len(all) > 1}
}

// nearest is the spot nearest to hint from least to most.
func (s spots) nearest(hint, least, most int) (place int, ok bool) {
	best := -1
	for _, i := range s.at {
		if i < least || i > most || s.loose && i != hint {
			continue
		}
		if best < 0 || max(i-hint, hint-i) < max(best-hint, hint-best) {
			best = i
		}
	}
	return best, best >= 0
}

// leftOver are the moved links whose sentences a path leaves without partner, each gap of
// the path lying wholly inside or outside a link.
func leftOver(path []link, moved []link) (out []link) {
	omitted, added := map[int]int{}, map[int]int{} // where a gap begins → where it ends
	for _, l := range path {
		if l.target.Len() == 0 {
			omitted[l.source.Start] = l.source.End
		} else if l.source.Len() == 0 {
			added[l.target.Start] = l.target.End
		}
	}
	for _, l := range moved {
		if tiled(l.source, omitted) && tiled(l.target, added) {
			out = append(out, l)
		}
	}
	return out
}

// tiled reports whether gaps, one after another, cover exactly the span.
func tiled(s Span, gaps map[int]int) bool {
	at := s.Start
	for at < s.End && gaps[at] > at {
		at = gaps[at]
	}
	return at == s.End && s.Len() > 0
}
