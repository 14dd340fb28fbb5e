// Command align measures the aligner on gold alignments: strict F1 by file, with each
// feature left out in turn, and how right the beads are that it is sure of.
//
//	go run ./align [-ablation] [-curve] [-speed N] FOLDER
//
// FOLDER holds one folder for each text: src.txt and tgt.txt, one sentence a line, and
// gold.txt, one bead a line ([0,1]:[0]); a line that begins with ? is a block of which
// the annotators were not sure, and beads within it are not counted.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/text/language"

	"drogman/pipeline/align"
	"drogman/pipeline/align/words"
)

func main() {
	ablation := flag.Bool("ablation", false, "leave each feature out in turn")
	curve := flag.Bool("curve", false, "precision of the surest beads")
	speed := flag.Int("speed", 0, "only align so many sentences, made of the texts repeated")
	flag.Parse()
	folders, err := filepath.Glob(filepath.Join(flag.Arg(0), "*", "gold.txt"))
	if err != nil || len(folders) == 0 {
		log.Fatal("no gold alignments in ", flag.Arg(0))
	}
	var texts []text
	for _, f := range folders {
		texts = append(texts, readText(filepath.Dir(f)))
	}
	common := align.LexiconFor(words.For(language.French, language.English))
	if *speed > 0 {
		measure(texts, *speed, common)
		return
	}
	table("all features", texts, common)
	if *ablation {
		table("without common words", texts)
		for _, f := range features {
			table("without "+f.name, texts, common, align.Without(f.feature))
		}
	}
	if *curve {
		printCurve(texts, common)
	}
}

var features = []struct {
	name    string
	feature align.Feature
}{
	{"lexicon", align.Lexical}, {"cognates", align.Cognates}, {"numbers", align.Numbers},
	{"punctuation", align.Punctuation}, {"length", align.Length}, {"ends", align.Ends}, {"priors", align.Priors}, {"seams", align.Seams},
}

// text is one gold alignment.
type text struct {
	name           string
	source, target []string
	gold           map[string]bool // beads as "[0 1]:[0]"
	full           int             // gold beads with both sides
	unsure         map[string]int  // "s12" or "t12" → block
}

func readText(folder string) text {
	t := text{filepath.Base(folder), lines(folder, "src.txt"), lines(folder, "tgt.txt"), map[string]bool{}, 0, map[string]int{}}
	for n, line := range lines(folder, "gold.txt") {
		line, unsure := strings.CutPrefix(line, "?")
		source, target := numbers(strings.SplitN(line, ":", 2)[0]), numbers(strings.SplitN(line+":", ":", 3)[1])
		if unsure {
			for _, s := range source {
				t.unsure["s"+s] = n + 1
			}
			for _, s := range target {
				t.unsure["t"+s] = n + 1
			}
			continue
		}
		t.gold[fmt.Sprint(source, ":", target)] = true
		if len(source)*len(target) > 0 {
			t.full++
		}
	}
	return t
}

func lines(folder, name string) []string {
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		log.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func numbers(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r < '0' || r > '9' })
}

func span(s align.Span) []string {
	var list []string
	for i := s.Start; i < s.End; i++ {
		list = append(list, fmt.Sprint(i))
	}
	return list
}

// judge says whether a bead is right, and whether it counts: not if all of it lies in one
// unsure block.
func (t *text) judge(b align.Bead) (right, counts bool) {
	source, target := span(b.Source), span(b.Target)
	blocks := map[int]bool{}
	for _, s := range source {
		blocks[t.unsure["s"+s]] = true
	}
	for _, s := range target {
		blocks[t.unsure["t"+s]] = true
	}
	return t.gold[fmt.Sprint(source, ":", target)], len(blocks) > 1 || blocks[0]
}

// score counts beads: strict precision is over all of them, strict recall over those of
// the gold that have both sides (Thompson & Koehn 2019).
type score struct{ right, all, rightFull, full int }

func (s score) f1() float64 {
	p, r := float64(s.right)/float64(s.all), float64(s.rightFull)/float64(s.full)
	return 2 * p * r / (p + r)
}

func (t *text) score(beads []align.Bead) score {
	s := score{full: t.full}
	for _, b := range beads {
		right, counts := t.judge(b)
		if !counts {
			continue
		}
		s.all++
		if right {
			s.right++
			if b.Kind == align.Matched {
				s.rightFull++
			}
		}
	}
	return s
}

func table(title string, texts []text, options ...align.Option) {
	fmt.Printf("%-22s", title)
	for _, t := range texts {
		fmt.Printf("  %s %.3f", t.name, t.score(align.Align(t.source, t.target, options...)).f1())
	}
	fmt.Println()
}

// printCurve tells the precision of the surest tenth, two tenths … of the beads.
func printCurve(texts []text, options ...align.Option) {
	for _, t := range texts {
		beads := align.Align(t.source, t.target, options...)
		slices.SortStableFunc(beads, func(a, b align.Bead) int { return cmp.Compare(b.Confidence, a.Confidence) })
		fmt.Printf("%-36s", t.name)
		for _, share := range []int{50, 80, 90, 95, 100} {
			s := t.score(beads[:len(beads)*share/100])
			fmt.Printf("  %d%% %.3f", share, float64(s.right)/float64(s.all))
		}
		fmt.Println()
	}
}

// A stretch is where one of the texts stands in the long one.
type stretch struct {
	*text
	source, target int // its first sentences
}

// measure aligns the texts, one after another and again from the start, until there are n
// sentences. What is right is told, so that a fast way to a wrong result is seen.
func measure(texts []text, n int, options ...align.Option) {
	var source, target []string
	var stretches []stretch
	for len(source) < n {
		for i := range texts {
			t := &texts[i]
			stretches = append(stretches, stretch{t, len(source), len(target)})
			source, target = append(source, t.source...), append(target, t.target...)
			if len(source) >= n {
				break
			}
		}
	}
	begun := processorTime()
	beads := align.Align(source, target, options...)
	used := processorTime() - begun
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	fmt.Printf("%d × %d sentences: %d beads, strict F1 %.3f, %.1f s of processor time, %d MB\n",
		len(source), len(target), len(beads), total(stretches, beads).f1(), used.Seconds(), memory.Sys>>20)
}

// total scores the beads of the long text, each in the stretch it begins in.
func total(stretches []stretch, beads []align.Bead) (sum score) {
	byStretch := make([][]align.Bead, len(stretches))
	at := 0
	for _, b := range beads {
		for at+1 < len(stretches) && b.Source.Start >= stretches[at+1].source && b.Target.Start >= stretches[at+1].target {
			at++
		}
		s := stretches[at]
		b.Source = align.Span{Start: b.Source.Start - s.source, End: b.Source.End - s.source}
		b.Target = align.Span{Start: b.Target.Start - s.target, End: b.Target.End - s.target}
		byStretch[at] = append(byStretch[at], b)
	}
	for i, s := range stretches {
		one := s.score(byStretch[i])
		sum.right, sum.all, sum.rightFull, sum.full = sum.right+one.right, sum.all+one.all, sum.rightFull+one.rightFull, sum.full+one.full
	}
	return sum
}

// processorTime is what the process has used so far: other work on the machine does not
// count.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		log.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
