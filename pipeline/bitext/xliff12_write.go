package bitext

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// xliff12Writer writes XLIFF 1.2 strict. Each unit is a <trans-unit> with the unit's ID; a
// code with data is a <bpt>, <ept>, <ph> or <it>, one without a <g>, <x>, <bx> or <ex>. What
// 1.2 has no place for is in <context> elements of the types x-drogman-….
type xliff12Writer struct {
	out      *bufio.Writer
	header   Header
	started  bool
	files    int
	document string
	blanks   int
	ids      idSet
}

func writeXLIFF12(w io.Writer, h Header) Writer {
	return &xliff12Writer{out: bufio.NewWriterSize(w, 64<<10), header: h}
}

func (w *xliff12Writer) start(first Languages) error {
	if w.started {
		return nil
	}
	w.started = true
	if err := w.header.complete(first); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\" xmlns=%q>\n", nsXLIFF12)
	return nil
}

func (w *xliff12Writer) openFile(document string) {
	if w.files > 0 && document == w.document {
		return
	}
	w.closeFile()
	w.files, w.document, w.ids = w.files+1, document, newIDSet()
	w.out.WriteString("<file")
	writeAttr(w.out, "original", document)
	writeAttr(w.out, "source-language", w.header.Languages.Source.String())
	if target := tagString(w.header.Languages.Target); target != "" {
		writeAttr(w.out, "target-language", target)
	}
	writeAttr(w.out, "datatype", "plaintext")
	writeAttr(w.out, "tool-id", w.header.tool())
	if !w.header.Created.IsZero() {
		writeAttr(w.out, "date", w.header.Created.UTC().Format("2006-01-02T15:04:05Z"))
	}
	w.out.WriteString(" xml:space=\"preserve\">\n<header><tool")
	writeAttr(w.out, "tool-id", w.header.tool())
	writeAttr(w.out, "tool-name", w.header.tool())
	if w.header.Version != "" {
		writeAttr(w.out, "tool-version", w.header.Version)
	}
	w.out.WriteString("/></header>\n<body>\n")
}

func (w *xliff12Writer) closeFile() {
	if w.files > 0 {
		w.out.WriteString("</body>\n</file>\n")
	}
}

func (w *xliff12Writer) Close() error {
	if err := w.start(Languages{}); err != nil {
		return err
	}
	if w.files == 0 {
		w.openFile(w.header.Original)
	}
	w.closeFile()
	w.out.WriteString("</xliff>\n")
	return w.out.Flush()
}

func (w *xliff12Writer) Write(u Unit) error {
	if err := w.start(u.Languages); err != nil {
		return err
	}
	if err := w.header.agrees(&u); err != nil {
		return err
	}
	w.openFile(u.Document)
	id := u.ID
	if id == "" {
		w.blanks++
		id = noID12 + strconv.Itoa(w.blanks)
	}
	if !w.ids.add(id) {
		return &Error{Code: "id-repeated", Unit: u.ID, Place: u.Place, Have: id}
	}
	w.out.WriteString("<trans-unit")
	writeAttr(w.out, "id", id)
	if u.State == Final {
		writeAttr(w.out, "approved", "yes")
	}
	attrs := attributes12(u.Fields)
	for _, f := range attrs {
		writeAttr(w.out, strings.TrimPrefix(f.Name, "unit."), f.Value)
	}
	w.out.WriteString(">\n<source>")
	w.line(u.Source, u.SourceCodes)
	w.out.WriteString("</source>\n")
	rest := u.Fields[len(attrs):]
	if hasTarget(&u) {
		rest = w.target(&u, rest)
	}
	w.contexts(&u, rest)
	w.matches(&u)
	for _, n := range u.Notes {
		w.out.WriteString("<note")
		if n.Author != "" {
			writeAttr(w.out, "from", n.Author)
		}
		w.out.WriteByte('>')
		writePlain(w.out, n.Text)
		w.out.WriteString("</note>\n")
	}
	_, err := w.out.WriteString("</trans-unit>\n")
	return err
}

// attributes12 is the head of the list that can be written as attributes.
func attributes12(fields []Field) []Field {
	last := -1
	for i, f := range fields {
		name, ok := strings.CutPrefix(f.Name, "unit.")
		at := slices.Index(unitAttributes12, name)
		valid := name == "resname" || name == "extradata" || name == "translate" && (f.Value == "yes" || f.Value == "no")
		if !ok || at <= last || !valid {
			return fields[:i]
		}
		last = at
	}
	return fields
}

// target writes the <target>, with the state that the file it is from had if it means the
// same, and returns the fields left.
func (w *xliff12Writer) target(u *Unit, fields []Field) []Field {
	name := stateName12(u.State)
	if len(fields) > 0 && fields[0].Name == "target.state" {
		if state, ok := state12(fields[0].Value); ok && state == u.State && fields[0].Value != name && strings.ToLower(fields[0].Value) == fields[0].Value {
			name, fields = fields[0].Value, fields[1:]
		}
	}
	w.out.WriteString("<target")
	writeAttr(w.out, "state", name)
	w.out.WriteByte('>')
	w.line(u.Target, u.TargetCodes)
	w.out.WriteString("</target>\n")
	return fields
}

func (w *xliff12Writer) contexts(u *Unit, fields []Field) {
	var list []Field
	add := func(name, value string) {
		if value != "" {
			list = append(list, Field{name, value})
		}
	}
	add("before", u.Before)
	add("after", u.After)
	if u.Confidence != 0 {
		add("confidence", strconv.FormatFloat(u.Confidence, 'g', -1, 64))
	}
	for i, n := range u.Notes {
		add("category-"+strconv.Itoa(i), n.Category)
	}
	for _, f := range fields {
		list = append(list, Field{"field-" + url.QueryEscape(f.Name), f.Value})
	}
	if len(list) == 0 {
		return
	}
	w.out.WriteString("<context-group>\n")
	for _, f := range list {
		w.out.WriteString("<context")
		writeAttr(w.out, "context-type", "x-drogman-"+f.Name)
		w.out.WriteByte('>')
		writePlain(w.out, f.Value)
		w.out.WriteString("</context>\n")
	}
	w.out.WriteString("</context-group>\n")
}

func (w *xliff12Writer) matches(u *Unit) {
	for _, m := range u.Matches {
		w.out.WriteString("<alt-trans")
		writeAttr(w.out, "match-quality", strconv.FormatFloat(m.Quality, 'f', -1, 64))
		if m.Origin != "" {
			writeAttr(w.out, "origin", m.Origin)
		}
		w.out.WriteString("><source>")
		w.text(m.Source)
		w.out.WriteString("</source><target>")
		w.text(m.Target)
		w.out.WriteString("</target></alt-trans>\n")
	}
}

func (w *xliff12Writer) text(s string) {
	escapeText(w.out, s, func(r rune) { writeControl12(w.out, r) })
}

func writeControl12(out *bufio.Writer, r rune) { fmt.Fprintf(out, `<x id="cp" ctype="x-cp-%04X"/>`, r) }

func (w *xliff12Writer) line(text string, codes []Code) {
	l := inline{text: text, codes: codes}
	l.pair()
	at := 0
	for i, c := range codes {
		if c.Span.Start > at {
			w.text(text[at:c.Span.Start])
			at = c.Span.Start
		}
		w.code(&l, i)
		at = max(at, c.Span.End)
	}
	w.text(text[at:])
}

func (w *xliff12Writer) code(l *inline, i int) {
	c := &l.codes[i]
	var end *Code
	if l.partner[i] >= 0 {
		end = &l.codes[l.partner[i]]
	}
	bare := c.Data == "" && (end == nil || end.Data == "")
	nested := bare && l.paired[i] && len(c.Fields)*pick(c.Kind == Close, 1, 0) == 0
	switch {
	case c.Kind == Standalone:
		w.element(pick(bare, "x", "ph"), c, "equiv-text", c.Span.In(l.text))
	case nested && c.Kind == Open:
		w.open(c)
	case nested:
		w.out.WriteString(pick(c.Mark, "</mrk>", "</g>"))
	case end == nil && !bare:
		w.element("it", c, "pos", pick(c.Kind == Open, "open", "close"))
	case c.Kind == Open:
		w.element(pick(bare, "bx", "bpt"), c, "", "")
	default:
		w.element(pick(bare, "ex", "ept"), c, "", "")
	}
}

func (w *xliff12Writer) open(c *Code) {
	w.out.WriteString(pick(c.Mark, "<mrk", "<g"))
	if c.Mark { // a mid is for the segments of a seg-source
		writeAttr(w.out, "mtype", "x-drogman?"+codeQuery(c, ""))
	} else {
		w.details(c, "ctype")
	}
	w.out.WriteByte('>')
}

func (w *xliff12Writer) element(name string, c *Code, attr, value string) {
	w.out.WriteString("<" + name)
	kind := "ctype"
	if name == "ept" || name == "ex" {
		kind = "" // they have none
	}
	w.details(c, kind)
	if value != "" {
		writeAttr(w.out, attr, value)
	}
	if c.Data == "" {
		w.out.WriteString("/>")
		return
	}
	w.out.WriteByte('>')
	writePlain(w.out, c.Data)
	w.out.WriteString("</" + name + ">")
}

// details writes ID and type. A type that 1.2 does not know, and all it has no attribute
// for, goes into the type as a query.
func (w *xliff12Writer) details(c *Code, kind string) {
	writeAttr(w.out, "id", pick(c.ID == "", "none", c.ID))
	plain := len(c.Fields) == 0 && c.ID != "" && !c.Mark && validType12(c.Type)
	switch {
	case kind == "":
	case !plain:
		writeAttr(w.out, kind, "x-drogman?"+codeQuery(c, ""))
	case c.Type != "":
		writeAttr(w.out, kind, c.Type)
	}
}

func validType12(t string) bool {
	if strings.HasPrefix(t, "x-") && !strings.HasPrefix(t, "x-drogman?") && !strings.HasPrefix(t, "x-cp-") && !strings.ContainsAny(t, " \t\r\n") {
		return true
	}
	return t == "" || slices.Contains([]string{"image", "pb", "lb", "bold", "italic", "underlined", "link"}, t)
}
