package glossary

import (
	"math/bits"
	"unicode/utf8"
)

// token is a word of a text: where it stands, in bytes, and the hash of its folded
// letters. A dotted acronym (O.N.U.) is one token, with the hash of ONU.
type token struct {
	start, end int
	hash       uint64
}

// A byte's class tells the scanner what to do with it: ASCII letters and digits are their
// own folded selves, everything else that is no separator is decoded.
const (
	byteSeparator = 0
	byteOther     = 1 // the lead byte of a character beyond ASCII, or an invalid byte
)

// byteFold holds each byte's folded letter, or one of the classes above.
var byteFold = func() (t [256]uint8) {
	for b := range t {
		switch c := byte(b); {
		case c >= utf8.RuneSelf:
			t[b] = byteOther
		case c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || isCapital(c):
			t[b] = c | 0x20
		}
	}
	return t
}()

// latinFold holds the folded letter of the characters U+00C0 to U+00FF, the accented
// letters of French, by their second byte; 0 where it takes more than that one letter.
var latinFold = func() (t [64]uint8) {
	for b := range t {
		if f := fold(rune(0xC0 + b)); f.class == inWord && f.second == 0 && f.first < utf8.RuneSelf {
			t[b] = uint8(f.first)
		}
	}
	return t
}()

func isWordByte(b byte) bool { return byteFold[b] > byteOther }

const hashSeed = 0x51_7C_C1_B7_27_22_0A_95

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^b, 0x9E3779B97F4A7C15)
	return hi ^ lo
}

// hasher hashes the folded bytes of a word, eight at a time.
type hasher struct {
	hash, pending uint64
	n             uint // bytes in pending, fewer than 8
}

// feed adds the first count bytes of a word of eight, least significant first; the
// others are zero.
func (h *hasher) feed(bytes uint64, count uint) {
	h.pending |= bytes << (8 * h.n)
	if h.n += count; h.n >= 8 {
		h.n -= 8
		h.hash = mix(h.hash, h.pending)
		h.pending = bytes >> (8 * (count - h.n))
	}
}

func (h *hasher) rune(r rune) {
	for ; r >= utf8.RuneSelf; r >>= 7 {
		h.feed(uint64(r&0x7f|0x80), 1)
	}
	h.feed(uint64(r), 1)
}

func (h *hasher) letters(f *folded) {
	if f.class == invisible {
		return
	}
	h.rune(f.first)
	if f.second != 0 {
		h.rune(f.second)
	}
}

func (h *hasher) sum() uint64 { return mix(h.hash, h.pending) }

// nextToken returns the first word at or after position i of the text; ok is false where
// there is none.
func nextToken(text string, i int) (t token, ok bool) {
	if i = skipSeparators(text, i); i >= len(text) {
		return token{}, false
	}
	start := i
	h := hasher{hash: hashSeed}
	for i < len(text) {
		if i+8 <= len(text) {
			bytes, count := leadingWord(load8(text, i))
			h.feed(bytes, count)
			if i += int(count); count == 8 || i == len(text) {
				continue
			}
		} else if c := byteFold[text[i]]; c > byteOther {
			h.feed(uint64(c), 1)
			i++
			continue
		}
		if text[i] < utf8.RuneSelf {
			break
		}
		if text[i] == 0xC3 && i+1 < len(text) && text[i+1]>>6 == 0b10 {
			if c := latinFold[text[i+1]&0x3f]; c != 0 {
				h.feed(uint64(c), 1)
				i += 2
				continue
			}
		}
		r, size := decode(text, i)
		f := fold(r)
		if f.class == separator {
			break
		}
		h.letters(f)
		i += size
	}
	hash := h.sum()
	if i == start+1 && i < len(text) && text[i] == '.' {
		if end, d := dotted(text, start); end > 0 {
			i, hash = end, d
		}
	}
	return token{start, i, hash}, true
}

func load8(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// leadingWord returns how many of eight bytes of text, from the least significant, are
// ASCII letters, digits or underscores, and these folded, as byteFold has them.
//
// All eight are judged at once. Adding to each byte, its top bit cleared, what carries the
// first of a range to 0x80 sets the top bit of those that are no less than it.
func leadingWord(x uint64) (folded uint64, count uint) {
	const (
		ones = 0x0101010101010101
		tops = 0x80 * ones
	)
	lower := x | 0x20*ones
	letter, plain := lower&^tops, x&^tops
	word := (letter + (0x80-'a')*ones) &^ (letter + (0x80-'z'-1)*ones)
	word |= (plain + (0x80-'0')*ones) &^ (plain + (0x80-'9'-1)*ones)
	word |= ^((plain ^ '_'*ones) + 0x7f*ones)
	other := ^word&tops | x&tops
	count = uint(bits.TrailingZeros64(other)) / 8
	return lower & (1<<(8*count) - 1), count
}

// skipSeparators returns the start of the first letter at or after i.
func skipSeparators(text string, i int) int {
	for i < len(text) {
		switch c := byteFold[text[i]]; c {
		case byteSeparator:
			i++
		case byteOther:
			r, size := decode(text, i)
			if fold(r).class == inWord {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

// decode reads the character at i. The characters of two bytes, nearly all there are in
// Latin script, are read here without a call.
func decode(text string, i int) (rune, int) {
	b := text[i]
	if b>>5 == 0b110 && i+1 < len(text) && text[i+1]>>6 == 0b10 && b >= 0xC2 {
		return rune(b&0x1f)<<6 | rune(text[i+1]&0x3f), 2
	}
	return utf8.DecodeRuneInString(text[i:])
}

func isCapital(b byte) bool { return 'A' <= b && b <= 'Z' }

// dotted returns the end of the dotted acronym that begins at start (U.S., O.N.U.), its
// last dot included, and the hash of its letters; 0 where there is none.
func dotted(text string, start int) (end int, hash uint64) {
	h := hasher{hash: hashSeed}
	i, n := start, 0
	for i+1 < len(text) && isCapital(text[i]) && text[i+1] == '.' {
		h.feed(uint64(byteFold[text[i]]), 1)
		i += 2
		n++
	}
	if n < 2 {
		return 0, 0
	}
	if i < len(text) && byteFold[text[i]] != byteSeparator {
		if !isCapital(text[i]) || i+1 < len(text) && byteFold[text[i+1]] != byteSeparator {
			return 0, 0 // J.F.Kennedy
		}
		h.feed(uint64(byteFold[text[i]]), 1) // U.S.A without the last dot
		i++
	}
	return i, h.sum()
}
