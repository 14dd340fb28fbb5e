package segment

import (
	"slices"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// wrap puts line breaks for spaces so that no line is longer than the width in runes.
func wrap(text string, width int) string {
	out := []byte(text)
	column, space := 0, -1
	for i, r := range text {
		if r == '\n' {
			column, space = 0, -1
			continue
		}
		if r == ' ' {
			space = i
		}
		if column++; column > width && space >= 0 {
			out[space] = '\n'
			column, space = utf8.RuneCountInString(text[space+1:i+1]), -1
		}
	}
	return string(out)
}

// TestWrapped: prose wrapped at a fixed width is cut as it is without the line breaks. The
// law's text has headings and lists between its paragraphs, so it is held to a rate.
func TestWrapped(t *testing.T) {
	s, err := New(language.French)
	if err != nil {
		t.Fatal(err)
	}
	for set, allowed := range map[string]float64{"fr_gsd_p5.dev": 0.001, "fr_sequoia_p5.dev": 0, "fr_legal_constit.dev": 0.06} {
		docs := readGold(t, set)
		for _, width := range []int{50, 66, 72, 80, 100} {
			same, differ := 0, 0
			for _, d := range docs {
				want := spans(s, d.text)
				for _, span := range spans(s, wrap(d.text, width)) {
					if slices.Contains(want, span) {
						same++
					} else {
						differ++
					}
				}
			}
			t.Logf("%s at %d: %d the same, %d not", set, width, same, differ)
			if float64(differ) > allowed*float64(same+differ) {
				t.Errorf("%s at %d: %d the same, %d not", set, width, same, differ)
			}
		}
	}
}
