package document

import (
	"strings"

	"drogman/pipeline/bitext"
)

// Line is the line of the document, from 1, on which the offset at of b.Text stands, and 0
// in a document that a person does not read by lines (Word, EPUB …). It reads the document
// from its beginning: it is for the few places that are shown.
func (b *Block) Line(at int) int {
	if b.part.name != "" {
		return 0
	}
	before := b.part.text[:b.Source(bitext.Span{Start: at, End: min(at+1, len(b.Text))}).Start]
	return 1 + strings.Count(before, "\n") + strings.Count(before, "\r") - strings.Count(before, "\r\n")
}
