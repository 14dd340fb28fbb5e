package bitext

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The scanner reads XML 1.0 with namespaces (W3C, fifth edition and Namespaces third
// edition) as a stream of tokens with byte offsets. It is here because a translator's file
// must come back byte for byte: encoding/xml gives no offsets of attributes, accepts much
// that is not well-formed (a repeated attribute, two roots, an unbound prefix) and is slow.
// It never reads a DTD: a bare DOCTYPE is passed over, an internal subset is refused, and
// with it every entity but the five of the standard. Memory is bounded by the largest token.

// Limits of one file, far beyond what translators' tools write.
const (
	maxDepth      = 256
	maxAttributes = 256
)

type tokenKind uint8

const (
	startTag tokenKind = iota + 1
	endTag
	charData // character data or one CDATA section
	otherMarkup
)

// xmlName is a name with its prefix resolved.
type xmlName struct{ space, local string }

type xmlAttr struct {
	name   xmlName
	prefix string
	value  string
	span   Span // of the value between the quotes, from the token's start
}

// xmlToken is valid until the next one is asked for. An empty element (<a/>) comes as a
// startTag with empty set and an endTag of no length.
type xmlToken struct {
	kind       tokenKind
	name       xmlName
	prefix     string
	attrs      []xmlAttr
	text       []byte // of charData, references resolved
	start, end int64  // offsets in the decoded file
	line, col  int
	empty      bool
}

// attr returns the value of the attribute in no namespace, and whether there is one.
func (t *xmlToken) attr(local string) (string, bool) { return t.attrIn("", local) }

func (t *xmlToken) attrIn(space, local string) (string, bool) {
	for i := range t.attrs {
		if t.attrs[i].name.local == local && t.attrs[i].name.space == space {
			return t.attrs[i].value, true
		}
	}
	return "", false
}

// get is attr without whether it is there.
func (t *xmlToken) get(local string) string {
	v, _ := t.attr(local)
	return v
}

type splitName struct{ raw, prefix, local string }

type binding struct{ prefix, space string }

type openElement struct {
	name     splitName
	space    string
	bindings int // how many there were before it
}

type scanner struct {
	in         *input
	r          io.Reader
	file       string
	transcoded bool // U+FFFD in the text means bytes that the encoding does not have
	buf        []byte
	pos        int   // of the next token in buf
	base       int64 // offset in the file of buf[0]
	origin     int64 // where the first character stands: after a byte order mark
	line, col  int
	readErr    error // met while filling, io.EOF at the end

	tok      xmlToken
	names    map[string]splitName
	stack    []openElement
	bindings []binding
	scratch  []byte
	alias    map[string]string // namespaces to take for others
	closing  bool              // an empty element's end is due
	rootSeen bool
	doctype  bool
}

const nsXML = "http://www.w3.org/XML/1998/namespace"

func newScanner(r io.Reader, file string, transcoded bool) *scanner {
	return &scanner{
		r: r, file: file, transcoded: transcoded, line: 1, col: 1,
		names: map[string]splitName{}, bindings: []binding{{"", ""}, {"xml", nsXML}},
	}
}

// place is where byte i of buf stands; i is not before pos.
func (s *scanner) place(i int) Place {
	line, col := advance(s.line, s.col, s.buf[s.pos:min(i, len(s.buf))])
	return Place{File: s.file, Line: line, Column: col, Offset: s.base + int64(i)}
}

// advance moves a line and column past some text.
func advance(line, col int, text []byte) (int, int) {
	if n := bytes.Count(text, []byte{'\n'}); n > 0 {
		line, col = line+n, 1
		text = text[bytes.LastIndexByte(text, '\n')+1:]
	}
	return line, col + utf8.RuneCount(text)
}

func (s *scanner) fail(code string, i int, have string) *Error {
	return &Error{Code: code, Place: s.place(i), Have: shown(have)}
}

// shown shortens what an error quotes.
func shown(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	n := most
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// here is the place of the token last read.
func (s *scanner) here() Place {
	return Place{File: s.file, Line: s.tok.line, Column: s.tok.col, Offset: s.tok.start}
}

// fill reads more into buf, keeping everything from pos.
func (s *scanner) fill() error {
	if s.readErr != nil {
		return s.readErr
	}
	if s.pos > 0 {
		s.base += int64(s.pos)
		s.buf = s.buf[:copy(s.buf, s.buf[s.pos:])]
		s.pos = 0
	}
	if len(s.buf) == cap(s.buf) {
		if len(s.buf) >= maxLine {
			return s.fail("xml-limit", 0, "")
		}
		grown := make([]byte, len(s.buf), max(64<<10, 2*cap(s.buf)))
		copy(grown, s.buf)
		s.buf = grown
	}
	n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
	s.buf = s.buf[:len(s.buf)+n]
	if err != nil {
		s.readErr = err
	}
	if n == 0 && err != nil {
		return err
	}
	return nil
}

// find returns the index in buf of the first sep at or after pos+from, reading as it must.
func (s *scanner) find(sep string, from int) (int, error) {
	for {
		if i := bytes.Index(s.buf[min(s.pos+from, len(s.buf)):], []byte(sep)); i >= 0 {
			return min(s.pos+from, len(s.buf)) + i, nil
		}
		from = max(from, len(s.buf)-s.pos-len(sep)+1)
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// need makes at least n bytes from pos available and reports whether there are so many.
func (s *scanner) need(n int) (bool, error) {
	for len(s.buf)-s.pos < n {
		if err := s.fill(); errors.Is(err, io.EOF) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	return true, nil
}

// truncated makes of the end of the file, met inside a token, an error with a place.
func (s *scanner) truncated(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return s.fail("xml-truncated", len(s.buf), "")
	}
	return err
}

// next reads a token; io.EOF after the last.
func (s *scanner) next() (*xmlToken, error) {
	t := &s.tok
	if s.closing {
		s.closing = false
		t.kind, t.start, t.empty, t.attrs, t.text = endTag, t.end, false, nil, nil
		s.pop()
		return t, nil
	}
	ok, err := s.need(1)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, s.atEnd()
	}
	*t = xmlToken{attrs: t.attrs[:0], line: s.line, col: s.col, start: s.base + int64(s.pos)}
	end, err := s.token()
	if err != nil {
		return nil, err
	}
	t.end = s.base + int64(end)
	s.line, s.col = advance(s.line, s.col, s.buf[s.pos:end])
	s.pos = end
	return t, nil
}

func (s *scanner) atEnd() error {
	if len(s.stack) > 0 || !s.rootSeen {
		return s.truncated(io.EOF)
	}
	return io.EOF
}

// token reads the token at pos into tok and returns the index in buf of its end.
func (s *scanner) token() (int, error) {
	if s.buf[s.pos] != '<' {
		return s.readText()
	}
	if ok, err := s.need(2); err != nil || !ok {
		return 0, s.truncated(orEOF(err))
	}
	switch s.buf[s.pos+1] {
	case '/':
		return s.readEnd()
	case '?':
		return s.readPI()
	case '!':
		return s.readDeclaration()
	}
	return s.readStart()
}

func orEOF(err error) error {
	if err == nil {
		return io.EOF
	}
	return err
}

func (s *scanner) readText() (int, error) {
	end, err := s.find("<", 0)
	if errors.Is(err, io.EOF) {
		end, err = len(s.buf), nil
	}
	if err != nil {
		return 0, err
	}
	raw := s.buf[s.pos:end]
	if len(s.stack) == 0 && len(bytes.Trim(raw, " \t\r\n")) > 0 {
		at := s.pos + bytes.IndexFunc(raw, func(r rune) bool { return !strings.ContainsRune(" \t\r\n", r) })
		return 0, s.fail("xml-root", at, string(bytes.TrimSpace(raw)))
	}
	if i := bytes.Index(raw, []byte("]]>")); i >= 0 {
		return 0, s.fail("xml-syntax", s.pos+i, "]]>")
	}
	s.tok.kind = charData
	s.tok.text, err = s.decode(s.pos, end, textContent)
	return end, err
}

// contentKind says what is resolved in a run of characters (sections 2.11, 3.3.3, 4.6).
type contentKind uint8

const (
	textContent  contentKind = iota // references resolved, line ends made \n
	attrContent                     // likewise, and white space made spaces
	cdataContent                    // line ends made \n
)

// needsWork tells the bytes that decode must look at.
var needsWork = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\n' && c != '\t'
	}
	t['&'], t[0xEF], t[0xFF] = true, true, true
	return t
}()

// decode checks buf[from:to] and resolves it. The result is buf's own bytes where there
// was nothing to resolve.
func (s *scanner) decode(from, to int, kind contentKind) ([]byte, error) {
	raw := s.buf[from:to]
	if !utf8.Valid(raw) {
		at := from + firstInvalid(raw)
		return nil, s.fail("file-not-utf8", at, strconv.QuoteToASCII(string(s.buf[at:at+1])))
	}
	clean := true
	for _, c := range raw {
		if needsWork[c] || kind == attrContent && (c == '\n' || c == '\t') {
			clean = false
			break
		}
	}
	if clean {
		return raw, nil
	}
	out := s.scratch[:0]
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == '&' && kind != cdataContent:
			r, n, code := reference(raw[i:])
			if code != "" {
				return nil, s.fail(code, from+i, string(raw[i:i+n]))
			}
			out = utf8.AppendRune(out, r)
			i += n
			continue
		case c == '\r':
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			c = '\n'
		}
		if c < 0x20 || c == 0xEF {
			r, _ := utf8.DecodeRune(raw[i:])
			if c != '\n' && !isXMLChar(r) {
				return nil, s.fail("xml-character", from+i, "U+"+hex4(r))
			}
			if r == utf8.RuneError && s.transcoded {
				return nil, s.fail("xml-encoding", from+i, "")
			}
		}
		if kind == attrContent && (c == '\n' || c == '\t') {
			c = ' '
		}
		out = append(out, c)
		i++
	}
	s.scratch = out
	return out, nil
}

func hex4(r rune) string {
	h := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return strings.Repeat("0", max(0, 4-len(h))) + h
}

// reference resolves the reference at the head of b; n is its length. On a fault code
// names it.
func reference(b []byte) (r rune, n int, code string) {
	end := bytes.IndexByte(b[:min(len(b), 16)], ';')
	if end < 0 {
		return 0, min(len(b), 16), "xml-entity"
	}
	body, n := string(b[1:end]), end+1
	switch body {
	case "lt":
		return '<', n, ""
	case "gt":
		return '>', n, ""
	case "amp":
		return '&', n, ""
	case "quot":
		return '"', n, ""
	case "apos":
		return '\'', n, ""
	}
	digits, ok := strings.CutPrefix(body, "#")
	if !ok {
		return 0, n, "xml-entity"
	}
	base := 10
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return 0, n, "xml-entity"
	}
	if v > 0x10FFFF || !isXMLChar(rune(v)) {
		return 0, n, "xml-character"
	}
	return rune(v), n, ""
}

// name reads the name at buf[i], which must end before the token does, and returns the
// index after it.
func (s *scanner) name(i, end int) (splitName, int, error) {
	j := i
	for j < end && !isSpace(s.buf[j]) && s.buf[j] != '/' && s.buf[j] != '>' && s.buf[j] != '=' {
		j++
	}
	if n, ok := s.names[string(s.buf[i:j])]; ok {
		return n, j, nil
	}
	raw := string(s.buf[i:j])
	prefix, local, has := strings.Cut(raw, ":")
	if !has {
		prefix, local = "", raw
	}
	if !isNCName(local) || has && !isNCName(prefix) {
		return splitName{}, j, s.fail("xml-name", i, raw)
	}
	n := splitName{raw, prefix, local}
	if len(s.names) < 4096 && len(raw) < 256 {
		s.names[raw] = n
	}
	return n, j, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// isNCName holds a name without a colon (Namespaces, production 4).
func isNCName(s string) bool {
	for i, r := range s {
		if r == ':' || r == utf8.RuneError || i == 0 && !isNameStart(r) || !isNameChar(r) {
			return false
		}
	}
	return s != ""
}

func (s *scanner) space(prefix string) (string, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == prefix {
			return s.bindings[i].space, true
		}
	}
	return "", false
}

// tagEnd finds the ">" that ends the tag at pos, outside of quotes.
func (s *scanner) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; i++ {
		if s.pos+i >= len(s.buf) {
			if ok, err := s.need(i + 1); err != nil || !ok {
				return 0, s.truncated(orEOF(err))
			}
		}
		switch c := s.buf[s.pos+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return s.pos + i, nil
		case c == '<':
			return 0, s.fail("xml-syntax", s.pos+i, "<")
		}
	}
}

func (s *scanner) readStart() (int, error) {
	gt, err := s.tagEnd()
	if err != nil {
		return 0, err
	}
	if len(s.stack) == 0 && s.rootSeen {
		return 0, s.fail("xml-root", s.pos, string(s.buf[s.pos:gt+1]))
	}
	if len(s.stack) >= maxDepth {
		return 0, s.fail("xml-limit", s.pos, strconv.Itoa(maxDepth))
	}
	name, i, err := s.name(s.pos+1, gt)
	if err != nil {
		return 0, err
	}
	t := &s.tok
	t.kind, s.rootSeen = startTag, true
	mark := len(s.bindings)
	if i, err = s.attributes(i, gt); err != nil {
		return 0, err
	}
	if err := s.resolve(name); err != nil {
		return 0, err
	}
	s.stack = append(s.stack, openElement{name, t.name.space, mark})
	t.empty = i < gt
	s.closing = t.empty
	return gt + 1, nil
}

// attributes reads the attributes between i and the tag's end, and binds the namespaces
// among them. It returns the index of the tag's "/" or ">".
func (s *scanner) attributes(i, gt int) (int, error) {
	for {
		from := i
		for i < gt && isSpace(s.buf[i]) {
			i++
		}
		if i == gt || i == gt-1 && s.buf[i] == '/' {
			return i, nil
		}
		if i == from {
			return 0, s.fail("xml-syntax", i, string(s.buf[i:gt]))
		}
		next, err := s.attribute(i, gt)
		if err != nil {
			return 0, err
		}
		i = next
	}
}

func (s *scanner) attribute(i, gt int) (int, error) {
	if len(s.tok.attrs) == maxAttributes {
		return 0, s.fail("xml-limit", i, strconv.Itoa(maxAttributes))
	}
	name, j, err := s.name(i, gt)
	if err != nil {
		return 0, err
	}
	for j < gt && isSpace(s.buf[j]) {
		j++
	}
	if j == gt || s.buf[j] != '=' {
		return 0, s.fail("xml-syntax", j, name.raw)
	}
	for j++; j < gt && isSpace(s.buf[j]); j++ {
	}
	if j == gt || s.buf[j] != '"' && s.buf[j] != '\'' {
		return 0, s.fail("xml-syntax", j, name.raw)
	}
	close := j + 1 + bytes.IndexByte(s.buf[j+1:gt], s.buf[j])
	if k := bytes.IndexByte(s.buf[j:close], '<'); k >= 0 {
		return 0, s.fail("xml-syntax", j+k, "<")
	}
	value, err := s.decode(j+1, close, attrContent)
	if err != nil {
		return 0, err
	}
	a := xmlAttr{name: xmlName{local: name.local}, prefix: name.prefix, value: string(value), span: Span{j + 1 - s.pos, close - s.pos}}
	s.tok.attrs = append(s.tok.attrs, a)
	if name.raw == "xmlns" {
		s.bindings = append(s.bindings, binding{"", a.value})
	} else if name.prefix == "xmlns" {
		if a.value == "" || name.local == "xmlns" || (name.local == "xml") != (a.value == nsXML) {
			return 0, s.fail("xml-prefix", i, name.raw)
		}
		s.bindings = append(s.bindings, binding{name.local, a.value})
	}
	return close + 1, nil
}

const nsXMLNS = "http://www.w3.org/2000/xmlns/"

// resolve gives the tag and its attributes their namespaces, and refuses a prefix that is
// not bound and an attribute that stands twice.
func (s *scanner) resolve(name splitName) error {
	t := &s.tok
	space, ok := s.space(name.prefix)
	if !ok || name.prefix == "xmlns" {
		return s.fail("xml-prefix", s.pos, name.raw)
	}
	if other, ok := s.alias[space]; ok {
		space = other
	}
	t.name, t.prefix = xmlName{space, name.local}, name.prefix
	for i := range t.attrs {
		a := &t.attrs[i]
		switch {
		case a.prefix == "xmlns" || a.prefix == "" && a.name.local == "xmlns":
			a.name.space = nsXMLNS
		case a.prefix != "":
			if a.name.space, ok = s.space(a.prefix); !ok {
				return s.fail("xml-prefix", s.pos+a.span.Start, a.prefix+":"+a.name.local)
			}
		}
		for k := range t.attrs[:i] {
			if t.attrs[k].name == a.name {
				return s.fail("xml-attribute-repeated", s.pos+a.span.Start, a.name.local)
			}
		}
	}
	return nil
}

func (s *scanner) readEnd() (int, error) {
	gt, err := s.find(">", 2)
	if err != nil {
		return 0, s.truncated(err)
	}
	raw := bytes.TrimRight(s.buf[s.pos+2:gt], " \t\r\n")
	if len(s.stack) == 0 {
		return 0, s.fail("xml-tag", s.pos, string(raw))
	}
	top := s.stack[len(s.stack)-1]
	if string(raw) != top.name.raw {
		bad := s.fail("xml-tag", s.pos, string(raw))
		bad.Want = top.name.raw
		return 0, bad
	}
	s.tok.kind = endTag
	s.tok.name, s.tok.prefix = xmlName{top.space, top.name.local}, top.name.prefix
	s.pop()
	return gt + 1, nil
}

func (s *scanner) pop() {
	top := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	s.bindings = s.bindings[:top.bindings]
}

func (s *scanner) readPI() (int, error) {
	end, err := s.find("?>", 2)
	if err != nil {
		return 0, s.truncated(err)
	}
	body := s.buf[s.pos+2 : end]
	if _, err := s.decode(s.pos+2, end, cdataContent); err != nil {
		return 0, err
	}
	target, _, _ := strings.Cut(string(body), " ")
	target = strings.TrimRight(target, "\t\r\n")
	if strings.EqualFold(target, "xml") {
		if s.base+int64(s.pos) != s.origin || target != "xml" {
			return 0, s.fail("xml-syntax", s.pos, "<?"+target)
		}
		if v := pseudoAttr(string(body), "version"); v != "1.0" {
			bad := s.fail("xml-version", s.pos, v)
			bad.Want = "1.0"
			return 0, bad
		}
	} else if !isNCName(strings.Fields(target + " -")[0]) {
		return 0, s.fail("xml-name", s.pos, target)
	}
	s.tok.kind = otherMarkup
	return end + 2, nil
}

// pseudoAttr is the value of name="…" in an XML declaration.
func pseudoAttr(decl, name string) string {
	_, rest, ok := strings.Cut(decl, name)
	rest = strings.TrimLeft(rest, " \t\r\n")
	rest, is := strings.CutPrefix(rest, "=")
	rest = strings.TrimLeft(rest, " \t\r\n")
	if !ok || !is || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	value, _, _ := strings.Cut(rest[1:], rest[:1])
	return value
}

func (s *scanner) readDeclaration() (int, error) {
	if _, err := s.need(9); err != nil {
		return 0, err
	}
	switch rest := s.buf[s.pos:]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return s.readComment()
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return s.readCDATA()
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		return s.readDoctype()
	}
	if len(s.buf)-s.pos < 9 {
		return 0, s.truncated(io.EOF)
	}
	return 0, s.fail("xml-syntax", s.pos, string(s.buf[s.pos:s.pos+9]))
}

func (s *scanner) readComment() (int, error) {
	end, err := s.find("--", 4)
	if err != nil {
		return 0, s.truncated(err)
	}
	at := end - s.pos
	if ok, err := s.need(at + 3); err != nil || !ok {
		return 0, s.truncated(orEOF(err))
	}
	if end = s.pos + at; s.buf[end+2] != '>' {
		return 0, s.fail("xml-syntax", end, "--")
	}
	s.tok.kind = otherMarkup
	_, err = s.decode(s.pos+4, end, cdataContent)
	return end + 3, err
}

func (s *scanner) readCDATA() (int, error) {
	end, err := s.find("]]>", 9)
	if err != nil {
		return 0, s.truncated(err)
	}
	if len(s.stack) == 0 {
		return 0, s.fail("xml-root", s.pos, "<![CDATA[")
	}
	s.tok.kind = charData
	s.tok.text, err = s.decode(s.pos+9, end, cdataContent)
	return end + 3, err
}

// bareDoctype is a DOCTYPE without an internal subset (production 28).
var bareDoctype = regexp.MustCompile(`^<!DOCTYPE[ \t\r\n]+[^ \t\r\n"'<>\[]+([ \t\r\n]+(SYSTEM|PUBLIC[ \t\r\n]+("[^"]*"|'[^']*'))[ \t\r\n]+("[^"]*"|'[^']*'))?[ \t\r\n]*>$`)

func (s *scanner) readDoctype() (int, error) {
	gt, err := s.tagEnd()
	var fault *Error
	if err != nil && !errors.As(err, &fault) {
		return 0, err
	}
	if err != nil && fault.Code == "xml-truncated" {
		return 0, err
	}
	if err != nil || s.rootSeen || s.doctype || !bareDoctype.Match(s.buf[s.pos:gt+1]) {
		return 0, s.fail("xml-doctype", s.pos, "<!DOCTYPE")
	}
	s.doctype = true
	s.tok.kind = otherMarkup
	_, err = s.decode(s.pos+9, gt, cdataContent)
	return gt + 1, err
}

// nodes calls do for each child element and each run of text of the element whose start
// tag was last read, up to and including its end tag. For an element do must read on to
// its end, by nodes, text or skip.
func (s *scanner) nodes(do func(t *xmlToken) error) error {
	for {
		t, err := s.next()
		if err != nil {
			return s.truncated(err)
		}
		switch t.kind {
		case endTag:
			return nil
		case startTag, charData:
			if err := do(t); err != nil {
				return err
			}
		default:
			s.in.lose("<!-- -->, <? ?>")
		}
	}
}

// elements is nodes without the text.
func (s *scanner) elements(do func(t *xmlToken) error) error {
	return s.nodes(func(t *xmlToken) error {
		if t.kind == charData {
			return nil
		}
		return do(t)
	})
}

// skip passes over the rest of the element whose start tag was last read.
func (s *scanner) skip() error {
	return s.elements(func(*xmlToken) error { return s.skip() })
}

// content reads the rest of an element and returns its text, that of children included.
func (s *scanner) content() (string, error) {
	var b strings.Builder
	err := s.contentTo(&b)
	return b.String(), err
}

func (s *scanner) contentTo(b *strings.Builder) error {
	return s.nodes(func(t *xmlToken) error {
		if t.kind == charData {
			b.Write(t.text)
			return nil
		}
		if t.name.local != "cp" {
			s.loseElement()
		} else if r, ok := codePoint(t); ok {
			b.WriteRune(r)
		}
		return s.contentTo(b)
	})
}

// codePoint is the character of an XLIFF 2 <cp>.
func codePoint(t *xmlToken) (rune, bool) {
	v, err := strconv.ParseUint(t.get("hex"), 16, 32)
	return rune(v), err == nil && utf8.ValidRune(rune(v))
}
