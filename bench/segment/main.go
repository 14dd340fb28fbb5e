// Segment compares the sentence segmenter with the Go libraries one would otherwise take:
// boundary F1 on the development sets and speed in one run, as one table.
//
//	go run ./segment [-data ../../shared/data/segment] [-megabytes 8]
//
// Every system gets each document whole. A boundary is the first visible byte of a
// segment; the first of a document is never counted. Speed is in megabytes a second of
// processor time on one core, over a French article repeated, paragraphs and blank lines
// kept; each run asserts that the system found about as many segments as there are.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/clipperhouse/uax29/v2/sentences"
	punkt "github.com/neurosnap/sentences"
	"github.com/rivo/uniseg"
	"golang.org/x/text/language"

	"drogman/pipeline/segment"
)

// system returns the byte offsets at which segments of the text begin.
type system struct {
	name string
	cut  func(lang, text string) []int
}

var sets = []string{
	"fr_gsd.dev", "fr_gsd_p5.dev", "fr_sequoia.dev", "fr_sequoia_p5.dev", "fr_legal_constit.dev",
	"en_ewt.dev", "en_ewt_par.dev",
}

func main() {
	log.SetFlags(0)
	runtime.GOMAXPROCS(1)
	dir := flag.String("data", "../../shared/data/segment", "directory of the gold files")
	article := flag.String("article", "../seeds/fr/alep.txt", "French text to measure speed with")
	megabytes := flag.Int("megabytes", 8, "how much of it, repeated")
	flag.Parse()

	prose := readProse(*article, *megabytes)
	fmt.Printf("| system | %s | MB/s |\n|---|%s---|\n", strings.Join(sets, " | "), strings.Repeat("---|", len(sets)))
	for _, s := range systems() {
		fmt.Printf("| %s |", s.name)
		for _, set := range sets {
			fmt.Printf(" %.2f |", s.score(filepath.Join(*dir, set+".json"), set[:2]))
		}
		fmt.Printf(" %.0f |\n", s.speed(prose))
	}
}

func systems() []system {
	return []system{
		{"drogman", drogman(segment.Detect)},
		{"drogman, layout kept", drogman(segment.Kept)},
		{"Punkt (neurosnap/sentences)", punktCut()},
		{"UAX 29 (clipperhouse/uax29)", func(_, text string) (starts []int) {
			for s := sentences.FromString(text); s.Next(); {
				starts = append(starts, s.Start())
			}
			return starts
		}},
		{"UAX 29 (rivo/uniseg)", func(_, text string) (starts []int) {
			state, at := -1, 0
			for text != "" {
				var sentence string
				sentence, text, state = uniseg.FirstSentenceInString(text, state)
				starts = append(starts, at)
				at += len(sentence)
			}
			return starts
		}},
	}
}

func drogman(layout segment.Layout) func(lang, text string) []int {
	made := map[string]*segment.Segmenter{}
	return func(lang, text string) (starts []int) {
		s := made[lang]
		if s == nil {
			var err error
			if s, err = segment.New(language.Make(lang), segment.WithLayout(layout)); err != nil {
				log.Fatal(err)
			}
			made[lang] = s
		}
		for span := range s.Segments(text) {
			starts = append(starts, span.Start)
		}
		return starts
	}
}

// punktCut reads the training data that comes with the library.
func punktCut() func(lang, text string) []int {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/neurosnap/sentences").Output()
	if err != nil {
		log.Fatal(err)
	}
	made := map[string]*punkt.DefaultSentenceTokenizer{}
	for lang, name := range map[string]string{"fr": "french", "en": "english"} {
		raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "data", name+".json"))
		if err != nil {
			log.Fatal(err)
		}
		training, err := punkt.LoadTraining(raw)
		if err != nil {
			log.Fatal(err)
		}
		made[lang] = punkt.NewSentenceTokenizer(training)
	}
	return func(lang, text string) (starts []int) {
		for _, s := range made[lang].Tokenize(text) {
			starts = append(starts, s.Start)
		}
		return starts
	}
}

// score is the boundary F1 on a gold file.
func (s system) score(file, lang string) float64 {
	raw, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	var gold struct {
		Docs []struct {
			Text   string
			Starts []int // in code points
		}
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		log.Fatal(err)
	}
	var right, wrong, missed int
	for _, d := range gold.Docs {
		var offsets []int
		for i := range d.Text {
			offsets = append(offsets, i)
		}
		var want []int
		for _, start := range d.Starts[1:] {
			want = append(want, visible(d.Text, offsets[start]))
		}
		hit := 0
		for _, at := range s.boundaries(lang, d.Text) {
			if slices.Contains(want, at) {
				hit++
			} else {
				wrong++
			}
		}
		right, missed = right+hit, missed+len(want)-hit
	}
	return 200 * float64(right) / float64(2*right+wrong+missed)
}

// boundaries are the visible starts of the segments behind the first.
func (s system) boundaries(lang, text string) (found []int) {
	first := visible(text, 0)
	for _, start := range s.cut(lang, text) {
		if at := visible(text, start); at > first && at < len(text) {
			found = append(found, at)
		}
	}
	return slices.Compact(found)
}

func visible(text string, i int) int {
	return len(text) - len(strings.TrimLeftFunc(text[i:], unicode.IsSpace))
}

func readProse(file string, megabytes int) string {
	raw, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	text := strings.TrimSpace(string(raw)) + "\n\n"
	return strings.Repeat(text, megabytes<<20/len(text))
}

// speed is in megabytes a second of processor time, the best of three runs.
func (s system) speed(text string) (best float64) {
	want := strings.Count(text, ".") / 2
	for range 3 {
		begun := processor()
		if n := len(s.cut("fr", text)); n < want {
			log.Fatalf("%s found %d segments, not %d", s.name, n, want)
		}
		best = max(best, float64(len(text))/1e6/(processor()-begun).Seconds())
	}
	return best
}

// processor is the time this process has had of a processor.
func processor() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		log.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
