package segment

import "fmt"

// Error is what is wrong with an option, a table or an SRX file.
type Error struct {
	Code         string // kebab-case, one of Codes
	File         string // may be empty
	Line, Column int    // 1-based, 0 if unknown
	Have         string // what stands there
	Want         string // what should
	Err          error  // the cause, may be nil
}

// Codes are the codes an Error can carry.
var Codes = []string{
	"segment-exception-empty", "segment-abbreviation-empty",
	"srx-xml", "srx-version", "srx-element", "srx-attribute", "srx-missing",
	"srx-rule-set", "srx-regexp", "srx-too-many-rules",
}

func (e *Error) Error() string {
	s := e.Code
	if e.File != "" || e.Line > 0 {
		s = fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Code)
	}
	if e.Have != "" {
		s += fmt.Sprintf(": have %q", e.Have)
	}
	if e.Want != "" {
		s += fmt.Sprintf(", want %q", e.Want)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// MessageID names the message that tells a person of the error.
func (e *Error) MessageID() string { return e.Code }

// Position is where the error stands; line and column are 1-based, 0 if unknown.
func (e *Error) Position() (file string, line, column int) { return e.File, e.Line, e.Column }

func (e *Error) Unwrap() error { return e.Err }
