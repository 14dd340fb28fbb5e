package bitext

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// Update writes targets into a file that someone else made. It reads the file, asks edit
// about each unit, and writes it again with the targets and states that edit changed; every
// other byte stays as it was. edit returns the unit with a new Target, TargetCodes or State;
// its other parts are not looked at. A code of a target is written with the markup that
// the code with its ID has in the unit's source or old target.
//
// A target that cannot be written is told to refuse, with the place of the unit that edit
// returned, and its unit stays as it was; where refuse is nil it is the error of Update. A
// character that the file's encoding lacks is written as a reference in XML, refused elsewhere.
//
// A file with a unit that cannot be read is refused whole, before anything is written, and
// so is one in an encoding that would not come back byte for byte. The file is held in memory.
func Update(r io.Reader, w io.Writer, name string, f Format, o ReadOptions, edit func(Unit) Unit, refuse func(error)) error {
	if !f.splice {
		return &Error{Code: "format-not-spliced", Place: Place{File: name}, Have: f.Name}
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	enc, text, err := decodeWhole(data, name, f, o)
	if err != nil {
		return err
	}
	in := newInput(bytes.NewReader(text), name)
	in.whole, in.options = text, o
	var cuts []cut
	f.read(in, func(u Unit, e error) bool {
		if err = e; err != nil {
			return false
		}
		site := in.site
		in.site = nil
		changed := edit(u)
		if sameTarget(&u, &changed) {
			return true
		}
		more, bad := change(f, enc, site, text, &u, &changed)
		switch {
		case bad == nil:
			cuts = append(cuts, more...)
		case refuse != nil:
			refuse(bad)
		default:
			err = bad
		}
		return err == nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(cuts, func(a, b cut) int { return a.at.Start - b.at.Start })
	return enc.write(w, spliced(text, slices.Compact(cuts))) // what all units ask for is done once
}

// change makes of a unit's change what to replace in the file, or says why it cannot be.
func change(f Format, enc *wholeFile, site site, text []byte, old, changed *Unit) ([]cut, error) {
	if err := holdable(f, changed); err != nil {
		return nil, err
	}
	if site == nil {
		return nil, &Error{Code: "splice-no-place", Place: changed.Place, Unit: changed.ID}
	}
	cuts, err := site.cuts(text, old, changed)
	for i, c := range cuts {
		if enc.ascii {
			cuts[i].with = asciiReferences(c.with)
		}
		if r, lacks := enc.lacks(c.with); lacks {
			return nil, &Error{Code: "splice-character", Place: changed.Place, Unit: changed.ID, Have: string(r)}
		}
	}
	return cuts, err
}

// holdable refuses a target that no file of the format can hold.
func holdable(f Format, u *Unit) error {
	switch {
	case !utf8.ValidString(u.Target):
		return &Error{Code: "unit-not-utf8", Place: u.Place, Unit: u.ID}
	case f.noNUL && strings.IndexByte(u.Target, 0) >= 0:
		return &Error{Code: "text-nul", Place: u.Place, Unit: u.ID}
	}
	return nil
}

// sameTarget reports whether an edit changes nothing.
func sameTarget(a, b *Unit) bool { return a.State == b.State && sameText(a, b) }

// sameText reports whether two targets are the same, but for their state.
func sameText(a, b *Unit) bool {
	if a.Target != b.Target || len(a.TargetCodes) != len(b.TargetCodes) {
		return false
	}
	for i, c := range a.TargetCodes {
		if d := b.TargetCodes[i]; c.Span != d.Span || c.Kind != d.Kind || c.ID != d.ID {
			return false
		}
	}
	return true
}

// cut replaces a span of the file.
type cut struct {
	at   Span
	with string
}

// spliced applies cuts that are in order and do not overlap.
func spliced(text []byte, cuts []cut) []byte {
	var out bytes.Buffer
	at := 0
	for _, c := range cuts {
		out.Write(text[at:c.at.Start])
		out.WriteString(c.with)
		at = c.at.End
	}
	out.Write(text[at:])
	return out.Bytes()
}

// site is where the target of the unit just read stands in its file.
type site interface {
	// cuts makes of a unit's change what to replace, in the order of the file.
	cuts(file []byte, old, changed *Unit) ([]cut, error)
}

// wholeFile is how the bytes of a file stand for its text.
type wholeFile struct {
	name  string
	mark  []byte
	codec encoding.Encoding // nil: UTF-8
	xml   bool
	ascii bool // an XML file that says so of itself
}

// decodeWhole makes the file UTF-8.
func decodeWhole(data []byte, name string, f Format, o ReadOptions) (*wholeFile, []byte, error) {
	enc, bom, err := wholeEncoding(data, name, f, o)
	if err != nil {
		return nil, nil, err
	}
	file := &wholeFile{name: name, codec: enc, xml: f.xml}
	if enc == nil {
		file.ascii = f.xml && declaresASCII(data)
		return file, data, nil
	}
	body := data[bom:]
	file.mark = data[:bom]
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, nil, err
	}
	again, err := enc.NewEncoder().Bytes(text)
	if err != nil || !bytes.Equal(again, body) {
		return nil, nil, &Error{Code: "splice-encoding", Place: Place{File: name}}
	}
	return file, text, nil
}

// declaresASCII reports whether an XML file declares that it is ASCII, as Python's writers of
// XML do, and is.
func declaresASCII(data []byte) bool {
	end := bytes.Index(data[:min(len(data), headLength)], []byte("?>"))
	if !bytes.HasPrefix(data, []byte("<?xml")) || end < 0 {
		return false
	}
	label := strings.ToUpper(pseudoAttr(string(data[:end]), "encoding"))
	return (label == "ASCII" || label == "US-ASCII") && !bytes.ContainsFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
}

// asciiReferences writes what is not ASCII as references.
func asciiReferences(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// encoder writes text in the file's encoding; what an XML file lacks is a reference, which
// only text of a target can come to: all else was in the file.
func (f *wholeFile) encoder() *encoding.Encoder {
	if f.xml {
		return encoding.HTMLEscapeUnsupported(f.codec.NewEncoder())
	}
	return f.codec.NewEncoder()
}

// lacks finds a character of text that the file cannot hold.
func (f *wholeFile) lacks(text string) (rune, bool) {
	if f.codec == nil {
		return 0, false
	}
	if _, err := f.encoder().String(text); err == nil {
		return 0, false
	}
	for _, r := range text {
		if _, err := f.encoder().String(string(r)); err != nil {
			return r, true
		}
	}
	return 0, false
}

// write writes the text as the bytes of the file.
func (f *wholeFile) write(w io.Writer, text []byte) error {
	if f.codec == nil {
		_, err := w.Write(text)
		return err
	}
	out, err := f.encoder().Bytes(text)
	if err != nil {
		return &Error{Code: "splice-encoding", Place: Place{File: f.name}, Err: err}
	}
	_, err = w.Write(append(bytes.Clone(f.mark), out...))
	return err
}

func wholeEncoding(data []byte, name string, f Format, o ReadOptions) (encoding.Encoding, int, error) {
	if bytes.HasPrefix(data, []byte("\x1f\x8b")) { // gzip
		return nil, 0, &Error{Code: "splice-encoding", Place: Place{File: name}, Have: "gzip"}
	}
	if !f.xml {
		return textEncoding(data[:min(len(data), headLength)], name, o.Encoding, f.charset)
	}
	enc, bom, code, have := xmlEncoding(bufio.NewReader(bytes.NewReader(data)))
	if code != "" {
		return nil, 0, &Error{Code: code, Place: Place{File: name, Line: 1, Column: 1}, Have: have}
	}
	return enc, bom, nil
}

// xmlSite is the place of a target in an XML file, in bytes of it.
type xmlSite struct {
	target Span // what the new content replaces
	// open and close write the tags of a target that was not there; nil where they stand.
	open  func(*Unit) (string, error)
	close string
	// state is the value of the attribute that says it, or where to insert one; states
	// that the file has no place for are left out of the change (name is nil).
	state    Span
	attr     string
	name     func(State) string
	language Span // XLIFF 2: where the file must say its target language, once it has a target
	approved Span // XLIFF 1.2: the yes of approved="yes", which a lesser state undoes
	control  func(out *bufio.Writer, r rune)
	markup   map[codeKey]Span // of codes, in the file
}

// codeKey names one code, or one half of a pair.
type codeKey struct {
	kind CodeKind
	id   string
}

func (s *xmlSite) cuts(file []byte, old, changed *Unit) ([]cut, error) {
	var list []cut
	if s.approved.Len() > 0 && changed.State != Final {
		list = append(list, cut{s.approved, "no"})
	}
	if old.State != changed.State && s.name != nil {
		value := s.name(changed.State)
		if s.state.Len() == 0 {
			value = fmt.Sprintf(" %s=%q", s.attr, value)
		}
		list = append(list, cut{s.state, value})
	}
	if !sameText(old, changed) {
		content, err := s.content(file, changed)
		if err != nil {
			return nil, err
		}
		if s.open != nil {
			tag, err := s.open(changed)
			if err != nil {
				return nil, err
			}
			content = tag + content + s.close
		}
		if s.language.End > 0 {
			lang := tagString(changed.Languages.Target)
			if lang == "" {
				return nil, &Error{Code: "target-language-missing", Place: changed.Place, Unit: changed.ID}
			}
			list = append(list, cut{s.language, pick(s.language.Len() > 0, lang, fmt.Sprintf(" trgLang=%q", lang))})
		}
		list = append(list, cut{s.target, content})
	}
	slices.SortStableFunc(list, func(a, b cut) int { return cmp.Compare(a.at.Start, b.at.Start) })
	return list, nil
}

// content writes a target with the markup of its file.
func (s *xmlSite) content(file []byte, u *Unit) (string, error) {
	var b strings.Builder
	out := bufio.NewWriter(&b)
	write := func(text string) { escapeText(out, text, func(r rune) { s.control(out, r) }) }
	at := 0
	nesting := []string{}
	for _, c := range u.TargetCodes {
		if !within(c.Span.Start, c.Span.End, u.Target) || c.Span.Start < at {
			return "", &Error{Code: "unit-span", Place: u.Place, Unit: u.ID, Have: c.ID}
		}
		write(u.Target[at:c.Span.Start])
		at = c.Span.End
		span, ok := s.markup[codeKey{c.Kind, c.ID}]
		markup := ""
		if ok {
			markup = string(file[span.Start:span.End])
			nesting, ok = nest(nesting, c, markup)
		}
		if !ok {
			return "", &Error{Code: "splice-code", Place: u.Place, Unit: u.ID, Have: c.ID}
		}
		out.WriteString(markup)
	}
	write(u.Target[at:])
	out.Flush()
	if len(nesting) > 0 {
		return "", &Error{Code: "splice-code", Place: u.Place, Unit: u.ID, Have: nesting[len(nesting)-1]}
	}
	return b.String(), nil
}

// nest follows the elements that codes open and close, and reports whether they nest.
func nest(open []string, c Code, markup string) ([]string, bool) {
	switch {
	case strings.HasPrefix(markup, "</"):
		if len(open) == 0 || open[len(open)-1] != c.ID {
			return open, false
		}
		return open[:len(open)-1], true
	case c.Kind == Open && !strings.HasSuffix(markup, "/>") && strings.Count(markup, "<") == 1:
		return append(open, c.ID), true
	}
	return open, true
}

// span is the token last read as bytes of the file.
func (s *scanner) span() Span { return Span{int(s.tok.start), int(s.tok.end)} }

// attrSpan is where the value of an attribute of the token stands, or an empty span where
// the attribute can be inserted.
func (s *scanner) attrSpan(local string) Span {
	for _, a := range s.tok.attrs {
		if a.name == (xmlName{"", local}) {
			return Span{int(s.tok.start) + a.span.Start, int(s.tok.start) + a.span.End}
		}
	}
	at := int(s.tok.end) - pick(s.tok.empty, 2, 1)
	return Span{at, at}
}

// keep notes the markup of a code, from the byte at from to the end of the token last read.
func (s *scanner) keep(markup map[codeKey]Span, kind CodeKind, id string, from int64) {
	if markup != nil {
		markup[codeKey{kind, id}] = Span{int(from), int(s.tok.end)}
	}
}

// targetTag is the start tag of a target being read: what is needed to make a site of it.
type targetTag struct {
	span   Span
	empty  bool
	prefix string
}

func (s *scanner) targetTag() targetTag { return targetTag{s.span(), s.tok.empty, s.qualified("")} }

// place puts the content of a target whose end tag was last read; an empty element becomes
// a pair of tags.
func (x *xmlSite) place(s *scanner, tag targetTag, name string) {
	if !tag.empty {
		x.target = Span{tag.span.End, int(s.tok.start)}
		return
	}
	x.target, x.close = Span{tag.span.End - 2, tag.span.End}, "</"+tag.prefix+name+">"
	x.open = func(*Unit) (string, error) { return ">", nil }
}

// insertAfter puts a target that is not there after the element whose end tag was last
// read.
func (x *xmlSite) insertAfter(s *scanner, name, attrs string) {
	at := int(s.tok.end)
	x.target, x.close = Span{at, at}, "</"+s.qualified(name)+">"
	tag := "<" + s.qualified(name) + attrs + ">"
	x.open = func(*Unit) (string, error) { return tag, nil }
}

// qualified is a tag's name as it must be written beside the token last read.
func (s *scanner) qualified(local string) string {
	if s.tok.prefix != "" {
		return s.tok.prefix + ":" + local
	}
	return local
}
