// Package edit changes glossary files as a careful person would: it touches the lines that
// change and no others. Comments, order and blank lines stay as they were.
//
// A file is cut into blocks of whole lines, one for each section, entry and field; the
// blocks' lines, in order, are the file. Every edit moves, adds or removes blocks. Text
// writes a new file from a glossary.
package edit

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// block is a key of a file with all its lines. Lead, head, children and tail tile its
// lines: lead are the comments and blank lines above the key, head the key's own lines
// (all of the value, where there are no children), tail the comments after the last child.
type block struct {
	key      string
	lead     string
	head     string
	children []*block
	tail     string
	list     bool // children are items of a list
}

// text is all lines of the block.
func (b *block) text() string {
	var s strings.Builder
	b.write(&s)
	return s.String()
}

func (b *block) write(s *strings.Builder) {
	s.WriteString(b.lead)
	b.writeBody(s)
}

// body is the block without its lead.
func (b *block) body() string {
	var s strings.Builder
	b.writeBody(&s)
	return s.String()
}

func (b *block) writeBody(s *strings.Builder) {
	s.WriteString(b.head)
	for _, child := range b.children {
		child.write(s)
	}
	s.WriteString(b.tail)
}

// child returns the child of a key and its index, nil and -1 where there is none.
func (b *block) child(key string) (*block, int) {
	for i, c := range b.children {
		if c.key == key {
			return c, i
		}
	}
	return nil, -1
}

// index returns the children by key, the first of several.
func (b *block) index() map[string]*block {
	m := make(map[string]*block, len(b.children))
	for _, c := range b.children {
		if m[c.key] == nil {
			m[c.key] = c
		}
	}
	return m
}

// indent is the number of spaces before the block's key.
func (b *block) indent() int { return indentOf(b.head) }

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

var errNotUTF8 = errors.New("not UTF-8")

// parse cuts a file into blocks. The root has no key and no head.
func parse(data []byte) (*block, error) {
	if !utf8.Valid(data) {
		return nil, errNotUTF8
	}
	lines := splitLines(string(data))
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	root := &block{}
	if len(document.Content) == 0 {
		root.tail = string(data)
		return root, nil
	}
	cutter{lines}.cut(root, document.Content[0], 0, len(lines))
	return root, nil
}

// splitLines cuts text after each line break as YAML counts them (1.1, section 5.4).
func splitLines(s string) []string {
	var lines []string
	for s != "" {
		end := len(s)
		if at := lineBreak.FindStringIndex(s); at != nil {
			end = at[1]
		}
		lines = append(lines, s[:end])
		s = s[end:]
	}
	return lines
}

var lineBreak = regexp.MustCompile("\r\n|[\n\r\u0085\u2028\u2029]")

// cutter holds the lines of a file.
type cutter struct{ lines []string }

func (c cutter) join(from, to int) string { return strings.Join(c.lines[from:to], "") }

// cut gives b, whose value n takes the lines from first to end, its children: those of a
// map or list in block style, each on a line of its own. The lines before the first child
// belong to b's caller, unless b is the root.
func (c cutter) cut(b *block, n *yaml.Node, first, end int) {
	keys := childKeys(n)
	if len(keys) == 0 || !c.separable(keys, first, end) {
		b.head += c.join(first, end)
		return
	}
	b.list = n.Kind == yaml.SequenceNode
	depth := indentOf(c.lines[keys[0].line-1])
	at := c.lead(first, keys[0].line-1, depth)
	b.head += c.join(first, at)
	for i, key := range keys {
		next := end
		if i+1 < len(keys) {
			next = keys[i+1].line - 1
		}
		next = c.lead(key.line, next, depth)
		child := &block{key: key.text, lead: c.join(at, key.line-1)}
		if key.value == nil {
			child.head = c.join(key.line-1, next)
		} else {
			c.value(child, key.value, key.line-1, next)
		}
		b.children = append(b.children, child)
		at = next
	}
	b.tail = c.join(at, end)
}

// value cuts the lines of a key and its value.
func (c cutter) value(b *block, n *yaml.Node, first, end int) {
	if n.Line-1 <= first || n.Style&yaml.FlowStyle != 0 {
		b.head = c.join(first, end)
		return
	}
	b.head = c.lines[first]
	c.cut(b, n, first+1, end)
}

// childKey is where a child begins: its key, its 1-based line and its value.
type childKey struct {
	text  string
	line  int
	value *yaml.Node
}

func childKeys(n *yaml.Node) []childKey {
	var keys []childKey
	switch {
	case n.Style&yaml.FlowStyle != 0:
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			keys = append(keys, childKey{n.Content[i].Value, n.Content[i].Line, n.Content[i+1]})
		}
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			text := item.Value
			if item.Kind == yaml.MappingNode && len(item.Content) > 0 {
				text = item.Content[0].Value
			}
			keys = append(keys, childKey{text, item.Line, nil})
		}
	}
	return keys
}

// separable reports whether each key begins a line of its own within the lines.
func (c cutter) separable(keys []childKey, first, end int) bool {
	last := first
	for _, k := range keys {
		if k.line <= last || k.line > end {
			return false
		}
		last = k.line
	}
	return true
}

// lead returns the first of the comments and blank lines above line next that belong to
// what comes there: comments indented deeper than depth end what came before.
func (c cutter) lead(after, next, depth int) int {
	at := next
	for i := next - 1; i >= after; i-- {
		line := strings.TrimSpace(c.lines[i])
		if line != "" && (line[0] != '#' || indentOf(c.lines[i]) > depth) {
			break
		}
		at = i
	}
	return at
}
