package check_test

import (
	"bytes"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/pipeline"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
	"drogman/pipeline/segment"
	"drogman/seeds"
)

// faults are what was done to the sample's translation: a phrase of it, what was written
// instead, and the rules of which one must say so.
var faults = []struct{ right, wrong, codes string }{
	{"On 27 November, Islamist", "On 27 December, Islamist", "number"},
	{"linked to al-Qaeda, captured", "linked to al-Qaida, captured", "term-forbidden"},
	{"captured Aleppo on 1 December", "captured Alep on 1 December", "term-forbidden term-untranslated"},
	{"the direction of Hama and Homs", "the direction of Hama and Hims", "term-forbidden"},
	{"a four-year ceasefire", "a four-year stop fire", "term-missing"},
	{"war that began in Syria in 2011", "war that began in Syria in 2001", "number"},
	{"global war that is unfolding in Ukraine", "global war that is unfolding in Ukrain", "term-missing"},
	{"bombing of Hezbollah in Lebanon", "bombing of Hizbollah in Lebanon", "term-forbidden"},
	{"The Israeli genocide in Gaza", "The the Israeli genocide in Gaza", "doubled"},
	{"the Free Syrian Army (FSA)", "the Syrian Free Army (ASL)", "term-forbidden"},
	{"Aleppo, Hama and Latakia", "Aleppo, Hama and Lattaquié", "term-forbidden term-untranslated"},
	{"In September, the Kyiv Post", "In September, the Kiev Poste", "keep-altered term-missing name"},
	{"the Golan Heights", "the plateau du Golan", "term-untranslated term-forbidden"},
	{"agency Xinhua has", "agency Xinhau has", "keep-altered term-missing name"},
	{"1,000 people have been killed", "10,000 people have been killed", "number"},
	{"the New York Times wrote", "the New York Tymes wrote", "keep-altered term-missing"},
	{"a terrorist group by the United States", "a terrorist group by the Etats-Unis", "term-missing term-untranslated"},
	{"Bashar] al-Assad in", "Bachar] al-Assad in", "term-forbidden term-missing"},
	{"in 2012–2017", "in 2012–2007", "number"},
	{"Operation Timber Sycamore", "Operation Timber Sicamore", "term-missing keep-altered name"},
	{"by Israeli airstrikes, by", "by Israeli airstrikes , by", "space"},
	{"after 13 months of war", "after 30 months of war", "number"},
	{"its leader, Hassan Nasrallah.", "its leader, Hassan Nasralah.", "name term-missing"},
	{"The Biden administration and its", "The Biden government and its", "term-forbidden"},
	{"from 2011 to 2020", "from 2011 to 2002", "number"},
	{"military source told Reuters", "military source told Reuter", "keep-altered term-missing"},
	{"on the front lines in the north.”", "on the front lines in the north.", "bracket ending"},
	{"close to Tehran reported", "close to Téhéran reported", "term-untranslated term-forbidden"},
	{"had retaken Khanasir", "had retaken Kanasir", "name term-missing"},
	{"(People’s Protection Units)", "(People’s Defence Units)", "term-forbidden"},
	{"Hakan Fidan, said", "Hakan Fidam, said", "name term-missing"},
	{"for three days without", "for 13 days without", "number"},
	{"spokesperson, Dmitry Peskov", "spokesperson, Dmitri Peskof", "name term-missing term-forbidden"},
	{"to Beijing in September 2023", "to Peking in September 2032", "number term-forbidden"},
	{"“China is ready to make positive efforts", "« La Chine est prête à faire des efforts positifs", "leftover typography term-untranslated bracket"},
	{"the Middle East, rapidly drawing", "the Near East, rapidly drawing", "term-missing term-forbidden"},
	{"before 20 January 2025", "before 20 June 2025", "number"},
	{"RELEASE THE HOSTAGES NOW!", "", "empty"},
	{"tariffs of 100%", "rights of customs of 10%", "number term-missing"},
	{"the US dollar in their bilateral trade.", "the US euro in their bilateral trade", "ending term-missing"},
}

// The rules meet a whole article, aligned from its two texts, with forty faults: what is
// found, what is missed, and what is said of a sound translation.
func TestSampleWithFaults(t *testing.T) {
	sound := text(t, "en/alep.txt")
	quiet, loud := 0, 0
	before := map[string]bool{}
	for _, f := range checkSample(t, sound) {
		if f.Severity >= check.Warning {
			quiet++
			before[f.Unit+f.Code+f.Concept] = true
			t.Logf("on the sound translation: %s %q for %q\n  %s\n  %s", f.Code, f.Have, f.Want, f.Texts.Source, f.Texts.Target)
		}
	}
	bad := sound
	for _, f := range faults {
		if strings.Count(bad, f.right) == 0 {
			t.Fatalf("the translation has no %q", f.right)
		}
		bad = strings.Replace(bad, f.right, f.wrong, 1)
	}
	findings := checkSample(t, bad)
	var missed []string
	claimed := make([]bool, len(findings))
	for _, f := range faults {
		if !claim(findings, claimed, f.right, f.wrong, strings.Fields(f.codes)) {
			missed = append(missed, f.wrong)
		}
	}
	for i, f := range findings {
		if !claimed[i] && f.Severity >= check.Warning && !before[f.Unit+f.Code+f.Concept] {
			loud++
			t.Logf("false: %s %q for %q\n  %s\n  %s", f.Code, f.Have, f.Want, f.Texts.Source, f.Texts.Target)
		}
	}
	t.Logf("%d faults: %d found, %d missed %q, %d false; %d on the sound translation", len(faults), len(faults)-len(missed), len(missed), missed, loud, quiet)
	if len(missed) > 1 || loud > 0 || quiet > 0 {
		t.Errorf("worse than it was")
	}
}

// claim marks the findings that name a fault: one of its rules, in the unit that has it.
func claim(findings []check.Finding, claimed []bool, right, wrong string, codes []string) bool {
	found := false
	for i, f := range findings {
		if wrong != "" && !strings.Contains(f.Texts.Target, wrong) || wrong == "" && f.Code != "empty" {
			continue
		}
		if slices.Contains(codes, f.Code) {
			claimed[i], found = true, true
		}
	}
	return found
}

func text(t *testing.T, name string) string {
	data, err := fs.ReadFile(seeds.Sample, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func checkSample(t *testing.T, english string) []check.Finding {
	pair := bitext.Languages{Source: language.French, Target: language.English}
	g := sampleGlossary(t)
	road := &pipeline.Pipeline{Languages: pair}
	for lang, side := range map[language.Tag]*pipeline.Side{pair.Source: &road.Source, pair.Target: &road.Target} {
		var err error
		if side.Segmenter, err = segment.New(lang); err != nil {
			t.Fatal(err)
		}
	}
	translation := file("en.txt", english)
	source := pipeline.Source{File: file("fr.txt", text(t, "fr/alep.txt")), Translation: &translation}
	c, err := check.New(check.Options{Glossary: g, Languages: pair, Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	units := func(yield func(bitext.Unit, error) bool) {
		for batch := range road.Prepare(1, slices.Values([]pipeline.Source{source})) {
			if batch.Err != nil {
				t.Fatal(batch.Err)
			}
			for _, u := range batch.Units {
				if !yield(u, nil) {
					return
				}
			}
		}
	}
	var all []check.Finding
	for f, err := range c.Batch().Findings(units) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func file(name, content string) pipeline.File {
	return pipeline.File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(content))), nil }}
}

func sampleGlossary(t *testing.T) *glossary.Glossary {
	var files []glossary.File
	names, err := fs.Glob(seeds.Sample, "glossary/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("the sample has no glossary", err)
	}
	for _, name := range names {
		files = append(files, glossary.File{Name: name, Data: []byte(text(t, name))})
	}
	g, err := glossary.Load(files...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}
