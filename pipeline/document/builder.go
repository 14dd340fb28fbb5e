package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// builder gathers the pieces of one block in the order in which they stand in the source:
// stretches of text and the codes between them.
type builder struct {
	items []item
	depth []int // indexes in items of the codes still open
	pairs int   // codes so far, to number them
}

// item is a stretch of text or a code, and where it stood.
type item struct {
	text    string // of a text, or what a Standalone code covers
	code    bool
	kind    bitext.CodeKind
	id      string
	typ     string
	partner int    // of an Open or Close: the index of the other half
	markup  string // what is written for it in a translation, if not its source
	source  bitext.Span
}

// add appends text that was read from the source span.
func (b *builder) add(text string, source bitext.Span) {
	if text != "" {
		b.items = append(b.items, item{text: text, source: source})
	}
}

// alone appends a Standalone code that shows text (often none) in its place.
func (b *builder) alone(typ, text string, source bitext.Span) {
	b.pairs++
	b.items = append(b.items, item{code: true, kind: bitext.Standalone, typ: typ, text: text, id: itoa(b.pairs), source: source, partner: -1})
}

// open appends the opening half of a pair.
func (b *builder) open(typ string, source bitext.Span) {
	b.pairs++
	b.depth = append(b.depth, len(b.items))
	b.items = append(b.items, item{code: true, kind: bitext.Open, typ: typ, id: itoa(b.pairs), source: source, partner: -1})
}

// close appends the closing half of the pair of the given type opened last. Pairs opened
// since and not closed become Standalone codes, and so does a closing half without an
// opening one.
func (b *builder) close(typ string, source bitext.Span) {
	k := len(b.depth) - 1
	for k >= 0 && b.items[b.depth[k]].typ != typ {
		k--
	}
	if k < 0 {
		b.alone(typ, "", source)
		return
	}
	for _, i := range b.depth[k+1:] {
		b.items[i].kind = bitext.Standalone
	}
	o := &b.items[b.depth[k]]
	o.partner = len(b.items)
	b.items = append(b.items, item{code: true, kind: bitext.Close, typ: typ, id: o.id, partner: b.depth[k], source: source})
	b.depth = b.depth[:k]
}

// closeLast appends the closing half of the pair opened last.
func (b *builder) closeLast(source bitext.Span) {
	b.close(b.items[b.depth[len(b.depth)-1]].typ, source)
}

// empty reports whether the builder holds no text a person would translate.
func (b *builder) empty() bool {
	for _, it := range b.items {
		if !it.code && !blank(it.text) {
			return false
		}
	}
	return true
}

// reset makes the builder ready for the next block.
func (b *builder) reset() { b.items, b.depth, b.pairs = b.items[:0], b.depth[:0], 0 }

// finish makes a block of what was gathered and resets the builder; false if there is
// nothing to translate. White space around the text stays outside the block, and so do
// the codes around it, as far as that tears no pair.
func (b *builder) finish(p *part, kind Kind, render renderer) (Block, bool) {
	defer b.reset()
	if b.empty() {
		return Block{}, false
	}
	b.orphans()
	b.trim()
	first, last := b.core()
	return makeBlock(b.items[first:last+1], p, kind, render), true
}

// finishWhole is finish with everything gathered in the block.
func (b *builder) finishWhole(p *part, kind Kind, render renderer) (Block, bool) {
	defer b.reset()
	if b.empty() {
		return Block{}, false
	}
	b.orphans()
	return makeBlock(b.items, p, kind, render), true
}

// makeBlock makes a block of items, its codes numbered anew.
func makeBlock(items []item, p *part, kind Kind, render renderer) Block {
	block := Block{Kind: kind, part: p, render: render}
	block.Span = bitext.Span{Start: items[0].source.Start, End: items[len(items)-1].source.End}
	var text strings.Builder
	verbatim := true
	ids := map[string]string{}
	for _, it := range items {
		start := text.Len()
		text.WriteString(it.text)
		span := bitext.Span{Start: start, End: text.Len()}
		same := it.text == it.source.In(p.text)
		block.pieces = appendPiece(block.pieces, piece{span, it.source}, it.code, same)
		verbatim = verbatim && !it.code && same
		if !it.code {
			continue
		}
		if ids[it.id] == "" {
			ids[it.id] = itoa(len(ids) + 1)
		}
		block.Codes = append(block.Codes, bitext.Code{Span: span, Kind: it.kind, ID: ids[it.id], Data: it.source.In(p.text), Type: it.typ})
		if it.markup != "" && block.markup == nil {
			block.markup = map[int]string{}
		}
		if it.markup != "" {
			block.markup[len(block.codes)] = it.markup
		}
		block.codes = append(block.codes, it.source)
	}
	block.Text = text.String()
	if verbatim && len(block.pieces) == 1 {
		block.pieces = nil
		block.Text = block.Span.In(p.text)
	}
	return block
}

// appendPiece appends n, joining it to the last piece where both are the source's own bytes.
func appendPiece(pieces []piece, n piece, code, same bool) []piece {
	if k := len(pieces) - 1; k >= 0 && same && !code {
		p := &pieces[k]
		if p.source.End == n.source.Start && p.text.Len() == p.source.Len() && p.text.Len() > 0 {
			p.text.End, p.source.End = n.text.End, n.source.End
			return pieces
		}
	}
	return append(pieces, n)
}

// orphans turns the opening codes that were never closed into Standalone ones.
func (b *builder) orphans() {
	for _, i := range b.depth {
		b.items[i].kind = bitext.Standalone
	}
	b.depth = b.depth[:0]
}

// trim cuts white space from both ends of what is shown.
func (b *builder) trim() {
	for i := range b.items {
		it := &b.items[i]
		rest := strings.TrimLeftFunc(it.text, isBlank)
		if !it.code {
			cutLeft(it, len(it.text)-len(rest))
		}
		if rest != "" {
			break
		}
	}
	for i := len(b.items) - 1; i >= 0; i-- {
		it := &b.items[i]
		rest := strings.TrimRightFunc(it.text, isBlank)
		if !it.code {
			cutRight(it, len(it.text)-len(rest))
		}
		if rest != "" {
			break
		}
	}
}

// cutLeft takes the first n bytes from a text; an escaped text goes as a whole or not at all.
func cutLeft(it *item, n int) {
	if it.source.Len() == len(it.text) {
		it.source.Start += n
	} else if n == len(it.text) {
		it.source.Start = it.source.End
	} else {
		return
	}
	it.text = it.text[n:]
}

func cutRight(it *item, n int) {
	if it.source.Len() == len(it.text) {
		it.source.End -= n
	} else if n == len(it.text) {
		it.source.End = it.source.Start
	} else {
		return
	}
	it.text = it.text[:len(it.text)-n]
}

// core returns the first and the last item of the block: the outermost texts, those
// that codes show among them, and what must come with them so that every pair is whole, inside or outside.
func (b *builder) core() (first, last int) {
	first, last = len(b.items), -1
	for i, it := range b.items {
		if it.text != "" && (!it.code || !blank(it.text)) || it.markup != "" {
			first, last = min(first, i), max(last, i)
		}
	}
	for grown := true; grown; {
		grown = false
		for i := first; i <= last; i++ {
			p := b.items[i].partner
			if b.items[i].code && p >= 0 && (p < first || p > last) {
				first, last, grown = min(first, p), max(last, p), true
				break
			}
		}
	}
	return first, last
}

// blank reports whether text holds nothing to translate.
func blank(text string) bool { return strings.TrimLeftFunc(text, isBlank) == "" }

// isBlank reports whether r shows nothing: white space, controls, joiners and marks of
// byte order.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// itoa avoids an allocation for the small numbers that codes have.
func itoa(n int) string {
	const digits = "0123456789"
	if n >= 0 && n < 10 {
		return digits[n : n+1]
	}
	return itoa(n/10) + digits[n%10:n%10+1]
}
