package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"drogman/glossary"
)

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
}

// neverMatches: a source term that is not found even in itself.
var neverMatches = Rule{
	Code: "glossary-never-matches", Severity: Error,
	Cases: []Case{
		{"terms:\n  \"…\": x", []string{"…"}},
		{"terms:\n  mur: {en: wall, unless: mur}", []string{"mur"}},
		{"terms:\n  mur: {en: wall, unless: mur du son}", nil},
		{"terms:\n  mur: {en: wall, when: briques}", nil},
		{"organisations:\n  O.N.U.: UN", nil},
	},
	check: func(x *context) {
		for _, c := range x.g.Concepts {
			terms := c.In(x.g.Source)
			for i := range terms {
				if !x.findsItself(c, &terms[i]) {
					x.report(c, terms[i].Place, terms[i].Text, "")
				}
			}
		}
	},
}

func (x *context) findsItself(c *glossary.Concept, t *glossary.Term) bool {
	text := t.Text
	if len(t.When) > 0 {
		text += " — " + t.When[0]
	}
	return slices.ContainsFunc(x.matcher.Find(text), func(o glossary.Occurrence) bool { return o.Concept == c })
}

// flood is how many of a thousand words of the corpus a term may be before it drowns the
// rest: one in two hundred is the rank of the commonest nouns of a daily paper.
const flood = 5.0

// minCorpus is the fewest words that frequencies are measured on.
const minCorpus = 5000

// tooCommon: a word of everyday language (not a name) that occurs so often in a corpus that its findings would flood.
var tooCommon = Rule{
	Code: "glossary-too-common", Severity: Warning,
	Cases: []Case{
		{"terms:\n  homme: man\n  baleine: whale", []string{"homme"}},
		{"places:\n  Paris: Paris", nil},
	},
	check: func(x *context) {
		counts, total := map[*glossary.Concept]int{}, 0
		for _, text := range x.opt.Corpus {
			total += len(words(text))
			for _, o := range x.matcher.Find(text) {
				if !o.Nested {
					counts[o.Concept]++
				}
			}
		}
		for _, c := range x.g.Concepts {
			if share := 1000 * float64(counts[c]) / float64(max(total, 1)); c.Type == glossary.Terms && total >= minCorpus && share > flood {
				x.report(c, c.Place, c.In(x.g.Source)[0].Text, fmt.Sprintf("%.1f", share))
			}
		}
	},
}

// acronymAlone: an acronym whose concept has no full form in the same language.
var acronymAlone = Rule{
	Code: "glossary-acronym-alone", Severity: Info,
	Cases: []Case{
		{"organisations:\n  OTAN: NATO", []string{"OTAN"}},
		{"organisations:\n  ONU (Organisation des Nations unies): UN", nil},
		{"keep: [CIA]", nil},
		{"terms:\n  A: x", nil},
	},
	check: func(x *context) {
		for _, c := range x.g.Concepts {
			terms := c.In(x.g.Source)
			if c.Type != glossary.Keep && !slices.ContainsFunc(terms, func(t glossary.Term) bool { return !isAcronym(t.Text) }) {
				x.report(c, c.Place, terms[0].Text, "")
			}
		}
	},
}

// isAcronym: one word of two to eight capitals, dots aside.
func isAcronym(s string) bool {
	s = strings.ReplaceAll(s, ".", "")
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 8 && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
}

// missingTarget: a concept that says nothing to use in a target language.
var missingTarget = Rule{
	Code: "glossary-missing-target", Severity: Warning,
	Cases: []Case{
		{"terms:\n  a b:", []string{"a b"}},
		{"terms:\n  a b: {avoid: x}", []string{"a b"}},
		{"keep: [CIA]", nil},
	},
	check: func(x *context) {
		x.targets(func(c *glossary.Concept, tag language.Tag, terms []glossary.Term) {
			if !slices.ContainsFunc(terms, usable) {
				x.report(c, c.Place, c.In(x.g.Source)[0].Text, tag.String())
			}
		})
	},
}

// spaces: white space at the ends of a term, or two together within it.
var spaces = Rule{
	Code: "glossary-spaces", Severity: Warning,
	Cases: []Case{
		{"terms:\n  \"a b \": x", []string{"a b "}},
		{"terms:\n  a b: \"x  y\"", []string{"x  y"}},
		{"terms:\n  a\u00a0b: x", nil},
	},
	check: func(x *context) {
		x.written(func(c *glossary.Concept, t *glossary.Term) {
			if tidy := strings.Join(strings.FieldsFunc(t.Text, func(r rune) bool { return r == ' ' }), " "); tidy != t.Text {
				x.report(c, t.Place, t.Text, tidy)
			}
		})
	},
}

// lookAlike: letters of another alphabet within a word, and characters nobody sees.
var lookAlike = Rule{
	Code: "glossary-look-alike", Severity: Error,
	Cases: []Case{
		{"terms:\n  \"Аlep\": x", []string{"Аlep"}}, // Cyrillic А
		{"terms:\n  \"a\\u200Bb\": x", []string{"a\u200bb"}},
		{"terms:\n  rayon α: α ray", nil},
		{"terms:\n  a: москва", nil},
	},
	check: func(x *context) {
		x.written(func(c *glossary.Concept, t *glossary.Term) {
			if r, bad := intruder(t.Text); bad {
				x.report(c, t.Place, t.Text, fmt.Sprintf("U+%04X", r))
			}
		})
	},
}

// intruder returns the first invisible character, or the first letter of a word whose
// letters are of Latin and of another script.
func intruder(text string) (rune, bool) {
	for _, r := range text {
		if unicode.Is(unicode.Cf, r) || r == 0x00AD {
			return r, true
		}
	}
	for _, w := range words(text) {
		latin := strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		for _, r := range w {
			if latin && unicode.IsOneOf([]*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Armenian}, r) {
				return r, true
			}
		}
	}
	return 0, false
}

// apostrophes: terms with the apostrophe that the glossary otherwise does not use. Both
// match either; the terms are also what people copy.
var apostrophes = Rule{
	Code: "glossary-mixed-apostrophes", Severity: Info,
	Cases: []Case{
		{"terms:\n  état d'urgence: x\n  coup d'État: y\n  chef d’État: z", []string{"chef d’État"}},
		{"terms:\n  état d’urgence: x\n  coup d’État: y", nil},
	},
	check: func(x *context) {
		count := map[rune]int{}
		x.written(func(_ *glossary.Concept, t *glossary.Term) {
			for _, r := range t.Text {
				count[r]++
			}
		})
		rare, usual := '’', "'"
		if count['’'] > count['\''] {
			rare, usual = '\'', "’"
		}
		x.written(func(c *glossary.Concept, t *glossary.Term) {
			if strings.ContainsRune(t.Text, rare) {
				x.report(c, t.Place, t.Text, strings.ReplaceAll(t.Text, string(rare), usual))
			}
		})
	},
}

var knownPOS = []string{"noun", "verb", "adjective", "adverb", "proper noun", "phrase", "other"}

// unknownPOS: a part of speech that nothing here knows.
var unknownPOS = Rule{
	Code: "glossary-unknown-pos", Severity: Warning,
	Cases: []Case{
		{"terms:\n  art: {en: art, pos: nom}", []string{"nom"}},
		{"terms:\n  art: {en: art, pos: noun}", nil},
	},
	check: func(x *context) {
		for _, c := range x.g.Concepts {
			told := map[string]bool{}
			x.terms(c, func(_ language.Tag, t *glossary.Term) {
				if t.POS != "" && !slices.Contains(knownPOS, t.POS) && !told[t.POS] {
					told[t.POS] = true
					x.report(c, t.Place, t.POS, strings.Join(knownPOS, ", "))
				}
			})
		}
	},
}

// expired: an entry whose last day is past. It still holds for older documents.
var expired = Rule{
	Code: "glossary-expired", Severity: Info,
	Cases: []Case{
		{"terms:\n  a b: {en: x, until: 2020-01-31}", []string{"2020-01-31"}},
		{"terms:\n  a b: {en: x, until: 2999-01-31}", nil},
	},
	check: func(x *context) {
		for _, c := range x.g.Concepts {
			if !c.Until.IsZero() && x.opt.Now.After(c.Until.AddDate(0, 0, 1)) {
				x.report(c, c.Place, c.Until.Format("2006-01-02"), "")
			}
		}
	},
}

// wrongDates: an entry that ends before it begins.
var wrongDates = Rule{
	Code: "glossary-wrong-dates", Severity: Error,
	Cases: []Case{
		{"terms:\n  a b: {en: x, since: 2999-01-01, until: 2998-01-01}", []string{"2999-01-01"}},
		{"terms:\n  a b: {en: x, since: 2997-01-01, until: 2998-01-01}", nil},
	},
	check: func(x *context) {
		for _, c := range x.g.Concepts {
			if !c.Until.IsZero() && c.Since.After(c.Until) {
				x.report(c, c.Place, c.Since.Format("2006-01-02"), c.Until.Format("2006-01-02"))
			}
		}
	},
}

// retired: an entry of status deprecated that no later entry replaces: its term has no
// rule any more.
var retired = Rule{
	Code: "glossary-retired-alone", Severity: Info,
	Cases: []Case{
		{"terms:\n  a b: {en: x, status: deprecated}", []string{"a b"}},
		{"terms:\n  a b (ancien): {en: x, status: deprecated}\n  a b: y", nil},
	},
	check: func(x *context) {
		live := map[string]bool{}
		for _, c := range x.g.Concepts {
			for _, t := range c.In(x.g.Source) {
				live[t.Text] = live[t.Text] || c.Status != glossary.Retired
			}
		}
		for _, c := range x.g.Concepts {
			if first := c.In(x.g.Source)[0]; c.Status == glossary.Retired && !live[first.Text] {
				x.report(c, c.Place, first.Text, "")
			}
		}
	},
}
