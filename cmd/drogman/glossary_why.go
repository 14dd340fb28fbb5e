package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
)

// glossaryWhyCommand says what is found in a text and why: form, term, concept, rule; and
// what its context kept from being found.
func (w *world) glossaryWhyCommand() *cobra.Command {
	var files []string
	var format, lang string
	c := w.command("glossary why", func(args []string) error {
		g, _, err := w.needGlossary(files)
		if err != nil {
			return err
		}
		if err := checkFormat(format, "text", "json"); err != nil {
			return err
		}
		tag := g.Source
		if lang != "" {
			if tag, err = parseLanguage(lang); err != nil {
				return err
			}
		}
		text := strings.Join(args, " ")
		if text == "-" {
			data, err := io.ReadAll(w.in)
			if err != nil {
				return err
			}
			text = strings.TrimSpace(string(data))
		}
		found, err := reasons(g, tag, text)
		if err != nil {
			return err
		}
		return w.showReasons(found, format)
	})
	c.Args = w.someArgs
	w.glossaryFlag(c, &files)
	w.formatFlag(c, &format)
	c.Flags().StringVarP(&lang, "language", "l", "", w.text("flag.annotate.language"))
	return c
}

// reason is an occurrence and the rule that decided it.
type reason struct {
	Start     int      `json:"start"` // bytes in the text
	End       int      `json:"end"`
	Surface   string   `json:"surface"`
	Why       string   `json:"why"`  // exact, folded, inflected; cancelled
	Form      string   `json:"form"` // of the term
	Term      string   `json:"term"`
	Status    string   `json:"status"`
	Concept   string   `json:"concept"`
	Place     string   `json:"place"`
	Targets   []string `json:"targets"`
	Case      string   `json:"case"` // any, capital, exact
	Inflect   bool     `json:"inflect"`
	Whole     bool     `json:"whole_word"`
	Nested    bool     `json:"nested,omitempty"`
	Ambiguous bool     `json:"ambiguous,omitempty"`
	When      []string `json:"when,omitempty"`
	Unless    []string `json:"unless,omitempty"`
}

// reasons lists the occurrences in a text, and as cancelled those that only the context
// of their terms keeps from being occurrences.
func reasons(g *glossary.Glossary, tag language.Tag, text string) ([]reason, error) {
	list := []reason{}
	m, err := g.Compile(tag)
	if err != nil {
		return nil, err
	}
	found := m.Find(text)
	for _, o := range found {
		list = append(list, newReason(g, tag, text, o, o.Why.String()))
	}
	bare, err := withoutContext(g).Compile(tag)
	if err != nil {
		return nil, err
	}
	for _, o := range bare.Find(text) {
		same := func(f glossary.Occurrence) bool {
			return f.Start == o.Start && f.End == o.End && f.Concept.ID == o.Concept.ID
		}
		if !slices.ContainsFunc(found, same) {
			o.Concept = original(g, o.Concept)
			o.Nested, o.Ambiguous = false, false
			list = append(list, newReason(g, tag, text, o, "cancelled"))
		}
	}
	slices.SortStableFunc(list, func(a, b reason) int { return a.Start - b.Start })
	return list, nil
}

var ruleCases = map[glossary.Case]string{glossary.AnyCase: "any", glossary.Capital: "capital", glossary.Exact: "exact"}

func newReason(g *glossary.Glossary, tag language.Tag, text string, o glossary.Occurrence, why string) reason {
	term := o.Term
	for i, t := range o.Concept.In(tag) {
		if t.Text == term.Text {
			term = &o.Concept.In(tag)[i]
		}
	}
	rule := o.Concept.Rule(term)
	if term.Case == glossary.ByType && strings.ToUpper(term.Text) == term.Text { // an acronym: see glossary.Rule
		rule.Case, rule.Inflect = glossary.Exact, false
	}
	r := reason{
		Start: o.Start, End: o.End, Surface: text[o.Start:o.End], Why: why, Form: o.Form, Term: term.Text,
		Status: term.Status.String(), Concept: o.Concept.ID, Place: term.Place.String(), Targets: []string{},
		Case: ruleCases[rule.Case], Inflect: rule.Inflect, Whole: rule.Whole,
		Nested: o.Nested, Ambiguous: o.Ambiguous, When: term.When, Unless: term.Unless,
	}
	for _, other := range append([]language.Tag{g.Source}, g.Targets...) {
		if t, ok := o.Concept.Equivalent(term, other); ok && other != tag {
			r.Targets = append(r.Targets, t.Text)
		}
	}
	return r
}

func (w *world) showReasons(found []reason, format string) error {
	if format == "json" {
		return writeJSON(w.out, found)
	}
	for _, r := range found {
		lines := []string{
			w.found(r),
			w.say.Text("why-term", locales.M{"Term": r.Term, "Status": w.text("status." + r.Status), "Place": r.Place}),
			w.say.Text("why-concept", locales.M{"Concept": r.Concept, "Targets": strings.Join(r.Targets, ", ")}),
			w.rule(r),
		}
		if len(r.When) > 0 {
			lines = append(lines, w.say.Text("why-when", locales.M{"When": strings.Join(r.When, ", ")}))
		}
		if len(r.Unless) > 0 {
			lines = append(lines, w.say.Text("why-unless", locales.M{"Unless": strings.Join(r.Unless, ", ")}))
		}
		if r.Nested {
			lines = append(lines, w.text("why-nested"))
		}
		if r.Ambiguous {
			lines = append(lines, w.text("why-ambiguous"))
		}
		if _, err := fmt.Fprintln(w.out, strings.Join(lines, "\n    ")); err != nil {
			return err
		}
	}
	if len(found) == 0 {
		w.narrate("glossary-found-none", nil)
		return errFindings
	}
	return nil
}

// found says what stands in the text and how it answers to the term.
func (w *world) found(r reason) string {
	return w.say.Text("why-"+r.Why, locales.M{"Surface": r.Surface, "Start": r.Start, "End": r.End, "Form": r.Form})
}

// rule says how the term is matched.
func (w *world) rule(r reason) string {
	parts := []string{w.text("rule-case-" + r.Case)}
	if r.Inflect {
		parts = append(parts, w.text("rule-inflected"))
	} else {
		parts = append(parts, w.text("rule-not-inflected"))
	}
	if !r.Whole {
		parts = append(parts, w.text("rule-part-of-word"))
	}
	return w.say.Text("why-rule", locales.M{"Have": strings.Join(parts, ", ")})
}
