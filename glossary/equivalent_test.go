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
people:
  Bachar al-Assad: {fr: Assad, en: [Bashar al-Assad, Assad], avoid: Bachar}
terms:
  cessez-le-feu: {fr: arrêt des hostilités, en: [ceasefire, cessation of hostilities]}
`)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		concept  int
		of, want string
	}{
		{0, "ONU", "UN"},
		{0, "O.N.U.", "UN"},
		{0, "Organisation des Nations unies", "United Nations"},
		{1, "OTAN", "NATO"},
		{1, "Organisation du traité de l'Atlantique nord", "NATO"}, // there is no full form
		{2, "Bachar al-Assad", "Bashar al-Assad"},
		{2, "Assad", "Assad"},
		{3, "arrêt des hostilités", "ceasefire"}, // the house's word, whatever the source's
	} {
		got, ok := g.Concepts[c.concept].Equivalent(&Term{Text: c.of}, language.BritishEnglish)
		if !ok || got.Text != c.want {
			t.Errorf("Equivalent(%s) = %q, %v, want %q", c.of, got.Text, ok, c.want)
		}
	}
}
