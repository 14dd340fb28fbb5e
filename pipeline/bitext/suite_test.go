package bitext

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"drogman/seeds/devdata"

	"github.com/google/go-cmp/cmp"
)

func validateFile(t *testing.T, path string) []*Error {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f, _ := FormatFor("xliff")
	return slices.Collect(Validate(file, filepath.Base(path), f, ReadOptions{}))
}

// contradictions are the files of the suites that are not what their folder says.
var contradictions = map[string]string{
	"xliff-22/modules/valid/Good-mda_top-level": "its <meta> elements are in the namespace of the core, which has none",
	"xliff-22/modules/valid/Good-pgs_plural":    "not namespace-well-formed: the prefix pgs is not bound",
}

// The official suites: every valid file is accepted, every invalid one refused for the
// reason that testdata/official.txt gives. UPDATE=1 rewrites the reasons.
func TestOfficialSuites(t *testing.T) {
	var reasons strings.Builder
	for _, suite := range []string{"xliff-21", "xliff-22"} {
		root := devdata.Path(t, "formats", "oasis-xliff", suite, "test-suite")
		files, _ := filepath.Glob(filepath.Join(root, "*", "*", "*.xlf"))
		for _, path := range files {
			rel, _ := filepath.Rel(root, path)
			name := suite + "/" + strings.TrimSuffix(filepath.ToSlash(rel), ".xlf")
			t.Run(name, func(t *testing.T) {
				found := validateFile(t, path)
				if strings.Contains(rel, "invalid") {
					fmt.Fprintln(&reasons, name, codesOf(found))
				}
				_, contradicts := contradictions[name]
				if accepted := len(found) == 0; accepted != (strings.Contains(rel, "/valid/") || strings.Contains(rel, "in-out")) != contradicts {
					t.Errorf("accepted: %v; %v", accepted, found)
				}
			})
		}
	}
	golden(t, "official.txt", reasons.String())
}

func codesOf(errs []*Error) string {
	var codes []string
	for _, e := range errs {
		if !slices.Contains(codes, e.Code) {
			codes = append(codes, e.Code)
		}
	}
	return strings.Join(codes, " ")
}

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		os.MkdirAll("testdata", 0o777)
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got:\n%s", path, diff)
	}
}
