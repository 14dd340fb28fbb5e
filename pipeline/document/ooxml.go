package document

import (
	"regexp"
	"slices"
	"strings"

	"drogman/pipeline/bitext"
)

// Office Open XML (ECMA-376): the text of a paragraph lies in runs, each with properties,
// and word processors cut runs wherever an author paused. Here runs that look the same
// are one. A paragraph's commonest look needs no codes; a stretch that looks otherwise is
// a pair of codes that hold its properties. Links and insertions are pairs around their
// runs; tabs, breaks, notes' numbers, pictures and fields are codes that stand alone.
// Deleted text stays as it is. A paragraph whose translation differs is written with new
// runs; every other byte of the part is left.

// dialect names the elements of a paragraph in one of the three vocabularies.
type dialect struct {
	paragraph []string // elements that hold runs
	run, look string   // the run and its properties
	text      string
	skip      map[string]bool // within a paragraph: its own properties and the like
	noise     map[string]bool // dropped where a paragraph is written anew
	space     string          // attribute for a text with white space at its ends
	kind      func(*ooxmlReader, token)
}

var wordDialect = dialect{
	paragraph: []string{"w:p"}, run: "w:r", look: "w:rPr", text: "w:t", space: ` xml:space="preserve"`,
	skip:  set("w:pPr"),
	noise: set("w:proofErr w:lastRenderedPageBreak"),
	kind:  (*ooxmlReader).wordKind,
}

var drawingDialect = dialect{
	paragraph: []string{"a:p"}, run: "a:r", look: "a:rPr", text: "a:t",
	skip:  set("a:pPr a:endParaRPr"),
	noise: map[string]bool{},
	kind:  (*ooxmlReader).drawingKind,
}

var sheetDialect = dialect{
	paragraph: []string{"si", "is", "text"}, run: "r", look: "rPr", text: "t", space: ` xml:space="preserve"`,
	skip:  set("rPh phoneticPr"),
	noise: map[string]bool{},
	kind:  func(r *ooxmlReader, t token) { r.kind = Cell },
}

// event is what a paragraph holds, in order, before looks are compared.
type event struct {
	what   eventKind
	look   string // raw properties of the run, without noise
	text   string
	typ    string
	source bitext.Span // of the text, the element or the tag
	outer  bitext.Span // of the run around it, or the same
}

type eventKind uint8

const (
	textEvent eventKind = iota
	inRun               // an element within a run
	betweenRuns
	openWrapper
	closeWrapper
)

// paragraphState is a paragraph being read; text boxes put one in another.
type paragraphState struct {
	events   []event
	depth    int // of open elements when it began
	kind     Kind
	run      int // offset of the run in hand, -1 outside
	firstRun int // events before the run in hand
	look     string
	opaque   int // depth at which an opaque element began, 0 outside
	start    int // its offset
	shown    strings.Builder
	wrappers []int // depths
	lookFrom int
	bare     bool // texts stand in the paragraph itself, without runs
}

// ooxmlReader reads one part.
type ooxmlReader struct {
	document *Document
	part     *part
	dialect  *dialect
	depth    int
	stack    []*paragraphState
	blocks   []Block
	kind     Kind // of the next paragraph
	cells    int
	partKind Kind
}

// readRuns makes blocks of the paragraphs of a part.
func (d *Document) readRuns(p *part, l *dialect, kind Kind) error {
	r := &ooxmlReader{document: d, part: p, dialect: l, partKind: kind}
	if err := scanXML(p.text, r.token); err != nil {
		return inPart(err, p)
	}
	d.add(r.blocks)
	return nil
}

// inPart names the part in an error of it.
func inPart(err error, p *part) error {
	if e, ok := err.(*Error); ok && e.Unit == "" {
		e.Unit = p.name
	}
	return err
}

func (r *ooxmlReader) token(t token) error {
	switch t.kind {
	case tokenOpen:
		r.depth++
		r.start(t)
	case tokenEmpty:
		r.depth++
		r.start(t)
		r.end(t)
		r.depth--
	case tokenClose:
		r.end(t)
		r.depth--
	case tokenText, tokenCData:
		r.text(t)
	}
	return nil
}

// top is the paragraph in hand, nil outside of one.
func (r *ooxmlReader) top() *paragraphState {
	if len(r.stack) == 0 {
		return nil
	}
	return r.stack[len(r.stack)-1]
}

func (r *ooxmlReader) start(t token) {
	r.languages(t)
	r.dialect.kind(r, t)
	if slices.Contains(r.dialect.paragraph, t.name) {
		r.stack = append(r.stack, &paragraphState{depth: r.depth, kind: r.kind, run: -1, lookFrom: -1})
		return
	}
	p := r.top()
	if p == nil || p.opaque > 0 {
		return
	}
	switch {
	case t.name == r.dialect.run && p.run < 0:
		p.run, p.look, p.firstRun = t.span.Start, "", len(p.events)
	case t.name == r.dialect.look && p.run >= 0:
		p.opaque, p.lookFrom = r.depth, t.span.Start
	case t.name == r.dialect.text && (p.run >= 0 || r.depth == p.depth+1):
		if p.run < 0 {
			p.bare = true
		}
	case r.dialect.skip[t.name]:
		p.opaque, p.start, p.lookFrom = r.depth, -1, -1
	case p.run < 0 && wrapperTypes[t.name] != "":
		p.wrappers = append(p.wrappers, r.depth)
		p.events = append(p.events, event{what: openWrapper, typ: wrapperTypes[t.name], source: t.span, outer: t.span})
	default:
		p.opaque, p.start, p.lookFrom = r.depth, t.span.Start, -1
		p.shown.Reset()
	}
}

// wrapperTypes are the elements around runs that are pairs of codes, and their types.
var wrapperTypes = map[string]string{"w:hyperlink": "link", "w:ins": "inserted", "w:moveTo": "inserted", "w:smartTag": "tag",
	"w:customXml": "tag", "w:sdt": "control", "w:sdtContent": "control", "w:dir": "direction", "w:bdo": "direction", "w:fldSimple": "field"}

func (r *ooxmlReader) end(t token) {
	if t.name == "w:tc" || t.name == "a:tc" {
		r.cells--
	}
	p := r.top()
	if p == nil {
		return
	}
	switch {
	case p.depth == r.depth && slices.Contains(r.dialect.paragraph, t.name):
		r.stack = r.stack[:len(r.stack)-1]
		r.finish(p)
	case p.opaque > 0:
		if p.opaque == r.depth {
			p.opaque = 0
			r.opaque(p, t)
		}
	case t.name == r.dialect.run:
		for i := range p.events[p.firstRun:] {
			p.events[p.firstRun+i].outer = bitext.Span{Start: p.run, End: t.span.End}
		}
		p.run = -1
	case len(p.wrappers) > 0 && p.wrappers[len(p.wrappers)-1] == r.depth:
		p.wrappers = p.wrappers[:len(p.wrappers)-1]
		p.events = append(p.events, event{what: closeWrapper, typ: wrapperTypes[t.name], source: t.span, outer: t.span})
	}
}

// opaque notes an element that has ended and whose inside is not text.
func (r *ooxmlReader) opaque(p *paragraphState, t token) {
	if p.lookFrom >= 0 {
		p.look = cleanLook(r.part.text[p.lookFrom:t.span.End])
		p.lookFrom = -1
		return
	}
	if p.start < 0 || r.dialect.noise[t.name] {
		return
	}
	e := event{what: betweenRuns, look: p.look, typ: "other", source: bitext.Span{Start: p.start, End: t.span.End}}
	e.outer = e.source
	if p.run >= 0 {
		e.what = inRun
	}
	switch raw := e.source.In(r.part.text); t.name {
	case "w:tab":
		e.typ, e.text = "tab", "\t"
	case "w:br", "w:cr", "a:br":
		e.typ, e.text = "lb", "\n"
	case "w:noBreakHyphen":
		e.what, e.text = textEvent, "\u2011"
	case "w:softHyphen":
		e.what, e.text = textEvent, "\u00ad"
	case "w:footnoteReference", "w:endnoteReference", "w:commentReference":
		e.typ = "note"
	case "w:drawing", "w:pict", "w:object", "mc:AlternateContent":
		e.typ = "image"
	case "w:fldChar", "w:instrText":
		e.typ = t.name[2:]
	case "a:fld":
		e.typ, e.text = "field", strings.TrimSpace(p.shown.String())
	case "w:bookmarkStart":
		if strings.Contains(raw, `"_GoBack"`) {
			return
		}
	}
	p.events = append(p.events, e)
}

// cleanLook is a run's properties without what only says how they were typed: languages,
// spelling marks and revision numbers.
func cleanLook(raw string) string {
	raw = lookNoise.ReplaceAllString(raw, "")
	if emptyLook.MatchString(raw) {
		return ""
	}
	return raw
}

var (
	lookNoise = regexp.MustCompile(`<w:(?:lang|noProof|rsid)(?:\s[^<>]*)?/>|\s(?:lang|altLang|dirty|err|smtClean|noProof|smtId)="[^"]*"`)
	emptyLook = regexp.MustCompile(`^<[a-zA-Z:]+\s*(?:/>|>\s*</[a-zA-Z:]+>)$`)
)

// joinFields makes one event of each complex field (begin, instruction, separator, result,
// end), which shows its result: a page number, a date, a reference are not for the
// translator to change. The result of a link is text between a pair instead. A field
// whose ends share a run with text, or cross a link, stays the codes it consists of.
func joinFields(events []event, text string) []event {
	var out []event
	for i := 0; i < len(events); i++ {
		f, ok := fieldAt(events[i:], text)
		if !ok || i > 0 && events[i-1].outer == events[i].outer || i+f.end+1 < len(events) && events[i+f.end+1].outer == events[i+f.end].outer {
			out = append(out, events[i])
			continue
		}
		begin, end := events[i].outer, events[i+f.end].outer
		if f.link && f.separate > 0 {
			separate := events[i+f.separate].outer
			out = append(out, event{what: openWrapper, typ: "link", source: bitext.Span{Start: begin.Start, End: separate.End}})
			out[len(out)-1].outer = out[len(out)-1].source
			out = append(out, events[i+f.separate+1:i+f.end]...)
			out = append(out, event{what: closeWrapper, typ: "link", source: end, outer: end})
		} else {
			whole := bitext.Span{Start: begin.Start, End: end.End}
			out = append(out, event{what: betweenRuns, typ: "field", text: f.result, source: whole, outer: whole})
		}
		i += f.end
	}
	return out
}

// field is a complex field among events: the indexes of its parts from its beginning.
type field struct {
	separate, end int
	result        string
	link          bool
}

// fieldAt reads the field that begins with the first event.
func fieldAt(events []event, text string) (field, bool) {
	var f field
	var instruction, result strings.Builder
	depth := 0
	for i, e := range events {
		raw := e.source.In(text)
		switch {
		case e.what == openWrapper || e.what == closeWrapper:
			return f, false
		case e.typ == "fldChar" && strings.Contains(raw, `"begin"`):
			depth++
		case i == 0:
			return f, false
		case e.typ == "fldChar" && strings.Contains(raw, `"separate"`) && depth == 1:
			f.separate = i
		case e.typ == "fldChar" && strings.Contains(raw, `"end"`):
			if depth--; depth == 0 {
				f.end, f.result = i, result.String()
				f.link = strings.HasPrefix(strings.TrimSpace(instruction.String()), "HYPERLINK")
				return f, true
			}
		case e.typ == "instrText":
			instruction.WriteString(raw[strings.IndexByte(raw, '>')+1:])
		case f.separate > 0 && depth == 1:
			result.WriteString(e.text)
		}
	}
	return f, false
}

func (r *ooxmlReader) text(t token) {
	p := r.top()
	if p == nil {
		return
	}
	raw := t.span.In(r.part.text)
	if p.opaque > 0 {
		if t.kind == tokenText {
			p.shown.WriteString(raw)
		}
		return
	}
	if p.run < 0 && !p.bare {
		return // white space between elements
	}
	if !r.inText(p, t) {
		return
	}
	if t.kind == tokenCData {
		raw = strings.TrimSuffix(strings.TrimPrefix(raw, "<![CDATA["), "]]>")
		p.events = append(p.events, event{what: textEvent, look: p.look, text: raw, source: t.span, outer: t.span})
		return
	}
	var b builder
	unescapeInto(&b, raw, t.span.Start)
	for _, it := range b.items {
		p.events = append(p.events, event{what: textEvent, look: p.look, text: it.text, source: it.source, outer: it.source})
	}
}

// inText reports whether character data stands in a text element, where it counts.
func (r *ooxmlReader) inText(p *paragraphState, t token) bool {
	i := strings.LastIndexByte(r.part.text[:t.span.Start], '<')
	rest := r.part.text[i+1:]
	n := strings.IndexAny(rest, " \t\r\n/>")
	name := rest[:n]
	_, local, ok := strings.Cut(name, ":")
	if !ok {
		local = name
	}
	return local == "t"
}

// unescapeInto gives XML character data to a builder, white space and all.
func unescapeInto(b *builder, s string, offset int) {
	at := 0
	for i := 0; i < len(s); {
		if s[i] != '&' {
			i++
			continue
		}
		shown, n := unescapeXML(s[i:], false)
		if n == 0 {
			i++
			continue
		}
		b.add(s[at:i], bitext.Span{Start: offset + at, End: offset + i})
		b.addEscaped(shown, bitext.Span{Start: offset + i, End: offset + i + n})
		i += n
		at = i
	}
	b.add(s[at:], bitext.Span{Start: offset + at, End: offset + len(s)})
}

// runs is what a block of runs needs to be written.
type runs struct {
	dialect *dialect
	base    string // the look of text outside of any code
	bare    bool
	codes   []runCode // of each of the block's codes
}

// runCode is what writing a code means.
type runCode struct {
	what   eventKind
	look   string // of a pair: the look of the text in it
	isLook bool   // a pair that only changes the look
}

// finish makes a block of a paragraph.
func (r *ooxmlReader) finish(p *paragraphState) {
	if !hasText(p.events) {
		return
	}
	p.events = crop(joinFields(p.events, r.part.text))
	a := assembler{events: p.events, runs: runs{dialect: r.dialect, base: commonest(p.events), bare: p.bare}}
	a.assemble()
	b, ok := a.builder.finishWhole(r.part, firstKind(p.kind, r.partKind, Paragraph), renderRuns)
	if !ok {
		return
	}
	b.Span = bitext.Span{Start: p.events[0].outer.Start, End: p.events[len(p.events)-1].outer.End}
	if p.bare {
		b.Span = bareSpan(r.part.text, b.Span)
	}
	b.runs = &a.runs
	b.Context = r.part.name
	r.blocks = append(r.blocks, b)
}

// bareSpan widens a span inside a text element to the whole element.
func bareSpan(text string, s bitext.Span) bitext.Span {
	s.Start = strings.LastIndexByte(text[:s.Start], '<')
	s.End += strings.IndexByte(text[s.End:], '>') + 1
	return s
}

// firstKind is the first kind that is known.
func firstKind(kinds ...Kind) Kind {
	for _, k := range kinds {
		if k != "" {
			return k
		}
	}
	return ""
}

func hasText(events []event) bool {
	for _, e := range events {
		if e.what == textEvent && !blank(e.text) {
			return true
		}
	}
	return false
}

// crop cuts the events outside of the text: whole runs and what lies between runs, as far
// as that tears no pair.
func crop(events []event) []event {
	first, last := len(events), -1
	for i, e := range events {
		if e.what == textEvent && !blank(e.text) || e.typ == "field" {
			first, last = min(first, i), max(last, i)
		}
	}
	for grown := true; grown; {
		grown = false
		depth := 0
		lowest := 0
		for i := first; i <= last; i++ {
			switch events[i].what {
			case openWrapper:
				depth++
			case closeWrapper:
				depth--
				lowest = min(lowest, depth)
			}
		}
		sameRun := func(i, j int) bool {
			return events[i].outer == events[j].outer && (events[i].what == textEvent || events[i].what == inRun)
		}
		if first > 0 && (lowest < 0 || sameRun(first-1, first)) {
			first, grown = first-1, true
		}
		if last+1 < len(events) && (depth-lowest > 0 || sameRun(last+1, last)) {
			last, grown = last+1, true
		}
	}
	return events[first : last+1]
}

// commonest is the look that most of the text has.
func commonest(events []event) string {
	count := map[string]int{}
	best := ""
	for i, e := range events {
		if e.what == textEvent {
			count[e.look] += len(e.text)
			if i == 0 || count[e.look] > count[best] {
				best = e.look
			}
		}
	}
	return best
}

// assembler gives a paragraph's events to a builder, with a pair of codes around each
// stretch whose look is not that of the text around it.
type assembler struct {
	events  []event
	builder builder
	runs    runs
	looks   []string // what text looks like: outside, in a wrapper, in a pair
	inLook  bool     // the innermost open code is a pair of looks
}

func (a *assembler) assemble() {
	a.looks = []string{a.runs.base}
	for i, e := range a.events {
		switch e.what {
		case openWrapper:
			a.endLook(e.source.Start)
			a.builder.open(e.typ, e.source)
			look := a.wrapperLook(i)
			a.note(runCode{what: openWrapper, look: look})
			a.looks = append(a.looks, look)
		case closeWrapper:
			a.endLook(e.source.Start)
			a.builder.close(e.typ, e.source)
			a.note(runCode{what: closeWrapper})
			if len(a.looks) > 1 {
				a.looks = a.looks[:len(a.looks)-1]
			}
		case betweenRuns:
			a.builder.alone(e.typ, e.text, e.source)
			a.note(runCode{what: betweenRuns})
		default:
			a.look(e)
			if e.what == inRun {
				a.builder.alone(e.typ, e.text, e.source)
				a.note(runCode{what: inRun})
			} else {
				a.builder.items = append(a.builder.items, item{text: e.text, source: e.source})
			}
		}
	}
	end := 0
	if n := len(a.events); n > 0 {
		end = a.events[n-1].source.End
	}
	a.endLook(end)
}

// note keeps what the code added last means.
func (a *assembler) note(c runCode) { a.runs.codes = append(a.runs.codes, c) }

// look opens and closes pairs so that text of the event's look can follow.
func (a *assembler) look(e event) {
	if e.look == a.looks[len(a.looks)-1] {
		return
	}
	a.endLook(e.source.Start)
	if e.look == a.looks[len(a.looks)-1] {
		return
	}
	a.builder.open(lookType(e.look), bitext.Span{Start: e.source.Start, End: e.source.Start})
	a.note(runCode{what: openWrapper, look: e.look, isLook: true})
	a.looks = append(a.looks, e.look)
	a.inLook = true
}

// endLook closes the pair of looks in hand.
func (a *assembler) endLook(at int) {
	if !a.inLook {
		return
	}
	a.inLook = false
	a.looks = a.looks[:len(a.looks)-1]
	a.builder.closeLast(bitext.Span{Start: at, End: at})
	a.note(runCode{what: closeWrapper, isLook: true})
}

// wrapperLook is the look of the first text in the wrapper that event i opens.
func (a *assembler) wrapperLook(i int) string {
	depth := 0
	for _, e := range a.events[i:] {
		switch e.what {
		case openWrapper:
			depth++
		case closeWrapper:
			if depth--; depth == 0 {
				return a.looks[len(a.looks)-1]
			}
		case textEvent, inRun:
			return e.look
		}
	}
	return a.looks[len(a.looks)-1]
}

// lookType names what a look does, for the person who sees the code.
func lookType(look string) string {
	for _, l := range []struct{ mark, typ string }{
		{"<w:b/>", "bold"}, {"<w:b ", "bold"}, {` b="1"`, "bold"}, {"<b/>", "bold"},
		{"<w:i/>", "italic"}, {"<w:i ", "italic"}, {` i="1"`, "italic"}, {"<i/>", "italic"},
		{"<w:u ", "underline"}, {` u="sng"`, "underline"}, {"<u/>", "underline"},
	} {
		if strings.Contains(look, l.mark) {
			return l.typ
		}
	}
	return "look"
}

// renderRuns writes a translation as runs.
func renderRuns(b *Block, t target) string {
	w := runWriter{runs: b.runs, looks: []string{b.runs.base}}
	at := 0
	for _, c := range t.codes {
		w.text(t.text[at:c.span.Start])
		w.code(b, t, c.code)
		at = c.span.End
	}
	w.text(t.text[at:])
	w.closeRun()
	return w.out.String()
}

type runWriter struct {
	*runs
	out    strings.Builder
	looks  []string
	open   bool   // a run is open
	inText bool   // and a text in it
	look   string // of the open run
}

// startRun makes sure that a run of the look in force is open.
func (w *runWriter) startRun() {
	look := w.looks[len(w.looks)-1]
	if w.open && w.look == look || w.bare {
		return
	}
	w.closeRun()
	w.out.WriteString("<" + w.dialect.run + ">" + look)
	w.open, w.look = true, look
}

func (w *runWriter) closeText() {
	if w.inText {
		w.out.WriteString("</" + w.dialect.text + ">")
	}
	w.inText = false
}

func (w *runWriter) closeRun() {
	w.closeText()
	if w.open {
		w.out.WriteString("</" + w.dialect.run + ">")
	}
	w.open = false
}

// text writes plain text. Word's tabs and line breaks are elements.
func (w *runWriter) text(s string) {
	s = lineFeeds(s)
	for s != "" {
		n := len(s)
		if w.dialect.run == "w:r" {
			if i := strings.IndexAny(s, "\n\t"); i >= 0 {
				n = i
			}
		}
		w.startRun()
		if n == 0 {
			w.closeText()
			w.out.WriteString(map[byte]string{'\n': "<w:br/>", '\t': "<w:tab/>"}[s[0]])
			s = s[1:]
			continue
		}
		if !w.inText {
			w.out.WriteString("<" + w.dialect.text + w.dialect.space + ">")
			w.inText = true
		}
		w.out.WriteString(xmlText(s[:n]))
		s = s[n:]
	}
}

// code writes a code of the block.
func (w *runWriter) code(b *Block, t target, i int) {
	c := w.codes[i]
	switch {
	case c.what == openWrapper:
		if !c.isLook {
			w.closeRun()
			w.out.WriteString(t.markup(i))
		}
		w.looks = append(w.looks, c.look)
	case c.what == closeWrapper:
		if len(w.looks) > 1 {
			w.looks = w.looks[:len(w.looks)-1]
		}
		if !c.isLook {
			w.closeRun()
			w.out.WriteString(t.markup(i))
		}
	case c.what == inRun:
		w.startRun()
		w.closeText()
		w.out.WriteString(t.markup(i))
	default:
		w.closeRun()
		w.out.WriteString(t.markup(i))
	}
}

// xmlText escapes text for XML, leaving out the characters that XML 1.0 cannot hold.
func xmlText(s string) string {
	if badCharacter(s) >= 0 {
		s = strings.Map(func(r rune) rune {
			if badCharacter(string(r)) >= 0 {
				return -1
			}
			return r
		}, s)
	}
	return textEscaper.Replace(s)
}

// wordKind notes what kind of paragraph an element of Word's makes of those in it.
func (r *ooxmlReader) wordKind(t token) {
	switch t.name {
	case "w:tc":
		r.cells++
	case "w:p":
		r.kind = ""
		if r.cells > 0 {
			r.kind = Cell
		}
	case "w:pStyle":
		if kind := styleKind(valueOf(attributesOf(r.part.text, t.span), "w:val")); kind != "" && r.top() != nil {
			r.top().kind = kind
		}
	case "w:numPr":
		if p := r.top(); p != nil && p.kind == "" {
			p.kind = ListItem
		}
	}
}

// styleKind is the kind of a paragraph by its style's identifier, which Word derives from
// the style's name in its user's language.
func styleKind(id string) Kind {
	id = strings.ToLower(id)
	for _, s := range []struct {
		prefix string
		kind   Kind
	}{{"heading", Heading}, {"titre", Heading}, {"title", Heading}, {"subtitle", Heading}, {"sous-titre", Heading}, {"soustitre", Heading},
		{"caption", Caption}, {"lgende", Caption}, {"legende", Caption}, {"list", ListItem}, {"paragraphedeliste", ListItem}} {
		if strings.HasPrefix(id, s.prefix) {
			return s.kind
		}
	}
	return ""
}

func (r *ooxmlReader) drawingKind(t token) {
	switch t.name {
	case "a:tc":
		r.cells++
	case "p:sp":
		r.kind = ""
	case "p:ph":
		if typ := valueOf(attributesOf(r.part.text, t.span), "type"); typ == "title" || typ == "ctrTitle" || typ == "subTitle" {
			r.kind = Heading
		}
	case "a:p":
		if r.cells > 0 {
			r.kind = Cell
		}
	}
}

// languages notes where the part declares the document's language.
func (r *ooxmlReader) languages(t token) {
	if t.name != "w:lang" && t.name != "w:themeFontLang" {
		return
	}
	for _, a := range attributesOf(r.part.text, t.span) {
		if a.name != "w:val" || a.text == "" {
			continue
		}
		if r.document.language == "" {
			r.document.language = a.text
		}
		if sameLanguage(a.text, r.document.language) {
			r.document.languages = append(r.document.languages, languagePlace{r.part, a.value, writeTag})
		}
	}
}
