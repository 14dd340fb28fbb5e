package bitext

import "fmt"

// Error is what is wrong with a bilingual file or one unit of it: a code, a place and
// the values that explain it. The sentence a person reads is made from the code by
// package locales; Error gives plain English for Go callers.
type Error struct {
	Code  string // kebab-case, one of Codes
	Place Place
	Unit  string // the unit's ID, may be empty
	Have  string // what stands there
	Want  string // what should
	Err   error  // the cause, may be nil
}

func (e *Error) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", e.Place.File, e.Place.Line, e.Place.Column, e.Code)
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

// Position is where the error stands: file, line and column, 1-based, 0 if unknown.
func (e *Error) Position() (file string, line, column int) {
	return e.Place.File, e.Place.Line, e.Place.Column
}

func (e *Error) Unwrap() error { return e.Err }
