package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// Emphasis in a translation. Whether * and _ open or close depends on the characters beside
// them (CommonMark 0.31, section 6.2), and a translator may put the codes where they would
// do neither: around white space, around nothing, beside a quotation mark in the middle of
// a word. White space is moved out of the pair, a pair around nothing is left out, and one
// that its signs cannot express is written as HTML, which means the same wherever it stands.

// emphasisTags are the elements that mean what each type of code does.
var emphasisTags = map[string]string{"emphasis": "em", "strong": "strong", "strikethrough": "del"}

// readable is a target as it is to be written: without white space at its ends, which
// Markdown would take for something else, and with its emphasis as emphasised makes it.
func readable(b *Block, t target) target {
	const space = " \t\r\n"
	head, tail := len(t.text), 0 // until the first code, and after the last
	if n := len(t.codes); n > 0 {
		head, tail = t.codes[0].span.Start, t.codes[n-1].span.End
	}
	last := tail + len(strings.TrimRight(t.text[tail:], space))
	head = min(head, last)
	first := head - len(strings.TrimLeft(t.text[:head], space))
	t.text = t.text[first:last]
	if first > 0 {
		t.codes = slices.Clone(t.codes)
		for i := range t.codes {
			t.codes[i].span.Start -= first
			t.codes[i].span.End -= first
		}
	}
	return emphasised(b, t)
}

// emphasised is a target with its emphasis written so that it is read as such: where the
// signs of one pair would not do, tags stand for those of all.
func emphasised(b *Block, t target) target {
	if !slices.ContainsFunc(b.Codes, func(c bitext.Code) bool { return emphasisTags[c.Type] != "" }) {
		return t
	}
	t.codes = slices.Clone(t.codes)
	t.moveSpaceOut(b)
	tags := map[int]string{}
	signsDo := true
	for i := range t.codes {
		j := t.partner(b, i)
		if j < 0 {
			continue
		}
		opening, closing := t.codes[i].code, t.codes[j].code
		if t.around(b, i, j) {
			tags[opening], tags[closing] = "", ""
			continue
		}
		tag := emphasisTags[b.Codes[opening].Type]
		tags[opening], tags[closing] = "<"+tag+">", "</"+tag+">"
		sign := b.Codes[opening].Data[0]
		signsDo = signsDo && flanks(sign, t.runeBefore(b, i), t.runeAfter(b, i)) && flanks(sign, t.runeAfter(b, j), t.runeBefore(b, j))
	}
	plain := t.markup
	t.markup = func(code int) string {
		if tag, ok := tags[code]; ok && (!signsDo || tag == "") {
			return tag
		}
		return plain(code)
	}
	return t
}

// partner is the place of the closing half of the emphasis that the code at i opens, -1 if
// it opens none.
func (t target) partner(b *Block, i int) int {
	if !t.is(b, i, bitext.Open) {
		return -1
	}
	id := b.Codes[t.codes[i].code].ID
	return slices.IndexFunc(t.codes, func(p placed) bool { return b.Codes[p.code].ID == id && b.Codes[p.code].Kind == bitext.Close })
}

// around reports whether nothing but emphasis of nothing stands between two codes.
func (t target) around(b *Block, i, j int) bool {
	if j < i || t.codes[i].span != t.codes[j].span {
		return false
	}
	for k := i + 1; k < j; k++ {
		if !t.is(b, k, bitext.Open) && !t.is(b, k, bitext.Close) {
			return false
		}
	}
	return true
}

// moveSpaceOut moves each half of a pair past the white space that it would hold.
func (t target) moveSpaceOut(b *Block) {
	for i := len(t.codes) - 1; i >= 0; i-- {
		end := len(t.text)
		if i+1 < len(t.codes) {
			end = t.codes[i+1].span.Start
		}
		for c := &t.codes[i]; t.is(b, i, bitext.Open) && c.span.Start < end; {
			r, n := utf8.DecodeRuneInString(t.text[c.span.Start:])
			if !unicode.IsSpace(r) {
				break
			}
			c.span = bitext.Span{Start: c.span.Start + n, End: c.span.Start + n}
		}
	}
	start := 0
	for i := range t.codes {
		for c := &t.codes[i]; t.is(b, i, bitext.Close) && c.span.Start > start; {
			r, n := utf8.DecodeLastRuneInString(t.text[:c.span.Start])
			if !unicode.IsSpace(r) {
				break
			}
			c.span = bitext.Span{Start: c.span.Start - n, End: c.span.Start - n}
		}
		start = t.codes[i].span.End
	}
}

// is reports whether a code of the target is that half of an emphasis.
func (t target) is(b *Block, i int, kind bitext.CodeKind) bool {
	c := b.Codes[t.codes[i].code]
	return c.Kind == kind && emphasisTags[c.Type] != ""
}

// flanks reports whether a delimiter between two characters opens or closes towards the
// inner one. Zero is the edge of the text.
func flanks(delimiter byte, outer, inner rune) bool {
	edge := outer == 0 || unicode.IsSpace(outer)
	mark := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
	switch {
	case inner == 0 || unicode.IsSpace(inner) || outer == rune(delimiter):
		return false
	case delimiter == '_' || mark(inner):
		return edge || mark(outer)
	}
	return true
}

// runeBefore is the character that is written before a code: of text, or of another code.
// A half of an emphasis of the same kind of half is of one run with it.
func (t target) runeBefore(b *Block, i int) rune {
	start := 0
	if i > 0 {
		start = t.codes[i-1].span.End
	}
	if at := t.codes[i].span.Start; at > start {
		r, _ := utf8.DecodeLastRuneInString(t.text[:at])
		return r
	}
	if i == 0 {
		return 0
	}
	if kind := b.Codes[t.codes[i].code].Kind; t.is(b, i-1, kind) {
		return t.runeBefore(b, i-1)
	}
	r, _ := utf8.DecodeLastRuneInString(t.markup(t.codes[i-1].code))
	return r
}

// runeAfter is the character that is written after a code.
func (t target) runeAfter(b *Block, i int) rune {
	end := len(t.text)
	if i+1 < len(t.codes) {
		end = t.codes[i+1].span.Start
	}
	if at := t.codes[i].span.End; at < end {
		r, _ := utf8.DecodeRuneInString(t.text[at:])
		if r < utf8.RuneSelf && isPunct(byte(r)) {
			return '\\' // it may be escaped
		}
		return r
	}
	if i+1 == len(t.codes) {
		return 0
	}
	if kind := b.Codes[t.codes[i].code].Kind; t.is(b, i+1, kind) {
		return t.runeAfter(b, i+1)
	}
	r, _ := utf8.DecodeRuneInString(t.markup(t.codes[i+1].code))
	return r
}
