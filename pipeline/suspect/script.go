package suspect

import (
	"iter"
	"regexp"
	"strings"
	"unicode"
)

// lookalikes are the letters of other alphabets that a reader takes for Latin ones, by
// script (from Unicode's confusables.txt, those that fonts draw alike).
var lookalikes = map[*unicode.RangeTable]string{
	unicode.Cyrillic: "аеорсухіјѕһԁԛԝӏєАВЕЗКМНОРСТУХІЈЅҮԚԜӀ",
	// Small Greek letters stand in Latin words by right (NF-κB, μm, γH2AX); omicron does not.
	unicode.Greek: "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
}

// latin are the Latin letters that a reader takes for those of another alphabet.
const latin = "aeopcyxijsABEKMHOPCTYXIJS"

// disguised reports whether a word has letters of two scripts, all those of one of them
// looking like the other's.
func disguised(word string) bool {
	if ascii(word) {
		return false
	}
	latins, latinsAlike := count(word, unicode.Latin, latin)
	for script, like := range lookalikes {
		others, othersAlike := count(word, script, like)
		if latins == 0 || others == 0 {
			continue
		}
		if othersAlike == others || latinsAlike == latins && script == unicode.Cyrillic {
			return true
		}
	}
	return false
}

// count counts the letters of a script in a word, and how many of them are among some.
func count(word string, script *unicode.RangeTable, some string) (all, among int) {
	for _, r := range word {
		if unicode.Is(script, r) {
			all++
			if strings.ContainsRune(some, r) {
				among++
			}
		}
	}
	return all, among
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// words yields the spans of a text's words: runs of letters and marks.
func words(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		start := -1
		for i, r := range text {
			in := r|0x20 >= 'a' && r|0x20 <= 'z' || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsMark(r))
			if in && start < 0 {
				start = i
			} else if !in && start >= 0 {
				if !yield(start, i) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(start, len(text))
		}
	}
}

// mojibake is UTF-8 read as windows-1252 or ISO 8859-1: of Latin letters with accents (Ã©,
// Å“), of quotation marks and dashes (â€™), of spaces and signs before 00C0 (Â«), of a mark of
// byte order (ï»¿). Å is a letter that quotation marks may follow, and Â one that a capital's
// closing mark may: each counts only beside what French has there.
var mojibake = regexp.MustCompile("Ã[\u0080-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“•–˜™š›œžŸ]|" +
	"Å“\\p{Ll}|Å’[Uu]|" +
	"[\\p{Ll}\\d\\s]Â[\u00a0-\u00bf]|^Â[\u00a0-\u00bf]|" +
	"â[€\u0080][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â‚¬|" +
	"ï»¿|ï¿½")
