package bitext

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
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
	whole []byte
	site  site
}

func newInput(r io.Reader, name string) *input {
	return &input{raw: bufio.NewReaderSize(r, 64<<10), name: name}
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
		chunk, err := in.raw.ReadSlice('\n')
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
	if !utf8.Valid(line) {
		return line, in.fail("file-not-utf8", firstInvalid(line))
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
