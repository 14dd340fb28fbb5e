package glossary

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"drogman/seeds/devdata"

	"golang.org/x/text/language"
)

const sample = `# drogman glossary
glossary: {source: fr, target: en, domain: Syria}

organisations:
  OTAN: NATO
  ONU (Organisation des Nations unies): UN (United Nations)
  Unités de défense du peuple (YPG):
    en: People's Protection Units (YPG)
    avoid: People's Defence Units             # forbidden target
  Hayat Tahrir al-Cham (HTC):
    fr: [Hayat Tahrir al-Sham (HTS), Hayat Tahrir el-Cham]
    en: Hayat Tahrir al-Sham (HTS)
    avoid: [Hayat Tahrir al-Cham, HTC]
    note: Spell out on first mention; HTS afterwards.
    until: 2025-01-29
    source: agency style note, 2024-12
places:
  Tours (ville): Tours
  Norvège: NO
terms:
  cessez-le-feu: [ceasefire, cease-fire]
  ministre des Affaires étrangères:
    en: [foreign minister, minister of foreign affairs]
    also: {secretary of state: {when: [américain, États-Unis, Washington]}}
  bourse (finance): {en: stock exchange, when: [cotation, action, indice, marché]}
  réfugié:
    en: refugee
    forms: {fr: [réfugiée, réfugiés, réfugiées]}
  art: {en: art, pos: noun, status: approved}
  Non: No
  1er: 1st
keep:
  - Al Jazeera
  - Le Monde: {unless: [tout le monde]}
`

// brief writes a concept on one line: id, then terms by language, each with the first
// letter of its status and what is said of it.
func brief(g *Glossary, c *Concept) string {
	var b strings.Builder
	b.WriteString(c.ID)
	for _, lang := range append([]language.Tag{g.Source}, g.Targets...) {
		fmt.Fprintf(&b, " | %s", lang)
		for _, t := range c.Terms[lang] {
			fmt.Fprintf(&b, " %c:%s", t.Status.String()[0], t.Text)
			if len(t.When) > 0 {
				fmt.Fprintf(&b, " when%v", t.When)
			}
			if len(t.Unless) > 0 {
				fmt.Fprintf(&b, " unless%v", t.Unless)
			}
			if len(t.Forms) > 0 {
				fmt.Fprintf(&b, " forms%v", t.Forms)
			}
		}
	}
	return b.String()
}

func TestLoad(t *testing.T) {
	g, err := Load(File{"g.yaml", []byte(sample)})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(`organisations/OTAN | fr p:OTAN | en p:NATO
organisations/ONU | fr p:ONU a:Organisation des Nations unies | en p:UN a:United Nations
organisations/Unités de défense du peuple | fr p:Unités de défense du peuple a:YPG | en p:People's Protection Units a:YPG f:People's Defence Units
organisations/Hayat Tahrir al-Cham | fr p:Hayat Tahrir al-Cham a:HTC a:Hayat Tahrir al-Sham a:HTS a:Hayat Tahrir el-Cham | en p:Hayat Tahrir al-Sham a:HTS f:Hayat Tahrir al-Cham f:HTC
places/Tours (ville) | fr p:Tours | en p:Tours
places/Norvège | fr p:Norvège | en p:NO
terms/cessez-le-feu | fr p:cessez-le-feu | en p:ceasefire a:cease-fire
terms/ministre des Affaires étrangères | fr p:ministre des Affaires étrangères | en p:foreign minister a:minister of foreign affairs a:secretary of state when[américain États-Unis Washington]
terms/bourse (finance) | fr p:bourse when[cotation action indice marché] | en p:stock exchange
terms/réfugié | fr p:réfugié forms[réfugiée réfugiés réfugiées] | en p:refugee
terms/art | fr p:art | en p:art
terms/Non | fr p:Non | en p:No
terms/1er | fr p:1er | en p:1st
keep/Al Jazeera | fr p:Al Jazeera | en p:Al Jazeera
keep/Le Monde | fr p:Le Monde unless[tout le monde] | en p:Le Monde`, "\n")
	for i, c := range g.Concepts {
		if got := brief(g, c); i >= len(want) || got != want[i] {
			t.Errorf("concept %d:\n got %s\nwant %s", i, got, want[min(i, len(want)-1)])
		}
	}
	if len(g.Concepts) != len(want) {
		t.Errorf("%d concepts, want %d", len(g.Concepts), len(want))
	}
	hts := g.Concepts[3]
	if hts.Until != time.Date(2025, 1, 29, 0, 0, 0, 0, time.UTC) || hts.Source != "agency style note, 2024-12" {
		t.Errorf("until %v, source %q", hts.Until, hts.Source)
	}
	if p := hts.Place; p != (Place{"g.yaml", 10, 3}) {
		t.Errorf("place %v", p)
	}
}

const head = "glossary: {source: fr, target: en}\n"

// Each file, and the faults it has: line:column code "have" → "want".
var faultCases = []struct{ name, file, want string }{
	{"no header", "terms: {a: b}\n", `1:1 glossary-no-header "" → "glossary: {source: fr, target: en}"`},
	{"empty", "", `1:1 glossary-no-header "" → "glossary: {source: fr, target: en}"`},
	{"unknown section", head + "term: {a: b}\n", `2:1 glossary-unknown-section "term" → "terms"`},
	{"unknown field", head + "terms:\n  a: {en: b, avoi: c}\n", `3:14 glossary-unknown-field "avoi" → "avoid"`},
	{"columns in runes", head + "terms:\n  été: {en: b, nóte: c}\n", `3:16 glossary-unknown-field "nóte" → "note"`},
	{"unknown header field", "glossary: {source: fr, target: en, domian: x}\n", `1:36 glossary-unknown-field "domian" → "domain"`},
	{"bad language", "glossary: {source: fr, target: x}\n", `1:32 glossary-bad-language "x" → "fr"`},
	{"duplicate key", head + "terms:\n  a: b\n  c: d\n  a: e\n", `5:3 yaml-duplicate-key "a" → "f.yaml:3:3"`},
	{"same concept", head + "terms:\n  ONU (Organisation): UN\n  ONU: UN\n", `4:3 glossary-duplicate-concept "terms/ONU" → "f.yaml:3:3"`},
	{"tab", head + "terms:\n\ta: b\n", `3:1 yaml-tab "" → ""`},
	{"anchor", head + "terms:\n  a: &x b\n  c: *x\n", `3:6 yaml-alias "&x" → ""; 4:6 yaml-alias "*x" → ""`},
	{"tag", head + "terms:\n  a: !!str b\n", `3:6 yaml-tag "!!str" → ""`},
	{"merge key", head + "terms:\n  a: {<<: {en: b}}\n", `3:7 glossary-unknown-field "<<" → ""`},
	{"two documents", head + "---\nterms: {a: b}\n", `2:1 yaml-second-document "---" → ""`},
	{"bracket not closed", head + "terms:\n  a: [b, c\n  d: e\n", `3:6 yaml-unclosed "[" → "[b, c]"`},
	{"brace not closed at the end", head + "terms:\n  a: {en: b\n", `3:6 yaml-unclosed "{" → "{en: b}"`},
	{"quotation not closed", head + "terms:\n  a: \"b\n  c: d\n", `3:6 yaml-unclosed "\"" → "\"b\""`},
	{"colon in a text", head + "terms:\n  a: b: c\n  d: e\n", `3:6 yaml-colon-in-text "b: c" → "\"b: c\""`},
	{"too deep", head + "terms:\n  a: b\n   c: d\n", `4:4 yaml-indentation "c: d" → "  c: d"`},
	{"not deep enough", head + "terms:\n    a: b\n  c: d\n", `4:3 yaml-indentation "c: d" → ""`},
	{"no colon", head + "terms:\n  a: b\n  c\n  d: e\n", `4:3 yaml-no-colon "c" → "c: …"`},
	{"no space after the colon", head + "terms:\n  a:b\n  c: d\n", `3:3 yaml-no-colon "a:b" → "a: b"`},
	{"reserved character in a key", head + "terms:\n  a: b\n  @c: d\n", `4:3 yaml-reserved-character "@c" → "\"@c\""`},
	{"reserved character in a value", head + "terms:\n  a: %b\n", `3:6 yaml-reserved-character "%b" → "\"%b\""`},
	{"apostrophe in quotes", head + "terms:\n  a: 'l'eau'\n", `3:6 yaml-text-after-end "'l'eau'" → "\"l'eau\""`},
	{"quotes within a text", head + "terms:\n  a: \"b\" c\n", `3:6 yaml-text-after-end "\"b\" c" → "\"b\\\" c\""`},
	{"text after a bracket", head + "terms:\n  a: [b] c\n", `3:9 yaml-text-after-end "c" → ""`},
	{"list in a map", head + "terms:\n  a: b\n  - c\n", `4:3 yaml-no-colon "- c" → "c: …"`},
	{"bad date", head + "terms:\n  a: {en: b, until: demain}\n", `3:21 glossary-bad-value "demain" → "2025-01-29"`},
	{"bad choice", head + "terms:\n  a: {en: b, gender: masc}\n", `3:22 glossary-bad-value "masc" → "m, f"`},
	{"empty term", head + "terms:\n  a: ['', b]\n", `3:7 glossary-empty-term "" → ""`},
	{"line break in a term", head + "terms:\n  a: \"b\\nc\"\n", `3:6 glossary-bad-value "b\nc" → "b c"`},
	{"long term", head + "terms:\n  " + strings.Repeat("a", 990) + ": " + strings.Repeat("é", 600) + "\n", `3:995 glossary-long-term "éééééééééééééééééééé…" → ""`},
	{"map for text", head + "terms:\n  a: {en: b, note: [c]}\n", `3:20 glossary-wants-text "" → ""`},
	{"list for section", head + "terms: [a]\n", `2:8 glossary-wants-map "" → "OTAN: NATO"`},
	{"list for map by language", "glossary: {source: fr, target: [en, de]}\nterms:\n  a: b\n", `3:6 glossary-wants-map "" → "{en: …}"`},
	{"nothing to refine", head + "terms:\n  a: {refine: yes, en: b}\n", `3:3 glossary-nothing-to-refine "terms/a" → ""`},
	{"deep", head + "terms: " + strings.Repeat("{a: ", 40) + "x" + strings.Repeat("}", 40) + "\n", `2:133 yaml-too-deep "" → ""`},
	{"every fault", head + "terms:\n  a: {x: 1}\n  b: {y: 2}\n", `3:7 glossary-unknown-field "x" → ""; 4:7 glossary-unknown-field "y" → ""`},
	{"not UTF-8", head + "terms:\n  caf\xe9: b\n", `3:6 glossary-not-utf8 "\"\\xe9\"" → ""`},
}

// faults writes the faults of an error on one line.
func faults(err error) string {
	var all []string
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			var f *Error
			if !errors.As(e, &f) {
				return err.Error()
			}
			all = append(all, fmt.Sprintf("%d:%d %s %q → %q", f.Place.Line, f.Place.Column, f.Code, f.Have, f.Want))
		}
	}
	return strings.ReplaceAll(strings.Join(all, "; "), `\\n`, `\n`)
}

func TestLoadFaults(t *testing.T) {
	for _, c := range faultCases {
		t.Run(c.name, func(t *testing.T) {
			g, err := Load(File{"f.yaml", []byte(c.file)})
			if got := faults(err); got != c.want || g != nil {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestRefine(t *testing.T) {
	base := File{"base.yaml", []byte(head + "organisations:\n  OTAN: {en: NATO, note: old}\n  ONU: UN\n")}
	later := File{"later.yaml", []byte("organisations:\n  OTAN: {refine: yes, note: new, avoid: OTAN}\n  ONU: {refine: yes, en: [United Nations, UN]}\n")}
	g, err := Load(base, later)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"organisations/OTAN | fr p:OTAN | en p:NATO f:OTAN",
		"organisations/ONU | fr p:ONU | en p:United Nations a:UN",
	}
	for i, c := range g.Concepts {
		if got := brief(g, c); got != want[i] {
			t.Errorf("\n got %s\nwant %s", got, want[i])
		}
	}
	if g.Concepts[0].Note != "new" {
		t.Errorf("note %q", g.Concepts[0].Note)
	}
	_, err = Load(base, base)
	if got := faults(err); !strings.Contains(got, "glossary-duplicate-concept") {
		t.Errorf("the same entry twice: %v", err)
	}
}

// TestTextAsWritten: what YAML would take for a truth value, a number, a date or a time
// is the text that stands there.
func TestTextAsWritten(t *testing.T) {
	g, err := Load(File{"f.yaml", []byte(head + "terms:\n  lang: no\n  yes: oui\n  n: 0o14\n  d: 2020-01-01\n  sexa: 1:30\n  1.0: ~\n  null: 1e3\n")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range g.Concepts {
		target, _ := c.Preferred(language.English)
		got = append(got, c.Terms[language.French][0].Text+" "+target.Text)
	}
	if got, want := strings.Join(got, ", "), "lang no, yes oui, n 0o14, d 2020-01-01, sexa 1:30, 1.0 ~, null 1e3"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

func TestTwoTargets(t *testing.T) {
	g, err := Load(File{"f.yaml", []byte("glossary: {source: fr, target: [en, de]}\nterms:\n  eau: {en: water, de: Wasser, avoid: {de: Nass}}\nkeep: [Reuters]\n")})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := brief(g, g.Concepts[0]), "terms/eau | fr p:eau | en p:water | de p:Wasser f:Nass"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// BenchmarkLoad loads 20,000 concepts.
func BenchmarkLoad(b *testing.B) {
	var file strings.Builder
	file.WriteString(head + "terms:\n")
	for i := range 20_000 {
		fmt.Fprintf(&file, "  terme numéro %d:\n    en: [term %d, item %d]\n    note: Said of item %d.\n", i, i, i, i)
	}
	b.SetBytes(int64(file.Len()))
	for b.Loop() {
		g, err := Load(File{"large.yaml", []byte(file.String())})
		if err != nil || len(g.Concepts) != 20_000 {
			b.Fatal(err)
		}
	}
}

// TestHostile reads the YAML files and the term lists of the hostile corpus.
func TestHostile(t *testing.T) {
	dir, _ := devdata.Corpus(t)
	t.Run("yaml", func(t *testing.T) { hostileYAML(t, dir) })
	t.Run("lists", func(t *testing.T) { hostileLists(t, filepath.Join(dir, "glossary")) })
}

// Each hostile YAML file is given to Load. None may take long, and none is a glossary.
func hostileYAML(t *testing.T, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*yaml-*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		start := time.Now()
		_, err := LoadFiles(path)
		if err == nil {
			t.Errorf("%s: accepted", filepath.Base(path))
		}
		first, _, _ := strings.Cut(fmt.Sprint(err), "\n")
		t.Logf("%s: %v, %s", filepath.Base(path), time.Since(start).Round(time.Millisecond), strings.TrimPrefix(first, path))
		if d := time.Since(start); d > patience {
			t.Errorf("%s: %v", filepath.Base(path), d)
		}
	}
}

// TestManual loads every example of the manual.
func TestManual(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "docs", "glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	examples := strings.Split(string(page), "```yaml\n")[1:]
	for i, example := range examples {
		example, _, _ = strings.Cut(example, "```")
		files := []File{{"example.yaml", []byte(example)}}
		if !strings.Contains(example, "glossary:") {
			files = append([]File{{"head.yaml", []byte(head)}}, files...)
		}
		if strings.Contains(example, "refine:") {
			files[0].Data = append(files[0].Data, "organisations: {OTAN: NATO}\n"...)
		}
		if _, err := Load(files...); err != nil {
			t.Errorf("example %d:\n%s%v", i+1, example, err)
		}
	}
	if len(examples) < 8 {
		t.Errorf("%d examples", len(examples))
	}
}
