package glossary

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// everything is a matcher of the terms of all cases that have no context, so that any
// text may meet any of them.
func everything(t testing.TB, lang language.Tag, cases []matchCase) *Matcher {
	g := &Glossary{Source: language.French, Targets: []language.Tag{language.English}}
	for i, c := range cases {
		part, err := Load(File{"case.yaml", []byte(head + c.entries + "\n")})
		if err != nil {
			t.Fatal(err)
		}
		for _, concept := range part.Concepts {
			if terms := concept.In(lang); len(terms) > 0 && len(terms[0].When)+len(terms[0].Unless) == 0 {
				concept.ID = fmt.Sprint(concept.ID, " ", i)
				g.Concepts = append(g.Concepts, concept)
			}
		}
	}
	m, err := g.Compile(lang)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// lawful checks what holds of any text and its occurrences.
func lawful(t testing.TB, text string, found []Occurrence) {
	t.Helper()
	borders := make([]bool, len(text)+1)
	borders[len(text)] = true
	for i := range text {
		borders[i] = true
	}
	for i, o := range found {
		if o.Start < 0 || o.Start >= o.End || o.End > len(text) || !borders[o.Start] || !borders[o.End] {
			t.Fatalf("%q: bad span %d-%d", text, o.Start, o.End)
		}
		if i > 0 {
			if p := found[i-1]; o.Start < p.Start || o.Start == p.Start && o.End > p.End {
				t.Fatalf("%q: %d-%d after %d-%d", text, o.Start, o.End, p.Start, p.End)
			}
		}
		if o.Form == "" || o.Why == AsWritten && text[o.Start:o.End] != o.Term.Text && !strings.HasSuffix(o.Term.Text, text[o.Start:o.End]) {
			t.Fatalf("%q: %q said to be exactly %q", text, text[o.Start:o.End], o.Term.Text)
		}
	}
}

// spans writes occurrences moved by an offset.
func spans(found []Occurrence, by int) []string {
	var s []string
	for _, o := range found {
		s = append(s, fmt.Sprint(o.Start+by, "-", o.End+by, o.Concept.ID, o.Why, o.Nested, o.Ambiguous))
	}
	return s
}

// FuzzFind: spans lie on the borders of characters, in order; and two paragraphs have the
// occurrences that each has by itself.
func FuzzFind(f *testing.F) {
	for _, c := range frenchCases {
		text, _ := marked(c.text)
		f.Add(text, "l'[OTAN]")
		f.Add("\u0301", text)
	}
	m := everything(f, language.French, frenchCases)
	f.Fuzz(func(t *testing.T, a, b string) {
		inA, inB := m.Find(a), m.Find(b)
		lawful(t, a, inA)
		lawful(t, b, inB)
		const paragraph = "\n\n"
		both := m.Find(a + paragraph + b)
		lawful(t, a+paragraph+b, both)
		got, want := spans(both, 0), slices.Concat(spans(inA, 0), spans(inB, len(a)+len(paragraph)))
		if !slices.Equal(got, want) {
			t.Errorf("%q and %q together:\n got %q\nwant %q", a, b, got, want)
		}
	})
}

// FuzzLoad: any bytes load or have a fault with a place in the file.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(sample))
	for _, c := range faultCases {
		f.Add([]byte(c.file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := Load(File{"f.yaml", data})
		if (g == nil) == (err == nil) {
			t.Fatal(g, err)
		}
		lines := strings.Count(string(data), "\n") + 1
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				fault := e.(*Error)
				if p := fault.Place; p.Line < 1 || p.Line > lines+1 || p.Column < 1 || !slices.Contains(Codes, fault.Code) {
					t.Errorf("%v", fault)
				}
			}
		}
	})
}

// FuzzToken: the scanner reads eight bytes at once what it would read one by one.
func FuzzToken(f *testing.F) {
	f.Add("Ministère", " des Affaires étrangères")
	f.Fuzz(func(t *testing.T, a, b string) {
		text := a + b
		for i := 0; ; {
			long, ok := nextToken(text, i)
			if !ok {
				break
			}
			i = long.end
			word := text[long.start:long.end]
			short, _ := nextToken(word, 0)
			if short.hash != long.hash || short.end != len(word) {
				t.Fatalf("%q in %q", word, text)
			}
		}
	})
}

// patience is what a hostile input may take on a busy machine; anything quadratic takes
// minutes.
const patience = 10 * time.Second

// hostileTexts would be slow were anything quadratic in the text.
var hostileTexts = map[string]string{
	"many starts":       strings.Repeat("a ", 100_000),
	"dotted":            strings.Repeat("O.N.U.", 100_000),
	"dots":              strings.Repeat("A.", 300_000),
	"elisions":          strings.Repeat("l'", 300_000),
	"hyphens":           strings.Repeat("porte-", 100_000),
	"links":             strings.Repeat("www.", 150_000),
	"schemes":           strings.Repeat("a://", 150_000),
	"at signs":          strings.Repeat("a@", 300_000),
	"one word":          strings.Repeat("a", 1_000_000),
	"marks":             "e" + strings.Repeat("\u0301", 300_000),
	"marks everywhere":  strings.Repeat("a\u0301 ", 200_000),
	"blank":             strings.Repeat("a", 1) + strings.Repeat(" ", 500_000) + "a",
	"blanks":            strings.Repeat("Corée"+strings.Repeat(" ", 20), 30_000),
	"overlapping names": strings.Repeat("Corée du Sud Corée du ", 30_000),
	"invalid":           strings.Repeat("\xff\xc3", 300_000),
	"unless phrases":    strings.Repeat("tout le monde ", 50_000),
}

func TestHostileTexts(t *testing.T) {
	entries := "places: {Corée du Sud: x, O.N.U.: x}\nterms:\n  parole: x\n  monde: {en: world, unless: [tout le monde, le monde]}\n"
	for n := 1; n <= 20; n++ {
		entries += "  " + strings.TrimSpace(strings.Repeat("a ", n)) + ": x\n"
	}
	m := compileCase(t, entries, language.French)
	for name, text := range hostileTexts {
		start := time.Now()
		found := m.Find(text)
		if d := time.Since(start); d > patience {
			t.Errorf("%s: %v, %d occurrences", name, d, len(found))
		}
		lawful(t, text, found)
	}
}

// The term lists of the hostile corpus are read, and their terms found.
func hostileLists(t *testing.T, dir string) {
	tests := []struct {
		file, text string
		want       int // occurrences; -1 where the list is refused
	}{
		{"dot-term.tsv", "a. le b", 2},
		{"giant-term.tsv", "", -1},
		{"prefix-bomb.tsv", "", -1},
		{"regex-meta.tsv", "(a+)+$ et [ et .*", 1},
		{"conflict.tsv", "un contrat", 4},
		{"overlap.tsv", "a b c a", 4},
		{"dollar-target.tsv", "un contrat", 1},
	}
	for _, c := range tests {
		paths, _ := filepath.Glob(filepath.Join(dir, "*-"+c.file))
		if len(paths) != 1 {
			t.Fatal(c.file, paths)
		}
		data, err := os.ReadFile(paths[0])
		if err != nil {
			t.Fatal(err)
		}
		g := &Glossary{Source: language.French}
		for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
			term, _, _ := strings.Cut(line, "\t")
			g.Concepts = append(g.Concepts, &Concept{ID: fmt.Sprint(i), Type: Terms, Terms: map[language.Tag][]Term{language.French: {{Text: term}}}})
		}
		m, err := g.Compile(language.French)
		if (err != nil) != (c.want < 0) {
			t.Errorf("%s: %.100v", c.file, err)
		}
		if err != nil {
			continue
		}
		start := time.Now()
		found := m.Find(c.text)
		if d := time.Since(start); len(found) != c.want || d > patience {
			t.Errorf("%s: %d occurrences, want %d, in %v", c.file, len(found), c.want, d)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	m := everything(t, language.French, frenchCases)
	var wait sync.WaitGroup
	for _, c := range frenchCases {
		text, _ := marked(c.text)
		want := spans(m.Find(text), 0)
		for range 4 {
			wait.Go(func() {
				if got := spans(m.Find(text), 0); !slices.Equal(got, want) {
					t.Errorf("%s: %q, want %q", c.name, got, want)
				}
			})
		}
	}
	wait.Wait()
}
