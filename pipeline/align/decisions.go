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
			SourceAt: b.Source.Start, TargetAt: b.Target.Start,
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
	if d.Version != decisionsVersion {
		return nil, &Error{Code: "align-decisions-version", File: name, Have: fmt.Sprint(d.Version), Want: fmt.Sprint(decisionsVersion)}
	}
	return d, nil
}

// Decided keeps the decided beads as Fixed does, wherever their sentences now stand. A
// decision whose sentences are gone or have changed is left aside.
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

// find returns the decided beads of two texts. Decisions are taken in order; each is
// looked for after the last one found, nearest to where it stood when the drift of the
// last one is allowed for.
func (d *Decisions) find(source, target []string) (found []link) {
	s, t := newPlaces(fingerprints(source)), newPlaces(fingerprints(target))
	last, driftS, driftT := link{}, 0, 0
	for _, x := range d.Beads {
		i, okS := s.nearest(x.Source, x.SourceAfter, x.SourceAt+driftS, last.source.End)
		j, okT := t.nearest(x.Target, x.TargetAfter, x.TargetAt+driftT, last.target.End)
		if !okS || !okT || len(x.Source)+len(x.Target) == 0 {
			continue
		}
		driftS, driftT = i-x.SourceAt, j-x.TargetAt
		last = link{source: Span{i, i + len(x.Source)}, target: Span{j, j + len(x.Target)}, score: fixedScore, posterior: 1}
		found = append(found, last)
	}
	return found
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

// nearest is the place of a run of sentences, or for an empty run the place after a
// sentence, from least on: one that has the right sentence before it, if there is one,
// else the nearest to the place hinted at.
func (p *places) nearest(run []string, after string, hint, least int) (place int, ok bool) {
	var candidates []int
	switch {
	case len(run) > 0:
		for _, i := range p.at[run[0]] {
			if i >= least && i+len(run) <= len(p.list) && slices.Equal(p.list[i:i+len(run)], run) {
				candidates = append(candidates, i)
			}
		}
	case after == "":
		candidates = []int{0}
	default:
		for _, i := range p.at[after] {
			candidates = append(candidates, i+1)
		}
	}
	candidates = slices.DeleteFunc(candidates, func(i int) bool { return i < least })
	if len(candidates) == 0 {
		return 0, false
	}
	follows := func(i int) int { // 0 where the sentence before is the right one
		if i == 0 && after == "" || i > 0 && p.list[i-1] == after {
			return 0
		}
		return 1
	}
	return slices.MinFunc(candidates, func(a, b int) int {
		return cmp.Or(cmp.Compare(follows(a), follows(b)), cmp.Compare(max(a-hint, hint-a), max(b-hint, hint-b)))
	}), true
}
