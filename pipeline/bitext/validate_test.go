package bitext

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"drogman/seeds/devdata"
)

// The rules of XLIFF 1.2, TMX and PO, each with what it refuses and what it lets pass.
func TestValidateOthers(t *testing.T) {
	unit12 := func(content string) string {
		return `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:x="urn:x"><file original="a" datatype="plaintext" source-language="fr" target-language="en"><body>` + content + `</body></file></xliff>`
	}
	tmx := func(content string) string {
		return `<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="fr" datatype="xml"/><body>` + content + `</body></tmx>`
	}
	const header = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: nplurals=2; plural=n>1;\\n\"\n\n"
	for _, c := range []struct{ format, file, want string }{
		{"xliff-1.2", unit12(`<group><trans-unit id="1"><source>a<bpt id="1">b</bpt>c<ept id="1">d</ept></source><target state="x-mine">b</target><note>n</note><x:y/></trans-unit></group>`), ""},
		{"xliff-1.2", unit12(`<trans-unit><target>b</target></trans-unit>`), "xliff-attribute-missing xliff-child-missing"},
		{"xliff-1.2", unit12(`<trans-unit id="1"><source>a</source></trans-unit><trans-unit id="1"><source>a</source></trans-unit>`), "id-repeated"},
		{"xliff-1.2", unit12(`<trans-unit id="1" translate="maybe"><source>a</source><target state="done">b</target></trans-unit>`), "xliff-value"},
		{"xliff-1.2", unit12(`<trans-unit id="1"><source>a<ept id="1"/></source></trans-unit>`), "xliff-pair"},
		{"xliff-1.2", unit12(`<trans-unit id="1"><source>a<bx id="1"/></source></trans-unit>`), "xliff-pair"},
		{"xliff-1.2", unit12(`<trans-unit id="1"><source>a<x/></source></trans-unit>`), "xliff-attribute-missing"},
		{"xliff-1.2", unit12(`<trans-unit id="1"><target>b</target><source>a</source></trans-unit>`), "xliff-child-missing"},
		{"xliff-1.2", unit12(`<trans-unit id="1"><source>a<b>c</b></source></trans-unit>`), "xliff-child"},
		{"xliff-1.2", unit12(`loose`), "xliff-text"},
		{"xliff-1.2", `<xliff version="1.0"><trans-unit id="1"><source>a</source></trans-unit></xliff>`, "xliff-child-missing"},
		{"xliff", `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr"><unit id="1"><segment><source>a</source></segment></unit></xliff>`, "xliff-child-missing"},
		{"tmx", tmx(`<tu tuid="1" usagecount="2"><note>n</note><tuv xml:lang="fr-FR"><seg>a<bpt i="1">x</bpt>b<ept i="1"/></seg></tuv><tuv xml:lang="en"><prop type="p">v</prop><seg/></tuv></tu>`), ""},
		{"tmx", strings.Replace(tmx(""), ` segtype="sentence"`, "", 1), "tmx-attribute-missing"},
		{"tmx", strings.Replace(tmx(""), "sentence", "word", 1), "tmx-value"},
		{"tmx", tmx(`<tu creationdate="2026-11-24"><tuv xml:lang="fr"><seg>a</seg></tuv></tu>`), "tmx-value"},
		{"tmx", tmx(`<tu colour="red"><tuv xml:lang="fr"><seg>a</seg></tuv></tu>`), "tmx-attribute-unknown"},
		{"tmx", tmx(`<tu/>`), "tmx-incomplete tmx-source-missing"},
		{"tmx", tmx(`<tu><tuv xml:lang="fr"/></tu>`), "tmx-incomplete"},
		{"tmx", tmx(`<tu><tuv xml:lang="fr"><seg>a</seg><seg>b</seg></tuv></tu>`), "tmx-element"},
		{"tmx", tmx(`<tu><tuv xml:lang="de"><seg>a</seg></tuv></tu>`), "tmx-source-missing"},
		{"tmx", tmx(`<tu srclang="*all*"><tuv xml:lang="de"><seg>a</seg></tuv></tu>`), ""},
		{"tmx", tmx(`<tu><tuv><seg>a</seg></tuv><tuv xml:lang="fr"><seg>a</seg></tuv></tu>`), "tmx-language-missing"},
		{"tmx", tmx(`<tu><tuv xml:lang="fr"><seg><bpt i="1"/>a</seg></tuv></tu>`), "tmx-pair"},
		{"tmx", tmx(`<tu><tuv xml:lang="fr"><seg><bpt i="1"/><bpt i="1"/>a<ept i="1"/></seg></tuv></tu>`), "tmx-pair"},
		{"tmx", tmx(`loose`), "tmx-text"},
		{"po", header + "#, c-format\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"un fichier\"\nmsgstr[1] \"%d fichiers\"\n", ""},
		{"po", header + "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n", "po-plural"},
		{"po", header + "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[2] \"d\"\n", "po-plural"},
		{"po", header + "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", "id-repeated"},
		{"po", header + "msgid \"a\\n\"\nmsgstr \"b\"\n", "po-newline"},
		{"po", header + "msgid \"a\\n\"\nmsgstr \"\"\n", ""},
		{"po", header + "#, c-format\nmsgid \"%s of %d\"\nmsgstr \"%d de %s\"\n", "po-format"},
		{"po", header + "#, c-format\nmsgid \"%s of %d\"\nmsgstr \"%2$d de %1$s\"\n", ""},
		{"po", header + "#, c-format\nmsgid \"%d%% of %s\"\nmsgstr \"%d %% de %s\"\n", ""},
		{"po", header + "#, python-format\nmsgid \"%(n)s\"\nmsgstr \"%(m)s\"\n", "po-format"},
		{"po", header + "#, fuzzy, c-format\nmsgid \"%s\"\nmsgstr \"b\"\n", ""},
		{"po", strings.Replace(header, "nplurals=2; ", "", 1), "po-header"},
		{"po", strings.Replace(header, "charset=UTF-8", "", 1), "po-header"},
	} {
		f, _ := FormatFor(c.format)
		if got := codesOf(slices.Collect(Validate(strings.NewReader(c.file), "x", f, ReadOptions{}))); got != c.want {
			t.Errorf("%s\nhave %q, want %q", c.file, got, c.want)
		}
	}
}

// Real PO files that msgfmt accepts raise no alarm.
func TestValidateSamples(t *testing.T) {
	f, _ := FormatFor("po")
	files, _ := filepath.Glob(filepath.Join(devdata.Path(t, "formats", "po", "tests"), "*.po*"))
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for e := range Validate(file, filepath.Base(path), f, ReadOptions{}) {
			if reason := poFaults[filepath.Base(path)]; reason != e.Code {
				t.Errorf("%v", e)
			}
		}
		file.Close()
	}
}

// poFaults are the samples that are at fault, and the code that says so.
var poFaults = map[string]string{"test_syntax_error1.po": "po-incomplete"}
