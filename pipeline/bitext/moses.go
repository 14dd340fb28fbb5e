package bitext

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
)

// A Moses pair is two plain text files, a segment a line, line n of the one the translation
// of line n of the other. Nothing else is said; a line break inside a segment becomes a
// space. Read and NewWriter take one stream, so the pair has functions of its own.

// ReadPair streams the units of a Moses pair. The ID of a unit is its line number. A file
// that ends before the other is an error after the last pair of lines.
func ReadPair(source, target io.Reader, names [2]string, l Languages) iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		from, to := newInput(source, names[0]), newInput(target, names[1])
		for {
			s, errS := from.readLine()
			t, errT := to.readLine()
			endS, endT := errors.Is(errS, io.EOF), errors.Is(errT, io.EOF)
			if endS && endT {
				return
			}
			if endS != endT {
				short, long := from, to
				if endT {
					short, long = to, from
				}
				yield(Unit{}, &Error{Code: "moses-lines", Place: short.place(0), Have: strconv.Itoa(short.line - 1), Want: long.name})
				return
			}
			u := Unit{ID: strconv.Itoa(from.line), Languages: l, Source: string(s), Target: string(t), Place: from.place(0)}
			u.State = defaultState(u.Target)
			err := errors.Join(errS, errT)
			if err != nil {
				u = Unit{}
			}
			if !yield(u, err) || s == nil || t == nil {
				return
			}
		}
	}
}

// NewPairWriter writes a Moses pair.
func NewPairWriter(source, target io.Writer) Writer {
	return &pairWriter{bufio.NewWriter(source), bufio.NewWriter(target)}
}

type pairWriter struct{ source, target *bufio.Writer }

// oneLine makes a text a line.
var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

func (w *pairWriter) Write(u Unit) error {
	oneLine.WriteString(w.source, u.Source)
	w.source.WriteByte('\n')
	oneLine.WriteString(w.target, u.Target)
	return w.target.WriteByte('\n')
}

func (w *pairWriter) Close() error {
	return errors.Join(w.source.Flush(), w.target.Flush())
}
