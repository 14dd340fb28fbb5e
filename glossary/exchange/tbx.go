package exchange

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
)

// TBX, ISO 30042. Four dialects are read and one is written:
//
//	TBX v3 (ISO 30042:2019), root tbx, in style DCA (categories are type attributes) or
//	DCT (categories are elements of a module's namespace); written as TBX-Basic
//	TBX v2 (ISO 30042:2008), root martif; also as TBX-Min 1, root TBX
//
// The structure is checked against the content models of the RELAX NG schema of the core
// (TBXcoreStructV03.rng) or the DTD (TBXcoreStructV02.dtd). In the dialects TBX-Core,
// TBX-Min and TBX-Basic the data categories, their levels and values are checked as the
// dialect's Schematron has them; those of other dialects are taken as they come.

const (
	tbxSpace   = "urn:iso:std:iso:30042:ed-2"
	minSpace   = "http://www.tbxinfo.net/ns/min"
	basicSpace = "http://www.tbxinfo.net/ns/basic"
)

const (
	aux      = "admin|adminGrp|descrip|descripGrp|note|ref|transacGrp|xref*"
	noteLink = "admin|adminGrp|note|ref|transacGrp|xref*"
	inlines  = "ec|foreign|hi|ph|sc|bpt|ept|it|ut*"
)

// schema is one generation of TBX: what each element may hold, and the names by which
// the reader knows those of another name.
type schema struct {
	models map[string]model
	alias  map[string]string
}

var coreModels = map[string]model{
	"fileDesc":        sequence("publicationStmt?", "titleStmt?", "sourceDesc"),
	"titleStmt":       sequence("title", "note*"),
	"title":           sequence("#text"),
	"publicationStmt": sequence("p+"),
	"sourceDesc":      sequence("p+"),
	"encodingDesc":    sequence("p+"),
	"revisionDesc":    sequence("change+"),
	"change":          sequence("p+"),
	"p":               sequence("#text", inlines),
	"text":            sequence("body?", "back?"),
	"body":            sequence("conceptEntry+"),
	"back":            sequence("refObjectSec*"),
	"refObjectSec":    sequence("refObject+"),
	"refObject":       sequence("itemSet|itemGrp|item+"),
	"itemSet":         sequence("itemGrp|item+"),
	"itemGrp":         sequence("item", noteLink),
	"item":            sequence("#text", inlines),

	"conceptEntry": sequence(aux, "langSec+"),
	"langSec":      sequence(aux, "termSec+"),
	"termSec":      sequence("term", "termNote|termNoteGrp*", aux),
	"term":         sequence("#text", "hi*"),

	"admin":       sequence("#text", inlines),
	"adminGrp":    sequence("admin", "adminNote|note|ref|xref*"),
	"adminNote":   sequence("#text"),
	"descrip":     sequence("#text", inlines),
	"descripGrp":  sequence("descrip", "admin|adminGrp|descripNote|note|ref|transacGrp|xref*"),
	"descripNote": sequence("#text"),
	"termNote":    sequence("#text", inlines),
	"termNoteGrp": sequence("termNote", noteLink),
	"transac":     sequence("#text"),
	"transacGrp":  sequence("transac", "date|note|ref|transacNote|xref*"),
	"transacNote": sequence("#text"),
	"date":        sequence("#text"),
	"note":        sequence("#text", inlines),
	"ref":         sequence("#text"),
	"xref":        sequence("#text"),

	"hi": sequence("#text"), "ph": sequence("#text"), "ec": sequence(), "sc": sequence(),
	"bpt": sequence("#text"), "ept": sequence("#text"), "it": sequence("#text"), "ut": sequence("#text"),
	"foreign": sequence("#text", inlines),
}

// with returns the core models with some replaced, for the older generations.
func with(changes map[string]model) map[string]model {
	models := map[string]model{}
	for name, m := range coreModels {
		models[name] = m
	}
	for name, m := range changes {
		models[name] = m
	}
	return models
}

// schemas are the generations by root element. Models speak the reader's names.
var schemas = map[string]schema{
	"tbx": {models: with(map[string]model{
		"tbx":       sequence("tbxHeader", "text"),
		"tbxHeader": sequence("fileDesc", "encodingDesc?", "revisionDesc?"),
	})},
	"martif": {
		models: with(map[string]model{
			"martif":       sequence("martifHeader", "text"),
			"martifHeader": sequence("fileDesc", "encodingDesc?", "revisionDesc?"),
			"fileDesc":     sequence("titleStmt?", "publicationStmt?", "sourceDesc+"),
			"text":         sequence("body", "back?"),
			"refObject":    sequence("itemSet|itemGrp|item+"),
			"langSec":      sequence(aux, "termSec|ntig+"),
			"ntig":         sequence("termGrp", aux),
			"termGrp":      sequence("term", "termNote|termNoteGrp*", "termCompList*"),
			"termCompList": sequence(aux, "termComp|termCompGrp+"),
			"termCompGrp":  sequence("termComp", "termNote|termNoteGrp*", noteLink),
			"termComp":     sequence("#text"),
		}),
		alias: map[string]string{"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "refObjectList": "refObjectSec"},
	},
	"TBX": {
		models: map[string]model{
			"TBX":          sequence("header", "body"),
			"header":       sequence("id|description|dateCreated|creator|license|directionality|languages*"),
			"id":           sequence("#text"),
			"description":  sequence("#text"),
			"dateCreated":  sequence("#text"),
			"creator":      sequence("#text"),
			"license":      sequence("#text"),
			"languages":    sequence(),
			"body":         sequence("conceptEntry+"),
			"conceptEntry": sequence("subjectField?", "langSec+"),
			"langSec":      sequence("termSec+"),
			"termSec":      sequence("term", "customer|note|noteGrp|termStatus|partOfSpeech*"),
			"noteGrp":      sequence("note+"),
			"note":         sequence("#text", "noteKey?", "noteValue?"),

			"directionality": sequence("#text"), "noteKey": sequence("#text"), "noteValue": sequence("#text"),
			"subjectField": sequence("#text"), "customer": sequence("#text"), "termStatus": sequence("#text"),
			"partOfSpeech": sequence("#text"), "term": sequence("#text"),
		},
		alias: map[string]string{
			"entry": "conceptEntry", "termEntry": "conceptEntry", "langGroup": "langSec", "langSet": "langSec",
			"termGroup": "termSec", "tig": "termSec",
		},
	},
}

// category is a data category of the modules Min and Basic: the element it is a type of,
// the levels it may stand at and the values it may have (none: any).
type category struct {
	space, meta string
	levels      []string
	values      []string
}

var (
	anyLevel   = []string{"conceptEntry", "langSec", "termSec"}
	entryTerm  = []string{"conceptEntry", "termSec"}
	termLevel  = []string{"termSec"}
	entryLevel = []string{"conceptEntry"}
	upperLevel = []string{"conceptEntry", "langSec"}
)

var categories = map[string]category{
	"customerSubset":         {minSpace, "admin", entryTerm, nil},
	"subjectField":           {minSpace, "descrip", entryLevel, nil},
	"externalCrossReference": {minSpace, "xref", anyLevel, nil},
	"administrativeStatus": {minSpace, "termNote", termLevel, []string{
		"preferredTerm-admn-sts", "admittedTerm-admn-sts", "supersededTerm-admn-sts", "deprecatedTerm-admn-sts"}},
	"partOfSpeech":      {minSpace, "termNote", termLevel, []string{"noun", "verb", "adjective", "adverb", "other"}},
	"projectSubset":     {basicSpace, "admin", entryTerm, nil},
	"source":            {basicSpace, "admin", anyLevel, nil},
	"context":           {basicSpace, "descrip", termLevel, nil},
	"definition":        {basicSpace, "descrip", upperLevel, nil},
	"crossReference":    {basicSpace, "ref", entryTerm, nil},
	"geographicalUsage": {basicSpace, "termNote", termLevel, nil},
	"grammaticalGender": {basicSpace, "termNote", termLevel, []string{"masculine", "feminine", "neuter", "other"}},
	"termType":          {basicSpace, "termNote", termLevel, []string{"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"}},
	"transactionType":   {basicSpace, "transac", anyLevel, []string{"origination", "modification"}},
	"responsibility":    {basicSpace, "transacNote", anyLevel, nil},
	"xGraphic":          {basicSpace, "xref", upperLevel, nil},
	"termLocation": {basicSpace, "termNote", termLevel, []string{
		"checkBox", "comboBox", "comboBoxElement", "dialogBox", "groupBox", "informativeMessage", "interactiveMessage",
		"menuItem", "progressBar", "pushButton", "radioButton", "slider", "spinBox", "tab", "tableText", "textBox",
		"toolTip", "user-definedType"}},
}

// metas are the elements whose type is a data category.
var metas = []string{"admin", "adminNote", "descrip", "descripNote", "ref", "termNote", "transac", "transacNote", "xref"}

// attributes an element may have, beyond those of every element of its kind. The common
// ones (id, xml:lang, and target and datatype on categories) are in attributesOf.
var attributes = map[string][]string{
	"tbx": {"type", "style", "xml:lang"}, "martif": {"type", "xml:lang"}, "TBX": {"dialect"},
	"hi": {"type", "target", "xml:lang", "href", "show", "actuate", "role", "behavior"}, "ph": {"type"},
	"ec": {"startRef", "isolated", "disp", "equiv", "id", "type", "subtype", "target"},
	"sc": {"isolated", "disp", "equiv", "id", "type", "subtype", "target"},
	"p":  {"id", "type", "xml:lang"}, "item": {"id", "type"}, "itemSet": {"id", "type"},
	"refObjectSec": {"id", "type"}, "bpt": {"i", "type"}, "ept": {"i"}, "it": {"pos", "type"}, "ut": {"type"},
	"languages": {"source", "target"}, "termCompList": {"id", "type"},
}

func attributesOf(name string) []string {
	switch list := attributes[name]; {
	case list != nil:
		return list
	case slices.Contains(metas, name):
		return []string{"id", "type", "xml:lang", "target", "datatype"}
	}
	return []string{"id", "xml:lang"}
}

// required attributes; those of metas (type) are added in checkAttributes.
var required = map[string][]string{
	"tbx": {"type", "style", "xml:lang"}, "martif": {"type", "xml:lang"},
	"conceptEntry": {"id"}, "langSec": {"xml:lang"}, "xref": {"target"}, "sc": {"id"}, "refObjectSec": {"type"},
}

// reference is an attribute that must be the id of some element.
type reference struct {
	value        string
	line, column int
}

// tbxReader checks a TBX file as it streams by and makes a concept of each entry.
type tbxReader struct {
	*importer
	schema  schema
	root    *element
	strict  bool // a dialect whose categories are known
	dct     bool
	cursors []*cursor
	ids     map[string]bool
	refs    []reference
}

func readTBX(im *importer, data []byte) {
	r := &tbxReader{importer: im, ids: map[string]bool{}}
	im.walkXML(data, r)
	if r.root == nil && len(im.faults) == 0 {
		im.fault(1, 1, "tbx-root", "", "tbx")
	}
	for _, ref := range r.refs {
		if !r.ids[ref.value] {
			im.fault(ref.line, ref.column, "tbx-reference", ref.value, "")
		}
	}
}

func (r *tbxReader) start(e *element, parents []*element) bool {
	if len(parents) == 0 {
		r.open(e)
		return false
	}
	r.rename(e)
	parent := parents[len(parents)-1]
	m, known := r.schema.models[e.name]
	at := r.cursors[len(r.cursors)-1]
	if at != nil {
		ok, missing := at.accept(e.name)
		switch {
		case !ok:
			r.fault(e.line, e.column, "tbx-element", e.name, at.model.allowed())
			known = false
		case missing != "":
			r.fault(e.line, e.column, "tbx-missing-element", parent.name, missing)
		}
	}
	if at == nil || !known { // below a fault nothing more is judged
		r.cursors = append(r.cursors, nil)
		return false
	}
	r.cursors = append(r.cursors, &cursor{model: m})
	r.checkAttributes(e)
	r.checkCategory(e, parents)
	return e.name == "conceptEntry" || inEntry(parents)
}

// open reads the root: it says which generation and dialect the file is of.
func (r *tbxReader) open(e *element) {
	r.root = e
	s, known := schemas[e.name]
	if !known || e.name == "tbx" && e.space != tbxSpace {
		r.fault(e.line, e.column, "tbx-root", strings.TrimSpace(e.space+" "+e.name), "tbx")
		r.cursors = []*cursor{nil}
		return
	}
	r.schema = s
	r.cursors = []*cursor{{model: s.models[e.name]}}
	r.checkAttributes(e)
	if e.name != "tbx" {
		return
	}
	dialect := e.attr("type")
	r.strict = slices.Contains([]string{"TBX-Core", "TBX-Min", "TBX-Basic"}, dialect)
	r.dct = e.attr("style") == "dct"
	if style := e.attr("style"); style != "" && style != "dca" && style != "dct" {
		r.fault(e.line, e.column, "tbx-value", style, "dca, dct")
	}
	if dialect != "" && (!strings.HasPrefix(dialect, "TBX-") || dialect == "TBX-") {
		r.fault(e.line, e.column, "tbx-dialect", dialect, "TBX-Basic")
	}
}

// rename brings an element to the name the reader knows it by: the current generation's,
// and in style DCA: <min:partOfSpeech> is <termNote type="partOfSpeech">.
func (r *tbxReader) rename(e *element) {
	if name, ok := r.schema.alias[e.name]; ok {
		e.name = name
	}
	if r.root.name != "tbx" || e.space == tbxSpace {
		return
	}
	c, known := categories[e.name]
	if !r.dct {
		r.fault(e.line, e.column, "tbx-style", e.name, "dca")
	}
	switch {
	case known && c.space == e.space:
		e.attrs = append(e.attrs, xml.Attr{Name: xml.Name{Local: "type"}, Value: e.name})
		e.name = c.meta
	case r.strict:
		r.fault(e.line, e.column, "tbx-category", e.name, "")
	}
}

func inEntry(parents []*element) bool {
	return slices.ContainsFunc(parents, func(e *element) bool { return e.name == "conceptEntry" })
}

func (r *tbxReader) end(e *element, parents []*element) {
	at := r.cursors[len(r.cursors)-1]
	r.cursors = r.cursors[:len(r.cursors)-1]
	if at != nil {
		if missing := at.rest(); missing != "" {
			r.fault(e.line, e.column, "tbx-missing-element", e.name, missing)
		}
		if !at.model.text && strings.TrimSpace(e.text) != "" {
			r.fault(e.line, e.column, "tbx-text", e.name, strings.TrimSpace(e.text))
		}
	}
	if len(parents) > 0 && slices.Contains([]string{"hi", "foreign", "ph", "bpt", "ept", "it", "ut"}, e.name) {
		parent := parents[len(parents)-1]
		parent.data = append(parent.data, e.text...)
	}
	r.checkValue(e)
	switch {
	case e.name == "conceptEntry" && len(r.faults) == 0:
		r.entry(e)
	case e.name == "p" && strings.HasPrefix(e.text, extension+"domain: "):
		r.domain = strings.TrimPrefix(e.text, extension+"domain: ")
	case e.name == "languages" && r.root.name == "TBX":
		r.declared(e)
	}
}

// declared reads the languages that a TBX-Min header names.
func (r *tbxReader) declared(e *element) {
	for _, side := range []string{"source", "target"} {
		if tag := e.attr(side); tag != "" {
			r.meet(r.language(tag, e.line, e.column))
		}
	}
}

var ncName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}\p{M}._·-]*$`)

func (r *tbxReader) checkAttributes(e *element) {
	allowed := attributesOf(e.name)
	for _, a := range e.attrs {
		name := attrName(a.Name)
		if a.Name.Space == "xmlns" || name == "xmlns" || r.root.name == "TBX" {
			continue
		}
		if !slices.Contains(allowed, name) {
			r.fault(e.line, e.column, "tbx-attribute", name, e.name)
		}
	}
	need := required[e.name]
	if r.root.name == "martif" && e.name == "conceptEntry" || r.root.name == "TBX" && e.name != "langSec" {
		need = nil
	}
	if slices.Contains(metas, e.name) {
		need = append([]string{"type"}, need...)
	}
	for _, name := range need {
		if strings.TrimSpace(e.attr(name)) == "" {
			r.fault(e.line, e.column, "tbx-missing-attribute", e.name, name)
		}
	}
	r.checkID(e)
}

// checkID: ids are XML names and unique; a target is an id of this file or, on
// references to the outside, a web address (rule coreEnforcement of the Schematron).
func (r *tbxReader) checkID(e *element) {
	if id := e.attr("id"); id != "" {
		switch {
		case r.strict && !ncName.MatchString(id):
			r.fault(e.line, e.column, "tbx-id", id, "")
		case r.ids[id]:
			r.fault(e.line, e.column, "tbx-duplicate-id", id, "")
		}
		r.ids[id] = true
	}
	target := e.attr("target")
	web := strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://")
	if target != "" && !web && r.strict {
		r.refs = append(r.refs, reference{target, e.line, e.column})
	}
}

// checkCategory holds a category against its dialect: known, of this element, at one of
// its levels.
func (r *tbxReader) checkCategory(e *element, parents []*element) {
	if !r.strict || !slices.Contains(metas, e.name) {
		return
	}
	kind := e.attr("type")
	if kind == "" {
		return // told by checkAttributes
	}
	c, known := categories[kind]
	switch level := levelOf(parents); {
	case r.dct && e.space == tbxSpace:
		r.fault(e.line, e.column, "tbx-style", e.name, "dct")
	case !known || c.meta != e.name:
		r.fault(e.line, e.column, "tbx-category", kind, "")
	case !slices.Contains(c.levels, level):
		r.fault(e.line, e.column, "tbx-level", kind, strings.Join(c.levels, ", "))
	}
}

func levelOf(parents []*element) string {
	for _, e := range slices.Backward(parents) {
		if slices.Contains(anyLevel, e.name) {
			return e.name
		}
	}
	return ""
}

var isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$`)

// checkValue holds an element's text against the values its category allows.
func (r *tbxReader) checkValue(e *element) {
	if e.name == "date" && r.root.name == "tbx" && !isoDate.MatchString(strings.TrimSpace(e.text)) {
		r.fault(e.line, e.column, "tbx-value", strings.TrimSpace(e.text), "2026-01-31")
	}
	if !r.strict || !slices.Contains(metas, e.name) {
		return
	}
	allowed := categories[e.attr("type")].values
	if allowed != nil && !slices.Contains(allowed, e.text) {
		r.fault(e.line, e.column, "tbx-value", e.text, strings.Join(allowed, ", "))
	}
}
