package glossary

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A glossary file is read as text: a node's text is what stands in the file, never a
// number, a date or a truth value. Aliases, tags, tabs, duplicate keys and deep nesting
// are faults.

type nodeKind uint8

const (
	null nodeKind = iota
	scalar
	sequence
	mapping
)

// node is a value of a YAML file and where it begins. The children of a mapping are
// keys and values in turn.
type node struct {
	kind     nodeKind
	text     string
	place    Place
	children []node
}

// maxDepth is as deep as a glossary can sensibly go, with room to spare.
const maxDepth = 32

// pairs yields the keys and values of a mapping.
func (n *node) pairs() iter.Seq2[*node, *node] {
	return func(yield func(k, v *node) bool) {
		if n == nil || n.kind != mapping {
			return
		}
		for i := 0; i+1 < len(n.children); i += 2 {
			if !yield(&n.children[i], &n.children[i+1]) {
				return
			}
		}
	}
}

// list returns the items of a sequence, or the node itself as a list of one.
func (n *node) list() []*node {
	if n.kind == null {
		return nil
	}
	if n.kind != sequence {
		return []*node{n}
	}
	items := make([]*node, len(n.children))
	for i := range n.children {
		items[i] = &n.children[i]
	}
	return items
}

// value returns the value of a mapping's key, nil where there is none.
func (n *node) value(key string) *node {
	for k, v := range n.pairs() {
		if k.text == key {
			return v
		}
	}
	return nil
}

// parse reads the one YAML document of a file. The root is nil for an empty file.
func parse(file string, data []byte) (*node, []error) {
	p := parser{file: file}
	if !utf8.Valid(data) {
		p.invalidUTF8(data)
		return nil, p.faults
	}
	p.tabs(data)
	if len(p.faults) > 0 {
		return nil, p.faults
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); err != nil {
		if !errors.Is(err, io.EOF) {
			p.syntax(err, data)
		}
		return nil, p.faults
	}
	root := p.node(document.Content[0], 0)
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		p.secondDocument(data, second.Line)
	} else if !errors.Is(err, io.EOF) {
		p.syntax(err, data)
	}
	if p.broken {
		return nil, p.faults
	}
	return &root, p.faults
}

type parser struct {
	file   string
	faults []error
	broken bool // what was read is not worth understanding
}

// secondDocument reports the line --- above the given one.
func (p *parser) secondDocument(data []byte, line int) {
	lines := bytes.Split(data, []byte("\n"))
	for line = min(line, len(lines)); line > 1 && !bytes.HasPrefix(lines[line-1], []byte("---")); {
		line--
	}
	p.fault(codeSecondDocument, line, 1, "---", "")
}

func (p *parser) fault(code string, line, column int, have, want string) {
	p.faults = append(p.faults, &Error{Code: code, Place: Place{p.file, line, column}, Have: have, Want: want})
}

func (p *parser) invalidUTF8(data []byte) {
	line, column := 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			p.fault(codeNotUTF8, line, column, strconv.Quote(string(data[:1])), "")
			return
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
		data = data[size:]
	}
}

// tabs reports each tab in the white space before a line's first word.
func (p *parser) tabs(data []byte) {
	for i, line := range bytes.Split(data, []byte("\n")) {
		indent := len(line) - len(bytes.TrimLeft(line, " \t"))
		if tab := bytes.IndexByte(line[:indent], '\t'); tab >= 0 {
			p.fault(codeTab, i+1, tab+1, "", "")
		}
	}
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// syntax reports why a file cannot be read: the mistake diagnose finds in it, or else
// what the YAML library says, which knows the line alone.
func (p *parser) syntax(err error, data []byte) {
	if d, ok := diagnose(string(data)); ok {
		p.fault(d.code, d.line, d.column, d.have, d.want)
		return
	}
	line, message := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	lines := strings.Split(string(data), "\n")
	line = max(1, min(line, len(lines)))
	text := strings.TrimLeft(lines[line-1], " ")
	place := Place{p.file, line, len(lines[line-1]) - len(text) + 1}
	p.faults = append(p.faults, &Error{Code: codeSyntax, Place: place, Have: text, Err: errors.New(message)})
}

func (p *parser) node(y *yaml.Node, depth int) node {
	n := node{text: y.Value, place: Place{p.file, y.Line, y.Column}}
	if depth > maxDepth {
		if !p.broken {
			p.fault(codeDeep, y.Line, y.Column, "", "")
		}
		p.broken = true
		return n
	}
	if y.Anchor != "" {
		p.fault(codeAlias, y.Line, y.Column, "&"+y.Anchor, "")
		p.broken = true
	}
	if y.Style&yaml.TaggedStyle != 0 {
		p.fault(codeTag, y.Line, y.Column, y.Tag, "")
		p.broken = true
	}
	switch y.Kind {
	case yaml.AliasNode:
		p.fault(codeAlias, y.Line, y.Column, "*"+y.Value, "")
	case yaml.SequenceNode:
		n.kind = sequence
		n.children = p.children(y, depth)
	case yaml.MappingNode:
		n.kind = mapping
		if n.children = p.children(y, depth); !p.broken {
			p.duplicates(&n)
		}
	default:
		if n.kind = scalar; y.Value == "" && y.Style == 0 {
			n.kind = null
		}
	}
	return n
}

func (p *parser) children(y *yaml.Node, depth int) []node {
	children := make([]node, len(y.Content))
	for i, c := range y.Content {
		children[i] = p.node(c, depth+1)
	}
	return children
}

// duplicates reports the keys that stand twice in a map, and keeps the first of each.
func (p *parser) duplicates(n *node) {
	seen := make(map[string]Place, len(n.children)/2)
	kept := n.children[:0]
	for key, value := range n.pairs() {
		first, twice := seen[key.text]
		switch {
		case key.kind != scalar:
			p.fault(codeWantsText, key.place.Line, key.place.Column, "", "")
		case twice:
			p.fault(codeDuplicateKey, key.place.Line, key.place.Column, key.text, first.String())
		default:
			seen[key.text] = key.place
			kept = append(kept, *key, *value)
		}
	}
	n.children = kept
}
