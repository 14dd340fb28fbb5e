package glossary

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Occurrence is a place in a text where a term was found.
//
// Start and End are bytes in the text as it was given. Occurrences of one text come in
// order of Start, the longer first.
type Occurrence struct {
	Start, End int
	Concept    *Concept
	Term       *Term
	Why        Why
	Form       string // the form of the term that matched: "mises en demeure" for mise en demeure
	// Nested says that the occurrence lies within a longer one of another concept.
	Nested bool
	// Ambiguous says that another concept claims the very same span, and neither's
	// context decides between them.
	Ambiguous bool
}

// Why says by which right an occurrence was found.
type Why uint8

const (
	AsWritten Why = iota // letter by letter as the glossary has it
	Folded               // but for case, accents on capitals, spaces, hyphens, apostrophes, dots
	Inflected            // in another grammatical form of the term
)

var whyNames = [...]string{"exact", "folded", "inflected"}

// String returns exact, folded or inflected.
func (w Why) String() string { return whyNames[w] }

// Matcher finds the terms of one language of a glossary. It is immutable and safe for
// concurrent use.
type Matcher struct {
	root trieNode
}

// Option changes what a Matcher looks for.
type Option func(*options)

type options struct{ statuses []Status }

// OnlyStatus restricts a Matcher to terms of the given statuses.
func OnlyStatus(statuses ...Status) Option {
	return func(o *options) { o.statuses = statuses }
}

type trieNode struct {
	next map[string]*trieNode
	ends []candidate
}

type candidate struct {
	concept *Concept
	term    *Term
	rule    Rule
}

// Compile makes the matcher of all terms of a language, the forbidden and the deprecated
// among them: Occurrence.Term tells their status.
func (g *Glossary) Compile(lang language.Tag, opts ...Option) (*Matcher, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	m := &Matcher{}
	for _, c := range g.Concepts {
		terms := c.In(lang)
		for i := range terms {
			if t := &terms[i]; len(o.statuses) == 0 || slices.Contains(o.statuses, t.Status) {
				m.add(c, t)
			}
		}
	}
	return m, nil
}

func (m *Matcher) add(c *Concept, t *Term) {
	n := &m.root
	for _, w := range words(t.Text) {
		if n.next == nil {
			n.next = map[string]*trieNode{}
		}
		key := w.key
		if n.next[key] == nil {
			n.next[key] = &trieNode{}
		}
		n = n.next[key]
	}
	if n != &m.root {
		n.ends = append(n.ends, candidate{c, t, c.Rule(t)})
	}
}

// Find returns the occurrences of terms in a text.
func (m *Matcher) Find(text string) []Occurrence { return m.Append(nil, text) }

// Append appends the occurrences of terms in a text to dst.
func (m *Matcher) Append(dst []Occurrence, text string) []Occurrence {
	first := len(dst)
	tokens := words(text)
	for i := range tokens {
		n := &m.root
		for j := i; j < len(tokens); j++ {
			if n = n.next[tokens[j].key]; n == nil {
				break
			}
			start, end := tokens[i].start, tokens[j].end
			for _, c := range n.ends {
				surface := text[start:end]
				if c.rule.Case != AnyCase && !strings.HasPrefix(surface, t0(c.term.Text)) {
					continue
				}
				why := Folded
				if surface == c.term.Text {
					why = AsWritten
				}
				dst = append(dst, Occurrence{Start: start, End: end, Concept: c.concept, Term: c.term, Why: why, Form: c.term.Text})
			}
		}
	}
	settle(dst[first:])
	return dst
}

func t0(s string) string { _, n := utf8.DecodeRuneInString(s); return s[:n] }

// Allows reports whether the text holds one of the term's When words, or the term has none.
func (m *Matcher) Allows(t *Term, text string) bool {
	for _, w := range t.When {
		if strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			return true
		}
	}
	return len(t.When) == 0
}

// settle puts occurrences in order and marks the nested and the ambiguous.
func settle(found []Occurrence) {
	slices.SortStableFunc(found, func(a, b Occurrence) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	for i := range found {
		for j := range found {
			a, b := &found[i], &found[j]
			if a.Concept == b.Concept || a.Start < b.Start || a.End > b.End {
				continue
			}
			if a.Start == b.Start && a.End == b.End {
				a.Ambiguous = true
			} else {
				a.Nested = true
			}
		}
	}
}

type word struct {
	key        string
	start, end int
}

// words cuts a text into runs of letters and digits, folded.
func words(text string) []word {
	var ws []word
	start := -1
	for i, r := range text + " " {
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			key := norm.NFC.String(strings.ToLower(text[start:i]))
			if n := len(key); n > 3 && (key[n-1] == 's' || key[n-1] == 'x') {
				key = key[:n-1]
			}
			ws = append(ws, word{key, start, i})
			start = -1
		}
	}
	return ws
}
