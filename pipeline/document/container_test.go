package document

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

const (
	odfNames = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
		`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fo="urn:fo" xmlns:style="urn:style" xmlns:svg="urn:svg" xmlns:xlink="urn:xlink"`
	slideTypes = `<Types><Override PartName="/ppt/slides/slide10.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml"/>` +
		`<Override PartName="/ppt/slides/slide2.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml"/></Types>`
	bookRoot = `<container><rootfiles><rootfile full-path="o/c.opf"/></rootfiles></container>`
	bookOPF  = `<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Le livre</dc:title><dc:creator>A. B.</dc:creator><dc:language>fr</dc:language></metadata>` +
		`<manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml"/><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="t" href="t.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine><itemref idref="a"/></spine></package>`
)

func slide(body string) string {
	return `<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><p:sp><p:nvPr><p:ph type="title"/></p:nvPr>` + body + `</p:sp></p:sld>`
}

var containerCases = []struct {
	name, file string
	data       []byte
	want       []string
}{
	{"OpenDocument text", "x.odt", zipOf("mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
		`<office:document-content `+odfNames+`><office:automatic-styles><style:style>non</style:style></office:automatic-styles><office:body><office:text>`+
			`<text:tracked-changes><text:p>supprimé</text:p></text:tracked-changes><text:h>Titre</text:h>`+
			`<text:p>Un <text:span text:style-name="T1">mot</text:span>,<text:tab/><text:s text:c="2"/>voir<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>La note.</text:p></text:note-body></text:note> ici<text:bookmark text:name="x"/>, page <text:page-number>3</text:page-number>.</text:p>`+
			`<table:table><table:table-cell office:value-type="float"><text:p>3</text:p></table:table-cell><table:table-cell><text:p>Alep</text:p></table:table-cell></table:table>`+
			`<text:p><draw:frame><draw:text-box><text:p>Encadré</text:p></draw:text-box></draw:frame>Suite</text:p></office:text></office:body></office:document-content>`,
		"styles.xml", `<s `+odfNames+`><office:styles><style:text-properties fo:language="fr" fo:country="FR"/></office:styles><office:master-styles><text:p>En-tête</text:p></office:master-styles></s>`),
		[]string{"En-tête", "Titre", "Un {1}mot{/1},{2:\t}{3: }voir{4:} ici{5:}, page {6:3}.", "La note.", "Alep", "Encadré", "Suite"}},
	{"slides in the order of their numbers", "x.pptx", zipOf("[Content_Types].xml", slideTypes, "_rels/.rels", "<Relationships/>",
		"ppt/slides/slide10.xml", slide(`<a:p><a:r><a:rPr lang="fr-FR" dirty="0"/><a:t>Dix</a:t></a:r></a:p>`),
		"ppt/slides/slide2.xml", slide(`<a:p><a:r><a:rPr lang="fr-FR"/><a:t>Deux </a:t></a:r><a:r><a:rPr lang="fr-FR" b="1"/><a:t>gras</a:t></a:r><a:br/><a:r><a:t>fin</a:t></a:r><a:endParaRPr/></a:p>`)),
		[]string{"Deux {1}gras{2:\n}{/1}fin", "Dix"}},
	{"sheets", "x.xlsx", zipOf("[Content_Types].xml", "<Types/>", "_rels/.rels", "<Relationships/>",
		"xl/sharedStrings.xml", `<sst><si><t>Ville &amp; pays</t></si><si><r><t xml:space="preserve">Un </t></r><r><rPr><b/></rPr><t>mot</t></r><rPh><t>x</t></rPh></si></sst>`),
		[]string{"Ville & pays", "Un {1}mot{/1}"}},
	{"EPUB in the order of the spine", "x.epub", zipOf("mimetype", "application/epub+zip", "META-INF/container.xml", bookRoot, "o/c.opf", bookOPF,
		"o/n.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><a href="a.xhtml">Chapitre</a></nav></body></html>`,
		"o/a.xhtml", `<?xml version="1.0"?><html xml:lang="fr"><head><title>T</title><script>non</script></head><body><p>Il a dit&#160;: <i>oui</i>,<br/>non.</p></body></html>`,
		"o/t.ncx", `<ncx><docTitle><text>Table</text></docTitle></ncx>`),
		[]string{"Le livre", "T", "Il a dit\u00a0: {1}oui{/1},{2:\n}non.", "Chapitre", "Table"}},
}

func TestContainers(t *testing.T) {
	for _, c := range containerCases {
		t.Run(c.name, func(t *testing.T) {
			d, err := Open(c.data, c.file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if err := sameEntries(c.data, merged(t, d, own)); err != nil {
				t.Error(err)
			}
			checkPseudo(t, d)
		})
	}
}

// What a container declares of its language becomes the target's.
func TestContainerLanguage(t *testing.T) {
	for file, want := range map[string]string{"x.odt": `fo:language="en" fo:country="GB"`, "x.epub": "<dc:language>en-GB</dc:language>"} {
		for _, c := range containerCases {
			if c.file != file {
				continue
			}
			d, _ := Open(c.data, c.file, Options{})
			var out bytes.Buffer
			d.Merge(&out, own, MergeOptions{Language: language.BritishEnglish})
			again, err := Open(out.Bytes(), c.file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, p := range again.parts {
				found = found || strings.Contains(p.text, want)
			}
			if !found {
				t.Errorf("%s: no %s", file, want)
			}
		}
	}
}

func TestComments(t *testing.T) {
	types := strings.Replace(wordTypes, "</Types>", `<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>`, 1)
	data := zipOf("[Content_Types].xml", types, "_rels/.rels", wordRels, "word/document.xml", `<w:document><w:p>`+bold("Un")+`</w:p></w:document>`,
		"word/comments.xml", `<w:comments><w:comment><w:p>`+bold("Remarque")+`</w:p></w:comment></w:comments>`)
	for comments, want := range map[bool][]string{false: {"Un"}, true: {"Un", "Remarque"}} {
		d, err := Open(data, "x.docx", Options{Comments: comments})
		if err != nil || !slices.Equal(blocks(d), want) {
			t.Errorf("comments %v: %q, %v", comments, blocks(d), err)
		}
	}
}

func TestRefusedContainers(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		code string
	}{
		"no.docx":    {[]byte("PK"), "zip-malformed"},
		"old.docx":   {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "zip-old-office"},
		"empty.docx": {zipOf(), "part-missing"},
		"up.docx":    {zipOf("../x", ""), "zip-unsafe-name"},
		"two.docx":   {zipOf("a", "", "A", ""), "zip-duplicate"},
		"bomb.odt":   {zipOf("content.xml", strings.Repeat(" ", ratioFrom+1)), "zip-bomb"},
	} {
		_, err := Open(c.data, name, Options{})
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// FuzzWord puts any text for the body of a Word document: read or refused, and if read
// brought back.
func FuzzWord(f *testing.F) {
	for _, c := range wordCases {
		f.Add(c.body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		data := docxOf(body)
		d, err := Open(data, "x.docx", Options{})
		if err != nil {
			return
		}
		if err := sameEntries(data, merged(t, d, own)); err != nil {
			t.Error(err)
		}
		for _, b := range d.Blocks {
			checkBlock(t, b)
		}
		var out bytes.Buffer
		if _, err := d.Merge(&out, pseudo, MergeOptions{}); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(out.Bytes(), "x.docx", Options{}); err != nil {
			t.Errorf("pseudo-translation unreadable: %v", err)
		}
	})
}

// FuzzOpenDocument is FuzzWord for OpenDocument.
func FuzzOpenDocument(f *testing.F) {
	f.Add(`<text:p>Un <text:span>mot</text:span><text:note><text:p>n</text:p></text:note></text:p>`)
	f.Fuzz(func(t *testing.T, body string) {
		data := zipOf("content.xml", "<d>"+body+"</d>")
		d, err := Open(data, "x.odt", Options{})
		if err != nil {
			return
		}
		if err := sameEntries(data, merged(t, d, own)); err != nil {
			t.Error(err)
		}
		var out bytes.Buffer
		if _, err := d.Merge(&out, pseudo, MergeOptions{}); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(out.Bytes(), "x.odt", Options{}); err != nil {
			t.Errorf("pseudo-translation unreadable: %v", err)
		}
	})
}
