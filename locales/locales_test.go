package locales

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		want        string
		preferences []string
	}{
		{"fr", []string{"fr"}},
		{"fr", []string{"", "fr_FR.UTF-8"}},
		{"fr", []string{"fr-CA", "en"}},
		{"en", []string{"en_GB.UTF-8"}},
		{"en", []string{"C", "fr"}},
		{"en", []string{"C.UTF-8", "fr"}},
		{"en", []string{"POSIX"}},
		{"fr", []string{"de_DE", "fr"}},
		{"en", []string{"zz_not a tag"}},
		{"en", nil},
	} {
		if got := For(c.preferences...).Language().String(); got != c.want {
			t.Errorf("For(%q) speaks %s, want %s", c.preferences, got, c.want)
		}
	}
}

// Both catalogues hold the same messages, none twice, and French keeps its typography.
func TestCataloguesAgree(t *testing.T) {
	en, fr := For("en").IDs(), For("fr").IDs()
	for _, ids := range [][]string{en, fr} {
		for i := 1; i < len(ids); i++ {
			if ids[i] == ids[i-1] {
				t.Errorf("message %s stands twice in one language", ids[i])
			}
		}
	}
	for _, id := range en {
		if !slices.Contains(fr, id) {
			t.Errorf("message %s has no French", id)
		}
	}
	for _, id := range fr {
		if !slices.Contains(en, id) {
			t.Errorf("message %s has no English", id)
		}
	}
}

type coded struct{ Have string }

func (coded) Error() string     { return "plain" }
func (coded) MessageID() string { return "no-such-message" }

func TestMissingMessageShowsItsID(t *testing.T) {
	if got := For("fr").Text("no-such-message", nil); got != "‹no-such-message›" {
		t.Errorf("Text of a missing message = %q", got)
	}
	if got := For("fr").Error(coded{}); got != "plain" {
		t.Errorf("Error without a message = %q, want the error's own words", got)
	}
	if got := For("fr").Error(errors.New("plain")); got != "plain" {
		t.Errorf("Error of a foreign error = %q", got)
	}
}

func TestNumbers(t *testing.T) {
	if got := For("en").Number(1234567); got != "1,234,567" {
		t.Errorf("English number = %q", got)
	}
	if got := For("fr").Number(1234.5); !strings.HasSuffix(got, "234,5") || strings.Contains(got, " ") {
		t.Errorf("French number = %q, want a no-break space and a comma", got)
	}
}
