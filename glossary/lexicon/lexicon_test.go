package lexicon

import (
	"fmt"
	"strings"
	"testing"
)

// show writes an analysis as "lemma kind slot: form/slots …".
func show(a Analysis) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %c%x:", a.Lemma(), "nv"[a.Kind], a.Slots)
	forms := a.Forms()
	if len(forms) > 6 {
		fmt.Fprintf(&b, " %d forms", len(forms))
		return b.String()
	}
	for _, f := range forms {
		fmt.Fprintf(&b, " %s/%x", f.Text, f.Slots)
	}
	return b.String()
}

func TestAnalyse(t *testing.T) {
	tests := []struct{ form, want string }{
		{"acteur", "acteur n1: acteur/1 acteurs/2 actrice/4 actrices/8"},
		{"actrices", "acteur n8: acteur/1 acteurs/2 actrice/4 actrices/8"},
		{"centrale", "central n4: central/1 centrale/4 centrales/8 centraux/2"},
		{"arme", "arme n5: arme/5 armes/a; armer v0: 40 forms"},
		{"mise", "mise n5: mise/5 mises/a; mettre v0: 38 forms; miser v0: 40 forms"},
		{"gaulois", "gaulois n3: gaulois/3 gauloise/4 gauloises/8"},
		{"heureuses", "heureux n8: heureux/3 heureuse/4 heureuses/8"},
		{"taux", "taux nf: taux/f"},
		{"travaux", "travail na: travail/5 travaux/a"},
		{"vieil", "vieux n1: vieux/3 vieil/1 vieille/4 vieilles/8"},
		{"pouvoirs", "pouvoir na: pouvoir/5 pouvoirs/a"},
		{"pouvoir", "pouvoir n5: pouvoir/5 pouvoirs/a; pouvoir v0: 45 forms"},
		{"porte-parole", "porte-parole n5: porte-parole/5 porte-paroles/a"},
		{"ouvrières", "ouvrier n8: ouvrier/1 ouvriers/2 ouvrière/4 ouvrières/8"},
		{"traité", "traité n5: traité/5 traités/a; traiter v0: 40 forms"},
		{"xyzzy", ""},
		{"", ""},
	}
	for _, test := range tests {
		var got []string
		for _, a := range French().Analyse(test.form) {
			got = append(got, show(a))
		}
		if g := strings.Join(got, "; "); g != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.form, g, test.want)
		}
	}
}

func ExampleLexicon_Analyse() {
	for _, a := range French().Analyse("actrices") {
		fmt.Print(a.Lemma(), ":")
		for _, f := range a.Forms() {
			fmt.Print(" ", f.Text)
		}
		fmt.Println()
	}
	// Output: acteur: acteur acteurs actrice actrices
}

func BenchmarkAnalyse(b *testing.B) {
	for b.Loop() {
		if len(French().Analyse("nationalisations")) != 1 {
			b.Fatal("not found")
		}
	}
}
