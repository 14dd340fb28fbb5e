package document

import (
	"strings"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

// OpenDocument 1.3 (text, presentation, spreadsheet, drawing): paragraphs and headings of
// the content, of headers and footers in the styles, and the title and description in the
// metadata. Spans and links are pairs; tabs, breaks, fields and bookmarks stand alone;
// notes, frames and, if wanted, comments are asides. What was deleted stays as it is.

func readODF(d *Document, o Options) error {
	if _, err := d.openZip(); err != nil {
		return err
	}
	if d.container.files["content.xml"] == nil {
		return &Error{Code: "part-missing", Want: "content.xml"}
	}
	for _, name := range []string{"meta.xml", "styles.xml", "content.xml"} {
		p, err := d.part(name)
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		r := odfReader{document: d, part: p, comments: o.Comments}
		if err := r.read(); err != nil {
			return inPart(err, p)
		}
	}
	return nil
}

// odfReader reads one part.
type odfReader struct {
	document *Document
	part     *part
	markup   *markup
	comments bool
	tag      bitext.Span // of the last dc:language
}

func (r *odfReader) read() error {
	m := newMarkup(r.document, r.part, &vocabulary{treat: r.treat, language: r.languageOf, unescape: unescapeXML})
	r.markup = m
	err := scanXML(r.part.text, func(t token) error {
		if t.name == "dc:language" && t.kind == tokenOpen {
			r.tag = t.span
		} else if t.name == "dc:language" && t.kind == tokenClose {
			r.document.languages = append(r.document.languages, languagePlace{r.part, bitext.Span{Start: r.tag.End, End: t.span.Start}, writeTag})
		}
		m.token(t)
		return nil
	})
	r.document.add(m.finish())
	return err
}

var (
	odfBlocks = map[string]Kind{"text:p": "", "text:h": Heading, "text:list-item": ListItem, "table:table-cell": Cell,
		"text:note-body": Note, "dc:title": Title, "dc:subject": Title, "dc:description": Title, "meta:keyword": Title,
		"svg:title": Attribute, "svg:desc": Attribute, "presentation:notes": Note}
	odfBarriers = set(`text:tracked-changes office:automatic-styles office:styles office:font-face-decls office:scripts
		office:settings text:note-citation dc:language dc:creator dc:date meta:generator meta:initial-creator meta:creation-date
		meta:editing-cycles meta:editing-duration meta:user-defined meta:template meta:printed-by meta:print-date text:sequence-decls
		text:list-header-number text:number form:forms style:style number:number-style draw:image draw:object draw:object-ole`)
	odfShown = map[string]string{"text:tab": "\t", "text:line-break": "\n", "text:s": " "}
	odfTypes = map[string]string{"text:a": "link", "text:line-break": "lb", "text:tab": "tab", "text:note": "note", "draw:frame": "image"}
)

func (r *odfReader) treat(t token, attributes []attribute) treatment {
	tr := treatment{flow: flowBlock, typ: odfTypes[t.name], shown: odfShown[t.name]}
	kind, block := odfBlocks[t.name]
	inParagraph := r.markup.count["text:p"]+r.markup.count["text:h"] > 0
	switch {
	case t.name == "table:table-cell" && computed(attributes):
		tr.flow = flowBarrier
	case block:
		tr.kind = kind
	case odfBarriers[t.name]:
		tr.flow = flowBarrier
	case t.name == "office:annotation":
		tr.flow, tr.kind = flowAside, Note
		if !r.comments {
			tr.flow = flowHidden
		}
	case !inParagraph:
	case t.name == "text:span", t.name == "text:a", t.name == "text:meta", t.name == "text:ruby", t.name == "text:ruby-base":
		tr.flow = flowInline
	case t.name == "text:note", strings.HasPrefix(t.name, "draw:"):
		tr.flow = flowAside
	case r.asideBetween():
	case strings.HasPrefix(t.name, "text:"), strings.HasPrefix(t.name, "presentation:"):
		tr.flow = flowAtom
	default:
		tr.flow = flowHidden
	}
	return tr
}

// computed reports whether a cell holds a number, a date or a formula, whose text is the
// program's.
func computed(attributes []attribute) bool {
	typ := valueOf(attributes, "office:value-type")
	return typ != "" && typ != "string" || valueOf(attributes, "table:formula") != ""
}

// asideBetween reports whether an aside lies between the paragraph and the element in
// hand: what is between the aside and its own paragraphs is no text.
func (r *odfReader) asideBetween() bool {
	for i := len(r.markup.open) - 1; i >= 0; i-- {
		switch e := r.markup.open[i]; {
		case e.flow == flowAside:
			return true
		case e.name == "text:p" || e.name == "text:h":
			return false
		}
	}
	return false
}

// languageOf notes the language and country of text properties, where they are the
// document's: the first that are declared.
func (r *odfReader) languageOf(t token, a attribute, all []attribute) languageWriter {
	if a.name != "fo:language" && a.name != "fo:country" || a.text == "none" || a.text == "" {
		return nil
	}
	if r.document.language == "" && a.name == "fo:language" {
		r.document.language = a.text
	}
	if !sameLanguage(valueOf(all, "fo:language"), r.document.language) {
		return nil
	}
	if a.name == "fo:language" {
		return func(t language.Tag) string { base, _ := t.Base(); return base.String() }
	}
	return func(t language.Tag) string { region, _ := t.Region(); return region.String() }
}
