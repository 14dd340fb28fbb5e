package edit_test

import (
	"os"
	"testing"

	"drogman/glossary"
	"drogman/glossary/edit"
	"drogman/glossary/exchange"
	"drogman/seeds/devdata"
)

// TestRealListsLoad: lists made by others become files that load.
func TestRealListsLoad(t *testing.T) {
	for name, concepts := range map[string]int{"eurovoc": 7317, "franceterme_recent": 1161, "canlaw_terms": 15473, "countries": 248} {
		f, err := os.Open(devdata.Path(t, "term", name+".fr-en.tsv"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		g, _, err := exchange.Read(f, name, exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		merged := edit.Distinct(g)
		text := edit.Text(g)
		back, err := glossary.Load(glossary.File{Name: name, Data: text})
		if err != nil {
			t.Errorf("%s: %.2000v", name, err)
			continue
		}
		if len(back.Concepts) != len(g.Concepts) || len(g.Concepts) != concepts {
			t.Errorf("%s: %d concepts written, %d loaded, want %d (%d merged)", name, len(g.Concepts), len(back.Concepts), concepts, len(merged))
		}
		again, err := edit.Format(text, edit.Options{})
		if err != nil || string(again) != string(text) {
			t.Errorf("%s: what Text writes is not formatted: %v", name, err)
		}
	}
}
