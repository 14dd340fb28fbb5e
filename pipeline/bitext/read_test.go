package bitext

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// summary is a unit as one line: ID, languages, state, texts with their codes in place.
func summary(u Unit, err error) string {
	if e, ok := err.(*Error); ok {
		return fmt.Sprintf("error %s %d:%d", e.Code, e.Place.Line, e.Place.Column)
	}
	line := fmt.Sprintf("%s [%s>%s %s] %s%s = %s", u.ID, tagString(u.Languages.Source), tagString(u.Languages.Target), u.State,
		u.Before, marked(u.Source, u.SourceCodes), marked(u.Target, u.TargetCodes))
	for _, t := range u.Terms {
		line += fmt.Sprintf(" term:%s>%s", t.Span.In(u.Source), t.Target)
	}
	for _, f := range u.Fields {
		line += fmt.Sprintf(" %s=%s", f.Name, f.Value)
	}
	for _, n := range u.Notes {
		line += " note:" + n.Text
	}
	for _, m := range u.Matches {
		line += fmt.Sprintf(" match:%g:%s", m.Quality, m.Target)
	}
	return line
}

func marked(text string, codes []Code) string {
	var b strings.Builder
	at := 0
	for _, c := range codes {
		b.WriteString(text[at:c.Span.Start])
		fmt.Fprintf(&b, "{%s%s}", [...]string{"", "+", "-"}[c.Kind], c.ID)
		at = c.Span.Start
	}
	return b.String() + text[at:]
}

// What other people's tools write is read as they mean it.
func TestReadOthers(t *testing.T) {
	head12 := `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns:mq="MQXliff"><file original="a" source-language="fr-FR" target-language="en-GB"><body>`
	foot12 := `</body></file></xliff>`
	for _, c := range []struct{ name, format, file, want string }{
		{"segments, a spanning pair and ignorable text", "xliff", xliff2File(`<segment id="1" state="final"><source>Un <sc id="p"/>deux.</source><target>One.</target></segment><ignorable><source> </source></ignorable><segment><source>Trois<ec startRef="p"/>.</source></segment>`),
			"u::1 [fr>en final] Un {+p}deux. = One.\nu::#2 [fr>en initial]  Trois{-p}. = "},
		{"a term by the glossary module, in the form of the schema's example", "xliff", xliff2File(`<g:glossary xmlns:g="urn:oasis:names:tc:xliff:glossary:2.0"><g:glossEntry ref="#t=m1"><g:term>Alep</g:term><g:translation>Aleppo</g:translation></g:glossEntry></g:glossary><segment><source>À <mrk id="m1" type="term">Alep</mrk></source></segment>`),
			"u [fr>en initial] À Alep =  term:Alep>Aleppo"},
		{"equiv is text that the code stands for", "xliff", xliff2File(`<segment><source>Bonjour <ph id="1" equiv="{nom}"/> !</source></segment>`),
			"u [fr>en initial] Bonjour {1}{nom} ! = "},
		{"groups, notes, matches, protected units", "xliff", `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.0" srcLang="fr"><file id="f"><group id="g"><unit id="u" translate="no"><mtc:matches><mtc:match ref="#s" similarity="80"><source>a</source><target>b</target></mtc:match></mtc:matches><notes><note>n</note></notes><segment id="s"><source>A</source></segment></unit></group></file></xliff>`,
			"u::s [fr> initial] A =  unit.translate=no note:n match:80:b"},
		{"XLIFF 1.2", "xliff", head12 + `<trans-unit id="7" approved="yes"><source>a<g id="1">b</g><x id="2"/></source><target state="translated">c</target><note from="x">n</note><alt-trans match-quality="75%"><target>d</target></alt-trans></trans-unit>` + foot12,
			"7 [fr-FR>en-GB final] a{+1}b{-1}{2} = c target.state=translated note:n match:75:d"},
		{"SDLXLIFF: segments with their own states", "sdlxliff", head12 + `<trans-unit id="t"><source>Un. Deux.</source><seg-source><g id="0"><mrk mtype="seg" mid="1">Un.</mrk> <mrk mtype="seg" mid="2">Deux.</mrk></g></seg-source><target><g id="0"><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk></g></target><sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff"/><sdl:seg id="2" conf="Draft"/></sdl:seg-defs></trans-unit>` + foot12,
			"t::1 [fr-FR>en-GB final] {+0}Un. = {+0}One.\nt::2 [fr-FR>en-GB initial]  Deux.{-0} = Two.{-0}"},
		{"SDLXLIFF: locked segments, locations between and after them", "sdlxliff", head12 + `<trans-unit id="t"><source>Un. Deux.</source><seg-source><mrk mtype="seg" mid="1">Un.</mrk><mrk mtype="x-sdl-location" mid="l"/> <mrk mtype="seg" mid="2">Deux.</mrk><x id="end"/></seg-source><target><mrk mtype="seg" mid="1">One.</mrk></target><sdl:seg-defs><sdl:seg id="1" conf="Translated" locked="true"/><sdl:seg id="2"/></sdl:seg-defs></trans-unit>` + foot12,
			"t::1 [fr-FR>en-GB translated] Un. = One. locked=yes\nt::2 [fr-FR>en-GB initial]  {+l}{-l}Deux.{end} = "},
		{"MQXLIFF", "mqxliff", head12 + `<trans-unit id="1" mq:status="Reviewer1Confirmed" mq:locked="locked"><source>a</source><target>b</target></trans-unit>` + foot12,
			"1 [fr-FR>en-GB reviewed] a = b locked=yes"},
		{"TMX 1.1 with old language codes, three languages, codes", "tmx", `<tmx version="1.1"><header srclang="FR-fr"/><body><tu tuid="1" usagecount="3"><tuv lang="DE"><seg>Ja</seg></tuv><tuv lang="FR-fr"><seg>Oui <hi type="b">x</hi><ut>[</ut></seg></tuv><tuv lang="EN_us"><seg>Yes</seg></tuv></tu></body></tmx>`,
			"1 [fr-FR>de translated] Oui {+c1}x{-c1}{c2} = Ja tu.usagecount=3 variant.en-US=Yes"},
		{"a bad unit stands in its place", "tmx", `<tmx version="1.4"><header srclang="fr"/><body><tu><tuv><seg>a</seg></tuv></tu><tu tuid="2"><tuv xml:lang="fr"><seg>b</seg></tuv></tu></body></tmx>`,
			"error tmx-language-missing 1:52\n2 [fr> initial] b = "},
		{"PO: plural, fuzzy, obsolete, comments, charset", "po", "# T\nmsgid \"\"\nmsgstr \"\"\n\"Language: fr_CA\\n\"\n\n#. x\n#, fuzzy, c-format\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"%d fichier\"\nmsgstr[1] \"\"\n\n#~ msgid \"old\"\n#~ msgstr \"vieux\"\n\nmsgctxt \"c\"\nmsgid \"\"\n\"a\\n\"\n\"b\"\nmsgstr \"é\"\n",
			" [>fr-CA initial] %d file = %d fichier po.form=0 note:x\n%d file[1] [>fr-CA initial] %d files =  po.form=1 note:x\nc [>fr-CA translated] a\nb = é"},
		{"CSV of a French Excel", "csv", "\ufeffid;source;target;client\r\n1;\"Un \"\"deux\"\"\r\ntrois\";'=1+1;ACME\r\n",
			"1 [> translated] Un \"deux\"\r\ntrois = =1+1 client=ACME"},
		{"TSV with columns of its own and backslashes", "tsv", "source\ttarget\tx\nC:\\dir \\t \\\\n\tb\t1\n",
			" [> translated] C:\\dir \t \\n = b x=1"},
		{"CSV as spreadsheets leave it: capitals, empty columns and cells at the end, the separator said", "csv", "sep=;\r\nID;Source;Target;;\r\n1;a,b;c;;;;\r\n2;a;;;\r\n",
			"1 [> translated] a,b = c\n2 [> initial] a = "},
		{"CSV of an old Macintosh", "csv", "id,source,target\r1,\"a\rb\",c\r2,d,\r",
			"1 [> translated] a\rb = c\n2 [> initial] d = "},
		{"TSV of an old Macintosh", "tsv", "id\tsource\r1\ta\r2\tb", "1 [> initial] a = \n2 [> initial] b = "},
		{"TSV: a state said and one not", "tsv", "source\ttarget\tstate\na\tb\t\na\tb\tinitial\na\t\t\na\tb\tfinal\n",
			" [> translated] a = b\n [> initial] a = b\n [> initial] a = \n [> final] a = b"},
		{"JSON Lines with a key of somebody else's", "jsonl", `{"id":"1","source":"a","target":"b","colour":1}` + "\n" + `{"id":"2","source":"a","target":""} x` + "\n" + `{"id":"3","source":"a"}`,
			"error jsonl-value 1:1\nerror jsonl-syntax 2:1\n3 [> initial] a = "},
		{"WMT terminology", "wmt", `{"id":4,"fr":"Le cessez-le-feu.","en":"The ceasefire.","terms":{"cessez-le-feu":"ceasefire","paix":["peace","p"]}}` + "\n",
			" [fr>en translated] Le cessez-le-feu. = The ceasefire. term:cessez-le-feu>ceasefire id=4 term.paix=peace"},
	} {
		f, err := FormatFor(c.format)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for u, err := range Read(strings.NewReader(c.file), "x", f) {
			got = append(got, summary(u, err))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, diff)
		}
	}
}

func TestReadPair(t *testing.T) {
	var got []string
	for u, err := range ReadPair(strings.NewReader("Un.\r\nDeux.\nTrois.\n"), strings.NewReader("One.\nTwo."), [2]string{"x.fr", "x.en"}, frEn) {
		got = append(got, summary(u, err))
	}
	want := []string{"1 [fr>en-GB translated] Un. = One.", "2 [fr>en-GB translated] Deux. = Two.", "error moses-lines 3:1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// In a corpus of documents the same ID and source may stand in several.
func TestManyDocuments(t *testing.T) {
	units := []Unit{
		{ID: "b::1", Document: "a.txt", Languages: frEn, Source: "Oui."},
		{ID: "b::2", Document: "a.txt", Languages: frEn, Source: "Non."},
		{ID: "b::1", Document: "b c.txt", Languages: frEn, Source: "Oui."},
		{ID: "b c.txt|b::1", Document: "b c.txt", Languages: frEn, Source: "Oui."},
	}
	for _, f := range Formats {
		if !f.Reads() || !f.Writes() {
			continue
		}
		got, err := there(f, units...)
		var want []Unit
		for _, u := range units {
			want = append(want, f.Kept(u))
		}
		if diff := cmp.Diff(want, got, sameUnit); err != nil || diff != "" {
			t.Errorf("%s: %v: %s", f.Name, err, diff)
		}
	}
}
