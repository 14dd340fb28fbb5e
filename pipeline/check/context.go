package check

import (
	"strings"

	"drogman/glossary"
	"drogman/pipeline/bitext"
)

// context is what a rule sees of one unit, and where it leaves what it finds.
type context struct {
	checker        *Checker
	unit           *bitext.Unit
	before, after  *bitext.Unit // the neighbours in the same document, nil if there is none
	source, target text
	rule           *activeRule
	found          []Finding

	terms *termView // made once, by the first rule that asks
	seen  sighting  // what the rules about the whole batch will ask
}

// sighting is what is remembered of a unit until the end of the batch.
type sighting struct {
	source, target uint64 // hashes of the texts
	names          []nameSeen
}

func newContext(c *Checker, u, before, after *bitext.Unit) *context {
	pair := c.languages(u)
	return &context{
		checker: c, unit: u, before: before, after: after,
		source: newText(u.Source, tongueOf(pair.Source)),
		target: newText(u.Target, tongueOf(pair.Target)),
	}
}

// untranslated reports whether there is no target to judge.
func (x *context) untranslated() bool { return strings.TrimSpace(x.unit.Target) == "" }

// report adds a finding of the running rule about the unit.
func (x *context) report(f Finding) {
	f.Code = x.rule.Code
	if f.Severity == Off || f.Severity > x.rule.severity {
		f.Severity = x.rule.severity
	}
	place(&f, x.unit)
	x.found = append(x.found, f)
}

// reportAt is report for a finding about a phrase; Have and Want are the phrases unless
// they are given.
func (x *context) reportAt(side Side, here, other bitext.Span, f Finding) {
	f.Side, f.Start, f.End, f.Other = side, here.Start, here.End, other
	text, opposite := x.unit.Target, x.unit.Source
	if side == Source {
		text, opposite = opposite, text
	}
	switch {
	case f.Have == "" && f.Want == "" && side == Source && f.Reason == Missing:
		f.Want = here.In(text)
	case f.Have == "" && f.Want == "":
		f.Have, f.Want = here.In(text), other.In(opposite)
	}
	x.report(f)
}

// place says in which unit a finding stands.
func place(f *Finding, u *bitext.Unit) {
	f.File, f.Line, f.Column = u.Place.File, u.Place.Line, u.Place.Column
	f.Document, f.Unit = u.Document, u.ID
	f.Texts = Texts{u.Source, u.Target}
}

// activeRule is a rule with the severity it has in this run.
type activeRule struct {
	*Rule
	severity Severity
}

// Options are what a check depends on besides the units.
type Options struct {
	// Glossary may be nil: then the rules about terms find nothing.
	Glossary *glossary.Glossary
	// Languages are those of units that do not say.
	Languages bitext.Languages
	// Severity changes the severity of rules by their code; Off silences one, and an
	// opt-in rule runs only if it is named.
	Severity map[string]Severity
	// Jobs is how many goroutines judge units; 0 means one.
	Jobs int
}

// Checker holds what is needed to judge units. It is immutable and safe for concurrent use.
type Checker struct {
	options Options
	rules   []activeRule
	terms   *termBook
}

// New compiles the glossary and the options.
func New(o Options) (*Checker, error) {
	for code := range o.Severity {
		if Find(code) == nil {
			return nil, &Fault{Code: codeUnknownRule, Have: code}
		}
	}
	c := &Checker{options: o}
	for _, r := range Rules {
		severity, named := o.Severity[r.Code]
		if !named {
			severity = r.Severity
		}
		if severity != Off && (named || !r.OptIn) {
			c.rules = append(c.rules, activeRule{r, severity})
		}
	}
	if o.Glossary != nil {
		book, err := newTermBook(o.Glossary, o.Languages)
		if err != nil {
			return nil, err
		}
		c.terms = book
	}
	return c, nil
}

// languages are those of a unit, or of the whole run where the unit does not say.
func (c *Checker) languages(u *bitext.Unit) bitext.Languages {
	pair := u.Languages
	if pair.Source.IsRoot() {
		pair.Source = c.options.Languages.Source
	}
	if pair.Target.IsRoot() {
		pair.Target = c.options.Languages.Target
	}
	return pair
}

// judge runs all rules about single units.
func (c *Checker) judge(u, before, after *bitext.Unit) *context {
	x := newContext(c, u, before, after)
	for i := range c.rules {
		x.rule = &c.rules[i]
		if x.rule.unit != nil {
			x.rule.unit(x)
		}
	}
	return x
}
