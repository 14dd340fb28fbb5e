package report

import (
	"bufio"
	_ "embed"
	"html"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"drogman/pipeline/bitext"
)

// Say writes a message in the reader's language: see locales.Printer.Text.
type Say func(id string, values any) string

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// Page is the reading page of one document: both languages side by side, the terms of
// the glossary marked in the source with their targets, and a table of the terms found.
// It is one file without scripts or links to elsewhere. Units are written as they come;
// only the table of terms is kept in memory. Call Close to end the page.
type Page struct {
	w     *bufio.Writer
	say   Say
	lang  bitext.Languages
	terms map[string]*termRow
	block string
	open  bool
	err   error
}

type termRow struct {
	concept, kind, target, note string
	surfaces                    map[string]int
	count                       int
}

// PageHeader is what stands at the head of a page.
type PageHeader struct {
	Title     string
	Reader    string // BCP 47 tag of the language of say
	Languages bitext.Languages
}

// NewPage begins a page on w.
func NewPage(w io.Writer, h PageHeader, say Say) *Page {
	p := &Page{w: bufio.NewWriter(w), say: say, lang: h.Languages, terms: map[string]*termRow{}}
	p.err = pageTemplate.ExecuteTemplate(p.w, "head", newPageHead(h, say))
	return p
}

// pageHead is what the templates of a page's top need.
type pageHead struct {
	PageHeader
	Say            Say
	Source, Target string
}

func newPageHead(h PageHeader, say Say) pageHead {
	name := func(tag language.Tag) string {
		reader, err := language.Parse(h.Reader)
		if err != nil {
			reader = language.English
		}
		return display.Tags(reader).Name(tag)
	}
	return pageHead{h, say, name(h.Languages.Source), name(h.Languages.Target)}
}

// Write adds one unit. Units of one block stand in one row.
func (p *Page) Write(u bitext.Unit) error {
	block, _, _ := strings.Cut(u.ID, "::")
	if !p.open || block != p.block {
		p.endBlock()
		p.print(`<section class="block">`)
		p.block, p.open = block, true
	}
	p.print(`<div class="pair" id="`, html.EscapeString(u.ID), `"><p class="source" lang="`, p.lang.Source.String(), `">`)
	p.source(u)
	p.print("</p>")
	if u.Target != "" {
		p.print(`<p class="target" lang="`, p.lang.Target.String(), `">`, html.EscapeString(u.Target), "</p>")
	} else {
		p.hints(u)
	}
	p.print("</div>\n")
	return p.err
}

// source writes the source with its terms marked; of nested terms the outer one.
func (p *Page) source(u bitext.Unit) {
	at := 0
	for _, t := range u.Terms {
		p.count(t)
		if t.Span.Start < at {
			continue
		}
		p.print(html.EscapeString(u.Source[at:t.Span.Start]))
		p.print(`<span class="term `, html.EscapeString(t.Kind), `" tabindex="0">`, html.EscapeString(t.Surface))
		p.print(`<span class="tip" role="tooltip"><b lang="`, p.lang.Target.String(), `">`, html.EscapeString(p.shown(t)), `</b><i>`, html.EscapeString(p.say("kind."+t.Kind, nil)), `</i>`)
		if t.Note != "" {
			p.print(`<small>`, html.EscapeString(t.Note), `</small>`)
		}
		p.print(`</span></span>`)
		at = t.Span.End
	}
	p.print(html.EscapeString(u.Source[at:]))
}

// shown is what a term's target looks like: a term to keep is its own target.
func (p *Page) shown(t bitext.Occurrence) string {
	if t.Target == "" {
		return t.Surface
	}
	return t.Target
}

// hints stands where the translation is missing: the terms to use, in order, each once.
func (p *Page) hints(u bitext.Unit) {
	p.print(`<ul class="hints" lang="`, p.lang.Target.String(), `">`)
	seen := map[string]bool{}
	for _, t := range u.Terms {
		if t.Nested || seen[t.Concept] {
			continue
		}
		seen[t.Concept] = true
		p.print("<li>", html.EscapeString(p.shown(t)), "</li>")
	}
	p.print("</ul>")
}

func (p *Page) count(t bitext.Occurrence) {
	row := p.terms[t.Concept]
	if row == nil {
		row = &termRow{concept: t.Concept, kind: t.Kind, target: p.shown(t), note: t.Note, surfaces: map[string]int{}}
		p.terms[t.Concept] = row
	}
	row.count++
	row.surfaces[t.Surface]++
}

func (p *Page) endBlock() {
	if p.open {
		p.print("</section>\n")
	}
	p.open = false
}

// Close ends the page with the table of terms. It does not close the writer below.
func (p *Page) Close() error {
	p.endBlock()
	if p.err == nil {
		p.err = pageTemplate.ExecuteTemplate(p.w, "foot", struct {
			Rows  []PageTerm
			Say   Say
			Lang  bitext.Languages
			Title string
		}{p.rows(), p.say, p.lang, p.say("page.terms", map[string]any{"Count": len(p.terms)})})
	}
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

// PageTerm is one row of the table of terms.
type PageTerm struct {
	Kind, Source, Target, Note string
	Count                      int
}

// rows sorts the terms by falling count, then by concept.
func (p *Page) rows() []PageTerm {
	sorted := make([]*termRow, 0, len(p.terms))
	for _, row := range p.terms {
		sorted = append(sorted, row)
	}
	slices.SortFunc(sorted, func(a, b *termRow) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return strings.Compare(a.concept, b.concept)
	})
	rows := make([]PageTerm, len(sorted))
	for i, row := range sorted {
		rows[i] = PageTerm{p.say("kind."+row.kind, nil), row.forms(), row.target, row.note, row.count}
	}
	return rows
}

// forms lists the surfaces found, most frequent first.
func (r *termRow) forms() string {
	type form struct {
		text  string
		count int
	}
	var forms []form
	for text, n := range r.surfaces {
		forms = append(forms, form{text, n})
	}
	slices.SortFunc(forms, func(a, b form) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return strings.Compare(a.text, b.text)
	})
	var b strings.Builder
	for i, f := range forms {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(f.text)
		if len(forms) > 1 {
			b.WriteString(" (" + strconv.Itoa(f.count) + ")")
		}
	}
	return b.String()
}

func (p *Page) print(parts ...string) {
	for _, s := range parts {
		if p.err == nil {
			_, p.err = p.w.WriteString(s)
		}
	}
}

// Index is the page of a whole batch: a row for each document with a link to its page,
// then the table of all terms. Rows are written as documents end, so that memory does
// not grow with their number.
type Index struct {
	*Page
	link    func() string
	row     indexRow
	started bool
}

type indexRow struct {
	Document, Link        string
	Segments, Terms, Done int
}

// NewIndex begins the page of a batch; link gives the address of the page of
// the document that is being written.
func NewIndex(w io.Writer, h PageHeader, say Say, link func() string) *Index {
	i := &Index{Page: &Page{w: bufio.NewWriter(w), say: say, lang: h.Languages, terms: map[string]*termRow{}}, link: link}
	i.err = pageTemplate.ExecuteTemplate(i.w, "index-head", newPageHead(h, say))
	return i
}

// Write counts one unit; units of one document come one after another.
func (i *Index) Write(u bitext.Unit) error {
	if !i.started || u.Document != i.row.Document {
		i.endRow()
		i.row, i.started = indexRow{Document: u.Document, Link: i.link()}, true
	}
	i.row.Segments++
	if u.Target != "" {
		i.row.Done++
	}
	for _, t := range u.Terms {
		i.count(t)
		if !t.Nested {
			i.row.Terms++
		}
	}
	return i.err
}

func (i *Index) endRow() {
	if i.started && i.err == nil {
		i.err = pageTemplate.ExecuteTemplate(i.w, "index-row", i.row)
	}
}

// Close ends the page. It does not close the writer below.
func (i *Index) Close() error {
	i.endRow()
	i.print("</tbody></table>\n")
	return i.Page.Close()
}
