package check

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"
)

func TestBaselineSilencesItsRun(t *testing.T) {
	c := testChecker(t)
	units := unitsOf(Pair{"La bataille d'Alep.\nEncore Alep.", "The battle of Alep.\nAleppo again."})
	known := Baseline{}
	for _, f := range findAll(t, c, units[:1]) {
		known.Add(&f)
	}
	var file bytes.Buffer
	if err := known.Write(&file); err != nil {
		t.Fatal(err)
	}
	read, err := ReadBaseline(&file, "b.json")
	if err != nil || !maps.Equal(read, known) {
		t.Fatalf("read %v, %v; wrote %v", read, err, known)
	}
	units[1].Target = "Alep again."
	var fresh []string
	for _, f := range findAll(t, c, units) {
		if !read.Take(&f) {
			fresh = append(fresh, f.Unit+" "+f.Code)
		}
	}
	if strings.Join(fresh, ", ") != "b term-untranslated" {
		t.Errorf("beyond the baseline: %v", fresh)
	}
}

func TestWaivers(t *testing.T) {
	const file = `
- {code: term-missing, concept: nato, reason: on purpose, person: CM, until: 2026-01-31}
- {code: term-missing, unit: gone, reason: once, person: CM}
- {code: number, reason: old, person: CM, until: 2025-01-01}
`
	ws, err := ReadWaivers([]byte(file), "w.yaml")
	if err != nil {
		t.Fatal(err)
	}
	last := time.Date(2026, 1, 31, 23, 0, 0, 0, time.UTC)
	if !ws.Covers(&Finding{Code: "term-missing", Concept: "nato"}, last) {
		t.Error("the waiver does not hold on its last day")
	}
	if ws.Covers(&Finding{Code: "term-missing", Concept: "nato"}, last.Add(time.Hour)) {
		t.Error("the waiver holds after its last day")
	}
	stale := ws.Stale(last)
	if len(stale) != 2 || stale[0].Code != StaleWaiver || stale[0].Line != 3 || stale[1].Code != ExpiredWaiver {
		t.Errorf("stale: %+v", stale)
	}
}

func TestWaiverFaults(t *testing.T) {
	for text, code := range map[string]string{
		"a: [":                                     codeBadWaivers,
		"code: number":                             codeBadWaivers,
		"- number":                                 codeBadWaivers,
		"- {code: number, person: x}":              codeWaiverUnsigned,
		"- {code: nubmer, reason: y, person: x}":   codeUnknownRule,
		"- {code: number, why: y, person: x}":      codeWaiverField,
		"- {code: number, until: soon, person: x}": codeWaiverDate,
	} {
		_, err := ReadWaivers([]byte(text), "w.yaml")
		var e *Fault
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: %v, want %s", text, err, code)
		}
	}
}
