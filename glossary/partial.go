package glossary

import (
	"strings"
	"unicode/utf8"
)

// Terms with whole-word: no are found within words too. They are few: each is sought by
// itself in the folded text, which is made for the purpose.

// partial is a form that may be part of a word.
type partial struct {
	term         uint32
	text, folded string
	asIs         bool
}

// folding is a text folded: letters to their bases, what stands between words to a space.
type folding struct {
	text string
	at   []int // of each byte of text, where in the original its character begins; and the end
}

func newFolding(original string) folding {
	var b strings.Builder
	var at []int
	for i, r := range original {
		f := fold(r)
		switch f.class {
		case invisible:
			continue
		case separator:
			b.WriteByte(' ')
		case inWord:
			b.WriteRune(f.first)
			if f.second != 0 {
				b.WriteRune(f.second)
			}
		}
		for len(at) < b.Len() {
			at = append(at, i)
		}
	}
	return folding{b.String(), append(at, len(original))}
}

// appendPartial appends the occurrences of partial forms.
func (m *Matcher) appendPartial(dst []Occurrence, text string) []Occurrence {
	if len(m.partial) == 0 {
		return dst
	}
	f := newFolding(text)
	for _, p := range m.partial {
		t := m.terms[p.term]
		rule := t.concept.Rule(t.term)
		for from := 0; p.folded != ""; {
			i := strings.Index(f.text[from:], p.folded)
			if i < 0 {
				break
			}
			i += from
			from = i + len(p.folded)
			start, end := f.at[i], f.end(from, text)
			if i > 0 && f.at[i-1] == start || !m.sameWord(p.text, text[start:end], rule.Case) {
				continue // begins within a ligature
			}
			dst = append(dst, Occurrence{Start: start, End: end, Concept: t.concept, Term: t.term, Why: p.why(text[start:end]), Form: p.text})
		}
	}
	return dst
}

// end is where the character before folded position i ends, its marks included.
func (f *folding) end(i int, original string) int {
	end := f.at[i-1]
	_, size := utf8.DecodeRuneInString(original[end:])
	for end += size; end < len(original); end += size {
		var r rune
		if r, size = utf8.DecodeRuneInString(original[end:]); fold(r).class != invisible {
			break
		}
	}
	return end
}

func (p *partial) why(surface string) Why {
	switch {
	case !p.asIs:
		return Inflected
	case surface == p.text:
		return AsWritten
	}
	return Folded
}
