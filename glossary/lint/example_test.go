package lint_test

import (
	"fmt"
	"time"

	"drogman/glossary"
	"drogman/glossary/lint"
)

func ExampleCheck() {
	g, _ := glossary.Load(glossary.File{Name: "g.yaml", Data: []byte(
		"glossary: {source: fr, target: en}\nterms:\n  mer: {en: [sea, ocean], avoid: ocean}\n")})
	found, _ := lint.Check(g, lint.Options{Now: time.Now()})
	for _, f := range found {
		fmt.Println(f.Place, f.Severity, f.Code, f.Have)
	}
	// Output: g.yaml:3:34 error glossary-forbidden-preferred ocean
}
