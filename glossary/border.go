package glossary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Borders: an occurrence ends where words end. An apostrophe before it must be that of an
// elided word (l’, jusqu’), or open a quotation; a hyphen beside it must not belong to a
// compound that is a word of its own (parole in porte-parole); and nothing is found in
// an address.

type span struct{ start, end int }

// bounded reports whether the n words of the window from its current one, from start to
// end in the text, are words of their own.
func (m *Matcher) bounded(w *window, start, end, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(w.text[:start])
	after, size := utf8.DecodeRuneInString(w.text[end:])
	switch {
	case isApostrophe(before) && !m.elided(w),
		isApostrophe(after) && !m.possessive(w.text[end+size:]),
		before == '.' && start > 1 && isDomain(w.text[start:end]) && !isSpaceByte(w.text[start-2]),
		after == '.' && w.text[end-1] != '.' && isDomain(w.text[end+size:]):
		return false
	}
	if (isHyphen(before) || isHyphen(after)) && m.inCompound(w, n) {
		return false
	}
	return !w.inLink(start, end)
}

func isSpaceByte(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '.' }

// isDomain reports whether a text that stands by a full stop without a space goes on like
// the name of a host or a file: in small ASCII letters.
func isDomain(s string) bool { return s != "" && 'a' <= s[0] && s[0] <= 'z' }

// elided reports whether the word before the current one, which an apostrophe follows, is
// one that elides; or whether there is none there, and the apostrophe is a quotation mark.
func (m *Matcher) elided(w *window) bool {
	tok := w.tokens[w.at]
	if w.at == 0 {
		return true
	}
	previous := w.tokens[w.at-1]
	if m.grammar.elided == nil || gapOf(w.text[previous.end:tok.start]) != apostrophe {
		return true
	}
	return m.grammar.elided[foldWord(w.text[previous.start:previous.end])]
}

// possessive reports whether what follows an apostrophe does not go on with the word: it
// is no letter, or it is the s of a possessive.
func (m *Matcher) possessive(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	if !unicode.IsLetter(r) {
		return true
	}
	if !m.grammar.possessive || r != 's' && r != 'S' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return fold(next).class == separator
}

// maxLinks is how many words to either side a compound is looked for.
const maxLinks = 3

// inCompound reports whether the n current words are part of a hyphenated word that the
// language's lexicon has as a whole.
func (m *Matcher) inCompound(w *window, n int) bool {
	if m.grammar.isWord == nil {
		return false
	}
	first, last := w.at, w.at+n-1
	left, right := first, last
	for left > 0 && first-left < maxLinks && w.hyphenated(left-1) {
		left--
	}
	for right+1 < len(w.tokens) && right-last < maxLinks && w.hyphenated(right) {
		right++
	}
	for l := left; l <= first; l++ {
		for r := right; r >= last; r-- {
			if l == first && r == last {
				continue
			}
			compound := w.text[w.tokens[l].start:w.tokens[r].end]
			if m.grammar.isWord(foldWord(compound)) {
				return true
			}
		}
	}
	return false
}

// hyphenated reports whether a hyphen alone stands between word i and the next.
func (w *window) hyphenated(i int) bool {
	return gapOf(w.text[w.tokens[i].end:w.tokens[i+1].start]) == hyphen
}

// foldWord writes a word as a lexicon has it: small letters, NFC, plain hyphens.
func foldWord(word string) string {
	word = strings.Map(func(r rune) rune {
		switch {
		case isHyphen(r):
			return '-'
		case isApostrophe(r):
			return '\''
		case isIgnorable(r):
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	return norm.NFC.String(word)
}

// inLink reports whether a span lies in a URL or an e-mail address of the text.
func (w *window) inLink(start, end int) bool {
	if !w.linked {
		w.links, w.linked = findLinks(w.links, w.text), true
	}
	i, _ := slices.BinarySearchFunc(w.links, start, func(l span, at int) int { return l.end - at - 1 })
	return i < len(w.links) && w.links[i].start < end
}

// findLinks appends the URLs, e-mail addresses and @names of a text, in order. Each is
// found by a mark it must have, and reaches as far as its characters go on.
func findLinks(links []span, text string) []span {
	for _, mark := range []string{"://", "www.", "@"} {
		for at := 0; ; {
			i := strings.Index(text[at:], mark)
			if i < 0 {
				break
			}
			l := linkAround(text, at+i, mark)
			if l.end > l.start+len(mark) {
				links = append(links, l)
			}
			at = max(l.end, at+i+len(mark))
		}
	}
	slices.SortFunc(links, func(a, b span) int { return a.start - b.start })
	return slices.CompactFunc(links, func(l, previous span) bool { return l.end <= previous.end })
}

func linkAround(text string, at int, mark string) span {
	l := span{at, at + len(mark)}
	for l.start > 0 && isAddress(text[l.start-1]) {
		l.start--
	}
	for l.end < len(text) && (isAddress(text[l.end]) || mark != "@" && isLink(text[l.end])) {
		l.end++
	}
	return l
}

// isAddress tells the characters of e-mail addresses, isLink those of URLs besides.
func isAddress(b byte) bool {
	return isWordByte(b) || b == '.' || b == '-' || b == '+' || b == '%'
}

func isLink(b byte) bool {
	return b > ' ' && b < utf8.RuneSelf && !strings.ContainsRune(`<>"()[]{}`, rune(b))
}
