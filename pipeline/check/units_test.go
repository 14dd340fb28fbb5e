package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
)

func TestCode(t *testing.T) {
	open, shut := bitext.Code{Kind: bitext.Open, ID: "1", Data: "<b>"}, bitext.Code{Kind: bitext.Close, ID: "1", Data: "</b>"}
	open2, shut2 := bitext.Code{Kind: bitext.Open, ID: "2"}, bitext.Code{Kind: bitext.Close, ID: "2"}
	image := bitext.Code{ID: "3", Data: "<img>"}
	pair := []bitext.Code{open, shut}
	c := testChecker(t, "code")
	for _, one := range []struct {
		source, target []bitext.Code
		want           string
	}{
		{pair, pair, ""},
		{pair, []bitext.Code{open}, "missing </1> (</b>)"},
		{pair, []bitext.Code{shut}, "missing <1> (<b>)"},
		{nil, []bitext.Code{image}, "extra <img>"},
		{[]bitext.Code{image, image}, []bitext.Code{image}, "missing <1/> (<img>)"},
		{append(slices.Clone(pair), image), append([]bitext.Code{image}, pair...), ""},
		{pair, []bitext.Code{shut, open}, "swapped </1> (</b>)"},
		{[]bitext.Code{open, open2, shut2, shut}, []bitext.Code{open, open2, shut, shut2}, "swapped </1> (</b>)"},
	} {
		u := bitext.Unit{Source: "a", Target: "b", SourceCodes: one.source, TargetCodes: one.target}
		var got []string
		for _, f := range findAll(t, c, []bitext.Unit{u}) {
			got = append(got, strings.TrimSpace(fmt.Sprint(f.Reason, " ", f.Have, f.Want)))
		}
		if strings.Join(got, ", ") != one.want {
			t.Errorf("%v → %v: %q, want %q", one.source, one.target, got, one.want)
		}
	}
}

// An outlier is one by the batch's own measure: below fifty units nothing is said, and
// the outliers themselves do not shift the measure.
func TestLength(t *testing.T) {
	c := testChecker(t, "length")
	var units []bitext.Unit
	for i := range 60 {
		units = append(units, bitext.Unit{ID: fmt.Sprint(i), Source: strings.Repeat("mot ", 20+i), Target: strings.Repeat("term", 18+i)})
	}
	units[7].Target = "term"
	if got := findAll(t, c, units); len(got) != 1 || got[0].Unit != "7" || got[0].Have != "4%" {
		t.Errorf("%+v", got)
	}
	if got := findAll(t, c, units[:40]); len(got) != 0 {
		t.Errorf("in a small batch: %+v", got)
	}
}

// A term that was moved over the cut between two segments is found beyond it.
func TestNeighbour(t *testing.T) {
	c := testChecker(t, "term-missing")
	units := unitsOf(Pair{
		"Il a quitté hier avec toute sa famille l'Allemagne.\nIl vit à Paris.",
		"He left yesterday.\nWith all his family he left Germany and lives in Paris.",
	})
	got := findAll(t, c, units)
	if len(got) != 1 || got[0].Reason != Elsewhere || got[0].Severity != Advisory {
		t.Errorf("%+v", got)
	}
	units[1].Document = "another"
	if got := findAll(t, c, units); len(got) != 1 || got[0].Severity != Error {
		t.Errorf("in another document: %+v", got)
	}
}

// An error of the stream is told in its place, and the units after it are judged.
func TestStreamErrors(t *testing.T) {
	broken := &bitext.Error{Code: "broken"}
	units := func(yield func(bitext.Unit, error) bool) {
		for i, u := range unitsOf(Pair{"Alep\nAlep", "Alep\nAlep"}) {
			if i == 1 && !yield(bitext.Unit{}, broken) || !yield(u, nil) {
				return
			}
		}
	}
	var told []string
	for f, err := range testChecker(t, "term-untranslated").Batch().Findings(units) {
		if err != nil {
			told = append(told, err.(*bitext.Error).Code)
			continue
		}
		told = append(told, f.Unit)
	}
	if !slices.Equal(told, []string{"a", "broken", "b"}) {
		t.Errorf("%q", told)
	}
}

// A consumer that stops leaves nothing running that it could notice.
func TestStop(t *testing.T) {
	units := make([]bitext.Unit, 5*chunkSize)
	for i := range units {
		units[i] = bitext.Unit{ID: fmt.Sprint(i), Source: "Alep", Target: "Alep"}
	}
	n := 0
	for range testChecker(t).Batch().Findings(stream(units)) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d findings", n)
	}
}

// The spool gives back what was put, from memory and from its file.
func TestSpool(t *testing.T) {
	var s spool
	defer s.close()
	put := func(i int) *bitext.Unit {
		return &bitext.Unit{ID: fmt.Sprint(i), Document: "d", Source: strings.Repeat("s", i), Target: "é", Place: bitext.Place{File: "f", Line: i, Column: 2}}
	}
	for i := range 50 {
		if n, err := s.put(put(i)); n != i || err != nil {
			t.Fatal(n, err)
		}
		if i%20 == 19 {
			if err := s.flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for i := range 50 {
		u, err := s.get(i)
		if want := put(i); err != nil || u.ID != want.ID || u.Source != want.Source || u.Target != want.Target || u.Place != want.Place {
			t.Errorf("unit %d came back as %+v, %v", i, u, err)
		}
	}
}

func TestScores(t *testing.T) {
	b := testChecker(t).Batch()
	for range b.Findings(stream(unitsOf(Pair{
		"Alep et Alep.\nUn cessez-le-feu.\nLe cessez-le-feu.\nCe cessez-le-feu.",
		"Aleppo and it.\nA ceasefire.\nThe ceasefire.\nThis cease-fire.",
	}))) {
	}
	s := b.Scores()
	if s.Units != 4 || s.Terms != 5 || s.Answered != 4 || s.Success != 0.8 || s.Consistency != 0.75 {
		t.Errorf("%+v", s)
	}
	if c := s.Concepts[len(s.Concepts)-1]; len(c.Renderings) != 2 || c.Renderings[0] != (Rendering{"ceasefire", 2}) {
		t.Errorf("%+v", c)
	}
}

// Numbers of each language, by the value they are read as.
func TestQuantities(t *testing.T) {
	for _, one := range []struct {
		tongue *tongue
		text   string
		want   string
	}{
		{&french, "3,5 milliards", "35e8"},
		{&french, "1 234 567", "1234567e0"},
		{&french, "quatre-vingt-dix-neuf", "99e0"},
		{&french, "deux cent trente et un mille", "231e3"},
		{&french, "soixante et onze", "71e0"},
		{&french, "mille neuf cent quatre-vingts", "198e1"},
		{&french, "COVID-19", "19e0"},
		{&french, "XXIe siècle", "21e0"},
		{&french, "un, deux, trois", "1e0 2e0 3e0"},
		{&french, "Le Conseil", ""},
		{&english, "three hundred and five thousand", "305e3"},
		{&english, "twenty-first century", "21e0"},
		{&english, "$2.5bn", "25e8"},
		{&english, "1,000,000", "1e6"},
		{&english, "www.a.com/2019", ""},
		{&english, "12345678901234567890123", "?"},
	} {
		raw := newText(one.text, one.tongue)
		var got []string
		for _, q := range quantities(&raw) {
			v := q.values[0]
			if v.e == 127 {
				got = append(got, "?")
				continue
			}
			got = append(got, fmt.Sprintf("%de%d", v.m, v.e))
		}
		if strings.Join(got, " ") != one.want {
			t.Errorf("%q: %q, want %q", one.text, got, one.want)
		}
	}
}
