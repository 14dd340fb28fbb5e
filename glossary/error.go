package glossary

import "fmt"

// Error is one fault of a glossary file: a code, a place and the values that explain it.
type Error struct {
	Code  string // kebab-case
	Place Place
	Have  string // what stands there
	Want  string // what to write instead
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

// String writes the place as file:line:column.
func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

func (e *Error) Unwrap() error { return e.Err }

// The codes of this package's errors.
const (
	codeUnreadable     = "glossary-unreadable"
	codeNotUTF8        = "glossary-not-utf8"
	codeSyntax         = "yaml-syntax"
	codeUnclosed       = "yaml-unclosed"
	codeNoColon        = "yaml-no-colon"
	codeColon          = "yaml-colon-in-text"
	codeIndent         = "yaml-indentation"
	codeReserved       = "yaml-reserved-character"
	codeAfterQuote     = "yaml-text-after-end"
	codeTab            = "yaml-tab"
	codeAlias          = "yaml-alias"
	codeTag            = "yaml-tag"
	codeDeep           = "yaml-too-deep"
	codeDuplicateKey   = "yaml-duplicate-key"
	codeSecondDocument = "yaml-second-document"
	codeNoHeader       = "glossary-no-header"
	codeOtherLanguages = "glossary-other-languages"
	codeBadLanguage    = "glossary-bad-language"
	codeUnknownSection = "glossary-unknown-section"
	codeUnknownField   = "glossary-unknown-field"
	codeWantsText      = "glossary-wants-text"
	codeWantsMap       = "glossary-wants-map"
	codeBadValue       = "glossary-bad-value"
	codeEmptyTerm      = "glossary-empty-term"
	codeLongTerm       = "glossary-long-term"
	codeDuplicate      = "glossary-duplicate-concept"
	codeNothingRefined = "glossary-nothing-to-refine"
)

// Codes lists every code an Error of this package can carry.
var Codes = []string{
	codeUnreadable, codeNotUTF8, codeSyntax, codeUnclosed, codeNoColon, codeColon,
	codeIndent, codeReserved, codeAfterQuote, codeTab, codeAlias, codeTag, codeDeep,
	codeDuplicateKey, codeSecondDocument, codeNoHeader, codeOtherLanguages, codeBadLanguage,
	codeUnknownSection, codeUnknownField, codeWantsText, codeWantsMap, codeBadValue, codeEmptyTerm,
	codeLongTerm, codeDuplicate, codeNothingRefined,
}
