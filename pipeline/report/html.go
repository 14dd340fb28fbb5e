package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"drogman/glossary"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
)

//go:embed report.html
var reportHTML string

// htmlReport is the page for a reviser: the tallies by rule and by concept, then each
// finding with its texts and the concept's entry. It is one file. Its filters are form
// controls that style rules look at (:has), so they work from the keyboard and the page
// needs no script; its policy forbids all of them, and every fetch.
type htmlReport struct {
	w        io.Writer
	o        Options
	cards    []card
	concepts map[string]*glossary.Concept
}

func newHTML(w io.Writer, o Options) *htmlReport {
	h := &htmlReport{w: w, o: o, concepts: map[string]*glossary.Concept{}}
	if o.Glossary != nil {
		for _, c := range o.Glossary.Concepts {
			h.concepts[c.ID] = c
		}
	}
	return h
}

// card is one finding as the page shows it.
type card struct {
	check.Finding
	Message, Place string
	Why            string
	From, Into     marked
	Entry          *entry
	ConceptNumber  int // of the filter; 0 for none
	RuleNumber     int
}

// marked is a text with a phrase in it.
type marked struct{ Before, Phrase, After string }

// entry is a concept of the glossary as the page shows it.
type entry struct {
	Source, Use, Avoid []string
	Note               string
}

func (h *htmlReport) Add(f check.Finding) error {
	source, target := f.Spans()
	c := card{
		Finding: f, Message: h.o.message(&f), Place: strings.TrimSuffix(placeOf(&f), ": "),
		From: mark(f.Texts.Source, source), Into: mark(f.Texts.Target, target),
	}
	if concept := h.concepts[f.Concept]; concept != nil {
		c.Entry = h.entry(concept)
	}
	h.cards = append(h.cards, c)
	return nil
}

// mark cuts a text at a phrase.
func mark(s string, span bitext.Span) marked {
	if span.End > len(s) {
		return marked{Before: s}
	}
	return marked{s[:span.Start], span.In(s), s[span.End:]}
}

func (h *htmlReport) entry(c *glossary.Concept) *entry {
	e := &entry{Note: c.Note}
	for _, t := range c.In(h.o.Languages.Source) {
		e.Source = append(e.Source, t.Text)
	}
	for _, t := range c.In(h.o.Languages.Target) {
		if t.Status <= glossary.Admitted {
			e.Use = append(e.Use, t.Text)
		} else {
			e.Avoid = append(e.Avoid, t.Text)
		}
	}
	return e
}

// tally is one row of a table of counts, and one filter.
type tally struct {
	Number int
	Name   string
	Label  string
	Count  int
}

// reportPage is what the template is given.
type reportPage struct {
	Options
	Summary
	Cards      []card
	Severities []tally
	Rules      []tally
	Concepts   []tally
	Style      template.CSS
	Scored     []scoredConcept
}

// scoredConcept is a concept's row in the table of scores.
type scoredConcept struct {
	check.ConceptScore
	Name string
}

// conceptFilters is how many concepts the filter offers, those with most findings.
const conceptFilters = 200

func (h *htmlReport) Close(s Summary) error {
	page := reportPage{Options: h.o, Summary: s, Cards: h.cards}
	if page.Scores != nil {
		page.Scored = h.scored(page.Scores)
	}
	for severity := check.Error; severity >= check.Info; severity-- {
		n := 0
		for i := range h.cards {
			if h.cards[i].Severity == severity {
				n++
			}
		}
		name := severity.String()
		page.Severities = append(page.Severities, tally{int(severity), name, h.o.Say("severity."+name, nil), n})
	}
	page.Rules = h.tally(func(c *card) (*int, string) { return &c.RuleNumber, c.Code }, 0)
	page.Concepts = h.tally(func(c *card) (*int, string) { return &c.ConceptNumber, c.Concept }, conceptFilters)
	for i := range page.Concepts {
		page.Concepts[i].Label = h.conceptName(page.Concepts[i].Name)
	}
	page.Style = filterStyle(&page)
	return reportTemplate(h.o.Say).Execute(h.w, page)
}

// scored are the concepts whose score is worth a look: those not always answered, or
// answered in several ways, the worst first.
func (h *htmlReport) scored(s *check.Scores) []scoredConcept {
	var rows []scoredConcept
	for _, c := range s.Concepts {
		if c.Success < 1 || c.Consistency < 1 {
			rows = append(rows, scoredConcept{c, h.conceptName(c.Concept)})
		}
	}
	slices.SortStableFunc(rows, func(a, b scoredConcept) int {
		return cmp.Or(cmp.Compare(b.Terms-b.Answered, a.Terms-a.Answered), cmp.Compare(a.Consistency, b.Consistency))
	})
	return rows
}

// conceptName is the concept's first source term, or its ID.
func (h *htmlReport) conceptName(id string) string {
	if c := h.concepts[id]; c != nil {
		if terms := c.In(h.o.Languages.Source); len(terms) > 0 {
			return terms[0].Text
		}
	}
	return id
}

// tally counts the cards by a name, numbers the names by falling count, and tells each
// card its number. The empty name is not counted. With a limit the rest has number 0.
func (h *htmlReport) tally(of func(*card) (*int, string), limit int) []tally {
	counts := map[string]int{}
	for i := range h.cards {
		if _, name := of(&h.cards[i]); name != "" {
			counts[name]++
		}
	}
	rows := []tally{}
	for name, n := range counts {
		rows = append(rows, tally{Name: name, Label: name, Count: n})
	}
	slices.SortFunc(rows, func(a, b tally) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	if limit > 0 && len(rows) > limit {
		rows = rows[:limit]
	}
	numbers := map[string]int{}
	for i := range rows {
		rows[i].Number = i + 1
		numbers[rows[i].Name] = i + 1
	}
	for i := range h.cards {
		number, name := of(&h.cards[i])
		*number = numbers[name]
	}
	return rows
}

// filterStyle writes one style rule for each filter. Only numbers of our own go into it.
func filterStyle(p *reportPage) template.CSS {
	var b strings.Builder
	for _, s := range p.Severities {
		fmt.Fprintf(&b, "body:has(#s%d:not(:checked)) .s%d{display:none}\n", s.Number, s.Number)
	}
	for _, r := range p.Rules {
		fmt.Fprintf(&b, "body:has(#rules option[value=\"%d\"]:checked) .finding:not(.r%d){display:none}\n", r.Number, r.Number)
	}
	for _, c := range p.Concepts {
		fmt.Fprintf(&b, "body:has(#concepts option[value=\"%d\"]:checked) .finding:not(.c%d){display:none}\n", c.Number, c.Number)
	}
	return template.CSS(b.String())
}

func reportTemplate(say Say) *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"say":     func(id string) string { return say(id, nil) },
		"count":   func(id string, n int) string { return say(id, map[string]any{"Count": n}) },
		"percent": func(x float64) string { return say("report.percent", map[string]any{"Have": 100 * x}) },
		"number":  func(n int) string { return say("report.number", map[string]any{"Have": n}) },
		"join":    func(list []string) string { return strings.Join(list, " · ") },
		"class":   func(s check.Severity) int { return int(s) },
	}).Parse(reportHTML))
}
