package glossary

import "golang.org/x/text/language"

// Equivalent returns the term to use in a language for a term of the concept: its
// preferred term, but an acronym for an acronym and a full form for a full form where the
// concept has both (ONU is UN, Organisation des Nations unies is United Nations). It
// reports false where the language has no term that may be used.
func (c *Concept) Equivalent(of *Term, lang language.Tag) (Term, bool) {
	best, ok := c.Preferred(lang)
	if !ok || of == nil || isAcronym(best.Text) == isAcronym(of.Text) {
		return best, ok
	}
	for _, t := range c.In(lang) {
		if t.Status <= Admitted && isAcronym(t.Text) == isAcronym(of.Text) {
			return t, true
		}
	}
	return best, true
}
