package bitext

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var rivalUnits = []Unit{
	{ID: "b::1", Document: "a.txt", Languages: frEn, Source: "Le cessez-le-feu à Alep.", Target: "The ceasefire in Aleppo.", State: Translated},
	{ID: "b::2", Document: "a.txt", Languages: frEn, Source: "a < b & c > \"d\"", Target: "é 😀", State: Final},
	{ID: "c::1", Document: "a.txt", Languages: frEn, Source: "Deux\nlignes\t.", Target: "Two\nlines\t."},
}

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
	const want = `('Le cessez-le-feu à Alep.', 'The ceasefire in Aleppo.')
('a < b & c > "d"', 'é 😀')
('Deux\nlignes\t.', 'Two\nlines\t.')
`
	for _, name := range []string{"xliff-1.2", "tmx", "po"} {
		open := func(units []Unit) string {
			out, err := exec.Command(python, "-c", script, ours(t, t.TempDir(), name, units)).CombinedOutput()
			if err != nil {
				t.Errorf("%s: %v: %s", name, err, out)
			}
			return string(out)
		}
		meant := want
		if name == "xliff-1.2" {
			meant = strings.NewReplacer(`\n`, " ", `\t`, " ").Replace(want)
		}
		if got := open(rivalUnits); got != meant {
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

// translate-toolkit's converters make of our files others with the same texts.
func TestRivalConvertsOurs(t *testing.T) {
	for _, c := range []struct {
		tool     []string
		from, to string
	}{
		{[]string{"xliff2po"}, "xliff-1.2", "po"},
		{[]string{"po2xliff"}, "po", "xliff-1.2"},
		{[]string{"po2tmx", "--source-language=fr", "--language=en-GB"}, "po", "tmx"},
	} {
		t.Run(c.tool[0], func(t *testing.T) {
			units := slices.Clone(rivalUnits)
			for i := range units {
				units[i].State = Translated // a fuzzy one is none for po2tmx
			}
			if c.from == "xliff-1.2" {
				units = units[:2] // it folds white space, whatever xml:space says
			}
			folder := t.TempDir()
			made := filepath.Join(folder, "made"+extensionOf(c.to))
			runRival(t, append(c.tool, ours(t, folder, c.from, units), made)...)
			f, _ := FormatFor(c.to)
			file, err := os.ReadFile(made)
			if err != nil {
				t.Fatal(err)
			}
			var got []Unit
			for u, err := range ReadWith(bytes.NewReader(file), "x", f, ReadOptions{Languages: frEn}) { // po2tmx says that the source is English
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(u.Source, "X-Generator:") { // the header of the PO
					got = append(got, u)
				}
			}
			if diff := cmp.Diff(texts(units), texts(got)); diff != "" {
				t.Errorf("-ours +theirs\n%s", diff)
			}
		})
	}
}

// pofilter takes our tags for tags: it finds none amiss where they are placed, and the one
// that is lost.
func TestRivalKnowsTags(t *testing.T) {
	bold := []Code{code(Open, "b", 0), code(Close, "b", 3)}
	for target, want := range map[string][]Code{"Yes, he says.": bold, "Yes, he said.": bold[:1]} {
		folder := t.TempDir()
		po := ours(t, folder, "po", []Unit{{ID: "b::1", Languages: frEn, Source: "Oui, dit-il.", SourceCodes: bold, Target: target, TargetCodes: want, State: Translated}})
		out := filepath.Join(folder, "faults.po")
		runRival(t, "pofilter", "--test=xmltags", po, out)
		faults, _ := os.ReadFile(out)
		if found := strings.Contains(string(faults), "xmltags"); found != (len(want) == 1) {
			t.Errorf("%q: pofilter says\n%s", target, faults)
		}
	}
}

// OmegaT translates from our TMX, and opens our XLIFF 1.2 and PO as documents to translate.
func TestOmegaTOpensOurs(t *testing.T) {
	project := t.TempDir()
	for _, dir := range []string{"source", "target", "omegat", "tm/auto", "glossary", "dictionary"} {
		os.MkdirAll(filepath.Join(project, filepath.FromSlash(dir)), 0o777)
	}
	os.WriteFile(filepath.Join(project, "omegat.project"), []byte(omegatProject), 0o666)
	source := filepath.Join(project, "source")
	os.WriteFile(filepath.Join(source, "a.txt"), []byte("Le cessez-le-feu à Alep.\n\na < b & c > \"d\"\n"), 0o666)
	ours(t, filepath.Join(project, "tm", "auto"), "tmx", rivalUnits[:2])
	untranslated := slices.Clone(rivalUnits[:2])
	for i := range untranslated {
		untranslated[i].Target, untranslated[i].State = "", Initial
	}
	ours(t, source, "po", untranslated)
	for i := range untranslated { // of XLIFF it shows the targets alone
		untranslated[i].Target = untranslated[i].Source
	}
	ours(t, source, "xliff-1.2", untranslated)
	runRival(t, "omegat", project, "--mode=console-translate", "--no-team", "--config-dir="+t.TempDir())
	text, _ := os.ReadFile(filepath.Join(project, "target", "a.txt"))
	if want := "The ceasefire in Aleppo.\n\né 😀\n"; string(text) != want {
		t.Errorf("from our TMX it translates %q, want %q", text, want)
	}
	for _, name := range []string{"po", "xliff-1.2"} {
		f, _ := FormatFor(name)
		file, err := os.ReadFile(filepath.Join(project, "target", "ours"+extensionOf(name)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(texts(rivalUnits[:2]), texts(readAll(t, f, file))); diff != "" {
			t.Errorf("%s: -ours +theirs\n%s", name, diff)
		}
	}
}

const omegatProject = `<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>FR</source_lang><target_lang>EN-GB</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
`

// ours writes units to the file ours.EXT of a folder.
func ours(t *testing.T, folder, format string, units []Unit) string {
	t.Helper()
	f, _ := FormatFor(format)
	file, err := written(f, units...)
	path := filepath.Join(folder, "ours"+extensionOf(format))
	if err == nil {
		err = os.WriteFile(path, file, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func extensionOf(format string) string {
	return map[string]string{"xliff-1.2": ".xlf", "tmx": ".tmx", "po": ".po"}[format]
}

// runRival runs another's program, or skips the test where it is not installed.
func runRival(t *testing.T, command ...string) {
	t.Helper()
	if _, err := exec.LookPath(command[0]); err != nil {
		t.Skip("needs " + command[0])
	}
	if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", command, err, out)
	}
}

// texts are the sources and targets of units.
func texts(units []Unit) (pairs [][2]string) {
	for _, u := range units {
		pairs = append(pairs, [2]string{u.Source, u.Target})
	}
	return pairs
}
