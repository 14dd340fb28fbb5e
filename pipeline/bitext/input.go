package bitext

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

// maxLine bounds one line of a text format, and one token of an XML file, in bytes.
const maxLine = 16 << 20

// input is a file being read as lines, with the place of the line last read.
type input struct {
	raw  *bufio.Reader
	name string
	line int   // 1-based number of the line last read
	off  int64 // offset of that line
	next int64 // offset of the line after it
	buf  []byte
	// whole is the file where it is read to be written into; the readers then leave in site
	// where the target of the unit they yield stands.
	whole   []byte
	site    site
	options ReadOptions
	legacy  bool // decoded from an encoding that lacks U+FFFD
	lineEnd byte // what ends a line: a line feed, but for some tables
	// entry, if not nil, is asked of each entry of a PO file, and whether to go on.
	entry func(*poEntry) bool
}

// newInput begins a file, which may be compressed by gzip.
func newInput(r io.Reader, name string) *input {
	in := &input{raw: bufio.NewReaderSize(r, 64<<10), name: name, lineEnd: '\n'}
	if head, _ := in.raw.Peek(2); string(head) == "\x1f\x8b" {
		in.raw = bufio.NewReaderSize(&gunzipped{packed: in.raw, name: name}, 64<<10)
	}
	return in
}

// gunzipped unpacks gzip, and stops at what unpacks too far: real text shrinks to a tenth,
// at the very best to a four-hundredth.
type gunzipped struct {
	packed   *bufio.Reader
	name     string
	count    countingReader
	unpacked *gzip.Reader
	out      int64
}

const (
	maxRatio    = 500
	freeOfRatio = 16 << 20 // bytes that may unpack from anything
)

func (g *gunzipped) Read(p []byte) (n int, err error) {
	if g.unpacked == nil {
		g.count.Reader = g.packed
		if g.unpacked, err = gzip.NewReader(&g.count); err != nil {
			return 0, g.fail("gzip-file", err)
		}
	}
	n, err = g.unpacked.Read(p)
	g.out += int64(n)
	switch {
	case g.out > freeOfRatio && g.out > maxRatio*g.count.n:
		return 0, g.fail("gzip-bomb", nil)
	case err != nil && !errors.Is(err, io.EOF):
		return n, g.fail("gzip-file", err)
	}
	return n, err
}

func (g *gunzipped) fail(code string, err error) error {
	return &Error{Code: code, Place: Place{File: g.name}, Err: err}
}

type countingReader struct {
	io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// headLength is how much of a file of lines is looked at to settle its encoding.
const headLength = 8 << 10

// decodeText settles the encoding of a file of lines that may declare one (charset).
func (in *input) decodeText(charset func([]byte) string) error {
	if in.whole != nil { // decoded before
		return nil
	}
	head, _ := in.raw.Peek(headLength)
	enc, bom, err := textEncoding(head, in.name, in.options.Encoding, charset)
	if err != nil || enc == nil {
		return err
	}
	in.raw.Discard(bom) // it was peeked at
	in.legacy = bom == 0
	in.raw = bufio.NewReaderSize(enc.NewDecoder().Reader(in.raw), 64<<10)
	return nil
}

// textEncoding is the encoding of a file of lines, by its first bytes: UTF-16 by its byte
// order mark, bom bytes long; else the one named; else what the file itself declares
// (charset may be nil); else UTF-8, for which it is nil.
func textEncoding(head []byte, name, named string, charset func([]byte) string) (enc encoding.Encoding, bom int, err error) {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2, nil
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return nil, 0, nil
	}
	if named == "" && charset != nil {
		named = charset(head)
	}
	switch strings.ToUpper(named) {
	case "", "UTF-8", "UTF8", "US-ASCII", "ASCII", "CHARSET":
		return nil, 0, nil
	}
	if enc, err = htmlindex.Get(named); err != nil {
		enc, err = ianaindex.IANA.Encoding(named)
	}
	if err != nil || enc == nil || enc == encoding.Replacement {
		return nil, 0, &Error{Code: "file-encoding", Place: Place{File: name}, Have: shown(named)}
	}
	return enc, 0, nil
}

// findLineEnd settles what ends a line of a table: a line feed, or a carriage return where
// the file has no line feed, as that of an old Macintosh.
func (in *input) findLineEnd() {
	head, _ := in.raw.Peek(headLength)
	if i := bytes.IndexByte(head, '\r'); i >= 0 && i < len(head)-1 && bytes.IndexByte(head, '\n') < 0 {
		in.lineEnd = '\r'
	}
}

// check reports bytes of a line that are no text.
func (in *input) check(line []byte) (code string, at int) {
	if !utf8.Valid(line) {
		return "file-not-utf8", firstInvalid(line)
	}
	if i := bytes.IndexByte(line, 0); i >= 0 {
		return "text-nul", i
	}
	if i := bytes.Index(line, []byte("\ufffd")); in.legacy && i >= 0 { // what decoders make of other bytes
		return "file-not-encoding", i
	}
	return "", 0
}

// place is where byte i of the line last read stands.
func (in *input) place(i int) Place {
	i = min(i, len(in.buf))
	return Place{File: in.name, Line: in.line, Column: utf8.RuneCount(in.buf[:i]) + 1, Offset: in.off + int64(i)}
}

func (in *input) fail(code string, at int) *Error {
	return &Error{Code: code, Place: in.place(at)}
}

// readLine returns the next line without its line feed (a carriage return before it goes
// as well), valid until the next call; io.EOF after the last. A byte order mark at the
// head of the file is taken off.
func (in *input) readLine() ([]byte, error) {
	in.buf, in.line, in.off = in.buf[:0], in.line+1, in.next
	for {
		chunk, err := in.raw.ReadSlice(in.lineEnd)
		in.next += int64(len(chunk))
		in.buf = append(in.buf, chunk...)
		if len(in.buf) > maxLine {
			in.buf = in.buf[:0]
			return nil, in.fail("line-too-long", 0)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (!errors.Is(err, io.EOF) || len(in.buf) == 0) {
			return nil, err
		}
		break
	}
	if in.line == 1 {
		in.buf = bytes.TrimPrefix(in.buf, []byte("\ufeff"))
	}
	line := bytes.TrimSuffix(bytes.TrimSuffix(in.buf, []byte("\n")), []byte("\r"))
	if code, at := in.check(line); code != "" {
		return line, in.fail(code, at)
	}
	return line, nil
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}
