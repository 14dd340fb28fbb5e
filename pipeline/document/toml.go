package document

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"drogman/pipeline/bitext"
)

// TOML (1.0), as far as front matter is written in it: the keys before the first table
// whose values are strings. Every other value is passed over. A translation is written in
// the kind of string of its source, or as a basic string where that kind cannot hold it.

// tomlReader reads the top of one document.
type tomlReader struct {
	*catalogue
	text string
	at   int
}

var errTOML = errors.New("this is no TOML")

// readTOMLText reads the TOML that stands in a span of the document.
func readTOMLText(d *Document, span bitext.Span, o Options) error {
	r := tomlReader{newCatalogue(d, o), d.parts[0].text[:span.End], span.Start}
	for {
		r.skip(" \t\r\n")
		if r.at == len(r.text) || r.text[r.at] == '[' {
			return nil
		}
		if err := r.pair(); err != nil {
			return err
		}
	}
}

// skip passes over the characters of a set, and comments where line ends are among them.
func (r *tomlReader) skip(set string) {
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case strings.IndexByte(set, c) >= 0:
			r.at++
		case c == '#' && strings.Contains(set, "\n"):
			r.line()
		default:
			return
		}
	}
}

// line passes over the rest of a line.
func (r *tomlReader) line() {
	if n := strings.IndexByte(r.text[r.at:], '\n'); n >= 0 {
		r.at += n
	} else {
		r.at = len(r.text)
	}
}

var tomlKey = regexp.MustCompile(`^(?:([A-Za-z0-9_-]+)|"([^"\\\n]*)"|'([^'\n]*)'|[^=\n]+?)[ \t]*=[ \t]*`)

// pair reads "key = value".
func (r *tomlReader) pair() error {
	m := tomlKey.FindStringSubmatch(r.text[r.at:])
	if m == nil {
		return errTOML
	}
	r.at += len(m[0])
	start := r.at
	if err := r.value(0); err != nil {
		return err
	}
	if raw, key := r.text[start:r.at], m[1]+m[2]+m[3]; key != "" && (raw[0] == '"' || raw[0] == '\'') {
		r.add([]string{key}, unquoteTOML(raw), bitext.Span{Start: start, End: r.at}, renderTOML)
	}
	r.skip(" \t\r")
	if r.at < len(r.text) && r.text[r.at] != '\n' && r.text[r.at] != '#' {
		return errTOML
	}
	return nil
}

// value passes over the value that begins here.
func (r *tomlReader) value(depth int) error {
	if r.at == len(r.text) || depth > maxDepth {
		return errTOML
	}
	switch r.text[r.at] {
	case '"', '\'':
		return r.str()
	case '[', '{':
		return r.bracketed(depth)
	}
	start := r.at
	for r.at < len(r.text) && strings.IndexByte("#\n,]}", r.text[r.at]) < 0 {
		r.at++
	}
	if strings.TrimSpace(r.text[start:r.at]) == "" {
		return errTOML
	}
	return nil
}

// bracketed passes over an array or an inline table.
func (r *tomlReader) bracketed(depth int) error {
	end := map[byte]byte{'[': ']', '{': '}'}[r.text[r.at]]
	r.at++
	for {
		r.skip(" \t\r\n,=")
		if r.at < len(r.text) && r.text[r.at] == end {
			r.at++
			return nil
		}
		if end == '}' { // a key, or what follows it
			for r.at < len(r.text) && (isWordByte(r.text[r.at]) || strings.IndexByte("_-.", r.text[r.at]) >= 0) {
				r.at++
			}
			if r.skip(" \t\r\n,="); r.at < len(r.text) && r.text[r.at] == end {
				continue
			}
		}
		if err := r.value(depth + 1); err != nil {
			return err
		}
	}
}

// str passes over a string of one of the four kinds.
func (r *tomlReader) str() error {
	rest := r.text[r.at:]
	quote := rest[:1]
	if long := strings.Repeat(quote, 3); strings.HasPrefix(rest, long) {
		quote = long
	}
	for i := len(quote); i < len(rest); i++ {
		switch {
		case rest[i] == '\\' && quote[0] == '"':
			i++
		case rest[i] == '\n' && len(quote) == 1:
			return errTOML
		case strings.HasPrefix(rest[i:], quote):
			i += len(quote)
			for n := 0; n < 2 && len(quote) == 3 && strings.HasPrefix(rest[i:], quote[:1]); n++ {
				i++ // quotes may stand before the closing ones
			}
			r.at += i
			return nil
		}
	}
	return errTOML
}

var (
	tomlEscape  = regexp.MustCompile(`\\(?:[ \t]*\r?\n[ \t\r\n]*|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|(?s:.))`)
	tomlEscapes = map[byte]string{'b': "\b", 't': "\t", 'n': "\n", 'f': "\f", 'r': "\r", 'e': "\x1b"}
)

// unquoteTOML decodes a string.
func unquoteTOML(raw string) string {
	quote := raw[:tomlQuotes(raw)]
	s := raw[len(quote) : len(raw)-len(quote)]
	if len(quote) == 3 {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "\r"), "\n")
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	if quote[0] == '\'' {
		return s
	}
	return tomlEscape.ReplaceAllStringFunc(s, func(e string) string {
		switch c := e[1]; {
		case isXMLSpace(c):
			return ""
		case (c == 'u' || c == 'U') && len(e) > 2:
			n, _ := strconv.ParseInt(e[2:], 16, 32)
			return string(rune(n))
		case tomlEscapes[c] != "":
			return tomlEscapes[c]
		}
		return e[1:]
	})
}

// tomlQuotes is how many quotes a string begins with: one or three.
func tomlQuotes(raw string) int {
	if len(raw) >= 6 && raw[1] == raw[0] && raw[2] == raw[0] {
		return 3
	}
	return 1
}

// renderTOML writes a message in the kind of its source.
func renderTOML(b *Block, t target) string {
	raw, s := b.Span.In(b.part.text), t.whole(b)
	quote := raw[:tomlQuotes(raw)]
	switch {
	case strings.ContainsFunc(s, unprintable), strings.Contains("\n"+s, "\n+++"): // or it would end the front matter
	case quote == `'` && !strings.ContainsAny(s, "'\n"):
		return quote + s + quote
	case len(quote) == 3:
		newline := "\n"
		if strings.Contains(raw, "\r\n") {
			newline = "\r\n"
		}
		first := ""
		if strings.TrimLeft(raw[3:4], "\r\n") == "" {
			first = newline
		}
		if quote == `'''` && (strings.Contains(s, quote) || strings.HasSuffix(s, "'")) {
			quote = `"""`
		}
		if quote == `"""` {
			s = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
		}
		if first == "" && strings.HasPrefix(s, "\n") {
			first = newline
		}
		return quote + first + strings.ReplaceAll(s, "\n", newline) + quote
	}
	return quoteJSON(s, false)
}
