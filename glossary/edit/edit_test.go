package edit

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"drogman/glossary"
)

const file = `# drogman glossary
glossary: {source: fr, target: en, domain: Syria}

# bodies
organisations:   # all of them
  OTAN: NATO
  # the army
  Armée syrienne libre (ASL): Free Syrian Army (FSA)

  Unités de défense du peuple (YPG):
    en: People's Protection Units (YPG)
    # never this
    avoid: People's Defence Units
    note: |
      first   

      # no comment, but text
    # at the end of the entry
  # OTAS: later

terms:
  réfugié:
    en: refugee
    forms: {fr: [réfugiée, réfugiés, réfugiées]}
  art: {en: art, pos: noun}
  avion: "air\
    plane"

keep:
  - Le Monde: {unless: [tout le monde]}
  # the channel
  - Al Jazeera
# the end
`

// files are the cases and the seeds of every law: well formed, badly laid out, not YAML.
func files(t testing.TB) []string {
	list := []string{file, "", "# only a comment\n", "glossary: {source: fr, target: en}\nterms: {a: b}", "terms:\r\n  b: c  \r\n\r\n\r\n\r\n  a: d\r\n",
		"a: [", "terms:\n- a\n- b\n", "---\nterms:\n  x: |\n    # t\n\n\n  y: z\n...\n", "terms:\n  a:\n\n    en: b\n\n\n    note: c\n#x\nkeep:\n#y\n", "? a\n: b\n"}
	seeds, _ := filepath.Glob(filepath.Join("..", "..", "seeds", "glossary", "*.yaml"))
	for _, path := range seeds {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(data))
	}
	return list
}

func comments(s string) []string {
	var list []string
	for _, line := range splitLines(s) {
		if i := strings.IndexByte(line, '#'); i >= 0 {
			list = append(list, strings.TrimSpace(line[i:]))
		}
	}
	slices.Sort(list)
	return list
}

// laws of every file that parses: the blocks are the file; Format is idempotent, loses no
// comment and changes nothing that Load sees; merging with an unchanged side is nothing.
func laws(t *testing.T, text string) {
	root, err := parse([]byte(text))
	if err != nil {
		return
	}
	if root.text() != text {
		t.Errorf("the blocks are\n%s\nof\n%s", root.text(), text)
	}
	for _, sorted := range []bool{false, true} {
		once, err := Format([]byte(text), Options{Sort: sorted, Lang: language.French})
		if err != nil {
			continue
		}
		twice, err := Format(once, Options{Sort: sorted, Lang: language.French})
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("formatted again (%v):\n%q\nonce:\n%q\nof %q", err, twice, once, text)
		}
		if d := cmp.Diff(comments(text), comments(string(once))); d != "" {
			t.Errorf("comments of %q: %s", text, d)
		}
		if d := cmp.Diff(load(text), load(string(once)), sameConcepts); d != "" && !sorted && strings.HasSuffix(text, "\n") {
			t.Errorf("concepts of %q: %s", text, d)
		}
	}
	if merged, n, err := Merge([]byte(file), []byte(text), []byte(file)); err != nil || n != 0 || string(merged) != text {
		t.Errorf("merge(base, x, base) is\n%s\nof\n%s", merged, text)
	}
	if _, _, err := Merge([]byte(file), []byte(text), []byte(strings.Replace(file, "NATO", "N.A.T.O.", 1))); err != nil {
		t.Error(err)
	}
	merged, n, err := Merge([]byte(text), []byte(file), []byte(text))
	if err != nil || n != 0 || string(merged) != file {
		t.Errorf("merge(base, x, base) is\n%s", merged)
	}
}

var sameConcepts = cmp.Options{cmpopts.IgnoreFields(glossary.Concept{}, "Place"), cmpopts.IgnoreFields(glossary.Term{}, "Place"), cmpopts.EquateEmpty()}

func load(text string) []*glossary.Concept {
	g, err := glossary.Load(glossary.File{Name: "x", Data: []byte(text)})
	if err != nil {
		return nil
	}
	return g.Concepts
}

func TestLaws(t *testing.T) {
	for _, text := range files(t) {
		laws(t, text)
	}
}

func FuzzLaws(f *testing.F) {
	for _, text := range files(f) {
		f.Add(text)
	}
	f.Fuzz(laws)
}

func TestFormat(t *testing.T) {
	for _, c := range []struct{ have, want string }{
		{"terms:\n  b: c  \n\n\n\n  a: d", "terms:\n  b: c\n\n  a: d\n"},
		{"terms:\r\n  b: c\r\nkeep:\r\n  - a\r\n", "terms:\n  b: c\n\nkeep:\n  - a\n"},
		{"terms:\n  z: 1\n  # of é\n  é: 2   # here\n  e: 3\n\n  # group\n\n  b: 1\n  a:\n    en: x\n", "terms:\n  e: 3\n  # of é\n  é: 2   # here\n  z: 1\n\n  # group\n\n  a:\n    en: x\n  b: 1\n"},
		{"terms:\n  # group\n  b: 1\n  a: 2\n", "terms:\n  a: 2\n  # group\n  b: 1\n"},
	} {
		got, err := Format([]byte(c.have), Options{Sort: true, Lang: language.French})
		if err != nil || string(got) != c.want {
			t.Errorf("%q\nhave %q\nwant %q (%v)", c.have, got, c.want, err)
		}
	}
}

func TestMerge(t *testing.T) {
	base := "terms:\n  a: 1\n  b:\n    en: 2\n    note: x\n  c: 3\n"
	for name, c := range map[string]struct {
		ours, theirs, want string
		conflicts          int
	}{
		"both add at one place": {base + "  d: 4\n", base + "  e: 5\n", base + "  e: 5\n  d: 4\n", 0},
		"neighbours changed":    {strings.Replace(base, "a: 1", "a: 9", 1), strings.Replace(base, "en: 2", "en: 8", 1), "terms:\n  a: 9\n  b:\n    en: 8\n    note: x\n  c: 3\n", 0},
		"fields of one entry":   {strings.Replace(base, "note: x", "note: y", 1), strings.Replace(base, "en: 2", "en: 8", 1), "terms:\n  a: 1\n  b:\n    en: 8\n    note: y\n  c: 3\n", 0},
		"one field twice":       {strings.Replace(base, "en: 2", "en: 7", 1), strings.Replace(base, "en: 2", "en: 8", 1), "terms:\n  a: 1\n  b:\n<<<<<<< ours\n    en: 7\n=======\n    en: 8\n>>>>>>> theirs\n    note: x\n  c: 3\n", 1},
		"removed and changed":   {strings.Replace(base, "  a: 1\n", "", 1), strings.Replace(base, "a: 1", "a: 9", 1), "terms:\n<<<<<<< ours\n=======\n  a: 9\n>>>>>>> theirs\n  b:\n    en: 2\n    note: x\n  c: 3\n", 1},
		"removed and untouched": {strings.Replace(base, "  a: 1\n", "", 1), strings.Replace(base, "c: 3", "c: 4", 1), "terms:\n  b:\n    en: 2\n    note: x\n  c: 4\n", 0},
		"new section":           {"# us\n" + base, base + "\nkeep:\n  - k\n", "# us\n" + base + "\nkeep:\n  - k\n", 0},
		"same entry twice":      {base + "  d: 4\n", base + "  d: 5\n", base + "<<<<<<< ours\n  d: 4\n=======\n  d: 5\n>>>>>>> theirs\n", 1},
	} {
		got, n, err := Merge([]byte(base), []byte(c.ours), []byte(c.theirs))
		if err != nil || n != c.conflicts || string(got) != c.want {
			t.Errorf("%s: %d conflicts, %v, have\n%s\nwant\n%s", name, n, err, got, c.want)
		}
	}
}

func TestAdd(t *testing.T) {
	g, err := glossary.Load(glossary.File{Name: "x", Data: []byte(file)})
	if err != nil {
		t.Fatal(err)
	}
	fr, en := language.French, language.English
	c := &glossary.Concept{ID: "terms/char", Type: glossary.Terms, Terms: map[language.Tag][]glossary.Term{fr: {{Text: "char"}}, en: {{Text: "tank"}}}}
	got, err := Add([]byte(file), c, g)
	if want := strings.Replace(file, "    plane\"\n", "    plane\"\n  char: tank\n", 1); err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	c.Type, c.ID = glossary.Works, "works/char"
	got, err = Add([]byte(file), c, g)
	if want := file + "\nworks:\n  char: tank\n"; err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestText: a glossary written and loaded is the glossary.
func TestText(t *testing.T) {
	for _, text := range files(t) {
		g, err := glossary.Load(glossary.File{Name: "x", Data: []byte(text)})
		if err != nil {
			continue
		}
		written := Text(g)
		back, err := glossary.Load(glossary.File{Name: "y", Data: written})
		if err != nil {
			t.Errorf("%v\n%s", err, written)
			continue
		}
		byID := func(a, b *glossary.Concept) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(g.Concepts, byID)
		slices.SortFunc(back.Concepts, byID)
		if d := cmp.Diff(g.Concepts, back.Concepts, sameConcepts); d != "" {
			t.Errorf("%s\n%s", d, written)
		}
	}
}

func TestScalar(t *testing.T) {
	for _, s := range []string{"a", "Non", "1er", "~", "null", "", " a", "a: b", "a #b", "a,b", "[a]", "- a", "-a", "é", "\"q\"", "l'eau", "'q'", "a\\b", "a\nb", "<<", "#x", "?", "%", "\u2028", "\u00a0x", "yes", "1.5", "…", ":a", "a:"} {
		text := "glossary: {source: fr, target: en}\nterms:\n  x: {en: y, note: " + scalar(s) + "}\n"
		g, err := glossary.Load(glossary.File{Name: "x", Data: []byte(text)})
		if err != nil || g.Concepts[0].Note != s {
			t.Errorf("%q as %s: %v", s, scalar(s), err)
		}
	}
}

// Large files, where most entries changed on one side or the other, take no longer than a
// person waits.
func TestMergeLarge(t *testing.T) {
	var sides [3]strings.Builder
	for i := range 20_000 {
		for s := range sides {
			version := 0
			if i%3 == s {
				version = s
			}
			fmt.Fprintf(&sides[s], "  terme %d: [term %d, version %d]\n", i, i, version)
		}
	}
	begun := time.Now()
	merged, conflicts, err := Merge([]byte("terms:\n"+sides[0].String()), []byte("terms:\n"+sides[1].String()), []byte("terms:\n"+sides[2].String()))
	if took := time.Since(begun); err != nil || conflicts != 0 || bytes.Count(merged, []byte("version 2")) != 6666 || took > 20*time.Second {
		t.Errorf("%v, %d conflicts, %v, %d bytes", took, conflicts, err, len(merged))
	}
}
