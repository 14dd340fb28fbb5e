package align

import (
	"iter"
	"os"
	"strings"
	"testing"
)

// commonWords reads the list of French and English that package words embeds (importing it
// would be a cycle).
func commonWords(t testing.TB) iter.Seq[Pair] { return listedWords(t, "fr-en") }

func listedWords(t testing.TB, languages string) iter.Seq[Pair] {
	b, err := os.ReadFile("words/" + languages + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(Pair) bool) {
		for line := range strings.Lines(string(b)) {
			left, right, _ := strings.Cut(line, " = ")
			for s := range strings.FieldsSeq(left) {
				for t := range strings.FieldsSeq(right) {
					if !yield(Pair{s, t, .8}) {
						return
					}
				}
			}
		}
	}
}
