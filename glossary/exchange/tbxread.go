package exchange

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// What TBX-Basic has no category for stands in notes that begin with this mark, the
// field's name and a colon: <note>drogman.until: 2025-01-29</note>. Other tools show them
// as notes; a list is one note an item.
const extension = "drogman."

// entry makes a concept of a whole conceptEntry.
func (r *tbxReader) entry(e *element) {
	c := &glossary.Concept{ID: e.attr("id"), Type: r.opt.Type, Terms: map[language.Tag][]glossary.Term{}}
	c.Place = glossary.Place{File: r.name, Line: e.line, Column: e.column}
	for _, section := range e.children {
		if section.name != "langSec" {
			r.about(c, nil, section)
			continue
		}
		tag := r.language(section.attr("xml:lang"), section.line, section.column)
		r.meet(tag)
		for _, child := range section.children {
			if child.name == "termSec" || child.name == "ntig" {
				r.term(c, tag, child)
			} else {
				r.about(c, nil, child)
			}
		}
		settle(c.Terms[tag])
	}
	r.concepts = append(r.concepts, c)
}

// unsettled is the status of a term about which the file says nothing, until all terms
// of its language are known.
const unsettled = glossary.Status(255)

// settle gives the terms without a status theirs: the first is preferred where no term
// is, the others are admitted.
func settle(terms []glossary.Term) {
	preferred := slices.ContainsFunc(terms, func(t glossary.Term) bool { return t.Status == glossary.Preferred })
	for i := range terms {
		if terms[i].Status == unsettled {
			terms[i].Status = glossary.Admitted
			if !preferred {
				terms[i].Status, preferred = glossary.Preferred, true
			}
		}
	}
}

func (r *tbxReader) term(c *glossary.Concept, tag language.Tag, section *element) {
	t := &glossary.Term{Status: unsettled, Place: glossary.Place{File: r.name, Line: section.line, Column: section.column}}
	flatten(section, func(e *element) {
		if e.name == "term" {
			t.Text = oneLine(e.text)
		}
	})
	if t.Text == "" {
		r.fault(section.line, section.column, "tbx-missing-element", section.name, "term")
		return
	}
	for _, child := range section.children {
		r.about(c, t, child)
	}
	c.Terms[tag] = append(c.Terms[tag], *t)
}

// flatten visits an element's descendants that are no groups, through the groups.
func flatten(e *element, visit func(*element)) {
	for _, child := range e.children {
		if strings.HasSuffix(child.name, "Grp") {
			flatten(child, visit)
		} else {
			visit(child)
		}
	}
}

// about takes in one statement about a concept or, where t is not nil, about a term.
func (r *tbxReader) about(c *glossary.Concept, t *glossary.Term, e *element) {
	if strings.HasSuffix(e.name, "Grp") {
		flatten(e, func(child *element) { r.about(c, t, child) })
		return
	}
	value := oneLine(e.text)
	if e.name == "note" {
		value = strings.TrimSpace(indented.ReplaceAllString(e.text, " "))
	}
	switch category := kindOf(e); {
	case e.name == "term":
	case e.name == "note" && strings.HasPrefix(value, extension):
		r.extended(c, t, e, value)
	case t != nil && r.aboutTerm(c, t, e, category, value):
	case e.name == "note":
		c.Note = join(c.Note, value)
	case r.aboutConcept(c, e, category, value):
	default:
		r.lose(c.ID, category, value)
	}
}

// kindOf is an element's data category: its type, else its name (as in TBX-Min 1).
func kindOf(e *element) string {
	if kind := e.attr("type"); kind != "" {
		return kind
	}
	return e.name
}

func (r *tbxReader) aboutConcept(c *glossary.Concept, e *element, category, value string) bool {
	field := map[string]*string{
		"definition": &c.Definition, "subjectField": &c.Domain, "source": &c.Source,
		"context": &c.Example, "externalCrossReference": &c.URL,
	}[category]
	if category == "externalCrossReference" {
		value = e.attr("target")
	}
	if field == nil || value == "" {
		return false
	}
	if *field == "" {
		*field = value
		return true
	}
	return *field == value
}

var (
	statuses = map[string]glossary.Status{
		"preferredTerm-admn-sts": glossary.Preferred, "preferred": glossary.Preferred, "preferredTerm": glossary.Preferred,
		"standardizedTerm": glossary.Preferred, "admittedTerm-admn-sts": glossary.Admitted, "admitted": glossary.Admitted,
		"admittedTerm": glossary.Admitted, "supersededTerm-admn-sts": glossary.Deprecated, "supersededTerm": glossary.Deprecated,
		"obsolete": glossary.Deprecated, "deprecatedTerm-admn-sts": glossary.Forbidden, "deprecatedTerm": glossary.Forbidden,
		"notRecommended": glossary.Forbidden,
	}
	genders = map[string]string{"masculine": "m", "feminine": "f"}
)

func (r *tbxReader) aboutTerm(c *glossary.Concept, t *glossary.Term, e *element, category, value string) bool {
	switch category {
	case "administrativeStatus", "normativeAuthorization", "termStatus":
		status, known := statuses[value]
		if known {
			t.Status = status
		}
		return known
	case "partOfSpeech":
		if value == "other" {
			return true
		}
		t.POS = value
	case "grammaticalGender":
		gender, known := genders[value]
		t.Gender = gender
		return known
	case "grammaticalNumber":
		t.Number = value
	default:
		return false
	}
	return true
}

// extended takes in a note of our own making.
func (r *tbxReader) extended(c *glossary.Concept, t *glossary.Term, e *element, note string) {
	field, value, _ := strings.Cut(strings.TrimPrefix(note, extension), ": ")
	if t != nil {
		extendTerm(t, field, value)
		return
	}
	var err error
	switch field {
	case "id":
		c.ID = value
	case "type":
		c.Type = glossary.Type(value)
	case "sense":
		c.Sense = value
	case "status":
		c.Status = glossary.Approval(value)
	case "url":
		c.URL = value
	case "since":
		c.Since, err = time.Parse(time.DateOnly, value)
	case "until":
		c.Until, err = time.Parse(time.DateOnly, value)
	}
	if err != nil {
		r.fault(e.line, e.column, "tbx-value", value, "2026-01-31")
	}
}

func extendTerm(t *glossary.Term, field, value string) {
	switch field {
	case "pos":
		t.POS = value
	case "gender":
		t.Gender = value
	case "number":
		t.Number = value
	case "when":
		t.When = append(t.When, value)
	case "unless":
		t.Unless = append(t.Unless, value)
	case "forms":
		t.Forms = append(t.Forms, value)
	case "case":
		t.Case = named(caseNames, value)
	case "inflect":
		t.Inflect = named(choiceNames, value)
	case "whole-word":
		t.Whole = named(choiceNames, value)
	}
}

// indented is a line break made by a pretty-printer rather than an author.
var indented = regexp.MustCompile(`[ \t]*\r?\n[ \t]+`)

func oneLine(s string) string { return strings.Join(strings.FieldsFunc(s, isXMLSpace), " ") }

// isXMLSpace: no-break spaces belong to the text.
func isXMLSpace(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// date writes a day, nothing for the zero one.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
