package align

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"drogman/seeds/devdata"
)

func readLines(t testing.TB, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

// A gold alignment: its beads, and blocks of which the annotators were not sure.
type gold struct {
	name           string
	source, target []string
	beads          map[[2]string]bool // both sides' sentence lists
	full           int                // beads with both sides
	unsureS        map[int]int        // block of each unsure sentence, from 1
	unsureT        map[int]int
}

func readGold(t testing.TB, folder string) gold {
	g := gold{
		name:   filepath.Base(folder),
		source: readLines(t, filepath.Join(folder, "src.txt")), target: readLines(t, filepath.Join(folder, "tgt.txt")),
		beads: map[[2]string]bool{}, unsureS: map[int]int{}, unsureT: map[int]int{},
	}
	for n, line := range readLines(t, filepath.Join(folder, "gold.txt")) {
		line, unsure := strings.CutPrefix(line, "?")
		f := strings.Split(line, ":")
		if len(f) < 2 {
			continue
		}
		if unsure {
			mark(g.unsureS, f[0], n+1)
			mark(g.unsureT, f[1], n+1)
			continue
		}
		g.beads[[2]string{f[0], f[1]}] = true
		if f[0] != "[]" && f[1] != "[]" {
			g.full++
		}
	}
	return g
}

func mark(m map[int]int, list string, block int) {
	for _, x := range strings.FieldsFunc(list, func(r rune) bool { return r < '0' || r > '9' }) {
		var i int
		fmt.Sscan(x, &i)
		m[i] = block
	}
}

func (s Span) list() string {
	var b strings.Builder
	for i := s.Start; i < s.End; i++ {
		if i > s.Start {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, i)
	}
	return "[" + b.String() + "]"
}

// right reports whether a bead is in the gold, and whether it counts at all.
func (g *gold) right(b Bead) (right, counts bool) {
	block := -1
	for i := b.Source.Start; i < b.Source.End; i++ {
		block = join(block, g.unsureS[i])
	}
	for j := b.Target.Start; j < b.Target.End; j++ {
		block = join(block, g.unsureT[j])
	}
	return g.beads[[2]string{b.Source.list(), b.Target.list()}], block <= 0
}

// join is the block of a bead so far and one more sentence: 0 where they differ.
func join(block, next int) int {
	if block == -1 || block == next {
		return next
	}
	return 0
}

// score is strict precision, recall and F1 as defined by Thompson & Koehn (2019).
type score struct{ right, all, rightFull, gold int }

func (s *score) add(g *gold, beads []Bead) {
	for _, b := range beads {
		right, counts := g.right(b)
		if !counts {
			continue
		}
		s.all++
		if right {
			s.right++
			if b.Kind == Matched {
				s.rightFull++
			}
		}
	}
	s.gold += g.full
}

func (s score) f1() float64 {
	p, r := float64(s.right)/float64(s.all), float64(s.rightFull)/float64(s.gold)
	return 2 * p * r / (p + r)
}

// floors are a little under the measured strict F1 (docs/quality.md).
var floors = map[string]float64{
	"canlaw-P-21":                       .996,
	"newstest2012-heavy":                .986,
	"newstest2012-medium":               .993,
	"textberg-dev":                      .908,
	"transread-Candide":                 .976,
	"transread-Emma":                    .725,
	"transread-VoyageAuCentreDeLaTerre": .967,
}

// lists are the lists of common words for texts that are not French and English.
var lists = map[string]string{"textberg-dev": "de-fr"}

func TestGold(t *testing.T) {
	folders, _ := filepath.Glob(filepath.Join(devdata.Path(t, "align"), "*", "gold.txt"))
	var buckets [10]score
	for _, f := range folders {
		g := readGold(t, filepath.Dir(f))
		var s score
		beads := Align(g.source, g.target, Lexicon(listedWords(t, cmp.Or(lists[g.name], "fr-en"))))
		s.add(&g, beads)
		t.Logf("%-36s %.4f (P %d/%d R %d/%d)", g.name, s.f1(), s.right, s.all, s.rightFull, s.gold)
		if floor := floors[g.name]; s.f1() < floor {
			t.Errorf("%s: strict F1 %.4f, floor %.4f", g.name, s.f1(), floor)
		}
		for _, b := range beads {
			buckets[min(int(b.Confidence*10), 9)].add(&g, []Bead{b})
		}
	}
	for i, s := range buckets {
		t.Logf("confidence %.1f to %.1f: %4d of %4d right, %.3f", float64(i)/10, float64(i+1)/10, s.right, s.all, float64(s.right)/float64(max(s.all, 1)))
	}
}

// A passage of a novel is moved elsewhere on the target side: it is to be found there.
func TestMovedPassage(t *testing.T) {
	g := readGold(t, filepath.Join(devdata.Path(t, "align"), "transread-VoyageAuCentreDeLaTerre"))
	const from, to, at = 280, 300, 620 // in gold order, clear of beads' bounds
	target := slices.Concat(g.target[:from], g.target[to:at], g.target[from:to], g.target[at:])
	linked, smeared := 0, 0
	for _, b := range Align(g.source, target, Lexicon(commonWords(t)), Crossing()) {
		inside := b.Target.Start >= from+at-to && b.Target.End <= at
		switch {
		case b.Kind == Moved && inside:
			linked += b.Target.Len()
		case b.Kind == Matched && inside:
			smeared += b.Target.Len()
		}
	}
	t.Logf("of %d moved sentences %d linked, %d smeared", to-from, linked, smeared)
	if linked < 12 || smeared > 0 {
		t.Errorf("of %d moved sentences %d linked, %d smeared over others", to-from, linked, smeared)
	}
}

// A text that repeats itself has no rare words, and each of its rounds would fit with
// each other one; it is aligned nearly as well as one round is.
func TestRepeatedText(t *testing.T) {
	g := readGold(t, filepath.Join(devdata.Path(t, "align"), "transread-VoyageAuCentreDeLaTerre"))
	const rounds = 6
	var source, target []string
	for range rounds {
		source, target = append(source, g.source...), append(target, g.target...)
	}
	var s score
	for _, b := range Align(source, target, Lexicon(commonWords(t))) {
		i, j := b.Source.Start/len(g.source)*len(g.source), b.Target.Start/len(g.target)*len(g.target)
		s.add(&g, []Bead{{Source: Span{b.Source.Start - i, b.Source.End - i}, Target: Span{b.Target.Start - j, b.Target.End - j}, Kind: b.Kind}})
	}
	s.gold = rounds * g.full
	const floor = .93 // the lexicon learns every accident of the text six times over
	if t.Logf("strict F1 %.4f", s.f1()); s.f1() < floor {
		t.Errorf("strict F1 %.4f, floor %.4f", s.f1(), floor)
	}
}
