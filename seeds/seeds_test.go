package seeds_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/seeds"
)

// frenchSum is the digest of the article as it was received: it is never to be edited,
// its mistakes and mixed typography included.
const frenchSum = "aaff8a8d4912e304b88690f4f8e4920f898323d300b1d271928e473b32626f81"

func TestFrenchIsUnchanged(t *testing.T) {
	sum := sha256.Sum256([]byte(read(t, seeds.Sample, "fr/alep.txt")))
	if got := hex.EncodeToString(sum[:]); got != frenchSum {
		t.Errorf("fr/alep.txt has SHA-256 %s, want %s", got, frenchSum)
	}
}

// A pair is a French sentence and the English one that stands for it.
type pair struct{ french, english string }

// sentenceEnd is where a sentence of the sample ends: good for these two texts, whose
// abbreviations never come before a capital, not for others.
var sentenceEnd = regexp.MustCompile(`[.!?:]["»”]*\s+([«“]?\p{Lu})`)

func sentences(paragraph string) []string {
	var list []string
	for {
		end := sentenceEnd.FindStringSubmatchIndex(paragraph)
		if end == nil {
			return append(list, paragraph)
		}
		list = append(list, strings.TrimSpace(paragraph[:end[2]]))
		paragraph = paragraph[end[2]:]
	}
}

// pairs returns the sentence pairs of the sample, having seen that both sides have the
// same lines and in each line the same number of sentences.
func pairs(t *testing.T) []pair {
	t.Helper()
	french := strings.Split(read(t, seeds.Sample, "fr/alep.txt"), "\n")
	english := strings.Split(read(t, seeds.Sample, "en/alep.txt"), "\n")
	if len(french) != len(english) {
		t.Fatalf("%d lines of French, %d of English", len(french), len(english))
	}
	var list []pair
	for i := range french {
		fr, en := sentences(french[i]), sentences(english[i])
		if len(fr) != len(en) || (french[i] == "") != (english[i] == "") {
			t.Fatalf("line %d: %d sentences of French, %d of English", i+1, len(fr), len(en))
		}
		for j := range fr {
			if fr[j] != "" {
				list = append(list, pair{fr[j], en[j]})
			}
		}
	}
	return list
}

func TestSentencesAreOneToOne(t *testing.T) {
	if n := len(pairs(t)); n != 55 {
		t.Errorf("%d pairs of sentences, want 55", n)
	}
}

// TestGlossaryIsOfTheText holds the glossary to the article: each concept occurs in it.
func TestGlossaryIsOfTheText(t *testing.T) {
	g := load(t, seeds.Sample)
	if len(g.Concepts) < 190 {
		t.Errorf("%d concepts, want at least 190", len(g.Concepts))
	}
	source := compile(t, g, g.Source)
	seen := map[*glossary.Concept]bool{}
	for _, p := range pairs(t) {
		for _, o := range source.Find(p.french) {
			seen[o.Concept] = true
		}
	}
	for _, c := range g.Concepts {
		if !seen[c] {
			t.Errorf("%s: %s does not occur in the French text", c.Place, c.ID)
		}
	}
}

// TestTranslationObeysGlossary holds the translation to the glossary, sentence by
// sentence: a term has one of its renderings, and none that is forbidden.
func TestTranslationObeysGlossary(t *testing.T) {
	g := load(t, seeds.Sample)
	source, target := compile(t, g, g.Source), compile(t, g, language.BritishEnglish)
	checked := 0
	for _, p := range pairs(t) {
		renderings := target.Find(p.english)
		for _, o := range source.Find(p.french) {
			if o.Nested {
				continue
			}
			checked++
			surface := p.french[o.Start:o.End]
			if o.Ambiguous {
				t.Errorf("%q may be %s or another concept in\n\t%s", surface, o.Concept.ID, p.french)
			}
			if !holds(renderings, o.Concept, false) {
				t.Errorf("%q (%s) is missing from\n\t%s", surface, o.Concept.ID, p.english)
			}
			if holds(renderings, o.Concept, true) {
				t.Errorf("%q (%s) has a forbidden rendering in\n\t%s", surface, o.Concept.ID, p.english)
			}
		}
	}
	if checked < 380 {
		t.Errorf("%d terms checked, want at least 380", checked)
	}
}

// holds reports whether a forbidden, or else a permitted, term of a concept is among
// those found.
func holds(found []glossary.Occurrence, c *glossary.Concept, forbidden bool) bool {
	return slices.ContainsFunc(found, func(o glossary.Occurrence) bool {
		return o.Concept == c && (o.Term.Status == glossary.Forbidden) == forbidden
	})
}

// TestStarterShowsItsGlossary holds the example article to the example glossary.
func TestStarterShowsItsGlossary(t *testing.T) {
	read(t, seeds.Starter, "drogman.yaml")
	g := load(t, seeds.Starter)
	text := read(t, seeds.Starter, "articles/exemple.txt")
	var found []string
	for _, o := range compile(t, g, g.Source).Find(text) {
		found = append(found, text[o.Start:o.End])
	}
	for _, want := range []string{"ONU", "Londres", "Tours", "porte-parole", "Le Monde", "mises en demeure", "bourse", "Le Malade imaginaire", "Molière", "rendez-vous"} {
		if !slices.Contains(found, want) {
			t.Errorf("%s is not found among %q", want, found)
		}
	}
}

func load(t *testing.T, fsys fs.FS) *glossary.Glossary {
	t.Helper()
	names, err := fs.Glob(fsys, "glossary/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var files []glossary.File
	for _, name := range names {
		files = append(files, glossary.File{Name: name, Data: []byte(read(t, fsys, name))})
	}
	g, err := glossary.Load(files...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func compile(t *testing.T, g *glossary.Glossary, lang language.Tag) *glossary.Matcher {
	t.Helper()
	m, err := g.Compile(lang)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func read(t *testing.T, fsys fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
