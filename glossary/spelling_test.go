package glossary

import "testing"

func TestSpelling(t *testing.T) {
	for _, c := range [][2]string{
		{"cessez-le-feu", "cessez le feu"},
		{"char d’assaut", "char d'assaut"},
		{"œuvre", "oeuvre"},
		{"re\u0301fugie\u0301", "réfugié"},
		{"porte\u2011parole", "porte-parole"},
		{"25\u00a0avril", "25 avril"},
	} {
		if Spelling(c[0]) != Spelling(c[1]) {
			t.Errorf("%q is spelt %q, %q is spelt %q", c[0], Spelling(c[0]), c[1], Spelling(c[1]))
		}
	}
	if Spelling("cote") == Spelling("côte") {
		t.Error("accents make another word")
	}
}
