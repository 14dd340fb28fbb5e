package exchange

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"drogman/glossary"
)

func writeDCA(ex *exporter) { (&tbxWriter{exporter: ex}).file() }
func writeDCT(ex *exporter) { (&tbxWriter{exporter: ex, dct: true}).file() }

// tbxWriter writes TBX-Basic v3. Elements are indented, text is not touched.
type tbxWriter struct {
	*exporter
	dct     bool
	concept *glossary.Concept
	depth   int
	ids     map[string]bool
}

func (w *tbxWriter) file() {
	w.ids = map[string]bool{}
	style, spaces := "dca", ""
	if w.dct {
		style = "dct"
		spaces = fmt.Sprintf(` xmlns:min="%s" xmlns:basic="%s"`, minSpace, basicSpace)
	}
	fmt.Fprintln(&w.out, `<?xml version="1.0" encoding="UTF-8"?>`)
	w.open(fmt.Sprintf(`tbx type="TBX-Basic" style="%s" xml:lang="%s" xmlns="%s"%s`, style, w.source, tbxSpace, spaces))
	w.open("tbxHeader")
	w.open("fileDesc")
	w.open("sourceDesc")
	w.line("p", "drogman")
	if w.g.Domain != "" {
		w.line("p", extension+"domain: "+w.g.Domain)
	}
	w.close("sourceDesc", "fileDesc", "tbxHeader")
	w.open("text")
	if len(w.g.Concepts) > 0 { // a body may not be empty
		w.open("body")
		for _, c := range w.g.Concepts {
			w.entry(c)
		}
		w.close("body")
	}
	w.close("text", "tbx")
}

func (w *tbxWriter) entry(c *glossary.Concept) {
	w.concept = c
	tags := languages(c, w.g)
	if len(tags) == 0 {
		w.lose(c, "id", c.ID)
		return
	}
	id := w.id(c)
	w.open(`conceptEntry id="` + w.escape(id) + `"`)
	w.data("subjectField", c.Domain)
	w.data("definition", c.Definition)
	w.data("source", c.Source)
	if strings.HasPrefix(c.URL, "http://") || strings.HasPrefix(c.URL, "https://") {
		w.data("externalCrossReference", c.URL)
	} else {
		w.extend("url", c.URL)
	}
	if c.Note != "" {
		w.layout("note", c.Note, indented.MatchString(c.Note) || strings.TrimSpace(c.Note) != c.Note)
		w.line("note", c.Note)
	}
	if id != c.ID {
		w.extend("id", c.ID)
	}
	if c.Type != glossary.Terms {
		w.extend("type", string(c.Type))
	}
	w.extend("sense", c.Sense)
	w.extend("status", string(c.Status))
	w.extend("since", date(c.Since))
	w.extend("until", date(c.Until))
	for i, tag := range tags {
		w.language(tag, c.Terms[tag], i == 0)
	}
	w.close("conceptEntry")
}

// id is the concept's own where XML can hold it, else one that no other concept has.
func (w *tbxWriter) id(c *glossary.Concept) string {
	id := c.ID
	if !ncName.MatchString(id) || w.ids[id] {
		for n := len(w.ids) + 1; ; n++ {
			if id = fmt.Sprintf("c%d", n); !w.ids[id] {
				break
			}
		}
	}
	w.ids[id] = true
	return id
}

func (w *tbxWriter) language(tag language.Tag, terms []glossary.Term, first bool) {
	w.open(`langSec xml:lang="` + tag.String() + `"`)
	for i := range terms {
		example := ""
		if first && i == 0 {
			example = w.concept.Example
		}
		w.term(&terms[i], example)
	}
	w.close("langSec")
}

var statusNames = map[glossary.Status]string{
	glossary.Preferred: "preferredTerm-admn-sts", glossary.Admitted: "admittedTerm-admn-sts",
	glossary.Deprecated: "supersededTerm-admn-sts", glossary.Forbidden: "deprecatedTerm-admn-sts",
}

func (w *tbxWriter) term(t *glossary.Term, example string) {
	w.open("termSec")
	w.layout("term", t.Text, oneLine(t.Text) != t.Text)
	w.line("term", t.Text)
	if slices.Contains(categories["partOfSpeech"].values, t.POS) && t.POS != "other" {
		w.data("partOfSpeech", t.POS)
	}
	for value, gender := range map[string]string{"masculine": "m", "feminine": "f"} {
		if t.Gender == gender {
			w.data("grammaticalGender", value)
		}
	}
	w.data("administrativeStatus", statusNames[t.Status])
	w.data("context", example)
	if !slices.Contains(categories["partOfSpeech"].values, t.POS) {
		w.extend("pos", t.POS)
	}
	if t.Gender != "m" && t.Gender != "f" {
		w.extend("gender", t.Gender)
	}
	w.extend("number", t.Number)
	w.extend("when", t.When...)
	w.extend("unless", t.Unless...)
	w.extend("forms", t.Forms...)
	w.extend("case", caseNames[t.Case])
	w.extend("inflect", choiceNames[t.Inflect])
	w.extend("whole-word", choiceNames[t.Whole])
	w.close("termSec")
}

// data writes a data category in the file's style.
func (w *tbxWriter) data(kind, value string) {
	if value == "" {
		return
	}
	w.layout(kind, value, oneLine(value) != value)
	c := categories[kind]
	name := c.meta
	start := fmt.Sprintf(`%s type="%s"`, c.meta, kind)
	if w.dct {
		name = "basic:" + kind
		if c.space == minSpace {
			name = "min:" + kind
		}
		start = name
	}
	if kind == "externalCrossReference" {
		start += ` target="` + w.escape(value) + `"`
	}
	w.indent()
	fmt.Fprintf(&w.out, "<%s>%s</%s>\n", start, w.escape(value), name)
}

// layout tells of line breaks and spaces that readers of XML do not keep.
func (w *tbxWriter) layout(field, value string, lost bool) {
	if lost {
		w.lose(w.concept, "layout", field+": "+value)
	}
}

// extend writes what has no category of its own.
func (w *tbxWriter) extend(field string, values ...string) {
	for _, v := range values {
		if v != "" {
			w.line("note", extension+field+": "+v)
		}
	}
}

func (w *tbxWriter) open(start string) {
	w.indent()
	fmt.Fprintf(&w.out, "<%s>\n", start)
	w.depth++
}

func (w *tbxWriter) close(names ...string) {
	for _, name := range names {
		w.depth--
		w.indent()
		fmt.Fprintf(&w.out, "</%s>\n", name)
	}
}

func (w *tbxWriter) line(name, text string) {
	w.indent()
	fmt.Fprintf(&w.out, "<%s>%s</%s>\n", name, w.escape(text), name)
}

func (w *tbxWriter) indent() {
	for range w.depth {
		w.out.WriteByte('\t')
	}
}

// escape writes text for XML 1.0. A character that XML cannot hold, escaped or not
// (section 2.2), is a loss.
func (w *tbxWriter) escape(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '&':
			b.WriteString("&amp;")
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '"':
			b.WriteString("&quot;")
		case c == '\r':
			b.WriteString("&#13;")
		case c < ' ' && c != '\t' && c != '\n', c == 0xFFFE, c == 0xFFFF:
			w.lose(w.concept, "character", fmt.Sprintf("U+%04X", c))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}
