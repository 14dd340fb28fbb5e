package segment

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// TestTables compiles every table: a mistake in one panics.
func TestTables(t *testing.T) {
	for name, table := range languages() {
		if have := table(); have == nil || name != "und" && len(have.words)*len(have.starters)*len(have.opening) == 0 {
			t.Errorf("%s: a part is empty", name)
		}
	}
}

func TestOptions(t *testing.T) {
	const text = "La cie. Blanc dort. Le chat Noir aussi."
	for _, c := range []struct {
		name   string
		option Option
		want   []string
	}{
		{"none", WithLayout(Detect), []string{"La cie. ", "Blanc dort. ", "Le chat Noir aussi."}},
		{"abbreviation", WithAbbreviations("cie."), []string{"La cie. Blanc dort. ", "Le chat Noir aussi."}},
		{"no break", WithNoBreak("cie.| Bl"), []string{"La cie. Blanc dort. ", "Le chat Noir aussi."}},
		{"no break, elsewhere", WithNoBreak("cie.| Gris"), []string{"La cie. ", "Blanc dort. ", "Le chat Noir aussi."}},
		{"break", WithBreak("chat|Noir"), []string{"La cie. ", "Blanc dort. ", "Le chat ", "Noir aussi."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := New(language.French, c.option)
			if err != nil {
				t.Fatal(err)
			}
			if have := pieces(s, text); !slices.Equal(have, c.want) {
				t.Errorf("have %q, want %q", have, c.want)
			}
		})
	}
}

// The two options of training take effect in flattened text only.
func TestTrainingOptions(t *testing.T) {
	const text = "Le chat Noir dort. La fin"
	for _, c := range []struct {
		name   string
		option Option
		want   []string
	}{
		{"weights for a seam", WithWeights(map[string]float64{"nnTnoir": 30}), []string{"Le chat ", "Noir dort. ", "La fin"}},
		{"oracle", WithOracle(func(at int) bool { return at == len("Le chat") }), []string{"Le chat ", "Noir dort. La fin"}},
	} {
		flat, err := New(language.French, c.option, WithLayout(Flat))
		if err != nil {
			t.Fatal(err)
		}
		if have := pieces(flat, text); !slices.Equal(have, c.want) {
			t.Errorf("%s: have %q, want %q", c.name, have, c.want)
		}
		kept, err := New(language.French, c.option, WithLayout(Kept))
		if err != nil {
			t.Fatal(err)
		}
		if have := pieces(kept, text); !slices.Equal(have, []string{"Le chat Noir dort. ", "La fin"}) {
			t.Errorf("%s, layout kept: %q", c.name, have)
		}
	}
}

func TestOptionFaults(t *testing.T) {
	for code, option := range map[string]Option{
		"segment-exception-empty":    WithBreak("|x"),
		"segment-abbreviation-empty": WithAbbreviations(" . "),
	} {
		var fault *Error
		if _, err := New(language.French, option); !errors.As(err, &fault) || fault.MessageID() != code {
			t.Errorf("have %v, want %s", err, code)
		}
	}
}

// TestCut: a text without a place to break is cut at white space, or between runes.
func TestCut(t *testing.T) {
	s, err := New(language.French)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{strings.Repeat("mot ", MaxSegment), strings.Repeat("é", MaxSegment), strings.Repeat("a", MaxSegment)} {
		for span := range s.Segments(text) {
			if span.Len() > MaxSegment+1 || span.Len() == 0 || strings.ToValidUTF8(span.In(text), "?") != span.In(text) {
				t.Fatalf("%d bytes", span.Len())
			}
		}
	}
}

// TestEveryRuleHasACase: the named cases make each rule decide somewhere.
func TestEveryRuleHasACase(t *testing.T) {
	decided := map[string]bool{"user": true} // TestOptions
	for lang, list := range cases {
		s, err := New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			for d := range s.Explain(strings.ReplaceAll(c.text, "‖", "")) {
				decided[d.Rule] = true
			}
		}
	}
	for _, r := range rules {
		if !decided[r.name] {
			t.Errorf("no case for rule %s", r.name)
		}
	}
}
