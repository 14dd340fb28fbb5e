package glossary

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folding. A letter is folded to its base: lower case, without marks, ligatures taken
// apart (É → e, œ → o e, ß → s s). Two words with equal bases may be the same word; what
// was folded away, case and marks, is compared afterwards, letter by letter. So that
// spans stay those of the text as it is, the text is never rewritten: it is read through
// its folding.

// letter is a folded letter: its base, whether it was a capital, and its marks (0 for
// none; equal for equal marks, composed or not).
type letter struct {
	base  rune
	upper bool
	marks uint32
}

// charClass is what a character is to the scanner.
type charClass uint8

const (
	separator charClass = iota
	inWord              // letters, digits, underscore
	invisible           // combining marks, soft hyphen, zero-width characters: part of the word around them, without effect
)

// folded is what a character becomes: one or two letters. Second is 0 for one.
type folded struct {
	class         charClass
	upper         bool
	first, second rune
	marks         uint32
}

// foldTable holds the characters below U+0250, nearly all of Latin script.
var foldTable = func() (t [0x250]folded) {
	for r := range rune(len(t)) {
		t[r] = foldSlow(r)
	}
	return t
}()

// foldPunctuation holds the general punctuation: quotation marks, dashes, spaces.
var foldPunctuation = func() (t [0x70]folded) {
	for i := range t {
		t[i] = foldSlow(0x2000 + rune(i))
	}
	return t
}()

func fold(r rune) *folded {
	if int(r) < len(foldTable) {
		return &foldTable[r]
	}
	if i := r - 0x2000; 0 <= i && int(i) < len(foldPunctuation) {
		return &foldPunctuation[i]
	}
	f := foldSlow(r)
	return &f
}

// ligatures that Unicode does not take apart.
var ligatures = map[rune][2]rune{'œ': {'o', 'e'}, 'æ': {'a', 'e'}, 'ß': {'s', 's'}, 'ø': {'o'}, 'ł': {'l'}, 'đ': {'d'}, 'ı': {'i'}}

func foldSlow(r rune) folded {
	switch {
	case isIgnorable(r):
		return folded{class: invisible}
	case unicode.Is(unicode.Mn, r):
		return folded{class: invisible, marks: uint32(r)}
	case isApostrophe(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && !unicode.Is(unicode.Mc, r):
		return folded{}
	}
	f := folded{class: inWord, upper: unicode.IsUpper(r) || unicode.IsTitle(r)}
	var buf [utf8.UTFMax]byte
	decomposed := norm.NFKD.Bytes(buf[:utf8.EncodeRune(buf[:], r)])
	for len(decomposed) > 0 {
		d, size := utf8.DecodeRune(decomposed)
		decomposed = decomposed[size:]
		f.take(unicode.ToLower(d))
	}
	return f
}

// take adds a character of the decomposition.
func (f *folded) take(r rune) {
	pair, isLigature := ligatures[r]
	switch {
	case unicode.Is(unicode.Mn, r):
		f.marks = addMark(f.marks, r)
	case f.first == 0 && isLigature:
		f.first, f.second = pair[0], pair[1]
		if pair[1] == 0 {
			f.marks = uint32(r) // ø is o with a stroke
		}
	case f.first == 0:
		f.first = r
	case f.second == 0:
		f.second = r
	}
}

func addMark(marks uint32, r rune) uint32 { return marks*31 + uint32(r) }

// isIgnorable tells the characters that change how a word is shown, not what it says.
func isIgnorable(r rune) bool {
	switch r {
	case '\u00ad', '\u034f', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return false
}

// letters reads the letters of a string one by one.
type letters struct {
	rest    string
	pending rune // the second letter of a ligature
	upper   bool
}

// next returns the next letter, passing over separators, and false at the end.
func (l *letters) next() (letter, bool) {
	if l.pending != 0 {
		x := letter{base: l.pending, upper: l.upper}
		l.pending = 0
		return x, true
	}
	for len(l.rest) > 0 {
		r, size := utf8.DecodeRuneInString(l.rest)
		l.rest = l.rest[size:]
		f := fold(r)
		if f.class != inWord {
			continue
		}
		x := letter{f.first, f.upper, f.marks}
		if f.second != 0 {
			l.pending, l.upper = f.second, f.upper
		} else {
			x.marks = l.marksAfter(x.marks)
		}
		return x, true
	}
	return letter{}, false
}

// marksAfter adds the combining marks that follow a letter.
func (l *letters) marksAfter(marks uint32) uint32 {
	for len(l.rest) > 0 && l.rest[0] >= 0xC2 {
		r, size := utf8.DecodeRuneInString(l.rest)
		f := fold(r)
		if f.class != invisible {
			break
		}
		if f.marks != 0 {
			marks = addMark(marks, r)
		}
		l.rest = l.rest[size:]
	}
	return marks
}
