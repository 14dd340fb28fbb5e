package document

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Rules say what the elements of an XML vocabulary are in the flow of text. Names are
// written as the documents write them, prefix and all; an attribute is element@name, or
// *@name on any element. An element that no rule names is a block, or inline where it
// stands among text.
type Rules struct {
	Block     []string // elements that end a block and begin one
	Inline    []string // elements within text: a pair of codes
	Atom      []string // elements within text whose content is shown, not translated
	Aside     []string // notes: a code in the text around, blocks of their own inside
	Hidden    []string // elements without text to translate
	Preserve  []string // elements whose white space is text
	Attribute []string // attributes that hold text
}

// ParseRules reads rules from YAML: a map from each of the fields, in lower case, to a
// list of names.
func ParseRules(data []byte, name string) (*Rules, error) {
	var r Rules
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&r); err != nil && !errors.Is(err, io.EOF) {
		e := yamlError(err).(*Error)
		e.Code, e.File = "rules-malformed", name
		return nil, e
	}
	return &r, nil
}

// readXML reads any XML by rules. xml:lang and ITS 2.0's translate are heeded.
func readXML(d *Document, o Options) error {
	p := d.parts[0]
	r := xmlReader{rules: o.Rules, mixed: map[string]bool{}}
	if r.rules == nil {
		r.rules = &Rules{}
	}
	if err := scanXML(p.text, r.survey(p.text)); err != nil {
		return err
	}
	m := newMarkup(d, p, &vocabulary{treat: r.treat, attribute: r.attribute, language: r.languageOf, unescape: unescapeXML})
	if err := scanXML(p.text, func(t token) error { m.token(t); return nil }); err != nil {
		return err
	}
	d.add(m.finish())
	return nil
}

type xmlReader struct {
	rules    *Rules
	mixed    map[string]bool // elements that stand among text
	language string
}

// survey finds the elements that stand among text.
func (r *xmlReader) survey(text string) func(token) error {
	type level struct {
		text     bool
		children []string
	}
	stack := []level{{}}
	settle := func(l level) {
		for _, c := range l.children {
			r.mixed[c] = r.mixed[c] || l.text
		}
	}
	return func(t token) error {
		top := &stack[len(stack)-1]
		switch t.kind {
		case tokenText, tokenCData:
			top.text = top.text || !blank(t.span.In(text))
		case tokenOpen, tokenEmpty:
			if !slices.Contains(top.children, t.name) {
				top.children = append(top.children, t.name)
			}
			if t.kind == tokenOpen {
				stack = append(stack, level{})
			}
		case tokenClose:
			settle(*top)
			stack = stack[:len(stack)-1]
		}
		return nil
	}
}

func (r *xmlReader) treat(t token, attributes []attribute) treatment {
	tr := treatment{flow: flowBlock, preserve: slices.Contains(r.rules.Preserve, t.name)}
	for _, rule := range []struct {
		names []string
		flow  flow
	}{{r.rules.Inline, flowInline}, {r.rules.Atom, flowAtom}, {r.rules.Aside, flowAside}, {r.rules.Hidden, flowHidden}} {
		if slices.Contains(rule.names, t.name) {
			tr.flow = rule.flow
		}
	}
	if r.mixed[t.name] && tr.flow == flowBlock && !slices.Contains(r.rules.Block, t.name) {
		tr.flow = flowInline
	}
	for _, a := range attributes {
		switch {
		case a.name == "xml:space" && a.text == "preserve":
			tr.preserve = true
		case (a.name == "translate" || a.name == "its:translate") && a.text == "no":
			tr.flow = map[flow]flow{flowInline: flowAtom, flowBlock: flowBarrier}[tr.flow]
		}
	}
	return tr
}

func (r *xmlReader) attribute(t token, a attribute, _ []attribute) (Kind, bool) {
	return Attribute, slices.Contains(r.rules.Attribute, t.name+"@"+a.name) || slices.Contains(r.rules.Attribute, "*@"+a.name)
}

func (r *xmlReader) languageOf(_ token, a attribute, _ []attribute) languageWriter {
	if a.name != "xml:lang" && a.name != "lang" {
		return nil
	}
	if r.language == "" {
		r.language = a.text
	}
	if strings.TrimSpace(a.text) != "" && sameLanguage(a.text, r.language) {
		return writeTag
	}
	return nil
}
