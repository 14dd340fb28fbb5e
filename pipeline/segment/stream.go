package segment

import (
	"io"
	"iter"
)

// Segment is one segment of a stream: its text and its place in the whole, in bytes.
type Segment struct {
	Start, End int64
	Text       string
}

// window is how many bytes of a stream Scan reads at a time.
const window = 256 << 10

// Scan returns the segments of a stream, the same as Segments gives for the whole of it.
// It holds a window of a few hundred kilobytes, however long a line is. The stream must be
// UTF-8. With rules from an SRX file, whose expressions may look anywhere, it holds the
// whole stream. An error of the reader ends the sequence, after the segments that were complete.
func (s *Segmenter) Scan(r io.Reader) iter.Seq2[Segment, error] {
	if s.srx != nil {
		return s.scanWhole(r)
	}
	return s.scan(r, window)
}

func (s *Segmenter) scan(r io.Reader, size int) iter.Seq2[Segment, error] {
	return func(yield func(Segment, error) bool) {
		w := walker{Segmenter: s}
		offset := int64(0)
		fresh := make([]byte, size)
		for text := ""; ; {
			n, err := fill(r, fresh)
			final := err == io.EOF
			text += string(fresh[:n])
			for (err == nil || final) && w.next(text, final) {
				if !yield(Segment{offset + int64(w.start), offset + int64(w.end), text[w.start:w.end]}, nil) {
					return
				}
			}
			if err != nil {
				if !final {
					yield(Segment{}, err)
				}
				return
			}
			cut := w.forget()
			text, offset = text[cut:], offset+int64(cut)
		}
	}
}

func (s *Segmenter) scanWhole(r io.Reader) iter.Seq2[Segment, error] {
	return func(yield func(Segment, error) bool) {
		bytes, err := io.ReadAll(r)
		if err != nil {
			yield(Segment{}, err)
			return
		}
		text := string(bytes)
		for span := range s.Segments(text) {
			if !yield(Segment{int64(span.Start), int64(span.End), span.In(text)}, nil) {
				return
			}
		}
	}
}

// fill reads until the buffer is full or the reader has an error, io.EOF at its end.
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var k int
		k, err = r.Read(buf[n:])
		n += k
	}
	return n, err
}

// forget moves the window on to the current segment, with as much of its line before it
// as the layout looks at, and returns how many bytes went out of it.
func (w *walker) forget() int {
	cut := min(w.end, max(w.line, w.end-2*look))
	w.start, w.end, w.pos, w.from, w.line = w.start-cut, w.end-cut, w.pos-cut, w.from-cut, w.line-cut
	return cut
}
