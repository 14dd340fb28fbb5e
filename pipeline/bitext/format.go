package bitext

import (
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Parts names parts of a unit, as a set: what a format can carry, or what it lost.
// The plain text of source and target is carried by every format and has no Part.
type Parts uint16

const (
	PartID         Parts = 1 << iota // Unit.ID
	PartDocument                     // Unit.Document
	PartLanguages                    // Unit.Languages
	PartState                        // Unit.State
	PartCodes                        // Unit.SourceCodes and TargetCodes
	PartTerms                        // Unit.Terms
	PartMatches                      // Unit.Matches
	PartNotes                        // Unit.Notes
	PartFields                       // Unit.Fields
	PartGaps                         // Unit.Before and After
	PartSpan                         // Unit.SourceSpan
	PartConfidence                   // Unit.Confidence
	partEnd
	allParts = partEnd - 1
)

var partNames = [...]string{
	"id", "document", "languages", "state", "codes", "terms", "matches", "notes",
	"fields", "gaps", "span", "confidence",
}

// Names lists the parts in the set, in the order of their declaration.
func (p Parts) Names() []string {
	var names []string
	for i, name := range partNames {
		if p&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// String joins the names with commas.
func (p Parts) String() string { return strings.Join(p.Names(), ", ") }

// Format is one row of the table of bilingual file formats.
type Format struct {
	Name       string   // what --to and --from say: "xliff-2.1"
	Extensions []string // with the dot, the usual one first; may be empty
	Title      string   // the standard and its version, a proper name
	Keeps      Parts    // what of a unit comes back after writing and reading

	read  func(in *input, yield func(Unit, error) bool)
	write func(w io.Writer, h Header) Writer
	// splice: the reader leaves sites, so Update can write into files of the format.
	splice bool
	xml    bool // the file says its own encoding
	// charset is the encoding that a file of lines declares in its first bytes, if it can.
	charset func(head []byte) string
	noNUL   bool // U+0000 cannot be written
	// validate checks what reading does not; nil: reading is all there is to check.
	validate func(in *input, yield func(*Error) bool)
}

// Reads reports whether Read can read files of the format.
func (f Format) Reads() bool { return f.read != nil }

// Writes reports whether NewWriter can write files of the format.
func (f Format) Writes() bool { return f.write != nil }

// Splices reports whether Update can write into files of the format.
func (f Format) Splices() bool { return f.splice }

// FormatFor finds the format with a name ("tmx") or, failing that, the one whose
// extension a file name or path ends in. Where several formats share an extension (.xlf)
// it is the first of the table; Read then looks into the file itself.
func FormatFor(nameOrPath string) (Format, error) {
	lower := strings.ToLower(nameOrPath)
	for _, f := range Formats {
		if f.Name == lower {
			return f, nil
		}
	}
	ext := filepath.Ext(lower)
	for _, f := range Formats {
		if ext != "" && slices.Contains(f.Extensions, ext) {
			return f, nil
		}
	}
	return Format{}, &Error{Code: "format-unknown", Have: nameOrPath, Want: strings.Join(formatNames(), ", ")}
}

func formatNames() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// Header is what a file says once, about all its units.
type Header struct {
	Languages     Languages
	Tool, Version string    // who writes; empty: drogman without a version
	Original      string    // the document of units that name none
	Created       time.Time // zero: not said, so that the same units make the same bytes
	Columns       []string  // tables: the fields that get a column each; nil: those of the first unit
	BOM           bool      // CSV: begin with a byte order mark, as Excel wants it
}

func (h Header) tool() string {
	if h.Tool == "" {
		return "drogman"
	}
	return h.Tool
}

// complete takes the languages that the header does not say from the first unit. A file
// must say at least its source language.
func (h *Header) complete(first Languages) error {
	if tagString(h.Languages.Source) == "" {
		h.Languages.Source = first.Source
	}
	if tagString(h.Languages.Target) == "" {
		h.Languages.Target = first.Target
	}
	if tagString(h.Languages.Source) == "" {
		return &Error{Code: "source-language-missing"}
	}
	return nil
}

// agrees reports a unit that a file of one pair of languages cannot hold.
func (h *Header) agrees(u *Unit) error {
	want, have := h.Languages, u.Languages
	if have.Source == want.Source || tagString(have.Source) == "" {
		have.Source = want.Source
	}
	if have.Target == want.Target || tagString(have.Target) == "" {
		have.Target = want.Target
	}
	if have != want {
		return &Error{Code: "languages-differ", Unit: u.ID, Place: u.Place, Have: pairString(have), Want: pairString(want)}
	}
	if hasTarget(u) && tagString(want.Target) == "" {
		return &Error{Code: "target-language-missing", Unit: u.ID, Place: u.Place}
	}
	return nil
}

func pairString(l Languages) string { return tagString(l.Source) + " → " + tagString(l.Target) }

// Writer writes units to a file. The units of one document come one after another, the
// segments of one block likewise. After an error the file is not to be used. Close
// finishes the file (an XML file is not well-formed without it), it closes nothing else.
type Writer interface {
	Write(Unit) error
	Close() error
}

// NewWriter begins a file.
func NewWriter(w io.Writer, f Format, h Header) (Writer, error) {
	if f.write == nil {
		return nil, &Error{Code: "format-not-written", Have: f.Name}
	}
	return &checkedWriter{format: f, header: h, next: f.write(w, h)}, nil
}

// checkedWriter refuses what no file can hold before the format sees it.
type checkedWriter struct {
	format Format
	header Header
	next   Writer
}

func (w *checkedWriter) Write(u Unit) error {
	for _, text := range []string{u.ID, u.Document, u.Source, u.Target} {
		if !utf8.ValidString(text) {
			return &Error{Code: "unit-not-utf8", Unit: u.ID, Place: u.Place, Have: shown(text)}
		}
		if w.format.noNUL && strings.IndexByte(text, 0) >= 0 {
			return &Error{Code: "text-nul", Unit: u.ID, Place: u.Place}
		}
	}
	if !inOrder(u.SourceCodes, u.Source) || !inOrder(u.TargetCodes, u.Target) {
		return &Error{Code: "unit-span", Unit: u.ID, Place: u.Place}
	}
	for _, t := range u.Terms {
		if !within(t.Span.Start, t.Span.End, u.Source) || t.Span.Len() == 0 {
			return &Error{Code: "unit-span", Unit: u.ID, Place: u.Place, Have: t.Surface}
		}
	}
	if u.Document == "" {
		u.Document = w.header.Original
	}
	return w.next.Write(u)
}

// inOrder reports whether codes lie within their text, in order, none inside another.
func inOrder(codes []Code, text string) bool {
	at := 0
	for _, c := range codes {
		if c.Span.Start < at || !within(c.Span.Start, c.Span.End, text) {
			return false
		}
		at = c.Span.End
	}
	return true
}

func (w *checkedWriter) Close() error { return w.next.Close() }

// Read streams the units of a bilingual file. name is the file's name for places and
// errors. A bad unit arrives as an *Error in its place, and the units after it follow; an
// error that the rest of the file cannot be read after is the last thing to arrive.
// Memory is bounded by the largest unit, not by the file.
func Read(r io.Reader, name string, f Format) iter.Seq2[Unit, error] {
	return ReadWith(r, name, f, ReadOptions{})
}

// ReadOptions say how a file is to be read. The zero value asks for nothing.
type ReadOptions struct {
	// Encoding is the name (WHATWG or IANA) of the encoding of a table or PO file without a
	// byte order mark; empty: what a PO file declares, else UTF-8.
	Encoding string
	// Languages are the ones wanted of a file of several (TMX); a zero one leaves the choice
	// to the file.
	Languages Languages
	// Losses, if not nil, counts what reading passes over; complete when the sequence ends.
	Losses Losses
}

// ReadWith is Read with options.
func ReadWith(r io.Reader, name string, f Format, o ReadOptions) iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		if f.read == nil {
			yield(Unit{}, &Error{Code: "format-not-read", Place: Place{File: name}, Have: f.Name})
			return
		}
		in := newInput(r, name)
		in.options = o
		f.read(in, yield)
	}
}

// Kept is what of a unit comes back after writing it to a file of the format and reading
// it again: the unit with the parts the format cannot carry taken out.
func (f Format) Kept(u Unit) Unit {
	clear := func(p Parts, do func()) {
		if f.Keeps&p == 0 {
			do()
		}
	}
	clear(PartID, func() { u.ID = "" })
	clear(PartDocument, func() { u.Document = "" })
	clear(PartLanguages, func() { u.Languages = Languages{} })
	clear(PartState, func() { u.State = defaultState(u.Target) })
	clear(PartCodes, func() { u.SourceCodes, u.TargetCodes = nil, nil })
	clear(PartTerms, func() { u.Terms = nil })
	clear(PartMatches, func() { u.Matches = nil })
	clear(PartNotes, func() { u.Notes = nil })
	clear(PartFields, func() { u.Fields = nil })
	clear(PartGaps, func() { u.Before, u.After = "", "" })
	clear(PartSpan, func() { u.SourceSpan = Span{} })
	clear(PartConfidence, func() { u.Confidence = 0 })
	return u
}

// Parts lists the parts of the unit that hold something.
func (u *Unit) Parts() Parts {
	var p Parts
	set := func(part Parts, has bool) {
		if has {
			p |= part
		}
	}
	set(PartID, u.ID != "")
	set(PartDocument, u.Document != "")
	set(PartLanguages, u.Languages != Languages{})
	set(PartState, u.State != Initial)
	set(PartCodes, len(u.SourceCodes)+len(u.TargetCodes) > 0)
	set(PartTerms, len(u.Terms) > 0)
	set(PartMatches, len(u.Matches) > 0)
	set(PartNotes, len(u.Notes) > 0)
	set(PartFields, len(u.Fields) > 0)
	set(PartGaps, u.Before+u.After != "")
	set(PartSpan, u.SourceSpan != Span{})
	set(PartConfidence, u.Confidence != 0)
	return p
}

// defaultState is the state of a unit in a format or file that says nothing of states: a
// target stands there to be used.
func defaultState(target string) State { return pick(target == "", Initial, Translated) }

// Block and Segment are the two halves of the ID, block::segment. An ID without "::" is
// all block.
func (u *Unit) Block() string {
	block, _, _ := strings.Cut(u.ID, "::")
	return block
}

// Segment is the ID's second half; see Block.
func (u *Unit) Segment() string {
	_, segment, _ := strings.Cut(u.ID, "::")
	return segment
}
