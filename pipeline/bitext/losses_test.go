package bitext

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
)

func lossesOf(t *testing.T, format string, file io.Reader) string {
	t.Helper()
	f, err := FormatFor(format)
	if err != nil {
		t.Fatal(err)
	}
	losses := Losses{}
	for range ReadWith(file, "x", f, ReadOptions{Losses: losses}) {
	}
	return strings.Join(slices.Sorted(maps.Keys(losses)), " ")
}

// What a unit has no place for is said.
func TestLosses(t *testing.T) {
	const head = `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:x="urn:x" version="2.1" srcLang="fr" trgLang="en">`
	for _, c := range []struct{ format, file, want string }{
		{"xliff", head + `<file id="f" canResegment="no"><skeleton href="s"/><x:y><x:z/></x:y><notes><note>n</note></notes><unit id="u"><segment><source>a</source></segment></unit></file></xliff>`,
			"file/@canResegment file/notes file/skeleton file/x:y"},
		{"xliff", head + `<file id="f"><group id="g" name="n"><notes><note>n</note></notes><unit id="u" x:a="1"><x:y/><notes><note priority="1">n</note></notes><segment><source>a</source></segment></unit></group></file></xliff>`,
			"file/group group/@name group/notes note/@priority unit/@x:a unit/x:y"},
		{"xliff", head + `<file id="f"><unit id="u"><!-- c --><segment><source>a</source></segment><ignorable><source> <ph id="1"/></source><target> </target></ignorable></unit></file></xliff>`,
			"<!-- -->, <? ?> ignorable/code ignorable/target"},
		{"xliff-1.2", `<xliff version="1.2" xmlns:x="urn:x"><file original="a" source-language="fr" datatype="html" category="c"><header><skl/><note>n</note></header><body><group><trans-unit id="1" coord="1;2" x:a="1"><source xml:lang="fr">a</source><alt-trans tool="t"><target>b<x id="1"/></target></alt-trans><x:y/></trans-unit><bin-unit id="2"/></group></body></file></xliff>`,
			"alt-trans/@tool alt-trans/code body/group file/@category file/@datatype group/bin-unit header/note header/skl source/@xml:lang trans-unit/@coord trans-unit/@x:a trans-unit/x:y"},
		{"tmx", `<tmx version="1.4"><header srclang="fr" creationid="me"><prop type="p">v</prop></header><body><tu><tuv xml:lang="fr" usagecount="3"><prop type="x">y</prop><seg>a</seg></tuv><tuv xml:lang="en"><seg>b<ph>c<sub>d</sub></ph></seg></tuv><tuv xml:lang="de"><seg>b<ph>c</ph></seg></tuv></tu></body></tmx>`,
			"header/@creationid header/prop ph/sub tuv/@usagecount tuv/code tuv/prop"},
		{"po", "# T\nmsgid \"\"\nmsgstr \"Language: fr\\n\"\n\"Plural-Forms: nplurals=2; plural=n>1;\\n\"\n\n#: a\n#: b\n#, c-format, fuzzy\n#| msgid \"z\"\nmsgid \"%d x\"\nmsgid_plural \"%d y\"\nmsgstr[0] \"%d u\"\nmsgstr[1] \"%d v\"\n\n#~ msgid \"o\"\n#~ msgstr \"p\"\n",
			"# (header) #, c-format #: #| #~ Plural-Forms: msgid_plural"},
	} {
		if got := lossesOf(t, c.format, strings.NewReader(c.file)); got != c.want {
			t.Errorf("%s:\nhave %s\nwant %s", c.file, got, c.want)
		}
	}
}

// What we write ourselves loses nothing when it is read.
func TestNoLossOfOurOwn(t *testing.T) {
	for _, f := range Formats {
		if !f.Reads() || !f.Writes() {
			continue
		}
		for _, u := range hardUnits() {
			file, err := written(f, u)
			if err != nil {
				continue
			}
			if lost := lossesOf(t, f.Name, bytes.NewReader(file)); lost != "" {
				t.Fatalf("%s: %s of\n%s", f.Name, lost, file)
			}
		}
	}
}
