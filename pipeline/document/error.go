package document

import (
	"fmt"
	"strings"
)

// Error is what is wrong with a document, or with a translation that was to be merged
// into it: a code, a place in the document and the values that explain it. The sentence
// a person reads is made from the code by package locales.
type Error struct {
	Code         string // kebab-case, one of Codes
	File         string
	Line, Column int    // 1-based, columns in runes; 0 is unknown
	Unit         string // the unit's or the block's ID, may be empty
	Have         string // what stands there
	Want         string // what should
	Err          error  // the cause, may be nil
}

// Codes lists every code that an Error can carry.
var Codes = []string{
	"document-format-unknown",
	"document-too-large",
	"document-too-deep",
	"document-too-wide",
	"json-malformed",
	"catalogue-duplicate-key",
	"catalogue-escape",
	"yaml-malformed",
	"yaml-scalar",
	"zip-malformed",
	"zip-old-office",
	"zip-unsafe-name",
	"zip-duplicate",
	"zip-not-regular",
	"zip-encrypted",
	"zip-bomb",
	"part-missing",
	"rules-malformed",
	"markup-malformed",
	"markup-doctype",
	"markup-entity",
	"document-not-text",
	"encoding-unknown",
	"encoding-undecided",
	"encoding-invalid",
	"encoding-unmappable",
	"text-unwritable",
	"document-read",
	"code-unknown",
	"code-doubled",
	"code-misplaced",
	"code-crossing",
	"code-missing",
	"unit-stale",
	"unit-untranslated",
}

func (e *Error) Error() string {
	var s strings.Builder
	s.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&s, ":%d:%d", e.Line, e.Column)
	}
	s.WriteString(": " + e.Code)
	if e.Unit != "" {
		s.WriteString(" in " + e.Unit)
	}
	if e.Have != "" {
		fmt.Fprintf(&s, ": have %q", e.Have)
	}
	if e.Want != "" {
		fmt.Fprintf(&s, ", want %q", e.Want)
	}
	if e.Err != nil {
		s.WriteString(": " + e.Err.Error())
	}
	return s.String()
}

// MessageID names the message that tells a person of the error.
func (e *Error) MessageID() string { return e.Code }

// Position is where the error stands: file, line and column, 1-based, 0 if unknown.
func (e *Error) Position() (file string, line, column int) { return e.File, e.Line, e.Column }

func (e *Error) Unwrap() error { return e.Err }

// at returns e with its line and column counted in text, for a byte offset of text.
func (e *Error) at(text string, offset int) *Error {
	e.Line, e.Column = position(text, offset)
	return e
}
