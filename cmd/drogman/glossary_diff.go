package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
)

// glossaryDiffCommand compares two glossaries by concept and, over a bilingual corpus, by
// what the check would say of it.
func (w *world) glossaryDiffCommand() *cobra.Command {
	var impact []string
	var format string
	c := w.command("glossary diff", func(args []string) error {
		if err := checkFormat(format, "text", "json", "markdown"); err != nil {
			return err
		}
		conf, err := w.loadConfig()
		if err != nil {
			return err
		}
		var sides [2]*glossary.Glossary
		for i, arg := range args {
			if sides[i], err = w.loadGlossary(conf, []string{arg}); err != nil {
				return err
			}
		}
		d := diff(sides[0], sides[1])
		units, err := w.corpus(conf, impact)
		if err == nil {
			err = d.measure(sides, units)
		}
		if err != nil {
			return err
		}
		return w.showDiff(d, format)
	})
	c.Args = w.exactArgs(2)
	c.Flags().StringSliceVar(&impact, "impact", nil, w.text("flag.glossary-diff.impact"))
	c.Flags().StringVar(&format, "format", "text", w.text("flag.glossary-diff.format"))
	return c
}

// difference is what differs between two glossaries.
type difference struct {
	Concepts []conceptDiff `json:"concepts"`
	Segments int           `json:"segments"` // of the corpus
	Impact   []impactRow   `json:"impact,omitempty"`
}

// conceptDiff is one concept that only one side has, or that differs.
type conceptDiff struct {
	Change  string `json:"change"` // added, removed, changed
	Concept string `json:"concept"`
	Before  string `json:"before,omitempty"`
	After   string `json:"after,omitempty"`
	Place   string `json:"place"`
}

// impactRow is what becomes of one code on one concept: findings that are new under the
// second glossary, or gone.
type impactRow struct {
	Concept  string          `json:"concept"`
	Code     string          `json:"code"`
	Change   string          `json:"change"` // new, gone
	Segments int             `json:"segments"`
	Examples []impactExample `json:"examples"`
}

type impactExample struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Unit   string `json:"unit"`
	Source string `json:"source"`
	Target string `json:"target"`
	Have   string `json:"have"`
	Want   string `json:"want"`
}

// diff compares concepts by ID.
func diff(a, b *glossary.Glossary) *difference {
	d := &difference{Concepts: []conceptDiff{}}
	after := map[string]*glossary.Concept{}
	for _, c := range b.Concepts {
		after[c.ID] = c
	}
	before := map[string]bool{}
	for _, c := range a.Concepts {
		before[c.ID] = true
		old := summary(c, a)
		switch other := after[c.ID]; {
		case other == nil:
			d.Concepts = append(d.Concepts, conceptDiff{"removed", c.ID, old, "", c.Place.String()})
		case summary(other, b) != old:
			d.Concepts = append(d.Concepts, conceptDiff{"changed", c.ID, old, summary(other, b), other.Place.String()})
		}
	}
	for _, c := range b.Concepts {
		if !before[c.ID] {
			d.Concepts = append(d.Concepts, conceptDiff{"added", c.ID, "", summary(c, b), c.Place.String()})
		}
	}
	return d
}

// summary is everything a concept says, on one line, in a fixed order.
func summary(c *glossary.Concept, g *glossary.Glossary) string {
	var parts []string
	for _, tag := range append([]language.Tag{g.Source}, g.Targets...) {
		for _, t := range c.In(tag) {
			text := t.Text
			if t.Status > glossary.Admitted {
				text = t.Status.String() + " " + text
			}
			for _, extra := range [][]string{t.When, t.Unless, t.Forms} {
				if len(extra) > 0 {
					text += " {" + strings.Join(extra, ", ") + "}"
				}
			}
			if rule := c.Rule(&t); rule != c.Rule(&glossary.Term{}) {
				text += fmt.Sprintf(" {%s %t %t}", ruleCases[rule.Case], rule.Inflect, rule.Whole)
			}
			parts = append(parts, text)
		}
		parts = append(parts, "→")
	}
	text := strings.TrimSuffix(strings.ReplaceAll(strings.Join(parts, ", "), ", →, ", " → "), ", →")
	for _, s := range []string{string(c.Status), c.Definition, c.Note, c.Domain, c.Example, c.Source, c.URL} {
		if s != "" {
			text += "; " + s
		}
	}
	for _, day := range []string{c.Since.Format("2006-01-02"), c.Until.Format("2006-01-02")} {
		if day != "0001-01-01" {
			text += "; " + day
		}
	}
	return text
}

// verdict is what identifies a finding on either side.
type verdict struct{ concept, code, file, unit, have, want string }

// measure checks the corpus under both glossaries and keeps what only one of them finds.
func (d *difference) measure(sides [2]*glossary.Glossary, units []bitext.Unit) error {
	d.Segments = len(units)
	if len(units) == 0 {
		return nil
	}
	var found [2]map[verdict]check.Finding
	for i, g := range sides {
		var err error
		if found[i], err = verdicts(g, units); err != nil {
			return err
		}
	}
	d.onlyIn(found[1], found[0], "new")
	d.onlyIn(found[0], found[1], "gone")
	slices.SortFunc(d.Impact, func(a, b impactRow) int {
		if a.Segments != b.Segments {
			return b.Segments - a.Segments
		}
		return strings.Compare(a.Concept+a.Code+a.Change, b.Concept+b.Code+b.Change)
	})
	return nil
}

func verdicts(g *glossary.Glossary, units []bitext.Unit) (map[verdict]check.Finding, error) {
	checker, err := check.New(check.Options{Glossary: g, Languages: bitext.Languages{Source: g.Source, Target: g.Targets[0]}})
	if err != nil {
		return nil, err
	}
	found := map[verdict]check.Finding{}
	for f, err := range checker.Batch().Findings(all(units)) {
		if err != nil {
			return nil, err
		}
		if f.Concept != "" {
			found[verdict{f.Concept, f.Code, f.File + fmt.Sprint(f.Line), f.Unit, f.Have, f.Want}] = f
		}
	}
	return found, nil
}

func all(units []bitext.Unit) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

// onlyIn adds the findings of one side that the other has not, in the order of the corpus.
func (d *difference) onlyIn(these, those map[verdict]check.Finding, change string) {
	const examples = 3
	var order []verdict
	for v := range these {
		if _, both := those[v]; !both {
			order = append(order, v)
		}
	}
	slices.SortFunc(order, func(a, b verdict) int {
		fa, fb := these[a], these[b]
		if fa.Line != fb.Line {
			return fa.Line - fb.Line
		}
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	for _, v := range order {
		f := these[v]
		i := slices.IndexFunc(d.Impact, func(r impactRow) bool {
			return r.Concept == v.concept && r.Code == v.code && r.Change == change
		})
		if i < 0 {
			i = len(d.Impact)
			d.Impact = append(d.Impact, impactRow{Concept: v.concept, Code: v.code, Change: change})
		}
		row := &d.Impact[i]
		if row.Segments++; len(row.Examples) < examples {
			row.Examples = append(row.Examples, impactExample{f.File, f.Line, f.Unit, f.Texts.Source, f.Texts.Target, f.Have, f.Want})
		}
	}
}

func (w *world) showDiff(d *difference, format string) error {
	if format == "json" {
		return writeJSON(w.out, d)
	}
	var b strings.Builder
	for _, c := range d.Concepts {
		w.diffConcept(&b, c, format)
	}
	if d.Segments > 0 {
		fmt.Fprintf(&b, "\n%s\n", w.say.Text("diff-impact", locales.M{"Count": d.Segments}))
		for _, row := range d.Impact {
			w.diffImpact(&b, row, format)
		}
		if len(d.Impact) == 0 {
			fmt.Fprintln(&b, w.text("diff-no-impact"))
		}
	}
	_, err := fmt.Fprint(w.out, strings.TrimPrefix(b.String(), "\n"))
	return err
}

var diffMarks = map[string]string{"added": "+", "removed": "-", "changed": "~", "new": "+", "gone": "-"}

func (w *world) diffConcept(b *strings.Builder, c conceptDiff, format string) {
	text := c.Before + c.After
	if c.Change == "changed" {
		text = c.Before + "  ⇒  " + c.After
	}
	if format == "markdown" {
		fmt.Fprintf(b, "- **%s** `%s`: %s\n", w.text("diff-"+c.Change), c.Concept, text)
		return
	}
	fmt.Fprintf(b, "%s %s: %s\n", diffMarks[c.Change], c.Concept, text)
}

func (w *world) diffImpact(b *strings.Builder, row impactRow, format string) {
	text := w.say.Text("diff-"+row.Change, locales.M{"Count": row.Segments, "Code": row.Code})
	if format == "markdown" {
		fmt.Fprintf(b, "\n### `%s`: %s\n", row.Concept, text)
		for _, e := range row.Examples {
			fmt.Fprintf(b, "- %s:%d\n  - %s\n  - %s\n", e.File, e.Line, e.Source, e.Target)
		}
		return
	}
	fmt.Fprintf(b, "%s %s: %s\n", diffMarks[row.Change], row.Concept, text)
	for _, e := range row.Examples {
		fmt.Fprintf(b, "    %s%s\n      %s\n", place(e.File, e.Line, 0), e.Source, e.Target)
	}
}
