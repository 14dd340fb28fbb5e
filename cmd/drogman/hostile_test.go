package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"drogman/seeds/devdata"
)

// TestHostile holds the commands to the manifest of the hostile corpus, class by class.
// (Package document has the documents themselves, package bitext the bilingual files.)
func TestHostile(t *testing.T) {
	dir, corpus := devdata.Corpus(t)
	rows := map[string][]devdata.Hostile{}
	for _, row := range corpus {
		rows[row.Class] = append(rows[row.Class], row)
	}
	t.Run("paths", func(t *testing.T) { hostilePaths(t, dir, rows["paths"]) })
	t.Run("warnings", func(t *testing.T) { hostileWarnings(t, rows["text"]) })
	t.Run("srx", func(t *testing.T) { hostileSRX(t, rows["srx"]) })
}

// actsOnTerminal reports whether a character, written as it is, changes what a terminal shows.
func actsOnTerminal(r rune) bool {
	return r != '\n' && r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e
}

// tree lists all files under a folder.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		found = append(found, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Whatever a bilingual file says of the document it was made from, merge writes where the
// command line says and nowhere else; the name in the file is never a path to it. So the
// names that are none ("", ".") do no harm, and need not be refused.
func hostilePaths(t *testing.T, dir string, rows []devdata.Hostile) {
	work := filepath.Join(t.TempDir(), "a", "b", "c")
	if err := os.MkdirAll(work, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(work)
	if err := os.WriteFile("a.json", []byte(`{"u1": "Bonjour."}`), 0o666); err != nil {
		t.Fatal(err)
	}
	top := filepath.Dir(filepath.Dir(filepath.Dir(work)))
	before := slices.Concat(tree(t, top), tree(t, dir))
	for _, row := range rows {
		code, _, said := drogman("merge", "a.json", row.Path, "-o", "out/a.json")
		if merged, _ := os.ReadFile("out/a.json"); string(merged) != `{"u1": "Hello."}` && !strings.HasSuffix(row.Path, "12.xlf") || code > exitFindings {
			t.Errorf("%s: %d, merged %s, said %s", row.Path, code, merged, said)
		}
		if code, _, said := drogman("convert", row.Path, "out/a.jsonl"); code != exitClean {
			t.Errorf("%s: convert: %d, %s", row.Path, code, said)
		}
		os.RemoveAll("out")
		if after := slices.Concat(tree(t, top), tree(t, dir)); !slices.Equal(before, after) {
			t.Fatalf("%s: files outside the output folder: %q", row.Path, after)
		}
		if strings.ContainsFunc(said, actsOnTerminal) {
			t.Errorf("%s: said %q", row.Path, said)
		}
	}
	if len(rows) < 22 {
		t.Errorf("only %d rows", len(rows))
	}
	if _, err := os.Stat("/tmp/pwn.txt"); err == nil {
		t.Error("/tmp/pwn.txt was written")
	}
}

// A document may have any name that a file can have: its bilingual files lie in the output
// folder, and what is said of it cannot act on a terminal.
func TestHostileNames(t *testing.T) {
	work := filepath.Join(t.TempDir(), "a")
	if err := os.Mkdir(work, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(work)
	names := []string{"-rf.txt", "~.txt", "%2e%2e%2fp.txt", "a\x1b[31mb.txt", "a\u009b31mb.txt", "n\nl.txt", "gpj.\u202eexe.txt", "\xff.txt", "CON.txt", "corpus.txt",
		"aux.txt.txt", "doc.txt:stream.txt", "e\u0301.txt", "\u00e9.txt", ".txt", "..txt", "...txt", strings.Repeat("x", 251) + ".txt", strings.Repeat("x", 250) + "y.txt", strings.Repeat("é", 125) + ".txt"}
	written := 0
	for i, name := range names {
		if err := os.WriteFile(name, fmt.Appendf(nil, "Phrase %d.\n", i), 0o666); err != nil {
			t.Logf("this system has no %q: %v", name, err)
			names[i] = ""
			continue
		}
		written++
	}
	before := tree(t, filepath.Dir(work))
	code, _, said := drogman("run", "-v", "--emit", "tsv,jsonl", "--out", "out", "*.txt", ".*txt")
	if code != exitClean || !strings.Contains(said, fmt.Sprint(written, " documents")) {
		t.Errorf("%d: %s", code, said)
	}
	if hidden := strings.IndexFunc(said, actsOnTerminal); hidden >= 0 {
		t.Errorf("said %q", said[hidden:])
	}
	out := tree(t, "out")
	if len(out) != 1+2*(written+1) {
		t.Errorf("%d documents gave %q", written, out)
	}
	for _, file := range out[1:] {
		if filepath.Dir(file) != "out" {
			t.Errorf("written %q", file)
		}
	}
	os.RemoveAll("out")
	if after := tree(t, filepath.Dir(work)); !slices.Equal(before, after) {
		t.Errorf("files outside the output folder: %q", after)
	}
}

// The texts of which the manifest says "warn" are told of, and no text of which it says
// "accept" without a reason; none is kept otherwise than byte for byte.
func hostileWarnings(t *testing.T, rows []devdata.Hostile) {
	t.Chdir(t.TempDir())
	warned := 0
	for _, row := range rows {
		code, _, said := drogman("run", "--emit", "jsonl", "--out", "out", row.Path)
		warns := strings.Contains(said, " [text-")
		switch base := filepath.Base(row.Path); {
		case strings.Contains(row.Expect, "warn"):
			warned++
			if !warns || code != exitClean {
				t.Errorf("%s: %s: %d, %s", base, row.Expect, code, said)
			}
		case warns && !slices.Contains([]string{"T12-ansi.txt", "T16-zero-width-in-term.txt", "T31-noncharacters.txt"}, base):
			t.Errorf("%s: %s", base, said)
		}
		if strings.ContainsRune(said, '\x1b') {
			t.Errorf("%s: said %q", row.Path, said)
		}
	}
	if warned < 4 {
		t.Errorf("only %d rows that ask for a warning", warned)
	}
}

// Rules that would loop, blow up or are written for another engine are refused by the line
// they stand on, or run in linear time, as the manifest says of each.
func hostileSRX(t *testing.T, rows []devdata.Hostile) {
	t.Chdir(t.TempDir())
	os.WriteFile("a.txt", []byte(strings.Repeat("a", 5000)+"! Une phrase. Une autre.\n"), 0o666)
	for _, row := range rows {
		code, _, said := drogman("segment", "-l", "fr", "--srx", row.Path, "a.txt")
		refused := code == exitUsage && strings.Contains(said, filepath.Base(row.Path)+":")
		must := strings.HasPrefix(row.Expect, "reject")
		if code != exitClean && !refused || must && !refused {
			t.Errorf("%s: %s: %d, %s", filepath.Base(row.Path), row.Expect, code, said)
		}
	}
	if len(rows) < 8 {
		t.Errorf("only %d rows", len(rows))
	}
}
