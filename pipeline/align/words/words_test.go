package words_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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

// Every line of a list is a group of words for a group of words, and no pair stands twice.
func TestLists(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile(`^[\p{L}\p{M}'-]+$`)
	for _, f := range files {
		if filepath.Ext(f.Name()) != ".txt" {
			continue
		}
		list, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]int{}
		n := 0
		for line := range strings.Lines(string(list)) {
			if n++; line == "\n" || strings.HasPrefix(line, "# ") {
				continue
			}
			sides := strings.Split(strings.TrimSuffix(line, "\n"), " = ")
			if len(sides) != 2 {
				t.Errorf("%s:%d: %q is no group", f.Name(), n, line)
				continue
			}
			for s := range strings.SplitSeq(sides[0], " ") {
				for t2 := range strings.SplitSeq(sides[1], " ") {
					pair := s + " = " + t2
					if !word.MatchString(s) || !word.MatchString(t2) || pair != strings.ToLower(pair) {
						t.Errorf("%s:%d: %q is no pair of words", f.Name(), n, pair)
					}
					if seen[pair] > 0 {
						t.Errorf("%s:%d: %s stands in line %d already", f.Name(), n, pair, seen[pair])
					}
					seen[pair] = n
				}
			}
		}
	}
}

// The list is that of the languages the texts are in, whatever is said of them; where no
// list fits better, that of the languages said.
func TestFor(t *testing.T) {
	french := []string{"Il ne restait plus personne dans la maison quand la nuit fut venue.", "La porte était ouverte."}
	english := []string{"There was nobody left in the house when night had come.", "The door was open."}
	german := []string{"Als die Nacht gekommen war, blieb niemand mehr in dem Haus.", "Die Tür war offen."}
	said := [2]language.Tag{language.French, language.BritishEnglish}
	repeat := func(list []string) []string { return slices.Repeat(list, 3) }
	for _, c := range []struct {
		name           string
		source, target []string
		want           [2]language.Tag
	}{
		{"as said", french, english, said},
		{"the other way", english, french, [2]language.Tag{language.English, language.French}},
		{"others", german, french, [2]language.Tag{language.German, language.French}},
		{"no list", english, german, said},
		{"nothing to see", nil, []string{"42"}, said},
		{"too short", german[1:], french[1:], said},
	} {
		var got []align.Pair
		for p := range words.For(said[0], said[1])(repeat(c.source), repeat(c.target)) {
			got = append(got, p)
		}
		if want := collect(c.want[0], c.want[1]); len(got) != len(want) || got[0] != want[0] {
			t.Errorf("%s: %d pairs beginning with %v", c.name, len(got), got[0])
		}
	}
}
