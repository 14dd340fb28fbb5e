package main

import (
	"testing"

	"golang.org/x/text/language"
)

func TestWithoutLanguage(t *testing.T) {
	for name, want := range map[string]string{
		"a.fr.md": "a.md", "a_fr-CA.md": "a.md", "a-FR.md": "a.md", "deep/a.fr_FR.html": "deep/a.html", "a-fr-fr.md": "a.md",
		"a.md": "", "a.en.md": "", "fr.md": "", "deep/fr.md": "", "a.france.md": "", "afr.md": "", "notes-fr-vrac.md": "", "a.fr": "",
	} {
		short, found := withoutLanguage(name, language.CanadianFrench)
		if want == "" && (found || short != name) || want != "" && (!found || short != want) {
			t.Errorf("%s: %s, %v, want %q", name, short, found, want)
		}
	}
}
