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

// A byte's class tells the scanner what to do with it. Letters of ASCII and of Latin-1
// are folded by table; everything else is decoded.
const (
	byteSeparator = iota
	byteWord      // an ASCII letter or digit, or an underscore
	byteLatin     // 0xC3: the letters of Latin-1
	byteOther     // the lead byte of another character, or an invalid byte
)

var byteClass = func() (t [256]uint8) {
	for b := range t {
		switch c := byte(b); {
		case c >= utf8.RuneSelf && c != 0xC3:
			t[b] = byteOther
		case c == 0xC3:
			t[b] = byteLatin
		case c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z':
			t[b] = byteWord
		}
	}
	return t
}()

var asciiFold = func() (t [256]uint8) {
	for b := range t {
		if t[b] = uint8(b); 'A' <= b && b <= 'Z' {
			t[b] += 'a' - 'A'
		}
	}
	return t
}()

const (
	hashSeed  = 14695981039346656037
	hashPrime = 1099511628211
)

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^b, 0x9E3779B97F4A7C15)
	return hi ^ lo
}

// nextToken returns the first word at or after position i of the text; ok is false where
// there is none.
func nextToken(text string, i int) (t token, ok bool) {
	for {
		if i = skipSeparators(text, i); i >= len(text) {
			return token{}, false
		}
		start := i
		hash := uint64(hashSeed)
		for i < len(text) {
			b := text[i]
			if byteClass[b] == byteWord {
				hash = (hash ^ uint64(asciiFold[b])) * hashPrime
				i++
				continue
			}
			if byteClass[b] == byteSeparator {
				break
			}
			r, size := decode(text, i)
			f := fold(r)
			if f.class == separator {
				break
			}
			hash = f.hash(hash)
			i += size
		}
		if hash == hashSeed {
			continue // marks with no letter
		}
		if i == start+1 && i < len(text) && text[i] == '.' {
			if end, h := dotted(text, start); end > 0 {
				i, hash = end, h
			}
		}
		return token{start, i, hash}, true
	}
}

func (f folded) hash(h uint64) uint64 {
	if f.class == invisible {
		return h
	}
	h = hashRune(h, f.first)
	if f.second != 0 {
		h = hashRune(h, f.second)
	}
	return h
}

func hashRune(h uint64, r rune) uint64 {
	for ; r >= utf8.RuneSelf; r >>= 7 {
		h = (h ^ uint64(r&0x7f|0x80)) * hashPrime
	}
	return (h ^ uint64(r)) * hashPrime
}

// skipSeparators returns the start of the first character at or after i that is part of a word.
func skipSeparators(text string, i int) int {
	for i < len(text) {
		switch byteClass[text[i]] {
		case byteSeparator:
			i++
		case byteWord:
			return i
		default:
			r, size := decode(text, i)
			if fold(r).class == inWord {
				return i
			}
			i += size
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
	hash = hashSeed
	i, n := start, 0
	for i+1 < len(text) && isCapital(text[i]) && text[i+1] == '.' {
		hash = (hash ^ uint64(asciiFold[text[i]])) * hashPrime
		i += 2
		n++
	}
	if n < 2 {
		return 0, 0
	}
	if i < len(text) && byteClass[text[i]] != byteSeparator {
		if !isCapital(text[i]) || i+1 < len(text) && byteClass[text[i+1]] != byteSeparator {
			return 0, 0 // J.F.Kennedy
		}
		hash = (hash ^ uint64(asciiFold[text[i]])) * hashPrime // U.S.A without the last dot
		i++
	}
	return i, hash
}
