package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
)

// glossaryFindCommand looks a word up, in any language and any of its forms.
func (w *world) glossaryFindCommand() *cobra.Command {
	var files []string
	var format string
	c := w.command("glossary find", func(args []string) error {
		g, _, err := w.needGlossary(files)
		if err != nil {
			return err
		}
		if err := checkFormat(format, "text", "json"); err != nil {
			return err
		}
		found, err := lookUp(g, strings.Join(args, " "))
		if err != nil {
			return err
		}
		return w.showConcepts(g, found, format)
	})
	c.Args = w.someArgs
	w.glossaryFlag(c, &files)
	w.formatFlag(c, &format)
	return c
}

// someArgs: one argument or more.
func (w *world) someArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage("usage-arguments", locales.M{"Verb": c.CommandPath(), "Have": 0, "Count": 1, "Want": c.UseLine()})
	}
	return nil
}

// lookUp finds the concepts with a term that word is a form of, then those with a term or
// an ID that contains it.
func lookUp(g *glossary.Glossary, word string) ([]*glossary.Concept, error) {
	var found []*glossary.Concept
	add := func(c *glossary.Concept) {
		if !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	for _, tag := range append([]language.Tag{g.Source}, g.Targets...) {
		m, err := withoutContext(g).Compile(tag)
		if err != nil {
			return nil, err
		}
		for _, o := range m.Find(word) {
			if o.End-o.Start == len(word) {
				add(original(g, o.Concept))
			}
		}
	}
	part := strings.ToLower(word)
	for _, c := range g.Concepts {
		if strings.Contains(strings.ToLower(c.ID), part) {
			add(c)
		}
		for _, terms := range c.Terms {
			if slices.ContainsFunc(terms, func(t glossary.Term) bool { return strings.Contains(strings.ToLower(t.Text), part) }) {
				add(c)
			}
		}
	}
	return found, nil
}

// withoutContext is the glossary with every When and Unless taken off.
func withoutContext(g *glossary.Glossary) *glossary.Glossary {
	bare := *g
	bare.Concepts = make([]*glossary.Concept, len(g.Concepts))
	for i, c := range g.Concepts {
		copied := *c
		copied.Terms = map[language.Tag][]glossary.Term{}
		for tag, terms := range c.Terms {
			terms = slices.Clone(terms)
			for j := range terms {
				terms[j].When, terms[j].Unless = nil, nil
			}
			copied.Terms[tag] = terms
		}
		bare.Concepts[i] = &copied
	}
	return &bare
}

func original(g *glossary.Glossary, c *glossary.Concept) *glossary.Concept {
	for _, o := range g.Concepts {
		if o.ID == c.ID {
			return o
		}
	}
	return c
}

// conceptJSON is a concept as programs read it.
type conceptJSON struct {
	ID     string                `json:"id"`
	Type   glossary.Type         `json:"type"`
	Place  string                `json:"place"`
	Terms  map[string][]termJSON `json:"terms"`
	Sense  string                `json:"sense,omitempty"`
	Note   string                `json:"note,omitempty"`
	Status glossary.Approval     `json:"status,omitempty"`
}

type termJSON struct {
	Text   string   `json:"text"`
	Status string   `json:"status"`
	Forms  []string `json:"forms,omitempty"`
}

func asJSON(c *glossary.Concept) conceptJSON {
	j := conceptJSON{ID: c.ID, Type: c.Type, Place: c.Place.String(), Sense: c.Sense, Note: c.Note, Status: c.Status, Terms: map[string][]termJSON{}}
	for tag, terms := range c.Terms {
		for _, t := range terms {
			j.Terms[tag.String()] = append(j.Terms[tag.String()], termJSON{Text: t.Text, Status: t.Status.String()})
		}
	}
	return j
}

func (w *world) showConcepts(g *glossary.Glossary, found []*glossary.Concept, format string) error {
	if format == "json" {
		list := []conceptJSON{}
		for _, c := range found {
			list = append(list, asJSON(c))
		}
		return writeJSON(w.out, list)
	}
	for _, c := range found {
		if _, err := fmt.Fprintf(w.out, "%s: %s  [%s]\n", c.Place, w.describe(c, g), c.ID); err != nil {
			return err
		}
	}
	if len(found) == 0 {
		w.narrate("glossary-found-none", nil)
		return errFindings
	}
	return nil
}

// describe writes a concept in one line: terms by language, and those to avoid.
func (w *world) describe(c *glossary.Concept, g *glossary.Glossary) string {
	var sides []string
	for _, tag := range append([]language.Tag{g.Source}, g.Targets...) {
		var usable, avoid []string
		for _, t := range c.In(tag) {
			if t.Status == glossary.Forbidden {
				avoid = append(avoid, t.Text)
			} else {
				usable = append(usable, t.Text)
			}
		}
		text := strings.Join(usable, ", ")
		if len(avoid) > 0 {
			text += " (" + w.say.Text("glossary-avoid", locales.M{"Have": strings.Join(avoid, ", ")}) + ")"
		}
		sides = append(sides, text)
	}
	return strings.Join(sides, " → ")
}
