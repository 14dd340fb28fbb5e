package document

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// XML 1.0, as far as the place of every byte needs: the tokens of a document, which tile
// it, checked to be well formed. Nothing outside the document is ever read. A document
// type with declarations of its own is refused, for an entity can stand for anything and
// of any length; a bare one is let through.

// scanXML gives the tokens of a document. Prefixes of known namespaces are given as they
// are customarily written, whatever the document calls them.
func scanXML(text string, emit func(token) error) error {
	return scanEntities(text, unescapeXML, emit)
}

// scanEntities is scanXML for a document whose character references unescape decodes.
func scanEntities(text string, unescape func(string, bool) (string, int), emit func(token) error) error {
	s := xmlScanner{text: text, emit: emit, unescape: unescape}
	for s.at < len(text) {
		if err := s.next(); err != nil {
			return err
		}
	}
	if len(s.open) > 0 {
		return s.malformed("</"+s.open[len(s.open)-1]+">", len(text))
	}
	if !s.rooted {
		return s.malformed("<", len(text))
	}
	return nil
}

type xmlScanner struct {
	text     string
	at       int
	emit     func(token) error
	open     []string // names as written
	rooted   bool     // the root element has begun
	prefixes map[string]string
	unescape func(string, bool) (string, int)
}

// malformed is the error that at an offset something else should stand.
func (s *xmlScanner) malformed(want string, at int) error {
	have := s.text[at:min(at+20, len(s.text))]
	return (&Error{Code: "markup-malformed", Have: strings.ToValidUTF8(have, ""), Want: want}).at(s.text, at)
}

// next gives one token.
func (s *xmlScanner) next() error {
	rest := s.text[s.at:]
	if rest[0] != '<' {
		return s.characters(rest)
	}
	for _, special := range []struct{ open, end string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if !strings.HasPrefix(rest, special.open) {
			continue
		}
		i := strings.Index(rest[len(special.open):], special.end)
		if i < 0 {
			return s.malformed(special.end, s.at)
		}
		kind := tokenOther
		if special.open == "<![CDATA[" {
			kind = tokenCData
			if len(s.open) == 0 {
				return s.malformed("<", s.at)
			}
		}
		return s.give(kind, "", len(special.open)+i+len(special.end))
	}
	if strings.HasPrefix(rest, "<!DOCTYPE") && !s.rooted {
		i := strings.IndexAny(rest, "[>")
		if i < 0 || rest[i] == '[' {
			return (&Error{Code: "markup-doctype"}).at(s.text, s.at)
		}
		return s.give(tokenOther, "", i+1)
	}
	return s.tag(rest)
}

func (s *xmlScanner) give(kind tokenKind, name string, n int) error {
	t := token{kind: kind, name: name, span: bitext.Span{Start: s.at, End: s.at + n}}
	s.at += n
	return s.emit(t)
}

// characters gives a stretch of text.
func (s *xmlScanner) characters(rest string) error {
	n := strings.IndexByte(rest, '<')
	if n < 0 {
		n = len(rest)
	}
	if len(s.open) == 0 && strings.Trim(rest[:n], " \t\r\n") != "" {
		return s.malformed("<", s.at)
	}
	if i := badCharacter(rest[:n]); i >= 0 {
		return s.malformed("", s.at+i)
	}
	for i := range n {
		if rest[i] == '&' {
			if _, size := s.unescape(rest[i:n], true); size == 0 {
				return (&Error{Code: "markup-entity", Have: rest[i:min(i+12, n)]}).at(s.text, s.at+i)
			}
		}
	}
	return s.give(tokenText, "", n)
}

// badCharacter is the offset of the first character that XML does not allow, or -1.
func badCharacter(s string) int {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return i
		}
		if c == 0xef && (strings.HasPrefix(s[i:], "\ufffe") || strings.HasPrefix(s[i:], "\uffff")) {
			return i
		}
	}
	return -1
}

// tag gives a start or end tag.
func (s *xmlScanner) tag(rest string) error {
	n := tagEnd(rest)
	if n < 0 {
		return s.malformed(">", s.at)
	}
	closing := rest[1] == '/'
	start := 1
	if closing {
		start = 2
	}
	end := start
	for end < n && !isXMLSpace(rest[end]) && rest[end] != '/' && rest[end] != '>' {
		end++
	}
	name := rest[start:end]
	if !xmlName(name) {
		return s.malformed("", s.at)
	}
	if closing {
		if len(s.open) == 0 || s.open[len(s.open)-1] != name {
			return s.mismatch()
		}
		s.open = s.open[:len(s.open)-1]
		return s.give(tokenClose, s.customary(name), n)
	}
	if len(s.open) == 0 && s.rooted {
		return s.malformed("", s.at)
	}
	s.rooted = true
	if err := s.checkAttributes(bitext.Span{Start: s.at, End: s.at + n}); err != nil {
		return err
	}
	if rest[n-2] == '/' {
		return s.give(tokenEmpty, s.customary(name), n)
	}
	if len(s.open) >= maxDepth {
		return (&Error{Code: "document-too-deep", Want: itoa(maxDepth)}).at(s.text, s.at)
	}
	s.open = append(s.open, name)
	return s.give(tokenOpen, s.customary(name), n)
}

func (s *xmlScanner) mismatch() error {
	if len(s.open) == 0 {
		return s.malformed("", s.at)
	}
	return s.malformed("</"+s.open[len(s.open)-1]+">", s.at)
}

// tagEnd is the length of the tag at the start of s, -1 if it does not end.
func tagEnd(s string) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			} else if c == '<' {
				return -1
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		case c == '<':
			return -1
		}
	}
	return -1
}

// xmlName reports whether s may name an element or an attribute: at most one colon, and
// not at an end (Namespaces in XML 1.0, QName).
func xmlName(s string) bool {
	if s == "" || strings.Count(s, ":") > 1 || s[0] == ':' || s[len(s)-1] == ':' {
		return false
	}
	c := s[0]
	return isWordByte(c) && !(c >= '0' && c <= '9') || c == '_'
}

// checkAttributes checks a tag's attributes and notes the prefixes they declare.
func (s *xmlScanner) checkAttributes(tag bitext.Span) error {
	all := attributesOf(s.text, tag)
	if len(all) > maxAttributes {
		return (&Error{Code: "document-too-wide", Want: itoa(maxAttributes)}).at(s.text, tag.Start)
	}
	for i, a := range all {
		if a.quote == 0 || !xmlName(a.name) || s.valueBad(a.text) {
			return s.malformed("", a.value.Start-len(a.name))
		}
		for _, b := range all[:i] {
			if a.name == b.name {
				return s.malformed("", a.value.Start)
			}
		}
		if prefix, ok := strings.CutPrefix(a.name, "xmlns:"); ok && customaryPrefix[a.text] != "" && customaryPrefix[a.text] != prefix {
			if s.prefixes == nil {
				s.prefixes = map[string]string{}
			}
			s.prefixes[prefix] = customaryPrefix[a.text]
		} else if a.name == "xmlns" && prefixedDefault[a.text] != "" {
			if s.prefixes == nil {
				s.prefixes = map[string]string{}
			}
			s.prefixes[""] = prefixedDefault[a.text]
		}
	}
	return nil
}

// maxAttributes bounds the attributes of one element.
const maxAttributes = 512

// valueBad reports whether an attribute's value has a reference that XML does not define.
func (s *xmlScanner) valueBad(v string) bool {
	if badCharacter(v) >= 0 {
		return true
	}
	for i := range len(v) {
		if v[i] == '&' {
			if _, n := s.unescape(v[i:], true); n == 0 {
				return true
			}
		}
	}
	return false
}

// customaryPrefix gives the prefix under which the readers know a namespace.
var customaryPrefix = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":             "w",
	"http://schemas.openxmlformats.org/drawingml/2006/main":        "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                    "a",
	"http://schemas.openxmlformats.org/presentationml/2006/main":   "p",
	"http://purl.oclc.org/ooxml/presentationml/main":               "p",
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":             "office",
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":               "text",
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":              "table",
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":            "draw",
	"http://purl.org/dc/elements/1.1/":                             "dc",
}

// prefixedDefault is the same for the namespaces that a document may make its default but
// the readers know by a prefix.
var prefixedDefault = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
	"http://schemas.openxmlformats.org/drawingml/2006/main":        "a",
}

// customary is a name with its customary prefix.
func (s *xmlScanner) customary(name string) string {
	if s.prefixes == nil {
		return name
	}
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		prefix, local = "", name
	}
	if p, known := s.prefixes[prefix]; known {
		return p + ":" + local
	}
	return name
}

var xmlEntities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

// unescapeXML decodes the character reference at the start of s, and its length: 0 if it
// is none of XML's own or stands for no XML character.
func unescapeXML(s string, _ bool) (string, int) {
	end := strings.IndexByte(s[:min(len(s), 16)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if name[0] != '#' {
		shown := xmlEntities[name]
		if shown == "" {
			return "", 0
		}
		return shown, end + 1
	}
	digits, base := name[1:], 10
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(digits, base, 32)
	r := rune(v)
	if err != nil || v > utf8.MaxRune || !utf8.ValidRune(r) || badCharacter(string(r)) >= 0 {
		return "", 0
	}
	return string(r), end + 1
}

// xmlDeclared finds the encoding that an XML declaration names.
var xmlDeclared = regexp.MustCompile(`^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

func declaredXML(head []byte) string {
	if m := xmlDeclared.FindSubmatch(head[:min(len(head), 200)]); m != nil {
		return string(m[1])
	}
	return ""
}
