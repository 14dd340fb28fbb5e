package bitext

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// readTMX reads TMX 1.1 to 1.4b. A <tu> of several languages makes one unit: the source is
// the variant in the language asked for, or else in the header's (or the tu's) srclang, or
// else the first; the target is the one asked for, or else the first in another language.
// A variant of the same region goes before one of the same language. Further variants become
// fields named variant.LANG. A <tu> that lacks the source asked for is passed over, as a loss.
func readTMX(in *input, yield func(Unit, error) bool) {
	s, err := in.xml()
	if err != nil {
		yield(Unit{}, err)
		return
	}
	r := &tmxReader{scanner: s, yield: yield}
	if err := r.read(); err != nil && !errors.Is(err, errStopped) {
		yield(Unit{}, err)
	}
}

type tmxReader struct {
	*scanner
	yield   func(Unit, error) bool
	srclang language.Tag
	target  language.Tag // of units without a target, where drogman wrote the file
}

func (r *tmxReader) read() error {
	root, err := r.root()
	if err != nil {
		return err
	}
	if root.name.local != "tmx" {
		return r.fault("tmx-root", root.name.local, "tmx")
	}
	if v := root.get("version"); !strings.HasPrefix(v, "1.") {
		return r.fault("tmx-version", v, "1.1, 1.2, 1.3, 1.4")
	}
	err = r.elements(func(t *xmlToken) error {
		switch t.name.local {
		case "header":
			return r.header(t)
		case "body":
			return r.elements(r.unit)
		}
		return r.drop()
	})
	if err != nil {
		return err
	}
	return r.rest()
}

// tmxHeaderKept are the header's attributes that the next writer says of itself.
var tmxHeaderKept = []string{"creationtool", "creationtoolversion", "segtype=sentence", "o-tmf", "adminlang", "srclang", "datatype=plaintext", "creationdate", "o-encoding"}

func (r *tmxReader) header(t *xmlToken) (err error) {
	r.loseAttributes(tmxHeaderKept)
	if lang := t.get("srclang"); lang != "*all*" {
		if r.srclang, err = r.language(lang); err != nil {
			return err
		}
	}
	return r.elements(func(t *xmlToken) error {
		ours := t.get("type") == tmxOwn+"target-language"
		if !ours {
			r.loseElement()
		}
		text, err := r.content()
		if ours {
			r.target = parseLanguage(text)
		}
		return err
	})
}

// tmxVariant is one <tuv>.
type tmxVariant struct {
	lang   language.Tag
	text   string
	codes  []Code
	site   xmlSite
	markup map[codeKey]Span
}

func (r *tmxReader) unit(t *xmlToken) error {
	if t.name.local != "tu" {
		return r.drop()
	}
	u := tmxUnit{r: r, unit: Unit{ID: hexUnescape(t.get("tuid")), Place: r.here()}, srclang: r.srclang}
	for _, a := range t.attrs {
		switch {
		case a.name.local == "srclang" && a.value != "*all*":
			u.srclang, _ = r.language(a.value)
		case a.name.local != "tuid" && a.name.space == "":
			u.attrs = append(u.attrs, Field{"tu." + a.name.local, a.value})
		}
	}
	if err := r.elements(u.child); err != nil {
		return err
	}
	u.end = Span{int(r.tok.start), int(r.tok.start)}
	u.prefix = r.qualified("")
	source, target := u.pair()
	if source < 0 && len(u.variants) > 0 && u.err == nil {
		r.in.lose("tu (" + tagString(r.in.options.Languages.Source) + ")")
		return nil
	}
	unit, err := u.finish(source, target)
	if !r.yield(unit, err) {
		return errStopped
	}
	return nil
}

type tmxUnit struct {
	r        *tmxReader
	unit     Unit
	srclang  language.Tag
	attrs    []Field
	fields   []Field
	variants []tmxVariant
	stated   bool   // the state was written down
	state    Span   // where
	end      Span   // before the end tag
	prefix   string // of its elements
	err      *Error
}

func (u *tmxUnit) fail(err *Error) {
	if u.err == nil {
		err.Unit = u.unit.ID
		u.err = err
	}
}

func (u *tmxUnit) child(t *xmlToken) error {
	switch t.name.local {
	case "note":
		u.r.loseAttributes()
		text, err := u.r.content()
		u.unit.Notes = append(u.unit.Notes, Note{Text: hexUnescape(text)})
		return err
	case "prop":
		name := hexUnescape(t.get("type"))
		u.r.loseAttributes([]string{"type"})
		from, empty := int(u.r.tok.end), t.empty
		text, err := u.r.content()
		if name == tmxOwn+"state" && !empty {
			u.state = Span{from, int(u.r.tok.start)}
		}
		u.prop(name, hexUnescape(text))
		return err
	case "tuv":
		return u.variant(t)
	}
	return u.r.drop()
}

// prop takes back what the writer put into a prop; any other is a field.
func (u *tmxUnit) prop(name, value string) {
	ours, is := strings.CutPrefix(name, tmxOwn)
	kind, index, _ := strings.Cut(ours, ":")
	note, _ := strconv.Atoi(index)
	switch {
	case !is:
	case kind == "note-category" && note < len(u.unit.Notes):
		u.unit.Notes[note].Category = value
		return
	case kind == "note-author" && note < len(u.unit.Notes):
		u.unit.Notes[note].Author = value
		return
	case kind == "document":
		u.unit.Document = value
		return
	case kind == "state":
		u.unit.State, u.stated = ParseState(value)
		return
	case kind == "confidence":
		u.unit.Confidence, _ = strconv.ParseFloat(value, 64)
		return
	case kind == "before":
		u.unit.Before = value
		return
	case kind == "after":
		u.unit.After = value
		return
	case kind == "field":
		name = index
	}
	u.fields = append(u.fields, Field{name, value})
}

func (u *tmxUnit) variant(t *xmlToken) error {
	lang, ok := t.attrIn(nsXML, "lang")
	if !ok {
		lang = t.get("lang")
	}
	u.r.loseAttributes([]string{"xml:lang", "lang"})
	v := tmxVariant{}
	if lang == "" {
		u.fail(u.r.fault("tmx-language-missing", "", "xml:lang"))
	}
	var err error
	if v.lang, err = u.r.language(lang); err != nil {
		u.fail(err.(*Error))
	}
	has := false
	err = u.r.elements(func(t *xmlToken) error {
		if t.name.local != "seg" {
			return u.r.drop()
		}
		has = true
		tag := u.r.targetTag()
		line := tmxLine{unit: u}
		if u.r.in.whole != nil {
			line.markup = map[codeKey]Span{}
		}
		err := line.read()
		v.text, v.codes, v.markup = line.text.String(), line.codes, line.markup
		v.site.place(u.r.scanner, tag, "seg")
		return err
	})
	if err == nil && !has {
		u.fail(u.r.fault("tmx-incomplete", "tuv", "seg"))
	}
	u.variants = append(u.variants, v)
	return err
}

// pair chooses source and target among the variants; -1 for one that is not there.
func (u *tmxUnit) pair() (source, target int) {
	wanted := u.r.in.options.Languages
	if tagString(wanted.Source) != "" {
		source = u.in(wanted.Source, -1)
	} else {
		source = max(0, u.in(u.srclang, -1))
	}
	if source < 0 || tagString(wanted.Target) != "" {
		return source, u.in(wanted.Target, source)
	}
	return source, slices.IndexFunc(u.variants, func(v tmxVariant) bool {
		return tagString(v.lang) != tagString(u.variants[source].lang)
	})
}

// in finds the variant in a language, but for one; -1 if there is none.
func (u *tmxUnit) in(lang language.Tag, but int) int {
	found := -1
	for i, v := range u.variants {
		switch {
		case i == but:
		case tagString(v.lang) == tagString(lang):
			return i
		case found < 0 && sameLanguage(v.lang, lang):
			found = i
		}
	}
	return found
}

// finish makes the unit of the variants chosen.
func (u *tmxUnit) finish(source, target int) (Unit, error) {
	if u.err == nil && len(u.variants) == 0 {
		u.err = &Error{Code: "tmx-incomplete", Place: u.unit.Place, Unit: u.unit.ID, Have: "tu", Want: "tuv"}
	}
	if u.err != nil {
		return Unit{}, u.err
	}
	unit := u.unit
	s := u.variants[source]
	unit.Source, unit.SourceCodes, unit.Languages.Source = s.text, s.codes, s.lang
	unit.Fields = u.attrs
	site := u.newTarget()
	for i, v := range u.variants {
		switch i {
		case source:
		case target:
			unit.Target, unit.TargetCodes, unit.Languages.Target = v.text, v.codes, v.lang
			site = &u.variants[i].site
		default:
			for range v.codes {
				u.r.in.lose("tuv/code")
			}
			unit.Fields = append(unit.Fields, Field{"variant." + v.lang.String(), v.text})
		}
	}
	unit.Fields = append(unit.Fields, u.fields...)
	site.control, site.markup = writeTMXControl, s.markup
	if u.state.Len() > 0 {
		site.state, site.name = u.state, State.String
	}
	if target < 0 {
		unit.Languages.Target = u.r.target
	}
	if !u.stated {
		unit.State = defaultState(unit.Target)
	}
	if u.r.in.whole != nil {
		u.r.in.site = site
	}
	return unit, nil
}

// newTarget is the site of a variant that is not there yet.
func (u *tmxUnit) newTarget() *xmlSite {
	tuv, seg := u.prefix+"tuv", u.prefix+"seg"
	return &xmlSite{
		target: u.end, close: "</" + seg + "></" + tuv + ">",
		open: func(changed *Unit) (string, error) {
			lang := tagString(changed.Languages.Target)
			if lang == "" {
				return "", &Error{Code: "target-language-missing", Place: changed.Place, Unit: changed.ID}
			}
			return fmt.Sprintf("<%s xml:lang=%q><%s>", tuv, lang, seg), nil
		},
	}
}

// sameLanguage reports whether two tags name one language, whatever the region.
func sameLanguage(a, b language.Tag) bool {
	if tagString(a) == "" || tagString(b) == "" {
		return false
	}
	if a == b {
		return true
	}
	baseA, _ := a.Base()
	baseB, _ := b.Base()
	return baseA == baseB
}

// tmxLine reads the content of one <seg>.
type tmxLine struct {
	unit   *tmxUnit
	text   strings.Builder
	codes  []Code
	pairs  map[string]string // i → ID
	markup map[codeKey]Span  // of the codes, nil if nobody asks
	made   int               // IDs made up
}

func (l *tmxLine) read() error {
	return l.unit.r.nodes(func(t *xmlToken) error {
		if t.kind == charData {
			l.text.Write(t.text)
			return nil
		}
		return l.element(t)
	})
}

func (l *tmxLine) element(t *xmlToken) error {
	c := Code{Span: Span{l.text.Len(), l.text.Len()}}
	from := t.start
	covered := l.details(&c, t)
	l.unit.r.loseAttributes([]string{"i", "x", "type", "pos"})
	kind, i, pos := t.name.local, t.get("i"), t.get("pos")
	if kind == "hi" {
		return l.highlight(c, t)
	}
	content, err := l.unit.r.content()
	if err != nil {
		return err
	}
	switch kind {
	case "ph", "ut":
		if c.Type == "x-cp" {
			if v, err := strconv.ParseUint(content, 16, 32); err == nil {
				l.text.WriteRune(rune(v))
				return nil
			}
		}
	case "bpt":
		c.Kind = Open
		if l.pairs == nil {
			l.pairs = map[string]string{}
		}
		l.pairs[i] = c.ID
	case "ept":
		c.Kind = Close
		if id, ok := l.pairs[i]; ok {
			c.ID = id
		} else {
			l.unit.fail(l.unit.r.fault("tmx-pair", i, "bpt"))
		}
	case "it":
		c.Kind = pick(pos == "end", Close, Open)
	default:
		l.unit.fail(l.unit.r.fault("tmx-element", kind, ""))
	}
	l.text.WriteString(covered)
	c.Span.End = l.text.Len()
	c.Data = hexUnescape(content)
	l.codes = append(l.codes, c)
	l.unit.r.keep(l.markup, c.Kind, c.ID, from)
	return nil
}

func (l *tmxLine) highlight(c Code, t *xmlToken) error {
	c.Kind, c.Mark = Open, true
	l.codes = append(l.codes, c)
	if !t.empty {
		l.unit.r.keep(l.markup, Open, c.ID, t.start)
	}
	err := l.read()
	l.unit.r.keep(l.markup, Close, c.ID, l.unit.r.tok.start)
	at := l.text.Len()
	l.codes = append(l.codes, Code{Kind: Close, ID: c.ID, Mark: true, Span: Span{at, at}})
	return err
}

// details takes ID, type and the rest out of the attributes, and returns the text that the
// code covers.
func (l *tmxLine) details(c *Code, t *xmlToken) (covered string) {
	c.ID, c.Type = t.get("x"), hexUnescape(t.get("type"))
	if query, ours := strings.CutPrefix(c.Type, "x-drogman?"); ours {
		return fromQuery(c, query)
	}
	if c.ID == "" && t.name.local != "ept" {
		l.made++
		c.ID = "c" + strconv.Itoa(l.made)
	}
	return ""
}
