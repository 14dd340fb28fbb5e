package glossary

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"drogman/seeds/devdata"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// column reads one column of a table of the data.
func column(t testing.TB, path string, n int) []string {
	f, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<20)
	var values []string
	for scanner.Scan() {
		if fields := strings.Split(scanner.Text(), "\t"); n < len(fields) {
			values = append(values, fields[n])
		}
	}
	return values[1:]
}

// manyTerms returns n French terms: those of the real lists, then pairs of their words.
func manyTerms(t testing.TB, n int) []string {
	dir := devdata.Path(t, "term")
	var terms []string
	seen := map[string]bool{}
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && !seen[s] && len(terms) < n {
			seen[s] = true
			terms = append(terms, s)
		}
	}
	for _, list := range []struct {
		name string
		col  int
	}{{"eurovoc.fr-en.tsv", 1}, {"franceterme_recent.fr-en.tsv", 0}, {"canlaw_terms.fr-en.tsv", 0}, {"places_dr5hn.fr-en.tsv", 0}} {
		for _, s := range column(t, filepath.Join(dir, list.name), list.col) {
			add(s)
		}
	}
	words := slices.Compact(slices.Sorted(slices.Values(strings.Fields(strings.Join(terms, " ")))))
	random := rand.New(rand.NewPCG(1, 2))
	for len(terms) < n {
		add(words[random.IntN(len(words))] + " " + words[random.IntN(len(words))])
	}
	return terms
}

func termGlossary(terms []string, typ Type, inflect Choice) *Glossary {
	g := &Glossary{Source: language.French}
	for _, s := range terms {
		g.Concepts = append(g.Concepts, &Concept{ID: s, Type: typ, Terms: map[language.Tag][]Term{language.French: {{Text: s, Inflect: inflect}}}})
	}
	return g
}

func heap() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func BenchmarkFind(b *testing.B) {
	var lines []string
	size := 0
	for _, s := range goldSegments(b, devdata.Path(b)) {
		line := norm.NFC.String(s.fr)
		lines = append(lines, line)
		size += len(line)
	}
	for _, n := range []int{1000, 10_000, 100_000, 1_000_000} {
		for _, inflect := range []Choice{No, Yes} {
			b.Run(fmt.Sprintf("%d/inflect=%v", n, inflect == Yes), func(b *testing.B) {
				g := termGlossary(manyTerms(b, n), Terms, inflect)
				before := heap()
				m, err := g.Compile(language.French)
				if err != nil {
					b.Fatal(err)
				}
				used := heap() - before
				b.SetBytes(int64(size))
				var found []Occurrence
				count := 0
				b.ResetTimer()
				for range b.N {
					count = 0
					for _, line := range lines {
						found = m.Append(found[:0], line)
						count += len(found)
					}
				}
				b.ReportMetric(float64(used)/1e6, "MB")
				b.ReportMetric(float64(count), "hits")
				b.ReportMetric(float64(len(m.forms)), "forms")
				runtime.KeepAlive(g)
			})
		}
	}
}
