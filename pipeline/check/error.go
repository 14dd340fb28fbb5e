package check

import "fmt"

const (
	codeUnknownRule    = "check-unknown-rule"
	codeBadBaseline    = "baseline-unreadable"
	codeBadWaivers     = "waivers-unreadable"
	codeWaiverField    = "waiver-unknown-field"
	codeWaiverDate     = "waiver-bad-date"
	codeWaiverUnsigned = "waiver-unsigned"
)

// Codes lists every code that a Fault of this package can carry. The codes of findings
// are those of Rules, StaleWaiver and ExpiredWaiver.
var Codes = []string{codeUnknownRule, codeBadBaseline, codeBadWaivers, codeWaiverField, codeWaiverDate, codeWaiverUnsigned}

// Fault is what is wrong with the options, the baseline or the waivers of a check.
type Fault struct {
	Code         string // kebab-case, one of Codes
	File         string
	Line, Column int    // 1-based, 0 where unknown
	Have         string // what stands there
	Err          error  // the cause, may be nil
}

func (e *Fault) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", e.File, e.Line, e.Column, e.Code, e.Have)
}

// MessageID names the message that tells a person of the error.
func (e *Fault) MessageID() string { return e.Code }

// Position is where the error stands: file, line and column, 0 if unknown.
func (e *Fault) Position() (file string, line, column int) { return e.File, e.Line, e.Column }

func (e *Fault) Unwrap() error { return e.Err }
