package words_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/pipeline/align/words"
)

func TestFitting(t *testing.T) {
	french := strings.Fields(strings.Repeat("Les enfants de la maison ont mangé du pain avec leur mère hier soir. ", 5))
	english := strings.Fields(strings.Repeat("The children of the house ate bread with their mother yesterday evening. ", 5))
	german := strings.Fields(strings.Repeat("Am Morgen war die Gruppe an der Hütte, und man hat in aller Ruhe einen Weg auf den Gipfel gesucht. ", 9))
	for _, c := range []struct {
		name           string
		source, target language.Tag
		texts          [2][]string
		want           bool
	}{
		{"as said", language.French, language.BritishEnglish, [2][]string{french, english}, false},
		{"exchanged", language.French, language.BritishEnglish, [2][]string{english, french}, true},
		{"the other way round", language.English, language.French, [2][]string{french, english}, true},
		{"untranslated", language.French, language.English, [2][]string{french, french}, false},
		{"the source is in the target's language", language.French, language.English, [2][]string{english, english}, false},
		{"German for French", language.French, language.English, [2][]string{german, french}, false},
		{"too short", language.French, language.English, [2][]string{english[:12], french[:12]}, false},
		{"no list", language.German, language.Polish, [2][]string{english, french}, false},
		{"names", language.French, language.English, [2][]string{slices.Repeat([]string{"Paris"}, 90), slices.Repeat([]string{"Paris"}, 90)}, false},
	} {
		from, to := words.Fitting(c.source, c.target, c.texts[0], c.texts[1])
		if got := base(from) == base(c.target) && base(to) == base(c.source) && base(c.source) != base(c.target); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func base(t language.Tag) language.Base {
	b, _ := t.Base()
	return b
}
