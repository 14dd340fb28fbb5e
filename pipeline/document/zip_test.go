package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
	"drogman/seeds/devdata"
)

// sameEntries compares two archives entry by entry.
func sameEntries(a, b []byte) error {
	x, err := zip.NewReader(bytes.NewReader(a), int64(len(a)))
	if err != nil {
		return err
	}
	y, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	if len(x.File) != len(y.File) {
		return fmt.Errorf("%d entries, want %d", len(x.File), len(y.File))
	}
	for i, f := range x.File {
		g := y.File[i]
		if f.Name != g.Name || f.Method != g.Method || f.CRC32 != g.CRC32 || f.UncompressedSize64 != g.UncompressedSize64 || !f.Modified.Equal(g.Modified) || f.ExternalAttrs != g.ExternalAttrs {
			return fmt.Errorf("entry %s differs", f.Name)
		}
	}
	return nil
}

// zipOf makes an archive of names and contents.
func zipOf(entries ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(entries); i += 2 {
		w, _ := z.Create(entries[i])
		io.WriteString(w, entries[i+1])
	}
	z.Close()
	return out.Bytes()
}

const wordTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
const wordRels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

func docxOf(body string) []byte {
	return zipOf("[Content_Types].xml", wordTypes, "_rels/.rels", wordRels, "word/document.xml",
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`)
}

func run(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }

func bold(text string) string {
	return "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>"
}

func char(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }

var wordCases = []struct {
	name, body string
	want       []string
	pseudo     string // the body with "X" for every text
}{
	{"split runs", `<w:p>` + run("Bon") + `<w:proofErr w:type="spellStart"/>` + `<w:r w:rsidR="1"><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t>jour &amp; oui</w:t></w:r></w:p>`, []string{"Bonjour & oui"},
		`<w:p><w:r><w:t xml:space="preserve">X</w:t></w:r></w:p>`},
	{"bold", `<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr>` + run("Un mot très ") + bold("gras") + run(".") + `</w:p>`, []string{"Un mot très {1}gras{/1}."}, ""},
	{"all bold", `<w:p>` + bold("Tout") + `</w:p>`, []string{"Tout"}, `<w:p>` + bold("X") + `</w:p>`},
	{"link", `<w:p>` + run("Voir ") + `<w:hyperlink r:id="r9">` + bold("le ") + run("site") + `</w:hyperlink>` + run(" ici") + `</w:p>`, []string{"Voir {1}le {2}site{/2}{/1} ici"}, ""},
	{"tab and break", `<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>`, []string{"a{1:\t}b{2:\n}c"}, ""},
	{"note", `<w:p>` + run("Mot") + `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>` + run(" suite") + `</w:p>`, []string{"Mot{1}{2:}{/1} suite"}, ""},
	{"deleted and inserted", `<w:p>` + run("Un ") + `<w:del w:id="1"><w:r><w:delText>vieux </w:delText></w:r></w:del><w:ins w:id="2">` + run("neuf") + `</w:ins>` + run(" mot") + `</w:p>`,
		[]string{"Un {1:}{2}neuf{/2} mot"}, ""},
	{"page field", `<w:p>` + run("Page ") + char("begin") + `<w:r><w:instrText> PAGE </w:instrText></w:r>` + char("separate") + run("3") + char("end") + run(" sur dix") + `</w:p>`, []string{"Page {1:3} sur dix"}, ""},
	{"link field", `<w:p>` + run("Voir ") + char("begin") + `<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>` + char("separate") + run("ici") + char("end") + run(".") + `</w:p>`, []string{"Voir {1}ici{/1}."}, ""},
	{"text box", `<w:p>` + run("Avant ") + `<w:r><w:drawing><w:txbxContent><w:p>` + run("Dedans") + `</w:p></w:txbxContent></w:drawing></w:r>` + run("après") + `</w:p>`, []string{"Avant {1:}après", "Dedans"}, ""},
	{"table", `<w:tbl><w:tr><w:tc><w:p>` + run("A") + `</w:p></w:tc></w:tr></w:tbl>`, []string{"A"}, ""},
	{"bookmark between looks", `<w:p>` + run("Une longue phrase. ") + bold("Deux. ") + `<w:bookmarkEnd w:id="0"/>` + `<w:r><w:rPr><w:i/></w:rPr><w:t>Trois.</w:t></w:r></w:p>`, []string{"Une longue phrase. {1}Deux. {2:}{/1}{3}Trois.{/3}"}, ""},
	{"white space", `<w:p><w:r><w:t xml:space="preserve">  Un </w:t></w:r></w:p><w:p>` + run(" ") + `</w:p>`, []string{"  Un "}, ""},
}

func TestWord(t *testing.T) {
	for _, c := range wordCases {
		t.Run(c.name, func(t *testing.T) {
			d, err := Open(docxOf(c.body), "x.docx", Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			for _, b := range d.Blocks {
				checkBlock(t, b)
				checkUnits(t, d, &b)
			}
			checkRewritten(t, d)
			if c.pseudo == "" {
				return
			}
			out := merged(t, d, func(*Block) (string, []bitext.Code, bool) { return "X", nil, true })
			if err := sameEntries(out, docxOf(c.pseudo)); err == nil {
				return
			}
			again, _ := Open(out, "x.docx", Options{})
			t.Errorf("wrote %s", again.parts[len(again.parts)-1].text)
		})
	}
}

// Every document of the collections must come back entry for entry, and pseudo-translated
// be read back as it was written.
func TestRealDocuments(t *testing.T) {
	dir := devdata.Path(t, "documents")
	count := map[string]int{}
	filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		f, known := FormatFor(name)
		if err != nil || e.IsDir() || !known {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Open(data, name, Options{Comments: true})
		if err != nil {
			count[f.Name+" refused"]++
			if !slices.Contains(unreadable, filepath.Base(name)) {
				t.Error(err)
			}
			return nil
		}
		count[f.Name]++
		count[f.Name+" blocks"] += len(d.Blocks)
		out := merged(t, d, own)
		if d.Format.Binary {
			err = sameEntries(data, out)
		} else if !bytes.Equal(data, out) {
			err = fmt.Errorf("bytes differ")
		}
		if err != nil {
			t.Errorf("%s: identity: %v", name, err)
		}
		checkPseudo(t, d)
		return nil
	})
	t.Log(count)
}

// unreadable are the real files that are not what their name says.
var unreadable = []string{
	"extensions-full-info-string.txt", // has a NUL
	"test_big5.txt",                   // Big5, which nothing in it says
}

// checkPseudo pseudo-translates a document and reads it back.
func checkPseudo(t *testing.T, d *Document) {
	t.Helper()
	out := merged(t, d, pseudo)
	again, err := Open(out, d.Name, Options{Comments: true, Encoding: d.Encoding.Name()})
	if err != nil {
		t.Errorf("%s: pseudo-translation unreadable: %v", d.Name, err)
		return
	}
	if slices.Contains([]string{"text", "srt", "vtt"}, d.Format.Name) {
		return // where a block ends is seen from the length of its lines or its sentence ends
	}
	if len(again.Blocks) != len(d.Blocks) {
		t.Errorf("%s: %d blocks became %d", d.Name, len(d.Blocks), len(again.Blocks))
		return
	}
	for i, b := range again.Blocks {
		want := d.Blocks[i]
		want.Text, want.Codes = Pseudo(want.Text, want.Codes)
		if strings.TrimSpace(show(b)) != strings.TrimSpace(show(want)) {
			t.Errorf("%s: block %d: read back %q, want %q", d.Name, i, show(b), show(want))
			return
		}
	}
}

func pseudo(b *Block) (string, []bitext.Code, bool) {
	text, codes := Pseudo(b.Text, b.Codes)
	return text, codes, true
}
