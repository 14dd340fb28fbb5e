package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is the kind of sentence-ending punctuation.
type mark uint8

const (
	noMark        mark = iota
	period             // .
	ellipsis           // … and two or more full stops
	strong             // ? ! and their kin; stronger than an ellipsis beside it
	fullwide           // 。 ！ ？, after which no space is needed
	markColon          // : in flattened text
	markSemicolon      // ; in flattened text
)

func markOf(r rune) mark {
	switch r {
	case '.':
		return period
	case '!', '?', '‼', '⁇', '⁈', '⁉', '؟', '۔', '।', '॥':
		return strong
	case '…':
		return ellipsis
	case '。', '！', '？', '｡':
		return fullwide
	}
	return noMark
}

// site is the neighbourhood of a candidate: « Quoi ? » Puis
type site struct {
	text      string
	candidate bool // something follows, after white space
	mark      mark // what the punctuation amounts to
	term      int  // where the punctuation begins
	after     int  // where its first run ends
	place     int  // behind its closers: where the segment would end
	closer    rune // the last closer, 0 if there is none
	next      int  // the first visible byte after the white space
	opener    rune // the last opener or dash before the next word, 0 if there is none
	word      int  // where the next word begins
	first     rune // its first rune
	wrapped   bool // there is a soft line break in the white space

	from   int    // first visible byte of the segment
	before string // the word before the punctuation, behind quotes and elisions
	prev   int    // where that word begins
}

// readSite reads the neighbourhood of the punctuation at w.pos.
func (w *walker) readSite(s *site) {
	*s = site{text: w.text, term: w.pos, from: w.from}
	s.mark, s.after = readMarks(w.text, w.pos)
	s.place = s.after
	s.readClosers()
	s.readBefore()
	w.readNext(s)
}

// readBefore reads the word before the punctuation, or before the space that French puts
// in front of some.
func (s *site) readBefore() {
	end := s.term
	if s.mark != period && s.mark != noMark {
		end = s.from + len(strings.TrimRight(s.text[s.from:s.term], " \u00A0\u202F"))
	}
	s.prev = wordStart(s.text, s.from, end)
	s.before = s.text[s.prev:end]
}

// readNext reads what follows the site's place, unless the layout ends the segment there.
func (w *walker) readNext(s *site) {
	end := min(len(w.text), s.place+look)
	i := s.place
	for i < end {
		r, n := utf8.DecodeRuneInString(w.text[i:])
		if !isBlank(r) {
			break
		}
		if r == '\n' {
			if hard, _ := w.hardBreak(i); hard {
				return
			}
			s.wrapped = true
		}
		i += n
	}
	s.next = i
	s.candidate = i < len(w.text) && (i > s.place || s.mark == fullwide)
	s.readWord()
}

// readMarks reads a run of punctuation and says what it amounts to and where it ends.
// "? !", "… !" and ". . ." are one run. A run is read in pieces of look bytes.
func readMarks(text string, at int) (kind mark, end int) {
	dots := 0
	for i := at; i < min(len(text), at+look); {
		r, n := utf8.DecodeRuneInString(text[i:])
		m := markOf(r)
		if m == noMark {
			break
		}
		if m == period {
			if dots++; dots > 1 {
				m = ellipsis
			}
		}
		kind = max(kind, m)
		i += n
		end = i
		if spacedMark(m, text[i:]) {
			i++
		}
	}
	return kind, end
}

// spacedMark reports whether the mark goes on behind a space: "? !" or ". . .".
func spacedMark(m mark, rest string) bool {
	if len(rest) < 2 || rest[0] != ' ' {
		return false
	}
	switch rest[1] {
	case '.':
		return m == period || m == ellipsis
	case '!', '?':
		return true
	}
	return false
}

// readClosers moves place over what closes the sentence: quotes, brackets, calls of
// footnotes, and a full stop behind them.
func (s *site) readClosers() {
	end := min(len(s.text), s.after+look)
	for s.place < end {
		i := s.place
		r, n := utf8.DecodeRuneInString(s.text[i:])
		for i < end && (r == ' ' || r == '\u00A0' || r == '\u202F') {
			i += n
			r, n = utf8.DecodeRuneInString(s.text[i:])
		}
		spaced := i > s.place
		switch {
		case spaced && (r == '»' || r == '›') && !opens(s.text[i+n:]) || !spaced && (isCloser(r) || r == '"' || r == '\'' || r == '“'):
			s.closer = r
		case spaced && r == '"' && s.odd(i, end):
			s.closer = r
		case !spaced && markOf(r) != noMark && s.closer != 0:
			s.mark, n = readMarks(s.text, i)
			n -= i
		case !spaced && isSuperscript(r):
		case !spaced && r == '[' && noteCall(s.text[i:end]) > 0:
			n = noteCall(s.text[i:end])
		case !spaced && '0' <= r && r <= '9' && s.place == s.after && s.noteDigits(i, end) > 0:
			n = s.noteDigits(i, end)
		default:
			return
		}
		s.place = i + n
	}
}

// odd reports whether the straight quote at i closes: it stands before white space and
// the segment has an odd number of them before it.
func (s *site) odd(i, end int) bool {
	if r, _ := utf8.DecodeRuneInString(s.text[i+1:]); i+1 < end && !isBlank(r) && markOf(r) == noMark {
		return false
	}
	return strings.Count(s.text[max(s.from, i-2*look):i], `"`)%2 == 1
}

// noteCall is the length of a bracketed footnote call, [12], at the start of the text.
func noteCall(text string) int {
	i := 1
	for i < len(text) && '0' <= text[i] && text[i] <= '9' {
		i++
	}
	if i > 1 && i < 5 && i < len(text) && text[i] == ']' {
		return i + 1
	}
	return 0
}

// noteDigits is the length of a footnote call in plain digits: one or two of them
// between a full stop that follows a lower-case letter and white space.
func (s *site) noteDigits(i, end int) int {
	last, _ := utf8.DecodeLastRuneInString(s.text[s.from:s.term])
	if s.mark != period || !unicode.IsLower(last) {
		return 0
	}
	n := 0
	for i+n < end && n < 3 && '0' <= s.text[i+n] && s.text[i+n] <= '9' {
		n++
	}
	if n > 2 || i+n >= end || s.text[i+n] != ' ' {
		return 0
	}
	return n
}

func isSuperscript(r rune) bool {
	return r == '¹' || r == '²' || r == '³' || '⁰' <= r && r <= '⁹'
}

// opens reports whether a guillemet before the text opens: German writes »so«.
func opens(rest string) bool { return unicode.IsLetter(firstRune(rest)) }

func isCloser(r rune) bool {
	switch r {
	case '»', '”', '’', ')', ']', '}', '›', '*', '_':
		return true
	}
	return false
}

func isOpener(r rune) bool {
	switch r {
	case '«', '“', '„', '‟', '"', '\'', '‘', '(', '[', '{', '‹', '*', '_', '¿', '¡':
		return true
	}
	return false
}

func isDash(r rune) bool {
	switch r {
	case '-', '–', '—', '―', '•':
		return true
	}
	return false
}

// openers is how many bytes of quotes, brackets, dashes and spaces may stand before a word.
const openers = 32

// readWord moves word over openers and dashes to the next word.
func (s *site) readWord() {
	end := min(len(s.text), s.next+openers)
	s.word = s.next
	for s.word < end {
		r, n := utf8.DecodeRuneInString(s.text[s.word:])
		if !isOpener(r) && !(r == '»' && opens(s.text[s.word+n:])) && !isLeadingDash(r, s.text[s.word+n:]) && !(isBlank(r) && r != '\n') {
			s.first = r
			return
		}
		if !isBlank(r) {
			s.opener = r
		}
		s.word += n
	}
}

// isLeadingDash reports whether the rune is a dash that may stand before a sentence,
// rather than the sign of a number.
func isLeadingDash(r rune, rest string) bool {
	return isDash(r) && rest != "" && !unicode.IsDigit(rune(rest[0]))
}

// wordStart is where the word that ends at the offset begins, behind white space,
// quotes, brackets and elisions, and not before from.
func wordStart(text string, from, end int) int {
	i := end
	for i > from && end-i < 40 {
		r, n := utf8.DecodeLastRuneInString(text[from:i])
		if isBlank(r) || isOpener(r) || r == '’' || r == '/' || r == '»' {
			break
		}
		i -= n
	}
	return i
}

// nextWord is the word at the site's next word, up to and with an apostrophe.
func (s *site) nextWord() string {
	end := min(len(s.text), s.word+40)
	for i := s.word; i < end; {
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if r == '\'' || r == '’' {
			return s.text[s.word : i+n]
		}
		if !unicode.IsLetter(r) && r != '-' {
			return s.text[s.word:i]
		}
		i += n
	}
	return s.text[s.word:end]
}
