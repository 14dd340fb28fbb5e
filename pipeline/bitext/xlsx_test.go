package bitext

import (
	"archive/zip"
	"bytes"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A sheet of 40 MB is read in the memory of its packed file and a few rows, and nothing
// stays in the temporary folder, however the reading ends.
func TestXLSXMemory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var file bytes.Buffer
	f, _ := FormatFor("xlsx")
	w, err := NewWriter(&file, f, Header{})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("Une phrase. ", 80)
	const rows = 20_000
	for range rows {
		if err := w.Write(Unit{Source: long, Target: long}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = nil
	before := heap()
	count := 0
	for u, err := range Read(bytes.NewReader(file.Bytes()), "x", f) {
		if err != nil || u.Source != long {
			t.Fatal(u, err)
		}
		if count++; count == rows/2 {
			if used := heap() - before; used > 8<<20 {
				t.Errorf("half-way %d bytes are in use", used)
			}
			break
		}
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// A workbook's other sheets are no part of any unit, and are said.
func TestXLSXSheets(t *testing.T) {
	book := excelize.NewFile()
	book.SetSheetRow("Sheet1", "A1", &[]string{"source", "target"})
	book.SetSheetRow("Sheet1", "A3", &[]any{"=1+1", 2.5})
	book.NewSheet("Autre")
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	f, _ := FormatFor("xlsx")
	if got, want := summaries(f, file.Bytes(), ReadOptions{}), " [> translated] =1+1 = 2.5\nmap[sheet Autre:1]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A small file that unpacks to a gigabyte is refused before it is unpacked.
func TestXLSXBomb(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	part, _ := archive.Create("xl/worksheets/sheet1.xml")
	zeros := make([]byte, 1<<20)
	for range 40 {
		part.Write(zeros)
	}
	archive.Close()
	f, _ := FormatFor("xlsx")
	if got := summaries(f, file.Bytes(), ReadOptions{}); got != "error gzip-bomb 0:0" {
		t.Error(got)
	}
}
