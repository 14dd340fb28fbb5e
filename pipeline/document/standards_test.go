package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"drogman/seeds/devdata"

	"golang.org/x/text/language"
)

// Other programs judge what merge writes: epubcheck the books, LibreOffice the office
// documents. Each test says what it lacks where the program is not installed.

// book is an EPUB with what books have: chapters with notes, tables, pictures and lists, a
// table of contents in both manners, metadata.
func book(version string) []byte {
	const chapter = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><head><title>Premier chapitre</title></head><body>
<h1 id="c1" title="Le chapitre">Premier <em>chapitre</em></h1>
<p>Il a dit&#160;: «&#160;<i>oui</i>&#160;», puis<br/>non &amp; rien<a href="#n1">*</a>. 3 &lt; 4.</p>
<ul><li>Un <b>mot <i>gras</i></b></li><li>Deux</li></ul>
<table><tr><th>Ville</th><td>Alep</td></tr></table>
<div><img src="i.gif" alt="Une &quot;carte&quot;"/></div>
<p id="n1">La note.</p></body></html>`
	const gif = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
	const contents = `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="fr"><head><meta name="dtb:uid" content="urn:uuid:6e1b7a0c-3b0a-4c0e-9a5e-0d6a2f8f1c11"/></head>
<docTitle><text>Le livre</text></docTitle><navMap><navPoint id="p1" playOrder="1"><navLabel><text>Chapitre &amp; fin</text></navLabel><content src="a.xhtml"/></navPoint></navMap></ncx>`
	const nav = `<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="fr" lang="fr"><head><title>Table</title></head><body>
<nav epub:type="toc"><h2>Table</h2><ol><li><a href="a.xhtml">Premier chapitre</a></li></ol></nav></body></html>`
	modified, navItem, drawn := "", "", ""
	if version == "3.0" {
		modified = `<meta property="dcterms:modified">2024-01-01T00:00:00Z</meta>`
		drawn = ` properties="svg"`
		navItem = `<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`
	}
	opf := `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="` + version + `" unique-identifier="uid"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="uid">urn:uuid:6e1b7a0c-3b0a-4c0e-9a5e-0d6a2f8f1c11</dc:identifier><dc:title>Le livre</dc:title><dc:language>fr</dc:language><dc:description>Un &lt;livre&gt;.</dc:description>` + modified + `</metadata>
<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"` + drawn + `/><item id="i" href="i.gif" media-type="image/gif"/>` + navItem + `<item id="ncx" href="t.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx"><itemref idref="a"/></spine></package>`
	page := chapter
	if version == "3.0" {
		page = regexp.MustCompile(`<!DOCTYPE[^>]*>`).ReplaceAllString(chapter, "<!DOCTYPE html>")
		page = strings.Replace(page, "</table>", `</table><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Carte</title><text x="1" y="2">Alep <tspan>la Blanche</tspan></text></svg>`, 1)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	mimetype, _ := z.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	io.WriteString(mimetype, "application/epub+zip")
	entries := []string{"META-INF/container.xml", `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="o/c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"o/c.opf", opf, "o/a.xhtml", page, "o/i.gif", gif, "o/t.ncx", contents}
	if version == "3.0" {
		entries = append(entries, "o/nav.xhtml", strings.Replace(nav, "?>", "?><!DOCTYPE html>", 1))
	}
	for i := 0; i < len(entries); i += 2 {
		w, _ := z.Create(entries[i])
		io.WriteString(w, entries[i+1])
	}
	z.Close()
	return out.Bytes()
}

// epubcheck returns what epubcheck has against a book: its fatal errors, errors and warnings.
func epubcheck(t *testing.T, data []byte) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "book.epub")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("epubcheck")
	if err != nil {
		t.Skip("epubcheck is not installed")
	}
	command := exec.Command(program, file)
	if head, err := os.ReadFile(program); err == nil && bytes.HasPrefix(head, []byte("PK")) { // a jar under that name
		java, err := exec.LookPath("java")
		if err != nil {
			t.Skip("epubcheck needs java")
		}
		command = exec.Command(java, "-jar", program, file)
	}
	said, _ := command.CombinedOutput() // its exit code says no more than its messages
	if !bytes.Contains(said, []byte("heck")) {
		t.Fatalf("epubcheck said %s", said)
	}
	return regexp.MustCompile(`(?m)^(?:FATAL|ERROR|WARNING)\(.*$`).FindAllString(string(said), -1)
}

// A sound book is as sound when it is translated.
func TestEPUBCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("epubcheck takes seconds")
	}
	for version, tag := range map[string]string{"2.0": "en-GB", "3.0": "ar"} {
		source := book(version)
		d, err := Open(source, "x.epub", Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if problems, err := d.Merge(&out, pseudo, MergeOptions{Language: language.Make(tag)}); err != nil || len(problems) > 0 {
			t.Fatal(problems, err)
		}
		if found := epubcheck(t, out.Bytes()); len(found) > 0 {
			t.Errorf("EPUB %s in %s: %q; of the source it says %q", version, tag, found, epubcheck(t, source))
		}
	}
}

// slides and cells are a presentation and a table in LibreOffice's flat files, of which it
// makes the others.
const (
	slides = `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
		`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation">` +
		`<office:body><office:presentation><draw:page draw:name="p1"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="5cm"><draw:text-box>` +
		`<text:p>Le cessez-le-feu <text:span>tient</text:span> toujours.</text:p><text:list><text:list-item><text:p>Premier point</text:p></text:list-item></text:list></draw:text-box></draw:frame></draw:page></office:presentation></office:body></office:document>`
	page = `<html lang="fr"><head><title>Titre</title></head><body><h1>Un titre</h1><p>Un <b>mot gras</b> et <a href="http://a.b">un lien</a>.</p>` +
		`<ul><li>Premier</li><li>Second</li></ul><table border="1"><tr><td>Ville</td><td>Alep</td></tr></table></body></html>`
	cells = "Ville,Pays\nAlep,Syrie\n"
)

// LibreOffice makes a PDF of each office document it makes itself, and of real ones,
// pseudo-translated, and its pages hold every letter of the translation.
func TestLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes seconds")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"page.html": page, "slides.fodp": slides, "cells.csv": cells} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	office(t, dir, "odt", "page.html")
	office(t, dir, "docx", "page.odt")
	office(t, dir, "odp", "slides.fodp")
	office(t, dir, "pptx", "slides.fodp")
	office(t, dir, "xlsx", "cells.csv")
	files := []string{filepath.Join(dir, "page.odt"), filepath.Join(dir, "page.docx"), filepath.Join(dir, "slides.odp"), filepath.Join(dir, "slides.pptx"), filepath.Join(dir, "cells.xlsx")}
	documents, _ := devdata.Find("documents") // without them LibreOffice's own do
	mammoth, _ := filepath.Glob(filepath.Join(documents, "docx-mammoth", "*", "*", "*.docx"))
	python, _ := filepath.Glob(filepath.Join(documents, "docx", "*", "*", "*", "*.docx"))
	real := append(mammoth, python...)
	for i := 0; i < len(real); i += realStep {
		files = append(files, real[i])
	}
	var names []string
	for i, file := range files {
		if name := pseudoTranslated(t, dir, i, file); name != "" {
			names = append(names, name)
		}
	}
	office(t, dir, "pdf", names...)
	for _, name := range names {
		checkPDF(t, filepath.Join(dir, strings.TrimSuffix(name, filepath.Ext(name))+".pdf"))
	}
}

// realStep takes one real document of so many; all of them take a minute and more.
const realStep = 6

// office converts files of a folder.
func office(t *testing.T, dir, to string, files ...string) {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	command := exec.Command(soffice, append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", to}, files...)...)
	command.Dir = dir
	timer := time.AfterFunc(3*time.Minute, func() { command.Process.Kill() })
	defer timer.Stop()
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice --convert-to %s: %v: %s", to, err, said)
	}
}

// pseudoTranslated writes a document's pseudo-translation into a folder, and returns its
// name; none if there is nothing to translate in it.
func pseudoTranslated(t *testing.T, dir string, i int, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("LibreOffice made no %s: %v", filepath.Base(file), err)
	}
	d, err := Open(data, file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Blocks) == 0 {
		return ""
	}
	name := fmt.Sprintf("%d-%s", i, filepath.Base(file))
	if err := os.WriteFile(filepath.Join(dir, name), merged(t, d, pseudo), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// notShown are the documents whose translation LibreOffice does not show, and why. The list
// may only shrink.
var notShown = map[string]string{
	"shp-inline-shape-access": "all its text is in a diagram, of which LibreOffice shows the picture that Word keeps beside it (drawing1.xml)",
}

// checkPDF expects a PDF with a pseudo-translation in it.
func checkPDF(t *testing.T, file string) {
	t.Helper()
	if info, err := os.Stat(file); err != nil || info.Size() < 1000 {
		t.Errorf("%s: no PDF: %v", filepath.Base(file), err)
		return
	}
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		return // that it is a PDF is all that can be told
	}
	text, err := exec.Command(pdftotext, file, "-").Output()
	shown := strings.Contains(string(text), "ẋẋẋ")
	for name, reason := range notShown {
		if strings.Contains(file, name) {
			if shown {
				t.Errorf("%s: the pages hold the translation now, though %s", name, reason)
			}
			return
		}
	}
	if err != nil || !shown {
		t.Errorf("%s: %v: the pages hold %.200q", filepath.Base(file), err, text)
	}
}
