package lint

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// duplicate: a term twice in one concept, or a concept twice in the glossary.
var duplicate = Rule{
	Code: "glossary-duplicate-term", Severity: Error,
	Cases: []Case{
		{"terms:\n  a b: [x, x]", []string{"x"}},
		{"terms:\n  abricot:\n    fr: abricot\n    en: x", []string{"abricot"}},
		{"terms:\n  abricot: apricot\nplaces:\n  abricot: apricot", []string{"abricot"}},
		{"terms:\n  abricot: [apricot, Apricot]", nil},
		{"keep: [Reuters]", nil},
	},
	check: func(x *context) {
		for _, c := range x.g.Concepts {
			for _, tag := range append([]language.Tag{x.g.Source}, x.g.Targets...) {
				x.repeated(c, c.In(tag))
			}
		}
		x.sameConcepts()
	},
}

func (x *context) repeated(c *glossary.Concept, terms []glossary.Term) {
	for i, t := range terms {
		first := slices.IndexFunc(terms, func(o glossary.Term) bool {
			return o.Text == t.Text && (o.Status == t.Status || usable(o) && usable(t))
		})
		if first < i {
			x.reportPair(c, t.Place, t.Text, "", terms[first].Place)
		}
	}
}

// sameConcepts finds concepts that share their first source term and preferred target.
func (x *context) sameConcepts() {
	if len(x.g.Targets) == 0 {
		return
	}
	seen := map[[3]string]*glossary.Concept{}
	for _, c := range x.g.Concepts {
		source, ok := c.Preferred(x.g.Source)
		target, translated := c.Preferred(x.g.Targets[0])
		if !ok || !translated {
			continue
		}
		key := [3]string{source.Text, target.Text, c.Sense}
		if first := seen[key]; first != nil {
			x.reportPair(c, c.Place, source.Text, "", first.Place)
		}
		seen[key] = c
	}
}

// claimedTwice: a form that two concepts claim, with nothing to tell them apart.
var claimedTwice = Rule{
	Code: "glossary-form-claimed-twice", Severity: Warning,
	Cases: []Case{
		{"terms:\n  bourse (finance): exchange\n  bourse (études): grant", []string{"bourse"}},
		{"terms:\n  bourse (finance): {en: exchange, when: action}\n  bourse (études): grant", nil},
		{"terms:\n  a b: x\n  c d:\n    fr: a b\n    en: y", []string{"a b"}},
		{"terms:\n  cessez-le-feu: ceasefire\n  cessez le feu: truce", []string{"cessez-le-feu"}},
		{"terms:\n  char d'assaut: tank\n  char d’assaut: panzer", []string{"char d'assaut"}},
		{"terms:\n  oeuvre: work\n  œuvre: opus", []string{"oeuvre"}},
		{"places:\n  Tours (ville): Tours\nterms:\n  tour: tower", nil},
		{"terms:\n  bourse (finance): exchange\n  bourse (études): exchange", nil},
	},
	check: func(x *context) {
		told := map[[2]*glossary.Concept]bool{}
		for _, c := range x.g.Concepts {
			terms := c.In(x.g.Source)
			for i := range terms {
				x.rivals(claim{c, &terms[i]}, told)
			}
		}
	},
}

// rivals tells of the concepts that claim the very term of another as one of their forms;
// each pair once.
func (x *context) rivals(of claim, told map[[2]*glossary.Concept]bool) {
	form := of.term.Text
	for _, other := range x.byForm()[spelt(of.concept, of.term, form)] {
		pair := [2]*glossary.Concept{of.concept, other.concept}
		if other.concept == of.concept || told[pair] || toldApart(of.term, other.term) || x.sameTargets(of.concept, other.concept) {
			continue
		}
		told[pair], told[[2]*glossary.Concept{pair[1], pair[0]}] = true, true
		first, second := of, other
		if later(first.term.Place, second.term.Place) {
			first, second = second, first
		}
		x.reportPair(second.concept, second.term.Place, form, "", first.term.Place)
		if !strings.EqualFold(glossary.Spelling(other.term.Text), glossary.Spelling(of.term.Text)) { // by inflection: combattant, of combattre
			x.found[len(x.found)-1].Severity = Info
		}
	}
}

func toldApart(a, b *glossary.Term) bool {
	return len(a.When) > 0 || len(b.When) > 0 || a.POS != "" && b.POS != "" && a.POS != b.POS
}

func (x *context) sameTargets(a, b *glossary.Concept) bool {
	for _, tag := range x.g.Targets {
		s, _ := a.Preferred(tag)
		t, _ := b.Preferred(tag)
		if s.Text != t.Text {
			return false
		}
	}
	return true
}

func later(a, b glossary.Place) bool {
	if a.File != b.File {
		return a.File > b.File
	}
	return a.Line > b.Line
}

// forbiddenPreferred: one concept prefers or admits a target and forbids it.
var forbiddenPreferred = Rule{
	Code: "glossary-forbidden-preferred", Severity: Error,
	Cases: []Case{
		{"terms:\n  a b: {en: [x, y], avoid: y}", []string{"y"}},
		{"terms:\n  a b: {en: x, avoid: X}", nil},
	},
	check: func(x *context) {
		x.targets(func(c *glossary.Concept, _ language.Tag, terms []glossary.Term) {
			for _, bad := range terms {
				i := slices.IndexFunc(terms, func(t glossary.Term) bool { return usable(t) && t.Text == bad.Text })
				if bad.Status == glossary.Forbidden && i >= 0 {
					x.reportPair(c, bad.Place, bad.Text, "", terms[i].Place)
				}
			}
		})
	},
}

func usable(t glossary.Term) bool {
	return t.Status == glossary.Preferred || t.Status == glossary.Admitted
}

// atOdds: of two concepts that share a source term, each forbids what the other prefers.
var atOdds = Rule{
	Code: "glossary-circular", Severity: Error,
	Cases: []Case{
		{"terms:\n  bourse (a): {en: x, avoid: y}\n  bourse (b): {en: y, avoid: x}", []string{"y"}},
		{"terms:\n  bourse (a): {en: x, avoid: y}\n  bourse (b): {en: y}", nil},
		{"terms:\n  bourse (a): {en: x, avoid: y}\n  autre: {en: y, avoid: x}", nil},
	},
	check: func(x *context) {
		bySource := map[string][]*glossary.Concept{}
		for _, c := range x.g.Concepts {
			for _, t := range c.In(x.g.Source) {
				for _, other := range bySource[t.Text] {
					x.odds(c, other)
				}
				bySource[t.Text] = append(bySource[t.Text], c)
			}
		}
	},
}

func (x *context) odds(c, other *glossary.Concept) {
	for _, tag := range x.g.Targets {
		mine, _ := c.Preferred(tag)
		theirs, _ := other.Preferred(tag)
		if forbids(c, tag, theirs.Text) && forbids(other, tag, mine.Text) {
			x.reportPair(c, mine.Place, mine.Text, theirs.Text, theirs.Place)
		}
	}
}

func forbids(c *glossary.Concept, tag language.Tag, text string) bool {
	return slices.ContainsFunc(c.In(tag), func(t glossary.Term) bool { return t.Status == glossary.Forbidden && t.Text == text })
}

// containsForbidden: a usable target that contains a forbidden one of the same concept, so
// that whoever follows the glossary seems to break it. The matcher takes the longest term,
// which is why it is worth knowing rather than wrong.
var containsForbidden = Rule{
	Code: "glossary-target-contains-forbidden", Severity: Info,
	Cases: []Case{
		{"people:\n  Assad: {en: Bashar al-Assad, avoid: Bashar}", []string{"Bashar al-Assad"}},
		{"people:\n  Assad: {en: Bashar al-Assad, avoid: Bash}", nil},
	},
	check: func(x *context) {
		x.targets(func(c *glossary.Concept, _ language.Tag, terms []glossary.Term) {
			for _, bad := range terms {
				for _, good := range terms {
					if bad.Status == glossary.Forbidden && usable(good) && good.Text != bad.Text && containsWord(good.Text, bad.Text) {
						x.reportPair(c, good.Place, good.Text, bad.Text, bad.Place)
					}
				}
			}
		})
	},
}

// containsWord reports whether whole words of text are those of part.
func containsWord(text, part string) bool {
	return strings.Contains(" "+strings.Join(words(text), " ")+" ", " "+strings.Join(words(part), " ")+" ")
}
