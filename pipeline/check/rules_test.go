package check

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/pipeline/bitext"
)

var frenchToEnglish = bitext.Languages{Source: language.French, Target: language.English}

const testGlossary = `
glossary: {source: fr, target: en}
organisations:
  OTAN: NATO
  Unités de défense du peuple (YPG):
    en: People's Protection Units (YPG)
    avoid: People's Defence Units
  Armée syrienne libre (ASL): Free Syrian Army (FSA)
places:
  Alep: Aleppo
  Allemagne: Germany
terms:
  menace: [threat, threaten]
  cessez-le-feu: [ceasefire, cease-fire]
  bourse (finance): stock exchange
  bourse (études): [scholarship, grant]
  ministre des Affaires étrangères:
    en: foreign minister
    also: {secretary of state: {when: [américain]}}
keep: [Al Jazeera]
`

// testChecker compiles the test glossary; only the named rules run.
func testChecker(t testing.TB, only ...string) *Checker {
	t.Helper()
	g, err := glossary.Load(glossary.File{Name: "g.yaml", Data: []byte(testGlossary)})
	if err != nil {
		t.Fatal(err)
	}
	severity := map[string]Severity{}
	for _, r := range Rules {
		if len(only) > 0 {
			severity[r.Code] = Off
		}
	}
	for _, code := range only {
		severity[code] = Find(code).Severity
	}
	c, err := New(Options{Glossary: g, Languages: frenchToEnglish, Severity: severity, Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// unitsOf makes a batch of a pair: one unit a line.
func unitsOf(p Pair) []bitext.Unit {
	targets := strings.Split(p.Target, "\n")
	var units []bitext.Unit
	for i, s := range strings.Split(p.Source, "\n") {
		units = append(units, bitext.Unit{ID: string(rune('a' + i)), Source: s, Target: targets[i], Languages: frenchToEnglish})
	}
	return units
}

func stream(units []bitext.Unit) func(func(bitext.Unit, error) bool) {
	return func(yield func(bitext.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

func findAll(t testing.TB, c *Checker, units []bitext.Unit) []Finding {
	t.Helper()
	var all []Finding
	for f, err := range c.Batch().Findings(stream(units)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func TestRules(t *testing.T) {
	for _, r := range Rules {
		t.Run(r.Code, func(t *testing.T) {
			c := testChecker(t, r.Code)
			for _, one := range append(slices.Clone(r.Cases), Case{Pair: r.After}) {
				hard, soft := []string{}, []string{}
				for _, f := range findAll(t, c, unitsOf(one.Pair)) {
					if f.Severity >= Warning {
						hard = append(hard, f.Have)
					} else {
						soft = append(soft, f.Have)
					}
				}
				if !slices.Equal(hard, orNone(one.Have)) || one.Soft != nil && !slices.Equal(soft, one.Soft) {
					t.Errorf("%q\n%q\nfound %q and softly %q, want %q and %q", one.Source, one.Target, hard, soft, one.Have, one.Soft)
				}
			}
			if r.Code == length.Code || r.Code == code.Code {
				return // need more than a pair of texts; tested on their own
			}
			if len(findAll(t, c, unitsOf(r.Before))) == 0 {
				t.Errorf("finds nothing in its own example %q", r.Before)
			}
		})
	}
}

func orNone(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
