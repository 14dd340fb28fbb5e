package bitext

import "slices"

// Losses counts what stands in a file and has no place in a Unit, so that it can be said:
// nothing is dropped in silence. A key is where it stood, by the names of the format itself:
// "file/skeleton" for an element and its parent, "file/@datatype" for an attribute,
// "msgstr[1]" for a keyword of PO, "Plural-Forms:" for a header, "#~" for a comment. What is
// said of an element covers all that stands within it.
type Losses map[string]int

// maxLosses bounds the kinds that are told apart; what is further counts as "…".
const maxLosses = 1000

// lose counts one thing that is passed over; in may be nil.
func (in *input) lose(what string) {
	if in == nil || in.options.Losses == nil {
		return
	}
	losses := in.options.Losses
	if _, known := losses[what]; !known && len(losses) >= maxLosses {
		what = "…"
	}
	losses[what]++
}

// counts reports whether anybody asks for losses.
func (s *scanner) counts() bool { return s.in != nil && s.in.options.Losses != nil }

// drop passes over the element whose start tag was last read, and says so.
func (s *scanner) drop() error {
	s.loseElement()
	return s.skip()
}

// loseElement counts the element whose start tag was last read.
func (s *scanner) loseElement() {
	if !s.counts() {
		return
	}
	path := s.stack[len(s.stack)-1].name.raw
	if len(s.stack) > 1 {
		path = s.stack[len(s.stack)-2].name.raw + "/" + path
	}
	s.in.lose(path)
}

// loseAttributes counts the attributes of the start tag last read that are not among the
// kept: a name, or name=value where only that value is kept. Namespace declarations, the
// house's own attributes and xml:space, which every writer says of its own text, are none to
// lose.
func (s *scanner) loseAttributes(kept ...[]string) {
	if !s.counts() {
		return
	}
	for i := range s.tok.attrs {
		a := &s.tok.attrs[i]
		name := a.name.local
		switch {
		case a.name.space == nsXMLNS, a.name.space == nsDrogman, a.name == xmlName{nsXML, "space"}:
			continue
		case a.name.space != "":
			name = a.prefix + ":" + name
		}
		if !slices.ContainsFunc(kept, func(list []string) bool {
			return slices.Contains(list, name) || slices.Contains(list, name+"="+a.value)
		}) {
			s.in.lose(s.stack[len(s.stack)-1].name.raw + "/@" + name)
		}
	}
}
