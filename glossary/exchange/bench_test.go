package exchange

import (
	"bytes"
	"fmt"
	"testing"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// large is a glossary of n concepts.
func large(n int) *glossary.Glossary {
	g := &glossary.Glossary{Source: language.French, Targets: []language.Tag{language.English}}
	for i := range n {
		g.Concepts = append(g.Concepts, &glossary.Concept{ID: fmt.Sprintf("c%d", i), Type: glossary.Terms, Note: "une note", Terms: map[language.Tag][]glossary.Term{
			language.French:  {{Text: fmt.Sprintf("terme numéro %d", i), POS: "noun"}},
			language.English: {{Text: fmt.Sprintf("term number %d", i)}},
		}})
	}
	return g
}

func BenchmarkRead(b *testing.B) {
	const n = 20_000
	for _, format := range []string{"tbx", "tsv", "csv", "utx"} {
		b.Run(format, func(b *testing.B) {
			var file bytes.Buffer
			if _, err := Write(&file, large(n), format); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(file.Len()))
			for b.Loop() {
				g, _, err := Read(bytes.NewReader(file.Bytes()), "x", Options{Format: format})
				if err != nil || len(g.Concepts) != n {
					b.Fatalf("%d concepts, %v", len(g.Concepts), err)
				}
			}
		})
	}
}
