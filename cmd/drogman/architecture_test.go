package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport is the architecture: for each package, the packages of the house it may
// import. An arrow only points down (docs/architecture.md). A package that is not listed
// fails, and so does an arrow that is not, and a row without its package.
var mayImport = map[string][]string{
	"pipeline/bitext":        {},
	"glossary":               {"glossary/lexicon"},
	"glossary/lexicon":       {},
	"glossary/lexicon/build": {"glossary/lexicon"}, // a program: makes the lexicon's data
	"glossary/edit":          {"glossary"},
	"glossary/exchange":      {"glossary"},
	"glossary/extract":       {"glossary", "glossary/lexicon"},
	"glossary/lint":          {"glossary", "glossary/lexicon"},
	"seeds":                  {},
	"locales":                {},
	"seeds/devdata":          {}, // for tests alone

	"pipeline/document":    {"pipeline/bitext"},
	"pipeline/segment":     {"pipeline/bitext"},
	"pipeline/align":       {},
	"pipeline/align/words": {"pipeline/align"}, // common words of a language pair
	"pipeline/suspect":     {},

	"pipeline/check":  {"pipeline/bitext", "glossary", "glossary/lexicon"},
	"pipeline/report": {"pipeline/bitext", "pipeline/check", "glossary"},

	"pipeline": {"pipeline/bitext", "pipeline/document", "pipeline/segment", "pipeline/align", "pipeline/align/words", "pipeline/suspect", "glossary"},

	"cmd/drogman": {"*"},
}

func TestArchitecture(t *testing.T) {
	root := filepath.Join("..", "..")
	for pkg := range mayImport {
		if found, _ := filepath.Glob(filepath.Join(root, filepath.FromSlash(pkg), "*.go")); len(found) == 0 {
			t.Errorf("the table of the architecture has %s, which is no package", pkg)
		}
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "testdata" || rel == "bench") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		checkImports(t, path, filepath.ToSlash(filepath.Dir(rel)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImports(t *testing.T, file, pkg string) {
	allowed, listed := mayImport[pkg]
	if !listed {
		t.Errorf("%s: package %s is not in the table of the architecture", file, pkg)
		return
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range parsed.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		if pkg != "locales" && strings.HasPrefix(path, "github.com/nicksnyder/go-i18n") {
			t.Errorf("%s: only locales speaks to go-i18n", file)
		}
		ours, ok := strings.CutPrefix(path, "drogman/")
		forTests := ours == "seeds/devdata"
		if ok && (forTests || !slices.Contains(allowed, ours) && !slices.Contains(allowed, "*")) {
			t.Errorf("%s: %s may not import %s", file, pkg, ours)
		}
	}
}
