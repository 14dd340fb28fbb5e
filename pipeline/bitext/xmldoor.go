package bitext

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

// xmlEncoding settles the encoding of an XML file (XML 1.0, appendix F): by byte order
// mark, else by the shape of "<?xml", else by the declaration, else UTF-8. The returned
// encoding is nil for UTF-8; bom is the length of the mark to pass over.
func xmlEncoding(raw *bufio.Reader) (enc encoding.Encoding, bom int, code, have string) {
	head, err := raw.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, 0, "", ""
	}
	has := func(prefix string) bool { return bytes.HasPrefix(head, []byte(prefix)) }
	switch {
	case has("\xff\xfe\x00\x00"), has("\x00\x00\xfe\xff"), has("\x00\x00\x00<"), has("<\x00\x00\x00"):
		return nil, 0, "xml-encoding", "UTF-32"
	case has("\xff\xfe"):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2, "", ""
	case has("\xfe\xff"):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2, "", ""
	case has("<\x00?\x00"):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 0, "", ""
	case has("\x00<\x00?"):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 0, "", ""
	case has("\xef\xbb\xbf"):
		bom, head = 3, head[3:]
	}
	enc, code, have = declaredEncoding(head, bom > 0)
	return enc, bom, code, have
}

// declaredEncoding reads the encoding out of an XML declaration in ASCII-compatible bytes.
func declaredEncoding(head []byte, marked bool) (encoding.Encoding, string, string) {
	end := bytes.Index(head, []byte("?>"))
	if !bytes.HasPrefix(head, []byte("<?xml")) || end < 0 {
		return nil, "", ""
	}
	label := pseudoAttr(string(head[:end]), "encoding")
	upper := strings.ToUpper(label)
	switch {
	case upper == "" || upper == "UTF-8" || upper == "UTF8" || upper == "US-ASCII" || upper == "ASCII":
		return nil, "", ""
	case marked || strings.HasPrefix(upper, "UTF") || strings.HasPrefix(upper, "UCS") || strings.HasPrefix(upper, "ISO-10646"):
		return nil, "xml-encoding", label // the bytes are not what they say
	}
	enc, err := ianaindex.IANA.Encoding(label)
	if err != nil || enc == nil {
		return nil, "xml-encoding", label
	}
	return enc, "", ""
}

// xml makes a scanner of the file.
func (in *input) xml() (*scanner, error) {
	enc, bom, code, have := xmlEncoding(in.raw)
	if in.whole != nil { // decoded before
		enc, code = nil, ""
	}
	if code != "" {
		return nil, &Error{Code: code, Place: Place{File: in.name, Line: 1, Column: 1}, Have: shown(have)}
	}
	if _, err := in.raw.Discard(bom); err != nil {
		return nil, err
	}
	if enc == nil {
		s := newScanner(in.raw, in.name, false)
		s.in = in
		s.base, s.origin = int64(bom), int64(bom)
		return s, nil
	}
	s := newScanner(enc.NewDecoder().Reader(in.raw), in.name, true)
	s.in = in
	return s, nil
}
