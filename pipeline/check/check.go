// Package check judges translations: units and a glossary go in, findings come out.
//
// New compiles a glossary and the options into a Checker, which is immutable and may
// serve many goroutines. Checker.Batch starts one delivery: its Findings iterator reads
// units, yields what each rule finds in the order of the units, and at the end what only
// the whole batch can tell (one term rendered three ways, one source with two targets).
//
// Rules is the list of all rules; each is a value with its code, its severity, an
// example before and after, and the cases that its test runs. The prose about a rule is
// kept by package locales under the rule's code. No rule knows a language: what French
// and English are like is said in tables keyed by language (see tongue).
//
// Checking is a pure function of the units, their neighbours in the same document, and
// the glossary: the order of the documents changes no finding, nor does the number of
// workers, nor a concept that occurs in none of the units.
package check

import (
	"fmt"

	"drogman/pipeline/bitext"
)

// Severity is how sure and how grave a finding is. Only errors and warnings are meant to
// stop anybody; an advisory says where to look and why the rule itself is not sure.
type Severity uint8

const (
	Off      Severity = iota // the rule is not run
	Info                     // worth knowing
	Advisory                 // probably explained (a pronoun, the neighbouring segment): look if there is time
	Warning                  // probably a fault
	Error                    // a fault
)

var severityNames = [...]string{"off", "info", "advisory", "warning", "error"}

// String returns the severity's name, as in configuration and in reports.
func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the severity's name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Severity) UnmarshalText(text []byte) error {
	for i, name := range severityNames {
		if name == string(text) {
			*s = Severity(i)
			return nil
		}
	}
	return fmt.Errorf("no severity is called %q", text)
}

// Side is the text of a unit that a finding's span points into.
type Side string

const (
	Whole  Side = ""       // the unit as a whole
	Source Side = "source" // Unit.Source
	Target Side = "target" // Unit.Target
)

// Finding is one thing that a rule holds against a unit: a code, a place, and the values
// that explain it. The sentence a person reads is made from the code at the edge.
type Finding struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	File     string   `json:"file"`
	Line     int      `json:"line"`             // 1-based, 0 where unknown
	Column   int      `json:"column,omitempty"` // 1-based, in runes
	Document string   `json:"document,omitempty"`
	Unit     string   `json:"unit"`
	Concept  string   `json:"concept"`
	// Side, Start and End are where the finding stands: half-open bytes of that text.
	// Start equals End where something is missing from the side altogether.
	Side  Side `json:"side"`
	Start int  `json:"start"`
	End   int  `json:"end"`
	// Other is the phrase of the opposite side that the finding is about, empty if none.
	Other bitext.Span `json:"-"`
	Have  string      `json:"have"` // what stands there
	Want  string      `json:"want"` // what should
	// Reason says why the finding has not its rule's full severity, or which of the
	// rule's grounds it stands on; one of the Reason constants, empty for the plain case.
	Reason Reason `json:"reason,omitempty"`
	// Texts are the unit's, so that a report can show the phrase where it stands.
	Texts Texts `json:"-"`
	// Count and Of are for findings about a batch: Count of Of places have it like this.
	Count int `json:"count,omitempty"`
	Of    int `json:"of,omitempty"`
}

// Texts are the two texts of a finding's unit.
type Texts struct{ Source, Target string }

// MessageID names the message that tells a person of the finding.
func (f *Finding) MessageID() string { return f.Code }

// Position is where the finding's unit stands: file, line and column, 0 if unknown.
func (f *Finding) Position() (file string, line, column int) { return f.File, f.Line, f.Column }

// Spans returns the phrases that the finding is about in the source and in the target;
// an empty span stands for "none".
func (f *Finding) Spans() (source, target bitext.Span) {
	here := bitext.Span{Start: f.Start, End: f.End}
	if f.Side == Source {
		return here, f.Other
	}
	return f.Other, here
}

// Reason is why a finding was graded as it was.
type Reason string

const (
	Plain      Reason = ""
	Elsewhere  Reason = "elsewhere"  // it stands in the neighbouring segment
	Anaphora   Reason = "anaphora"   // a pronoun, or the head noun alone, stands for it
	Derived    Reason = "derived"    // a word of the same family stands for it
	Admitted   Reason = "admitted"   // the glossary approves of both
	Regular    Reason = "regular"    // the two languages often differ like this
	Missing    Reason = "missing"    // it stands on the source side alone
	Extra      Reason = "extra"      // it stands on the target side alone
	Measure    Reason = "measure"    // same number, another unit or currency
	Unrelated  Reason = "unrelated"  // nothing shows that the two texts belong together
	Rounded    Reason = "rounded"    // the same number without its decimals
	Quoted     Reason = "quoted"     // within a title or a name left in the source's language
	Swapped    Reason = "swapped"    // codes that cross or close before they open
	Repetition Reason = "repetition" // the same source has several targets
)

// Rule is one check. Its papers are kept by package locales under its code.
type Rule struct {
	Code     string
	Severity Severity // of a plain finding, unless Options says otherwise
	Before   Pair     // a unit it finds fault with …
	After    Pair     // … and the same unit put right
	Cases    []Case   // further units, run by the test
	OptIn    bool     // runs only where Options names it

	unit  func(*context)           // judges one unit, or nil
	batch func(*Checker) collector // judges the whole batch, or nil
}

// Pair is a source and its target; lines stand for the units of a batch.
type Pair struct{ Source, Target string }

// Case is a unit and what the rule must say of it.
type Case struct {
	Pair
	Have []string // Finding.Have of each error or warning, in order; none if empty
	Soft []string // the same for advisories
}

// Rules are all rules, in the order in which their findings are given.
var Rules = []*Rule{
	&empty, &untranslated, &leftover,
	&termMissing, &termForbidden, &termUntranslated, &keepAltered, &termCase, &termAmbiguous, &acronymFirstUse,
	&number, &name,
	&code, &address, &bracket, &ending, &typography, &doubled, &space,
	&termInconsistent, &nameInconsistent, &sourceTwoTargets, &targetTwoSources, &length,
}

// Find returns the rule with the given code, or nil.
func Find(code string) *Rule {
	for _, r := range Rules {
		if r.Code == code {
			return r
		}
	}
	return nil
}
