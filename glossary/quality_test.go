package glossary

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// dataDir is where the gold data lie: DROGMAN_DATA, or ../shared/data beside the module.
func dataDir(t testing.TB) string {
	dir := os.Getenv("DROGMAN_DATA")
	if dir == "" {
		root, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for root != "/" {
			if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
				break
			}
			root = filepath.Dir(root)
		}
		dir = filepath.Join(root, "..", "shared", "data")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("gold data absent (%v): set DROGMAN_DATA", err)
	}
	return dir
}

type goldConcept struct {
	ID     string
	FR, EN []string
	Bad    []string
	Type   string
	DNT    bool
}

type goldSegment struct {
	id, fr, en, perturb string
	present             []string
}

func goldGlossary(t testing.TB, dir string) (*Glossary, map[string]goldConcept) {
	data, err := os.ReadFile(filepath.Join(dir, "term", "check.glossary.json"))
	if err != nil {
		t.Skip(err)
	}
	var gold []goldConcept
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	types := map[string]Type{"place": Places, "person": People, "org": Organisations, "term": Terms, "dnt": Keep}
	g := &Glossary{Source: language.French, Targets: []language.Tag{language.English}}
	byID := map[string]goldConcept{}
	for _, c := range gold {
		typ := types[c.Type]
		if c.DNT {
			typ = Keep
		}
		concept := &Concept{ID: c.ID, Type: typ, Terms: map[language.Tag][]Term{}}
		for _, text := range c.FR {
			concept.Terms[language.French] = append(concept.Terms[language.French], Term{Text: text})
		}
		g.Concepts = append(g.Concepts, concept)
		byID[c.ID] = c
	}
	return g, byID
}

func goldSegments(t testing.TB, dir string) []goldSegment {
	f, err := os.Open(filepath.Join(dir, "term", "check.dev.tsv"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<20)
	column := map[string]int{}
	var segments []goldSegment
	for scanner.Scan() {
		fields := strings.Split(scanner.Text(), "\t")
		if len(column) == 0 {
			for i, name := range fields {
				column[name] = i
			}
			continue
		}
		s := goldSegment{id: fields[column["id"]], fr: fields[column["fr"]], en: fields[column["en"]], perturb: fields[column["perturb"]]}
		if p := fields[column["present"]]; p != "" {
			s.present = strings.Split(p, ",")
		}
		segments = append(segments, s)
	}
	return segments
}

type score struct{ hit, missed, wrong int }

func (s score) recall() float64    { return float64(s.hit) / float64(max(1, s.hit+s.missed)) }
func (s score) precision() float64 { return float64(s.hit) / float64(max(1, s.hit+s.wrong)) }

func TestQuality(t *testing.T) {
	dir := dataDir(t)
	g, gold := goldGlossary(t, dir)
	m, err := g.Compile(language.French)
	if err != nil {
		t.Fatal(err)
	}
	scores := map[string]*score{"name": {}, "term": {}, "inflected": {}}
	for _, s := range goldSegments(t, dir) {
		found := map[string]Occurrence{}
		for _, o := range m.Find(s.fr) {
			if _, ok := found[o.Concept.ID]; !ok && !o.Nested {
				found[o.Concept.ID] = o
			}
		}
		for _, id := range s.present {
			class := "name"
			if gold[id].Type == "term" && !gold[id].DNT {
				class = "term"
			}
			o, ok := found[id]
			if ok {
				scores[class].hit++
				if o.Why == Inflected {
					scores["inflected"].hit++
				}
			} else {
				scores[class].missed++
				t.Logf("missed %s %v in %s (%s): %s", id, gold[id].FR, s.id, s.perturb, s.fr)
			}
			delete(found, id)
		}
		for id, o := range found {
			class := "name"
			if gold[id].Type == "term" && !gold[id].DNT {
				class = "term"
			}
			scores[class].wrong++
			t.Logf("extra %s %v in %s (%s): [%s] %s", id, gold[id].FR, s.id, s.perturb, s.fr[o.Start:o.End], s.fr)
		}
	}
	for class, s := range scores {
		t.Log(class, fmt.Sprintf("recall %.4f precision %.4f", s.recall(), s.precision()), *s)
	}
}
