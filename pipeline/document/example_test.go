package document_test

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
)

// A document is opened, its blocks are translated, and it is written again with nothing
// else changed.
func Example() {
	const page = "<html lang=\"fr\"><p>Il a dit&nbsp;: <b>oui</b>.</p>\n</html>\n"
	d, err := document.Open([]byte(page), "page.html", document.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range d.Blocks {
		fmt.Printf("%s %q\n", b.Kind, b.Text)
	}
	translate := func(b *document.Block) (string, []bitext.Code, bool) {
		codes := slices.Clone(b.Codes) // <b> and </b>, by their IDs
		codes[0].Span, codes[1].Span = bitext.Span{Start: 9, End: 9}, bitext.Span{Start: 12, End: 12}
		return "He said, yes.", codes, true
	}
	problems, err := d.Merge(os.Stdout, translate, document.MergeOptions{Language: language.BritishEnglish})
	fmt.Println(len(problems), err)
	// Output:
	// paragraph "Il a dit\u00a0: oui."
	// <html lang="en-GB"><p>He said, <b>yes</b>.</p>
	// </html>
	// 0 <nil>
}

// Blocks of a plain text are streamed: it may be of any size.
func ExampleBlocks() {
	const text = "Titre\n\nUn cessez-le-feu a été conclu hier\nsoir à Genève.\n"
	for b, err := range document.Blocks(strings.NewReader(text), "article.txt", document.Options{}) {
		fmt.Printf("%s %q %v\n", b.ID, b.Text, err)
	}
	// Output:
	// f3ks400gn8fz "Titre" <nil>
	// xfxzqz67e3aa "Un cessez-le-feu a été conclu hier\nsoir à Genève." <nil>
}
