package check

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"drogman/glossary"
	"drogman/pipeline/bitext"
	"drogman/seeds/devdata"
)

// The gold bench is real French–English news with seeded faults (check.dev.tsv); kind
// says which, natural lists the concepts that the human translator left out himself.
type goldRow struct {
	unit                        bitext.Unit
	kind, concept, wrong, right string
	natural                     []string
}

func readGold(t testing.TB) []goldRow {
	t.Helper()
	data, err := os.ReadFile(devdata.Path(t, "term", "check.dev.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	header := strings.Split(strings.TrimRight(lines[0], "\r"), "\t")
	var rows []goldRow
	for _, line := range lines[1:] {
		field := map[string]string{}
		for i, v := range strings.Split(strings.TrimRight(line, "\r"), "\t") {
			field[header[i]] = v
		}
		rows = append(rows, goldRow{
			unit: bitext.Unit{ID: field["id"], Document: field["doc"], Source: field["fr"], Target: field["en"], Languages: frenchToEnglish},
			kind: field["kind"], concept: field["concept"], wrong: field["wrong"], right: field["right"],
			natural: strings.Split(field["natural"], ","),
		})
	}
	return rows
}

// goldGlossary turns the bench's list of concepts into a glossary file.
func goldGlossary(t testing.TB) *glossary.Glossary {
	t.Helper()
	data, err := os.ReadFile(devdata.Path(t, "term", "check.glossary.json"))
	if err != nil {
		t.Fatal(err)
	}
	var concepts []struct {
		ID, Type    string
		FR, EN, Bad []string
		DNT         bool
	}
	if err := json.Unmarshal(data, &concepts); err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{"place": "places", "person": "people", "org": "organisations", "term": "terms", "dnt": "keep"}
	bodies := map[string]string{}
	for _, c := range concepts {
		section := sections[c.Type]
		if c.DNT {
			section = "keep"
		}
		entry := fmt.Sprintf("  %q:\n    id: %s\n    en: %s\n", c.FR[0], c.ID, flow(c.EN))
		if len(c.FR) > 1 {
			entry += "    fr: " + flow(c.FR[1:]) + "\n"
		}
		if len(c.Bad) > 0 {
			entry += "    avoid: " + flow(c.Bad) + "\n"
		}
		bodies[section] += entry
	}
	text := "glossary: {source: fr, target: en}\n"
	for _, section := range sortedKeys(bodies) {
		text += section + ":\n" + bodies[section]
	}
	g, err := glossary.Load(glossary.File{Name: "gold.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func flow(items []string) string {
	quoted := make([]string, len(items))
	for i, item := range items {
		b, _ := json.Marshal(item)
		quoted[i] = string(b)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// goldScore counts as the bench's own scorer does.
type goldScore struct {
	total, hit map[string]int
	falseTerms int
	alarms     int
	byCode     map[string]int // errors and warnings on clean rows
}

func (s goldScore) recall(kind string) float64 { return float64(s.hit[kind]) / float64(s.total[kind]) }

var termKinds = []string{"wrong", "forbidden", "untranslated", "omitted", "dnt"}

func groupOf(kind string) string {
	if slices.Contains(termKinds, kind) {
		return "term"
	}
	return kind
}

func scoreGold(t testing.TB, rows []goldRow, findings []Finding, note func(string, ...any)) goldScore {
	s := goldScore{total: map[string]int{}, hit: map[string]int{}, byCode: map[string]int{}}
	byID := map[string]*goldRow{}
	for i := range rows {
		byID[rows[i].unit.ID] = &rows[i]
		s.total[groupOf(rows[i].kind)]++
	}
	hit := map[string]bool{}
	for _, f := range findings {
		if f.Severity < Warning {
			continue
		}
		r := byID[f.Unit]
		if r.kind == "clean" {
			s.byCode[f.Code]++
		}
		family, _, _ := strings.Cut(f.Code, "-")
		if family == "keep" {
			family = "term"
		}
		switch {
		case f.Code == "term-inconsistent" || f.Code == "term-case":
		case family == "term" && groupOf(r.kind) == "term" && f.Concept == r.concept, family == r.kind:
			hit[r.unit.ID] = true
		case family == "term" && !slices.Contains(r.natural, f.Concept):
			s.falseTerms++
			note("FALSE %s", describe(f))
		case family == "number":
			s.alarms++
			note("ALARM %s", describe(f))
		}
	}
	for _, r := range rows {
		if hit[r.unit.ID] {
			s.hit[groupOf(r.kind)]++
		} else if r.kind != "clean" {
			note("MISS %s %s %s→%s\n  %s\n  %s", r.unit.ID, r.kind, r.right, r.wrong, r.unit.Source, r.unit.Target)
		}
	}
	return s
}

func describe(f Finding) string {
	return fmt.Sprintf("%s %s %s %s have %q want %q %s\n  %s\n  %s", f.Code, f.Severity, f.Unit, f.Concept, f.Have, f.Want, f.Reason, f.Texts.Source, f.Texts.Target)
}

func TestGold(t *testing.T) {
	rows := readGold(t)
	c, err := New(Options{Glossary: goldGlossary(t), Languages: frenchToEnglish, Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	units := make([]bitext.Unit, len(rows))
	for i, r := range rows {
		units[i] = r.unit
	}
	findings := findAll(t, c, units)
	note := func(string, ...any) {}
	if path := os.Getenv("CHECK_NOTES"); path != "" {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		note = func(format string, args ...any) { fmt.Fprintf(f, format+"\n", args...) }
		for _, one := range findings {
			note("FOUND %s", describe(one))
		}
	}
	s := scoreGold(t, rows, findings, note)
	recall := s.recall("term")
	precision := float64(s.hit["term"]) / float64(s.hit["term"]+s.falseTerms)
	f1 := 2 * recall * precision / (recall + precision)
	per1000 := 1000 * float64(s.alarms) / float64(len(rows))
	t.Logf("terms: recall %.3f, precision %.3f, F1 %.3f; names %.3f; numbers %.3f at %.1f alarms per 1,000; on clean rows %v",
		recall, precision, f1, s.recall("name"), s.recall("number"), per1000, s.byCode)
	floors := []struct {
		name        string
		have, floor float64
	}{
		{"terms recall", recall, 0.985}, {"terms precision", precision, 0.985}, {"terms F1", f1, 0.985},
		{"names", s.recall("name"), 0.985}, {"numbers", s.recall("number"), 0.985}, {"quiet numbers", 3 - per1000, 1},
	}
	for _, f := range floors {
		if f.have < f.floor {
			t.Errorf("%s: %.3f is below its floor %.3f", f.name, f.have, f.floor)
		}
	}
}
