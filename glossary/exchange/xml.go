package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// element is one XML element with its place. Text is its character data with the data
// of inline markup in it, in order.
type element struct {
	space, name  string
	attrs        []xml.Attr
	children     []*element
	text         string // once the element is whole
	data         []byte // the text so far
	line, column int
}

// attr returns an attribute's value; xml:lang is asked for as "xml:lang".
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if attrName(a.Name) == name {
			return a.Value
		}
	}
	return ""
}

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

func attrName(n xml.Name) string {
	if n.Space == xmlSpace || n.Space == "xml" {
		return "xml:" + n.Local
	}
	return n.Local
}

// maxDepth bounds the nesting of a file; TBX needs 12.
const maxDepth = 64

// columns counts, for an XML decoder that reads bytes through it, the bytes of the
// current line that do not begin a rune, so that columns can be told in runes.
type columns struct {
	*bytes.Reader
	continuation int
}

func (c *columns) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	switch {
	case err != nil:
	case b == '\n':
		c.continuation = 0
	case !utf8.RuneStart(b):
		c.continuation++
	}
	return b, err
}

// xmlHandler is told of a document in order. start says whether the element's subtree is
// to be kept as children of its parent; end is told when an element is whole.
type xmlHandler interface {
	start(e *element, parents []*element) (keep bool)
	end(e *element, parents []*element)
}

// walkXML reads a document, strictly: one root, no entities beyond XML's own five, no
// internal DTD subset, bounded depth. Only the first fault of well-formedness is told.
func (im *importer) walkXML(data []byte, h xmlHandler) {
	in := &columns{Reader: bytes.NewReader(xmlText(data))}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded before
	var open []*element
	for {
		line, column := d.InputPos()
		column -= in.continuation
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			im.xmlFault(err, line, column)
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) == maxDepth {
				im.fault(line, column, "xml-too-deep", token.Name.Local, "")
				return
			}
			e := &element{space: token.Name.Space, name: token.Name.Local, attrs: slices.Clone(token.Attr), line: line, column: column}
			if h.start(e, open) && len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, e)
			}
			open = append(open, e)
		case xml.EndElement:
			e := open[len(open)-1]
			open = open[:len(open)-1]
			e.text, e.data = string(e.data), nil
			h.end(e, open)
		case xml.CharData:
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.data = append(parent.data, token...)
			}
		case xml.Directive:
			if bytes.ContainsRune(token, '[') || bytes.Contains(token, []byte("ENTITY")) {
				im.fault(line, column, "tbx-entity", "", "")
				return
			}
		}
	}
}

func (im *importer) xmlFault(err error, line, column int) {
	text := err.Error()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		line, column, text = syntax.Line, 0, syntax.Msg
	}
	im.fault(line, column, "xml-malformed", text, "")
}

// xmlText brings a document to UTF-8: a byte order mark decides, else the declaration's
// encoding where it is a Latin one, else it is UTF-8 already.
func xmlText(data []byte) []byte {
	head := string(data[:min(len(data), 200)])
	declared, _, _ := strings.Cut(head, "?>")
	declared = strings.ToLower(declared)
	latin := strings.Contains(declared, "windows-1252") || strings.Contains(declared, "iso-8859-1")
	if !hasBOM(data) && !latin {
		return data
	}
	return []byte(strings.TrimPrefix(decode(data), "\ufeff"))
}

// particle is one part of a content model: any of the names, min to max times.
type particle struct {
	names    []string
	min, max int
}

// model is what an element may hold: particles in sequence, each as DTDs write it,
// "a|b*". A model that begins with "#text" lets character data stand anywhere.
type model struct {
	text      bool
	particles []particle
}

func sequence(parts ...string) model {
	var m model
	for _, part := range parts {
		if part == "#text" {
			m.text = true
			continue
		}
		p := particle{min: 1, max: 1}
		switch part[len(part)-1] {
		case '?':
			p.min = 0
		case '*':
			p.min, p.max = 0, int(^uint(0)>>1)
		case '+':
			p.max = int(^uint(0) >> 1)
		}
		p.names = strings.Split(strings.TrimRight(part, "?*+"), "|")
		m.particles = append(m.particles, p)
	}
	return m
}

// cursor is how far an element's content has gone through its model.
type cursor struct {
	model model
	at    int // the particle
	times int // how often it was met
}

// accept moves over a child. It reports false, and stays, where the child may not stand
// here; missing names what had to come before it.
func (c *cursor) accept(name string) (ok bool, missing string) {
	at, times := c.at, c.times
	for ; at < len(c.model.particles); at, times = at+1, 0 {
		p := c.model.particles[at]
		if slices.Contains(p.names, name) && times < p.max {
			c.at, c.times = at, times+1
			return true, missing
		}
		if times < p.min && missing == "" {
			missing = p.names[0]
		}
	}
	return false, ""
}

// rest names the first child that is still owed.
func (c *cursor) rest() string {
	for at, times := c.at, c.times; at < len(c.model.particles); at, times = at+1, 0 {
		if times < c.model.particles[at].min {
			return strings.Join(c.model.particles[at].names, "|")
		}
	}
	return ""
}

// allowed lists what may stand in an element.
func (m model) allowed() string {
	var names []string
	for _, p := range m.particles {
		names = append(names, p.names...)
	}
	return strings.Join(names, ", ")
}
