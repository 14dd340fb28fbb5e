package extract

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// texts found by Candidates in a corpus of one segment a line.
func found(corpus string, opt Options) []string {
	opt.Source, opt.Target = language.French, language.English
	var segments []Segment
	for line := range strings.Lines(corpus) {
		source, target, _ := strings.Cut(strings.TrimSpace(line), " = ")
		segments = append(segments, Segment{source, target})
	}
	var list []string
	candidates := Candidates(segments, opt)
	Translate(candidates, segments, language.French, language.English, 1)
	for _, c := range candidates {
		text := c.Text
		if len(c.Targets) > 0 && c.Targets[0].Score > 0.5 {
			text += " = " + c.Targets[0].Text
		}
		if len(c.Variants) > 0 {
			text += " ~ " + strings.Join(c.Variants, ", ")
		}
		list = append(list, text)
	}
	return list
}

func TestCandidates(t *testing.T) {
	for name, c := range map[string]struct{ corpus, has, hasNot string }{
		"forms of one term":    {"Une mise en demeure arrive.\nLes mises en demeure pleuvent.", "mise en demeure", "mises en demeure"},
		"links and elision":    {"Le droit d'asile recule.\nLe droit d’asile avance.", "droit d'asile", "droit"},
		"capital of sentence":  {"Cessez-le-feu rompu hier.\nLe cessez-le-feu tient.\nLe cessez-le-feu, dit-on.", "cessez-le-feu", "Cessez-le-feu"},
		"names and spellings":  {"Hier Bachar el-Assad parla.\nPuis Bashar al-Assad partit.\nAlors Bachar el-Assad revint.", "Bachar el-Assad ~ Bashar al-Assad", "Bashar al-Assad"},
		"participles":          {"Le pont suspendu tient.\nOn voit le pont suspendu.", "pont suspendu", "suspendu"},
		"institutions":         {"Hier l'Union européenne a dit non.\nPuis l'Union européenne a cédé.", "Union européenne", "Union"},
		"adverbs are no terms": {"Il vient également ici.\nElle dort également là.", "", "également"},
		"translations":         {"La frappe aérienne tue. = The airstrike kills.\nUne frappe aérienne rate. = An airstrike misses.\nLe pont tombe. = The bridge falls.", "frappe aérienne = airstrike", ""},
	} {
		list := found(c.corpus, Options{})
		if c.has != "" && !slices.Contains(list, c.has) || c.hasNot != "" && slices.Contains(list, c.hasNot) {
			t.Errorf("%s: %q", name, list)
		}
	}
}

func TestKnownAndGeneral(t *testing.T) {
	corpus := "Le pont suspendu tient.\nLe pont suspendu tombe."
	if list := found(corpus, Options{Known: func(p string) bool { return p == "pont suspendu" }}); slices.Contains(list, "pont suspendu") {
		t.Errorf("known, and proposed: %q", list)
	}
	everyday := slices.Repeat([]string{"Le pont suspendu est beau."}, 50)
	if list := found(corpus, Options{General: everyday}); slices.Contains(list, "pont suspendu") {
		t.Errorf("as frequent in everyday language, and proposed: %q", list)
	}
}

// Hostile text takes time linear in its length: fractions of a second, where anything
// quadratic takes minutes.
func TestLinear(t *testing.T) {
	for _, text := range []string{"mot ", "Nom ", "de ", "a-", "l'", "\u0301"} {
		start := time.Now()
		Candidates([]Segment{{Source: strings.Repeat(text, 60_000)}}, Options{Source: language.French})
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%q takes %v", text, d)
		}
	}
}
