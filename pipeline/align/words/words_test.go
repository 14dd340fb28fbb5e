package words_test

import (
	"fmt"
	"testing"

	"golang.org/x/text/language"

	"drogman/pipeline/align"
	"drogman/pipeline/align/words"
)

func ExamplePairs() {
	n := 0
	for p := range words.Pairs(language.French, language.BritishEnglish) {
		if n++; p.Source == "maison" {
			fmt.Println(p.Source, p.Target)
		}
	}
	fmt.Println(n > 3000)
	// Output:
	// maison house
	// maison home
	// true
}

// The list read backwards is the list with its sides exchanged.
func TestPairsBackwards(t *testing.T) {
	forth, back := collect(language.French, language.English), collect(language.English, language.French)
	if len(forth) == 0 || len(forth) != len(back) {
		t.Fatalf("%d pairs forth, %d back", len(forth), len(back))
	}
	for i, p := range forth {
		if b := back[i]; b.Source != p.Target || b.Target != p.Source {
			t.Fatalf("%v is not %v backwards", b, p)
		}
	}
	if odd := collect(language.Finnish, language.Thai); len(odd) != 0 {
		t.Errorf("%d pairs of languages without a list", len(odd))
	}
}

func collect(source, target language.Tag) (pairs []align.Pair) {
	for p := range words.Pairs(source, target) {
		pairs = append(pairs, p)
	}
	return pairs
}
