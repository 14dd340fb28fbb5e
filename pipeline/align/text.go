package align

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// stemLength is how many letters of a word the lexicon looks at. Cutting words to a
// prefix is the oldest stemmer there is; it needs no language, and it lets a short text
// teach the lexicon what a hundred times more text would teach it about whole forms.
const stemLength = 6

// A text is one side, read once: its sentences as stem numbers and the marks that stand
// at their ends.
type text struct {
	sentences [][]int32 // stem numbers, in order
	clauses   [][]int32 // where in each sentence clauses begin, the first left out
	length    []float64 // letters, digits and signs of each sentence, blanks left out, plus 1
	first     []class   // how each sentence begins
	last      []class   // how each sentence ends
	paragraph []int     // the paragraph of each sentence; nil if not known
	*vocabulary
}

// A vocabulary numbers the stems of one side in order of appearance.
type vocabulary struct {
	number map[string]int32
	stem   []string
	count  []int      // tokens of each stem
	forms  [][]string // the different folded words cut to each stem, first come first
	tokens int
	known  int       // sentences read
	rarity []float64 // of each stem: 1 over its smoothed relative frequency
}

// leastTokens is how long a text is taken to be for telling how rare its words are: in a
// few lines none is rare, whatever it is elsewhere.
const leastTokens = 2000

// maxForms bounds the forms remembered for one stem; the first ones stand for the rest.
const maxForms = 8

// part is the view of sentences [s.Start, s.End), sharing the vocabulary.
func (t *text) part(s Span) *text {
	p := &text{
		sentences:  t.sentences[s.Start:s.End],
		clauses:    t.clauses[s.Start:s.End],
		length:     t.length[s.Start:s.End],
		first:      t.first[s.Start:s.End],
		last:       t.last[s.Start:s.End],
		vocabulary: t.vocabulary,
	}
	if t.paragraph != nil {
		p.paragraph = t.paragraph[s.Start:s.End]
	}
	return p
}

// read tokenises the sentences. marks, which may be nil, are further tokens of each
// sentence that mean the same on both sides (concepts of a glossary).
func read(sentences []string, marks [][]string, paragraph []int, o *settings) *text {
	n := len(sentences)
	t := &text{
		sentences:  make([][]int32, n),
		clauses:    make([][]int32, n),
		length:     make([]float64, n),
		first:      make([]class, n),
		last:       make([]class, n),
		paragraph:  paragraph,
		vocabulary: &vocabulary{number: map[string]int32{}, known: n},
	}
	for i, s := range sentences {
		words, clauses := tokens(s, o.fold)
		if i < len(marks) {
			for _, m := range marks[i] {
				words = append(words, markPrefix+m)
			}
		}
		t.sentences[i], t.clauses[i] = t.add(words), clauses
		t.length[i] = 1
		for _, r := range s {
			if !unicode.IsSpace(r) {
				t.length[i]++
			}
		}
		t.first[i], t.last[i] = firstClass(s), lastClass(s)
	}
	t.rarity = make([]float64, len(t.count))
	whole := max(float64(t.tokens)+.5*float64(len(t.count)), leastTokens)
	for id, n := range t.count {
		t.rarity[id] = whole / (float64(n) + .5)
	}
	return t
}

func (v *vocabulary) add(words []string) []int32 {
	ids := make([]int32, len(words))
	for i, w := range words {
		s := stem(w)
		id, ok := v.number[s]
		if !ok {
			id = int32(len(v.stem))
			v.number[s] = id
			v.stem = append(v.stem, s)
			v.count = append(v.count, 0)
			v.forms = append(v.forms, nil)
		}
		v.count[id]++
		v.tokens++
		if f := v.forms[id]; len(f) < maxForms && !slices.Contains(f, w) {
			v.forms[id] = append(f, w)
		}
		ids[i] = id
	}
	return ids
}

// Tokens that are not words begin with a sign of their own: a number with its digits
// alone, so that 1,234 and 1 234 are one; a mark given by the caller.
const (
	numberPrefix = "#"
	markPrefix   = "@"
)

// isWord reports whether a token is made of letters.
func isWord(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.IsLetter(r)
}

// stem cuts a word to its first letters; numbers and marks stay whole.
func stem(w string) string {
	if len(w) <= stemLength || !isWord(w) {
		return w
	}
	n := 0
	for i := range w {
		if n == stemLength {
			return w[:i]
		}
		n++
	}
	return w
}

// Fold is the folding of words when no other is given: lower case, without diacritics,
// ligatures spelt out, the apostrophe straight.
func Fold(s string) string {
	if isLowerASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch r = unicode.ToLower(r); {
		case unicode.Is(unicode.Mn, r):
		case r == 'œ':
			b.WriteString("oe")
		case r == 'æ':
			b.WriteString("ae")
		case r == 'ß':
			b.WriteString("ss")
		case r == '’':
			b.WriteByte('\'')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isLowerASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// tokens cuts a sentence into folded words, numbers and the punctuation that
// translators keep. An elided word (l', qu') ends at its apostrophe. Scripts written
// without spaces give one token a character. Clauses begin after punctuation; where they
// do is counted in tokens.
func tokens(s string, fold func(string) string) (out []string, clauses []int32) {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case unicode.IsDigit(r):
			size = numberEnd(s)
			out = append(out, numberPrefix+digits(s[:size]))
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer):
			out = append(out, s[:size])
		case unicode.IsLetter(r):
			size = wordEnd(s)
			out = append(out, fold(s[:size]))
		default:
			if p := keptPunctuation(r); p != "" {
				out = append(out, p)
			}
			if endsClause(r) {
				clauses = append(clauses, int32(len(out)))
			}
		}
		s = s[size:]
	}
	return out, clauses
}

// endsClause reports whether a sign stands between clauses: punctuation and long dashes,
// but nothing that may stand within a word.
func endsClause(r rune) bool {
	switch r {
	case '\'', '’', '-', '‐', '‑', '/', '*', '&', '@', '#', '%', '_':
		return false
	}
	return unicode.IsPunct(r)
}

// keptPunctuation is the token for a sign that tends to survive translation, or "".
func keptPunctuation(r rune) string {
	switch r {
	case '?', '!', ':', ';', '(', '%', '$', '€', '£', '…':
		return string(r)
	case '"', '«', '“', '»', '”', '„':
		return `"`
	}
	return ""
}

// wordEnd is the length in bytes of the word that s begins with.
func wordEnd(s string) int {
	end := 0
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			if (r == '\'' || r == '’') && i <= 6 {
				after := i + utf8.RuneLen(r)
				if next, _ := utf8.DecodeRuneInString(s[after:]); unicode.IsLetter(next) {
					return after
				}
			}
			return i
		}
		end = i + utf8.RuneLen(r)
	}
	return min(end, len(s))
}

// numberEnd is the length in bytes of the number that s begins with: digits with points
// and commas between them, and blanks before groups of exactly three.
func numberEnd(s string) int {
	end := 0
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		rest := s[end+size:]
		switch {
		case unicode.IsDigit(r):
		case (r == '.' || r == ',') && digitRun(rest) > 0:
		case (r == ' ' || r == '\u00a0' || r == '\u202f') && digitRun(rest) == 3:
		default:
			return end
		}
		end += size
	}
	return end
}

// digitRun counts the digits s begins with, up to four.
func digitRun(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsDigit(r) || n == 4 {
			break
		}
		n++
	}
	return n
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// A class is how a sentence begins or ends.
type class int8

const (
	other class = iota
	fullStop
	question
	exclamation
	semicolon
	colon
	comma
	ellipsis
	digit
	upper
	lower
	dash
	quote
	classes // how many there are
)

// lastClass is the sentence's last sign, closing quotes and brackets left aside.
func lastClass(s string) class {
	s = strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.Pf, unicode.Pe, unicode.Pi) || r == '"' || r == '\''
	})
	r, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case r == '.' || r == '。':
		if strings.HasSuffix(s, "..") {
			return ellipsis
		}
		return fullStop
	case r == '?' || r == '？' || r == '؟':
		return question
	case r == '!' || r == '！':
		return exclamation
	case r == ';' || r == '；':
		return semicolon
	case r == ':' || r == '：':
		return colon
	case r == ',' || r == '،':
		return comma
	case r == '…':
		return ellipsis
	case unicode.IsDigit(r):
		return digit
	}
	return other
}

// firstClass is the sentence's first sign.
func firstClass(s string) class {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unicode.IsSpace))
	switch {
	case unicode.IsUpper(r):
		return upper
	case unicode.IsLower(r):
		return lower
	case unicode.IsDigit(r):
		return digit
	case unicode.Is(unicode.Pd, r):
		return dash
	case unicode.In(r, unicode.Pi, unicode.Pf) || r == '"' || r == '\'' || r == '„':
		return quote
	}
	return other
}
