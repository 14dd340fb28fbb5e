package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"drogman/pipeline/bitext"
)

// text is one side of a unit, cut into words once for all rules.
type text struct {
	raw    string
	tongue *tongue
	words  []word
	folded map[string]bool // of the words, made when a long text is first asked for one
}

// word is a run of letters, digits and combining marks. Apostrophes and hyphens part
// words ("l'Égypte" is two).
type word struct {
	bitext.Span
	fold  string // lower case without accents, "œ" as "oe"
	upper bool   // begins with a capital
	caps  bool   // has no lower-case letter, and two capitals at least
	alpha bool   // has no digit
}

// newText cuts raw into words.
func newText(raw string, t *tongue) text {
	return text{raw: raw, tongue: t, words: cutWords(raw)}
}

func cutWords(s string) []word {
	words := make([]word, 0, len(s)/6+1)
	for i := 0; i < len(s); {
		n := wordLength(s[i:])
		if n > 0 {
			words = append(words, newWord(s, i, i+n))
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return words
}

// wordLength is the length in bytes of the word at the head of s, or 0.
func wordLength(s string) int {
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf && isASCIIWord(byte(r)):
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)):
		default:
			return i
		}
	}
	return len(s)
}

func isASCIIWord(b byte) bool {
	return 'a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9'
}

func newWord(s string, start, end int) word {
	w := word{Span: bitext.Span{Start: start, End: end}, alpha: true}
	lower, capitals := false, 0
	for i, r := range s[start:end] {
		switch {
		case unicode.IsUpper(r):
			capitals++
			w.upper = w.upper || i == 0
		case unicode.IsLower(r):
			lower = true
		case unicode.IsDigit(r):
			w.alpha = false
		}
	}
	w.caps = capitals > 1 && !lower
	w.fold = fold(s[start:end])
	return w
}

// fold is s in lower case, without accents, with œ and æ opened: the form in which words
// are compared. A string that is so already is returned as it is, without allocation.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return foldAny(s)
		}
		plain = plain && !('A' <= s[i] && s[i] <= 'Z')
	}
	if plain {
		return s
	}
	return strings.ToLower(s)
}

func foldAny(s string) string {
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
		case r == '\u2019':
			b.WriteByte('\'')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// has reports whether one of the words is w, folded.
func (t *text) has(w string) bool {
	if len(t.words) > fewWords {
		return t.set()[w]
	}
	for i := range t.words {
		if t.words[i].fold == w {
			return true
		}
	}
	return false
}

// fewWords are looked through faster than a set of them is made.
const fewWords = 100

func (t *text) set() map[string]bool {
	if t.folded == nil {
		t.folded = make(map[string]bool, len(t.words))
		for _, w := range t.words {
			t.folded[w.fold] = true
		}
	}
	return t.folded
}

// in returns the part of the text that the span covers.
func (t *text) in(s bitext.Span) string { return t.raw[s.Start:s.End] }
