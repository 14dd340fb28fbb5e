package document

import (
	"io"
	"strings"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// position is the line and the column, in characters, of an offset in a text, both from 1. A
// line ends with a line feed, a carriage return, or both.
func position(text string, offset int) (line, column int) {
	before := text[:min(offset, len(text))]
	line = 1 + strings.Count(before, "\n") + strings.Count(before, "\r") - strings.Count(before, "\r\n")
	return line, 1 + utf8.RuneCountInString(before[strings.LastIndexAny(before, "\r\n")+1:])
}

// Line is the line of the document, from 1, on which the offset at of b.Text stands, and 0
// in a document that a person does not read by lines (Word, EPUB …). It reads the document
// from its beginning: it is for the few places that are shown.
func (b *Block) Line(at int) int {
	if b.part.name != "" {
		return 0
	}
	line, _ := position(b.part.text, b.Source(bitext.Span{Start: at, End: min(at+1, len(b.Text))}).Start)
	return line
}

// Locate returns the line and column, counted from 1, of an offset in the decoded text of a
// document, as Block.Source gives it; the column is in characters. A container has none: 0.
func Locate(r io.Reader, name string, o Options, offset int) (line, column int, err error) {
	f, err := formatOf(name, o)
	if err != nil || f.Binary {
		return 0, 0, err
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return 0, 0, &Error{Code: "document-read", File: name, Err: err}
	}
	text, _, err := Decode(data, f.encoding(data, o))
	if err != nil {
		return 0, 0, named(err, name)
	}
	line, column = position(text, offset)
	return line, column, nil
}
