package document

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"drogman/pipeline/bitext"
)

// HTML within Markdown. Of an HTML block the reader of HTML takes the text, of a tag among
// text its attributes (an image's alt text). What stands between the lines of either and
// is no HTML, the marks of a quotation, is blanked out for reading, every offset as it was.
// Markup that Markdown does not look into (pre, textarea) stays as it is, and so do
// processing instructions, declarations and CDATA. A translation is written on one line: an
// empty line would end the block.

// island is HTML within a Markdown text: a block, or a tag among text.
type island struct {
	lines []bitext.Span
	block bool
}

func (i island) span() bitext.Span {
	return bitext.Span{Start: i.lines[0].Start, End: i.lines[len(i.lines)-1].End}
}

// htmlBlock notes an HTML block that may hold text.
func (m *markdown) htmlBlock(n *ast.HTMLBlock) {
	switch n.HTMLBlockType {
	case ast.HTMLBlockType3, ast.HTMLBlockType4, ast.HTMLBlockType5:
		return
	}
	lines := spansOf(n.Lines())
	if n.HasClosure() {
		lines = append(lines, bitext.Span{Start: n.ClosureLine.Start, End: n.ClosureLine.Stop})
	}
	if len(lines) > 0 {
		m.islands = append(m.islands, island{lines, true})
	}
}

func spansOf(segments *text.Segments) []bitext.Span {
	var spans []bitext.Span
	for _, s := range segments.Sliced(0, segments.Len()) {
		spans = append(spans, bitext.Span{Start: s.Start, End: s.Stop})
	}
	return spans
}

// readIslands reads the HTML of the document.
func (m *markdown) readIslands() {
	source := m.unquoted()
	for _, i := range m.islands {
		h := newHTML(m.document, m.part)
		h.source, h.limit, h.oneLine = source, i.span().End, true
		h.writes = renderers{renderIsland, renderIslandAttribute}
		treat := h.treat
		h.treat = func(t token, attributes []attribute) treatment {
			tr := treat(t, attributes)
			if tr.preserve {
				tr.flow, tr.preserve = flowBarrier, false
			}
			return tr
		}
		emit := h.token
		if !i.block {
			emit = h.tag
		}
		scanHTML(i.span().In(source), i.span().Start, emit)
		m.blocks = append(m.blocks, h.finish()...)
	}
}

// tag takes the text of a start tag's attributes, and nothing else.
func (m *markup) tag(t token) {
	if t.kind == tokenOpen || t.kind == tokenEmpty {
		all := attributesOf(m.source, t.span)
		m.attributes(t, all, m.treat(t, all).keep)
	}
}

// unquoted is the text with what stands between the lines of its HTML blanked out.
func (m *markdown) unquoted() string {
	var masked []byte
	for _, i := range m.islands {
		for k := 1; k < len(i.lines); k++ {
			gap := bitext.Span{Start: i.lines[k-1].End, End: i.lines[k].Start}
			if strings.Trim(gap.In(m.part.text), " \t\r\n") == "" {
				continue
			}
			if masked == nil {
				masked = []byte(m.part.text)
			}
			copy(masked[gap.Start:gap.End], slices.Repeat([]byte(" "), gap.Len()))
		}
	}
	if masked == nil {
		return m.part.text
	}
	return string(masked)
}

// islandEscaper writes what would end an HTML block, or a cell of a table that it stands
// in, as something else.
var islandEscaper = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "|", "&#124;")

func renderIsland(b *Block, t target) string {
	return t.splice(b, func(s string) string { return islandEscaper.Replace(b.part.characters(s)) })
}

func renderIslandAttribute(b *Block, t target) string {
	return islandEscaper.Replace(renderAttribute(b, t))
}
