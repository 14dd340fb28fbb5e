package document

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"drogman/pipeline/bitext"
)

// YAML catalogues. yaml.v3's nodes say where each scalar begins and in what style it is
// written; where it ends is found here, by the rules of its style (YAML 1.2.2, chapters 7
// and 8). A translation is written in the style of its source, or in double quotes where
// that style cannot hold it.

// yamlReader reads one document.
type yamlReader struct {
	*catalogue
	text  string
	lines []int // offset of each line's start
}

func readYAML(d *Document, o Options) error { return readYAMLText(d, d.parts[0].text, o) }

// readYAMLText reads the YAML with which a document begins.
func readYAMLText(d *Document, text string, o Options) error {
	r := yamlReader{catalogue: newCatalogue(d, o), text: text, lines: yamlLines(text)}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var n yaml.Node
		err := decoder.Decode(&n)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = r.node(nil, &n, false, 0)
		}
		if e, ok := err.(*Error); ok {
			return e
		}
		if err != nil {
			return yamlError(err)
		}
	}
}

var yamlErrorLine = regexp.MustCompile(`line (\d+): (.*)`)

// yamlError is an error of the parser, its line taken from its text.
func yamlError(err error) error {
	e := &Error{Code: "yaml-malformed", Err: err}
	if m := yamlErrorLine.FindStringSubmatch(err.Error()); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
		e.Column = 1
		e.Err = errors.New(m[2])
	}
	return e
}

// yamlLines finds the starts of lines, by YAML's line breaks.
func yamlLines(text string) []int {
	lines := []int{0}
	for i, c := range text {
		switch c {
		case '\r':
			if !strings.HasPrefix(text[i:], "\r\n") {
				lines = append(lines, i+1)
			}
		case '\n':
			lines = append(lines, i+1)
		case '\u0085':
			lines = append(lines, i+2)
		case '\u2028', '\u2029':
			lines = append(lines, i+3)
		}
	}
	return lines
}

// node reads the node at a path.
func (r *yamlReader) node(keys []string, n *yaml.Node, inFlow bool, depth int) error {
	inFlow = inFlow || n.Style&yaml.FlowStyle != 0
	if depth > maxDepth {
		return &Error{Code: "document-too-deep", Line: n.Line, Column: n.Column, Want: itoa(maxDepth)}
	}
	switch n.Kind {
	case yaml.DocumentNode:
		return r.node(keys, n.Content[0], inFlow, depth+1)
	case yaml.SequenceNode:
		for i, c := range n.Content {
			if err := r.node(append(keys[:len(keys):len(keys)], itoa(i)), c, inFlow, depth+1); err != nil {
				return err
			}
		}
	case yaml.MappingNode:
		first := len(r.document.Blocks)
		var names []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			names = append(names, name)
			if err := r.node(append(keys[:len(keys):len(keys)], name), n.Content[i+1], inFlow, depth+1); err != nil {
				return err
			}
		}
		r.dropRemarks(first, keys, names)
	case yaml.ScalarNode:
		if n.Tag == "!!str" && !blank(n.Value) {
			return r.scalar(keys, n, inFlow)
		}
	}
	return nil
}

// scalar takes the text of a scalar.
func (r *yamlReader) scalar(keys []string, n *yaml.Node, inFlow bool) error {
	start, ok := r.offset(n)
	end := -1
	if ok {
		end = scalarEnd(r.text, start, n)
	}
	if end < 0 {
		return &Error{Code: "yaml-scalar", Line: n.Line, Column: n.Column, Have: n.Value}
	}
	render := renderYAML
	if inFlow {
		render = renderYAMLFlow
	}
	r.add(keys, n.Value, bitext.Span{Start: start, End: end}, render)
	return nil
}

// offset is where a node's value begins, after its tag and anchor.
func (r *yamlReader) offset(n *yaml.Node) (int, bool) {
	if n.Line < 1 || n.Line > len(r.lines) {
		return 0, false
	}
	at := r.lines[n.Line-1]
	for range n.Column - 1 {
		if at >= len(r.text) {
			return 0, false
		}
		at++
		for at < len(r.text) && r.text[at]&0xc0 == 0x80 {
			at++
		}
	}
	for at < len(r.text) && (r.text[at] == '!' || r.text[at] == '&') {
		word := strings.IndexAny(r.text[at:], " \t\r\n")
		if word < 0 {
			return 0, false
		}
		at += word
		at += len(r.text[at:]) - len(strings.TrimLeft(r.text[at:], " \t\r\n"))
	}
	return at, at < len(r.text)
}

// scalarEnd is where the scalar that begins at start ends, -1 if it cannot be found.
func scalarEnd(text string, start int, n *yaml.Node) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0 && text[start] == '"':
		for i := start + 1; i < len(text); i++ {
			if text[i] == '\\' {
				i++
			} else if text[i] == '"' {
				return i + 1
			}
		}
	case n.Style&yaml.SingleQuotedStyle != 0 && text[start] == '\'':
		for i := start + 1; i < len(text); i++ {
			if text[i] != '\'' {
				continue
			}
			if i+1 == len(text) || text[i+1] != '\'' {
				return i + 1
			}
			i++
		}
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && (text[start] == '|' || text[start] == '>'):
		return blockEnd(text, start)
	case n.Style&^(yaml.TaggedStyle|yaml.FlowStyle) == 0:
		return plainEnd(text, start, n.Value)
	}
	return -1
}

// blockEnd is where a literal or folded scalar ends: after its last line that is indented
// like the first.
func blockEnd(text string, start int) int {
	header := strings.IndexByte(text[start:], '\n')
	if header < 0 {
		return -1
	}
	at := start + header + 1
	end, indent := -1, 0
	for l := range strings.Lines(text[at:]) {
		content := strings.TrimRight(l, " \t\r\n")
		spaces := len(l) - len(strings.TrimLeft(l, " "))
		if content != "" {
			if indent == 0 {
				indent = spaces
			}
			if spaces < indent || spaces == 0 {
				break
			}
			end = at + len(strings.TrimRight(l, "\r\n"))
		}
		at += len(l)
	}
	return end
}

// plainEnd follows a plain scalar's value through its lines.
func plainEnd(text string, start int, value string) int {
	at := start
	for i := 0; i < len(value); {
		if at >= len(text) {
			return -1
		}
		if value[i] == text[at] && value[i] != '\n' {
			// A space of the value may stand for white space and a line end.
			if value[i] != ' ' || i+1 < len(value) && at+1 < len(text) && value[i+1] == text[at+1] {
				i, at = i+1, at+1
				continue
			}
		}
		if value[i] != ' ' && value[i] != '\n' {
			return -1
		}
		for i < len(value) && value[i] == '\n' || i < len(value) && value[i] == ' ' {
			i++
		}
		skipped := len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\r\n"))
		if skipped == 0 {
			return -1
		}
		at += skipped
	}
	return at
}

// renderYAML writes a message in the style of its source.
func renderYAML(b *Block, t target) string { return styled(b, t.whole(b), "") }

// renderYAMLFlow writes a message within brackets, where commas and brackets end a plain one.
func renderYAMLFlow(b *Block, t target) string { return styled(b, t.whole(b), ",[]{}") }

func styled(b *Block, s, special string) string {
	raw := b.Span.In(b.part.text)
	style := raw[0]
	if strings.ContainsFunc(s, unprintable) {
		style = '"'
	}
	switch style {
	case '\'':
		if !strings.ContainsAny(s, "\n\r\t") {
			return "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}
	case '|', '>':
		if out, ok := literal(raw, s); ok {
			return out
		}
	case '"':
	default:
		if !strings.ContainsAny(s, special+"\n\r\t") && plainYAML(s, special != "") {
			return s
		}
	}
	return quoteJSON(s, strings.Contains(raw, `\u`) && ascii([]byte(raw)))
}

// plainYAML reports whether s needs no quotes: YAML reads it as the string it is, within
// brackets or not.
func plainYAML(s string, inFlow bool) bool {
	var n yaml.Node
	before, after := "k: ", "\n"
	if inFlow {
		before, after = "{k: ", "}\n"
	}
	if yaml.Unmarshal([]byte(before+s+after), &n) != nil || len(n.Content) != 1 || len(n.Content[0].Content) != 2 {
		return false
	}
	if inFlow && yaml.Unmarshal([]byte("["+s+"]\n"), &yaml.Node{}) != nil || inFlow && strings.HasPrefix(s, "?") {
		return false
	}
	v := n.Content[0].Content[1]
	return v.Kind == yaml.ScalarNode && v.Tag == "!!str" && v.Style == 0 && v.Value == s && v.LineComment == "" && n.FootComment == ""
}

// literal writes s as a literal block with the header and the indentation of raw.
func literal(raw, s string) (string, bool) {
	header, rest, _ := strings.Cut(raw, "\n")
	for strings.TrimSpace(rest) != "" && strings.TrimSpace(rest[:strings.IndexByte(rest, '\n')+1]) == "" && strings.Contains(rest, "\n") {
		rest = rest[strings.IndexByte(rest, '\n')+1:]
	}
	indent := rest[:len(rest)-len(strings.TrimLeft(rest, " "))]
	if indent == "" || strings.HasPrefix(s, " ") || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\n") || strings.ContainsAny(s, "\r\x00\x07\x08\x1b\u0085\u2028\u2029") || strings.ContainsAny(header, "123456789") {
		return "", false
	}
	newline := "\n"
	if strings.HasSuffix(header, "\r") {
		newline = "\r\n"
	}
	var out strings.Builder
	out.WriteString(strings.Replace(strings.TrimRight(header, "\r"), ">", "|", 1))
	for l := range strings.Lines(strings.TrimRight(s, "\n")) {
		out.WriteString(newline)
		if l = strings.TrimRight(l, "\n"); l != "" {
			out.WriteString(indent + l)
		}
	}
	return out.String(), true
}
