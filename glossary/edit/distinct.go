package edit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/glossary"
)

// Merged is a concept that Distinct made part of another: nothing a file can say tells
// the two apart.
type Merged struct{ Concept, Into *glossary.Concept }

// Distinct makes the keys of a glossary's concepts differ, as one file's must. Homonyms
// are told apart by their senses: the domain, else a letter. Two concepts that cannot be
// (an acronym takes no sense) become one. Control characters become spaces.
func Distinct(g *glossary.Glossary) []Merged {
	seen := map[string]*glossary.Concept{}
	ids := map[string]bool{}
	var merged []Merged
	var kept []*glossary.Concept
	for _, c := range g.Concepts {
		clean(c)
		asRead(c, g)
		if len(c.Terms[g.Source]) == 0 {
			kept = append(kept, c)
			continue
		}
		if into := place(c, g, seen); into != nil {
			absorb(into, c)
			merged = append(merged, Merged{c, into})
			continue
		}
		if c.ID == "" || ids[c.ID] {
			c.ID = keyIn(c, g)
		}
		ids[c.ID] = true
		kept = append(kept, c)
	}
	g.Concepts = kept
	return merged
}

// keyIn is the concept's key with its section: also the ID it has if the entry names none.
func keyIn(c *glossary.Concept, g *glossary.Glossary) string {
	w := entryWriter{c: c, g: g}
	return string(c.Type) + "/" + w.key()
}

// place finds the concept a key of its own, or returns the one that has its only key.
func place(c *glossary.Concept, g *glossary.Glossary, seen map[string]*glossary.Concept) *glossary.Concept {
	key := keyIn(c, g)
	other := seen[key]
	if other == nil {
		seen[key] = c
		return nil
	}
	usual := c.ID == key
	for _, sense := range senses(c) {
		trial := *c
		trial.Sense = sense
		if k := keyIn(&trial, g); seen[k] == nil && readable(trial.Terms[g.Source][0].Text, sense) {
			c.Sense = sense
			if seen[k] = c; usual {
				c.ID = k
			}
			return nil
		}
	}
	return other
}

func senses(c *glossary.Concept) []string {
	var list []string
	if domain := strings.ToLower(strings.TrimSpace(c.Domain)); domain != "" {
		list = append(list, domain)
	}
	for letter := 'b'; letter <= 'z'; letter++ {
		list = append(list, string(letter))
	}
	return list
}

// readable: the file's reader takes "name (sense)" for a term and its sense.
func readable(name, sense string) bool {
	first, _ := utf8.DecodeRuneInString(sense)
	return unicode.IsLower(first) && !strings.ContainsAny(sense, "()") && !acronym(name)
}

// acronym is the reader's notion of one: a word with more capitals than small letters.
func acronym(name string) bool {
	capitals, small := 0, 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			small++
		case !unicode.IsDigit(r) && !strings.ContainsRune(".-&/+", r):
			return false
		}
	}
	return capitals > small && utf8.RuneCountInString(name) >= 2
}

// asRead takes terms apart as the file's reader will: "A (B)", one of them an acronym, is
// two terms; "a (b)" as an entry's key is the term a in the sense b.
func asRead(c *glossary.Concept, g *glossary.Glossary) {
	for tag, terms := range c.Terms {
		var apart []glossary.Term
		for _, t := range terms {
			outer, inner, ok := parenthesis(t.Text)
			if !ok || !acronym(outer) && !acronym(inner) {
				apart = append(apart, t)
				continue
			}
			second := t
			t.Text, second.Text = outer, inner
			if second.Status == glossary.Preferred {
				second.Status = glossary.Admitted
			}
			apart = append(apart, t, second)
		}
		c.Terms[tag] = apart
	}
	if len(c.Terms[g.Source]) == 0 || c.Sense != "" {
		return
	}
	first := &c.Terms[g.Source][entryWriter{c: c, g: g}.keyIndex()]
	if outer, inner, ok := parenthesis(first.Text); ok && readable(outer, inner) {
		first.Text, c.Sense = outer, inner
	}
}

// parenthesis cuts "outer (inner)".
func parenthesis(text string) (outer, inner string, ok bool) {
	open := strings.LastIndex(text, " (")
	if open <= 0 || !strings.HasSuffix(text, ")") {
		return "", "", false
	}
	outer, inner = text[:open], text[open+2:len(text)-1]
	return outer, inner, inner != "" && !strings.ContainsAny(inner, "()") && strings.TrimSpace(outer) != ""
}

// absorb adds the terms of c to into, admitted, and its note.
func absorb(into, c *glossary.Concept) {
	for tag, terms := range c.Terms {
		for _, t := range terms {
			if slices.ContainsFunc(into.Terms[tag], func(o glossary.Term) bool { return o.Text == t.Text }) {
				continue
			}
			if t.Status == glossary.Preferred && len(into.Terms[tag]) > 0 {
				t.Status = glossary.Admitted
			}
			into.Terms[tag] = append(into.Terms[tag], t)
		}
	}
	if c.Note != "" && c.Note != into.Note {
		into.Note = strings.TrimPrefix(into.Note+"\n"+c.Note, "\n")
	}
}

// clean makes every term one line of printable text.
func clean(c *glossary.Concept) {
	for tag, terms := range c.Terms {
		c.Terms[tag] = slices.DeleteFunc(terms, func(t glossary.Term) bool { return strings.TrimSpace(t.Text) == "" })
		for i := range c.Terms[tag] {
			t := &c.Terms[tag][i]
			t.Text = strings.TrimSpace(strings.Map(func(r rune) rune {
				if unicode.IsControl(r) {
					return ' '
				}
				return r
			}, t.Text))
		}
	}
}
