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
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

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

// gold is one document and the byte offsets at which its sentences begin.
type gold struct {
	text   string
	starts []int
}

// sets are the columns of the table. Two are made of others: GSD's sentences that begin
// with a capital and end in a mark, in paragraphs of five; and the constitution as a
// program that wraps at 72 columns leaves it.
var sets = []struct {
	name, file string
	change     func([]gold) []gold
}{
	{"GSD flat", "fr_gsd.dev", nil},
	{"Sequoia flat", "fr_sequoia.dev", nil},
	{"GSD punctuated, paragraphs", "fr_gsd.dev", punctuated},
	{"constitution", "fr_legal_constit.dev", nil},
	{"constitution wrapped", "fr_legal_constit.dev", wrapped},
	{"EWT flat", "en_ewt.dev", nil},
	{"EWT paragraphs", "en_ewt_par.dev", nil},
}

func main() {
	log.SetFlags(0)
	runtime.GOMAXPROCS(1)
	dir := flag.String("data", "../../shared/data/segment", "directory of the gold files")
	article := flag.String("article", "../seeds/fr/alep.txt", "French text to measure speed with")
	megabytes := flag.Int("megabytes", 8, "how much of it, repeated")
	flag.Parse()

	prose := readProse(*article, *megabytes)
	fmt.Print("| system |")
	for _, set := range sets {
		fmt.Printf(" %s |", set.name)
	}
	fmt.Printf(" MB/s |\n|---|%s---|\n", strings.Repeat("---|", len(sets)))
	for _, s := range systems() {
		fmt.Printf("| %s |", s.name)
		for _, set := range sets {
			docs := read(filepath.Join(*dir, set.file+".json"))
			if set.change != nil {
				docs = set.change(docs)
			}
			fmt.Printf(" %.2f |", s.score(docs, set.file[:2]))
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

// read reads a gold file.
func read(name string) (docs []gold) {
	raw, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	var file struct {
		Docs []struct {
			Text   string
			Starts []int // in code points
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		log.Fatal(err)
	}
	for _, d := range file.Docs {
		var offsets, starts []int
		for i := range d.Text {
			offsets = append(offsets, i)
		}
		for _, start := range d.Starts {
			starts = append(starts, visible(d.Text, offsets[start]))
		}
		docs = append(docs, gold{d.Text, starts})
	}
	return docs
}

var whole = regexp.MustCompile(`^[«"]?\s?\p{Lu}.*[.!?…]\s?[»"]?$`)

func punctuated(docs []gold) (list []gold) {
	var doc gold
	for _, d := range docs {
		for i, start := range d.starts {
			sentence := strings.TrimSpace(d.text[start:append(d.starts, len(d.text))[i+1]])
			if !whole.MatchString(sentence) {
				continue
			}
			if len(doc.starts) == 5 {
				list, doc = append(list, doc), gold{}
			}
			if doc.text != "" {
				doc.text += " "
			}
			doc.starts = append(doc.starts, len(doc.text))
			doc.text += sentence
		}
	}
	return append(list, doc)
}

func wrapped(docs []gold) (list []gold) {
	for _, d := range docs {
		text := []byte(d.text)
		column, space := 0, -1
		for i, r := range d.text {
			if column++; r == '\n' {
				column, space = 0, -1
			} else if r == ' ' {
				space = i
			}
			if column > 72 && space >= 0 {
				text[space] = '\n'
				column, space = utf8.RuneCountInString(d.text[space+1:i+1]), -1
			}
		}
		list = append(list, gold{string(text), d.starts})
	}
	return list
}

// score is the boundary F1 on gold documents.
func (s system) score(docs []gold, lang string) float64 {
	var right, wrong, missed int
	for _, d := range docs {
		hit := 0
		for _, at := range s.boundaries(lang, d.text) {
			if slices.Contains(d.starts[1:], at) {
				hit++
			} else {
				wrong++
			}
		}
		right, missed = right+hit, missed+len(d.starts)-1-hit
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
