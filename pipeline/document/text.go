package document

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/transform"

	"drogman/pipeline/bitext"
)

// Plain text. A block is a paragraph: a line of its own, or lines that were wrapped to a
// width. An empty line, a form feed or a paragraph separator ends it, and so does an item
// of a list. Whether neighbouring lines belong together is seen from their lengths: an
// editor that wraps breaks a line only where the next word does not fit. A line that
// would have had room for the first word of the next was ended on purpose (a title, a
// verse, an address) and ends its block, unless it is long, nothing closes it and the
// next begins with a small letter: that line was broken by hand. Lines over 120
// characters are never wrapped ones: each is a paragraph.
//
// A line longer than 1 MiB is cut at a sentence end, a space or, failing both, a
// character, so that the blocks of any text can be streamed in bounded memory.

const (
	maxLine     = 1 << 20 // bytes of a line before it is cut
	wrapWidth   = 120     // runes of the longest line that may have been wrapped
	proseLine   = 40      // runes from which a line is prose rather than an entry of a list
	maxRun      = 4096    // lines looked at together
	sniffLength = 1 << 20 // bytes looked at to settle the encoding of a stream
)

// errStopped says that the consumer of a stream wants no more of it.
var errStopped = errors.New("stopped")

func readText(d *Document, _ Options) error {
	p := d.parts[0]
	return scanText(strings.NewReader(p.text), func(b Block) bool {
		b.part, b.ID = p, d.ids.next(b.Text)
		if b.pieces == nil {
			b.Text = b.Span.In(p.text) // shares the part's memory
		}
		d.Blocks = append(d.Blocks, b)
		return true
	})
}

// streamText yields the blocks of a text that is not held in memory.
func streamText(r io.Reader, o Options, yield func(Block) bool) error {
	in := bufio.NewReaderSize(r, sniffLength)
	head, err := in.Peek(sniffLength)
	if err == nil { // the text goes on: judge whole characters only
		for i := 0; i < utf8.UTFMax && !utf8.Valid(head[len(head)-utf8.UTFMax:]) && len(head) > utf8.UTFMax; i++ {
			head = head[:len(head)-1]
		}
	} else if err != io.EOF {
		return &Error{Code: "document-read", Err: err}
	}
	e, err := detect(head, o.Encoding)
	if err != nil {
		return err
	}
	in.Discard(len(e.bom))
	var text io.Reader = in
	if e.codec != nil {
		text = transform.NewReader(in, e.codec.NewDecoder())
	}
	var seen ids
	return scanText(text, func(b Block) bool {
		b.ID = seen.next(b.Text)
		return yield(b)
	})
}

// line is one line of a text, without its end.
type line struct {
	text  string
	end   string // "\n", "\r\n" …; empty at the end of the text or of a cut
	start int    // offset in the text
}

// scanText yields the blocks of a UTF-8 text, without part and ID.
func scanText(r io.Reader, yield func(Block) bool) error {
	var run []line
	flush := func() bool {
		ok := yieldRun(run, yield)
		run = run[:0]
		return ok
	}
	lines := lineReader{in: bufio.NewReaderSize(r, 64<<10), number: 1}
	for {
		l, err := lines.next()
		if err == io.EOF {
			flush()
			return nil
		}
		if err != nil {
			return err
		}
		long := utf8.RuneCountInString(l.text) > wrapWidth
		empty := blank(l.text)
		if (long || empty || len(run) >= maxRun) && !flush() {
			return errStopped
		}
		if !empty {
			run = append(run, l)
		}
		if (long || l.end == "\f" || l.end == "\u2029" || l.end == "\x00" || l.end == "") && !flush() {
			return errStopped
		}
	}
}

// lineReader cuts a text into lines.
type lineReader struct {
	in     *bufio.Reader
	rest   []byte // read, not yet given out
	offset int
	number int // of the line that rest begins, 1-based
}

func (r *lineReader) next() (line, error) {
	if len(r.rest) == 0 {
		if err := r.fill(); err != nil {
			return line{}, err
		}
	}
	at, size := lineEnd(r.rest)
	l := line{text: string(r.rest[:at]), end: string(r.rest[at : at+size]), start: r.offset}
	r.offset += at + size
	r.rest = r.rest[at+size:]
	return l, nil
}

// fill reads up to the next line feed, but not much more than maxLine.
func (r *lineReader) fill() error {
	var buf []byte
	for {
		chunk, err := r.in.ReadSlice('\n')
		buf = append(buf, chunk...)
		if err == bufio.ErrBufferFull && len(buf) < maxLine {
			continue
		}
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			return &Error{Code: "document-read", Err: err}
		}
		if len(buf) == 0 {
			return io.EOF
		}
		break
	}
	for !utf8.Valid(buf) { // perhaps cut inside a character
		if at := invalidUTF8(buf); utf8.FullRune(buf[at:]) {
			return &Error{Code: "encoding-invalid", Line: r.number, Column: 1 + utf8.RuneCount(buf[:at]),
				Have: fmt.Sprintf("% x", buf[at:min(at+4, len(buf))]), Want: "utf-8"}
		}
		c, err := r.in.ReadByte()
		if err != nil {
			return &Error{Code: "encoding-invalid", Line: r.number, Want: "utf-8"}
		}
		buf = append(buf, c)
	}
	if buf[len(buf)-1] == '\n' {
		r.number++
	}
	r.rest = buf
	return nil
}

// lineEnd finds the first line end in data: its offset and length, or where an overlong
// line is to be cut.
func lineEnd(data []byte) (at, size int) {
	end := len(data)
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		end, size = i, 1
		if i > 0 && data[i-1] == '\r' {
			end, size = i-1, 2
		}
	}
	for i := 0; i < end; i++ {
		switch c := data[i]; {
		case c == '\r' || c == '\f' || c == 0:
			return cut(data, i, 1)
		case c == 0xc2 && bytes.HasPrefix(data[i:end], []byte("\u0085")):
			return cut(data, i, 2)
		case c == 0xe2 && (bytes.HasPrefix(data[i:end], []byte("\u2028")) || bytes.HasPrefix(data[i:end], []byte("\u2029"))):
			return cut(data, i, 3)
		}
	}
	return cut(data, end, size)
}

// cut returns at and size, or an earlier place to cut if the line is overlong.
func cut(data []byte, at, size int) (int, int) {
	if at <= maxLine {
		return at, size
	}
	window := data[:maxLine]
	for i := maxLine - 1; i > maxLine/2; i-- {
		if window[i] == ' ' && strings.IndexByte(".!?", window[i-1]) >= 0 {
			return i + 1, 0
		}
	}
	if i := bytes.LastIndexByte(window, ' '); i > 0 {
		return i + 1, 0
	}
	i := maxLine
	for !utf8.RuneStart(data[i]) {
		i--
	}
	return i, 0
}

// yieldRun cuts a run of neighbouring lines into paragraphs.
func yieldRun(run []line, yield func(Block) bool) bool {
	width := 0
	for _, l := range run {
		width = max(width, utf8.RuneCountInString(strings.TrimRightFunc(l.text, isBlank)))
	}
	for len(run) > 0 {
		n := 1
		for n < len(run) && continues(run[n-1].text, run[n].text, width) {
			n++
		}
		if !yield(paragraph(run[:n])) {
			return false
		}
		run = run[n:]
	}
	return true
}

// continues reports whether next is the wrapped remainder of previous.
func continues(previous, next string, width int) bool {
	next = strings.TrimLeftFunc(next, isBlank)
	if isItem(next) {
		return false
	}
	previous = strings.TrimRightFunc(previous, isBlank)
	length := utf8.RuneCountInString(previous)
	word, _, _ := strings.Cut(next, " ")
	return length+1+utf8.RuneCountInString(word) > width || length >= proseLine && runsOn(previous, next)
}

// runsOn reports whether a sentence goes on from one line to the next: no mark closes the
// first, and the second begins with a small letter.
func runsOn(previous, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(previous)
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(first) && (unicode.IsLetter(last) || last == ',')
}

// isItem reports whether a line begins an item of a list or a speech of a dialogue.
func isItem(l string) bool {
	for _, mark := range []string{"- ", "* ", "• ", "– ", "— ", "–\u00a0", "—\u00a0", "‣ ", "▪ ", "· "} {
		if strings.HasPrefix(l, mark) {
			return true
		}
	}
	digits := len(l) - len(strings.TrimLeft(l, "0123456789"))
	return digits > 0 && digits < 4 && (strings.HasPrefix(l[digits:], ". ") || strings.HasPrefix(l[digits:], ") "))
}

// paragraph makes one block of lines. Its text has "\n" between the lines and none of
// their indentation.
func paragraph(lines []line) Block {
	b := Block{Kind: Paragraph, render: renderText}
	var text strings.Builder
	for i, l := range lines {
		trimmed := strings.TrimLeftFunc(l.text, isBlank)
		source := bitext.Span{Start: l.start + len(l.text) - len(trimmed)}
		if i == len(lines)-1 {
			trimmed = strings.TrimRightFunc(trimmed, isBlank)
		}
		if i > 0 { // the break and the indentation after it stand for "\n"
			last := b.pieces[len(b.pieces)-1]
			b.pieces = append(b.pieces, piece{bitext.Span{Start: last.text.End, End: last.text.End + 1}, bitext.Span{Start: last.source.End, End: source.Start}})
			text.WriteByte('\n')
		}
		start := text.Len()
		text.WriteString(trimmed)
		source.End = source.Start + len(trimmed)
		b.pieces = append(b.pieces, piece{bitext.Span{Start: start, End: text.Len()}, source})
	}
	b.Text = text.String()
	b.Span = bitext.Span{Start: b.pieces[0].source.Start, End: b.pieces[len(b.pieces)-1].source.End}
	if len(lines) > 1 {
		indent := lines[1].text[:len(lines[1].text)-len(strings.TrimLeftFunc(lines[1].text, isBlank))]
		b.newline = lines[0].end + indent
	}
	if b.Span.Len() == len(b.Text) {
		b.pieces = nil
	}
	b.protect()
	return b
}

// variable is a placeholder that prose does not hold by chance.
var variable = regexp.MustCompile(`\{\{[^{}\n]+\}\}|\$?\{[A-Za-z0-9_.]+\}|%\d+\$[ds]|%[sd]\b|%\([A-Za-z0-9_.]+\)[ds]`)

// protect makes codes of the placeholders in a block of plain text.
func (b *Block) protect() {
	if !strings.ContainsAny(b.Text, "{%") {
		return
	}
	for i, m := range variable.FindAllStringIndex(b.Text, -1) {
		span := bitext.Span{Start: m[0], End: m[1]}
		b.Codes = append(b.Codes, bitext.Code{Span: span, Kind: bitext.Standalone, ID: itoa(i + 1), Data: span.In(b.Text), Type: "placeholder"})
		b.codes = append(b.codes, b.Source(span))
	}
}

// renderText writes a translation as plain text, its lines ended and indented like the
// block's own.
func renderText(b *Block, t target) string {
	return t.splice(b, func(s string) string { return withNewlines(s, b.newline) })
}

// withNewlines writes "\n" as a document has it.
func withNewlines(s, newline string) string {
	if newline == "" || newline == "\n" {
		return s
	}
	return strings.ReplaceAll(s, "\n", newline)
}
