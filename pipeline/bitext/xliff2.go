package bitext

import (
	"slices"
	"strconv"
	"strings"
)

// read2 reads XLIFF 2.0, 2.1 and 2.2; see xliff2_write.go for how units stand in it. What
// other tools write and the house has no word for becomes fields of the unit: attributes
// of <unit> as unit.NAME, of <segment> as segment.NAME, metadata as meta.CATEGORY.TYPE.
func (r *xliffReader) read2(root *xmlToken) (err error) {
	switch v := root.get("version"); v {
	case "2.0", "2.1", "2.2":
	default:
		return r.fault("xliff-version", v, "2.0, 2.1, 2.2")
	}
	if root.get("srcLang") == "" {
		return r.fault("xliff-attribute-missing", "xliff", "srcLang")
	}
	if r.langs.Source, err = r.language(root.get("srcLang")); err != nil {
		return err
	}
	if r.langs.Target, err = r.language(root.get("trgLang")); err != nil {
		return err
	}
	if tagString(r.langs.Target) == "" {
		r.trgLang = r.attrSpan("trgLang")
	}
	r.loseAttributes([]string{"version", "srcLang", "trgLang"})
	return r.elements(func(t *xmlToken) error {
		if t.name != (xmlName{nsXLIFF2, "file"}) {
			return r.drop()
		}
		r.loseAttributes([]string{"id", "original"})
		r.document, r.ids = hexUnescape(t.get("original")), newIDSet()
		return r.units2()
	})
}

// units2 reads the units of a file or group.
func (r *xliffReader) units2() error {
	return r.elements(func(t *xmlToken) error {
		switch t.name {
		case xmlName{nsXLIFF2, "group"}:
			r.loseGroup()
			return r.units2()
		case xmlName{nsXLIFF2, "unit"}:
			return r.unit2(t)
		}
		return r.drop()
	})
}

// loseGroup says that a group is lost, not what is in it: its units stay.
func (r *xliffReader) loseGroup() {
	r.loseElement()
	r.loseAttributes([]string{"id"})
}

// unit2 gathers one <unit> and yields its segments.
type unit2 struct {
	r       *xliffReader
	id      string
	fields  []Field // from the unit's attributes
	data    map[string]string
	gloss   map[string]Occurrence // by the id of the <mrk> they refer to
	matches []refMatch
	notes   []refNote
	meta    []refField
	gap     string
	units   []Unit
	ids     []string          // the segments' id attributes
	marks   []map[string]bool // the ids of the inline elements of each segment
	sites   []*xmlSite
	err     error // the first that the rest of the file can be read after
}

type refMatch struct {
	ref string
	Match
}

type refNote struct {
	segment string
	has     bool
	Note
}

type refField struct {
	segment string
	Field
}

func (r *xliffReader) unit2(t *xmlToken) error {
	place := r.here()
	u := &unit2{r: r, data: map[string]string{}, gloss: map[string]Occurrence{}}
	id, ok := t.attr("id")
	if !ok || id == "" {
		u.fail(r.fault("xliff-attribute-missing", "unit", "id"))
	} else if !r.newID(id) {
		u.fail(r.fault("id-repeated", id, ""))
	}
	if !strings.HasPrefix(id, "·") {
		u.id = hexUnescape(id)
	}
	u.fields = attributeFields(t, "unit.", unitAttributes)
	r.loseAttributes([]string{"id"}, unitAttributes)
	if err := r.elements(u.child); err != nil {
		return err
	}
	if u.err == nil && len(u.units) == 0 && u.gap == "" {
		u.fail(&Error{Code: "xliff-child-missing", Place: place, Have: "unit", Want: "segment"})
	}
	if u.err != nil {
		return r.emit(Unit{}, u.err)
	}
	return u.emit()
}

var (
	unitAttributes    = []string{"name", "canResegment", "translate", "srcDir", "trgDir", "type"}
	segmentAttributes = []string{"canResegment", "subState"}
)

// attributeFields makes fields of the known attributes of a tag, in their order.
func attributeFields(t *xmlToken, prefix string, known []string) []Field {
	var fields []Field
	for _, name := range known {
		if value, ok := t.attr(name); ok {
			fields = append(fields, Field{prefix + name, hexUnescape(value)})
		}
	}
	return fields
}

func (u *unit2) fail(err *Error) {
	if u.err == nil {
		err.Unit = u.id
		u.err = err
	}
}

func (u *unit2) child(t *xmlToken) error {
	r := u.r
	switch t.name {
	case xmlName{nsXLIFF2, "segment"}:
		return u.segment(t)
	case xmlName{nsXLIFF2, "ignorable"}:
		return u.ignorable()
	case xmlName{nsXLIFF2, "originalData"}:
		return r.elements(func(t *xmlToken) (err error) {
			id := t.get("id")
			r.loseAttributes([]string{"id"})
			u.data[id], err = r.content()
			return err
		})
	case xmlName{nsXLIFF2, "notes"}:
		return r.elements(u.note)
	case xmlName{nsGls, "glossary"}:
		return r.elements(u.glossEntry)
	case xmlName{nsMtc, "matches"}:
		return r.elements(u.match)
	case xmlName{nsMda, "metadata"}:
		return r.elements(u.metaGroup)
	}
	return r.drop()
}

func (u *unit2) note(t *xmlToken) (err error) {
	n := refNote{Note: Note{Category: hexUnescape(t.get("category"))}}
	n.segment, n.has = t.attrIn(nsDrogman, "segment")
	author, _ := t.attrIn(nsDrogman, "author")
	n.Author = hexUnescape(author)
	u.r.loseAttributes([]string{"category"})
	text, err := u.r.content()
	n.Text = hexUnescape(text)
	u.notes = append(u.notes, n)
	return err
}

func (u *unit2) glossEntry(t *xmlToken) error {
	var o Occurrence
	ref := t.get("ref")
	_, ref, _ = strings.Cut(ref, "#")
	ref = strings.TrimPrefix(ref, "t=") // the form of files that follow the schema's example
	o.Concept = t.get("id")
	err := u.r.elements(func(t *xmlToken) error {
		local := t.name.local
		u.r.loseAttributes([]string{"id"})
		text, err := u.r.content()
		text = hexUnescape(text)
		switch local {
		case "term":
			o.Surface = text
		case "translation":
			if o.Target == "" {
				o.Target = text
			} else {
				u.r.in.lose("glossEntry/translation")
			}
		case "definition":
			o.Note = text
		default:
			u.r.in.lose("glossEntry/" + local)
		}
		return err
	})
	if _, has := u.gloss[ref]; !has {
		u.gloss[ref] = o
	} else {
		u.r.in.lose("glossary/glossEntry")
	}
	return err
}

func (u *unit2) match(t *xmlToken) error {
	_, ref, _ := strings.Cut(t.get("ref"), "#")
	m := refMatch{ref: ref, Match: Match{Origin: hexUnescape(t.get("origin"))}}
	u.r.loseAttributes([]string{"id", "ref", "origin", "matchQuality"})
	for _, name := range []string{"matchQuality", "matchSuitability", "similarity"} {
		if v, err := strconv.ParseFloat(t.get(name), 64); err == nil {
			m.Quality = v
			break
		}
	}
	err := u.r.elements(func(t *xmlToken) (err error) {
		switch t.name {
		case xmlName{nsXLIFF2, "source"}:
			m.Source, err = u.r.content()
		case xmlName{nsXLIFF2, "target"}:
			m.Target, err = u.r.content()
		default:
			err = u.r.drop()
		}
		return err
	})
	u.matches = append(u.matches, m)
	return err
}

func (u *unit2) metaGroup(t *xmlToken) error {
	category := t.get("category")
	return u.r.elements(func(t *xmlToken) error {
		if t.name.local == "metaGroup" {
			return u.metaGroup(t)
		}
		kind := hexUnescape(t.get("type"))
		u.r.loseAttributes([]string{"type"})
		value, err := u.r.content()
		f := refField{Field: Field{"meta." + category + "." + kind, hexUnescape(value)}}
		if segment, ours := strings.CutPrefix(category, "segment:"); ours {
			f = refField{segment, Field{kind, f.Value}}
		}
		u.meta = append(u.meta, f)
		return err
	})
}

func (u *unit2) ignorable() error {
	return u.r.elements(func(t *xmlToken) error {
		if t.name != (xmlName{nsXLIFF2, "source"}) {
			return u.r.drop()
		}
		line := readLine2{unit: u, seen: map[string]bool{}}
		err := line.read()
		u.gap += line.text.String()
		for range line.codes {
			u.r.in.lose("ignorable/code")
		}
		return err
	})
}

func (u *unit2) segment(t *xmlToken) error {
	r := u.r
	unit := Unit{Document: r.document, Languages: r.langs, Place: r.here(), Before: u.gap}
	u.gap = ""
	id, state := t.get("id"), t.get("state")
	r.loseAttributes([]string{"id", "state"}, segmentAttributes)
	unit.Fields = append(slices.Clone(u.fields), attributeFields(t, "segment.", segmentAttributes)...)
	var ok bool
	if unit.State, ok = ParseState(state); !ok && state != "" {
		u.fail(r.fault("xliff-value", state, strings.Join(stateNames[:], ", ")))
	}
	seen, hasSource := map[string]bool{}, false
	site := u.newSite()
	err := r.elements(func(t *xmlToken) error {
		switch t.name {
		case xmlName{nsXLIFF2, "source"}:
			hasSource = true
			r.loseAttributes()
			line := readLine2{unit: u, seen: seen, markup: site.markup}
			err := line.read()
			unit.Source, unit.SourceCodes, unit.Terms = line.text.String(), line.codes, line.terms()
			site.insertAfter(r.scanner, "target", "")
			return err
		case xmlName{nsXLIFF2, "target"}:
			tag := r.targetTag()
			r.loseAttributes()
			line := readLine2{unit: u, seen: map[string]bool{}, target: true, markup: site.markup}
			err := line.read()
			unit.Target, unit.TargetCodes = line.text.String(), line.codes
			site.open, site.close = nil, ""
			site.place(r.scanner, tag, "target")
			return err
		}
		return r.drop()
	})
	u.sites = append(u.sites, site)
	if err == nil && !hasSource {
		u.fail(r.fault("xliff-child-missing", "segment", "source"))
	}
	u.units = append(u.units, unit)
	u.ids = append(u.ids, id)
	u.marks = append(u.marks, seen)
	return err
}

// newSite begins the site of the segment whose start tag was last read.
func (u *unit2) newSite() *xmlSite {
	site := &xmlSite{language: u.r.trgLang, state: u.r.attrSpan("state"), attr: "state", name: State.String, control: writeCodePoint}
	if u.r.in.whole != nil {
		site.markup = map[codeKey]Span{}
	}
	return site
}

// emit gives the segments their IDs, notes, matches and fields, and yields them.
func (u *unit2) emit() error {
	if len(u.units) == 0 {
		return nil // ignorable text alone
	}
	for i := range u.units {
		u.units[i].ID = u.segmentID(i)
	}
	u.units[len(u.units)-1].After = u.gap
	for _, m := range u.matches {
		unit := &u.units[u.referred(m.ref)]
		unit.Matches = append(unit.Matches, m.Match)
	}
	for _, n := range u.notes {
		i := 0
		if n.has {
			i = max(0, slices.Index(u.ids, n.segment))
		}
		u.units[i].Notes = append(u.units[i].Notes, n.Note)
	}
	for _, f := range u.meta {
		u.addField(f)
	}
	for i, unit := range u.units {
		if u.r.in.whole != nil {
			u.r.in.site = u.sites[i]
		}
		if err := u.r.emit(unit, nil); err != nil {
			return err
		}
	}
	return nil
}

func (u *unit2) addField(f refField) {
	unit := &u.units[max(0, slices.Index(u.ids, f.segment))]
	if name, ours := strings.CutPrefix(f.Name, "field:"); ours {
		f.Name = name
	} else if code, ours := strings.CutPrefix(f.Name, "code:"); ours && u.addDetail(unit, code, f.Value) {
		return
	} else if f.Name == "confidence" {
		if v, err := strconv.ParseFloat(f.Value, 64); err == nil {
			unit.Confidence = v
			return
		}
	}
	unit.Fields = append(unit.Fields, f.Field)
}

// addDetail takes back what the writer could not say of a code in place; see foreignDetails.
func (u *unit2) addDetail(unit *Unit, name, value string) bool {
	parts := strings.SplitN(name, ":", 3)
	codes := unit.SourceCodes
	if parts[0] == "target" {
		codes = unit.TargetCodes
	}
	if len(parts) < 3 {
		return false
	}
	i, err := strconv.Atoi(parts[1])
	if err != nil || i < 0 || i >= len(codes) {
		return false
	}
	if parts[2] == "" {
		codes[i].Type = value
	} else {
		codes[i].Fields = append(codes[i].Fields, Field{parts[2], value})
	}
	return true
}

func (u *unit2) segmentID(i int) string {
	switch id := u.ids[i]; {
	case id == "·":
		return u.id + "::"
	case id == "··", id == "" && len(u.units) == 1:
		return u.id
	case id == "":
		return u.id + "::#" + strconv.Itoa(i+1)
	default:
		return u.id + "::" + hexUnescape(id)
	}
}

// referred is the segment that has or holds the element with an id.
func (u *unit2) referred(id string) int {
	if i := slices.Index(u.ids, id); i >= 0 {
		return i
	}
	for i, marks := range u.marks {
		if marks[id] {
			return i
		}
	}
	return 0
}

// readLine2 reads the content of one <source> or <target>.
type readLine2 struct {
	unit   *unit2
	target bool
	seen   map[string]bool  // ids
	markup map[codeKey]Span // of the codes, nil if nobody asks
	text   strings.Builder
	codes  []Code
	found  []foundTerm
}

type foundTerm struct {
	id string
	Occurrence
}

func (l *readLine2) read() error {
	return l.unit.r.nodes(func(t *xmlToken) error {
		if t.kind == charData {
			l.text.Write(t.text)
			return nil
		}
		if t.name.space != nsXLIFF2 {
			return l.unit.r.drop()
		}
		return l.element(t)
	})
}

func (l *readLine2) element(t *xmlToken) error {
	r := l.unit.r
	id, from := t.get("id"), t.start
	kind := Standalone
	if id != "" {
		l.seen[id] = true
	}
	switch t.name.local {
	case "cp":
		c, ok := codePoint(t)
		if !ok {
			l.unit.fail(r.fault("xliff-value", t.get("hex"), "hexadecimal code point"))
		}
		l.text.WriteRune(c)
	case "ph":
		at := l.text.Len()
		l.text.WriteString(hexUnescape(t.get("equiv")))
		l.add(t, Standalone, id, "", at)
	case "pc":
		end := l.closing(t)
		l.add(t, Open, id, "Start", l.text.Len())
		if !t.empty {
			r.keep(l.markup, Open, end.ID, from)
		}
		err := l.read()
		r.keep(l.markup, Close, end.ID, r.tok.start)
		end.Span = Span{l.text.Len(), l.text.Len()}
		l.codes = append(l.codes, end)
		return err
	case "sc":
		kind = Open
		l.add(t, Open, id, "", l.text.Len())
	case "ec":
		if ref := t.get("startRef"); ref != "" {
			id = ref
		}
		kind = Close
		l.add(t, Close, id, "", l.text.Len())
	case "mrk":
		return l.mark(t, id)
	case "sm":
		kind = Open
		l.beginMark(t, id)
	case "em":
		kind, id = Close, t.get("startRef")
		l.endMark(id)
	default:
		l.unit.fail(r.fault("xliff-element", t.name.local, ""))
	}
	err := r.skip()
	r.keep(l.markup, kind, codeID(id), from)
	return err
}

func (l *readLine2) mark(t *xmlToken, id string) error {
	l.beginMark(t, id)
	if !t.empty {
		l.unit.r.keep(l.markup, Open, codeID(id), t.start)
	}
	err := l.read()
	l.unit.r.keep(l.markup, Close, codeID(id), l.unit.r.tok.start)
	l.endMark(id)
	return err
}

// beginMark begins an annotation: of a glossary term in the source an occurrence, of
// anything else a code.
func (l *readLine2) beginMark(t *xmlToken, id string) {
	gloss, known := l.unit.gloss[id]
	concept, ours := t.attrIn(nsDrogman, "concept")
	if l.target || t.get("type") != "term" || !known && !ours {
		l.add(t, Open, id, "", l.text.Len())
		l.codes[len(l.codes)-1].Mark = true
		return
	}
	l.unit.r.loseAttributes([]string{"id", "type", "ref"})
	if ours {
		gloss.Concept = hexUnescape(concept)
		kind, _ := t.attrIn(nsDrogman, "kind")
		nested, _ := t.attrIn(nsDrogman, "nested")
		gloss.Kind, gloss.Nested = hexUnescape(kind), nested == "yes"
	}
	gloss.Span = Span{l.text.Len(), -1}
	l.found = append(l.found, foundTerm{id, gloss})
}

func (l *readLine2) endMark(id string) {
	at := l.text.Len()
	for i := range l.found {
		if l.found[i].id == id && l.found[i].Span.End < 0 {
			l.found[i].Span.End = at
			return
		}
	}
	l.codes = append(l.codes, Code{Kind: Close, ID: codeID(id), Span: Span{at, at}, Mark: true})
}

// terms are the occurrences found, those that never end left out.
func (l *readLine2) terms() []Occurrence {
	var terms []Occurrence
	for _, f := range l.found {
		if f.Span.End < 0 {
			continue
		}
		if f.Surface == "" {
			f.Surface = f.Span.In(l.text.String())
		}
		terms = append(terms, f.Occurrence)
	}
	return terms
}

// codeID is the house's ID of a code whose id attribute is given.
func codeID(id string) string {
	return hexUnescape(id[strings.LastIndex(id, "·")+1+pick(strings.Contains(id, "·"), 1, 0):])
}

func (l *readLine2) add(t *xmlToken, kind CodeKind, id, half string, at int) {
	c := Code{Kind: kind, ID: codeID(id), Span: Span{at, l.text.Len()}, Data: l.dataOf(t, "dataRef"+half)}
	for _, a := range t.attrs {
		l.attribute(&c, a, half)
	}
	l.codes = append(l.codes, c)
}

func (l *readLine2) dataOf(t *xmlToken, attr string) string {
	ref, ok := t.attr(attr)
	if !ok {
		return ""
	}
	data, ok := l.unit.data[ref]
	if !ok {
		l.unit.fail(l.unit.r.fault("xliff-data-missing", ref, ""))
	}
	return data
}

func (l *readLine2) attribute(c *Code, a xmlAttr, half string) {
	name, value := a.name.local, hexUnescape(a.value)
	switch {
	case a.name.space == nsDrogman && name == "data":
		c.Data = value
	case a.name.space == nsDrogman && name == "type", a.name.space == "" && name == "type":
		c.Type = value
	case a.name.space == nsDrogman:
		if field, ok := strings.CutPrefix(name, "field."); ok {
			c.Fields = append(c.Fields, Field{strings.ReplaceAll(hexUnescape(field), "·", ":"), value})
		}
	case a.name.space == nsXMLNS:
	case a.name.space != "":
		c.Fields = append(c.Fields, Field{a.prefix + ":" + name, value})
	case name == "id", name == "isolated", name == "startRef", strings.HasPrefix(name, "dataRef"),
		name == "equiv" && c.Kind == Standalone, half != "" && strings.HasSuffix(name, "End"):
	default:
		c.Fields = append(c.Fields, Field{strings.TrimSuffix(name, half), value})
	}
}

// closing is the Close of a <pc>, its place not yet known.
func (l *readLine2) closing(t *xmlToken) Code {
	c := Code{Kind: Close, ID: codeID(t.get("id")), Data: l.dataOf(t, "dataRefEnd")}
	for _, a := range t.attrs {
		if name, ok := strings.CutSuffix(a.name.local, "End"); ok && name != "dataRef" && a.name.space == "" {
			c.Fields = append(c.Fields, Field{name, hexUnescape(a.value)})
		}
	}
	return c
}
