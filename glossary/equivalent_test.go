package glossary

import (
	"testing"

	"golang.org/x/text/language"
)

func TestEquivalent(t *testing.T) {
	g, err := Load(File{"g.yaml", []byte(`glossary: {source: fr, target: en}
organisations:
  ONU (Organisation des Nations unies): UN (United Nations)
  OTAN (Organisation du traité de l'Atlantique nord): NATO
`)})
	if err != nil {
		t.Fatal(err)
	}
	for of, want := range map[string]string{
		"ONU":                            "UN",
		"O.N.U.":                         "UN",
		"Organisation des Nations unies": "United Nations",
		"OTAN":                           "NATO",
		"Organisation du traité de l'Atlantique nord": "NATO", // the concept has no full form
	} {
		c := g.Concepts[0]
		if want == "NATO" {
			c = g.Concepts[1]
		}
		if got, ok := c.Equivalent(&Term{Text: of}, language.BritishEnglish); !ok || got.Text != want {
			t.Errorf("Equivalent(%s) = %q, %v, want %q", of, got.Text, ok, want)
		}
	}
}
