package glossary

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// maxWords is how many words a term can have. It bounds every walk of the matcher.
const maxWords = 48

// Compile makes the matcher of all terms of a language, the forbidden and the deprecated
// among them: Occurrence.Term tells their status. Each term is expanded into the forms
// that grammar gives it; the matcher itself knows no grammar.
//
// The error joins an *Error for each term that is too long to be one.
func (g *Glossary) Compile(lang language.Tag) (*Matcher, error) {
	m, err := g.compile(lang)
	if err != nil {
		return nil, err
	}
	if m.contexts, err = newContexts(g, lang); err != nil {
		return nil, err
	}
	return m, nil
}

func (g *Glossary) compile(lang language.Tag) (*Matcher, error) {
	c := compiler{matcher: &Matcher{grammar: grammarOf(lang)}, texts: []byte{0, 0}}
	for _, concept := range g.Concepts {
		terms := concept.In(lang)
		for i := range terms {
			c.term(concept, &terms[i])
		}
	}
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	c.seq.start = append(c.seq.start, uint32(len(c.seq.hashes)))
	m := c.matcher
	m.forms = slices.Clip(m.forms)
	m.terms = slices.Clip(m.terms)
	m.texts = string(c.texts)
	m.build(&c.seq)
	return m, nil
}

type compiler struct {
	matcher *Matcher
	seq     sequences
	texts   []byte
	faults  []error
}

// term adds a term in all its forms.
func (c *compiler) term(concept *Concept, t *Term) {
	m := c.matcher
	number := uint32(len(m.terms))
	m.terms = append(m.terms, termOf{concept, t})
	if len(t.Text) > maxTerm || !c.form(number, t.Text, true, false) {
		c.tooLong(t, t.Text)
		return
	}
	for _, text := range m.grammar.forms(concept, t) {
		if text != t.Text && !c.form(number, text, false, false) {
			c.tooLong(t, text)
		}
	}
	if contracts(concept.Type) {
		for _, text := range m.grammar.contracted(t.Text) {
			c.form(number, text, false, true)
		}
	}
}

func (c *compiler) tooLong(t *Term, text string) {
	c.faults = append(c.faults, &Error{Code: codeLongTerm, Place: t.Place, Have: firstRunes(text, 20) + "…"})
}

// form adds one form; it reports false where it has too many words.
func (c *compiler) form(term uint32, text string, asIs, skip bool) bool {
	if len(text) > 2*maxTerm {
		return false
	}
	first := len(c.seq.hashes)
	for at := 0; ; {
		tok, ok := nextToken(text, at)
		if !ok {
			break
		}
		c.seq.hashes = append(c.seq.hashes, tok.hash)
		at = tok.end
	}
	words := c.seq.hashes[first:]
	t := c.matcher.terms[term]
	whole := t.concept.Rule(t.term).Whole
	if len(words) == 0 || len(words) > maxWords || !whole {
		c.seq.hashes = c.seq.hashes[:first]
	}
	switch {
	case len(words) == 0:
		return true // nothing to find
	case len(words) > maxWords:
		return false
	case !whole:
		c.matcher.partial = append(c.matcher.partial, partial{term, text, newFolding(text).text, asIs})
		return true
	}
	f := form{term: term, shape: shapeOf(words)}
	if skip {
		f.shape |= contraction
	} else if c.wantsCapital(term, text) {
		f.shape |= capital
	}
	if !asIs {
		f.text = c.edit(c.matcher.terms[term].term.Text, text)
	}
	c.matcher.longest = max(c.matcher.longest, len(words))
	c.matcher.forms = append(c.matcher.forms, f)
	c.seq.start = append(c.seq.start, uint32(first))
	return true
}

// wantsCapital reports whether a form's first letter must be a capital in the text: its
// own is one, and neither the rule nor an article before a name (le Caire) says otherwise.
func (c *compiler) wantsCapital(term uint32, text string) bool {
	t := c.matcher.terms[term]
	rule := t.concept.Rule(t.term).Case
	first, _ := nextToken(text, 0)
	r, _ := utf8.DecodeRuneInString(text[first.start:])
	return rule != AnyCase && unicode.IsUpper(r) && (rule == Exact || !c.matcher.grammar.articles[text[first.start:first.end]])
}

// edit writes down how a form differs from its term, and returns where (see Matcher.textOf).
func (c *compiler) edit(term, form string) uint32 {
	prefix, suffix := 0, 0
	for prefix < min(len(term), len(form)) && term[prefix] == form[prefix] {
		prefix++
	}
	for suffix < min(len(term), len(form))-prefix && term[len(term)-1-suffix] == form[len(form)-1-suffix] {
		suffix++
	}
	at := uint32(len(c.texts))
	for _, n := range []int{prefix, suffix, len(form) - prefix - suffix} {
		c.texts = binary.LittleEndian.AppendUint16(c.texts, uint16(n))
	}
	c.texts = append(c.texts, form[prefix:len(form)-suffix]...)
	return at
}

// Forms returns all the forms a term of the glossary is matched in, the term as written
// first. Case, accents on capitals, spaces, hyphens and apostrophes vary besides.
func (g *Glossary) Forms(c *Concept, t *Term, lang language.Tag) []string {
	forms := []string{t.Text}
	for _, f := range grammarOf(lang).forms(c, t) {
		if !slices.Contains(forms, f) {
			forms = append(forms, f)
		}
	}
	return forms
}

// grammar is what recognition knows of a language.
type grammar struct {
	// elided are the words that lose a vowel before another word, as they are left: l, qu;
	// nil where any word may stand before an apostrophe.
	elided map[string]bool
	// articles may begin a name and be small in the text though the name has a capital: le Caire.
	articles map[string]bool
	// contractions are what an article becomes after a preposition, by the article.
	contractions map[string][]string
	// possessive: 's may follow a term.
	possessive bool
	// plainLetters: words of other languages are written without their accents as well.
	plainLetters bool
	// isWord reports whether a hyphenated word is one word of the language; may be nil.
	isWord func(string) bool
	// isVerb reports whether a word of the text that a term claims is a verb after the word
	// before it, and the term none; may be nil.
	isVerb func(t *Term, before, word string) bool
	// inflect returns the forms of a term, itself perhaps among them; nil where there is no grammar.
	inflect func(t *Term) []string
	// spellings returns other ways to write a form, itself not among them; may be nil.
	spellings func(form string) []string
}

// grammars by base language.
var grammars = map[string]*grammar{"fr": french, "en": english}

var noGrammar = &grammar{}

func grammarOf(lang language.Tag) *grammar {
	base, _ := lang.Base()
	if g := grammars[base.String()]; g != nil {
		return g
	}
	return noGrammar
}

// forms returns the forms of a term beside the one written.
func (g *grammar) forms(c *Concept, t *Term) []string {
	rule := c.Rule(t)
	forms := t.Forms
	switch {
	case !rule.Inflect || g.inflect == nil:
	case len(forms) == 0:
		forms = g.inflect(t)
	}
	if !rule.Inflect || g.spellings == nil {
		return forms
	}
	spelt := slices.Clone(forms)
	if !slices.Contains(forms, t.Text) {
		spelt = append(spelt, t.Text)
	}
	for _, f := range slices.Clone(spelt) {
		spelt = append(spelt, g.spellings(f)...)
	}
	return spelt
}

// contracts reports whether the article of such a name merges with a preposition: au
// Caire, du Figaro. That of a person does not (de Le Corbusier), and what is kept is verbatim.
func contracts(t Type) bool {
	return t == Places || t == Organisations || t == Works || t == Events
}

// contracted returns a term that begins with an article as it is after a preposition:
// au Caire and du Caire for Le Caire.
func (g *grammar) contracted(text string) []string {
	article, rest, ok := strings.Cut(text, " ")
	if !ok {
		return nil
	}
	var forms []string
	for _, c := range g.contractions[strings.ToLower(article)] {
		forms = append(forms, c+" "+rest)
	}
	return forms
}
