package document_test

import (
	"strings"
	"testing"

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
		got := 0
		for i := range d.Blocks {
			if at := strings.Index(d.Blocks[i].Text, c.word); at >= 0 {
				got = d.Blocks[i].Line(at)
			}
		}
		if got != c.want {
			t.Errorf("%q of %q is on line %d, want %d", c.word, c.text, got, c.want)
		}
	}
}
