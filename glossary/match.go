package glossary

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
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
	Inflected            // in another form of the term, by grammar or as the entry lists it
)

var whyNames = [...]string{"exact", "folded", "inflected"}

// String returns exact, folded or inflected.
func (w Why) String() string { return whyNames[w] }

// Matcher finds the terms of one language of a glossary. It is immutable and safe for
// concurrent use.
type Matcher struct {
	index
	grammar  *grammar
	terms    []termOf
	texts    string // the forms that grammar made, see textOf
	longest  int    // words of the longest form
	contexts *contexts
	partial  []partial // the forms of terms with whole-word: no
}

type termOf struct {
	concept *Concept
	term    *Term
}

// Find returns the occurrences of terms in a text.
func (m *Matcher) Find(text string) []Occurrence { return m.Append(nil, text) }

// Append appends the occurrences of terms in a text to dst.
//
// The text is read word by word; from each word that begins a form the index is walked
// as far as the words go along. Every form that ends on the way is an occurrence if its
// letters, the gaps between its words and its borders are right. No walk is longer than
// the longest term, so the time is linear in the text.
func (m *Matcher) Append(dst []Occurrence, text string) []Occurrence {
	first := len(dst)
	dst = m.appendPartial(m.appendWhole(dst, text), text)
	if len(dst) == first {
		return dst
	}
	return dst[:first+len(m.settle(dst[first:], text))]
}

func (m *Matcher) appendWhole(dst []Occurrence, text string) []Occurrence {
	if len(m.forms) == 0 {
		return dst
	}
	w := windows.Get().(*window)
	defer windows.Put(w)
	w.reset(text)
	for w.more(m.longest) {
		if m.begins(w.tokens[w.at:]) {
			here := len(dst)
			dst = m.walk(dst, w)
			slices.Reverse(dst[here:]) // the longer first
		}
		w.at++
	}
	return dst
}

// window is the stretch of words of the text being matched.
type window struct {
	text   string
	read   int // bytes
	tokens []token
	at     int // the word being looked at
	done   bool
	links  []span // URLs and e-mail addresses, see findLinks
	linked bool   // links is known
}

const (
	windowSize = 1024
	history    = 4 // words kept before the one looked at
)

var windows = sync.Pool{New: func() any { return &window{tokens: make([]token, 0, windowSize)} }}

func (w *window) reset(text string) {
	*w = window{text: text, tokens: w.tokens[:0], links: w.links[:0]}
}

// more makes sure that the words of a longest term are in the window, and reports
// whether there is a word to look at.
func (w *window) more(longest int) bool {
	if w.at+longest+history > len(w.tokens) && !w.done {
		w.fill()
	}
	return w.at < len(w.tokens)
}

func (w *window) fill() {
	keep := max(0, w.at-history)
	n := copy(w.tokens, w.tokens[keep:])
	w.tokens = w.tokens[:n]
	w.at -= keep
	for len(w.tokens) < windowSize {
		t, ok := nextToken(w.text, w.read)
		if !ok {
			w.done = true
			return
		}
		w.tokens = append(w.tokens, t)
		w.read = t.end
	}
}

// walk appends the occurrences that begin at the word looked at.
func (m *Matcher) walk(dst []Occurrence, w *window) []Occurrence {
	tokens := w.tokens[w.at:]
	node := uint32(0)
	for depth, t := range tokens {
		value := m.follow(node, t.hash)
		if value == 0 {
			return dst
		}
		if value&leaf != 0 {
			if f := &m.forms[value&^leaf]; f.matches(w.text, tokens) {
				dst = m.accept(dst, w, f)
			}
			return dst
		}
		node = value
		for _, i := range m.group[m.ends[node]:m.ends[node+1]] {
			if f := &m.forms[i]; f.matches(w.text, tokens[:depth+1]) {
				dst = m.accept(dst, w, f)
			}
		}
	}
	return dst
}

// accept appends an occurrence if the text at the window's word really has the form.
func (m *Matcher) accept(dst []Occurrence, w *window, f *form) []Occurrence {
	tokens := w.tokens[w.at : w.at+f.words()]
	inside := tokens
	if f.skips() {
		inside = tokens[1:]
	}
	start, end := inside[0].start, inside[len(inside)-1].end
	t := m.terms[f.term]
	written := m.textOf(f)
	why := AsWritten
	if f.text != 0 {
		why = Inflected
	}
	if w.text[start:end] != written {
		if !m.same(w.text, tokens, written, t.concept, t.term) {
			return dst
		}
		why = max(why, Folded)
	}
	if !m.bounded(w, tokens[0].start, end, f.words()) || len(tokens) == 1 && m.isVerb(w, t) {
		return dst
	}
	return append(dst, Occurrence{Start: start, End: end, Concept: t.concept, Term: t.term, Why: why, Form: written})
}

// isVerb reports whether the word looked at is a verb, by the word before it, where the
// term is another part of speech.
func (m *Matcher) isVerb(w *window, t termOf) bool {
	if m.grammar.isVerb == nil || w.at == 0 || !t.concept.Rule(t.term).Inflect {
		return false
	}
	before, word := w.tokens[w.at-1], w.tokens[w.at]
	between := gapOf(w.text[before.end:word.start])
	return (between == spaces || between == apostrophe) &&
		m.grammar.isVerb(t.term, w.text[before.start:before.end], w.text[word.start:word.end])
}

// textOf is how the form is written. One that grammar made is kept as how many bytes it
// has in common with the term at the beginning and at the end, and what stands between.
func (m *Matcher) textOf(f *form) string {
	text := m.terms[f.term].term.Text
	if f.text == 0 {
		return text
	}
	edit := m.texts[f.text:]
	var n [3]int
	for i := range n {
		n[i], edit = int(edit[0])|int(edit[1])<<8, edit[2:]
	}
	return text[:n[0]] + edit[:n[2]] + text[len(text)-n[1]:]
}

// same compares the words of the text with those of a form letter by letter, and the
// gaps between them.
func (m *Matcher) same(text string, tokens []token, written string, c *Concept, t *Term) bool {
	rule := c.Rule(t)
	leading := true
	at, lastText := 0, 0
	for i, tok := range tokens {
		want, ok := nextToken(written, at)
		if !ok {
			return false
		}
		word := written[want.start:want.end]
		if i > 0 {
			if !sameGap(written[at:want.start], text[lastText:tok.start]) {
				return false
			}
			leading = false
		}
		kase := rule.Case
		if leading && kase == Capital && len(tokens) > 1 && m.grammar.articles[word] {
			kase = AnyCase
		}
		if !m.sameWord(word, text[tok.start:tok.end], kase) {
			return false
		}
		at, lastText = want.end, tok.end
	}
	return true
}

// sameWord compares a word of a form with one of the text whose bases are known to be
// equal. Marks may be missing on a capital, of either (ÉTAT, ETAT, Etat); case follows the rule.
func (m *Matcher) sameWord(want, have string, rule Case) bool {
	a, b := letters{rest: want}, letters{rest: have}
	acronym := rule == Capital && isCapitals(want)
	for first := true; ; first = false {
		x, okX := a.next()
		y, okY := b.next()
		if !okX || !okY {
			return okX == okY
		}
		if x.base != y.base {
			return false
		}
		if x.marks != y.marks && !(y.marks == 0 && (y.upper || m.grammar.plainLetters)) && !(x.marks == 0 && x.upper) {
			return false
		}
		switch {
		case rule == Exact && x.upper != y.upper,
			acronym && x.upper && !y.upper,
			rule == Capital && first && x.upper && !y.upper:
			return false
		}
	}
}

// isCapitals reports whether a word is an acronym: two capitals or more and no small letter.
func isCapitals(word string) bool {
	n := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// A gap is what stands between two words.
type gap uint8

const (
	noGap gap = iota
	spaces
	hyphen
	apostrophe
	otherGap
)

// sameGap compares the gap of a form with that of the text. White space of any kind is
// one, as are hyphens and apostrophes; hyphen and space stand for each other. Anything
// else must be the same but for white space.
func sameGap(want, have string) bool {
	if want == have {
		return true
	}
	a, b := gapOf(want), gapOf(have)
	switch {
	case a == otherGap && b == otherGap:
		return equalGaps(want, have)
	case a == b:
		return true
	}
	return a == spaces && b == hyphen || a == hyphen && b == spaces
}

// maxGap is the longest white space, in bytes, within one occurrence.
const maxGap = 16

func gapOf(s string) gap {
	if s == "" {
		return noGap
	}
	r, size := utf8.DecodeRuneInString(s)
	rest := s[size:]
	switch {
	case isHyphen(r) && rest == "":
		return hyphen
	case isApostrophe(r) && (rest == "" || gapOf(rest) == spaces):
		return apostrophe
	case isBlank(s):
		return spaces
	}
	return otherGap
}

// isBlank reports whether a gap is white space within one paragraph.
func isBlank(s string) bool {
	lines := 0
	for _, r := range s {
		if r == '\n' {
			lines++
		} else if !unicode.IsSpace(r) && fold(r).class != invisible {
			return false
		}
	}
	return lines <= 1 && len(s) <= maxGap
}

// equalGaps compares punctuation, white space aside.
func equalGaps(a, b string) bool {
	next := func(s string) (rune, string) {
		for s != "" {
			r, size := utf8.DecodeRuneInString(s)
			s = s[size:]
			switch {
			case unicode.IsSpace(r) || fold(r).class == invisible:
			case isHyphen(r):
				return '-', s
			case isApostrophe(r):
				return '\'', s
			default:
				return r, s
			}
		}
		return 0, ""
	}
	for {
		var x, y rune
		x, a = next(a)
		y, b = next(b)
		if x != y {
			return false
		}
		if x == 0 {
			return true
		}
	}
}

func isHyphen(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '\u2212', '\ufe63', '\uff0d':
		return true
	}
	return false
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '\u2019', '\u2018', '\u02bc', '\u2032', '\uff07', '\u00b4':
		return true
	}
	return false
}
