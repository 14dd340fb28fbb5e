package bitext

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strconv"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// XLSX: the table on the workbook's first sheet, every cell a text, so that nothing is
// taken for a formula, a number or a date. A character that XML cannot hold is shown as
// _xHHHH_; a cell holds at most 32767 UTF-16 units. In memory is the packed file alone: sheet
// and strings are unpacked into a temporary folder and read from there row by row.

const (
	maxCell     = 32767
	maxPacked   = 64 << 20 // bytes of a file
	maxUnpacked = 1 << 30  // bytes of all its parts
	maxPart     = 1 << 20  // bytes of a part that is unpacked in memory
)

type xlsxWriter struct {
	out    io.Writer
	header Header
	book   *excelize.File
	sheet  *excelize.StreamWriter
	layout *tableLayout
	rows   int
}

func writeXLSX(w io.Writer, h Header) Writer { return &xlsxWriter{out: w, header: h} }

func (w *xlsxWriter) start(first *Unit) (err error) {
	if w.layout != nil {
		return nil
	}
	w.layout, w.book = layoutFor(w.header, first), excelize.NewFile()
	if w.sheet, err = w.book.NewStreamWriter("Sheet1"); err != nil {
		return err
	}
	return w.row(w.layout.columns)
}

func (w *xlsxWriter) Write(u Unit) error {
	if err := w.start(&u); err != nil {
		return err
	}
	cells := w.layout.row(&u)
	for i, cell := range cells {
		if len(cell) > maxCell && len(utf16.Encode([]rune(cell))) > maxCell {
			return &Error{Code: "xlsx-cell", Unit: u.ID, Place: u.Place, Have: w.layout.columns[i], Want: strconv.Itoa(maxCell)}
		}
	}
	return w.row(cells)
}

func (w *xlsxWriter) row(cells []string) error {
	w.rows++
	values := make([]any, len(cells))
	for i, cell := range cells {
		if cell != "" {
			values[i] = excelize.Cell{Value: hexEscape(cell, isXMLChar)}
		}
	}
	return w.sheet.SetRow("A"+strconv.Itoa(w.rows), values)
}

func (w *xlsxWriter) Close() error {
	if err := w.start(nil); err != nil {
		return err
	}
	if err := w.sheet.Flush(); err != nil {
		return err
	}
	if err := w.book.Write(w.out); err != nil {
		return err
	}
	return w.book.Close()
}

func readXLSX(in *input, yield func(Unit, error) bool) {
	fail := func(err error) { yield(Unit{}, &Error{Code: "xlsx-file", Place: Place{File: in.name}, Err: err}) }
	packed, err := io.ReadAll(io.LimitReader(in.raw, maxPacked))
	if err != nil {
		fail(err)
		return
	}
	if unpacksTooFar(packed) {
		yield(Unit{}, &Error{Code: "gzip-bomb", Place: Place{File: in.name}})
		return
	}
	folder, err := os.MkdirTemp("", "drogman-")
	if err != nil {
		fail(err)
		return
	}
	defer os.RemoveAll(folder)
	book, err := excelize.OpenReader(bytes.NewReader(packed), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxPart, RawCellValue: true, TmpDir: folder})
	if err != nil {
		fail(err)
		return
	}
	defer book.Close()
	if err := readSheet(in, book, yield); err != nil {
		fail(err)
	}
}

// readSheet reads the table on a workbook's first sheet; the others are losses. What it
// returns is the workbook's fault, faults of the table are yielded.
func readSheet(in *input, book *excelize.File, yield func(Unit, error) bool) error {
	for i, sheet := range book.GetSheetList() {
		if i > 0 {
			in.lose("sheet " + sheet)
		}
	}
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return err
	}
	defer rows.Close()
	var layout *tableLayout
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		for i := range cells {
			cells[i] = hexUnescape(cells[i])
		}
		place := Place{File: in.name, Line: line, Column: 1}
		switch {
		case len(cells) == 0:
		case layout == nil:
			if layout, err = readLayout(cells, in.options.Languages, place); err != nil {
				yield(Unit{}, err)
				return nil
			}
		default:
			if u, _, err := layout.unit(cells, place); !yield(u, err) {
				return nil
			}
		}
	}
	return nil
}

// unpacksTooFar reports whether the parts of an archive say that they are larger than any real
// text; more than they say they cannot unpack to.
func unpacksTooFar(packed []byte) bool {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return false // the next to open it says what is wrong
	}
	size := uint64(0)
	for _, part := range archive.File {
		size += min(part.UncompressedSize64, maxUnpacked+1)
	}
	return size > freeOfRatio && size > maxRatio*uint64(len(packed))
}
