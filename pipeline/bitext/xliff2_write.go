package bitext

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// XLIFF 2.1 (OASIS, 13 February 2018). A document is a <file>, a block is a <unit>, a
// unit of the house is a <segment>; Before and After are <ignorable>. Terms are
// <mrk type="term"> with an entry of the glossary module that refers to it; matches,
// notes, and fields (as metadata) stand at the head of the <unit> and name their segment.
//
// All IDs inside one <unit> share one space (section “id”), while the house's code
// IDs are unique only within a segment. A code ID that another segment took is written
// segment·id; the middle dot is a name character that toToken never lets through.

const (
	nsXLIFF2  = "urn:oasis:names:tc:xliff:document:2.0"
	nsXLIFF22 = "urn:oasis:names:tc:xliff:document:2.2"
	nsGls     = "urn:oasis:names:tc:xliff:glossary:2.0"
	nsMtc     = "urn:oasis:names:tc:xliff:matches:2.0"
	nsMda     = "urn:oasis:names:tc:xliff:metadata:2.0"
	nsDrogman = "urn:drogman:bitext:1" // concept and kind of a term; a note's author and segment
)

type xliff2Writer struct {
	out      *bufio.Writer
	header   Header
	version  string
	started  bool
	files    int
	document string
	blanks   int    // blocks without an ID so far
	ids      idSet  // block IDs of the open file
	block    []Unit // the segments of the block not yet written
}

func writeXLIFF2(version string) func(io.Writer, Header) Writer {
	return func(w io.Writer, h Header) Writer {
		return &xliff2Writer{out: bufio.NewWriterSize(w, 64<<10), header: h, version: version}
	}
}

func (w *xliff2Writer) Write(u Unit) error {
	if err := w.start(u.Languages); err != nil {
		return err
	}
	if len(w.block) > 0 && !sameBlock(&w.block[0], &u) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if err := w.header.agrees(&u); err != nil {
		return err
	}
	w.block = append(w.block, u)
	return nil
}

func sameBlock(a, b *Unit) bool {
	return a.Document == b.Document && a.Block() == b.Block() &&
		strings.Contains(a.ID, "::") && strings.Contains(b.ID, "::")
}

// hasTarget reports whether a <target> is written: a state beyond initial demands one.
func hasTarget(u *Unit) bool {
	return u.Target != "" || len(u.TargetCodes) > 0 || u.State != Initial
}

func (w *xliff2Writer) start(first Languages) error {
	if w.started {
		return nil
	}
	w.started = true
	if err := w.header.complete(first); err != nil {
		return err
	}
	l := w.header.Languages
	fmt.Fprintf(w.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff xmlns=%q xmlns:gls=%q xmlns:mtc=%q xmlns:mda=%q xmlns:dm=%q version=%q srcLang=%q",
		pick(w.version == "2.2", nsXLIFF22, nsXLIFF2), nsGls, nsMtc, nsMda, nsDrogman, w.version, l.Source)
	if tagString(l.Target) != "" {
		fmt.Fprintf(w.out, " trgLang=%q", l.Target)
	}
	_, err := w.out.WriteString(">\n")
	return err
}

// openFile begins a <file> unless the document's is open.
func (w *xliff2Writer) openFile(document string) {
	if w.files > 0 && document == w.document {
		return
	}
	w.closeFile()
	w.files, w.document, w.ids = w.files+1, document, newIDSet()
	w.out.WriteString("<file")
	w.attr("id", "f"+strconv.Itoa(w.files))
	if document != "" {
		w.attr("original", document)
	}
	w.out.WriteString(" xml:space=\"preserve\">\n")
}

func (w *xliff2Writer) closeFile() {
	if w.files > 0 {
		w.out.WriteString("</file>\n")
	}
}

func (w *xliff2Writer) Close() error {
	if err := w.start(Languages{}); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	if w.files == 0 { // a file must hold something, and a group may be empty
		w.openFile(w.header.Original)
		w.out.WriteString("<group id=\"g1\"/>\n")
	}
	w.closeFile()
	w.out.WriteString("</xliff>\n")
	return w.out.Flush()
}

func (w *xliff2Writer) attr(name, value string) { writeAttr(w.out, name, value) }

// flush writes the block that was gathered.
func (w *xliff2Writer) flush() error {
	if len(w.block) == 0 {
		return nil
	}
	w.openFile(w.block[0].Document)
	id := toToken(w.block[0].Block())
	if id == "" {
		w.blanks++
		id = "·" + strconv.Itoa(w.blanks)
	}
	if !w.ids.add(id) {
		return &Error{Code: "id-repeated", Unit: w.block[0].ID, Place: w.block[0].Place, Have: id}
	}
	b := newXLIFFBlock(w.out, w.block)
	if err := b.write(id); err != nil {
		return err
	}
	w.block = w.block[:0]
	return nil
}

// xliffBlock writes one <unit>.
type xliffBlock struct {
	out      *bufio.Writer
	units    []Unit
	segments []string            // the segments' id attributes, "" where there is none
	codeIDs  []map[string]string // for each segment, a code's ID → its id attribute
	used     map[string]bool     // id attributes taken
	terms    [][]string          // for each segment, the id attributes of its terms
	data     []string            // originalData, in order
	dataID   map[string]string
	// unitFields and segmentFields are the fields that are attributes, and metaFields the
	// rest for each segment.
	unitFields                []Field
	segmentFields, metaFields [][]Field
	// codeFields are what the codes of each segment say that XLIFF has no attribute for,
	// named code:SIDE:INDEX:NAME; the type has no NAME.
	codeFields [][]Field
}

func newXLIFFBlock(out *bufio.Writer, units []Unit) *xliffBlock {
	b := &xliffBlock{out: out, units: units, used: map[string]bool{}, dataID: map[string]string{}}
	b.splitFields()
	for i := range units {
		id := b.segmentID(i)
		b.segments = append(b.segments, id)
		b.used[id] = true
	}
	for i := range units {
		b.nameCodes(i)
	}
	for i := range units {
		b.nameTerms(i)
	}
	return b
}

// splitFields finds the fields that XLIFF has attributes for, at the head of a unit's list:
// unit.NAME where all segments of the block agree, segment.NAME.
func (b *xliffBlock) splitFields() {
	b.unitFields = xliffAttributes(b.units[0].Fields, "unit.", unitAttributes)
	for i := range b.units {
		own := xliffAttributes(b.units[i].Fields, "unit.", unitAttributes)
		if !slices.Equal(own, b.unitFields) {
			b.unitFields = nil
		}
	}
	for i := range b.units {
		rest := b.units[i].Fields[len(b.unitFields):]
		own := xliffAttributes(rest, "segment.", segmentAttributes)
		b.segmentFields = append(b.segmentFields, own)
		b.metaFields = append(b.metaFields, rest[len(own):])
		u := &b.units[i]
		b.codeFields = append(b.codeFields, append(foreignDetails("source", u.SourceCodes), foreignDetails("target", u.TargetCodes)...))
	}
}

// foreignDetails lists what a text's codes say that must go to metadata.
func foreignDetails(side string, codes []Code) []Field {
	var list []Field
	for i, c := range codes {
		if c.Mark {
			continue // annotations may have attributes of any namespace
		}
		at := "code:" + side + ":" + strconv.Itoa(i) + ":"
		if c.Type != "" && !validCodeType(c.Type, false) {
			list = append(list, Field{at, c.Type})
		}
		for _, f := range c.Fields {
			if attributeName(f.Name, "", false) == "" {
				list = append(list, Field{at + f.Name, f.Value})
			}
		}
	}
	return list
}

// xliffAttributes is the head of the list that can be written as attributes: known names,
// in the order of the table, with values that the schema allows.
func xliffAttributes(fields []Field, prefix string, known []string) []Field {
	last := -1
	for i, f := range fields {
		name, ok := strings.CutPrefix(f.Name, prefix)
		at := slices.Index(known, name)
		if !ok || at <= last || !validAttribute(name, f.Value) {
			return fields[:i]
		}
		last = at
	}
	return fields
}

func validAttribute(name, value string) bool {
	switch name {
	case "name":
		return value != ""
	case "canResegment", "translate":
		return value == "yes" || value == "no"
	case "srcDir", "trgDir":
		return value == "ltr" || value == "rtl" || value == "auto"
	}
	prefix, local, ok := strings.Cut(value, ":")
	return ok && isNCName(prefix) && isNCName(local)
}

// segmentID makes the id attribute of a segment: none where the reader would number it so
// by itself and nothing refers to it.
func (b *xliffBlock) segmentID(i int) string {
	u := &b.units[i]
	_, segment, has := strings.Cut(u.ID, "::")
	referred := len(u.Matches)+len(u.Notes)+len(b.metaFields[i])+len(b.codeFields[i]) > 0 || u.Confidence != 0
	switch {
	case !has && !referred:
		return ""
	case !has:
		return "··"
	case segment == "":
		return "·"
	case segment == "#"+strconv.Itoa(i+1) && len(b.units) > 1 && !referred:
		return ""
	}
	return toToken(segment)
}

func (b *xliffBlock) nameCodes(i int) {
	u := &b.units[i]
	names := map[string]string{}
	for _, codes := range [][]Code{u.SourceCodes, u.TargetCodes} {
		for _, c := range codes {
			if _, named := names[c.ID]; named {
				continue
			}
			id := toToken(c.ID)
			if start, ok := b.openedBefore(i, c); ok {
				id = start
			} else if id == "" || b.used[id] {
				id = b.segments[i] + "·" + id
			}
			names[c.ID], b.used[id] = id, true
		}
	}
	b.codeIDs = append(b.codeIDs, names)
}

// openedBefore finds, for the first Close of an ID in segment i, the pair that an earlier
// segment of the block left open.
func (b *xliffBlock) openedBefore(i int, c Code) (string, bool) {
	if c.Kind != Close {
		return "", false
	}
	for k := i - 1; k >= 0; k-- {
		if partnerOf(b.units[k].SourceCodes, c.ID, Open) && !partnerOf(b.units[k].SourceCodes, c.ID, Close) {
			return b.codeIDs[k][c.ID], true
		}
	}
	return "", false
}

func partnerOf(codes []Code, id string, kind CodeKind) bool {
	return slices.ContainsFunc(codes, func(c Code) bool { return c.ID == id && c.Kind == kind })
}

func (b *xliffBlock) nameTerms(i int) {
	var ids []string
	for n := 1; len(ids) < len(b.units[i].Terms); n++ {
		if id := "m" + strconv.Itoa(n); !b.used[id] {
			ids, b.used[id] = append(ids, id), true
		}
	}
	b.terms = append(b.terms, ids)
}

func (b *xliffBlock) write(id string) error {
	var body strings.Builder
	bodyOut := bufio.NewWriter(&body)
	for i := range b.units {
		if err := b.segment(bodyOut, i); err != nil {
			return err
		}
	}
	bodyOut.Flush()
	b.out.WriteString("<unit")
	writeToken(b.out, "id", id)
	for _, f := range b.unitFields {
		writeAttr(b.out, strings.TrimPrefix(f.Name, "unit."), f.Value)
	}
	b.out.WriteString(">\n")
	b.matches()
	b.glossary()
	b.metadata()
	b.notes()
	b.originalData()
	b.out.WriteString(body.String())
	_, err := b.out.WriteString("</unit>\n")
	return err
}

func (b *xliffBlock) ignorable(out *bufio.Writer, text string) {
	if text != "" {
		out.WriteString("<ignorable><source>")
		writeXLIFFText(out, text)
		out.WriteString("</source></ignorable>\n")
	}
}

func (b *xliffBlock) segment(out *bufio.Writer, i int) error {
	u := &b.units[i]
	b.ignorable(out, u.Before)
	out.WriteString("<segment")
	if b.segments[i] != "" {
		writeToken(out, "id", b.segments[i])
	}
	sub := slices.ContainsFunc(b.segmentFields[i], func(f Field) bool { return f.Name == "segment.subState" })
	if u.State != Initial || sub { // a sub-state needs its state said
		writeAttr(out, "state", u.State.String())
	}
	for _, f := range b.segmentFields[i] {
		writeAttr(out, strings.TrimPrefix(f.Name, "segment."), f.Value)
	}
	out.WriteString("><source>")
	line := inline{block: b, out: out, segment: i, text: u.Source, codes: u.SourceCodes, terms: u.Terms}
	line.write()
	out.WriteString("</source>")
	if hasTarget(u) {
		out.WriteString("<target>")
		line := inline{block: b, out: out, segment: i, text: u.Target, codes: u.TargetCodes, target: true}
		line.write()
		out.WriteString("</target>")
	}
	out.WriteString("</segment>\n")
	b.ignorable(out, u.After)
	return nil
}

func writeXLIFFText(out *bufio.Writer, s string) {
	escapeText(out, s, func(r rune) { writeCodePoint(out, r) })
}

func writeCodePoint(out *bufio.Writer, r rune) { fmt.Fprintf(out, `<cp hex="%04X"/>`, r) }

// plain writes text in an element that has no <cp>.
func writePlain(out *bufio.Writer, s string) {
	escapeText(out, hexEscape(s, isXMLChar), nil)
}

// element writes an element of plain text with at most one attribute.
func (b *xliffBlock) element(name, text string, attr ...string) {
	b.out.WriteString("<" + name)
	if len(attr) == 2 {
		writeAttr(b.out, attr[0], attr[1])
	}
	b.out.WriteByte('>')
	writePlain(b.out, text)
	b.out.WriteString("</" + name + ">")
}

// each opens and closes a list element around what the units put into it, if anything.
func (b *xliffBlock) each(list string, count func(*Unit, int) int, put func(u *Unit, segment int)) {
	total := 0
	for i := range b.units {
		total += count(&b.units[i], i)
	}
	if total == 0 {
		return
	}
	b.out.WriteString("<" + list + ">\n")
	for i := range b.units {
		if count(&b.units[i], i) > 0 {
			put(&b.units[i], i)
		}
	}
	b.out.WriteString("</" + list + ">\n")
}

func (b *xliffBlock) matches() {
	b.each("mtc:matches", func(u *Unit, _ int) int { return len(u.Matches) }, func(u *Unit, i int) {
		for _, m := range u.Matches {
			b.out.WriteString("<mtc:match")
			writeToken(b.out, "ref", "#"+b.segments[i])
			writeAttr(b.out, "matchQuality", strconv.FormatFloat(m.Quality, 'f', -1, 64))
			if m.Origin != "" {
				writeAttr(b.out, "origin", m.Origin)
			}
			b.out.WriteString("><source>")
			writeXLIFFText(b.out, m.Source)
			b.out.WriteString("</source><target>")
			writeXLIFFText(b.out, m.Target)
			b.out.WriteString("</target></mtc:match>\n")
		}
	})
}

func (b *xliffBlock) glossary() {
	count := func(u *Unit, _ int) (n int) {
		for _, t := range u.Terms {
			n += pick(said(t), 1, 0)
		}
		return n
	}
	b.each("gls:glossary", count, func(u *Unit, i int) {
		for k, t := range u.Terms {
			if !said(t) {
				continue
			}
			b.out.WriteString("<gls:glossEntry")
			writeToken(b.out, "ref", "#"+b.terms[i][k])
			b.out.WriteByte('>')
			b.element("gls:term", t.Surface)
			if t.Target != "" {
				b.element("gls:translation", t.Target)
			}
			if t.Note != "" {
				b.element("gls:definition", t.Note)
			}
			b.out.WriteString("</gls:glossEntry>\n")
		}
	})
}

// said reports whether there is anything to say of a term: an entry must have a
// translation or a definition.
func said(t Occurrence) bool { return t.Target != "" || t.Note != "" }

func (b *xliffBlock) metadata() {
	count := func(u *Unit, i int) int {
		return len(b.metaFields[i]) + len(b.codeFields[i]) + pick(u.Confidence != 0, 1, 0)
	}
	b.each("mda:metadata", count, func(u *Unit, i int) {
		b.out.WriteString("<mda:metaGroup")
		writeToken(b.out, "category", "segment:"+b.segments[i])
		b.out.WriteByte('>')
		if u.Confidence != 0 {
			b.element("mda:meta", strconv.FormatFloat(u.Confidence, 'g', -1, 64), "type", "confidence")
		}
		for _, f := range b.metaFields[i] {
			b.element("mda:meta", f.Value, "type", "field:"+f.Name)
		}
		for _, f := range b.codeFields[i] {
			b.element("mda:meta", f.Value, "type", f.Name)
		}
		b.out.WriteString("</mda:metaGroup>\n")
	})
}

func (b *xliffBlock) notes() {
	b.each("notes", func(u *Unit, _ int) int { return len(u.Notes) }, func(u *Unit, i int) {
		for _, n := range u.Notes {
			b.out.WriteString("<note")
			if n.Category != "" {
				writeAttr(b.out, "category", n.Category)
			}
			if n.Author != "" {
				writeAttr(b.out, "dm:author", n.Author)
			}
			writeToken(b.out, "dm:segment", b.segments[i])
			b.out.WriteByte('>')
			writePlain(b.out, n.Text)
			b.out.WriteString("</note>")
			b.out.WriteByte('\n')
		}
	})
}

func (b *xliffBlock) originalData() {
	if len(b.data) == 0 {
		return
	}
	b.out.WriteString("<originalData>\n")
	for i, data := range b.data {
		fmt.Fprintf(b.out, `<data id="d%d">`, i+1)
		writeXLIFFText(b.out, data)
		b.out.WriteString("</data>\n")
	}
	b.out.WriteString("</originalData>\n")
}

// dataRef is the id of the <data> that holds a code's markup.
func (b *xliffBlock) dataRef(data string) string {
	id, ok := b.dataID[data]
	if !ok {
		b.data = append(b.data, data)
		id = "d" + strconv.Itoa(len(b.data))
		b.dataID[data] = id
	}
	return id
}
