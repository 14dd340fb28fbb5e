package bitext

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The cells of a unit with codes show them as tags; those of one without stay as they are.
func TestTagsShown(t *testing.T) {
	for _, c := range []struct {
		name           string
		unit           Unit
		source, target string
	}{
		{"a pair and a code alone", Unit{Source: "Il a dit oui.", SourceCodes: []Code{code(Open, "b", 9), code(Standalone, "br", 12), code(Close, "b", 12)},
			Target: "Yes, he said.", TargetCodes: []Code{code(Open, "b", 0), code(Close, "b", 3), code(Standalone, "br", 13)}},
			"Il a dit <1>oui<2/></1>.", "<1>Yes</1>, he said.<2/>"},
		{"half a pair", Unit{Source: "ab", SourceCodes: []Code{code(Close, "b", 1), code(Open, "i", 1)}}, "a<1/><2/>b", ""},
		{"the text shown is the sign", Unit{Source: "à {name} oui", SourceCodes: []Code{bare("1", 3, 9), code(Standalone, "2", 9)},
			Target: "{name} yes", TargetCodes: []Code{bare("1", 0, 6), code(Standalone, "2", 10)}}, "à {name}<1/> oui", "{name} yes<1/>"},
		{"white space shown", Unit{Source: "a\nb", SourceCodes: []Code{bare("1", 1, 2)}}, "a<1>\n</1>b", ""},
		{"not found as it should be", Unit{Source: "%s %s", SourceCodes: []Code{bare("1", 0, 2), bare("2", 3, 5)},
			Target: "%s %s", TargetCodes: []Code{bare("2", 0, 2), bare("1", 3, 5)}}, "%s %s", "<2>%s</2> <1>%s</1>"},
		{"a word is found as a word", Unit{Source: "le code x", SourceCodes: []Code{bare("1", 8, 9)},
			Target: "next code x", TargetCodes: []Code{bare("1", 10, 11)}}, "le code x", "next code x"},
		{"text like a tag", Unit{Source: `a <1> \`, SourceCodes: []Code{code(Standalone, "x", 7)}}, `a \<1> \\<1/>`, ""},
		{"no codes", Unit{Source: `a <1> \<2>`, Target: "</1>"}, `a <1> \<2>`, "</1>"},
		{"no tag can say it", Unit{Source: "{a} b", SourceCodes: []Code{bare("1", 0, 3)}, Target: "b {a}"}, "{a} b", "b {a}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.unit.ID = "a::1"
			shown, _ := beside(&c.unit)
			if shown.Source != c.source || shown.Target != c.target {
				t.Errorf("shown as %q, %q, want %q, %q", shown.Source, shown.Target, c.source, c.target)
			}
			for _, name := range []string{"tsv", "csv", "xlsx", "po"} {
				f, _ := FormatFor(name)
				got, err := there(f, c.unit)
				if err != nil || len(got) != 1 {
					t.Fatalf("%s: %v, %v", name, got, err)
				}
				if diff := cmp.Diff([2][]Code{c.unit.SourceCodes, c.unit.TargetCodes}, [2][]Code{got[0].SourceCodes, got[0].TargetCodes}, sameUnit); diff != "" {
					t.Errorf("%s: -want +got\n%s", name, diff)
				}
			}
		})
	}
}

// What a translator types is read, whatever it is: the codes that are there, and each tag
// that is none of the unit's as a code that merging will name.
func TestTagsTyped(t *testing.T) {
	unit := Unit{ID: "a::1", Source: "a b {n} c", SourceCodes: []Code{
		code(Open, "b", 0), code(Close, "b", 1), code(Standalone, "br", 2), code(Close, "i", 3), bare("n", 4, 7)}}
	for typed, want := range map[string]string{
		"<1>A</1><2/>B<3/>{n}": "AB{n}: open b 0, close b 1, standalone br 1, close i 2, standalone n 2-5",
		"A":                    "A:",
		"{n} <1>A":             "{n} A: standalone n 0-3, open b 4",
		"</1>A<1>":             "A: close b 0, open b 1",
		"<1>A</1><1>B</1>":     "AB: open b 0, close b 1, open b 1, close b 2",
		"<1/>A<2>B</3>":        "AB: standalone <1> 0 <1/>, open <2> 1 <2>, close i 2",
		"<2></2>A":             "A: standalone br 0",
		"A<2 />":               "A: standalone br 1",
		"A<2  /><2 >":          "A<2  /><2 >:",
		"A<7>B</7>":            "AB: open <7> 1 <7>, close <7> 2 </7>",
		"< 1>A< /1>":           "< 1>A< /1>:",
		`\<1>A`:                "<1>A:",
		"{n<2/>} {n}":          "{n} {n}: standalone br 2",
		"<4>x</4>":             "x: standalone n 0-1",
	} {
		cells, rest := beside(&unit)
		cells.Target = typed
		if _, have, fault := rest.fill(&cells); fault != "" {
			t.Fatalf("%q: %s is not %s", typed, have, fault)
		}
		if got := described(&cells); got != want {
			t.Errorf("%q is read as\n%s, want\n%s", typed, got, want)
		}
		f, _ := FormatFor("tsv")
		if got, err := there(f, cells); err != nil || described(&got[0]) != described(&cells) {
			t.Errorf("%q does not come back: %v %v", typed, got, err)
		}
	}
}

// described tells a unit's target and its codes.
func described(u *Unit) string {
	var codes []string
	for _, c := range u.TargetCodes {
		s := kindNames[c.Kind] + " " + c.ID + " " + string(rune('0'+c.Span.Start))
		if c.Span.Len() > 0 {
			s += "-" + string(rune('0'+c.Span.End))
		}
		if strings.HasPrefix(c.ID, "<") {
			s += " " + c.Data
		}
		codes = append(codes, s)
	}
	return strings.TrimSpace(u.Target + ": " + strings.Join(codes, ", "))
}

// A file of before, with codes in JSON alone, is read as it was; and what is spliced into it
// stands as the rest of it does.
func TestTagsAbsent(t *testing.T) {
	for name, file := range map[string]string{
		"tsv": "id\tsource\ttarget\tmore\n" + `a::1	Un <1> mot	A <1> word	{"sourceCodes":[{"start":0,"end":0,"kind":"open","id":"b"},{"start":2,"end":2,"kind":"close","id":"b"}],"targetCodes":[{"start":0,"end":0,"kind":"open","id":"b"},{"start":1,"end":1,"kind":"close","id":"b"}]}` + "\n",
		"po":  "#. drogman: " + `{"sourceCodes":[{"start":0,"end":0,"kind":"open","id":"b"},{"start":2,"end":2,"kind":"close","id":"b"}],"targetCodes":[{"start":0,"end":0,"kind":"open","id":"b"},{"start":1,"end":1,"kind":"close","id":"b"}]}` + "\nmsgctxt \"a::1\"\nmsgid \"Un <1> mot\"\nmsgstr \"A <1> word\"\n",
	} {
		f, _ := FormatFor(name)
		before := readAll(t, f, []byte(file))
		if before[0].Source != "Un <1> mot" || len(before[0].SourceCodes) != 2 || before[0].TargetCodes[1].Span.Start != 1 {
			t.Errorf("%s: read as %+v", name, before)
		}
		changed := update(t, f, []byte(file), func(u Unit) Unit {
			u.Target, u.TargetCodes = "One <1>", []Code{{Kind: Open, ID: "b", Span: Span{4, 4}}, {Kind: Close, ID: "b", Span: Span{7, 7}}}
			return u
		})
		after := readAll(t, f, changed)
		if described(&after[0]) != "One <1>: open b 4, close b 7" || !bytes.Contains(changed, []byte("One <1>")) {
			t.Errorf("%s: %s", name, changed)
		}
		if again := update(t, f, changed, func(Unit) Unit { return before[0] }); string(again) != file {
			t.Errorf("%s: changed back it is\n%s", name, again)
		}
	}
}

// A target spliced into a file with tags has them; a code that the unit lacks is refused.
func TestTagsSpliced(t *testing.T) {
	unit := Unit{ID: "a::1", Source: "a {n}", SourceCodes: []Code{code(Open, "b", 0), code(Close, "b", 1), bare("n", 2, 5)}, Target: "x", State: Translated}
	for _, name := range []string{"tsv", "csv", "po"} {
		f, _ := FormatFor(name)
		file, err := written(f, unit)
		if err != nil {
			t.Fatal(err)
		}
		changed := update(t, f, file, func(u Unit) Unit {
			u.Target, u.TargetCodes = "{n} <1>", []Code{bare("n", 0, 3), code(Open, "b", 4), code(Close, "b", 7)}
			return u
		})
		if want := `{n} <1>\<1></1>`; !strings.Contains(strings.ReplaceAll(string(changed), `\\`, `\`), want) {
			t.Errorf("%s: no %s in\n%s", name, want, changed)
		}
		if got := readAll(t, f, changed)[0]; described(&got) != "{n} <1>: standalone n 0-3, open b 4, close b 7" {
			t.Errorf("%s: read as %s", name, described(&got))
		}
		err = Update(bytes.NewReader(file), &bytes.Buffer{}, "x", f, ReadOptions{}, func(u Unit) Unit {
			u.TargetCodes = []Code{code(Standalone, "c", 0)}
			return u
		}, nil)
		if e, ok := err.(*Error); !ok || e.Code != "splice-code" || e.Have != "c" {
			t.Errorf("%s: a code that is not in the unit: %v", name, err)
		}
	}
}

// A cell of forty thousand tags is read and written in no time.
func TestTagsMany(t *testing.T) {
	u := Unit{ID: "a::1", Source: strings.Repeat("{a} <1 \\", 20_000)}
	for i := range 20_000 {
		u.SourceCodes = append(u.SourceCodes, bare("s", i*8, i*8+3), code(Open, "b", i*8+3), code(Close, "b", i*8+5))
	}
	u.Target, u.TargetCodes = u.Source, u.SourceCodes
	f, _ := FormatFor("tsv")
	if got, err := there(f, u); err != nil || !slices.EqualFunc(got[0].TargetCodes, u.TargetCodes, equalCodes) {
		t.Errorf("%d codes: %v", len(u.TargetCodes), err)
	}
}

// Cells with tags give back their texts and codes: any text, any list of codes.
func FuzzTags(f *testing.F) {
	for _, text := range slices.Concat(tagTexts, hardTexts) {
		f.Add(text, text, []byte{0, 1, 5, 2, 6, 3}, []byte{4, 2, 9, 9})
	}
	f.Fuzz(func(t *testing.T, source, target string, sourceCodes, targetCodes []byte) {
		u := Unit{ID: "a::1", Source: source, SourceCodes: fuzzCodes(source, sourceCodes), Target: target, TargetCodes: fuzzCodes(target, targetCodes)}
		u.Languages, u.State = frEn, defaultState(target)
		if text, tags := splitTags(source); joinTags(text, tags) != source {
			again, same := splitTags(joinTags(text, tags))
			if again != text || !slices.Equal(tags, same) {
				t.Fatalf("%q is split into %q %v, that into %q %v", source, text, tags, again, same)
			}
		}
		for _, name := range []string{"tsv", "po"} {
			format, _ := FormatFor(name)
			got, err := there(format, u)
			if err != nil {
				continue // not UTF-8, NUL, spans within a rune
			}
			if diff := cmp.Diff([]Unit{format.Kept(u)}, got, sameUnit); diff != "" {
				t.Fatalf("%s: -want +got\n%s", name, diff)
			}
		}
	})
}

// fuzzCodes makes codes of bytes: kind, ID, place and length of each are taken from one.
func fuzzCodes(text string, from []byte) []Code {
	var codes []Code
	at := 0
	for _, b := range from {
		start := min(at+int(b>>5), len(text))
		c := Code{Kind: CodeKind(b % 3), ID: string('a' + rune(b>>2&3)), Span: Span{start, start}, Data: string(b & 1)}
		if c.Kind == Standalone && b&16 != 0 {
			c.Span.End = min(start+2, len(text))
		}
		at = c.Span.End
		codes = append(codes, c)
	}
	return codes
}

// A code is called what a translator sees of it.
func TestCodeName(t *testing.T) {
	text := "Il a dit oui à {name}."
	source := []Code{
		{Span: Span{0, 0}, Kind: Standalone, ID: "7", Type: "break"},
		{Span: Span{9, 9}, Kind: Open, ID: "4", Data: "<b>"},
		{Span: Span{12, 12}, Kind: Close, ID: "4", Data: "</b>"},
		{Span: Span{16, 22}, Kind: Standalone, ID: "5", Data: "{name}"},
		{Span: Span{23, 23}, Kind: Open, ID: "6"},
	}
	cases := []struct {
		code Code
		want string
	}{
		{source[0], "<1/> (break)"},
		{source[1], "<2> (<b>)"},
		{Code{Kind: Close, ID: "4"}, "</2> (</b>)"}, // of the target
		{source[3], "{name}"},
		{source[4], "<3/>"},
		{Code{Kind: Open, ID: "<9>", Data: "<9>"}, "<9>"},
		{Code{Kind: Open, ID: "9"}, "9"},
	}
	for _, c := range cases {
		if have := CodeName(text, source, c.code); have != c.want {
			t.Errorf("%v %s: %q, want %q", c.code.Kind, c.code.ID, have, c.want)
		}
	}
}
