package glossary

import (
	"slices"

	"golang.org/x/text/language"
)

// contexts finds the When and Unless phrases of a glossary's terms, as terms are found:
// in any case and inflected.
type contexts struct {
	matcher *Matcher
	phrases map[string]*Concept
}

// newContexts gathers the phrases of all terms: When of every language, because it
// speaks of the source, and Unless of the matcher's own. It returns nil where there are none.
func newContexts(g *Glossary, lang language.Tag) (*contexts, error) {
	c := &contexts{phrases: map[string]*Concept{}}
	var all []*Concept
	note := func(phrases []string) {
		for _, p := range phrases {
			if c.phrases[p] == nil {
				c.phrases[p] = &Concept{ID: p, Type: Terms, Terms: map[language.Tag][]Term{lang: {{Text: p}}}}
				all = append(all, c.phrases[p])
			}
		}
	}
	for _, concept := range g.Concepts {
		for _, terms := range concept.Terms {
			for i := range terms {
				note(terms[i].When)
				note(terms[i].Unless)
			}
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	var err error
	c.matcher, err = (&Glossary{Source: lang, Concepts: all}).compile(lang)
	return c, err
}

// filter returns the occurrences that their terms' context allows, in place.
func (c *contexts) filter(found []Occurrence, text string) []Occurrence {
	if c == nil || !anyContext(found) {
		return found
	}
	said := c.in(text)
	kept := found[:0]
	for _, o := range found {
		if said.allows(c, o.Term) && !said.cancels(c, o) {
			kept = append(kept, o)
		}
	}
	return kept
}

func anyContext(found []Occurrence) bool {
	for i := range found {
		if t := found[i].Term; len(t.When) > 0 || len(t.Unless) > 0 {
			return true
		}
	}
	return false
}

// phrasesIn are the phrases of one text and where they stand.
type phrasesIn map[*Concept][]span

func (c *contexts) in(text string) phrasesIn {
	said := phrasesIn{}
	for _, o := range c.matcher.Find(text) {
		said[o.Concept] = append(said[o.Concept], span{o.Start, o.End})
	}
	return said
}

func (p phrasesIn) allows(c *contexts, t *Term) bool {
	for _, w := range t.When {
		if len(p[c.phrases[w]]) > 0 {
			return true
		}
	}
	return len(t.When) == 0
}

func (p phrasesIn) cancels(c *contexts, o Occurrence) bool {
	for _, u := range o.Term.Unless {
		// None lies within another, so the last to begin by o.Start reaches farthest.
		said := p[c.phrases[u]]
		i, _ := slices.BinarySearchFunc(said, o.Start+1, func(s span, at int) int { return s.start - at })
		if i > 0 && o.End <= said[i-1].end {
			return true
		}
	}
	return false
}

// Allows reports whether a text holds one of the term's When words, or the term has none.
// The matcher is that of the text's language: for a target term that depends on what the
// source says, the source's matcher and the source segment.
func (m *Matcher) Allows(t *Term, text string) bool {
	if len(t.When) == 0 || m.contexts == nil {
		return len(t.When) == 0
	}
	return m.contexts.in(text).allows(m.contexts, t)
}
