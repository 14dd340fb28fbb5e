package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"

	"drogman/glossary"
)

// TestNothingLostInSilence: of every field of every concept, each format keeps the value
// or names the loss.
func TestNothingLostInSilence(t *testing.T) {
	for _, f := range Formats {
		t.Run(f.Name, func(t *testing.T) { checkNothingLost(t, f, sample()) })
	}
}

func checkNothingLost(t *testing.T, f Format, g *glossary.Glossary) {
	t.Helper()
	var out bytes.Buffer
	lost, err := Write(&out, g, f.Name)
	if err != nil {
		t.Fatal(err)
	}
	back, _, err := Read(bytes.NewReader(out.Bytes()), "x"+f.Extension, Options{Format: f.Name, Source: g.Source, Target: g.Targets[0]})
	if err != nil {
		t.Fatalf("%v\n%s", err, out.Bytes())
	}
	kept := map[Loss]bool{}
	for _, c := range back.Concepts {
		for _, field := range fieldsOf(c, back) {
			kept[field] = true
		}
		for _, pair := range pairNames(c, back) {
			kept[pair] = true
		}
	}
	for _, c := range g.Concepts {
		for _, field := range append(fieldsOf(c, g), pairNames(c, g)...) {
			if !kept[field] && !slices.Contains(lost, field) && !reworded(lost, field) {
				t.Errorf("%+v neither kept nor lost", field)
			}
		}
	}
}

// pairNames are the preferred terms, as fields.
func pairNames(c *glossary.Concept, g *glossary.Glossary) []Loss {
	var list []Loss
	for _, tag := range []language.Tag{g.Source, g.Targets[0]} {
		if t, ok := c.Preferred(tag); ok {
			list = append(list, Loss{name(c, g), "term " + tag.String(), t.Text})
		}
	}
	return list
}

// reworded: a loss told in other words (a homonym, a layout, the grammar of a further term).
func reworded(lost []Loss, field Loss) bool {
	return slices.ContainsFunc(lost, func(l Loss) bool {
		return l.Concept == field.Concept && (l.Field == field.Field || slices.Contains([]string{"homonym", "grouping", "layout"}, l.Field)) && strings.Contains(l.Value, field.Value)
	})
}

func sample() *glossary.Glossary {
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	fr, en := language.French, language.English
	return &glossary.Glossary{Source: fr, Targets: []language.Tag{en}, Concepts: []*glossary.Concept{
		{
			ID: "organisations/otan", Type: glossary.Organisations, Status: glossary.Approved,
			Definition: "alliance <militaire> & politique", Note: "ligne 1\nligne 2", Example: "« L’OTAN a dit »",
			Source: "charte", URL: "https://nato.int/?a=1&b=2", Domain: "Défense", Since: day("1949-04-04"), Until: day("2030-01-01"),
			Terms: map[language.Tag][]glossary.Term{
				fr: {{Text: "OTAN", POS: "noun", Gender: "f", Number: "singular", When: []string{"alliance", "atlantique"}, Unless: []string{"l'otan de"}},
					{Text: "Organisation du traité de l’Atlantique nord", Status: glossary.Admitted}},
				en: {{Text: "NATO", POS: "noun"}, {Text: "North Atlantic Alliance", Status: glossary.Admitted},
					{Text: "Nato", Status: glossary.Forbidden}, {Text: "N.A.T.O.", Status: glossary.Deprecated}},
				language.German: {{Text: "NATO"}},
			},
		},
		{
			ID: "terms/bourse", Type: glossary.Terms, Sense: "finance", Status: glossary.Proposed, URL: "interne",
			Terms: map[language.Tag][]glossary.Term{
				fr: {{Text: "bourse", POS: "proper noun", Forms: []string{"bourse", "bourses"}, Case: glossary.Exact, Inflect: glossary.No, Whole: glossary.Yes}},
				en: {{Text: `stock "exchange"`}},
			},
		},
		{ID: "b2", Type: glossary.Terms, Sense: "études", Terms: map[language.Tag][]glossary.Term{fr: {{Text: "bourse"}}, en: {{Text: "grant"}}}},
		{ID: "t1", Type: glossary.Terms, Note: "tab\tor\n  two", Terms: map[language.Tag][]glossary.Term{fr: {{Text: "#dièse, « ; »"}}, en: {{Text: `"sharp"`}}}},
		{ID: "k1", Type: glossary.Keep, Terms: map[language.Tag][]glossary.Term{fr: {{Text: "Al Jazeera"}}}},
	}}
}

// TestTBXKeepsEverything: TBX, in both styles, loses no field of any concept.
func TestTBXKeepsEverything(t *testing.T) {
	for _, format := range []string{"tbx", "tbx-dct"} {
		var out bytes.Buffer
		lost, err := Write(&out, sample(), format)
		if err != nil || len(lost) != 1 || lost[0].Field != "layout" {
			t.Errorf("%s: lost %v, %v", format, lost, err)
		}
		back, lost, err := Read(bytes.NewReader(out.Bytes()), "x.tbx", Options{})
		if err != nil || len(lost) > 0 {
			t.Fatalf("%s: lost %v, %v\n%s", format, lost, err, out.String())
		}
		want := sample().Concepts
		want[3].Note = "tab\tor two" // the loss told above
		places := cmp.Options{cmpopts.IgnoreFields(glossary.Concept{}, "Place"), cmpopts.IgnoreFields(glossary.Term{}, "Place"), cmpopts.EquateEmpty()}
		if d := cmp.Diff(want, back.Concepts, places); d != "" {
			t.Errorf("%s: %s", format, d)
		}
	}
}

// FuzzRead: whatever the bytes, Read answers with a glossary that every format can write
// or with faults that all have a code we list.
func FuzzRead(f *testing.F) {
	for _, format := range Formats {
		var out bytes.Buffer
		if _, err := Write(&out, sample(), format.Name); err != nil {
			f.Fatal(err)
		}
		if format.Name != "xlsx" {
			f.Add(out.Bytes())
		}
	}
	for _, c := range invalid {
		f.Add([]byte(tbxWith(c.body)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g, _, err := Read(bytes.NewReader(data), "x", Options{})
		if err != nil || len(g.Targets) == 0 {
			return
		}
		for _, name := range []string{"tbx", "tsv"} {
			if _, err := Write(&bytes.Buffer{}, g, name); err != nil {
				t.Fatal(name, err)
			}
		}
	})
}

// tbxWith makes a TBX-Basic file of entries, or of a whole file given as such. The first
// byte of the entries is on line 4, column 1.
func tbxWith(body string) string {
	if strings.HasPrefix(body, "<?") {
		return body
	}
	return `<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="fr" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
` + body + `
</body></text></tbx>`
}

const term = `<langSec xml:lang="fr"><termSec><term>é</term></termSec></langSec>`

// invalid are files that break one rule each, with the fault told of them.
var invalid = []struct{ body, fault string }{
	{`<conceptEntry>` + term + `</conceptEntry>`, "tbx-missing-attribute 4:1 conceptEntry id"},
	{`<conceptEntry id="1a">` + term + `</conceptEntry>`, "tbx-id 4:1 1a "},
	{`<conceptEntry id="a">` + term + `</conceptEntry><conceptEntry id="a">` + term + `</conceptEntry>`, "tbx-duplicate-id 4:103 a "},
	{`<conceptEntry id="a"/>`, "tbx-missing-element 4:1 conceptEntry langSec"},
	{`<conceptEntry id="a"><langSec><termSec><term>x</term></termSec></langSec></conceptEntry>`, "tbx-missing-attribute 4:22 langSec xml:lang"},
	{`<conceptEntry id="a"><langSec xml:lang="français"><termSec><term>x</term></termSec></langSec></conceptEntry>`, "exchange-language 4:22 français "},
	{`<conceptEntry id="a"><langSec xml:lang="fr"/></conceptEntry>`, "tbx-missing-element 4:22 langSec termSec"},
	{`<conceptEntry id="a"><langSec xml:lang="fr"><termSec/></langSec></conceptEntry>`, "tbx-missing-element 4:45 termSec term"},
	{`<conceptEntry id="a"><langSec xml:lang="fr"><termSec><term> </term></termSec></langSec></conceptEntry>`, "tbx-missing-element 4:45 termSec term"},
	{`<conceptEntry id="a"><langSec xml:lang="fr"><termSec><note>x</note><term>x</term></termSec></langSec></conceptEntry>`, "tbx-missing-element 4:54 termSec term;tbx-element 4:68 term term, termNote, termNoteGrp, admin, adminGrp, descrip, descripGrp, note, ref, transacGrp, xref"},
	{`<conceptEntry id="a">text` + term + `</conceptEntry>`, "tbx-text 4:1 conceptEntry text"},
	{`<conceptEntry id="a"><termEntry/>` + term + `</conceptEntry>`, "tbx-element 4:22 termEntry admin, adminGrp, descrip, descripGrp, note, ref, transacGrp, xref, langSec"},
	{`<conceptEntry id="a" colour="x">` + term + `</conceptEntry>`, "tbx-attribute 4:1 colour conceptEntry"},
	{`<conceptEntry id="a"><descrip>x</descrip>` + term + `</conceptEntry>`, "tbx-missing-attribute 4:22 descrip type"},
	{`<conceptEntry id="a"><descrip type="colour">x</descrip>` + term + `</conceptEntry>`, "tbx-category 4:22 colour "},
	{`<conceptEntry id="a"><descrip type="source">x</descrip>` + term + `</conceptEntry>`, "tbx-category 4:22 source "},
	{`<conceptEntry id="a"><descrip type="context">x</descrip>` + term + `</conceptEntry>`, "tbx-level 4:22 context termSec"},
	{`<conceptEntry id="a"><langSec xml:lang="fr"><termSec><term>é</term><termNote type="partOfSpeech">nom</termNote></termSec></langSec></conceptEntry>`, "tbx-value 4:68 nom noun, verb, adjective, adverb, other"},
	{`<conceptEntry id="a"><ref type="crossReference" target="zz">x</ref>` + term + `</conceptEntry>`, "tbx-reference 4:22 zz "},
	{`<conceptEntry id="a"><transacGrp><transac type="transactionType">origination</transac><date>hier</date></transacGrp>` + term + `</conceptEntry>`, "tbx-value 4:87 hier 2026-01-31"},
	{`<conceptEntry id="a"><m:source xmlns:m="http://www.tbxinfo.net/ns/basic">x</m:source>` + term + `</conceptEntry>`, "tbx-style 4:22 source dca"},
	{`<conceptEntry id="a">&eacute;` + term + `</conceptEntry>`, "xml-malformed 4:0 invalid character entity &eacute; "},
	{`<conceptEntry id="a">`, "xml-malformed 5:0 element <conceptEntry> closed by </body> "},
	{`<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tbx/>`, "tbx-entity 1:22  "},
	{`<?xml version="1.0"?><xliff/>`, "tbx-root 1:22 xliff tbx"},
	{`<?xml version="1.0"?>` + strings.Repeat("<a>", 70), "tbx-root 1:22 a tbx;xml-too-deep 1:214 a "},
}

func TestInvalidTBX(t *testing.T) {
	for _, c := range invalid {
		_, _, err := Read(strings.NewReader(tbxWith(c.body)), "x.tbx", Options{})
		var got []string
		for _, e := range faults(err) {
			got = append(got, fmt.Sprintf("%s %d:%d %s %s", e.Code, e.Place.Line, e.Place.Column, e.Have, e.Want))
			if !slices.Contains(Codes, e.Code) {
				t.Errorf("%s is not among Codes", e.Code)
			}
		}
		if s := strings.Join(got, ";"); s != c.fault {
			t.Errorf("%s\n\thave %q\n\twant %q", c.body, s, c.fault)
		}
	}
}

func faults(err error) []*glossary.Error {
	var list []*glossary.Error
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			list = append(list, faults(e)...)
		}
	} else if e, ok := err.(*glossary.Error); ok {
		list = append(list, e)
	}
	return list
}

// Other generations and dialects.
func TestOtherTBX(t *testing.T) {
	martif := `<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p/></sourceDesc></fileDesc></martifHeader><text><body>
<termEntry id="7"><descrip type="subjectField">law</descrip><langSet xml:lang="en"><ntig><termGrp><term>act</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet><langSet xml:lang="fr"><tig><term>loi <hi>f</hi></term></tig><tig><term>acte</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet></termEntry></body></text></martif>`
	minimal := `<TBX dialect="TBX-Min"><header><id>x</id><languages source="en" target="fr"/></header><body><termEntry id="7"><subjectField>law</subjectField><langSet xml:lang="en"><tig><term>act</term><partOfSpeech>noun</partOfSpeech></tig></langSet><langSet xml:lang="fr"><tig><term>loi f</term></tig><tig><term>acte</term><termStatus>notRecommended</termStatus></tig></langSet></termEntry></body></TBX>`
	want := `law act noun 0; loi f  0; acte  3; `
	for _, file := range []string{martif, minimal, "\xff\xfe" + utf16(minimal)} {
		g, _, err := Read(strings.NewReader(file), "x", Options{})
		if err != nil {
			t.Error(err)
			continue
		}
		c := g.Concepts[0]
		got := c.Domain + " "
		for _, tag := range []language.Tag{language.English, language.French} {
			for _, term := range c.Terms[tag] {
				got += fmt.Sprintf("%s %s %d; ", term.Text, term.POS, term.Status)
			}
		}
		if got != want || c.ID != "7" || g.Source != language.English {
			t.Errorf("%s %q, want %q", c.ID, got, want)
		}
	}
}

func utf16(s string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteByte(byte(c))
		b.WriteByte(byte(c >> 8))
	}
	return b.String()
}

// Tables as other programs write them.
func TestTables(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"excel":          {"\ufefffrançais;anglais;note\r\nété;summer;la saison\r\n\"a;b\";c;\r\n", `[{"fr":"été","en":"summer","note":"la saison"},{"fr":"a;b","en":"c"}]`},
		"excel sep":      {"sep=;\nfr;en\nx;y\n", `[{"fr":"x","en":"y"}]`},
		"old Macintosh":  {"fr;en\rx;y\r", `[{"fr":"x","en":"y"}]`},
		"windows-1252":   {"fr;en\n\xe9t\xe9;summer\n", `[{"fr":"été","en":"summer"}]`},
		"utf-16":         {"\xff\xfe" + utf16("fr\ten\nété\tsummer\n"), `[{"fr":"été","en":"summer"}]`},
		"omegat":         {"# Glossary in tab-separated format -*- coding: utf-8 -*-\nchat\tcat\tanimal\nchat\tpuss\n", `[{"fr":"chat","en":"cat | puss","note":"animal"}]`},
		"omegat csv":     {"chat,cat,animal\nchien,dog,\n", `[{"fr":"chat","en":"cat","note":"animal"},{"fr":"chien","en":"dog"}]`},
		"deepl":          {"chat\tcat\tfr\ten\nchien\tdog\tfr\ten\n", `[{"fr":"chat","en":"cat"},{"fr":"chien","en":"dog"}]`},
		"google":         {"fr,en,pos,description\nchat,cat,noun,animal\n", `[{"fr":"chat","en":"cat","note":"animal"}]`},
		"weblate":        {"location,source,target,ID,fuzzy,context,translator_comments,developer_comments\n,chat,cat,,False,,\"doux, petit\",\n", `[{"fr":"chat","en":"cat","note":"doux, petit"}]`},
		"quotes in tabs": {"« dit \"oui\" »\tsays \"yes\"\n\"a \"\"b\"\"\"\tc\n", `[{"fr":"« dit \"oui\" »","en":"says \"yes\""},{"fr":"a \"b\"","en":"c"}]`},
		"alternatives":   {"id\tfr\ten\tfr_alt\ten_avoid\n1\tx\ty\ta | b\tz\n", `[{"fr":"x | a | b","en":"y | z"}]`},
	} {
		g, _, err := Read(strings.NewReader(c.data), "x.csv", Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		type entry struct {
			FR   string `json:"fr"`
			EN   string `json:"en"`
			Note string `json:"note,omitempty"`
		}
		var got []entry
		for _, k := range g.Concepts {
			all := []glossary.Status{0, 1, 2, 3}
			got = append(got, entry{strings.Join(texts(k.Terms[language.French], all...), " | "), strings.Join(texts(k.Terms[language.English], all...), " | "), k.Note})
		}
		out, _ := json.Marshal(got)
		if string(out) != c.want {
			t.Errorf("%s: have %s\n\twant %s", name, out, c.want)
		}
	}
}

func TestInvalidTables(t *testing.T) {
	for data, want := range map[string]string{
		"":                        "table-empty 1:1",
		"fr,fr\na,b\n":            "table-columns 1:1",
		"fr,en\n\"a,b\nc,d\n":     "table-quote",
		"fr,en\n,b\n":             "table-row 2:1",
		"fr,en,until\na,b,hier\n": "table-row 2:1",
		"fr,en\n\"a\nb\",c\n":     "exchange-control 2:1",
		"fr\ten\na\x00b\tc\n":     "exchange-control 2:1",
		"fr\ten\n" + strings.Repeat("a", 1001) + "\tc\n": "exchange-long-term 2:1",
	} {
		_, _, err := Read(strings.NewReader(data), "x.csv", Options{})
		var got []string
		for _, e := range faults(err) {
			got = append(got, fmt.Sprintf("%s %d:%d", e.Code, e.Place.Line, e.Place.Column))
		}
		if s := strings.Join(got, ";"); !strings.HasPrefix(s, want) {
			t.Errorf("%q: have %q, want %q", data, s, want)
		}
	}
}

// Time is linear in the size of a file: ten times the entries, white space and stray text
// between them, take about ten times as long.
func TestLinear(t *testing.T) {
	entry := `<conceptEntry id="c%d">` + term + "</conceptEntry>\n\tstray\n\t\t\t\t"
	var b strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&b, entry, i)
	}
	begun := time.Now()
	_, _, err := Read(strings.NewReader(tbxWith(b.String())), "x.tbx", Options{})
	if took := time.Since(begun); len(faults(err)) != 1 || took > 30*time.Second {
		t.Errorf("%v, %.200v", took, err)
	}
}
