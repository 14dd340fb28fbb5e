package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The layout is read block by block; a block is a run of lines with no blank line among
// them. The end of a line is one of two things: the end of what stands on it (a heading,
// a list item, a verse, a paragraph of one line), or white space that a fixed width put
// into running prose.
//
// Prose that was wrapped at a width betrays itself: every line but a paragraph's last is
// full, that is, the first word of the next line would not have fitted on it. A block is
// wrapped if at least three quarters of its lines are full in this sense. In a wrapped
// block a full line goes on in the next and a short line ends a paragraph. In any other
// block a line goes on only if the next one shows it, by a lower-case beginning after a
// line that ends without punctuation, or by a last word that cannot be last ("de la").

const (
	blockLook  = 8 << 10 // bytes of a block that are read to classify it
	blockLines = 64      // lines of it
	narrowest  = 40      // least width in runes that prose is wrapped at
	widest     = 200     // greatest
	shortLine  = 30      // runes below which a line does not go on in lower case: it is a list
)

// block is what is known of the lines of a block.
type block struct {
	wrapped bool
	width   int // of the longest line, in runes
}

// beginLine reads what has to be known of the line at w.line and its block.
func (w *walker) beginLine() {
	rest := w.text[w.line:]
	if !w.blocked {
		w.block, w.blocked = readBlock(rest), true
	}
	w.flat = w.layout == Flat
	if w.layout == Detect && len(rest) > FlatLine {
		w.flat = strings.IndexByte(rest[:FlatLine+1], '\n') < 0
	}
	w.lined, w.seams = true, seams{}
}

// readBlock classifies the block at the start of the text.
func readBlock(text string) (b block) {
	text = text[:min(len(text), blockLook)]
	var lengths, firsts [blockLines]int
	n := 0
	for ; n < blockLines && text != ""; n++ {
		line, rest, _ := strings.Cut(text, "\n")
		if n == 0 && (rest == "" || isBlankLine(upToLineFeed(rest))) {
			return b // one line: nothing to measure
		}
		text = rest
		line = strings.TrimRight(line, " \r")
		if line == "" && n > 0 {
			break
		}
		lengths[n] = utf8.RuneCountInString(line)
		firsts[n] = firstWordLength(line)
		b.width = max(b.width, lengths[n])
	}
	full := 0
	for i := 0; i+1 < n; i++ {
		if lengths[i]+1+firsts[i+1] > b.width {
			full++
		}
	}
	b.wrapped = n > 1 && b.width >= narrowest && b.width <= widest && 4*full >= 3*(n-1)
	return b
}

func upToLineFeed(s string) string {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return s[:i]
	}
	return s
}

// firstWordLength is the length in runes of the first word with what stands before it.
func firstWordLength(line string) int {
	line = strings.TrimLeft(line, " \t")
	if i := strings.IndexAny(line, " \n"); i >= 0 {
		line = line[:i]
	}
	return utf8.RuneCountInString(line)
}

// isBlankLine reports whether there is nothing but white space in the line.
func isBlankLine(line string) bool {
	for _, r := range line {
		if !isBlank(r) {
			return false
		}
	}
	return true
}

func isBlank(r rune) bool {
	if r > ' ' && r < 0x80 {
		return false
	}
	switch r {
	case '\u200B', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsSpace(r)
}

// lineEnd decides at a line break of n bytes whether the segment ends with the line.
func (w *walker) lineEnd(n int) bool {
	hard, rule := w.hardBreak(w.pos)
	at := w.pos
	w.newLine(at + n)
	if hard {
		return w.settle(at, true, rule)
	}
	w.settle(at, false, rule)
	w.pos = at + n
	return false
}

// hardBreak reports whether the line break at the offset ends what stands on the line,
// and the rule that says so.
func (w *walker) hardBreak(at int) (hard bool, rule string) {
	next := w.text[at+1 : min(len(w.text), at+1+look)]
	body := strings.TrimLeft(next, " \t\r\u00A0")
	switch {
	case body == "" && len(next) < look:
		return true, "text-end"
	case body == "" || body[0] == '\n':
		return true, "blank-line"
	}
	start := max(w.line, at-2*look)
	line := strings.TrimSpace(w.text[start:at])
	if line == "" {
		return false, "line-empty"
	}
	length := utf8.RuneCountInString(line)
	if start > w.line {
		length += widest
	}
	if w.pageNumber(line, body) {
		return false, "page-number"
	}
	if w.block.wrapped {
		return w.wrappedBreak(line, length, next, body)
	}
	return w.looseBreak(line, length, body)
}

// wrappedBreak is hardBreak in a block of wrapped prose.
func (w *walker) wrappedBreak(line string, length int, next, body string) (bool, string) {
	full := length+1+firstWordLength(body) > w.block.width
	switch {
	case isListItem(body) && (!full || strings.HasSuffix(line, ";") || strings.HasSuffix(line, ":")):
		return true, "list-item"
	case full:
		return false, "line-wrapped"
	case w.goesOn(line, body):
		return false, "line-goes-on"
	}
	return true, "line-short"
}

// looseBreak is hardBreak in a block that is not wrapped.
func (w *walker) looseBreak(line string, length int, body string) (bool, string) {
	switch {
	case isListItem(body):
		return true, "list-item"
	case length >= shortLine && w.goesOn(line, body):
		return false, "line-goes-on"
	}
	return true, "line"
}

// pageNumber reports whether the line or the next is a page's number in the middle of a
// sentence: it stands alone, what is before it has not ended, and what is behind it goes
// on in lower case.
func (w *walker) pageNumber(line, body string) bool {
	next, behind, _ := strings.Cut(body, "\n")
	if isNumber(strings.TrimSpace(next)) {
		last, _ := utf8.DecodeLastRuneInString(line)
		return unicode.IsLetter(last) && unicode.IsLower(firstRune(behind))
	}
	return isNumber(line) && w.from < w.line && unicode.IsLower(firstRune(body))
}

func isNumber(word string) bool {
	return word != "" && len(word) <= 4 && strings.Trim(word, "0123456789") == ""
}

// goesOn reports whether the words at a line break show that the sentence goes on.
func (w *walker) goesOn(line, body string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	first, _ := utf8.DecodeRuneInString(body)
	if unicode.IsLower(first) {
		return markOf(last) == noMark && last != ';'
	}
	if last == ',' || last == '-' {
		return true
	}
	return w.table.opening[lastWord(line)]
}

// lastWord is the last word of the line, behind an apostrophe if it has one.
func lastWord(line string) string {
	return line[strings.LastIndexAny(line, " '’\u00A0(")+1:]
}

// isListItem reports whether a line that begins with the text is an item of a list.
func isListItem(body string) bool {
	r, n := utf8.DecodeRuneInString(body)
	rest := body[n:]
	switch {
	case strings.ContainsRune("•‣▪●○◦■□►·*", r):
		return true
	case strings.ContainsRune("-–—", r):
		return strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "\u00A0") || strings.HasPrefix(rest, "\t")
	}
	label := body[:min(len(body), strings.IndexFunc(body+" ", unicode.IsSpace))]
	return isLabel(label)
}

// isLabel reports whether a word numbers what follows it: 1. 12) a) iv. 1° (b) §3.
func isLabel(word string) bool {
	inner := strings.TrimLeft(word, "(")
	core := strings.TrimRight(inner, ".)°º")
	if core == inner || core == "" || len(core) > 6 {
		return false
	}
	if len(core) == 1 && isLetter(core[0]) {
		return true
	}
	return strings.Trim(core, "0123456789.") == "" || strings.Trim(core, "ivxIVX") == ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// cell decides at a tab: one between two texts on a line divides cells of a table.
func (w *walker) cell() bool {
	before := strings.TrimSpace(w.text[max(w.line, w.pos-look):w.pos])
	after := strings.TrimLeft(w.text[w.pos:min(len(w.text), w.pos+look)], " \t")
	if before == "" || after == "" || after[0] == '\n' || isListItem(before) {
		w.pos++
		return false
	}
	return w.settle(w.pos, true, "cell")
}
