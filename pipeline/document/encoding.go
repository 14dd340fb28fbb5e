package document

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	textunicode "golang.org/x/text/encoding/unicode"
)

// An Encoding says how a document's bytes stand for text: it is settled once, when the
// document is opened, and restored when it is merged. The zero Encoding is UTF-8.
type Encoding struct {
	name  string
	bom   string            // the byte order mark found, kept for writing
	codec encoding.Encoding // nil for UTF-8
}

// Name is the encoding's WHATWG name in lower case ("utf-8", "windows-1252").
func (e Encoding) Name() string {
	if e.name == "" {
		return "utf-8"
	}
	return e.name
}

const (
	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16LE = "\xff\xfe"
	bomUTF16BE = "\xfe\xff"
)

var (
	utf16LE = textunicode.UTF16(textunicode.LittleEndian, textunicode.IgnoreBOM)
	utf16BE = textunicode.UTF16(textunicode.BigEndian, textunicode.IgnoreBOM)
)

// Decode settles the encoding of data and returns its text. A byte order mark decides;
// then the name given, where there is one; then validity as UTF-8. What is left is read
// as windows-1252 if it looks like prose in it, and is otherwise refused: a wrong guess
// would be merged into every translation of the document. The mark is no part of the
// text, and Encode(Decode(data)) is data.
func Decode(data []byte, name string) (string, Encoding, error) {
	e, err := detect(data, name)
	if err != nil {
		return "", e, err
	}
	text, err := e.decode(data[len(e.bom):])
	return text, e, err
}

// detect settles the encoding from the first bytes, or all of them.
func detect(data []byte, name string) (Encoding, error) {
	head := string(data[:min(len(data), 4)])
	switch {
	case strings.HasPrefix(head, bomUTF8):
		return Encoding{bom: bomUTF8}, nil
	case head == "\xff\xfe\x00\x00" || head == "\x00\x00\xfe\xff":
		return Encoding{}, &Error{Code: "encoding-unknown", Have: "utf-32"}
	case strings.HasPrefix(head, bomUTF16LE):
		return Encoding{name: "utf-16le", bom: bomUTF16LE, codec: utf16LE}, nil
	case strings.HasPrefix(head, bomUTF16BE):
		return Encoding{name: "utf-16be", bom: bomUTF16BE, codec: utf16BE}, nil
	case name != "":
		return encodingNamed(name)
	case bytes.IndexByte(data, 0) >= 0:
		return Encoding{}, notText(data)
	case utf8.Valid(data):
		return Encoding{}, nil
	case plausibleWindows1252(data):
		return Encoding{name: "windows-1252", codec: charmap.Windows1252}, nil
	}
	at := invalidUTF8(data)
	return Encoding{}, (&Error{Code: "encoding-undecided", Have: fmt.Sprintf("% x", data[at:min(at+4, len(data))])}).
		at(string(data[:at]), at)
}

// encodingNamed returns the encoding with a WHATWG label ("latin1", "UTF-16").
func encodingNamed(name string) (Encoding, error) {
	codec, err := htmlindex.Get(name)
	if err != nil {
		return Encoding{}, &Error{Code: "encoding-unknown", Have: name}
	}
	canonical, _ := htmlindex.Name(codec)
	switch canonical {
	case "utf-8":
		return Encoding{}, nil
	case "utf-16le":
		codec = utf16LE
	case "utf-16be":
		codec = utf16BE
	case "replacement", "x-user-defined":
		return Encoding{}, &Error{Code: "encoding-unknown", Have: name}
	}
	return Encoding{name: canonical, codec: codec}, nil
}

// notText is the error for data with a NUL in it and no encoding to explain it.
func notText(data []byte) error {
	sample := data[:min(len(data), 4096)]
	var even, odd int
	for i, c := range sample {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	e := &Error{Code: "document-not-text"}
	switch {
	case odd > len(sample)/4 && even == 0:
		e.Have = "utf-16le"
	case even > len(sample)/4 && odd == 0:
		e.Have = "utf-16be"
	default:
		e.Have = "NUL"
	}
	at := bytes.IndexByte(data, 0)
	return e.at(string(data[:at]), at)
}

// plausibleWindows1252 reports whether data reads as Western European prose in
// windows-1252: no byte without a character, no controls, and no character beyond
// letters, quotation marks, dashes and the few signs that prose uses. Broken UTF-8 (stray
// continuation bytes, overlong forms, surrogates) fails it.
func plausibleWindows1252(data []byte) bool {
	for i, c := range data {
		if c < 0x80 {
			if c < ' ' && !strings.ContainsRune("\t\n\r\f\v\x1a", rune(c)) {
				return false
			}
			continue
		}
		r := charmap.Windows1252.DecodeByte(c)
		switch {
		case r == '¿' || r == '¡': // open a Spanish question or exclamation
			if i+1 == len(data) || !isLetter1252(data[i+1]) {
				return false
			}
		case unicode.IsLetter(r) || strings.ContainsRune("\u00a0\u00ad€‚„…†‡‰‹›‘’“”•–—™£§©«»®°±²³·º½¼¾×", r):
		default:
			return false
		}
	}
	return true
}

func isLetter1252(c byte) bool { return unicode.IsLetter(charmap.Windows1252.DecodeByte(c)) }

// invalidUTF8 is the offset of the first byte that is not UTF-8, len(data) if all is.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

// decode returns the text of data, which has no byte order mark. Bytes that would not
// come back as they were are an error.
func (e Encoding) decode(data []byte) (string, error) {
	if e.codec == nil {
		if utf8.Valid(data) {
			return string(data), nil
		}
		at := invalidUTF8(data)
		return "", (&Error{Code: "encoding-invalid", Have: fmt.Sprintf("% x", data[at:min(at+4, len(data))]), Want: "utf-8"}).
			at(string(data[:at]), at)
	}
	text, err := e.codec.NewDecoder().Bytes(data)
	if err == nil {
		var back []byte
		back, err = e.codec.NewEncoder().Bytes(text)
		if err == nil && !bytes.Equal(back, data) {
			err = &Error{Code: "encoding-invalid", Want: e.name}
		}
	}
	if err != nil {
		return "", &Error{Code: "encoding-invalid", Want: e.name}
	}
	return string(text), nil
}

// encode is the inverse of decode; the byte order mark is the caller's to write.
func (e Encoding) encode(text string) ([]byte, error) {
	if e.codec == nil {
		return []byte(text), nil
	}
	return e.codec.NewEncoder().Bytes([]byte(text))
}

// unmappable returns the first character of text that the encoding lacks.
func (e Encoding) unmappable(text string) (rune, bool) {
	if e.codec == nil || strings.HasPrefix(e.name, "utf-16") {
		return 0, false
	}
	enc := e.codec.NewEncoder()
	if _, err := enc.String(text); err == nil {
		return 0, false
	}
	for _, r := range text {
		if _, err := enc.String(string(r)); err != nil {
			return r, true
		}
	}
	return 0, false
}

// referred writes each character that the encoding lacks as a character reference.
func (e Encoding) referred(text string) string {
	if _, bad := e.unmappable(text); !bad {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		if _, bad := e.unmappable(string(r)); bad {
			fmt.Fprintf(&out, "&#%d;", r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}
