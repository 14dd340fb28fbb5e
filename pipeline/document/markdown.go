package document

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

// Markdown (CommonMark 0.31 with GitHub's tables, strikethrough, task lists, bare links
// and footnotes). goldmark says what is a paragraph, a heading, a cell, and where each
// inline begins; the text between them is read and written here. Emphasis and links are
// pairs of codes, the link's target being part of the closing one; code spans, bare
// links, HTML comments and images stand alone, an image with its alt text as a block of
// its own. Code blocks, HTML blocks and link definitions are left alone; of YAML front
// matter, the title and the like are blocks.

var markdownParser = parser.NewParser(
	parser.WithBlockParsers(append(parser.DefaultBlockParsers(), util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
	parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(extension.NewLinkifyParser(), 999),
		util.Prioritized(extension.NewFootnoteParser(), 101))...),
	parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
		util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
)

// markdown reads one Markdown text.
type markdown struct {
	document *Document
	part     *part
	source   []byte
	builder  builder
	blocks   []Block
	refs     map[string]bool // labels that make [label] a link
	islands  []island
}

func readMarkdown(d *Document, _ Options) error {
	p := d.parts[0]
	m := markdown{document: d, part: p, source: []byte(p.text), refs: map[string]bool{}}
	if err := bounded(p.text); err != nil {
		return err
	}
	body := len(frontMatter(p.text))
	masked := slices.Clone(m.source)
	for i := range masked[:body] { // hidden from the parser, offsets unchanged
		if masked[i] != '\n' {
			masked[i] = ' '
		}
	}
	m.source = masked
	context := parser.NewContext()
	root := markdownParser.Parse(text.NewReader(m.source), parser.WithContext(context))
	for _, r := range context.References() {
		m.refs[util.ToLinkReference(r.Label())] = true
	}
	m.container(root)
	m.readIslands()
	readFrontMatter(d, p.text[:body])
	slices.SortStableFunc(m.blocks, func(a, b Block) int { return compareSpans(a.Span, b.Span) })
	for _, b := range m.blocks {
		b.ID = d.ids.next(b.Text)
		d.Blocks = append(d.Blocks, b)
	}
	return nil
}

// maxDepth bounds how deep elements and containers may lie in one another, maxColumns
// how many cells a row may have.
const (
	maxDepth   = 256
	maxColumns = 1000
)

// bounded refuses a text whose nesting or width would take the parser more than linear
// time: list items and quotations within one another, tables of thousands of columns.
func bounded(text string) error {
	at := 0
	for l := range strings.Lines(text) {
		marks := l[:len(l)-len(strings.TrimLeft(l, " \t>-+*0123456789.)"))]
		indent := len(l) - len(strings.TrimLeft(l, " "))
		if len(marks) > maxDepth && (strings.Count(marks, ">") > maxDepth || indent > maxDepth && len(marks) > indent) {
			return (&Error{Code: "document-too-deep", Want: itoa(maxDepth)}).at(text, at)
		}
		if len(l) > maxColumns && strings.Count(l, "|") > maxColumns && strings.Trim(l, " \t\r\n|:->") == "" {
			return (&Error{Code: "document-too-wide", Want: itoa(maxColumns)}).at(text, at)
		}
		at += len(l)
	}
	return nil
}

// frontMatter is the metadata block a document begins with, "" if it has none.
func frontMatter(text string) string {
	for _, fence := range []string{"---", "+++"} {
		rest, ok := strings.CutPrefix(text, fence)
		if !ok || strings.TrimLeft(rest, " \t\r") == "" || strings.TrimLeft(rest, " \t\r")[0] != '\n' {
			continue
		}
		at := len(text) - len(rest)
		for l := range strings.Lines(rest) {
			at += len(l)
			if at > len(fence)+len(l) && strings.TrimRight(l, " \t\r\n") == fence {
				return text[:at]
			}
		}
	}
	return ""
}

// frontMatterText are the fields of front matter that a reader sees.
var frontMatterText = []string{"title", "subtitle", "description", "summary", "excerpt", "lead", "caption", "alt"}

// frontMatterLanguage are the fields that say what language the document is in.
var frontMatterLanguage = []string{"lang", "language", "locale"}

// readFrontMatter takes the text and the language of front matter in YAML or TOML. What is
// neither stays as it is.
func readFrontMatter(d *Document, front string) {
	d.Blocks = frontMatterFields(d, front, frontMatterText)
	for i := range d.Blocks {
		d.Blocks[i].Kind = Title
	}
	for _, b := range frontMatterFields(d, front, frontMatterLanguage) {
		if _, err := language.Parse(b.Text); err == nil {
			d.languages = append(d.languages, languagePlace{b.part, b.Span, b.languageWriter()})
		}
	}
}

// frontMatterFields are the strings of the named fields.
func frontMatterFields(d *Document, front string, fields []string) []Block {
	meta := Document{Name: d.Name, parts: d.parts}
	var err error
	switch o := (Options{Keys: fields}); {
	case strings.HasPrefix(front, "---"):
		err = readYAMLText(&meta, front, o)
	case strings.HasPrefix(front, "+++"):
		err = readTOMLText(&meta, bitext.Span{Start: len("+++"), End: strings.LastIndex(front, "+++")}, o)
	}
	if err != nil {
		return nil
	}
	return meta.Blocks
}

// languageWriter writes a language as the string that the block is, in its own manner.
func (b Block) languageWriter() languageWriter {
	write := writeTag
	if strings.Contains(b.Text, "_") {
		write = writeLocale
	}
	return func(t language.Tag) string { return b.render(&b, target{text: write(t)}) }
}

// container walks the blocks within n.
func (m *markdown) container(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			if start := c.Pos(); start >= 0 && start < len(m.source) && m.source[start] == '#' {
				m.leaf(c, Heading, m.renderLine)
			} else { // underlined
				m.leaf(c, Heading, m.renderParagraph)
			}
		case *extast.TableCell:
			m.leaf(c, Cell, m.renderCell)
		case *ast.Paragraph, *ast.TextBlock:
			m.leaf(c, m.kindOf(n), m.renderParagraph)
		case *ast.HTMLBlock:
			m.htmlBlock(c)
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.ThematicBreak:
		default:
			m.container(c)
		}
	}
}

func (m *markdown) kindOf(parent ast.Node) Kind {
	switch parent.(type) {
	case *ast.ListItem:
		return ListItem
	case *extast.Footnote:
		return Note
	}
	return Paragraph
}

// headingID is an attribute list at the end of a heading: {#id .class}.
var headingID = regexp.MustCompile(`[ \t]+\{[#.][^{}\n]*\}[ \t#]*$`)

// leaf makes a block of a node that holds inlines.
func (m *markdown) leaf(n ast.Node, kind Kind, render renderer) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	w := inlineWalker{markdown: m, b: &m.builder, lines: lines, end: lines.At(lines.Len() - 1).Stop}
	w.end = trimEnd(m.source, lines.At(0).Start, w.end)
	if kind == Heading {
		if at := headingID.FindIndex(m.source[lines.At(0).Start:w.end]); at != nil {
			w.limit = lines.At(0).Start + at[0]
		}
	}
	blocks, islands := len(m.blocks), len(m.islands)
	w.children(n, lines.At(0).Start, w.end)
	if !w.tiles() {
		m.blocks, m.islands = m.blocks[:blocks], m.islands[:islands]
		w.raw()
	}
	b, ok := w.b.finish(m.part, kind, render)
	if !ok {
		return
	}
	b.newline = w.newline
	if w.unescaped {
		b.render = renderText
	}
	m.blocks = append(m.blocks, b)
}

// tiles reports whether what was found in the block lies within it, each piece beginning
// where the one before it ends. Delimiters in odd numbers can lead the count astray.
func (w *inlineWalker) tiles() bool {
	items := w.b.items
	for i, it := range items {
		if it.source.End < it.source.Start || i > 0 && it.source.Start != items[i-1].source.End {
			return false
		}
	}
	return len(items) == 0 || items[0].source.Start >= w.lines.At(0).Start && items[len(items)-1].source.End <= w.end
}

// raw gives the block's lines as they are, markup and all, to be translated as text.
func (w *inlineWalker) raw() {
	w.b.reset()
	w.unescaped = true
	w.newline = ""
	at := w.lines.At(0).Start
	for i := range w.lines.Len() {
		l := w.lines.At(i)
		stop := min(trimEnd(w.source, l.Start, l.Stop), w.end)
		if i > 0 {
			w.newline = strings.TrimLeft(string(w.source[at:l.Start]), " \t")
			w.b.add("\n", bitext.Span{Start: at, End: l.Start})
		}
		w.b.add(w.part.text[l.Start:max(stop, l.Start)], bitext.Span{Start: l.Start, End: max(stop, l.Start)})
		at = max(stop, l.Start)
	}
}

// trimEnd is end moved before the white space that precedes it, but not before start.
func trimEnd(source []byte, start, end int) int {
	return start + len(bytes.TrimRight(source[start:end], " \t\r\n"))
}

// inlineWalker gives the inlines of one leaf block to a builder.
type inlineWalker struct {
	*markdown
	b       *builder
	lines   *text.Segments
	end     int // of the block
	limit   int // where its text ends before that, 0 if not
	newline string
	// unescaped says that the block's text is markup, to be written as it is.
	unescaped bool
}

// children gives the inlines of n, which lie between from and limit, and returns where
// the last of them ends. Each begins where the one before it ended, or later: of a run of
// delimiters that belongs to several, the parser gives them all the same beginning.
func (w *inlineWalker) children(n ast.Node, from, limit int) int {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		end := limit
		next := c.NextSibling()
		if next != nil && w.start(next) >= from {
			end = min(end, w.start(next))
		}
		from = w.inline(c, from, end, next == nil)
	}
	return from
}

// start is where an inline begins.
func (w *inlineWalker) start(n ast.Node) int {
	if a, ok := n.(*ast.AutoLink); ok { // a bare link may be found from the character before it
		at := a.Pos()
		if !bytes.HasPrefix(w.source[at:], a.Label(w.source)) && w.source[at] != '<' {
			at++
		}
		return at
	}
	return n.Pos()
}

// inline gives one inline to the builder and returns its end. It begins at from or later.
// A link reaches to end; the last inline of its kind of container has only its own shape
// to say where it ends.
func (w *inlineWalker) inline(n ast.Node, from, end int, last bool) int {
	start := max(w.start(n), from)
	switch n := n.(type) {
	case *ast.Text:
		return w.text(n, from)
	case *ast.Emphasis:
		return w.pair(n, []string{"", "emphasis", "strong"}[min(n.Level, 2)], start, n.Level)
	case *extast.Strikethrough:
		return w.pair(n, "strikethrough", start, w.runOf('~', start))
	case *ast.Link:
		if last {
			end = w.targetEnd(w.innerEnd(n, start+1))
		}
		w.link(n, start, end)
	case *ast.Image:
		if last {
			end = w.targetEnd(w.innerEnd(n, start+2))
		}
		w.image(n, start, end)
	case *ast.RawHTML:
		return w.rawHTML(n, start)
	case *ast.CodeSpan:
		end = w.codeEnd(n, start)
		w.b.alone("code", codeText(n, w.source), bitext.Span{Start: start, End: end})
	case *ast.AutoLink:
		end = start + len(n.Label(w.source))
		if w.source[start] == '<' {
			end += 2
		}
		w.b.alone("link", string(n.Label(w.source)), bitext.Span{Start: start, End: end})
	default: // a footnote's number, a task's box
		if last {
			end = w.bracket(start) + 1
		}
		w.b.alone("other", "", bitext.Span{Start: start, End: end})
	}
	return max(start, end)
}

// runOf is how often a character stands from an offset on.
func (w *inlineWalker) runOf(c byte, at int) int {
	n := 0
	for at+n < w.end && w.source[at+n] == c {
		n++
	}
	return n
}

// codeEnd is where a code span ends: after as many backticks as it begins with.
func (w *inlineWalker) codeEnd(n *ast.CodeSpan, start int) int {
	ticks := w.runOf('`', start)
	at := start + ticks
	if t, ok := n.LastChild().(*ast.Text); ok {
		at = max(at, t.Segment.Stop)
	}
	for at < w.end && w.source[at] != '`' {
		at++
	}
	return at + ticks
}

// text gives a stretch of text, and the line break after it if it has one.
func (w *inlineWalker) text(n *ast.Text, from int) int {
	start, stop := n.Segment.Start, n.Segment.Stop
	if shift := from - start; shift > 0 && start < stop { // delimiters left over from a run
		start, stop = min(start+shift, len(w.source)), min(stop+shift, len(w.source)) // tiles sees what is astray
	}
	if w.limit > 0 {
		start, stop = min(start, w.limit), min(stop, w.limit)
	}
	w.decoded(start, stop)
	if !n.SoftLineBreak() && !n.HardLineBreak() {
		return stop
	}
	next := w.nextLine(stop)
	gap := bitext.Span{Start: stop, End: next}
	if n.HardLineBreak() {
		w.b.alone("lb", "\n", gap)
		return next
	}
	if raw := string(w.source[stop:next]); w.newline == "" && strings.ContainsAny(raw, "\r\n") {
		w.newline = raw[strings.IndexAny(raw, "\r\n"):]
	}
	w.b.add("\n", gap)
	return next
}

// nextLine is where the text of the line after offset begins.
func (w *inlineWalker) nextLine(offset int) int {
	for i := range w.lines.Len() {
		if s := w.lines.At(i); s.Start > offset {
			return s.Start + len(s.Value(w.source)) - len(bytes.TrimLeft(s.Value(w.source), " \t")) - s.Padding
		}
	}
	return w.end
}

// escaped is a backslash escape or a character reference.
var escaped = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]|&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

// decoded gives the text between two offsets, its escapes resolved.
func (w *inlineWalker) decoded(start, stop int) {
	raw := w.part.text[start:stop]
	at := 0
	if strings.ContainsAny(raw, "\\&") {
		for _, m := range escaped.FindAllStringIndex(raw, -1) {
			s := raw[m[0]:m[1]]
			shown := s[1:]
			if s[0] == '&' {
				if shown = html.UnescapeString(s); shown == s {
					continue
				}
			}
			w.b.add(raw[at:m[0]], bitext.Span{Start: start + at, End: start + m[0]})
			w.b.add(shown, bitext.Span{Start: start + m[0], End: start + m[1]})
			at = m[1]
		}
	}
	w.b.add(raw[at:], bitext.Span{Start: start + at, End: stop})
}

// pair gives an inline whose delimiters are width bytes on either side.
func (w *inlineWalker) pair(n ast.Node, typ string, start, width int) int {
	w.b.open(typ, bitext.Span{Start: start, End: start + width})
	inner := w.children(n, start+width, w.end-width)
	w.b.close(typ, bitext.Span{Start: inner, End: inner + width})
	return inner + width
}

// link gives the text of a link as translatable, its target as part of the closing code.
func (w *inlineWalker) link(n *ast.Link, start, end int) {
	w.b.open("link", bitext.Span{Start: start, End: start + 1})
	inner := w.bracket(w.children(n, start+1, w.innerEnd(n, start+1)))
	w.b.close("link", bitext.Span{Start: inner, End: end})
	if byLabel(n.Reference) {
		// The text is the label: translated, it would lead nowhere.
		w.b.items[len(w.b.items)-1].markup = "][" + string(n.Reference.Value) + "]"
	}
}

// bracket is the place of the first closing bracket from at on.
func (w *inlineWalker) bracket(at int) int {
	at = min(at, w.end)
	if i := bytes.IndexByte(w.source[at:w.end], ']'); i >= 0 {
		return at + i
	}
	return at
}

// byLabel reports whether a link's text is the label of its definition: [text] or [text][].
func byLabel(r *ast.ReferenceLink) bool {
	return r != nil && r.Type != ast.ReferenceLinkFull
}

// innerEnd is where the bracketed text of a link or image that begins at start ends: at
// the bracket that closes it.
func (w *inlineWalker) innerEnd(n ast.Node, start int) int {
	at := start
	if last := n.LastChild(); last != nil {
		at = max(at, w.atLeast(last))
	}
	return w.bracket(at)
}

// atLeast is an offset inside an inline beyond all brackets that are its own.
func (w *inlineWalker) atLeast(n ast.Node) int {
	switch n := n.(type) {
	case *ast.Text:
		return n.Segment.Stop
	case *ast.RawHTML:
		return n.Segments.At(n.Segments.Len() - 1).Stop
	case *ast.AutoLink:
		return w.start(n) + len(n.Label(w.source))
	case *ast.Image:
		return w.targetEnd(w.innerEnd(n, n.Pos()+2))
	case *ast.Link:
		return w.targetEnd(w.innerEnd(n, n.Pos()+1))
	}
	if last := n.LastChild(); last != nil {
		return w.atLeast(last)
	}
	return max(0, n.Pos())
}

// targetEnd is where the target that follows the closing bracket of a link ends.
func (w *inlineWalker) targetEnd(bracket int) int {
	rest := w.source[bracket:w.end]
	if bytes.HasPrefix(rest, []byte("](")) {
		depth := 0
		for i, c := range rest {
			switch {
			case c == '(' && rest[i-1] != '\\':
				depth++
			case c == ')' && rest[i-1] != '\\':
				if depth--; depth == 0 {
					return bracket + i + 1
				}
			}
		}
	}
	if bytes.HasPrefix(rest, []byte("][")) {
		if i := bytes.IndexByte(rest[1:], ']'); i >= 0 {
			return bracket + i + 2
		}
	}
	return bracket + 1
}

// image gives an image as one code, and its alt text as a block of its own.
func (w *inlineWalker) image(n *ast.Image, start, end int) {
	inner := w.innerEnd(n, start+2)
	if byLabel(n.Reference) {
		w.b.alone("image", "", bitext.Span{Start: start, End: end})
		return
	}
	var alt builder
	nested := inlineWalker{markdown: w.markdown, b: &alt, lines: w.lines, end: inner}
	nested.children(n, start+2, inner)
	if b, ok := alt.finish(w.part, Attribute, w.renderLine); ok {
		b.Context = "alt"
		w.blocks = append(w.blocks, b)
	}
	w.b.alone("image", "", bitext.Span{Start: start, End: end})
}

// rawHTML gives a tag as half of a pair, a comment and the like as a code of its own.
func (w *inlineWalker) rawHTML(n *ast.RawHTML, start int) int {
	span := bitext.Span{Start: start, End: n.Segments.At(n.Segments.Len() - 1).Stop}
	tag := string(w.source[span.Start:span.End])
	name := strings.ToLower(strings.TrimPrefix(tag, "<"))
	closing := strings.HasPrefix(name, "/")
	name = strings.TrimPrefix(name, "/")
	if i := strings.IndexFunc(name, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') }); i >= 0 {
		name = name[:i]
	}
	switch {
	case name == "br":
		w.b.alone("lb", "\n", span)
	case name == "" || htmlVoid[name] || strings.HasSuffix(tag, "/>"):
		w.b.alone("html", "", span)
	case closing:
		w.b.close("html-"+name, span)
	default:
		w.b.open("html-"+name, span)
	}
	if !closing && strings.Contains(tag, "=") {
		w.islands = append(w.islands, island{lines: spansOf(n.Segments)})
	}
	return span.End
}

// codeText is what a code span shows.
func codeText(n ast.Node, source []byte) string {
	var s strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			s.Write(t.Segment.Value(source))
		}
	}
	return strings.ReplaceAll(s.String(), "\n", " ")
}

// renderParagraph writes a translation as the lines of a paragraph.
func (m *markdown) renderParagraph(b *Block, t target) string {
	first := true
	return readable(b, t).spliceBefore(b, func(s, markup string) string {
		s = escapeLineStarts(m.escape(lineFeeds(s), markup), first)
		first = first && s == "" && markup == ""
		if b.Kind == Heading {
			s = escapeHeadingEnd(s, markup)
		}
		return withNewlines(s, b.newline)
	})
}

// oneLine makes every line end a space.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// renderLine writes a translation on one line.
func (m *markdown) renderLine(b *Block, t target) string {
	return readable(b, t).spliceBefore(b, func(s, markup string) string {
		return escapeHeadingEnd(m.escape(oneLine.Replace(s), markup), markup)
	})
}

// escapeHeadingEnd escapes what at the end of a heading would not be shown.
func escapeHeadingEnd(s, markup string) string {
	if at := headingEnd.FindStringIndex(s); at != nil && markup == "" {
		s = s[:at[0]] + strings.NewReplacer("#", `\#`, "{", `\{`).Replace(s[at[0]:])
	}
	return s
}

// headingEnd is signs that close a heading, and attributes.
var headingEnd = regexp.MustCompile(`(?:^|[ \t])(?:#+|\{[#.][^{}]*\})$`)

// renderCell writes a translation into a cell of a table.
func (m *markdown) renderCell(b *Block, t target) string {
	return readable(b, t).spliceBefore(b, func(s, markup string) string {
		return strings.ReplaceAll(m.escape(oneLine.Replace(s), markup), "|", `\|`)
	})
}

// escape escapes text that stands before markup: an exclamation mark before a link would
// make it an image.
func (m *markdown) escape(s, markup string) string {
	s = escapeMarkdown(s, m.refs)
	if strings.HasSuffix(s, "!") && strings.HasPrefix(markup, "[") {
		s = s[:len(s)-1] + `\!`
	}
	return s
}

// escapeMarkdown puts a backslash before each character that would otherwise be markup,
// and before no other: brackets of which no link is made, underscores inside words and
// lone signs stay as a person wrote them.
func escapeMarkdown(s string, refs map[string]bool) string {
	if !strings.ContainsAny(s, "\\*_`[]<&~") {
		return s
	}
	var out strings.Builder
	links := linkBrackets(s, refs)
	for i := 0; i < len(s); i++ {
		if links[i] || isMarkup(s, i) {
			out.WriteByte('\\')
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// isMarkup reports whether the character at s[i] would be read as markup.
func isMarkup(s string, i int) bool {
	before, after := byteAt(s, i-1), byteAt(s, i+1)
	switch s[i] {
	case '\\':
		return i+1 == len(s) || after == '\n' || isPunct(after)
	case '*', '~', '`':
		return s[i] == '`' || !(isSpaceByte(before) && isSpaceByte(after))
	case '_':
		return !(isWordByte(before) && isWordByte(after) || isSpaceByte(before) && isSpaceByte(after))
	case '<':
		return after == '/' || after == '!' || after == '?' || isWordByte(after) && after < 0x80
	case '&':
		m := escaped.FindStringIndex(s[i:])
		return m != nil && m[0] == 0
	}
	return false
}

// linkBrackets are the places of the brackets of which a link would be made, and of those
// without a partner, which would join with one outside of s.
func linkBrackets(s string, refs map[string]bool) map[int]bool {
	if !strings.ContainsAny(s, "[]") {
		return nil
	}
	links := map[int]bool{}
	var open []int
	for i := range len(s) {
		switch {
		case s[i] == '[':
			open = append(open, i)
		case s[i] == ']' && len(open) == 0:
			links[i] = true
		case s[i] == ']':
			start := open[len(open)-1]
			open = open[:len(open)-1]
			after := byteAt(s, i+1)
			if byteAt(s, start+1) == '^' || after == '(' || after == '[' || after == ':' || i > start+1 && refs[util.ToLinkReference([]byte(s[start+1:i]))] {
				links[start], links[i] = true, true
			}
		}
	}
	for _, i := range open {
		links[i] = true
	}
	return links
}

// byteAt is s[i], or 0 outside of s, where markup may stand.
func byteAt(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

func isWordByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

func isPunct(c byte) bool { return c > ' ' && c < 0x7f && !isWordByte(c) }

// lineStart is what at the start of a line would open a block.
var lineStart = regexp.MustCompile(`^[ \t]*(#{1,6}(?:[ \t\n]|$)|[-+*](?:[ \t\n]|$)|[-=]+[ \t]*(?:\n|$)|>|~~~|\[[ xX]\](?:[ \t\n]|$)|[-:|][-:| \t]*(?:\n|$)|(?:-[ \t]*){3,}(?:\n|$)|[0-9]{1,9}([.)])(?:[ \t\n]|$))`)

// escapeLineStarts escapes what would open a heading, a list, a quotation or a rule, and
// keeps empty lines from ending the block.
func escapeLineStarts(s string, first bool) string {
	if first { // indented, it would be code
		s = strings.TrimLeft(s, " \t\n")
	}
	var out strings.Builder
	for i, l := range strings.SplitAfter(s, "\n") {
		if i > 0 {
			l = strings.TrimLeft(l, " \t")
		}
		if i > 0 && l == "\n" {
			out.WriteString("&#10;")
			continue
		}
		if m := lineStart.FindStringSubmatchIndex(l); m != nil && (first || i > 0) {
			at := m[2]
			if m[4] >= 0 {
				at = m[4]
			}
			l = l[:at] + `\` + l[at:]
		}
		if strings.HasSuffix(l, "\n") {
			l = strings.TrimRight(l, " \t\n") + "\n"
		}
		out.WriteString(l)
	}
	return out.String()
}
