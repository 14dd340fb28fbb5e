package document

import (
	"strings"

	"drogman/pipeline/bitext"
)

// Markup. HTML, XHTML, OpenDocument and XML differ in their elements, not in how blocks
// are found among them. A scanner gives the tokens of the text, which tile it; a
// vocabulary says what each element is in the flow of text; this file makes blocks.
//
// Elements of the flow end one block and begin the next. Inline elements are pairs of
// codes. An atom is one code, its content untouched. An aside (a footnote, a text box)
// is one code in the text around it, and its content is blocks of its own. A hidden
// element is a code that shows nothing; a barrier is hidden and parts blocks.

type tokenKind uint8

const (
	tokenText  tokenKind = iota
	tokenOpen            // <a>
	tokenClose           // </a>
	tokenEmpty           // <a/>
	tokenCData           // <![CDATA[…]]>
	tokenOther           // comment, declaration, processing instruction
)

// token is a piece of markup. The tokens of a text tile it.
type token struct {
	kind tokenKind
	name string // of an element
	span bitext.Span
}

// flow is what an element is in the flow of text.
type flow uint8

const (
	flowBlock   flow = iota // ends the block before it and the one in it
	flowInline              // a pair of codes
	flowAtom                // one code; its content is shown in its place and not translated
	flowAside               // one code; its content is blocks of its own
	flowHidden              // one code that shows nothing; its content is untouched
	flowBarrier             // ends the block before it; its content is untouched
)

// treatment is what a vocabulary says of an element.
type treatment struct {
	flow     flow
	kind     Kind   // of the blocks in it; empty: that of the element around it
	typ      string // of its code; empty: its name
	shown    string // by an atom, instead of its content
	preserve bool   // white space is text
	keep     bool   // its attributes are not translated either
}

// vocabulary is what the markup reader has to know of a document's elements.
type vocabulary struct {
	treat func(t token, attributes []attribute) treatment
	// attribute says whether an attribute's value is text, and of what kind.
	attribute func(t token, a attribute, all []attribute) (Kind, bool)
	// language says whether an attribute declares the language or the direction of its
	// element, and how the target's is written there.
	language func(t token, a attribute, all []attribute) languageWriter
	// unescape decodes the character reference at the start of s, and its length.
	unescape func(s string, inAttribute bool) (text string, size int)
	// closes says whether opening an element ends an open one that has no end tag.
	closes func(opening, open string) bool
	void   map[string]bool
}

// element is an open element.
type element struct {
	name string
	treatment
	start     int             // offset of its tag
	content   strings.Builder // of an atom, unescaped
	saved     *builder        // the builder around an aside
	savedKind Kind
}

// markup reads one text of markup.
type markup struct {
	*vocabulary
	document *Document
	part     *part
	source   string // the part's text, or one of the same length in which what is no markup is blanked out
	limit    int    // where the markup ends in it
	oneLine  bool   // a line break is white space wherever it stands
	writes   renderers
	builder  *builder
	open     []*element
	count    map[string]int // open elements by name
	silent   int            // open elements whose text is not translated
	kind     Kind
	preserve int
	blocks   []Block
}

// renderers write the translations of markup's text and of its attributes.
type renderers struct{ text, attribute renderer }

func newMarkup(d *Document, p *part, v *vocabulary) *markup {
	return &markup{vocabulary: v, document: d, part: p, source: p.text, limit: len(p.text), writes: renderers{renderMarkup, renderAttribute},
		builder: &builder{}, count: map[string]int{}, kind: Paragraph}
}

// finish ends the text: what is still open is closed.
func (m *markup) finish() []Block {
	for len(m.open) > 0 {
		m.pop(m.limit, m.limit)
	}
	m.flush()
	return m.blocks
}

func (m *markup) token(t token) {
	switch t.kind {
	case tokenText:
		m.text(t.span)
	case tokenCData:
		m.cdata(t.span)
	case tokenOpen, tokenEmpty:
		m.start(t)
	case tokenClose:
		m.end(t)
	default:
		if m.silent == 0 {
			m.builder.alone("other", "", t.span)
		}
	}
}

// flush ends the block in hand.
func (m *markup) flush() {
	if b, ok := m.builder.finish(m.part, m.kind, m.writes.text); ok {
		if len(m.open) > 0 {
			b.Context = m.open[len(m.open)-1].name
		}
		m.blocks = append(m.blocks, b)
	}
}

// start handles a start tag.
func (m *markup) start(t token) {
	attributes := attributesOf(m.source, t.span)
	for m.closes != nil && len(m.open) > 0 && m.closes(t.name, m.open[len(m.open)-1].name) {
		m.pop(t.span.Start, t.span.Start)
	}
	treat := m.treat(t, attributes)
	if m.silent > 0 {
		treat.flow = flowHidden
	}
	empty := t.kind == tokenEmpty || m.void[t.name]
	if treat.flow == flowBlock || treat.flow == flowBarrier {
		m.flush()
	}
	m.attributes(t, attributes, treat.keep)
	typ := treat.typ
	if typ == "" {
		typ = t.name
	}
	treat.typ = typ
	if empty {
		if m.silent == 0 && treat.flow != flowBlock && treat.flow != flowBarrier {
			m.builder.alone(typ, treat.shown, t.span)
		}
		return
	}
	m.push(t, treat)
}

// push opens an element.
func (m *markup) push(t token, treat treatment) {
	e := &element{name: t.name, treatment: treat, start: t.span.Start}
	switch treat.flow {
	case flowInline:
		m.builder.open(treat.typ, t.span)
	case flowAtom, flowHidden, flowBarrier:
		m.silent++
	case flowAside:
		e.saved, m.builder = m.builder, &builder{}
	}
	e.savedKind = m.kind
	if treat.kind != "" {
		m.kind = treat.kind
	}
	if treat.preserve {
		m.preserve++
	}
	m.open = append(m.open, e)
	m.count[t.name]++
}

// end handles an end tag: it closes the element of its name opened last, and those
// opened since; one that nothing opened is a code of its own.
func (m *markup) end(t token) {
	if m.count[t.name] == 0 {
		if treat := m.treat(t, nil); treat.flow == flowBlock && m.silent == 0 {
			m.flush()
		} else if m.silent == 0 {
			m.builder.alone(t.name, "", t.span)
		}
		return
	}
	for m.open[len(m.open)-1].name != t.name {
		m.pop(t.span.Start, t.span.Start)
	}
	m.pop(t.span.Start, t.span.End)
}

// pop closes the innermost element, whose end tag (empty if it has none) is the span.
func (m *markup) pop(start, end int) {
	e := m.open[len(m.open)-1]
	switch e.flow {
	case flowBlock:
		m.flush()
	case flowInline:
		if start == end { // no end tag: it ends where its block does
			break
		}
		m.builder.close(e.typ, bitext.Span{Start: start, End: end})
	case flowAtom, flowHidden, flowBarrier:
		m.silent--
		if m.silent == 0 && e.flow != flowBarrier {
			m.builder.alone(e.typ, e.show(), bitext.Span{Start: e.start, End: end})
		}
	case flowAside:
		m.flush()
		m.builder = e.saved
		if m.silent == 0 {
			m.builder.alone(e.typ, e.shown, bitext.Span{Start: e.start, End: end})
		}
	}
	m.kind = e.savedKind
	if e.preserve {
		m.preserve--
	}
	m.open = m.open[:len(m.open)-1]
	m.count[e.name]--
}

// show is what an atom shows in its place.
func (e *element) show() string {
	if e.shown != "" || e.flow != flowAtom {
		return e.shown
	}
	return collapse(e.content.String())
}

// attributes takes the attributes of a tag that are text, unless they are to be kept, and
// those that say its language.
func (m *markup) attributes(t token, all []attribute, keep bool) {
	for _, a := range all {
		if m.vocabulary.language != nil {
			if w := m.vocabulary.language(t, a, all); w != nil {
				m.document.languages = append(m.document.languages, languagePlace{m.part, a.value, w})
			}
		}
		if m.silent > 0 || keep || m.attribute == nil {
			continue
		}
		kind, ok := m.attribute(t, a, all)
		if !ok {
			continue
		}
		var b builder
		m.unescaped(&b, a.value, !m.oneLine, true)
		if block, ok := b.finish(m.part, kind, m.writes.attribute); ok {
			block.Context = t.name + "@" + a.name
			block.newline = string(a.quote)
			m.blocks = append(m.blocks, block)
		}
	}
}

// text handles character data.
func (m *markup) text(span bitext.Span) {
	if m.silent == 0 {
		m.unescaped(m.builder, span, m.preserve > 0, false)
		return
	}
	for _, e := range m.open { // what an atom shows
		if e.flow == flowAtom {
			var b builder
			m.unescaped(&b, span, true, false)
			for _, it := range b.items {
				e.content.WriteString(it.text)
			}
			return
		}
	}
}

// cdata handles a CDATA section: its brackets are codes, and its text escapes nothing.
func (m *markup) cdata(span bitext.Span) {
	if m.silent > 0 {
		return
	}
	inner := bitext.Span{Start: span.Start + len("<![CDATA["), End: span.End - len("]]>")}
	if strings.TrimFunc(inner.In(m.source), isBlank) == "" {
		m.builder.alone("cdata", "", span)
		return
	}
	m.builder.addEscaped(inner.In(m.source), span)
}

// addEscaped appends text that stands for a source span as a whole.
func (b *builder) addEscaped(text string, source bitext.Span) {
	if text != "" {
		b.items = append(b.items, item{text: text, source: source})
	}
}

// unescaped gives a stretch of character data to a builder: character references decoded,
// and white space, where it is not text, as single spaces.
func (m *markup) unescaped(b *builder, span bitext.Span, preserve, inAttribute bool) {
	s := span.In(m.source)
	at := 0 // start of what has not been given yet
	give := func(end int) { b.add(s[at:end], bitext.Span{Start: span.Start + at, End: span.Start + end}) }
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '&':
			shown, n := m.unescape(s[i:], inAttribute)
			if n == 0 {
				i++
				continue
			}
			give(i)
			b.addEscaped(shown, bitext.Span{Start: span.Start + i, End: span.Start + i + n})
			i += n
			at = i
		case !preserve && isXMLSpace(c):
			n := 1
			for i+n < len(s) && isXMLSpace(s[i+n]) {
				n++
			}
			if n > 1 || c != ' ' {
				give(i)
				b.addEscaped(" ", bitext.Span{Start: span.Start + i, End: span.Start + i + n})
				at = i + n
			}
			i += n
		default:
			i++
		}
	}
	give(len(s))
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// collapse makes each run of white space one space.
func collapse(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && isXMLSpace(byte(r)) }), " ")
}

var (
	textEscaper      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attributeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;")
	singleEscaper    = strings.NewReplacer("&", "&amp;", "<", "&lt;", "'", "&#39;")
)

// renderMarkup writes a translation as character data. A line break in it is white space.
func renderMarkup(b *Block, t target) string { return t.splice(b, b.part.characters) }

// characters writes text as character data.
func (p *part) characters(s string) string { return p.encoding.referred(textEscaper.Replace(s)) }

// renderAttribute writes a translation as the value of an attribute, in the quotes that
// it has (newline says which); one without gets them.
func renderAttribute(b *Block, t target) string {
	escaper, quote := attributeEscaper, ""
	switch b.newline {
	case `'`:
		escaper = singleEscaper
	case `"`:
	default:
		quote = `"`
	}
	return quote + t.splice(b, func(s string) string { return b.part.encoding.referred(escaper.Replace(s)) }) + quote
}

// attribute is one attribute of a tag.
type attribute struct {
	name  string // as written
	value bitext.Span
	text  string // the value, not unescaped
	quote rune   // 0 if there are none
}

// attributesOf returns the attributes of a start tag.
func attributesOf(text string, tag bitext.Span) []attribute {
	s := tag.In(text)
	i := 1
	for i < len(s) && !isXMLSpace(s[i]) && s[i] != '/' && s[i] != '>' {
		i++
	}
	var out []attribute
	for {
		for i < len(s) && (isXMLSpace(s[i]) || s[i] == '/') {
			i++
		}
		if i >= len(s) || s[i] == '>' {
			return out
		}
		start := i
		i++ // a name may begin with "="
		for i < len(s) && !isXMLSpace(s[i]) && s[i] != '/' && s[i] != '>' && s[i] != '=' {
			i++
		}
		a := attribute{name: s[start:i], value: bitext.Span{Start: tag.Start + i, End: tag.Start + i}}
		i = a.readValue(s, i, tag.Start)
		out = append(out, a)
	}
}

// readValue reads "= value" at s[i] if it stands there, and returns where it ends.
func (a *attribute) readValue(s string, i, offset int) int {
	k := i
	for k < len(s) && isXMLSpace(s[k]) {
		k++
	}
	if k >= len(s) || s[k] != '=' {
		return i
	}
	for k++; k < len(s) && isXMLSpace(s[k]); k++ {
	}
	if k >= len(s) {
		return k
	}
	end := k
	if c := s[k]; c == '"' || c == '\'' {
		a.quote = rune(c)
		k++
		end = k
		for end < len(s) && s[end] != c {
			end++
		}
		i = min(end+1, len(s))
	} else {
		for end < len(s) && !isXMLSpace(s[end]) && s[end] != '>' {
			end++
		}
		i = end
	}
	a.value = bitext.Span{Start: offset + k, End: offset + end}
	a.text = s[k:end]
	return i
}

// valueOf returns the value of an attribute, "" if there is none.
func valueOf(all []attribute, name string) string {
	for _, a := range all {
		if a.name == name {
			return a.text
		}
	}
	return ""
}
