// Train learns the weights of the segmenter's tie-breaker for flattened text.
//
//	go run ./segment/train -data ../../shared/data/segment -o ../pipeline/segment/data/fr.weights
//
// It reads the treebanks GSD (development part) and Sequoia (training and development
// parts), each one long line, asks the segmenter which features are true at each
// candidate, and fits a logistic regression by AdaGrad with an L2 penalty (Duchi, Hazan
// and Singer, JMLR 12, 2011). A third of the sentences is shown once more without its
// final punctuation, because that is what titles look like. With -folds N it prints the
// boundary F1 of an N-fold cross-validation instead.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"drogman/pipeline/segment"

	"golang.org/x/text/language"
)

const header = `# Weights of the tie-breaker for flattened French text: feature, tab, weight.
# Made by bench/segment/train from UD_French-GSD (CC BY-SA 4.0) and UD_French-Sequoia
# (LGPL-LR); see NOTICE. Do not edit.
`

func main() {
	log.SetFlags(0)
	dir := flag.String("data", "../../shared/data/segment", "directory of the gold files")
	out := flag.String("o", "", "file to write the weights to")
	folds := flag.Int("folds", 0, "cross-validate in so many folds instead")
	show := flag.Bool("errors", false, "print each wrong and missed boundary when cross-validating")
	flag.Parse()
	sets := map[string][]string{
		"gsd":     sentences(filepath.Join(*dir, "fr_gsd.dev.json")),
		"sequoia": append(sentences(filepath.Join(*dir, "fr_sequoia.train.json")), sentences(filepath.Join(*dir, "fr_sequoia.dev.json"))...),
	}
	if *folds > 0 {
		crossValidate(sets, *folds, *show)
		return
	}
	w := fit(examples(sets))
	if err := write(*out, w); err != nil {
		log.Fatal(err)
	}
}

// sentences returns the sentences of a gold file in order.
func sentences(name string) (list []string) {
	raw, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	var file struct {
		Docs []struct {
			Text   string
			Starts []int
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		log.Fatal(err)
	}
	for _, d := range file.Docs {
		runes := []rune(d.Text)
		for i, start := range d.Starts {
			end := len(runes)
			if i+1 < len(d.Starts) {
				end = d.Starts[i+1]
			}
			list = append(list, strings.TrimSpace(string(runes[start:end])))
		}
	}
	return list
}

// example is one candidate: its features and whether a sentence ends there.
type example struct {
	features []string
	ends     bool
}

// examples are the candidates of the sets: each sentence once as it is, and all once more
// in another order with the last marks of a third of them stripped.
func examples(sets map[string][]string) (list []example) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, name := range []string{"gsd", "sequoia"} {
		list = append(list, candidates(sets[name])...)
		again := slices.Clone(sets[name])
		random.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		for i, s := range again {
			if bare := strings.TrimRight(s, " .!?…"); random.Float64() < 0.35 && len(bare) > 3 {
				again[i] = bare
			}
		}
		list = append(list, candidates(again)...)
	}
	return list
}

// join joins sentences to one line and returns where each ends.
func join(list []string) (ends map[int]bool, text string) {
	ends = map[int]bool{}
	length := 0
	for _, sentence := range list {
		length += len(sentence)
		ends[length] = true
		length++
	}
	return ends, strings.Join(list, " ")
}

// candidates are the places of the joined sentences that the segmenter explains.
func candidates(list []string) (found []example) {
	ends, text := join(list)
	oracle := func(at int) bool { return ends[at] }
	s, err := segment.New(language.French, segment.WithLayout(segment.Flat), segment.WithOracle(oracle))
	if err != nil {
		log.Fatal(err)
	}
	for d := range s.Explain(text) {
		if len(d.Evidence) == 0 {
			continue
		}
		e := example{ends: ends[d.At]}
		for _, clue := range d.Evidence {
			e.features = append(e.features, clue.Name)
		}
		found = append(found, e)
	}
	return found
}

// fit returns the weights that explain the examples best.
func fit(list []example) map[string]float64 {
	const epochs, rate, penalty = 8, 0.25, 1e-5
	weights, squares := map[string]float64{}, map[string]float64{}
	random := rand.New(rand.NewPCG(1, 1))
	for range epochs {
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, e := range list {
			z := 0.0
			for _, f := range e.features {
				z += weights[f]
			}
			slope := 1/(1+math.Exp(-z)) - target(e.ends)
			if math.Abs(slope) < 1e-3 {
				continue
			}
			for _, f := range e.features {
				g := slope + penalty*weights[f]
				squares[f] += g * g
				weights[f] -= rate * g / math.Sqrt(squares[f]+1e-2)
			}
		}
	}
	return weights
}

func target(ends bool) float64 {
	if ends {
		return 1
	}
	return 0
}

// crossValidate prints the F1 on each set when a part of it is not trained on. The third
// row holds the sentences of GSD that end in a mark and begin with a capital: there the
// tie-breaker has nothing to win.
func crossValidate(sets map[string][]string, folds int, show bool) {
	for _, row := range []struct {
		name, set string
		keep      func(string) bool
	}{
		{"gsd", "gsd", func(string) bool { return true }},
		{"sequoia", "sequoia", func(string) bool { return true }},
		{"gsd, punctuated", "gsd", regexp.MustCompile(`^[«"]?\s?\p{Lu}.*[.!?…]\s?[»"]?$`).MatchString},
	} {
		var sum tally
		for k := range folds {
			train, held := split(sets, row.set, k, folds)
			held = slices.DeleteFunc(held, func(s string) bool { return !row.keep(s) })
			sum.add(segmenter(fit(examples(train))), held, show)
		}
		fmt.Printf("%s\tF1 %.2f\t%+v\n", row.name, sum.f1(), sum)
	}
}

// split takes the k-th of so many folds out of a set.
func split(sets map[string][]string, name string, k, folds int) (train map[string][]string, held []string) {
	train = maps.Clone(sets)
	list := sets[name]
	from, to := k*len(list)/folds, (k+1)*len(list)/folds
	train[name] = slices.Concat(list[:from], list[to:])
	return train, slices.Clone(list[from:to])
}

// segmenter is one with the weights.
func segmenter(weights map[string]float64) *segment.Segmenter {
	s, err := segment.New(language.French, segment.WithLayout(segment.Flat), segment.WithWeights(weights))
	if err != nil {
		log.Fatal(err)
	}
	return s
}

// tally counts boundaries.
type tally struct{ right, wrong, missed int }

func (t tally) f1() float64 { return 200 * float64(t.right) / float64(2*t.right+t.wrong+t.missed) }

func (t *tally) add(s *segment.Segmenter, list []string, show bool) {
	ends, text := join(list)
	for span := range s.Segments(text) {
		at := segment.Trim(text, span).End
		if ends[at] {
			t.right++
			delete(ends, at)
			continue
		}
		t.wrong++
		if show {
			fmt.Println("wrong\t" + around(text, at))
		}
	}
	t.missed += len(ends)
	for _, at := range slices.Sorted(maps.Keys(ends)) {
		if show {
			fmt.Println("missed\t" + around(text, at))
		}
	}
}

// around is a little of the text on both sides of a place.
func around(text string, at int) string {
	before, after := []rune(text[:at]), []rune(text[at:])
	return string(before[max(0, len(before)-40):]) + " ║" + string(after[:min(len(after), 30)])
}

// write writes the weights that matter, sorted by name.
func write(name string, weights map[string]float64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprint(w, header)
	for _, k := range slices.Sorted(maps.Keys(weights)) {
		if math.Abs(weights[k]) >= 0.05 {
			fmt.Fprintf(w, "%s\t%.2f\n", k, weights[k])
		}
	}
	return w.Flush()
}
