package glossary_test

import (
	"fmt"

	"drogman/glossary"
)

func Example() {
	g, err := glossary.Load(glossary.File{Name: "syria.yaml", Data: []byte(`
glossary: {source: fr, target: en}
places:
  Alep: Aleppo
terms:
  mise en demeure: [formal notice, notice to comply]
`)})
	if err != nil {
		fmt.Println(err)
		return
	}
	matcher, err := g.Compile(g.Source)
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "MISES EN DEMEURE : l’ONU à Alep"
	for _, o := range matcher.Find(text) {
		target, _ := o.Concept.Preferred(g.Targets[0])
		fmt.Printf("%s → %s (%s: %s)\n", text[o.Start:o.End], target.Text, o.Why, o.Form)
	}
	// Output:
	// MISES EN DEMEURE → formal notice (inflected: mises en demeure)
	// Alep → Aleppo (exact: Alep)
}

func ExampleGlossary_Forms() {
	g, _ := glossary.Load(glossary.File{Name: "g.yaml", Data: []byte("glossary: {source: fr, target: en}\nterms: {secrétaire général: secretary general}\n")})
	c := g.Concepts[0]
	for _, form := range g.Forms(c, &c.Terms[g.Source][0], g.Source) {
		fmt.Println(form)
	}
	// Output:
	// secrétaire général
	// secrétaires généraux
	// secrétaire générale
	// secrétaires générales
}

func ExampleLoad_faults() {
	_, err := glossary.Load(glossary.File{Name: "g.yaml", Data: []byte("glossary: {source: fr, target: en}\nterms:\n  eau: {en: water, nte: fresh}\n")})
	fmt.Println(err)
	// Output: g.yaml:3:20: glossary-unknown-field: have "nte", want "note"
}
