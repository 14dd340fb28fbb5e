// Package bitext is the vocabulary of the house: the unit (one source segment and
// its target), the span, the inline code, the state; and the files that carry them.
//
// An untranslated document is a bitext with empty targets. Extraction makes units,
// alignment and translation fill their targets, checking judges them, and the
// formats of this package keep them. The package imports nothing of the house.
//
// All offsets are half-open ranges of bytes in one immutable UTF-8 text. Lines and
// columns (1-based, columns in runes) are computed only where a place is shown.
package bitext

import "golang.org/x/text/language"

// Span is the half-open range of bytes [Start, End) of one immutable text.
type Span struct{ Start, End int }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// In returns the part of text that the span covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Contains reports whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Languages is the pair a unit goes from and to. The zero Tag is "unknown".
type Languages struct{ Source, Target language.Tag }

// State is how far the target of a unit has come (XLIFF 2.1, section “state”).
type State uint8

const (
	Initial    State = iota // no target, or a target nobody has vouched for
	Translated              // translated, not yet reviewed
	Reviewed                // reviewed, not yet approved
	Final                   // approved; tools leave the target alone
)

var stateNames = [...]string{"initial", "translated", "reviewed", "final"}

// String returns the state's XLIFF 2 name.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return stateNames[Initial]
}

// ParseState returns the state with the given XLIFF 2 name, and whether there is one.
func ParseState(name string) (State, bool) {
	for i, n := range stateNames {
		if n == name {
			return State(i), true
		}
	}
	return Initial, false
}

// CodeKind says what an inline code does to the text it stands in.
type CodeKind uint8

const (
	Standalone CodeKind = iota // stands alone: XLIFF 2 ph, 1.2 x and ph; a line break, an image, {name}
	Open                       // opens a pair: XLIFF 2 sc or the start of pc, 1.2 bx and bpt, TMX bpt
	Close                      // closes a pair: XLIFF 2 ec or the end of pc, 1.2 ex and ept, TMX ept
)

// Code is one inline code, kept beside the plain text it belongs to (stand-off).
//
// Open and Close have an empty Span: the place in the text where the code stands; the
// two halves of a pair share an ID. A Standalone code may cover the text that is shown
// in its place ("{name}"), which is not to be translated. Codes of one text are in
// document order, and codes at the same offset stand in the order of the slice.
type Code struct {
	Span Span
	Kind CodeKind
	ID   string // unique for each code or pair of one unit, the same in source and target
	Data string // the markup of the original document ("<b>"), empty where it is not known
	Type string // the format's name for the kind of code ("fmt", "link"), may be empty
	// Mark says that the code is an annotation of the text (XLIFF mrk, sm and em; TMX hi)
	// rather than markup of the original document.
	Mark bool
	// Fields are the further attributes the code had, by their XLIFF 2 names (canDelete,
	// disp, ref, subFlows …), on the Open code of a pair.
	Fields []Field
}

// Occurrence is a glossary term found in a source text.
type Occurrence struct {
	Span    Span   // in the source
	Concept string // the concept's ID
	Kind    string // the concept's type: people, places, organisations, works, events, terms, keep
	Surface string // the text found, as written
	Target  string // the preferred target term; empty where the glossary has none
	Nested  bool   // lies within a longer occurrence of another concept
	Note    string // the glossary's note for the translator, may be empty
}

// Match is a proposed translation from a memory or an engine.
type Match struct {
	Source, Target string
	Quality        float64 // 0 to 100
	Origin         string
}

// Note is a remark that travels with a unit.
type Note struct {
	Text     string
	Category string // may be empty
	Author   string // may be empty
}

// Field is a named value that the unit's file carried and the house has no word for:
// an unknown TSV column, a TMX prop. Fields keep the order in which they stood.
type Field struct{ Name, Value string }

// Unit is one source segment and its target: a TMX tu, an XLIFF segment, a line of
// TSV or JSONL. The zero Unit is an empty untranslated segment.
type Unit struct {
	// ID is block::segment, unique within its document and stable: it is made from the
	// block's place and content, so that an edit elsewhere changes no other ID.
	ID        string
	Document  string // the source document's path or name, may be empty
	Languages Languages

	Source, Target           string // plain text, NFC or as found
	SourceCodes, TargetCodes []Code

	// Before is the text between the previous segment of the block (or the block's start)
	// and this one, which belongs to neither: white space. After is what follows the last
	// segment of the block (XLIFF 2 ignorable).
	Before, After string

	State   State
	Terms   []Occurrence // in the source, by start, longer first
	Matches []Match
	Notes   []Note
	Fields  []Field

	// SourceSpan is where Source stands in the decoded source document; zero if unknown.
	SourceSpan Span
	// Confidence is the aligner's, from 0 to 1; 0 where the unit was not aligned.
	Confidence float64
	// Place is where the unit stood in the bilingual file it was read from.
	Place Place
}

// Place is a position in a file as a person would name it: 1-based, columns in runes;
// 0 is "unknown". Offset is in bytes of the file as it lies on disk.
type Place struct {
	File         string
	Line, Column int
	Offset       int64
}
