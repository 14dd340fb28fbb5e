package bitext

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sharedData finds the development data beside the module, or skips.
func sharedData(t testing.TB, parts ...string) string {
	t.Helper()
	dir := os.Getenv("DROGMAN_DATA")
	if dir == "" {
		root, _ := os.Getwd()
		for {
			if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil || filepath.Dir(root) == root {
				break
			}
			root = filepath.Dir(root)
		}
		dir = filepath.Join(root, "..", "shared", "data")
	}
	path := filepath.Join(append([]string{dir}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs %s (set DROGMAN_DATA)", path)
	}
	return path
}

func validateFile(t *testing.T, path string) []*Error {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f, _ := FormatFor("xliff")
	return slices.Collect(Validate(file, filepath.Base(path), f))
}

// The official suites: every valid file is accepted, every invalid one refused.
func TestOfficialSuites(t *testing.T) {
	for _, suite := range []string{"xliff-21", "xliff-22"} {
		root := sharedData(t, "formats", "oasis-xliff", suite, "test-suite")
		files, _ := filepath.Glob(filepath.Join(root, "*", "*", "*.xlf"))
		for _, path := range files {
			rel, _ := filepath.Rel(root, path)
			t.Run(suite+"/"+strings.TrimSuffix(rel, ".xlf"), func(t *testing.T) {
				found := validateFile(t, path)
				invalid := strings.Contains(rel, "invalid")
				if invalid && len(found) == 0 {
					t.Error("accepted")
				}
				for _, e := range found {
					if !invalid {
						t.Error(e)
					}
				}
			})
		}
	}
}
