package check

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"drogman/glossary"
	"drogman/pipeline/bitext"
)

// seedBatch is every case of every rule as one batch, each case a document of its own.
func seedBatch() []bitext.Unit {
	var units []bitext.Unit
	for _, r := range Rules {
		pairs := []Pair{r.Before, r.After}
		for _, c := range r.Cases {
			pairs = append(pairs, c.Pair)
		}
		for i, p := range pairs {
			for j, u := range unitsOf(p) {
				u.Document = fmt.Sprint(r.Code, i)
				u.ID = fmt.Sprint(r.Code, i, "::", j)
				units = append(units, u)
			}
		}
	}
	return units
}

// told is the set of findings, as sorted lines.
func told(t testing.TB, c *Checker, units []bitext.Unit) []string {
	var lines []string
	for _, f := range findAll(t, c, units) {
		source, target := f.Spans()
		if f.Side != Whole && (source.End > len(f.Texts.Source) || target.End > len(f.Texts.Target) || f.Start > f.End) {
			t.Errorf("%s of %q stands outside its texts: %v %v", f.Code, f.Unit, source, target)
		}
		lines = append(lines, fmt.Sprint(f.Fingerprint(), f.Code, f.Severity, f.Unit, f.Start, f.End, f.Count, f.Of))
	}
	slices.Sort(lines)
	return lines
}

// The order of the documents changes no finding; nor does the number of workers; nor a
// concept that no unit has.
func TestLaws(t *testing.T) {
	units := seedBatch()
	want := told(t, testChecker(t), units)
	if len(want) < 40 {
		t.Fatalf("the cases give only %d findings", len(want))
	}
	shuffled := slices.Clone(units)
	for i := range 5 {
		random := rand.New(rand.NewPCG(uint64(i), 1))
		documents := map[string]int{}
		for _, u := range units {
			documents[u.Document] = random.Int()
		}
		slices.SortStableFunc(shuffled, func(a, b bitext.Unit) int { return documents[a.Document] - documents[b.Document] })
		if got := told(t, testChecker(t), shuffled); !slices.Equal(got, want) {
			t.Errorf("another order finds otherwise: %v", difference(got, want))
		}
	}
	if got := told(t, withJobs(t, 7, ""), units); !slices.Equal(got, want) {
		t.Errorf("more workers find otherwise: %v", difference(got, want))
	}
	if got := told(t, withJobs(t, 1, "\n  Tombouctou-sur-Mer: Timbuktu-on-Sea\n"), units); !slices.Equal(got, want) {
		t.Errorf("an unrelated concept changes: %v", difference(got, want))
	}
}

func difference(a, b []string) []string {
	return append(slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) }),
		slices.DeleteFunc(slices.Clone(b), func(s string) bool { return slices.Contains(a, s) })...)
}

// withJobs is the checker of the test glossary, with one place more.
func withJobs(t testing.TB, jobs int, place string) *Checker {
	t.Helper()
	text := strings.Replace(testGlossary, "places:", "places:"+place, 1)
	g, err := glossary.Load(glossary.File{Name: "g.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Options{Glossary: g, Languages: frenchToEnglish, Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// FuzzCheck: whatever the texts, every finding stands within them, a baseline made from a
// run silences exactly that run, and the order of two documents changes nothing.
func FuzzCheck(f *testing.F) {
	for _, u := range seedBatch() {
		f.Add(u.Source, u.Target)
	}
	f.Add("l’«\xff\u0301 1.2.3.4 20h\u202f3 XXe", "\u0301\u0301 $ 1,2,, @ www.")
	c := testChecker(f)
	f.Fuzz(func(t *testing.T, source, target string) {
		one := bitext.Unit{ID: "1", Document: "a", Source: source, Target: target, Languages: frenchToEnglish}
		two := bitext.Unit{ID: "1", Document: "b", Source: "Alep et 12 Watson", Target: "Alep and 13 Watsun", Languages: frenchToEnglish}
		forward := told(t, c, []bitext.Unit{one, two})
		if backward := told(t, c, []bitext.Unit{two, one}); !slices.Equal(forward, backward) {
			t.Errorf("order matters: %v", difference(forward, backward))
		}
		known := Baseline{}
		found := findAll(t, c, []bitext.Unit{one})
		for i := range found {
			known.Add(&found[i])
		}
		for i := range found {
			if !known.Take(&found[i]) {
				t.Errorf("the baseline lets %s through", found[i].Code)
			}
		}
	})
}

// BenchmarkCheck judges the seed batch over and over.
func BenchmarkCheck(b *testing.B) {
	units := seedBatch()
	c := testChecker(b)
	want := len(findAll(b, c, units))
	size := 0
	for _, u := range units {
		size += len(u.Source) + len(u.Target)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if got := len(findAll(b, c, units)); got != want {
			b.Fatalf("%d findings, want %d", got, want)
		}
	}
}
