package check_test

import (
	"fmt"

	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
)

func Example() {
	g, err := glossary.Load(glossary.File{Name: "glossary.yaml", Data: []byte(`
glossary: {source: fr, target: en}
places:
  Alep: Aleppo
`)})
	if err != nil {
		panic(err)
	}
	checker, err := check.New(check.Options{
		Glossary:  g,
		Languages: bitext.Languages{Source: language.French, Target: language.English},
	})
	if err != nil {
		panic(err)
	}
	units := func(yield func(bitext.Unit, error) bool) {
		yield(bitext.Unit{ID: "1", Source: "La bataille d'Alep a fait 300 morts.", Target: "The battle of Alep left 800 dead."}, nil)
	}
	batch := checker.Batch()
	for f, err := range batch.Findings(units) {
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s %s: %q, want %q\n", f.Severity, f.Code, f.Have, f.Want)
	}
	fmt.Printf("%.0f%% of terms answered\n", 100*batch.Scores().Success)
	// Output:
	// error term-untranslated: "Alep", want "Aleppo"
	// error number: "800", want "300"
	// 0% of terms answered
}

func ExampleBaseline() {
	known := check.Baseline{}
	old := check.Finding{Code: "number", Unit: "1", Have: "800", Want: "300"}
	known.Add(&old)
	fresh := check.Finding{Code: "number", Unit: "2", Have: "5", Want: "6"}
	fmt.Println(known.Take(&old), known.Take(&fresh))
	// Output: true false
}
