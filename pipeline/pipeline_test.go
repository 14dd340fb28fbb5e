package pipeline

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
	"drogman/pipeline/segment"
	"drogman/seeds"
)

// sampleSide is one language of the sample project.
func sampleSide(t testing.TB, g *glossary.Glossary, lang language.Tag) Side {
	t.Helper()
	cutter, err := segment.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	matcher, err := g.Compile(lang)
	if err != nil {
		t.Fatal(err)
	}
	return Side{cutter, matcher}
}

func samplePipeline(t testing.TB) *Pipeline {
	t.Helper()
	names, _ := fs.Glob(seeds.Sample, "glossary/*.yaml")
	var files []glossary.File
	for _, name := range names {
		files = append(files, glossary.File{Name: name, Data: []byte(read(t, name))})
	}
	g, err := glossary.Load(files...)
	if err != nil {
		t.Fatal(err)
	}
	return &Pipeline{
		Languages: bitext.Languages{Source: language.French, Target: language.BritishEnglish},
		Source:    sampleSide(t, g, language.French),
		Target:    sampleSide(t, g, language.BritishEnglish),
	}
}

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := fs.ReadFile(seeds.Sample, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func textFile(name, text string) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

// What comes out does not depend on the number of workers, and the units of a document
// are its segments in order, each where its span says.
func TestPrepare(t *testing.T) {
	p := samplePipeline(t)
	text := strings.Repeat(read(t, "fr/alep.txt")+"\n", 30) // several batches
	sources := []Source{{File: textFile("a.txt", text)}, {File: textFile("empty.txt", "")}, {File: textFile("b.txt", "Alep est prise.")}}
	var want []Batch
	for _, workers := range []int{1, 2, 8} {
		var got []Batch
		for b := range p.Prepare(workers, slices.Values(sources)) {
			b.Source.Open = nil
			got = append(got, b)
		}
		if want == nil {
			want = got
		}
		if d := cmp.Diff(want, got, cmp.AllowUnexported(Batch{}, Names{}), cmp.Comparer(func(a, b language.Tag) bool { return a == b })); d != "" {
			t.Fatalf("%d workers differ from one: %s", workers, d)
		}
	}
	if len(want) < 5 {
		t.Fatalf("%d batches: the text was not spread", len(want))
	}
	ids := map[string]bool{}
	at := 0
	for _, b := range want[:len(want)-2] {
		for _, u := range b.Units {
			if ids[u.ID] {
				t.Fatalf("ID %s twice", u.ID)
			}
			ids[u.ID] = true
			if u.SourceSpan.Start < at || u.SourceSpan.In(text) != u.Source {
				t.Fatalf("unit %s is not at %v", u.ID, u.SourceSpan)
			}
			at = u.SourceSpan.End
		}
	}
	last := want[len(want)-1]
	if !last.Last || len(last.Units) != 1 || len(last.Units[0].Terms) != 1 || last.Units[0].Terms[0].Target != "Aleppo" {
		t.Errorf("last batch = %+v", last)
	}
}

// An unreadable document is one batch with the error, and the next document follows.
func TestPrepareReportsInPlace(t *testing.T) {
	broken := errors.New("broken")
	sources := []Source{
		{File: File{Name: "a.txt", Open: func() (io.ReadCloser, error) { return nil, broken }}},
		{File: textFile("b.txt", "Bonjour.")},
	}
	var got []string
	for b := range samplePipeline(t).Prepare(2, slices.Values(sources)) {
		got = append(got, fmt.Sprintln(b.Source.Name, len(b.Units), b.Last, errors.Is(b.Err, broken)))
	}
	if want := []string{"a.txt 0 true true\n", "b.txt 1 true false\n"}; !slices.Equal(got, want) {
		t.Errorf("batches %q, want %q", got, want)
	}
}

// The sample and its translation: every sentence finds its own, by the numbers, names and
// terms both have.
func TestAlign(t *testing.T) {
	p := samplePipeline(t)
	source, err := document.Open([]byte(read(t, "fr/alep.txt")), "fr/alep.txt", document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	target, err := document.Open([]byte(read(t, "en/alep.txt")), "en/alep.txt", document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	units := p.Align(source, target).Units
	if len(units) < 50 {
		t.Fatalf("%d units", len(units))
	}
	for _, u := range units {
		if u.Source == "" || u.Target == "" || u.State != bitext.Translated {
			t.Errorf("unit %s is one-sided: %q | %q", u.ID, u.Source, u.Target)
		}
		if u.Confidence < 0.5 {
			t.Errorf("unit %s has confidence %v", u.ID, u.Confidence)
		}
	}
}

// A passage that only one side has is kept as a unit of that side alone.
func TestAlignKeepsWhatOneSideHas(t *testing.T) {
	p := samplePipeline(t)
	whole := read(t, "en/alep.txt")
	paragraphs := strings.SplitAfter(read(t, "fr/alep.txt"), "\n\n")
	source, _ := document.Open([]byte(strings.Join(slices.Delete(paragraphs, 4, 6), "")), "a.txt", document.Options{})
	target, _ := document.Open([]byte(whole), "b.txt", document.Options{})
	var kept strings.Builder
	added := 0
	for _, u := range p.Align(source, target).Units {
		if u.Source == "" {
			added++
		}
		kept.WriteString(u.Target)
	}
	if added == 0 {
		t.Error("no unit without source")
	}
	letters := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if letters(kept.String()) != letters(whole) {
		t.Error("some of the translation is lost or moved")
	}
}

// Marks are what both texts name about equally often, the outermost alone, once a sentence.
func TestMarks(t *testing.T) {
	p := samplePipeline(t)
	source := []string{"Alep, Alep, la ville d'Alep et l'OTAN.", "L'OTAN.", "L'OTAN."}
	target := []string{"Aleppo and NATO.", "The alliance.", "The alliance."}
	inSource, inTarget := Marks(source, p.Source.Matcher, target, p.Target.Matcher)
	if got, want := fmt.Sprint(inSource, inTarget), "[[places/Alep] [] []] [[places/Alep] [] []]"; got != want {
		t.Errorf("marks %s, want %s", got, want)
	}
	if a, b := Marks(source, nil, target, p.Target.Matcher); a != nil || b != nil {
		t.Error("marks without a glossary")
	}
}

// ordered keeps the order whatever each value costs, and stops when the reader does.
func TestOrdered(t *testing.T) {
	numbers := func(n int) iter.Seq[int] {
		return func(yield func(int) bool) {
			for i := 0; i < n && yield(i); i++ {
			}
		}
	}
	slow := func(i int) int {
		time.Sleep(time.Duration(i%3) * time.Millisecond)
		return i * i
	}
	before := runtime.NumGoroutine()
	for _, workers := range []int{1, 3, 16} {
		next := 0
		for square := range ordered(workers, numbers(100), slow) {
			if square != next*next {
				t.Fatalf("%d workers: got %d after %d", workers, square, next)
			}
			next++
		}
		if next != 100 {
			t.Fatalf("%d workers: %d results", workers, next)
		}
		for range ordered(workers, numbers(1000), slow) {
			break
		}
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines were left behind", after-before)
	}
}

func TestTally(t *testing.T) {
	var a, b Tally
	a.Add(&bitext.Unit{Source: "« Oui », dit-il à 20 h : bien.", Target: "x"})
	b.Add(&bitext.Unit{Source: "Alep", Terms: []bitext.Occurrence{{Kind: "places"}, {Kind: "places", Nested: true}}})
	a.Merge(b)
	want := Tally{Segments: 2, Words: 7, Translated: 1, Terms: map[string]int{"places": 1}}
	if d := cmp.Diff(want, a); d != "" {
		t.Error(d)
	}
}

func ExamplePipeline_Units() {
	cutter, _ := segment.New(language.French)
	g, _ := glossary.Load(glossary.File{Name: "g.yaml", Data: []byte("glossary: {source: fr, target: en}\nplaces:\n  Alep: Aleppo\n")})
	matcher, _ := g.Compile(language.French)
	p := Pipeline{Source: Side{cutter, matcher}, Languages: bitext.Languages{Source: language.French, Target: language.English}}
	block := document.Block{ID: "b", Text: "M. Dupont a quitté Alep. Il reviendra."}
	for _, u := range p.Units("lettre.txt", &block) {
		fmt.Println(u.ID, u.Source, u.Terms)
	}
	// Output:
	// b::1 M. Dupont a quitté Alep. [{{20 24} places/Alep places Alep Aleppo false }]
	// b::2 Il reviendra. []
}

func BenchmarkPrepare(b *testing.B) {
	p := samplePipeline(b)
	text := strings.Repeat(read(b, "fr/alep.txt")+"\n", 100)
	source := Source{File: textFile("a.txt", text)}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		segments := 0
		for batch := range p.Prepare(1, slices.Values([]Source{source})) {
			segments += batch.Tally.Segments
		}
		if segments != 5400 {
			b.Fatalf("%d segments, want 5400", segments)
		}
	}
}

// A fault of ours is the error of the document that brought it to light.
func TestPrepareSurvivesACrash(t *testing.T) {
	broken := &Pipeline{} // has no segmenter
	sources := []Source{{File: textFile("a.txt", "Bonjour.")}, {File: textFile("empty.txt", "")}}
	var errs []error
	for b := range broken.Prepare(2, slices.Values(sources)) {
		errs = append(errs, b.Err)
	}
	var crash *Crash
	if len(errs) != 2 || !errors.As(errs[0], &crash) || errs[1] != nil {
		t.Errorf("errors %v, want a crash and none", errs)
	}
}
