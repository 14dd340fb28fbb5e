package document_test

import (
	"strings"
	"testing"

	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		name, text, word string
		want             int
	}{
		{"a.txt", "Un.\n\nDeux.\n", "Deux", 3},
		{"a.txt", "Un.\r\n\r\nDeux\r\ntrois.\r\n", "trois", 4},
		{"a.txt", "Un.\r\rDeux.\r", "Deux", 3},
		{"a.md", "# Titre\n\n- un\n- *deux* &amp; trois\n", "trois", 4},
		{"a.html", "<h1>Titre</h1>\n<p>Un\n<b>deux</b></p>\n", "deux", 3},
	} {
		d, err := document.Open([]byte(c.text), c.name, document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, located := 0, 0
		for i := range d.Blocks {
			b := &d.Blocks[i]
			if at := strings.Index(b.Text, c.word); at >= 0 {
				got = b.Line(at)
				offset := b.Source(bitext.Span{Start: at, End: at + 1}).Start
				located, _, _ = document.Locate(strings.NewReader(c.text), c.name, document.Options{}, offset)
			}
		}
		if got != c.want || located != c.want {
			t.Errorf("%q of %q is on line %d, located on %d, want %d", c.word, c.text, got, located, c.want)
		}
	}
}
