// Package devdata finds the development data that tests are measured by, and makes the
// corpus of hostile files. Both lie beside the module, not in it: a test that needs what is
// not there is skipped, and says so. Only tests import this package.
package devdata

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Find is a file or folder of the data, by the parts of its path, and whether it is there.
// The data are in the folder that DROGMAN_DATA names, or else in shared/data beside the module.
func Find(parts ...string) (path string, found bool) {
	root := os.Getenv("DROGMAN_DATA")
	if root == "" {
		root = filepath.Join(moduleRoot(), "..", "shared", "data")
	}
	path = filepath.Join(root, filepath.Join(parts...))
	_, err := os.Stat(path)
	return path, err == nil
}

// moduleRoot is the folder of the module that the test runs in.
func moduleRoot() string {
	start, _ := os.Getwd()
	for dir := start; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
	}
	return start
}

// Path is Find, or skips the test.
func Path(t testing.TB, parts ...string) string {
	t.Helper()
	path, found := Find(parts...)
	if !found {
		t.Skipf("no %s: set DROGMAN_DATA to the folder of the development data", path)
	}
	return path
}

// Hostile is a file of the hostile corpus and what its manifest says of it.
type Hostile struct {
	ID, Class string
	Name      string // its path in the corpus, with slashes
	Path      string
	Hazard    string
	Expect    string // begins with accept, warn, reject or bound
}

// Corpus makes the hostile corpus in a folder of the test's own, or skips the test where its
// generator cannot run.
func Corpus(t testing.TB) (dir string, rows []Hostile) {
	t.Helper()
	script := Path(t, "..", "tools", "gen_hostile.py")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("the hostile corpus needs python3")
	}
	dir = t.TempDir()
	if out, err := exec.Command(python, script, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	manifest, err := os.ReadFile(filepath.Join(dir, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(manifest)), "\n")[1:] {
		f := strings.Split(line, "\t")
		rows = append(rows, Hostile{f[0], f[1], f[2], filepath.Join(dir, filepath.FromSlash(f[2])), f[3], f[4]})
	}
	return dir, rows
}
