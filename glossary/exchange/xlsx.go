package exchange

import (
	"bytes"

	"github.com/xuri/excelize/v2"
)

// maxUnzipped bounds what an XLSX may unpack to, in bytes.
const maxUnzipped = 256 << 20

// readXLSX reads the first sheet as a table.
func readXLSX(im *importer, data []byte) {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnzipped, RawCellValue: true})
	if err != nil {
		im.fault(0, 0, "xlsx-unreadable", err.Error(), "")
		return
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		im.fault(0, 0, "table-empty", "", "")
		return
	}
	for _, other := range sheets[1:] {
		im.lose("", "sheet", other)
	}
	records, err := book.GetRows(sheets[0])
	if err != nil {
		im.fault(0, 0, "xlsx-unreadable", err.Error(), "")
		return
	}
	var rows []row
	for i, cells := range records {
		if len(cells) > 0 {
			rows = append(rows, row{trimmed(cells), i + 1})
		}
	}
	im.table(rows)
}

// writeXLSX writes our own table: one sheet, its headings bold and fixed.
func writeXLSX(ex *exporter) {
	book := excelize.NewFile()
	defer book.Close()
	const sheet = "Sheet1"
	rows := ex.sheet()
	ex.err = fillSheet(book, sheet, rows)
	if ex.err == nil {
		ex.err = book.Write(&ex.out)
	}
}

func fillSheet(book *excelize.File, sheet string, rows [][]string) error {
	stream, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := stream.SetColWidth(1, max(1, len(rows[0])), 24); err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, cells := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		values := make([]any, len(cells))
		for j, cell := range cells {
			values[j] = cell
			if i == 0 {
				values[j] = excelize.Cell{StyleID: bold, Value: cell}
			}
		}
		if err := stream.SetRow(at, values); err != nil {
			return err
		}
	}
	return stream.Flush()
}
