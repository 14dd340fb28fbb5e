package glossary

import (
	"strings"

	"golang.org/x/text/language"
)

// Equivalent returns the term to use in a language for a term of the concept: its
// preferred term, except that a name is rendered by a form of its own kind where the
// concept has one. An acronym becomes an acronym and a full form a full form (ONU is UN,
// Organisation des Nations unies is United Nations); a short name becomes a short one
// (Assad is Assad, Bachar al-Assad is Bashar al-Assad). It reports false where the
// language has no term that may be used.
func (c *Concept) Equivalent(of *Term, lang language.Tag) (Term, bool) {
	best, ok := c.Preferred(lang)
	if !ok || of == nil || c.Type == Terms || c.Type == Keep {
		return best, ok
	}
	distance := formDistance(of.Text, best.Text)
	for _, t := range c.In(lang) {
		if t.Status > Admitted {
			continue
		}
		if d := formDistance(of.Text, t.Text); d < distance {
			best, distance = t, d
		}
	}
	return best, true
}

// formDistance is how unlike two forms of a name are: an acronym and a full form, then
// the number of words by which they differ.
func formDistance(a, b string) int {
	d := len(strings.Fields(a)) - len(strings.Fields(b))
	if isAcronym(a) != isAcronym(b) {
		return 100
	}
	return max(d, -d)
}
