package pipeline

import (
	"fmt"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
)

func TestNames(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"Hier, Trump a écrit à Poutine.", "Poutine Trump"},
		{"Trump a écrit.", ""}, // begins the segment
		{"Le Conseil de l'Europe siège.", "Conseil de l'Europe"},
		{"Selon Ramzan al-Kadyrov, « Personne n’ira ».", "Ramzan al-Kadyrov"},
		{"Il a vu Jean-Pierre, Paul et Marie.", "Jean-Pierre Marie Paul"},
		{"Il a vu Paris.", ""}, // a term
		{"Un A, un B.", ""},
		{"", ""},
	} {
		u := bitext.Unit{Source: c.source}
		if i := strings.Index(c.source, "Paris"); i >= 0 {
			u.Terms = []bitext.Occurrence{{Span: bitext.Span{Start: i, End: i + 5}}}
		}
		var n Names
		n.Add(&u)
		var got []string
		top, _ := n.Top(10)
		for _, name := range top {
			got = append(got, name.Text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("names of %q: %q, want %q", c.source, got, c.want)
		}
	}
}

func TestNamesAreBounded(t *testing.T) {
	var n Names
	for range 3 {
		n.see("Souvent", 1)
	}
	for i := range 2*maxNames + 10 {
		n.see(fmt.Sprint("Nom", i), 1)
	}
	if top, all := n.Top(1); all > maxNames || top[0] != (Name{"Souvent", 3}) {
		t.Errorf("%d names kept, the first %v", all, top[0])
	}
}
