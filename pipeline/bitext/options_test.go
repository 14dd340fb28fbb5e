package bitext

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// summaries are the units of a file, a line each, and what was passed over.
func summaries(f Format, file []byte, o ReadOptions) string {
	var lines []string
	o.Losses = Losses{}
	for u, err := range ReadWith(bytes.NewReader(file), "x", f, o) {
		lines = append(lines, summary(u, err))
	}
	if len(o.Losses) > 0 {
		lines = append(lines, fmt.Sprint(map[string]int(o.Losses)))
	}
	return strings.Join(lines, "\n")
}

// Of a TMX of several languages the pair asked for is taken: the region's own variant before
// another of the language, none where there is none.
func TestLanguagesWanted(t *testing.T) {
	file := func(srclang string) []byte {
		return []byte(`<tmx version="1.4"><header srclang="` + srclang + `"/><body><tu tuid="1">` +
			`<tuv xml:lang="en-US"><seg>color</seg></tuv><tuv xml:lang="fr-CA"><seg>char</seg></tuv><tuv xml:lang="fr"><seg>couleur</seg></tuv>` +
			`<tuv xml:lang="de"><seg>Farbe</seg></tuv><tuv xml:lang="en-GB"><seg>colour</seg></tuv></tu>` +
			`<tu tuid="2"><tuv xml:lang="de"><seg>Ja</seg></tuv><tuv xml:lang="en-US"><seg>Yes</seg></tuv></tu></body></tmx>`)
	}
	f, _ := FormatFor("tmx")
	for _, c := range []struct{ srclang, source, target, want string }{
		{"fr", "", "", "1 [fr>en-US translated] couleur = color variant.fr-CA=char variant.de=Farbe variant.en-GB=colour\n2 [de>en-US translated] Ja = Yes"},
		{"*all*", "fr-CA", "en-GB", "1 [fr-CA>en-GB translated] char = colour variant.en-US=color variant.fr=couleur variant.de=Farbe\nmap[tu (fr-CA):1]"},
		{"en-US", "fr", "de", "1 [fr>de translated] couleur = Farbe variant.en-US=color variant.fr-CA=char variant.en-GB=colour\nmap[tu (fr):1]"},
		{"de", "", "fr", "1 [de>fr translated] Farbe = couleur variant.en-US=color variant.fr-CA=char variant.en-GB=colour\n2 [de> initial] Ja =  variant.en-US=Yes"},
		{"de", "en-AU", "fr-BE", "1 [en-US>fr-CA translated] color = char variant.fr=couleur variant.de=Farbe variant.en-GB=colour\n2 [en-US> initial] Yes =  variant.de=Ja"},
		{"fr", "it", "", "map[tu (it):2]"},
	} {
		o := ReadOptions{}
		if c.source != "" {
			o.Languages.Source = language.MustParse(c.source)
		}
		if c.target != "" {
			o.Languages.Target = language.MustParse(c.target)
		}
		if got := summaries(f, file(c.srclang), o); got != c.want {
			t.Errorf("%s → %s:\n%s\nwant\n%s", c.source, c.target, got, c.want)
		}
	}
}

// A table without a source column has those of the languages asked for.
func TestLanguageColumns(t *testing.T) {
	f, _ := FormatFor("csv")
	file := []byte("Key,fr,de,en_GB\n1,Oui,Ja,Yes\n")
	for _, c := range []struct{ target, want string }{
		{"en-GB", "[> translated] Oui = Yes Key=1 de=Ja"},
		{"de", "[> translated] Oui = Ja Key=1 en_GB=Yes"},
	} {
		o := ReadOptions{Languages: Languages{language.French, language.MustParse(c.target)}}
		if got := strings.TrimSpace(summaries(f, file, o)); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	if got := summaries(f, file, ReadOptions{}); got != "error table-header 1:1" {
		t.Error(got)
	}
}

// Tables and PO files in other encodings are read, and come back in theirs when a target is
// spliced in.
func TestEncodings(t *testing.T) {
	const tsv = "id\tsource\ttarget\n1\t\xc9t\xe9 \x80\tx\n"
	const po = "# \xe9\nmsgid \"\"\nmsgstr \"Content-Type: text/plain; charset=%s\\n\"\n\nmsgid \"\xc9t\xe9 \xa4\"\nmsgstr \"x\"\n"
	const xml = `<?xml version="1.0" encoding="%s"?><xliff version="1.2"><file source-language="fr" target-language="en"><body><trans-unit id="1"><source>%s</source><target>%s</target></trans-unit></body></file></xliff>`
	gzipped := &bytes.Buffer{}
	z := gzip.NewWriter(gzipped)
	z.Write([]byte("source\ttarget\na\tb\n"))
	z.Close()
	for _, c := range []struct {
		name, format, file, encoding string
		want                         string // the source
		spliced                      string // what the target ü becomes; empty: refused
	}{
		{"windows-1252", "tsv", tsv, "windows-1252", "Été €", strings.Replace(tsv, "x\n", "\xfc\n", 1)},
		{"latin1 is what the web calls so", "csv", strings.ReplaceAll(tsv, "\t", ";"), "latin1", "Été €", strings.ReplaceAll(strings.Replace(tsv, "x\n", "\xfc\n", 1), "\t", ";")},
		{"not said", "tsv", tsv, "", "error file-not-utf8 2:3", ""},
		{"unknown", "tsv", tsv, "klingon", "error file-encoding 0:0", ""},
		{"a mark goes before the name", "tsv", "\ufeffsource\ttarget\né\tx\n", "windows-1252", "é", "\ufeffsource\ttarget\né\tü\n"},
		{"UTF-16", "tsv", "\xfe\xff\x00s\x00o\x00u\x00r\x00c\x00e\x00\t\x00t\x00a\x00r\x00g\x00e\x00t\x00\n\x00\xe9\x00\t\x00x", "", "é",
			"\xfe\xff\x00s\x00o\x00u\x00r\x00c\x00e\x00\t\x00t\x00a\x00r\x00g\x00e\x00t\x00\n\x00\xe9\x00\t\x00\xfc"},
		{"PO says it", "po", fmt.Sprintf(po, "ISO-8859-15"), "", "Été €", strings.Replace(fmt.Sprintf(po, "ISO-8859-15"), `"x"`, "\"\xfc\"", 1)},
		{"PO is told otherwise", "po", fmt.Sprintf(po, "UTF-8"), "iso-8859-15", "Été €", strings.Replace(fmt.Sprintf(po, "UTF-8"), `"x"`, "\"\xfc\"", 1)},
		{"a message about charsets is no header", "po", "msgid \"meta charset=iso-8859-1\"\nmsgstr \"x\"\n\nmsgid \"é\"\nmsgstr \"\"\n", "", "meta charset=iso-8859-1",
			"msgid \"meta charset=iso-8859-1\"\nmsgstr \"ü\"\n\nmsgid \"é\"\nmsgstr \"\"\n"},
		{"the encoding lacks it", "tsv", "source\ttarget\na\tx\n", "iso-8859-5", "a", ""},
		{"Greek", "tsv", "source\ttarget\n\xa5\xe9\tx\n", "iso-8859-7", "₯ι", ""},
		{"bytes without a character", "tsv", "source\ttarget\n\xff\tx\n", "iso-8859-7", "error file-not-encoding 2:1", ""},
		{"XML that lacks it refers to it", "xliff-1.2", fmt.Sprintf(xml, "KOI8-R", "\xc1", "x"), "", "а", fmt.Sprintf(xml, "KOI8-R", "\xc1", "&#252;")},
		{"XML in ASCII", "xliff-1.2", fmt.Sprintf(xml, "US-ASCII", "a", "x"), "", "a", fmt.Sprintf(xml, "US-ASCII", "a", "&#252;")},
		{"XML in UTF-8 that says ASCII", "xliff-1.2", fmt.Sprintf(xml, "ascii", "é", "x"), "", "é", fmt.Sprintf(xml, "ascii", "é", "ü")},
		{"gzip", "tsv", gzipped.String(), "", "a", ""},
	} {
		f, _ := FormatFor(c.format)
		o := ReadOptions{Encoding: c.encoding}
		for u, err := range ReadWith(strings.NewReader(c.file), "x", f, o) {
			got := u.Source
			if err != nil {
				got = summary(u, err)
			}
			if got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			break
		}
		var out bytes.Buffer
		err := Update(strings.NewReader(c.file), &out, "x", f, o, retarget(0, "ü"), nil)
		if out.String() != c.spliced || (err == nil) != (c.spliced != "") {
			t.Errorf("%s: spliced %q, %v, want %q", c.name, out.String(), err, c.spliced)
		}
	}
}
