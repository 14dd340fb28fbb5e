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

// TMX 1.4b (LISA OSCAR, 26 April 2005). A unit is a <tu>; its tuid is the ID, the rest
// of it that TMX has no element for are <prop>s named drogman:…. A pair of codes is
// <bpt>…<ept> with the same i, half a pair <it>, a standalone code <ph>, an annotation <hi>
// where it nests. A character that XML cannot hold is <ph type="x-cp">hex</ph>.

type tmxWriter struct {
	out     *bufio.Writer
	header  Header
	started bool
}

func writeTMX(w io.Writer, h Header) Writer {
	return &tmxWriter{out: bufio.NewWriterSize(w, 64<<10), header: h}
}

func (w *tmxWriter) start(first Languages) error {
	if w.started {
		return nil
	}
	w.started = true
	if err := w.header.complete(first); err != nil {
		return err
	}
	l := w.header.Languages
	version := w.header.Version
	if version == "" {
		version = "0"
	}
	w.out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n<header")
	for _, a := range [][2]string{
		{"creationtool", w.header.tool()}, {"creationtoolversion", version}, {"segtype", "sentence"},
		{"o-tmf", w.header.tool()}, {"adminlang", "en"}, {"srclang", l.Source.String()}, {"datatype", "plaintext"},
	} {
		writeAttr(w.out, a[0], a[1])
	}
	if !w.header.Created.IsZero() {
		writeAttr(w.out, "creationdate", w.header.Created.UTC().Format(tmxTime))
	}
	w.out.WriteString(">\n")
	w.prop("target-language", tagString(l.Target))
	w.out.WriteString("</header>\n<body>\n")
	return nil
}

const tmxOwn = "drogman:" // begins the names of our props

const tmxTime = "20060102T150405Z"

func (w *tmxWriter) Write(u Unit) error {
	if err := w.start(u.Languages); err != nil {
		return err
	}
	source, target := u.Languages.Source, u.Languages.Target
	if tagString(source) == "" {
		source = w.header.Languages.Source
	}
	if tagString(target) == "" {
		target = w.header.Languages.Target
	}
	w.out.WriteString("<tu")
	if u.ID != "" {
		writeAttr(w.out, "tuid", u.ID)
	}
	fields := w.attributes(u.Fields)
	w.out.WriteString(">\n")
	w.head(&u, fields)
	w.variant(source.String(), u.Source, u.SourceCodes)
	if hasTarget(&u) {
		if tagString(target) == "" {
			return &Error{Code: "target-language-missing", Unit: u.ID, Place: u.Place}
		}
		w.variant(target.String(), u.Target, u.TargetCodes)
	}
	_, err := w.out.WriteString("</tu>\n")
	return err
}

var tmxAttributes = []string{
	"o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion",
	"creationdate", "creationid", "changedate", "segtype", "changeid", "o-tmf", "srclang",
}

// attributes writes the fields at the head of the list that are attributes of a <tu>, and
// returns the rest.
func (w *tmxWriter) attributes(fields []Field) []Field {
	written := map[string]bool{}
	for i, f := range fields {
		name, ok := strings.CutPrefix(f.Name, "tu.")
		if !ok || written[name] || !slices.Contains(tmxAttributes, name) || name == "srclang" {
			return fields[i:]
		}
		written[name] = true
		writeAttr(w.out, name, f.Value)
	}
	return nil
}

// head writes the notes of a <tu>, then its props.
func (w *tmxWriter) head(u *Unit, fields []Field) {
	for _, n := range u.Notes {
		w.out.WriteString("<note>")
		writePlain(w.out, n.Text)
		w.out.WriteString("</note>\n")
	}
	for i, n := range u.Notes {
		w.prop("note-category:"+strconv.Itoa(i), n.Category)
		w.prop("note-author:"+strconv.Itoa(i), n.Author)
	}
	w.prop("document", u.Document)
	if u.State != defaultState(u.Target) {
		w.prop("state", u.State.String())
	}
	if u.Confidence != 0 {
		w.prop("confidence", strconv.FormatFloat(u.Confidence, 'g', -1, 64))
	}
	w.prop("before", u.Before)
	w.prop("after", u.After)
	for _, f := range fields {
		name := f.Name
		if strings.HasPrefix(name, tmxOwn) {
			name = tmxOwn + "field:" + name
		}
		w.propAlways(name, f.Value)
	}
}

// prop writes one of our own props, unless it is empty.
func (w *tmxWriter) prop(name, value string) {
	if value != "" {
		w.propAlways(tmxOwn+name, value)
	}
}

func (w *tmxWriter) propAlways(name, value string) {
	w.out.WriteString("<prop")
	writeAttr(w.out, "type", name)
	w.out.WriteByte('>')
	writePlain(w.out, value)
	w.out.WriteString("</prop>\n")
}

func (w *tmxWriter) variant(lang, text string, codes []Code) {
	w.out.WriteString("<tuv")
	writeAttr(w.out, "xml:lang", lang)
	w.out.WriteString("><seg>")
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
	w.out.WriteString("</seg></tuv>\n")
}

func (w *tmxWriter) text(s string) {
	escapeText(w.out, s, func(r rune) { writeTMXControl(w.out, r) })
}

func writeTMXControl(out *bufio.Writer, r rune) { fmt.Fprintf(out, `<ph type="x-cp">%04X</ph>`, r) }

// code writes one code. The i of a pair is the place of its Open among the codes plus
// one; the ID of the house is kept in x where it is a number, and in type otherwise.
func (w *tmxWriter) code(l *inline, i int) {
	c := &l.codes[i]
	content := c.Data
	switch {
	case c.Kind == Standalone:
		w.element("ph", content, tmxDetails(c, c.Span.In(l.text))...)
	case l.partner[i] < 0:
		w.element("it", content, append([]string{"pos", pick(c.Kind == Open, "begin", "end")}, tmxDetails(c, "")...)...)
	case c.Mark && l.paired[i]:
		w.highlight(c)
	case c.Kind == Open:
		w.element("bpt", content, append([]string{"i", strconv.Itoa(i + 1)}, tmxDetails(c, "")...)...)
	default:
		w.element("ept", content, "i", strconv.Itoa(l.partner[i]+1))
	}
}

// highlight writes one end of a <hi>.
func (w *tmxWriter) highlight(c *Code) {
	if c.Kind == Close {
		w.out.WriteString("</hi>")
		return
	}
	w.out.WriteString("<hi")
	for details := tmxDetails(c, ""); len(details) > 0; details = details[2:] {
		writeAttr(w.out, details[0], details[1])
	}
	w.out.WriteByte('>')
}

// tmxDetails are the attributes x and type. What TMX has no attribute for is written into
// type as a query, x-drogman?id=…&type=…, so that it comes back.
func tmxDetails(c *Code, covered string) []string {
	_, err := strconv.ParseUint(c.ID, 10, 31)
	plain := err == nil && !strings.HasPrefix(c.ID, "0") && covered == "" && !c.Mark && len(c.Fields) == 0
	if plain && !strings.HasPrefix(c.Type, "x-drogman?") {
		if c.Type == "" {
			return []string{"x", c.ID}
		}
		return []string{"x", c.ID, "type", c.Type}
	}
	return []string{"type", "x-drogman?" + codeQuery(c, covered)}
}

func (w *tmxWriter) element(name, text string, attrs ...string) {
	w.out.WriteString("<" + name)
	for i := 0; i < len(attrs); i += 2 {
		writeAttr(w.out, attrs[i], attrs[i+1])
	}
	w.out.WriteByte('>')
	writePlain(w.out, text)
	w.out.WriteString("</" + name + ">")
}

func (w *tmxWriter) Close() error {
	if err := w.start(Languages{}); err != nil {
		return err
	}
	w.out.WriteString("</body>\n</tmx>\n")
	return w.out.Flush()
}

// codeQuery keeps, and fromQuery restores, what a format has no attribute for.
func codeQuery(c *Code, covered string) string {
	q := url.Values{"id": {c.ID}}
	if c.Type != "" {
		q.Set("type", c.Type)
	}
	if covered != "" {
		q.Set("text", covered)
	}
	if c.Mark {
		q.Set("mark", "1")
	}
	for _, f := range c.Fields {
		q.Add("field", f.Name+"="+f.Value)
	}
	return q.Encode()
}

func fromQuery(c *Code, query string) (covered string) {
	q, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	c.ID, c.Type, c.Mark, c.Fields = q.Get("id"), q.Get("type"), q.Has("mark"), nil
	for _, f := range q["field"] {
		name, value, _ := strings.Cut(f, "=")
		c.Fields = append(c.Fields, Field{name, value})
	}
	return q.Get("text")
}
