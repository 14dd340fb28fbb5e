package exchange

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// The fields of the model, by the names that Loss and Format.Carries use. "term" is the
// preferred pair and always carried; the rest may be lost. "glossary" is the domain of all of it.
var (
	allFields = []string{
		"glossary", "id", "type", "sense", "status", "definition", "note", "example", "source", "url",
		"domain", "since", "until", "synonym", "admitted", "deprecated", "forbidden",
		"language", "pos", "gender", "number", "when", "unless", "forms", "case", "inflect", "whole-word",
	}
	tableFields = []string{
		"id", "type", "sense", "status", "definition", "note", "example", "source", "url",
		"domain", "since", "until", "synonym", "admitted", "deprecated", "forbidden",
		"pos", "gender", "number",
	}
	pairFields    = []string{"synonym"}
	omegatFields  = []string{"synonym", "admitted", "note"}
	googleFields  = []string{"note", "pos"}
	weblateFields = []string{"synonym", "note", "sense"}
	utxFields     = []string{"id", "synonym", "admitted", "deprecated", "forbidden", "note", "pos"}
)

// fieldsOf lists what a concept says beyond its preferred pair of terms, as losses-to-be.
func fieldsOf(c *glossary.Concept, g *glossary.Glossary) []Loss {
	label := name(c, g)
	var fields []Loss
	say := func(field, value string) {
		if value != "" {
			fields = append(fields, Loss{label, field, value})
		}
	}
	say("id", c.ID)
	if c.Type != glossary.Terms {
		say("type", string(c.Type))
	}
	say("sense", c.Sense)
	say("status", string(c.Status))
	say("definition", c.Definition)
	say("note", c.Note)
	say("example", c.Example)
	say("source", c.Source)
	say("url", c.URL)
	say("domain", c.Domain)
	say("since", date(c.Since))
	say("until", date(c.Until))
	for _, tag := range languages(c, g) {
		saidOf(tag, c, g, say)
	}
	return fields
}

// saidOf lists what the terms of one language say beyond the preferred one.
func saidOf(tag language.Tag, c *glossary.Concept, g *glossary.Glossary, say func(field, value string)) {
	for i, t := range c.Terms[tag] {
		switch {
		case tag != g.Source && tag != firstTarget(g):
			say("language", tag.String()+": "+t.Text)
		case t.Status == glossary.Deprecated:
			say("deprecated", t.Text)
		case t.Status == glossary.Forbidden:
			say("forbidden", t.Text)
		case i > 0 && tag == g.Source:
			say("synonym", t.Text)
		case i > 0:
			say("admitted", t.Text)
		}
		say("pos", t.POS)
		say("gender", t.Gender)
		say("number", t.Number)
		say("when", strings.Join(t.When, ", "))
		say("unless", strings.Join(t.Unless, ", "))
		say("forms", strings.Join(t.Forms, ", "))
		say("case", caseNames[t.Case])
		say("inflect", choiceNames[t.Inflect])
		say("whole-word", choiceNames[t.Whole])
	}
}

// The matching rule of a term, as glossary files write it.
var (
	caseNames   = map[glossary.Case]string{glossary.AnyCase: "any", glossary.Capital: "capital", glossary.Exact: "exact"}
	choiceNames = map[glossary.Choice]string{glossary.Yes: "yes", glossary.No: "no"}
)

// named returns the value that has a name in a table, its zero value if none has.
func named[V comparable](table map[V]string, name string) (value V) {
	for v, n := range table {
		if n == name {
			value = v
		}
	}
	return value
}

// languages returns the languages of a concept: the source, the targets in the
// glossary's order, then any others by name.
func languages(c *glossary.Concept, g *glossary.Glossary) []language.Tag {
	rank := func(tag language.Tag) int {
		if tag == g.Source {
			return -1
		}
		if i := slices.Index(g.Targets, tag); i >= 0 {
			return i
		}
		return len(g.Targets)
	}
	var tags []language.Tag
	for tag, terms := range c.Terms {
		if len(terms) > 0 {
			tags = append(tags, tag)
		}
	}
	slices.SortFunc(tags, func(a, b language.Tag) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a.String(), b.String())
	})
	return tags
}
