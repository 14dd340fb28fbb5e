package lint

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"drogman/glossary"
)

// corpus is the text that the rule about common words is measured on.
var corpus = strings.Split(strings.Repeat("Un homme vit la mer et le vent, la nuit à Paris.\n", 600), "\n")

func TestRules(t *testing.T) {
	for _, rule := range Rules {
		if len(rule.Cases) == 0 {
			t.Errorf("%s has no case", rule.Code)
		}
		for _, c := range rule.Cases {
			g, err := glossary.Load(glossary.File{Name: "x.yaml", Data: []byte("glossary: {source: fr, target: en}\n" + c.Glossary + "\n")})
			if err != nil {
				t.Fatalf("%s: %v", c.Glossary, err)
			}
			found, err := Check(g, Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Corpus: corpus})
			if err != nil {
				t.Fatal(err)
			}
			var have []string
			for _, f := range found {
				if f.Code == rule.Code {
					have = append(have, f.Have)
					if f.Place.Line < 2 || f.Place.Column == 0 || f.Severity != rule.Severity {
						t.Errorf("%s: %+v has no place", rule.Code, f)
					}
				}
			}
			if !slices.Equal(have, c.Finds) {
				t.Errorf("%s in\n%s\nhave %q, want %q", rule.Code, c.Glossary, have, c.Finds)
			}
		}
	}
}

// The sample project is clean but for what is worth knowing.
func TestSampleIsClean(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "seeds", "glossary", "*.yaml"))
	g, err := glossary.LoadFiles(files...)
	if err != nil {
		t.Fatal(err)
	}
	found, err := Check(g, Options{Now: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Severity != Info {
			t.Errorf("%s: %s: %s %s (%s)", f.Place, f.Code, f.Have, f.Want, f.Other)
		}
	}
}
