package bitext

import (
	"errors"
	"io"
	"iter"
	"slices"
)

// Validate reads a file and yields every fault that its standard finds in it, in the order
// of the file; none for a valid file. XLIFF 2 is checked against the whole of the core, and
// the glossary, matches, metadata, format style, size restriction, resource data, change
// tracking and validation modules, XLIFF 1.2 and TMX against their schemas and the rules of
// their prose, PO against the gettext manual; the other formats against what reading them
// demands and for IDs that stand twice. Memory is bounded by the largest unit.
func Validate(r io.Reader, name string, f Format, o ReadOptions) iter.Seq[*Error] {
	return func(yield func(*Error) bool) {
		in := newInput(r, name)
		in.options = o
		if f.validate != nil {
			f.validate(in, yield)
			return
		}
		if f.read == nil {
			yield(&Error{Code: "format-not-read", Place: Place{File: name}, Have: f.Name})
			return
		}
		validateByReading(f, in, yield)
	}
}

// validateByReading yields the errors that reading meets, and IDs that stand twice in one
// document.
func validateByReading(f Format, in *input, yield func(*Error) bool) {
	seen := newIDSet()
	f.read(in, func(u Unit, err error) bool {
		if err != nil {
			return yield(asError(err, in.name))
		}
		if u.ID != "" && !seen.add(u.Document+"\x00"+u.ID) {
			return yield(&Error{Code: "id-repeated", Place: u.Place, Unit: u.ID, Have: u.ID})
		}
		return true
	})
}

func asError(err error, file string) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: "file-read", Place: Place{File: file}, Err: err}
}

// node is an element of a part of a file that is checked as a tree.
type node struct {
	name     xmlName
	prefix   string
	attrs    []xmlAttr
	children []*node
	parent   *node
	text     bool // holds text that is not white space
	empty    bool // holds nothing at all
	place    Place
}

func (n *node) attr(local string) (string, bool) {
	for i := range n.attrs {
		if n.attrs[i].name == (xmlName{"", local}) {
			return n.attrs[i].value, true
		}
	}
	return "", false
}

func (n *node) get(local string) string {
	v, _ := n.attr(local)
	return v
}

func (n *node) attrIn(space, local string) (string, bool) {
	for i := range n.attrs {
		if n.attrs[i].name == (xmlName{space, local}) {
			return n.attrs[i].value, true
		}
	}
	return "", false
}

func (n *node) is(local string) bool { return n.name == xmlName{nsXLIFF2, local} }

// walk calls do for the node and all below it, in document order.
func (n *node) walk(do func(*node)) {
	do(n)
	for _, c := range n.children {
		c.walk(do)
	}
}

// child returns the first child with the name, or nil.
func (n *node) child(local string) *node {
	i := slices.IndexFunc(n.children, func(c *node) bool { return c.is(local) })
	if i < 0 {
		return nil
	}
	return n.children[i]
}

// open makes a node of the start tag last read.
func (s *scanner) open(parent *node) *node {
	t := &s.tok
	return &node{name: t.name, prefix: t.prefix, attrs: slices.Clone(t.attrs), parent: parent, place: s.here(), empty: true}
}

// tree reads the rest of the element whose start tag was last read.
func (s *scanner) tree(parent *node) (*node, error) {
	n := s.open(parent)
	err := s.nodes(func(t *xmlToken) error {
		n.empty = false
		if t.kind == charData {
			n.text = n.text || !blank(t.text)
			return nil
		}
		c, err := s.tree(n)
		n.children = append(n.children, c)
		return err
	})
	return n, err
}

func blank(b []byte) bool {
	for _, c := range b {
		if !isSpace(c) {
			return false
		}
	}
	return true
}
