package bitext

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// CSV (RFC 4180) with the columns of every table. A cell that a spreadsheet would take for
// a formula (it begins with = + - @, a tab or a carriage return, after any number of
// apostrophes) is written with one more apostrophe before it, which the reader takes off
// again. The reader finds the separator (comma, semicolon, tab) in the header row, or in the
// line "sep=;" that Excel puts before it.

type csvWriter struct {
	out    *bufio.Writer
	header Header
	layout *tableLayout
}

func writeCSV(w io.Writer, h Header) Writer {
	return &csvWriter{out: bufio.NewWriterSize(w, 64<<10), header: h}
}

func (w *csvWriter) start(first *Unit) error {
	if w.layout != nil {
		return nil
	}
	w.layout = layoutFor(w.header, first)
	if w.header.BOM {
		w.out.WriteString("\ufeff")
	}
	return w.row(w.layout.columns)
}

func (w *csvWriter) Write(u Unit) error {
	if err := w.start(&u); err != nil {
		return err
	}
	return w.row(w.layout.row(&u))
}

func (w *csvWriter) row(cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			w.out.WriteByte(',')
		}
		w.out.WriteString(csvCell(cell, ','))
	}
	_, err := w.out.WriteString("\r\n")
	return err
}

func (w *csvWriter) Close() error {
	if err := w.start(nil); err != nil {
		return err
	}
	return w.out.Flush()
}

// csvCell neutralises and quotes a cell as it must.
func csvCell(cell string, comma byte) string {
	if isFormula(cell) {
		cell = "'" + cell
	}
	if strings.ContainsAny(cell, "\"\r\n"+string(comma)) || cell != strings.TrimSpace(cell) {
		return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return cell
}

func isFormula(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	return rest != "" && strings.IndexByte("=+-@\t\r", rest[0]) >= 0
}

// restoreCell takes off the apostrophe that csvCell put before a formula.
func restoreCell(cell string) string {
	if strings.HasPrefix(cell, "'") && isFormula(cell) {
		return cell[1:]
	}
	return cell
}

// csvReader reads rows. cells and spans are valid until the next row.
type csvReader struct {
	in     *input
	comma  byte
	record []byte // the row's bytes
	cells  []string
	spans  []Span // of the cells in record, quotes included
	line   int    // of the row's beginning
	start  int64
}

func readCSV(in *input, yield func(Unit, error) bool) {
	if err := in.decodeText(nil); err != nil {
		yield(Unit{}, err)
		return
	}
	in.findLineEnd()
	r := &csvReader{in: in}
	var layout *tableLayout
	for {
		err := r.next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			yield(Unit{}, err)
			return
		}
		if layout == nil {
			if comma, ok := r.separatorLine(); ok {
				r.comma = comma
				continue
			}
		}
		switch {
		case len(r.cells) == 1 && r.cells[0] == "":
		case layout == nil:
			if layout, err = readLayout(r.cells, in.options.Languages, r.place(0)); err != nil {
				yield(Unit{}, err)
				return
			}
		default:
			for i := range r.cells {
				r.cells[i] = restoreCell(r.cells[i])
			}
			u, codes, err := layout.unit(r.cells, r.place(0))
			if in.whole != nil && err == nil {
				in.site = layout.site(r.start, r.spans, codes, func(cell string) string { return csvCell(cell, r.comma) })
			}
			if !yield(u, err) {
				return
			}
		}
	}
}

func (r *csvReader) place(i int) Place {
	line, col := advance(r.line, 1, r.record[:i])
	return Place{File: r.in.name, Line: line, Column: col, Offset: r.start + int64(i)}
}

func (r *csvReader) fail(code string, i int) error {
	return &Error{Code: code, Place: r.place(i)}
}

// next reads a row: lines until the quotes balance.
func (r *csvReader) next() error {
	r.record, r.cells, r.spans = r.record[:0], nil, nil
	r.start = r.in.next
	quotes := 0
	for {
		line, err := r.in.raw.ReadSlice(r.in.lineEnd)
		r.in.next += int64(len(line))
		r.record = append(r.record, line...)
		quotes += bytes.Count(line, []byte{'"'})
		if len(r.record) > maxLine {
			return r.fail("line-too-long", 0)
		}
		if errors.Is(err, bufio.ErrBufferFull) || err == nil && quotes%2 == 1 {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(r.record) == 0 {
			return io.EOF
		}
		break
	}
	r.line = r.in.line + 1
	r.in.line += bytes.Count(r.record, []byte{r.in.lineEnd})
	if code, at := r.in.check(r.record); code != "" {
		return r.fail(code, at)
	}
	return r.split()
}

// split cuts the record into cells.
func (r *csvReader) split() error {
	i := 0
	if r.start == 0 {
		i = len(r.record) - len(bytes.TrimPrefix(r.record, []byte("\ufeff")))
	}
	if r.comma == 0 {
		r.comma = findComma(r.record)
	}
	end := len(bytes.TrimSuffix(bytes.TrimSuffix(r.record, []byte("\n")), []byte("\r")))
	for {
		from := i
		cell, next, code := r.cell(i, end)
		if code != "" {
			return r.fail(code, next)
		}
		r.cells, r.spans = append(r.cells, cell), append(r.spans, Span{from, next})
		if next == end {
			return nil
		}
		i = next + 1
	}
}

// separatorLine reports whether the row is the line that tells Excel the separator.
func (r *csvReader) separatorLine() (comma byte, ok bool) {
	line := strings.TrimRight(string(bytes.TrimPrefix(r.record, []byte("\ufeff"))), "\r\n")
	sep, ok := strings.CutPrefix(line, "sep=")
	if !ok || len(sep) != 1 || !strings.Contains(",;\t|", sep) {
		return 0, false
	}
	return sep[0], true
}

// findComma is the separator that a header row uses.
func findComma(header []byte) byte {
	best, most := byte(','), 0
	for _, c := range []byte(",;\t") {
		if n := bytes.Count(header, []byte{c}); n > most {
			best, most = c, n
		}
	}
	return best
}

// cell reads the cell at i and returns the index after it. On a fault code names it.
func (r *csvReader) cell(i, end int) (string, int, string) {
	if i == end || r.record[i] != '"' {
		n := bytes.IndexByte(r.record[i:end], r.comma)
		if n < 0 {
			n = end - i
		}
		if k := bytes.IndexByte(r.record[i:i+n], '"'); k >= 0 {
			return "", i + k, "csv-quote"
		}
		return string(r.record[i : i+n]), i + n, ""
	}
	var b strings.Builder
	for i++; ; {
		n := bytes.IndexByte(r.record[i:], '"')
		if n < 0 {
			return "", i, "csv-quote"
		}
		b.Write(r.record[i : i+n])
		i += n + 1
		if i < len(r.record) && r.record[i] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		if i < end && r.record[i] != r.comma {
			return "", i, "csv-quote"
		}
		return b.String(), min(i, end), ""
	}
}
