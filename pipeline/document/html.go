package document

import (
	"html"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

// HTML, as the HTML Living Standard tokenises it: x/net/html's raw tokens concatenate to
// the input, so offsets are counted, not searched. Text is taken from elements and from
// the attributes a reader meets (alt, title, placeholder, aria-label, descriptions).
// Scripts, styles, code listings, and what says translate="no" or is in another language
// than the document stay as they are.

func readHTML(d *Document, _ Options) error {
	p := d.parts[0]
	m := newHTML(d, p)
	scanHTML(p.text, 0, m.token)
	d.add(m.finish())
	return nil
}

// newHTML returns a reader of HTML's elements.
func newHTML(d *Document, p *part) *markup {
	h := htmlReader{}
	h.markup = newMarkup(d, p, &vocabulary{treat: h.treat, attribute: h.attribute, language: h.languageOf,
		unescape: unescapeHTML, closes: impliedEnd, void: htmlVoid})
	return h.markup
}

// readXHTML reads HTML written as XML. What is not well-formed is read as browsers would.
func readXHTML(d *Document, p *part) error {
	m := newHTML(d, p)
	m.closes, m.void = nil, nil
	err := scanEntities(p.text, unescapeHTML, func(t token) error { m.token(t); return nil })
	if e, ok := err.(*Error); ok && e.Code == "markup-malformed" {
		m = newHTML(d, p)
		scanHTML(p.text, 0, m.token)
		err = nil
	}
	if err != nil {
		return inPart(err, p)
	}
	d.add(m.finish())
	return nil
}

func readXHTMLFile(d *Document, _ Options) error { return readXHTML(d, d.parts[0]) }

// add puts blocks into the document in the order of their place, with IDs.
func (d *Document) add(blocks []Block) {
	slices.SortStableFunc(blocks, func(a, b Block) int { return compareSpans(a.Span, b.Span) })
	for _, b := range blocks {
		if b.ID == "" {
			b.ID = d.ids.next(b.Text)
		}
		d.Blocks = append(d.Blocks, b)
	}
}

// scanHTML gives the tokens of HTML that stands at an offset.
func scanHTML(text string, at int, emit func(token)) {
	z := nethtml.NewTokenizer(strings.NewReader(text))
	kinds := map[nethtml.TokenType]tokenKind{nethtml.TextToken: tokenText, nethtml.StartTagToken: tokenOpen,
		nethtml.EndTagToken: tokenClose, nethtml.SelfClosingTagToken: tokenOpen}
	end := at + len(text)
	foreign := 0 // open elements of SVG and MathML, where a tag that closes itself is closed
	for {
		kind := z.Next()
		n := len(z.Raw())
		if kind == nethtml.ErrorToken {
			if at < end { // an unfinished tag
				emit(token{kind: tokenOther, span: bitext.Span{Start: at, End: end}})
			}
			return
		}
		t := token{kind: tokenOther, span: bitext.Span{Start: at, End: at + n}}
		if k, ok := kinds[kind]; ok {
			t.kind = k
		}
		if t.kind == tokenOpen || t.kind == tokenClose {
			name, _ := z.TagName()
			t.name = string(name)
			root := t.name == "svg" || t.name == "math"
			switch {
			case kind == nethtml.SelfClosingTagToken && (root || foreign > 0):
				t.kind = tokenEmpty
				z.NextIsNotRawText()
			case root && t.kind == tokenOpen:
				foreign++
			case root && foreign > 0:
				foreign--
			}
		}
		emit(t)
		at += n
	}
}

// htmlVoid are the elements that have no end tag (HTML Living Standard, 13.1.2).
var htmlVoid = set("area base br col embed hr img input link meta param source track wbr")

// set makes a set of the words of a string.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	htmlInline = set(`a abbr acronym b bdi bdo big cite del dfn em font i ins label mark nobr q ruby rb rt rp rtc s small
		span strike strong sub sup time tt u`)
	htmlAtom   = set("code kbd samp var img input br wbr embed area")
	htmlHidden = set(`script style xmp iframe noembed noframes plaintext link meta base param source track col
		math object canvas audio video map meter progress`)
	htmlRow   = set("tr tbody tfoot")
	htmlCell  = set("td th tr tbody tfoot")
	htmlKinds = map[string]Kind{"h1": Heading, "h2": Heading, "h3": Heading, "h4": Heading, "h5": Heading, "h6": Heading,
		"title": Title, "li": ListItem, "dt": ListItem, "dd": ListItem, "td": Cell, "th": Cell, "figcaption": Caption,
		"caption": Caption, "p": Paragraph, "div": Paragraph, "aside": Note}
	// svgBlock and svgInline are the elements of SVG that hold text, in lower case.
	svgBlock  = set("text title desc")
	svgInline = set("a tspan textpath")
	// htmlTypes are the code types of the elements that other formats have too.
	htmlTypes = map[string]string{"a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
		"br": "lb", "img": "image", "code": "code"}
)

// htmlReader is what reading HTML has to remember.
type htmlReader struct {
	markup   *markup
	language string // the document's, as its root says
}

func (h *htmlReader) treat(t token, attributes []attribute) treatment {
	tr := treatment{flow: flowBlock, kind: htmlKinds[t.name], typ: htmlTypes[t.name]}
	switch {
	case htmlInline[t.name]:
		tr.flow = flowInline
	case htmlAtom[t.name]:
		tr.flow = flowAtom
	case htmlHidden[t.name]:
		tr.flow = flowHidden
	}
	switch t.name {
	case "br":
		tr.shown = "\n"
	case "svg": // a picture in the text, its own text beside it
		tr.flow = flowAside
	case "pre", "textarea", "listing":
		tr.preserve = true
	case "code":
		if h.markup.count["pre"] > 0 {
			tr.flow = flowHidden
		}
	}
	if h.markup.count["svg"] > 0 {
		svgFlow(&tr, strings.ToLower(t.name))
	}
	if t.kind != tokenClose && h.foreign(t, attributes) {
		tr.keep = true
		switch tr.flow {
		case flowInline:
			tr.flow = flowAtom
		case flowBlock:
			tr.flow = flowBarrier
		case flowAside:
			tr.flow = flowHidden
		}
	}
	return tr
}

// svgFlow says what an element is within a picture in SVG.
func svgFlow(tr *treatment, name string) {
	switch {
	case svgInline[name]:
		tr.flow = flowInline
	case svgBlock[name]:
		tr.flow, tr.kind = flowBlock, Caption
	case name == "metadata":
		tr.flow = flowHidden
	}
}

// foreign reports whether an element says that it is not to be translated, or is in
// another language than the document.
func (h *htmlReader) foreign(t token, attributes []attribute) bool {
	foreign := false
	for _, a := range attributes {
		switch strings.ToLower(a.name) {
		case "translate":
			return strings.EqualFold(a.text, "no")
		case "lang", "xml:lang":
			if h.language == "" && t.name == "html" {
				h.language = a.text
			}
			foreign = h.language != "" && a.text != "" && !sameLanguage(h.language, a.text)
		}
	}
	return foreign
}

// sameLanguage reports whether two tags have the same language, whatever the region.
func sameLanguage(a, b string) bool {
	x, _, _ := strings.Cut(strings.ReplaceAll(a, "_", "-"), "-")
	y, _, _ := strings.Cut(strings.ReplaceAll(b, "_", "-"), "-")
	return strings.EqualFold(x, y)
}

// htmlText are the attributes that hold text wherever they stand.
var htmlText = set("title alt placeholder aria-label aria-description aria-roledescription aria-placeholder aria-valuetext")

// metaText are the names of the meta elements whose content is text.
var metaText = set(`description keywords title author:title og:title og:description og:image:alt og:site_name
	twitter:title twitter:description twitter:image:alt dc.title dc.description dcterms.title dcterms.description
	application-name apple-mobile-web-app-title`)

func (h *htmlReader) attribute(t token, a attribute, all []attribute) (Kind, bool) {
	if a.text == "" || t.kind == tokenClose {
		return "", false
	}
	name := strings.ToLower(a.name)
	switch {
	case htmlText[name]:
		return Attribute, true
	case t.name == "meta" && name == "content":
		key := valueOf(all, "name")
		if key == "" {
			key = valueOf(all, "property")
		}
		return Attribute, metaText[strings.ToLower(key)]
	case t.name == "input" && name == "value":
		return Attribute, slices.Contains([]string{"button", "submit", "reset"}, strings.ToLower(valueOf(all, "type")))
	case (t.name == "option" || t.name == "track" || t.name == "optgroup") && name == "label", t.name == "table" && name == "summary":
		return Attribute, true
	}
	return "", false
}

func (h *htmlReader) languageOf(t token, a attribute, all []attribute) languageWriter {
	switch name := strings.ToLower(a.name); {
	case t.name == "html" && name == "lang" && valueOf(all, "dir") == "":
		return a.writeWithDirection
	case (name == "lang" || name == "xml:lang") && (t.name == "html" || h.language != "" && sameLanguage(a.text, h.language)):
		return writeTag
	case name == "dir" && (t.name == "html" || t.name == "body"):
		return writeDirection
	case t.name == "meta" && name == "content" && strings.EqualFold(valueOf(all, "http-equiv"), "content-language"):
		return writeTag
	case t.name == "meta" && name == "content" && valueOf(all, "property") == "og:locale":
		return func(t language.Tag) string { return writeLocale(t) }
	}
	return nil
}

// writeWithDirection writes the language of a page that declares no direction, and after it
// the direction of a language that is not written from left to right.
func (a attribute) writeWithDirection(t language.Tag) string {
	if !rightToLeft(t) {
		return writeTag(t)
	}
	quote := ""
	if a.quote != 0 {
		quote = string(a.quote)
	}
	return writeTag(t) + quote + " dir=" + quote + writeDirection(t)
}

// impliedEnd reports whether opening one element ends another that has no end tag
// (HTML Living Standard, 13.1.2.4).
func impliedEnd(opening, open string) bool {
	switch open {
	case "p":
		return opening != "svg" && !htmlInline[opening] && !htmlAtom[opening] && !htmlHidden[opening]
	case "li":
		return opening == "li"
	case "dt", "dd":
		return opening == "dt" || opening == "dd"
	case "td", "th":
		return htmlCell[opening]
	case "tr":
		return htmlRow[opening]
	case "option":
		return opening == "option" || opening == "optgroup"
	case "head":
		return opening == "body"
	}
	return false
}

// unescapeHTML decodes the character reference at the start of s.
func unescapeHTML(s string, inAttribute bool) (string, int) {
	n := 1
	if n < len(s) && s[n] == '#' {
		n++
	}
	for n < len(s) && n < 40 && isWordByte(s[n]) && s[n] < 0x80 {
		n++
	}
	if n < len(s) && s[n] == ';' {
		n++
	} else if inAttribute {
		return "", 0
	}
	shown := html.UnescapeString(s[:n])
	if shown == s[:n] {
		return "", 0
	}
	return shown, n
}

// htmlCharset finds the encoding that a meta element declares.
var htmlCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// declaredHTML returns the encoding an HTML document declares in its first 4096 bytes.
func declaredHTML(head []byte) string {
	if m := htmlCharset.FindSubmatch(head[:min(len(head), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}
