package bitext

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What we write is opened by translate-toolkit with the texts that we meant. It does not know
// XLIFF 2, and folds the white space of XLIFF 1.2 whatever xml:space says.
func TestRivalOpensOurs(t *testing.T) {
	python := ""
	for _, candidate := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(candidate, "-c", "import translate.storage.factory").Run() == nil {
			python = candidate
			break
		}
	}
	if python == "" {
		t.Skip("needs translate-toolkit")
	}
	const script = `
import sys
from translate.storage import factory
store = factory.getobject(sys.argv[1])
for u in store.units:
    if u.istranslatable():
        print(repr((str(u.source), str(u.target or ''))))
`
	units := []Unit{
		{ID: "b::1", Document: "a.txt", Languages: frEn, Source: "Le cessez-le-feu à Alep.", Target: "The ceasefire in Aleppo.", State: Translated},
		{ID: "b::2", Document: "a.txt", Languages: frEn, Source: "a < b & c > \"d\"", Target: "é 😀", State: Final},
		{ID: "c::1", Document: "a.txt", Languages: frEn, Source: "Deux\nlignes\t.", Target: "Two\nlines\t."},
	}
	const want = `('Le cessez-le-feu à Alep.', 'The ceasefire in Aleppo.')
('a < b & c > "d"', 'é 😀')
('Deux\nlignes\t.', 'Two\nlines\t.')
`
	for _, name := range []string{"xliff-1.2", "tmx", "po"} {
		f, _ := FormatFor(name)
		path := filepath.Join(t.TempDir(), "out"+map[string]string{"xliff-1.2": ".xlf", "tmx": ".tmx", "po": ".po"}[name])
		open := func(units []Unit) string {
			file, err := written(f, units...)
			if err != nil {
				t.Fatal(err)
			}
			os.WriteFile(path, file, 0o666)
			out, err := exec.Command(python, "-c", script, path).CombinedOutput()
			if err != nil {
				t.Errorf("%s: %v: %s", name, err, out)
			}
			return string(out)
		}
		meant := want
		if name == "xliff-1.2" {
			meant = strings.NewReplacer(`\n`, " ", `\t`, " ").Replace(want)
		}
		if got := open(units); got != meant {
			t.Errorf("%s: have\n%swant\n%s", name, got, meant)
		}
		hard := hardUnits()
		opened := strings.Count(open(hard), "\n")
		t.Logf("%s: of %d hard units %d are shown", name, len(hard), opened)
		if opened < len(hard)*9/10 { // it passes over units without text
			t.Errorf("%s: of %d hard units %d are opened", name, len(hard), opened)
		}
	}
}
