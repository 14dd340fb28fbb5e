// Package glossary measures the recognition of terms beside two Aho–Corasick libraries,
// on the same text, the same lists and the same core.
//
//	go test -bench . -benchtime 5x ./glossary
//
// The text is real French (the development segments of the term data, NFC). The lists
// are the real ones, 81,000 terms, and beyond them pairs of their words. Every engine
// seeks the terms exactly as written; the libraries' matches are kept where they are
// whole words. Times are those of the processor, so that a busy machine counts less.
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
	"syscall"
	"testing"
	"unicode"
	"unicode/utf8"

	cloudflare "github.com/cloudflare/ahocorasick"
	petar "github.com/petar-dambovaliev/aho-corasick"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"drogman/glossary"
)

func dataDir(b *testing.B) string {
	dir := os.Getenv("DROGMAN_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(dir); err != nil {
		b.Skipf("data absent (%v): set DROGMAN_DATA", err)
	}
	return dir
}

// column reads one column of a table, without its header.
func column(b *testing.B, path string, n int) []string {
	f, err := os.Open(path)
	if err != nil {
		b.Skip(err)
	}
	defer f.Close()
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<20)
	var values []string
	for scanner.Scan() {
		if fields := strings.Split(scanner.Text(), "\t"); n < len(fields) {
			values = append(values, norm.NFC.String(fields[n]))
		}
	}
	return values[1:]
}

func terms(b *testing.B, n int) []string {
	dir := filepath.Join(dataDir(b), "term")
	var all []string
	seen := map[string]bool{}
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && !seen[s] && len(all) < n {
			seen[s] = true
			all = append(all, s)
		}
	}
	for _, list := range []struct {
		name   string
		column int
	}{{"eurovoc.fr-en.tsv", 1}, {"franceterme_recent.fr-en.tsv", 0}, {"canlaw_terms.fr-en.tsv", 0}, {"places_dr5hn.fr-en.tsv", 0}} {
		for _, s := range column(b, filepath.Join(dir, list.name), list.column) {
			add(s)
		}
	}
	words := slices.Compact(slices.Sorted(slices.Values(strings.Fields(strings.Join(all, " ")))))
	random := rand.New(rand.NewPCG(1, 2))
	for len(all) < n {
		add(words[random.IntN(len(words))] + " " + words[random.IntN(len(words))])
	}
	return all
}

// compiled is the heap that the last engine takes, in megabytes.
var compiled float64

// An engine is compiled from terms, as many as a machine of 4 GB can hold, and counts the
// occurrences in a line.
type engine struct {
	name    string
	most    int
	compile func(b *testing.B, terms []string) func(line string) int
}

var engines = []engine{
	{"drogman-exact", 1_000_000, func(b *testing.B, terms []string) func(string) int {
		return drogman(b, terms, glossary.Exact, glossary.No)
	}},
	{"drogman-inflected", 1_000_000, func(b *testing.B, terms []string) func(string) int {
		return drogman(b, terms, glossary.Capital, glossary.Yes)
	}},
	{"petar-dambovaliev", 1_000_000, petarEngine},
	{"cloudflare", 10_000, func(b *testing.B, terms []string) func(string) int {
		before := heap()
		m := cloudflare.NewStringMatcher(terms)
		compiled = float64(heap()-before) / 1e6
		return func(line string) int { return len(m.MatchThreadSafe([]byte(line))) } // which terms, not where
	}},
}

// drogman matches terms under a rule and counts the outermost occurrences.
func drogman(b *testing.B, terms []string, letters glossary.Case, inflect glossary.Choice) func(string) int {
	g := &glossary.Glossary{Source: language.French}
	for _, s := range terms {
		g.Concepts = append(g.Concepts, &glossary.Concept{ID: s, Type: glossary.Terms, Terms: map[language.Tag][]glossary.Term{
			language.French: {{Text: s, Case: letters, Inflect: inflect}},
		}})
	}
	before := heap()
	m, err := g.Compile(language.French)
	if err != nil {
		b.Fatal(err)
	}
	compiled = float64(heap()-before) / 1e6
	var found []glossary.Occurrence
	return func(line string) int {
		found = m.Append(found[:0], line)
		n := 0
		for i := range found {
			if !found[i].Nested {
				n++
			}
		}
		runtime.KeepAlive(g)
		return n
	}
}

func petarEngine(b *testing.B, terms []string) func(string) int {
	before := heap()
	builder := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.LeftMostLongestMatch})
	m := builder.Build(terms)
	compiled = float64(heap()-before) / 1e6
	return func(line string) int {
		n := 0
		iter := m.Iter(line)
		for match := iter.Next(); match != nil; match = iter.Next() {
			if whole(line, match.Start(), match.End()) {
				n++
			}
		}
		return n
	}
}

// whole reports whether a match is neither preceded nor followed by a letter or digit.
func whole(line string, start, end int) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before, _ := utf8.DecodeLastRuneInString(line[:start])
	after, _ := utf8.DecodeRuneInString(line[end:])
	return !inWord(before) && !inWord(after)
}

func heap() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func processorSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Sec) + float64(u.Utime.Usec)/1e6
}

func BenchmarkFind(b *testing.B) {
	lines := column(b, filepath.Join(dataDir(b), "term", "check.dev.tsv"), 5)
	size := len(strings.Join(lines, ""))
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		list := terms(b, n)
		want := -1
		for _, e := range engines {
			if n > e.most {
				continue
			}
			b.Run(fmt.Sprintf("%d/%s", n, e.name), func(b *testing.B) {
				find := e.compile(b, list)
				best := 1e9
				count := 0
				for b.Loop() {
					start := processorSeconds()
					count = 0
					for _, line := range lines {
						count += find(line)
					}
					best = min(best, processorSeconds()-start)
				}
				b.ReportMetric(float64(size)/1e6/best, "MB/s-best")
				b.ReportMetric(float64(count), "hits")
				b.ReportMetric(compiled, "MB-heap")
				switch e.name {
				case "drogman-exact":
					want = count
				case "petar-dambovaliev":
					// The library loses a term where a longer one that is no whole word covers it;
					// drogman passes over addresses and compounds.
					if diff := count - want; want < 0 || diff*diff > want*want/100 {
						b.Errorf("%d hits, drogman has %d", count, want)
					}
				}
			})
		}
	}
}
