package document

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// Java properties (java.util.Properties.load): "key = value" lines, comments after # or
// !, a backslash at the end continues the line, \uXXXX escapes.

func readProperties(d *Document, o Options) error {
	c := newCatalogue(d, o)
	text := d.parts[0].text
	for at := 0; at < len(text); {
		end := logicalLine(text, at)
		line := strings.TrimRight(text[at:end], "\r\n")
		if key, value := splitProperty(line); key > 0 {
			raw := line[value:]
			if bad := badEscape.FindStringIndex(raw); bad != nil {
				return (&Error{Code: "catalogue-escape", Have: raw[bad[0]:bad[1]]}).at(text, at+value+bad[0])
			}
			c.add([]string{unescapeProperty(strings.TrimLeft(line[:key], " \t\f"))}, unescapeProperty(raw),
				bitext.Span{Start: at + value, End: at + len(line)}, renderProperty)
		}
		at = end
	}
	return nil
}

// badEscape is a \u that four hexadecimal digits do not follow, as far as one can be told
// from an escaped backslash before a u.
var badEscape = regexp.MustCompile(`(?:^|[^\\])\\u[0-9a-fA-F]{0,3}(?:[^0-9a-fA-F]|$)`)

// logicalLine is where the line at offset at, with its continuations, ends.
func logicalLine(text string, at int) int {
	comment := strings.HasPrefix(strings.TrimLeft(text[at:], " \t\f"), "#") || strings.HasPrefix(strings.TrimLeft(text[at:], " \t\f"), "!")
	for i := at; i < len(text); i++ {
		if text[i] == '\\' && !comment {
			i++
			if strings.HasPrefix(text[i:], "\r\n") {
				i++
			}
		} else if text[i] == '\n' || text[i] == '\r' && !strings.HasPrefix(text[i:], "\r\n") {
			return i + 1
		}
	}
	return len(text)
}

// splitProperty finds where the key ends and where the value begins; 0 for a comment or
// an empty line.
func splitProperty(line string) (key, value int) {
	i := len(line) - len(strings.TrimLeft(line, " \t\f"))
	if i == len(line) || line[i] == '#' || line[i] == '!' {
		return 0, 0
	}
	for i < len(line) && strings.IndexByte("=: \t\f", line[i]) < 0 {
		if line[i] == '\\' {
			i++
		}
		i++
	}
	key = min(i, len(line))
	i = key
	skip := func() {
		for i < len(line) && strings.IndexByte(" \t\f", line[i]) >= 0 {
			i++
		}
	}
	skip()
	if i < len(line) && (line[i] == '=' || line[i] == ':') {
		i++
		skip()
	}
	return key, i
}

// unescapeProperty decodes a key or a value.
func unescapeProperty(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var units []uint16 // escapes are UTF-16
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			units = utf16.AppendRune(units, r)
			i += n - 1
			continue
		}
		i++
		switch c := s[i]; c {
		case 'n', 't', 'r', 'f':
			units = append(units, uint16("\n\t\r\f"[strings.IndexByte("ntrf", c)]))
		case 'u':
			if v, err := strconv.ParseUint(s[min(i+1, len(s)):min(i+5, len(s))], 16, 16); err == nil {
				units = append(units, uint16(v))
				i += 4
			}
		case '\r', '\n':
			if strings.HasPrefix(s[i:], "\r\n") {
				i++
			}
			for i+1 < len(s) && strings.IndexByte(" \t\f", s[i+1]) >= 0 {
				i++
			}
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			units = utf16.AppendRune(units, r)
			i += n - 1
		}
	}
	return string(utf16.Decode(units))
}

// renderProperty writes a message as a value, in ASCII if its source is; what
// the encoding lacks is escaped.
func renderProperty(b *Block, t target) string {
	raw := b.Span.In(b.part.text)
	inASCII := strings.Contains(raw, `\u`) && ascii([]byte(raw))
	var out strings.Builder
	for i, r := range t.whole(b) {
		switch {
		case r == '\\':
			out.WriteString(`\\`)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\r':
			out.WriteString(`\r`)
		case r == '\f':
			out.WriteString(`\f`)
		case r == ' ' && i == 0:
			out.WriteString(`\ `)
		default:
			if _, lacking := b.part.encoding.unmappable(string(r)); lacking || inASCII && r > 0x7e {
				escapeUTF16(&out, r)
			} else {
				out.WriteRune(r)
			}
		}
	}
	return out.String()
}
