package bitext

import (
	"bytes"
	"fmt"
	"testing"
)

// termRich are units as a run over the press makes them: seven terms each.
func termRich() (units []Unit, size int64) {
	const word = "cessez-le-feu à Alep, "
	for i := range 200 {
		u := Unit{ID: fmt.Sprintf("b%d-a1b2c3::s%d", i/3, i%3), Document: "articles/alep.txt", Languages: frEn}
		for k := range 7 {
			at := len(u.Source)
			u.Source += word
			u.Terms = append(u.Terms, Occurrence{Span{at, at + 13}, fmt.Sprintf("concept-%d", k), "terms", word[:13], "ceasefire", false, "the note of a glossary"})
		}
		units, size = append(units, u), size+int64(len(u.Source))
	}
	return units, size
}

func BenchmarkWrite(b *testing.B) {
	units, size := termRich()
	for _, name := range []string{"xliff", "jsonl", "tmx", "po"} {
		f, _ := FormatFor(name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				file, err := written(f, units...)
				if err != nil || bytes.Count(file, []byte("a1b2c3")) < 67 {
					b.Fatal(err, len(file))
				}
			}
		})
	}
}
