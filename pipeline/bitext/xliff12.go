package bitext

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// XLIFF 1.2 (OASIS, 1 February 2008) and the dialects that SDL Trados (SDLXLIFF) and memoQ
// (MQXLIFF) write: the same elements with the tool's own attributes for the state.
//
// A <trans-unit> is a unit; one with <seg-source> is a block whose <mrk mtype="seg"> are the
// units, with the ID trans-unit::mid. Codes outside of all segments go to the nearest one.

// states12 are the values of <target state> (XLIFF 1.2, state), as far as the house tells
// them apart; the first of each is what is written.
var states12 = []struct {
	name  string
	state State
}{
	{"needs-translation", Initial}, {"new", Initial}, {"needs-adaptation", Initial}, {"needs-l10n", Initial},
	{"translated", Translated}, {"needs-review-translation", Translated},
	{"needs-review-adaptation", Translated}, {"needs-review-l10n", Translated},
	{"signed-off", Reviewed},
	{"final", Final},
	// SDLXLIFF, conf of <sdl:seg>
	{"Draft", Initial}, {"RejectedTranslation", Initial}, {"RejectedSignOff", Initial}, {"Unspecified", Initial},
	{"Translated", Translated}, {"ApprovedTranslation", Reviewed}, {"ApprovedSignOff", Final},
	// MQXLIFF, mq:status of <trans-unit>
	{"NotStarted", Initial}, {"PartiallyEdited", Initial}, {"Pretranslated", Initial}, {"Rejected", Initial},
	{"ManuallyConfirmed", Translated}, {"AssembledFromFragments", Initial},
	{"Reviewer1Confirmed", Reviewed}, {"Reviewer2Confirmed", Final}, {"Proofread", Final},
}

func state12(name string) (State, bool) {
	for _, s := range states12 {
		if s.name == name {
			return s.state, true
		}
	}
	return Initial, false
}

func stateName12(state State) string {
	for _, s := range states12 {
		if s.state == state {
			return s.name
		}
	}
	return ""
}

func (r *xliffReader) read12(root *xmlToken) error {
	if v := root.get("version"); v != "1.0" && v != "1.1" && v != "1.2" {
		return r.fault("xliff-version", v, "1.0, 1.1, 1.2")
	}
	r.loseAttributes([]string{"version"})
	return r.elements(func(t *xmlToken) error {
		if t.name.local != "file" {
			return r.drop()
		}
		return r.file12(t)
	})
}

func (r *xliffReader) file12(t *xmlToken) (err error) {
	source, ok := t.attr("source-language")
	if !ok {
		return r.fault("xliff-attribute-missing", "file", "source-language")
	}
	if r.langs.Source, err = r.language(source); err != nil {
		return err
	}
	if r.langs.Target, err = r.language(t.get("target-language")); err != nil {
		return err
	}
	r.document, r.ids = hexUnescape(t.get("original")), newIDSet()
	r.loseAttributes([]string{"original", "source-language", "target-language", "datatype=plaintext", "tool-id", "date"})
	return r.elements(func(t *xmlToken) error {
		if t.name.local == "header" {
			return r.header12()
		}
		if t.name.local != "body" {
			return r.drop()
		}
		return r.units12()
	})
}

// header12 says what of a header is lost: all but the tool that wrote the file, which the
// next writer replaces by itself.
func (r *xliffReader) header12() error {
	return r.elements(func(t *xmlToken) error {
		if t.name.local == "tool" {
			return r.skip()
		}
		return r.drop()
	})
}

func (r *xliffReader) units12() error {
	return r.elements(func(t *xmlToken) error {
		switch t.name.local {
		case "group":
			r.loseGroup()
			return r.units12()
		case "trans-unit":
			return r.unit12(t)
		}
		return r.drop()
	})
}

// unit12 gathers one <trans-unit>.
type unit12 struct {
	r          *xliffReader
	unit       Unit
	attrs      []Field
	approved   bool
	stated     bool
	stateName  string // as the file has it
	hasSource  bool
	source     line12
	segments   []*line12 // of <seg-source>
	gaps       []string  // before each of them, and after the last
	target     line12
	targets    []*line12
	conf       map[string]string // SDLXLIFF: a segment's state
	locked     map[string]bool   // SDLXLIFF: segments, memoQ: the unit (""), that are not to be changed
	confSpan   map[string]Span   // and where it stands, or can
	categories map[int]string    // of notes
	site       xmlSite           // of the whole target
	status     Span              // MQXLIFF: where the value of mq:status stands
	markup     map[codeKey]Span  // of the codes, nil if nobody asks
	err        *Error
}

var unitAttributes12 = []string{"resname", "restype", "translate", "maxwidth", "minwidth", "size-unit", "phase-name", "extradata"}

func (r *xliffReader) unit12(t *xmlToken) error {
	id := t.get("id")
	u := &unit12{r: r, conf: map[string]string{}, locked: map[string]bool{}, categories: map[int]string{}}
	u.unit = Unit{ID: hexUnescape(id), Document: r.document, Languages: r.langs, Place: r.here()}
	if _, ok := t.attr("id"); !ok {
		u.fail(r.fault("xliff-attribute-missing", "trans-unit", "id"))
	} else if !r.newID(id) {
		u.fail(r.fault("id-repeated", id, ""))
	}
	u.unit.ID = strings.TrimPrefix(u.unit.ID, noID12)
	if strings.HasPrefix(id, noID12) {
		u.unit.ID = ""
	}
	u.attrs = attributeFields(t, "unit.", unitAttributes12)
	r.loseAttributes([]string{"id", "approved", "mq:status", "mq:locked"}, unitAttributes12)
	if u.approved = t.get("approved") == "yes"; u.approved {
		u.site.approved = r.attrSpan("approved")
	}
	if r.in.whole != nil {
		u.markup, u.confSpan = map[codeKey]Span{}, map[string]Span{}
	}
	for _, a := range t.attrs {
		switch {
		case !strings.Contains(a.name.space, "MQXliff"):
		case a.name.local == "status":
			u.unit.State, u.stated = state12(a.value)
			u.status = Span{int(r.tok.start) + a.span.Start, int(r.tok.start) + a.span.End}
		case a.name.local == "locked":
			u.locked[""] = a.value != "false"
		}
	}
	if err := r.elements(u.child); err != nil {
		return err
	}
	if u.err == nil && !u.hasSource {
		u.fail(&Error{Code: "xliff-child-missing", Place: u.unit.Place, Have: "trans-unit", Want: "source"})
	}
	if u.err != nil {
		return r.emit(Unit{}, u.err)
	}
	return u.emit()
}

// noID12 begins the id attribute of a unit that has no ID of its own.
const noID12 = "drogman:none:"

func (u *unit12) fail(err *Error) {
	if u.err == nil {
		err.Unit = u.unit.ID
		u.err = err
	}
}

func (u *unit12) child(t *xmlToken) error {
	r := u.r
	switch t.name.local {
	case "source":
		u.hasSource = true
		r.loseAttributes()
		u.source.r = u
		err := u.source.read()
		u.insertTarget()
		return err
	case "seg-source":
		line := &line12{r: u, split: &u.segments, gaps: &u.gaps}
		err := line.readSplit()
		u.insertTarget()
		return err
	case "target":
		u.state(t)
		u.site.state, u.site.attr, u.site.name = r.attrSpan("state"), "state", stateName12
		tag := r.targetTag()
		r.loseAttributes([]string{"state"})
		u.target = line12{r: u, split: &u.targets}
		err := u.target.readSplit()
		u.site.open, u.site.close = nil, ""
		u.site.place(r.scanner, tag, "target")
		return err
	case "note":
		n := Note{Author: hexUnescape(t.get("from"))}
		r.loseAttributes([]string{"from"})
		text, err := r.content()
		n.Text = hexUnescape(text)
		u.unit.Notes = append(u.unit.Notes, n)
		return err
	case "alt-trans":
		return u.match(t)
	case "context-group":
		r.loseAttributes()
		return r.elements(u.context)
	case "seg-defs":
		return r.elements(func(t *xmlToken) error {
			u.conf[t.get("id")] = t.get("conf")
			u.locked[t.get("id")] = t.get("locked") == "true"
			r.loseAttributes([]string{"id", "conf", "locked"})
			if u.confSpan != nil {
				u.confSpan[t.get("id")] = r.attrSpan("conf")
			}
			return r.elements(func(*xmlToken) error { return r.drop() })
		})
	}
	return r.drop()
}

// insertTarget puts a target that is not there after the element whose end tag was last read.
func (u *unit12) insertTarget() {
	name := u.r.qualified("target")
	u.site.insertAfter(u.r.scanner, "target", "")
	u.site.open = func(changed *Unit) (string, error) {
		if u.status.Len() > 0 || changed.State == defaultState(changed.Target) {
			return "<" + name + ">", nil
		}
		return fmt.Sprintf("<%s state=%q>", name, stateName12(changed.State)), nil
	}
}

func (u *unit12) state(t *xmlToken) {
	name, ok := t.attr("state")
	if !ok {
		return
	}
	state, known := state12(name)
	if !known && !strings.HasPrefix(name, "x-") {
		u.fail(u.r.fault("xliff-value", name, "state"))
	}
	u.unit.State, u.stated, u.stateName = state, known, name
}

func (u *unit12) match(t *xmlToken) error {
	m := Match{Origin: hexUnescape(t.get("origin"))}
	u.r.loseAttributes([]string{"origin", "match-quality"})
	quality, err := strconv.ParseFloat(strings.TrimSuffix(t.get("match-quality"), "%"), 64)
	if err == nil {
		m.Quality = quality
	}
	err = u.r.elements(func(t *xmlToken) error {
		if t.name.local != "source" && t.name.local != "target" {
			return u.r.drop()
		}
		source := t.name.local == "source"
		line := line12{r: u}
		err := line.read()
		if source {
			m.Source = line.text.String()
		} else {
			m.Target = line.text.String()
		}
		for range line.codes {
			u.r.in.lose("alt-trans/code")
		}
		return err
	})
	u.unit.Matches = append(u.unit.Matches, m)
	return err
}

// context takes back what the writer put into a <context>; any other is a field.
func (u *unit12) context(t *xmlToken) error {
	kind := hexUnescape(t.get("context-type"))
	u.r.loseAttributes([]string{"context-type"})
	text, err := u.r.content()
	value := hexUnescape(text)
	name, ours := strings.CutPrefix(kind, "x-drogman-")
	key, rest, _ := strings.Cut(name, "-")
	switch {
	case !ours:
		u.unit.Fields = append(u.unit.Fields, Field{"context." + kind, value})
	case key == "before":
		u.unit.Before = value
	case key == "after":
		u.unit.After = value
	case key == "confidence":
		u.unit.Confidence, _ = strconv.ParseFloat(value, 64)
	case key == "category":
		n, _ := strconv.Atoi(rest)
		u.categories[n] = value
	case key == "field":
		if name, err := url.QueryUnescape(rest); err == nil {
			u.unit.Fields = append(u.unit.Fields, Field{name, value})
		}
	}
	return err
}

func (u *unit12) emit() error {
	if u.approved {
		u.unit.State, u.stated = Final, true
	}
	if u.stateName != "" && u.stateName != stateName12(u.unit.State) {
		u.attrs = append(u.attrs, Field{"target.state", u.stateName})
	}
	if u.locked[""] {
		u.attrs = append(u.attrs, Field{"locked", "yes"})
	}
	u.unit.Fields = append(u.attrs, u.unit.Fields...)
	for n, category := range u.categories {
		if n < len(u.unit.Notes) {
			u.unit.Notes[n].Category = category
		}
	}
	if len(u.segments) == 0 {
		unit := u.unit
		unit.Source, unit.SourceCodes = u.source.result()
		unit.Target, unit.TargetCodes = u.target.whole(u.targets)
		if !u.stated {
			unit.State = defaultState(unit.Target)
		}
		if len(u.targets) == 0 {
			if u.status.Len() > 0 && u.stateName == "" {
				u.site.state, u.site.name = u.status, memoQState
			}
			u.leave(&u.site)
		}
		return u.r.emit(unit, nil)
	}
	return u.emitSegments()
}

// leave leaves a site for whoever writes into the file.
func (u *unit12) leave(site *xmlSite) {
	if u.markup != nil {
		site.control, site.markup = writeControl12, u.markup
		u.r.in.site = site
	}
}

// memoQState is the name of a state in MQXLIFF.
func memoQState(s State) string {
	return [...]string{"PartiallyEdited", "ManuallyConfirmed", "Reviewer1Confirmed", "Reviewer2Confirmed"}[s]
}

// segmentState is the name of a state in SDLXLIFF.
func segmentState(s State) string {
	return [...]string{"Draft", "Translated", "ApprovedTranslation", "ApprovedSignOff"}[s]
}

func (u *unit12) emitSegments() error {
	for i, segment := range u.segments {
		unit := u.unit
		unit.ID += "::" + segment.mid
		unit.Source, unit.SourceCodes = segment.result()
		unit.Before = u.gaps[i]
		if i == len(u.segments)-1 {
			unit.After = u.gaps[i+1]
		}
		for _, target := range u.targets {
			if target.mid == segment.mid {
				unit.Target, unit.TargetCodes = target.result()
				if at, ok := u.confSpan[segment.mid]; ok {
					target.site.state, target.site.attr, target.site.name = at, "conf", segmentState
				}
				u.leave(&target.site)
			}
		}
		if state, ok := state12(u.conf[segment.mid]); ok {
			unit.State = state
		} else if !u.stated {
			unit.State = defaultState(unit.Target)
		}
		if i > 0 {
			unit.Notes, unit.Matches, unit.Fields = nil, nil, slices.Clone(u.attrs)
		}
		if u.locked[segment.mid] {
			unit.Fields = append(slices.Clip(unit.Fields), Field{"locked", "yes"})
		}
		if err := u.r.emit(unit, nil); err != nil {
			return err
		}
	}
	return nil
}

// line12 reads the content of a source, target or segment.
type line12 struct {
	r     *unit12
	mid   string
	text  strings.Builder
	codes []Code
	made  int
	// split gathers the segments of a <seg-source> or <target>; gaps, if not nil, the text
	// before each and after the last.
	split *[]*line12
	gaps  *[]string
	site  xmlSite // of a target's segment
}

func (l *line12) result() (string, []Code) { return l.text.String(), l.codes }

// whole is the text of a target: its own, or that of its segments together.
func (l *line12) whole(segments []*line12) (string, []Code) {
	if len(segments) == 0 {
		return l.result()
	}
	var text strings.Builder
	var codes []Code
	for _, s := range segments {
		for _, c := range s.codes {
			c.Span.Start, c.Span.End = c.Span.Start+text.Len(), c.Span.End+text.Len()
			codes = append(codes, c)
		}
		text.WriteString(s.text.String())
	}
	return text.String(), codes
}

func (l *line12) read() error {
	return l.r.r.nodes(func(t *xmlToken) error {
		if t.kind == charData {
			l.text.Write(t.text)
			return nil
		}
		return l.element(t)
	})
}

// readSplit is read for what may hold segments. The text outside of them is the gaps.
func (l *line12) readSplit() error {
	if err := l.read(); err != nil {
		return err
	}
	if len(*l.split) > 0 {
		for _, c := range l.codes { // codes since the last segment
			l.toLast(c)
		}
		l.codes = nil
	}
	if l.gaps != nil {
		*l.gaps = append(*l.gaps, l.text.String())
	}
	return nil
}

func (l *line12) segment(t *xmlToken) error {
	if l.gaps != nil {
		*l.gaps = append(*l.gaps, l.text.String())
		l.text.Reset()
	}
	s := &line12{r: l.r, mid: t.get("mid"), made: l.made}
	for _, c := range l.codes { // codes since the last segment
		c.Span = Span{}
		s.codes = append(s.codes, c)
	}
	l.codes = nil
	*l.split = append(*l.split, s)
	tag := l.r.r.targetTag()
	err := s.read()
	s.site.place(l.r.r.scanner, tag, "mrk")
	l.made = s.made
	return err
}

// add notes a code. A Close that stands outside of all segments, as its Open does not, is put
// at the end of the last one.
func (l *line12) add(c Code) {
	if l.split != nil && len(*l.split) > 0 && c.Kind == Close && !l.opens(c.ID) {
		l.toLast(c)
		return
	}
	l.codes = append(l.codes, c)
}

// opens reports whether an Open waits for the next segment.
func (l *line12) opens(id string) bool {
	for _, c := range slices.Backward(l.codes) {
		if c.Kind == Open && c.ID == id {
			return true
		}
	}
	return false
}

func (l *line12) toLast(c Code) {
	last := (*l.split)[len(*l.split)-1]
	at := last.text.Len()
	c.Span = Span{at, at}
	last.codes = append(last.codes, c)
}

func (l *line12) element(t *xmlToken) error {
	local, from := t.name.local, t.start
	if local == "mrk" {
		if t.get("mtype") == "seg" && l.split != nil {
			return l.segment(t)
		}
		return l.pair(t, true)
	}
	if local == "g" {
		return l.pair(t, false)
	}
	c, covered := l.code(t)
	if cp, ok := strings.CutPrefix(c.Type, "x-cp-"); ok && local == "x" {
		if v, err := strconv.ParseUint(cp, 16, 32); err == nil {
			l.text.WriteRune(rune(v))
			return l.r.r.skip()
		}
	}
	switch local {
	case "x", "ph":
	case "bx", "bpt":
		c.Kind = Open
	case "ex", "ept":
		c.Kind = Close
	case "it":
		c.Kind = pick(t.get("pos") == "close", Close, Open)
	default:
		l.r.fail(l.r.r.fault("xliff-element", local, ""))
	}
	data, err := l.r.r.content()
	c.Data = hexUnescape(data)
	c.Span.Start = l.text.Len()
	if c.Kind == Standalone {
		l.text.WriteString(covered)
	}
	c.Span.End = l.text.Len()
	l.add(c)
	l.r.r.keep(l.r.markup, c.Kind, c.ID, from)
	return err
}

// pair reads a <g> or <mrk>.
func (l *line12) pair(t *xmlToken, mark bool) error {
	c, _ := l.code(t)
	at := l.text.Len()
	c.Kind, c.Mark, c.Span = Open, mark, Span{at, at}
	l.add(c)
	if !t.empty {
		l.r.r.keep(l.r.markup, Open, c.ID, t.start)
	}
	if err := l.read(); err != nil {
		return err
	}
	l.r.r.keep(l.r.markup, Close, c.ID, l.r.r.tok.start)
	at = l.text.Len()
	l.add(Code{Kind: Close, ID: c.ID, Mark: mark, Span: Span{at, at}})
	return nil
}

// code takes ID, type and further attributes from a tag.
func (l *line12) code(t *xmlToken) (c Code, covered string) {
	for _, a := range t.attrs {
		value := hexUnescape(a.value)
		switch name := a.name.local; {
		case a.name.space == nsXMLNS:
		case a.name.space != "":
			c.Fields = append(c.Fields, Field{a.prefix + ":" + name, value})
		case name == "id" && c.ID == "" || name == "rid" || name == "mid":
			c.ID = value
		case name == "ctype" || name == "mtype":
			c.Type = value
		case name == "equiv-text":
			covered = value
		case name != "id" && name != "pos":
			c.Fields = append(c.Fields, Field{name, value})
		}
	}
	if query, ours := strings.CutPrefix(c.Type, "x-drogman?"); ours {
		fromQuery(&c, query)
	}
	if c.ID == "" {
		l.made++
		c.ID = "c" + strconv.Itoa(l.made)
	}
	return c, covered
}
