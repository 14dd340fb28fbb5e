package document

import (
	"fmt"
	"slices"
	"testing"
)

func TestPress(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"x.txt", "L’OTAN et Alep\n\nPar Anne Martin\n\nALEP (Syrie), 3 décembre (AFP) – Les milices avancent. Encore.\n\nPARIS – Fin.\n",
			[]string{"headline: L’OTAN et Alep", "byline: Par Anne Martin", "dateline: ALEP (Syrie), 3 décembre (AFP) –", "paragraph: Les milices avancent. Encore.", "paragraph: PARIS – Fin."}},
		{"x.html", "<h1>Titre</h1><p>Paris (Reuters) – Une phrase.</p>", []string{"headline: Titre", "dateline: Paris (Reuters) –", "paragraph: Une phrase."}},
		{"x.txt", "Une phrase – avec un tiret – finit ici.\n", []string{"paragraph: Une phrase – avec un tiret – finit ici."}},
	} {
		d := checkLaws(t, []byte(c.text), c.name, Options{Press: true})
		var got []string
		for _, b := range d.Blocks {
			got = append(got, fmt.Sprintf("%s: %s", b.Kind, b.Text))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
		again := string(merged(t, d, own))
		if again != c.text {
			t.Errorf("identity: %q", again)
		}
	}
}
