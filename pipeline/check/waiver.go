package check

import (
	"errors"
	"slices"
	"time"

	"gopkg.in/yaml.v3"
)

// Waiver says that somebody answers for findings of one rule. Beside the code it names
// what else must agree: the unit, the concept, the document, the words found. It needs a
// reason and a person, and holds until a day, that day included.
//
//   - code: term-missing
//     unit: p12::3
//     reason: the speaker avoids the name on purpose
//     person: C. Martin
//     until: 2026-12-31
type Waiver struct {
	Code, Unit, Concept, Document, Have string

	Reason, Person string
	Until          time.Time // zero: for good
	File           string
	Line           int
	used           bool
}

// Waivers are those of one file, in its order.
type Waivers []*Waiver

// ReadWaivers reads a waivers file; name is for errors. The error joins every fault of
// the file, each an *Fault.
func ReadWaivers(data []byte, name string) (Waivers, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, &Fault{Code: codeBadWaivers, File: name, Have: err.Error(), Err: err}
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	list := doc.Content[0]
	if list.Kind != yaml.SequenceNode {
		return nil, &Fault{Code: codeBadWaivers, File: name, Line: list.Line, Column: list.Column, Have: list.Value}
	}
	var waivers Waivers
	var faults []error
	for _, item := range list.Content {
		w, err := readWaiver(item, name)
		waivers, faults = append(waivers, w), append(faults, err)
	}
	return waivers, errors.Join(faults...)
}

func readWaiver(n *yaml.Node, name string) (*Waiver, error) {
	w := &Waiver{File: name, Line: n.Line}
	fail := func(at *yaml.Node, code, have string) error {
		return &Fault{Code: code, File: name, Line: at.Line, Column: at.Column, Have: have}
	}
	if n.Kind != yaml.MappingNode {
		return w, fail(n, codeBadWaivers, n.Value)
	}
	fields := map[string]*string{
		"code": &w.Code, "unit": &w.Unit, "concept": &w.Concept, "document": &w.Document, "have": &w.Have,
		"reason": &w.Reason, "person": &w.Person,
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		field := fields[key.Value]
		switch {
		case key.Value == "until":
			day, err := time.Parse(time.DateOnly, value.Value)
			if err != nil {
				return w, fail(value, codeWaiverDate, value.Value)
			}
			w.Until = day
		case field == nil:
			return w, fail(key, codeWaiverField, key.Value)
		default:
			*field = value.Value
		}
	}
	switch {
	case Find(w.Code) == nil:
		return w, fail(n, codeUnknownRule, w.Code)
	case w.Reason == "" || w.Person == "":
		return w, fail(n, codeWaiverUnsigned, w.Code)
	}
	return w, nil
}

// Covers reports whether a waiver in force on the given day covers the finding, and
// remembers that it was of use.
func (ws Waivers) Covers(f *Finding, day time.Time) bool {
	covered := false
	for _, w := range ws {
		if w.inForce(day) && w.matches(f) {
			w.used, covered = true, true
		}
	}
	return covered
}

func (w *Waiver) inForce(day time.Time) bool {
	return w.Until.IsZero() || !day.Truncate(24*time.Hour).After(w.Until)
}

func (w *Waiver) matches(f *Finding) bool {
	agree := func(want, have string) bool { return want == "" || want == have }
	return w.Code == f.Code && agree(w.Unit, f.Unit) && agree(w.Concept, f.Concept) &&
		agree(w.Document, f.Document) && agree(w.Have, f.Have)
}

// Stale are the codes of findings about waivers.
const (
	StaleWaiver   = "waiver-stale"   // covers nothing any more
	ExpiredWaiver = "waiver-expired" // its last day has passed
)

// Stale returns a finding for each waiver that covered nothing or has expired; it is to
// be called after the last finding.
func (ws Waivers) Stale(day time.Time) []Finding {
	var found []Finding
	for _, w := range ws {
		f := Finding{Code: StaleWaiver, Severity: Warning, File: w.File, Line: w.Line, Unit: w.Unit, Concept: w.Concept, Have: w.Code, Want: w.Person}
		if !w.inForce(day) {
			f.Code, f.Reason = ExpiredWaiver, Reason(w.Until.Format(time.DateOnly))
		}
		if !w.used {
			found = append(found, f)
		}
	}
	return slices.Clip(found)
}
