package extract

import (
	"encoding/json"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"drogman/seeds/devdata"

	"golang.org/x/text/language"
)

// gold returns a file of gold data, or skips the test.
func gold(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(devdata.Path(t, "term", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// corpus reads the segments without seeded errors, and which of them have a concept.
func corpus(t testing.TB) ([]Segment, map[string][]int) {
	data, err := io.ReadAll(gold(t, "check.dev.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	column := func(name string) int { return slices.Index(rows[0], name) }
	var segments []Segment
	present := map[string][]int{}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if row[column("kind")] != "clean" || seen[row[column("fr")]] {
			continue
		}
		seen[row[column("fr")]] = true
		for _, id := range strings.FieldsFunc(row[column("present")], func(r rune) bool { return r == ',' || r == ' ' || r == '|' || r == ';' }) {
			present[id] = append(present[id], len(segments))
		}
		segments = append(segments, Segment{row[column("fr")], row[column("en")]})
	}
	return segments, present
}

// TestTranslateGold: the first proposal for a concept of the gold glossary is one of its
// targets, by how often the concept was seen.
func TestTranslateGold(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a model on thousands of segments")
	}
	segments, present := corpus(t)
	var concepts []struct {
		ID     string `json:"id"`
		FR, EN []string
		DNT    bool
	}
	if err := json.NewDecoder(gold(t, "check.glossary.json")).Decode(&concepts); err != nil {
		t.Fatal(err)
	}
	var candidates []Candidate
	want := map[string][]string{}
	for _, c := range concepts {
		k := Candidate{Text: c.FR[0], words: lemmas(tokenize(c.FR[0], french))}
		for _, i := range present[c.ID] {
			k.Segments = append(k.Segments, i)
			k.at = append(k.at, position(segments[i].Source, c.FR[0]))
		}
		if len(k.Segments) >= 2 && !c.DNT {
			candidates = append(candidates, k)
			want[k.Text] = c.EN
		}
	}
	Translate(candidates, segments, language.French, language.English, 3)
	right, total := map[string]int{}, map[string]int{}
	for _, c := range candidates {
		bucket := "10+"
		if n := len(c.Segments); n < 5 {
			bucket = "2-4"
		} else if n < 10 {
			bucket = "5-9"
		}
		total[bucket]++
		if slices.ContainsFunc(want[c.Text], func(w string) bool { return same(w, c.Targets[0].Text) }) {
			right[bucket]++
		} else {
			t.Logf("%s %d: %q, want %q", bucket, len(c.Segments), c.Text+" = "+c.Targets[0].Text+" | "+c.Targets[1].Text, want[c.Text])
		}
	}
	for bucket, floor := range map[string]float64{"2-4": 0.71, "5-9": 0.92, "10+": 0.94} {
		accuracy := float64(right[bucket]) / float64(total[bucket])
		t.Logf("%s: %d of %d, %.3f", bucket, right[bucket], total[bucket], accuracy)
		if accuracy < floor {
			t.Errorf("seen %s times: %.3f right, floor %.2f", bucket, accuracy, floor)
		}
	}
}

func position(text, term string) float64 {
	return float64(max(0, strings.Index(strings.ToLower(text), strings.ToLower(term)[:len(term)*2/3]))) / float64(len(text))
}

// same: two phrases with the same words, plural or not.
func same(a, b string) bool {
	return english.key(tokenize(a, english)) == english.key(tokenize(b, english)) || strings.EqualFold(strings.TrimPrefix(a, "the "), b)
}

type goldConcept struct {
	ID, Type string
	FR, EN   []string
	DNT      bool
}

func goldConcepts(t testing.TB) (concepts []goldConcept) {
	if err := json.NewDecoder(gold(t, "check.glossary.json")).Decode(&concepts); err != nil {
		t.Fatal(err)
	}
	return concepts
}

// TestCandidatesGold: of the gold glossary's entries that the corpus uses three times or
// more, this many are proposed.
func TestCandidatesGold(t *testing.T) {
	segments, present := corpus(t)
	proposed := map[string]bool{}
	for _, c := range Candidates(segments, Options{Source: language.French, Target: language.English, MinCount: 3}) {
		for _, text := range append([]string{c.Text}, c.Variants...) {
			proposed[french.key(tokenize(text, french))] = true
		}
	}
	found, total := map[bool]int{}, map[bool]int{}
	for _, c := range goldConcepts(t) {
		if len(present[c.ID]) < 3 {
			continue
		}
		term := c.Type == "term"
		total[term]++
		if slices.ContainsFunc(c.FR, func(f string) bool { return proposed[french.key(tokenize(f, french))] }) {
			found[term]++
		} else {
			t.Logf("not proposed: %q", c.FR)
		}
	}
	for term, floor := range map[bool]float64{true: 0.85, false: 0.89} {
		recall := float64(found[term]) / float64(total[term])
		t.Logf("term %v: %d of %d, %.3f", term, found[term], total[term], recall)
		if recall < floor {
			t.Errorf("recall %.3f, floor %.2f", recall, floor)
		}
	}
}
