package document

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
	"drogman/seeds/devdata"
)

// examples are the Markdown sources of a CommonMark specification's examples.
func examples(t testing.TB, file string) []string {
	text, err := os.ReadFile(devdata.Path(t, "documents", file))
	if err != nil {
		t.Skip(err)
	}
	var out []string
	fence := strings.Repeat("`", 32)
	for _, part := range strings.Split(string(text), "\n"+fence+" example")[1:] {
		_, body, _ := strings.Cut(part, "\n")
		source, _, ok := strings.Cut(body, "\n.\n")
		if ok {
			out = append(out, strings.ReplaceAll(source, "→", "\t")+"\n")
		}
	}
	return out
}

// notReadBack are the examples whose changed text is not read back as it was written, and
// why. The list may only shrink.
var notReadBack = map[string]string{}

// Every example of the specifications comes back byte for byte, and a changed text is
// read back as it was written.
func TestSpecifications(t *testing.T) {
	for file, count := range map[string]int{"commonmark/spec.txt": 650, "gfm/test/spec.txt": 670} {
		list := examples(t, file)
		if len(list) < count {
			t.Errorf("%s: only %d examples", file, len(list))
		}
		for i, source := range list {
			d := checkLaws(t, []byte(source), "x.md", Options{})
			want, got := changed(t, d)
			if reason := notReadBack[source]; (got == want) != (reason == "") {
				t.Errorf("%s %d: %q: read back %q, want %q (%s)", file, i+1, source, got, want, reason)
			}
		}
	}
}

// changed merges a changed text into every block and returns the texts wanted and read.
func changed(t *testing.T, d *Document) (want, got string) {
	var out strings.Builder
	for _, b := range d.Blocks {
		want += "|" + marked(b.Text)
	}
	if _, err := d.Merge(&out, func(b *Block) (string, []bitext.Code, bool) { return marked(b.Text), b.Codes, true }, MergeOptions{}); err != nil {
		t.Fatal(err)
	}
	again, err := Open([]byte(out.String()), d.Name, Options{})
	if err != nil {
		return want, err.Error()
	}
	for _, b := range again.Blocks {
		got += "|" + b.Text
	}
	return want, got
}

// Every input of html5lib's tokenizer tests comes back byte for byte.
func TestHTMLTokenizerInputs(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(devdata.Path(t, "documents", "html", "tokenizer"), "*.test"))
	count := 0
	for _, file := range files {
		data, _ := os.ReadFile(file)
		var suite struct {
			Tests []struct{ Input string } `json:"tests"`
		}
		if json.Unmarshal(data, &suite) != nil {
			continue
		}
		for _, c := range suite.Tests {
			count++
			checkLaws(t, []byte("<p>"+c.Input), "x.html", Options{Encoding: "utf-8"})
		}
	}
	if count < 6000 {
		t.Errorf("only %d inputs", count)
	}
}
