// Package lint reads a glossary the way a careful reviewer does and tells what is likely
// to be a mistake. Check runs all rules; each rule is a value with its code, its severity
// and the cases that show it. The prose is kept by package locales under the code.
package lint

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// Severity is how grave a finding is: Error is a contradiction that makes checking wrong,
// Warning is probably a mistake, Info is worth knowing.
type Severity string

const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Finding is one thing a rule holds against an entry.
type Finding struct {
	Code     string
	Severity Severity
	Concept  string // its ID
	Place    glossary.Place
	Have     string
	Want     string
	// Other is the place of the other entry, where two are at odds.
	Other glossary.Place
}

// MessageID names the message that tells a person of the finding.
func (f *Finding) MessageID() string { return f.Code }

// Position is where the finding stands in the glossary's files.
func (f *Finding) Position() (file string, line, column int) {
	return f.Place.File, f.Place.Line, f.Place.Column
}

// Rule is one check.
type Rule struct {
	Code     string
	Severity Severity
	Cases    []Case
	check    func(*context)
}

// Case is entries of a glossary, the sections of its file, and what the rule finds in
// them: the Have of each finding, in order.
type Case struct {
	Glossary string
	Finds    []string
}

// Rules are all rules, in the order of the manual.
var Rules = []Rule{
	duplicate, claimedTwice, forbiddenPreferred, atOdds, containsForbidden, neverMatches, tooCommon,
	acronymAlone, missingTarget, spaces, lookAlike, apostrophes, unknownPOS, expired, wrongDates, retired,
}

// Options of Check.
type Options struct {
	Now time.Time
	// Corpus is text of the source language, a segment each, to measure how often a term
	// occurs; without it the rule about common words is not run.
	Corpus []string
}

// Check returns what all rules find, by file, line, column and code.
func Check(g *glossary.Glossary, opt Options) ([]Finding, error) {
	x := &context{g: g, opt: opt}
	var err error
	if x.matcher, err = g.Compile(g.Source); err != nil {
		return nil, err
	}
	for i := range Rules {
		x.rule = &Rules[i]
		x.rule.run(x)
	}
	slices.SortStableFunc(x.found, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Place.File, b.Place.File), a.Place.Line-b.Place.Line,
			a.Place.Column-b.Place.Column, strings.Compare(a.Code, b.Code))
	})
	return x.found, nil
}

func (r *Rule) run(x *context) { r.check(x) }

// context is what a rule sees and where it reports.
type context struct {
	g       *glossary.Glossary
	opt     Options
	matcher *glossary.Matcher
	rule    *Rule
	found   []Finding
	claims  map[string][]claim // lazily, by form
}

// claim is a form that a source term is matched in.
type claim struct {
	concept *glossary.Concept
	term    *glossary.Term
}

func (x *context) report(c *glossary.Concept, place glossary.Place, have, want string) {
	x.reportPair(c, place, have, want, glossary.Place{})
}

func (x *context) reportPair(c *glossary.Concept, place glossary.Place, have, want string, other glossary.Place) {
	x.found = append(x.found, Finding{x.rule.Code, x.rule.Severity, c.ID, place, have, want, other})
}

// terms visits every term of a concept, the source's first.
func (x *context) terms(c *glossary.Concept, visit func(tag language.Tag, t *glossary.Term)) {
	for _, tag := range append([]language.Tag{x.g.Source}, x.g.Targets...) {
		terms := c.In(tag)
		for i := range terms {
			visit(tag, &terms[i])
		}
	}
}

// written visits the terms that stand in the file: a name to keep has its source terms as
// its targets without saying so.
func (x *context) written(visit func(c *glossary.Concept, t *glossary.Term)) {
	for _, c := range x.g.Concepts {
		seen := map[glossary.Place]bool{}
		x.terms(c, func(_ language.Tag, t *glossary.Term) {
			if !seen[t.Place] {
				visit(c, t)
			}
			seen[t.Place] = c.Type == glossary.Keep
		})
	}
}

// targets visits the target languages of a concept with its terms there.
func (x *context) targets(visit func(c *glossary.Concept, tag language.Tag, terms []glossary.Term)) {
	for _, c := range x.g.Concepts {
		for _, tag := range x.g.Targets {
			visit(c, tag, c.In(tag))
		}
	}
}

// byForm returns the claims on each form, in its one spelling: a term of any case claims
// its forms in small letters.
func (x *context) byForm() map[string][]claim {
	if x.claims != nil {
		return x.claims
	}
	x.claims = map[string][]claim{}
	for _, c := range x.g.Concepts {
		terms := c.In(x.g.Source)
		for i := range terms {
			x.claim(c, &terms[i])
		}
	}
	return x.claims
}

// spelt is a form as it is claimed.
func spelt(c *glossary.Concept, t *glossary.Term, form string) string {
	if c.Rule(t).Case == glossary.AnyCase {
		form = strings.ToLower(form)
	}
	return glossary.Spelling(form)
}

func (x *context) claim(c *glossary.Concept, t *glossary.Term) {
	seen := map[string]bool{}
	for _, form := range x.g.Forms(c, t, x.g.Source) {
		form = spelt(c, t, form)
		if !seen[form] {
			seen[form] = true
			x.claims[form] = append(x.claims[form], claim{c, t})
		}
	}
}

// Codes are the codes of all rules.
func Codes() []string {
	var codes []string
	for _, r := range Rules {
		codes = append(codes, r.Code)
	}
	return codes
}
