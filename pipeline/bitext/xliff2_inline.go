package bitext

import (
	"bufio"
	"cmp"
	"slices"
	"strings"
)

// inline writes one text with its stand-off codes and terms as XLIFF 2 inline elements.
//
// A pair becomes <pc> (or <mrk>) where it nests with the pairs around it, and <sc>…<ec>
// (<sm>…<em>) where it crosses one; a half whose other half stands in another segment of
// the block refers to it, one that has none in the block is isolated. A term opens after
// all codes at its start and closes before all codes at its end, and is a <mrk> unless a
// pair or an earlier term crosses it.
type inline struct {
	block   *xliffBlock
	out     *bufio.Writer
	segment int
	text    string
	codes   []Code
	terms   []Occurrence
	target  bool

	partner []int  // for each code, the index of its other half, or -1
	paired  []bool // for each code, whether it is written as <pc> or <mrk>
	whole   []bool // for each term, whether it is written as <mrk>
}

// event is a place where something other than text is written. At one place terms end,
// the later begun first, then come codes, then terms begin.
type event struct {
	at    int
	order int // endTerm, putCode, beginTerm
	index int // of the code or the term
}

const (
	endTerm = iota
	putCode
	beginTerm
)

func (l *inline) write() {
	l.pair()
	l.nestTerms()
	at := 0
	for _, e := range l.events() {
		if e.at > at {
			writeXLIFFText(l.out, l.text[at:e.at])
			at = e.at
		}
		switch e.order {
		case endTerm:
			l.endTerm(e.index)
		case putCode:
			l.code(e.index)
			at = max(at, l.codes[e.index].Span.End)
		case beginTerm:
			l.beginTerm(e.index)
		}
	}
	writeXLIFFText(l.out, l.text[at:])
}

func (l *inline) events() []event {
	events := make([]event, 0, len(l.codes)+2*len(l.terms))
	for i := range l.codes {
		events = append(events, event{l.codes[i].Span.Start, putCode, i})
	}
	for i, t := range l.terms {
		events = append(events, event{t.Span.Start, beginTerm, i}, event{t.Span.End, endTerm, i})
	}
	slices.SortStableFunc(events, func(a, b event) int {
		if c := cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)); c != 0 {
			return c
		}
		if a.order == endTerm {
			return cmp.Compare(b.index, a.index)
		}
		return cmp.Compare(a.index, b.index)
	})
	return events
}

// pair finds each code's other half, and which pairs nest. A stack holds the open pairs;
// a Close that is not on top leaves its pair to <sc>…<ec> and the others on the stack.
func (l *inline) pair() {
	l.partner = make([]int, len(l.codes))
	l.paired = make([]bool, len(l.codes))
	var stack []int
	for i, c := range l.codes {
		l.partner[i] = -1
		switch c.Kind {
		case Open:
			stack = append(stack, i)
		case Close:
			for k := len(stack) - 1; k >= 0; k-- {
				if o := stack[k]; l.codes[o].ID == c.ID {
					l.partner[i], l.partner[o] = o, i
					nests := k == len(stack)-1
					l.paired[i], l.paired[o] = nests, nests
					stack = slices.Delete(stack, k, k+1)
					break
				}
			}
		}
	}
}

// nestTerms moves a term's ends out of the text that a code covers, and finds which terms
// cross no pair that nests and no earlier term.
func (l *inline) nestTerms() {
	l.terms = slices.Clone(l.terms)
	l.whole = make([]bool, len(l.terms))
	for i := range l.terms {
		s := &l.terms[i].Span
		for _, c := range l.codes {
			if c.Span.Start < s.Start && s.Start < c.Span.End {
				s.Start = c.Span.Start
			}
			if c.Span.Start < s.End && s.End < c.Span.End {
				s.End = c.Span.End
			}
		}
		l.whole[i] = l.nests(i)
	}
}

func (l *inline) nests(term int) bool {
	s := l.terms[term].Span
	inside := func(code int) bool { at := l.codes[code].Span.Start; return s.Start < at && at < s.End }
	for i, o := range l.partner {
		if o > i && l.paired[i] && inside(i) != inside(o) {
			return false
		}
	}
	for k := range term {
		outer, inner := l.terms[k].Span, s
		if s.Start < outer.Start {
			outer, inner = s, outer
		}
		if l.whole[k] && inner.Start < outer.End && outer.End < inner.End {
			return false
		}
	}
	return true
}

func (l *inline) beginTerm(i int) {
	t := l.terms[i]
	l.out.WriteString(pick(l.whole[i], "<mrk", "<sm"))
	l.token("id", l.block.terms[l.segment][i])
	l.attr("type", "term")
	l.attr("dm:concept", t.Concept)
	if t.Kind != "" {
		l.attr("dm:kind", t.Kind)
	}
	if t.Nested {
		l.attr("dm:nested", "yes")
	}
	l.out.WriteString(pick(l.whole[i], ">", "/>"))
}

func (l *inline) endTerm(i int) {
	if l.whole[i] {
		l.out.WriteString("</mrk>")
		return
	}
	l.out.WriteString("<em")
	l.token("startRef", l.block.terms[l.segment][i])
	l.out.WriteString("/>")
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

func (l *inline) attr(name, value string) { writeAttr(l.out, name, value) }

func (l *inline) token(name, value string) { writeToken(l.out, name, value) }

// code writes the code with index i.
func (l *inline) code(i int) {
	c := &l.codes[i]
	id := l.block.codeIDs[l.segment][c.ID]
	switch {
	case c.Kind == Standalone:
		l.out.WriteString("<ph")
		l.token("id", id)
		if c.Span.Len() > 0 {
			l.attr("equiv", c.Span.In(l.text))
		}
		l.details(c, "")
		l.out.WriteString("/>")
	case c.Kind == Open && l.paired[i]:
		l.out.WriteString(pick(c.Mark, "<mrk", "<pc"))
		l.token("id", id)
		l.details(c, "Start")
		if end := &l.codes[l.partner[i]]; !c.Mark {
			l.closing(end)
		}
		l.out.WriteByte('>')
	case c.Kind == Close && l.paired[i]:
		l.out.WriteString(pick(c.Mark, "</mrk>", "</pc>"))
	case c.Kind == Open:
		l.out.WriteString(pick(c.Mark, "<sm", "<sc"))
		l.token("id", id)
		if !c.Mark && l.partner[i] < 0 && !l.closedLater(c) {
			l.attr("isolated", "yes")
		}
		l.details(c, "")
		l.out.WriteString("/>")
	default:
		l.closeAlone(i, c, id)
	}
}

func (l *inline) closeAlone(i int, c *Code, id string) {
	l.out.WriteString(pick(c.Mark, "<em", "<ec"))
	if l.partner[i] < 0 && !c.Mark && !l.openedEarlier(c) {
		l.token("id", id)
		l.attr("isolated", "yes")
	} else {
		l.token("startRef", id)
	}
	if !c.Mark {
		l.details(c, "")
	}
	l.out.WriteString("/>")
}

// closing writes what a <pc> says of its end.
func (l *inline) closing(end *Code) {
	if end.Data != "" {
		l.attr("dataRefEnd", l.block.dataRef(end.Data))
	}
	for _, f := range end.Fields {
		if slices.Contains(halfAttributes, f.Name) {
			l.attr(f.Name+"End", f.Value)
		}
	}
}

func (l *inline) side(u *Unit) []Code {
	if l.target {
		return u.TargetCodes
	}
	return u.SourceCodes
}

func (l *inline) closedLater(c *Code) bool {
	for i := l.segment + 1; i < len(l.block.units); i++ {
		codes := l.side(&l.block.units[i])
		if partnerOf(codes, c.ID, Close) && !partnerOf(codes, c.ID, Open) {
			return true
		}
	}
	return false
}

func (l *inline) openedEarlier(c *Code) bool {
	for i := range l.segment {
		codes := l.side(&l.block.units[i])
		if partnerOf(codes, c.ID, Open) && !partnerOf(codes, c.ID, Close) {
			return true
		}
	}
	return false
}

// details writes a code's data, type and further attributes; half is "Start" in a <pc>.
func (l *inline) details(c *Code, half string) {
	if c.Data != "" {
		if c.Mark {
			l.attr("dm:data", c.Data)
		} else {
			l.attr("dataRef"+half, l.block.dataRef(c.Data))
		}
	}
	switch {
	case c.Type == "":
	case validCodeType(c.Type, c.Mark):
		l.attr("type", c.Type)
	case c.Mark:
		l.attr("dm:type", c.Type)
	}
	l.fields(c, half)
}

func (l *inline) fields(c *Code, half string) {
	for _, f := range c.Fields {
		if name := attributeName(f.Name, half, c.Mark); name != "" {
			l.attr(name, f.Value)
		}
	}
}

// validCodeType reports whether XLIFF lets the value stand in type: one of its own names, or
// on an annotation prefix:value (“type”, “Annotations”).
func validCodeType(t string, mark bool) bool {
	if mark {
		return userValue.MatchString(t) || t == "generic" || t == "comment" || t == "term"
	}
	return slices.Contains([]string{"fmt", "ui", "quote", "link", "image", "other"}, t)
}

var (
	markAttributes = []string{"translate", "ref", "value"}
	codeAttributes = []string{"canCopy", "canDelete", "canReorder", "canOverlap", "copyOf", "subType", "dir"}
	halfAttributes = []string{"disp", "equiv", "subFlows"} // dispStart and dispEnd in a <pc>
)

// attributeName is the attribute that a field of a code is written as: of that name where
// the element has one, on annotations else in the house's own namespace; empty if none is.
func attributeName(name, half string, mark bool) string {
	switch {
	case mark && slices.Contains(markAttributes, name), !mark && slices.Contains(codeAttributes, name):
		return name
	case mark:
		return "dm:field." + toToken(strings.ReplaceAll(name, ":", "·"))
	case slices.Contains(halfAttributes, name):
		return name + half
	}
	return ""
}
