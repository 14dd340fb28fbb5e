package bitext

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"drogman/seeds/devdata"

	"github.com/google/go-cmp/cmp"
)

func update(t testing.TB, f Format, file []byte, edit func(Unit) Unit) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Update(bytes.NewReader(file), &out, "x", f, ReadOptions{}, edit, nil); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return out.Bytes()
}

func unchanged(u Unit) Unit { return u }

// retarget gives the nth unit another target.
func retarget(n int, target string) func(Unit) Unit {
	i := -1
	return func(u Unit) Unit {
		if i++; i == n {
			u.Target, u.TargetCodes, u.State = target, nil, Translated
		}
		return u
	}
}

// spliceable are the formats to try, one of each reader.
func spliceable() []Format {
	var list []Format
	for _, f := range Formats {
		if f.Splices() && f.Writes() && f.Name != "xliff-2.0" && f.Name != "xliff-2.2" {
			list = append(list, f)
		}
	}
	return list
}

// Update with nothing changed is the identity; a changed target is there, all else is as
// it was; and changed back the file is the same, byte for byte.
func TestUpdate(t *testing.T) {
	units := hardUnits()
	units = append(units[:len(hardTexts):len(hardTexts)], units[len(units)-40:]...)
	for _, f := range spliceable() {
		file, err := written(f, units...)
		if err != nil {
			t.Fatal(err)
		}
		if got := update(t, f, file, unchanged); !bytes.Equal(got, file) {
			t.Errorf("%s: not the identity: %s", f.Name, cmp.Diff(string(file), string(got)))
		}
		before := readAll(t, f, file)
		for n, text := range hardTexts {
			checkUpdate(t, f, file, before, n, text)
		}
	}
}

func checkUpdate(t *testing.T, f Format, file []byte, before []Unit, n int, text string) {
	t.Helper()
	changed := update(t, f, file, retarget(n, text))
	after := readAll(t, f, changed)
	if len(after) != len(before) || after[n].Target != text {
		t.Errorf("%s: unit %d has %q, want %q", f.Name, n, after[n].Target, text)
		return
	}
	restored := update(t, f, changed, func(u Unit) Unit {
		if u.ID == before[n].ID {
			u.Target, u.TargetCodes, u.State = before[n].Target, before[n].TargetCodes, before[n].State
		}
		return u
	})
	if before[n].Target != "" && !bytes.Equal(restored, file) {
		t.Errorf("%s: unit %d changed to %q and back: %s", f.Name, n, text, cmp.Diff(string(file), string(restored)))
	}
	after[n].Target, after[n].State = before[n].Target, before[n].State
	if diff := cmp.Diff(before, after, sameUnit); diff != "" {
		t.Errorf("%s: changing unit %d changed another: %s", f.Name, n, diff)
	}
}

func readAll(t testing.TB, f Format, file []byte) []Unit {
	t.Helper()
	var units []Unit
	for u, err := range Read(bytes.NewReader(file), "x", f) {
		if err != nil {
			t.Fatal(err)
		}
		units = append(units, u)
	}
	return units
}

// A target with the source's codes gets the markup that the file has for them.
func TestUpdateCodes(t *testing.T) {
	for _, c := range []struct{ format, file, want string }{
		{"xliff", xliff2File(`<segment id="s1"><source>a <pc id="1" type="fmt">b</pc><ph id="2"  canDelete='no'/></source></segment>`),
			`</source><target>a <pc id="1" type="fmt">b</pc><ph id="2"  canDelete='no'/></target></segment>`},
		{"xliff", xliff2File(`<segment><source>a <pc id="1">b</pc><x:ph xmlns:x="urn:oasis:names:tc:xliff:document:2.0" id="2"/></source><target xml:lang="en" /></segment>`),
			`<target xml:lang="en" >a <pc id="1">b</pc><x:ph xmlns:x="urn:oasis:names:tc:xliff:document:2.0" id="2"/></target>`},
		{"xliff", `<xliff version="1.2"><file source-language="fr" target-language="en"><body><trans-unit id="1"><source>a <g id="1">b</g><x id="2"/></source></trans-unit></body></file></xliff>`,
			`</source><target>a <g id="1">b</g><x id="2"/></target>`},
		{"tmx", `<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>a <bpt i="1" x="1">[</bpt>b<ept i="1">]</ept><ph x="2"/></seg></tuv><tuv xml:lang="en"><seg>?</seg></tuv></tu></body></tmx>`,
			`<seg>a <bpt i="1" x="1">[</bpt>b<ept i="1">]</ept><ph x="2"/></seg></tuv></tu>`},
	} {
		f, _ := FormatFor(c.format)
		got := update(t, f, []byte(c.file), func(u Unit) Unit {
			u.Target, u.TargetCodes, u.State = u.Source, u.SourceCodes, Translated
			return u
		})
		if !strings.Contains(string(got), c.want) {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
}

// States go where each tool keeps them, also where none was said.
func TestUpdateState(t *testing.T) {
	const head = `<xliff version="1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns:mq="MQXliff"><file source-language="fr" target-language="en"><body>`
	for _, c := range []struct{ format, file, want string }{
		{"sdlxliff", `<trans-unit id="1"><source>a</source><seg-source><mrk mtype="seg" mid="1">a</mrk></seg-source><target><mrk mtype="seg" mid="1"/></target><sdl:seg-defs><sdl:seg id="1"/></sdl:seg-defs></trans-unit>`,
			`<mrk mtype="seg" mid="1">b</mrk></target><sdl:seg-defs><sdl:seg id="1" conf="ApprovedTranslation"/>`},
		{"mqxliff", `<trans-unit id="1" mq:status="NotStarted" mq:x=""><source>a</source></trans-unit>`,
			`<trans-unit id="1" mq:status="Reviewer1Confirmed" mq:x=""><source>a</source><target>b</target>`},
		{"xliff-1.2", `<trans-unit id="1"><source>a</source></trans-unit>`, `<source>a</source><target state="signed-off">b</target>`},
	} {
		f, _ := FormatFor(c.format)
		got := update(t, f, []byte(head+c.file+`</body></file></xliff>`), func(u Unit) Unit {
			u.Target, u.State = "b", Reviewed
			return u
		})
		if !strings.Contains(string(got), c.want) {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
}

// Each plural form is a target of its own; the flag of the entry goes with the first.
func TestUpdatePlural(t *testing.T) {
	f, _ := FormatFor("po")
	const file = "#, fuzzy\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[1] \"a\"\n\"b\"\nmsgstr[0] \"c\"\nmsgstr[2] \"\"\n\nmsgid \"x\"\nmsgstr \"\"\n"
	got := update(t, f, []byte(file), func(u Unit) Unit {
		u.Target, u.State = "<"+u.Source+" "+u.ID+">", Translated
		return u
	})
	const want = "msgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[1] \"<%d files %d file[1]>\"\nmsgstr[0] \"<%d file >\"\nmsgstr[2] \"<%d files %d file[2]>\"\n\nmsgid \"x\"\nmsgstr \"<x >\"\n"
	if string(got) != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := update(t, f, []byte(file), unchanged); string(got) != file {
		t.Errorf("not the identity:\n%s", got)
	}
}

// A target that cannot be written is told, its unit stays, and the others change.
func TestUpdateRefuses(t *testing.T) {
	f, _ := FormatFor("tsv")
	const file = "source\ttarget\n\xc9t\xe9\tx\nb\tx\n"
	targets := map[string]string{"Été": "Łódź", "b": "é"}
	var refused []string
	var out bytes.Buffer
	err := Update(strings.NewReader(file), &out, "x.tsv", f, ReadOptions{Encoding: "windows-1252"}, func(u Unit) Unit {
		u.Target, u.Place.File = targets[u.Source], "delivery"
		return u
	}, func(err error) { refused = append(refused, err.Error()) })
	if want := "source\ttarget\n\xc9t\xe9\tx\nb\t\xe9\n"; err != nil || out.String() != want {
		t.Errorf("%v, %q, want %q", err, out.String(), want)
	}
	if want := `delivery:2:1: splice-character: have "Ł"`; strings.Join(refused, "|") != want {
		t.Errorf("%q, want %q", refused, want)
	}
}

func xliff2File(body string) string {
	return `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr" trgLang="en"><file id="f"><unit id="u">` + body + `</unit></file></xliff>`
}

// Files made by others come back byte for byte, and valid ones stay valid when every
// segment is given its source as its target.
func TestUpdateOthers(t *testing.T) {
	f, _ := FormatFor("xliff")
	files, _ := filepath.Glob(filepath.Join(devdata.Path(t, "formats", "oasis-xliff", "xliff-21", "test-suite"), "*", "valid", "*.xlf"))
	for _, path := range files {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := update(t, f, file, unchanged); !bytes.Equal(got, file) {
			t.Errorf("%s: not the identity", path)
		}
	}
}

func FuzzUpdate(f *testing.F) {
	for i, text := range hardTexts {
		f.Add(text, i)
	}
	f.Add("\x9b", 2)
	f.Add("\x00", 3)
	files := map[string][]byte{}
	for _, format := range spliceable() {
		files[format.Name], _ = written(format, hardUnits()...)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		for _, format := range spliceable() {
			file := files[format.Name]
			var out bytes.Buffer
			if n < 0 || Update(bytes.NewReader(file), &out, "x", format, ReadOptions{}, retarget(n%100, text), nil) != nil {
				continue // refused, NUL in PO or bytes that are not UTF-8
			}
			if got := readAll(t, format, out.Bytes())[n%100].Target; got != text {
				t.Errorf("%s: %q came back as %q", format.Name, text, got)
			}
		}
	})
}
