package document

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
)

const sentence = "Le ministre des Affaires étrangères, M. Durand, a déclaré jeudi qu’il n’y aurait pas de retrait avant 2027. "

// large makes a document of about size bytes in each format: count paragraphs, each with
// a code where the format has codes.
func large(size int) map[string]func() (data []byte, count int) {
	repeat := func(head, unit, tail string) func() ([]byte, int) {
		return func() ([]byte, int) {
			n := size / len(unit)
			var out strings.Builder
			out.WriteString(head)
			for i := range n {
				fmt.Fprintf(&out, strings.ReplaceAll(unit, "#", "%[1]d"), i)
			}
			return []byte(out.String() + tail), n
		}
	}
	long := strings.Repeat(sentence, 4)
	word := repeat("", `<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r w:rsidR="00A1"><w:t xml:space="preserve"># `+long+`</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>gras</w:t></w:r><w:r><w:t xml:space="preserve"> et fin.</w:t></w:r></w:p>`, "")
	return map[string]func() ([]byte, int){
		"text":     repeat("", "# "+long+"\n\n", ""),
		"markdown": repeat("", "# "+long+"et **gras** [ici](http://a.b).\n\n", ""),
		"html":     repeat("<html lang=fr><body>", "<p># "+long+"et <b>gras</b> &amp; <a href='x'>ici</a>.</p>\n", "</body></html>"),
		"xml":      repeat("<d>", "<p># "+long+"et <b>gras</b> &amp; ici.</p>\n", "</d>"),
		"srt":      repeat("", "#\n00:00:01,000 --> 00:00:02,000\n# "+sentence+"\n\n", ""),
		"json":     repeat("{\"z\": \"z\"", ",\n\"k#\": \"# "+long+"{name}\"", "}"),
		"yaml":     repeat("", "k#: \"# "+long+"{name}\"\n", ""),
		"docx": func() ([]byte, int) {
			body, n := word()
			return docxOf(string(body)), n
		},
	}
}

// BenchmarkOpen measures reading; bytes are those of the document, of a container those of
// its inflated text.
func BenchmarkOpen(b *testing.B) {
	for name, make := range large(4 << 20) {
		b.Run(name, func(b *testing.B) {
			data, count := make()
			b.SetBytes(int64(max(len(data), 4<<20)))
			for b.Loop() {
				d, err := Open(data, "x."+name, Options{Format: name})
				if err != nil || len(d.Blocks) < count {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMerge measures writing a document with every block translated.
func BenchmarkMerge(b *testing.B) {
	for name, make := range large(4 << 20) {
		b.Run(name, func(b *testing.B) {
			data, _ := make()
			d, err := Open(data, "x."+name, Options{Format: name})
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(max(len(data), 4<<20)))
			for b.Loop() {
				problems, err := d.Merge(io.Discard, func(b *Block) (string, []bitext.Code, bool) { return marked(b.Text), b.Codes, true }, MergeOptions{})
				if err != nil || len(problems) > 0 {
					b.Fatal(err, problems)
				}
			}
		})
	}
}
