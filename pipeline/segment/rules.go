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
		case r == '»' || r == '›' || !spaced && (isCloser(r) || r == '"' || r == '\'' || r == '“'):
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
		if !isOpener(r) && !isLeadingDash(r, s.text[s.word+n:]) && !(isBlank(r) && r != '\n') {
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

// verdict is what a rule says of a site.
type verdict struct {
	ends bool
	rule string
	odds float64
	said []Clue
}

func (v verdict) decision(at int) Decision {
	return Decision{At: at, Break: v.ends, Rule: v.rule, Odds: v.odds, Evidence: v.said}
}

// judge decides whether a segment ends at the site.
func (w *walker) judge(s *site) verdict {
	for i := range rules {
		switch rules[i].says(w.Segmenter, s) {
		case ends:
			return verdict{ends: true, rule: rules[i].name}
		case goesOn:
			return verdict{rule: rules[i].name}
		}
	}
	return verdict{ends: true, rule: "full-stop"}
}

type opinion uint8

const (
	none opinion = iota
	ends
	goesOn
)

// rule is one reason to end a sentence, or not to.
type rule struct {
	name string
	says func(*Segmenter, *site) opinion
}

// rules are asked in order; the first that has an opinion decides. A site that no rule
// has an opinion of ends the sentence.
var rules = []rule{
	{"user", func(g *Segmenter, s *site) opinion { return g.user.says(s.text, s.place) }},
	{"wide-mark", func(g *Segmenter, s *site) opinion { return when(s.mark == fullwide, ends) }},
	{"punctuation-follows", punctuationFollows},
	{"list-dash", listDash},
	{"lower-case-starter", lowerCaseStarter},
	{"question-before-lower-case", questionBeforeLowerCase},
	{"lower-case-follows", lowerCaseFollows},
	{"bracketed-mark", bracketedMark},
	{"question", func(g *Segmenter, s *site) opinion { return when(s.mark == strong, ends) }},
	{"ellipsis", ellipsisRule},
	{"bracketed-abbreviation", bracketedAbbreviation},
	{"closed", func(g *Segmenter, s *site) opinion { return when(s.closer != 0, ends) }},
	{"numbering", numbering},
	{"abbreviation", abbreviationRule},
	{"initial", initial},
	{"acronym", acronym},
	{"ordinal", ordinal},
}

func when(holds bool, o opinion) opinion {
	if holds {
		return o
	}
	return none
}

func punctuationFollows(_ *Segmenter, s *site) opinion {
	r, _ := utf8.DecodeRuneInString(s.text[s.next:])
	return when(strings.ContainsRune(",;:)]}%»”/=+<>|&", r) || markOf(r) == period, goesOn)
}

// listDash: a full stop, then a dash, then a word in lower case: an item of a list.
func listDash(g *Segmenter, s *site) opinion {
	dash := s.opener != 0 && isDash(s.opener) && (unicode.IsLower(s.first) || unicode.IsDigit(s.first))
	return when(dash && s.mark == period && s.closer == 0 && g.table.classOf(s) == plain && utf8.RuneCountInString(s.before) > 2, ends)
}

// lowerCaseStarter: "à" behind a full stop is the "À" that a French keyboard lacks, a web
// address has no capital, and who types English in a hurry uses none at all.
func lowerCaseStarter(g *Segmenter, s *site) opinion {
	if s.mark != period || s.closer != 0 || !unicode.IsLower(s.first) || !isPlainWord(s.before) || g.table.classOf(s) != plain {
		return none
	}
	rest := s.text[s.word:]
	address := strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "www.")
	return when(address || g.table.uncapped["*"] || g.table.uncapped[s.nextWord()], ends)
}

// isPlainWord reports whether the word is four letters or more, in lower case but for the
// first: what is shorter may be an abbreviation that no table has.
func isPlainWord(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsLower(r) && (n > 0 || !unicode.IsUpper(r)) {
			return false
		}
		n++
	}
	return n > 3
}

// questionBeforeLowerCase: a language that always puts speech in quotes, as English does
// and French does not, has no "Quoi ? dit-il": without a closing quote the mark ends a
// sentence even before lower case.
func questionBeforeLowerCase(g *Segmenter, s *site) opinion {
	quoted := g.table.quoted && s.mark == strong && s.closer == 0 && s.opener == 0
	return when(quoted && unicode.IsLower(s.first) && !strings.HasSuffix(s.text[s.from:s.term], "("), ends)
}

// lowerCaseFollows: a sentence does not begin in lower case, unless the word is a name
// such as iPhone.
func lowerCaseFollows(_ *Segmenter, s *site) opinion {
	if !unicode.IsLower(s.first) {
		return none
	}
	_, n := utf8.DecodeRuneInString(s.text[s.word:])
	second, _ := utf8.DecodeRuneInString(s.text[s.word+n:])
	return when(!unicode.IsUpper(second), goesOn)
}

// bracketedMark: (!) and (?) comment on a word.
func bracketedMark(_ *Segmenter, s *site) opinion {
	return when(s.mark == strong && s.term > s.from && strings.HasPrefix(s.text[s.after:], ")") && s.text[s.term-1] == '(', goesOn)
}

// ellipsisRule: an ellipsis ends a sentence before a capital, but not at the sentence's
// own beginning, nor in brackets, where it stands for words left out.
func ellipsisRule(g *Segmenter, s *site) opinion {
	switch {
	case s.mark != ellipsis:
		return none
	case strings.Trim(s.text[s.from:s.term], "[(") == "", unicode.IsDigit(s.first):
		return goesOn
	case s.term > s.from && (s.text[s.term-1] == '[' || s.text[s.term-1] == '('):
		if g.table.starts(s.nextWord()) {
			return ends
		}
		return goesOn
	}
	return ends
}

// bracketedAbbreviation: "(dir.) Paris": an abbreviation alone in brackets.
func bracketedAbbreviation(g *Segmenter, s *site) opinion {
	if s.mark != period || s.closer != ')' || s.prev == s.from || s.text[s.prev-1] != '(' {
		return none
	}
	return when(g.table.classOf(s) != plain, goesOn)
}

// numbering: 1. a. IV. at the beginning of a segment number what follows.
func numbering(_ *Segmenter, s *site) opinion {
	if s.prev != s.from || s.before == "" || len(s.before) > 5 {
		return none
	}
	return when(isLabel(s.text[s.prev:s.after]), goesOn)
}

func abbreviationRule(g *Segmenter, s *site) opinion {
	switch g.table.classOf(s) {
	case never:
		return goesOn
	case beforeNumber:
		return when(unicode.IsDigit(s.first) || isRoman(s.nextWord()), goesOn)
	case beforeCapital:
		return when(!g.table.starts(s.nextWord()), goesOn)
	case maybeFinal:
		if g.table.starts(s.nextWord()) || s.opener == '«' || s.opener == '“' || isDash(s.opener) {
			return ends
		}
		return goesOn
	}
	return none
}

func isRoman(word string) bool { return word != "" && strings.Trim(word, "IVXLC") == "" }

// initial: A. B. Dupont, J.-P. Sartre. A single letter ends a sentence only before a word
// that begins sentences, and behind a number (30 F.) or a word in lower case (point A.).
// A letter behind an apostrophe or a stroke is no initial: can't. km/h.
func initial(g *Segmenter, s *site) opinion {
	r, n := utf8.DecodeRuneInString(s.before)
	if n == 0 || n != len(s.before) || !unicode.IsLetter(r) || g.table.letters[s.before] {
		return none
	}
	if s.prev > s.from && strings.IndexByte("'/\x99", s.text[s.prev-1]) >= 0 {
		return when(unicode.IsUpper(r), goesOn)
	}
	if g.table.starts(s.nextWord()) {
		behind := firstRune(s.text[wordStart(s.text, s.from, max(s.from, s.prev-1)):])
		if unicode.IsLower(behind) || unicode.IsDigit(behind) {
			return ends
		}
	}
	return goesOn
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// acronym: U.S.A., J.-C., a.m.: letters with full stops between them.
func acronym(g *Segmenter, s *site) opinion {
	letters, dots := 0, 0
	for _, r := range s.before {
		switch {
		case r == '.':
			dots++
		case r == '-':
		case unicode.IsLetter(r):
			letters++
		default:
			return none
		}
	}
	if dots == 0 || letters > dots+2 {
		return none
	}
	if g.table.starts(s.nextWord()) {
		return ends
	}
	return goesOn
}

// ordinal: in some languages a full stop behind a number makes it an ordinal.
func ordinal(g *Segmenter, s *site) opinion {
	if !g.table.ordinals || len(s.before) > 2 || s.before == "" || strings.Trim(s.before, "0123456789") != "" {
		return none
	}
	return when(!g.table.starts(s.nextWord()), goesOn)
}
