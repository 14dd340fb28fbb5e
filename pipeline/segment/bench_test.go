package segment

import (
	"os"
	"strings"
	"testing"

	"drogman/seeds/devdata"

	"golang.org/x/text/language"
)

// prose is about a megabyte of French: paragraphs with blank lines between them, or one
// line.
func prose(b *testing.B, flat bool) string {
	raw, err := os.ReadFile(devdata.Path(b, "..", "seeds", "alep.txt"))
	if err != nil {
		b.Skipf("sample absent: %v", err)
	}
	text := strings.TrimSpace(string(raw)) + "\n\n"
	if flat {
		text = strings.Join(strings.Fields(text), " ") + " "
	}
	return strings.Repeat(text, 1<<20/len(text))
}

func BenchmarkSegments(b *testing.B) {
	for _, c := range []struct {
		name string
		flat bool
	}{{"layout", false}, {"flat", true}} {
		b.Run(c.name, func(b *testing.B) {
			s, err := New(language.French)
			if err != nil {
				b.Fatal(err)
			}
			text := prose(b, c.flat)
			want := strings.Count(text, ". ") / 2
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for range s.Segments(text) {
					n++
				}
				if n < want {
					b.Fatalf("%d segments, want at least %d", n, want)
				}
			}
		})
	}
}
