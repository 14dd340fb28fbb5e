package edit

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// sections are the types in the order of a new file.
var sections = []glossary.Type{
	glossary.Organisations, glossary.People, glossary.Places, glossary.Works, glossary.Events, glossary.Terms, glossary.Keep,
}

// Text writes a glossary as a new file. Loading the file gives the glossary back, once
// Distinct has seen to it that its keys differ.
func Text(g *glossary.Glossary) []byte {
	var b bytes.Buffer
	b.WriteString(header(g))
	for _, typ := range sections {
		begun := false
		for _, c := range g.Concepts {
			if c.Type != typ || len(c.Terms[g.Source]) == 0 {
				continue
			}
			if !begun {
				fmt.Fprintf(&b, "\n%s:\n", typ)
				begun = true
			}
			b.WriteString(Entry(c, g))
		}
	}
	return b.Bytes()
}

func header(g *glossary.Glossary) string {
	var targets []string
	for _, t := range g.Targets {
		targets = append(targets, t.String())
	}
	fields := []field{{"source", scalar(g.Source.String())}, {"target", list(targets)}}
	if g.Domain != "" {
		fields = append(fields, field{"domain", scalar(g.Domain)})
	}
	return "glossary: " + flowMap(fields) + "\n"
}

// field is a key of an entry and its value in flow style: on one line, valid within brackets.
type field struct{ key, value string }

// maxFlow is the longest a line of an entry may be before its fields get lines of their
// own, in runes.
const maxFlow = 100

// Entry writes one concept as the lines of its section. The shortest form that says it
// all is taken: one line with the targets, one line with a map, or a line for each field.
func Entry(c *glossary.Concept, g *glossary.Glossary) string {
	w := entryWriter{c: c, g: g}
	key, fields := scalar(w.key()), w.fields()
	start, indent := "  "+key+":", "    "
	if c.Type == glossary.Keep {
		start, indent = "  - "+key+":", "      "
	}
	switch {
	case len(fields) == 0 && c.Type == glossary.Keep:
		return "  - " + key + "\n"
	case len(fields) == 0:
		return start + "\n"
	case len(fields) == 1 && len(g.Targets) == 1 && fields[0].key == g.Targets[0].String():
		return start + " " + fields[0].value + "\n"
	}
	line := start + " " + flowMap(fields)
	if utf8.RuneCountInString(line) <= maxFlow && len(fields) <= 2 {
		return line + "\n"
	}
	for _, f := range fields {
		start += "\n" + indent + f.key + ": " + f.value
	}
	return start + "\n"
}

// entryWriter writes one concept.
type entryWriter struct {
	c      *glossary.Concept
	g      *glossary.Glossary
	result []field
}

// keyIndex is the source term that stands in the key: the first preferred one.
func (w entryWriter) keyIndex() int {
	return max(0, slices.IndexFunc(w.c.Terms[w.g.Source], func(t glossary.Term) bool { return t.Status == glossary.Preferred }))
}

func (w entryWriter) key() string {
	text := w.c.Terms[w.g.Source][w.keyIndex()].Text
	if w.c.Sense != "" {
		text += " (" + w.c.Sense + ")"
	}
	return text
}

func (w *entryWriter) add(key, value string) {
	if value != "" && value != `""` && value != "[]" {
		w.result = append(w.result, field{key, value})
	}
}

func (w *entryWriter) text(key, value string) {
	if value != "" {
		w.add(key, scalar(value))
	}
}

func (w *entryWriter) fields() []field {
	c, g := w.c, w.g
	key := w.keyIndex()
	source := slices.Clone(c.Terms[g.Source])
	first := source[key]
	source = slices.Delete(source, key, key+1)
	w.add(g.Source.String(), w.terms(source, glossary.Admitted))
	w.targets()
	w.add("when", list(first.When))
	w.add("unless", list(first.Unless))
	w.forms(first)
	w.text("pos", first.POS)
	w.text("gender", first.Gender)
	w.text("number", first.Number)
	w.text("case", caseNames[first.Case])
	w.text("inflect", choiceNames[first.Inflect])
	w.text("whole-word", choiceNames[first.Whole])
	w.text("definition", c.Definition)
	w.text("note", c.Note)
	w.text("example", c.Example)
	w.text("source", c.Source)
	w.text("url", c.URL)
	w.text("domain", c.Domain)
	w.text("status", string(c.Status))
	w.text("since", day(c.Since))
	w.text("until", day(c.Until))
	if usual := string(c.Type) + "/" + w.key(); c.ID != usual {
		w.text("id", c.ID)
	}
	return w.result
}

var (
	caseNames   = map[glossary.Case]string{glossary.AnyCase: "any", glossary.Capital: "capital", glossary.Exact: "exact"}
	choiceNames = map[glossary.Choice]string{glossary.Yes: "yes", glossary.No: "no"}
)

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// targets writes the terms of the target languages: a field for each language, and the
// forbidden ones under avoid.
func (w *entryWriter) targets() {
	var avoid []field
	for _, tag := range w.languages() {
		if w.keptAsIs(tag) {
			continue
		}
		var usable, forbidden []glossary.Term
		for _, t := range w.c.Terms[tag] {
			if t.Status == glossary.Forbidden {
				forbidden = append(forbidden, t)
			} else {
				usable = append(usable, t)
			}
		}
		w.add(tag.String(), w.terms(usable, glossary.Preferred))
		if len(forbidden) > 0 {
			avoid = append(avoid, field{tag.String(), w.terms(forbidden, glossary.Forbidden)})
		}
	}
	switch {
	case len(avoid) == 1 && len(w.g.Targets) == 1 && avoid[0].key == w.g.Targets[0].String():
		w.add("avoid", avoid[0].value)
	case len(avoid) > 0:
		w.add("avoid", flowMap(avoid))
	}
}

// languages are those of the concept's terms beside the source: the glossary's targets,
// then their relatives.
func (w *entryWriter) languages() []language.Tag {
	tags := slices.Clone(w.g.Targets)
	var others []language.Tag
	for tag := range w.c.Terms {
		if tag != w.g.Source && !slices.Contains(tags, tag) {
			others = append(others, tag)
		}
	}
	slices.SortFunc(others, func(a, b language.Tag) int { return strings.Compare(a.String(), b.String()) })
	return append(tags, others...)
}

// keptAsIs: a name to keep is its own target where the entry gives none.
func (w *entryWriter) keptAsIs(tag language.Tag) bool {
	source, target := w.c.Terms[w.g.Source], w.c.Terms[tag]
	return w.c.Type == glossary.Keep && slices.EqualFunc(source, target, func(a, b glossary.Term) bool { return a.Text == b.Text })
}

// terms writes a list of terms, a single one without brackets. What a term says for
// itself stands beside it; usual is the status that the place gives a term.
func (w *entryWriter) terms(terms []glossary.Term, usual glossary.Status) string {
	var items []string
	for i, t := range terms {
		status := usual
		if usual == glossary.Preferred && i > 0 {
			status = glossary.Admitted
		}
		items = append(items, w.term(t, status))
	}
	if len(items) == 1 {
		return items[0]
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func (w *entryWriter) term(t glossary.Term, usual glossary.Status) string {
	var own []field
	add := func(key, value string) {
		if value != "" && value != "[]" {
			own = append(own, field{key, value})
		}
	}
	first := w.c.Terms[w.g.Source][w.keyIndex()]
	if !slices.Equal(t.When, first.When) {
		add("when", list(t.When))
	}
	if !slices.Equal(t.Unless, first.Unless) {
		add("unless", list(t.Unless))
	}
	if !w.isFirst(t) {
		add("forms", list(t.Forms))
	}
	if t.Status != usual {
		add("status", t.Status.String())
	}
	if first.POS == "" {
		add("pos", plain(t.POS))
	}
	if first.Case == glossary.ByType {
		add("case", caseNames[t.Case])
	}
	if first.Inflect == glossary.Unsaid {
		add("inflect", choiceNames[t.Inflect])
	}
	if first.Whole == glossary.Unsaid {
		add("whole-word", choiceNames[t.Whole])
	}
	if len(own) == 0 {
		return scalar(t.Text)
	}
	return "{" + scalar(t.Text) + ": " + flowMap(own) + "}"
}

func plain(s string) string {
	if s == "" {
		return ""
	}
	return scalar(s)
}

// isFirst: the entry's own forms are those of the first term of each language.
func (w *entryWriter) isFirst(t glossary.Term) bool {
	for _, terms := range w.c.Terms {
		if len(terms) > 0 && terms[0].Text == t.Text {
			return true
		}
	}
	return false
}

func (w *entryWriter) forms(first glossary.Term) {
	var forms []field
	if len(first.Forms) > 0 {
		forms = append(forms, field{w.g.Source.String(), list(first.Forms)})
	}
	for _, tag := range w.languages() {
		if terms := w.c.Terms[tag]; len(terms) > 0 && len(terms[0].Forms) > 0 && !w.keptAsIs(tag) {
			forms = append(forms, field{tag.String(), list(terms[0].Forms)})
		}
	}
	if len(forms) > 0 {
		w.add("forms", flowMap(forms))
	}
}

func flowMap(fields []field) string {
	var parts []string
	for _, f := range fields {
		parts = append(parts, f.key+": "+f.value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func list(items []string) string {
	if len(items) == 1 {
		return scalar(items[0])
	}
	var parts []string
	for _, item := range items {
		parts = append(parts, scalar(item))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// scalar writes a text so that it reads back as itself anywhere, brackets included: plain
// where YAML 1.2 section 7.3.3 lets it stand so, else in double quotes.
func scalar(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case unsafe(c) && c < 0x10000:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func isPlain(s string) bool {
	if s == "" || s != strings.TrimFunc(s, unicode.IsSpace) || s == "<<" || s == "=" {
		return false
	}
	if strings.ContainsAny(s, "{}[],\n\t\"\\") || strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") {
		return false
	}
	return !strings.ContainsRune("-?:#&*!|>'%@`.", rune(s[0])) && !strings.ContainsFunc(s, unsafe)
}

// unsafe are the characters that YAML reads as line breaks or does not take as they are.
func unsafe(c rune) bool {
	return unicode.IsControl(c) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == utf8.RuneError || c > 0xFFFD && c < 0x10000
}
