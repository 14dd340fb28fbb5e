package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/glossary/edit"
	"drogman/glossary/extract"
	"drogman/locales"
)

// glossaryExtractCommand proposes entries from a corpus, as a file to review.
func (w *world) glossaryExtractCommand() *cobra.Command {
	var o extractOptions
	c := w.command("glossary extract", func(args []string) error { return w.glossaryExtract(args, o) })
	c.Args = w.someArgs
	w.glossaryFlag(c, &o.files)
	flags := c.Flags()
	flags.StringSliceVar(&o.general, "general", nil, w.text("flag.glossary-extract.general"))
	flags.IntVar(&o.min, "min", 2, w.text("flag.glossary-extract.min"))
	flags.IntVar(&o.max, "max", 100, w.text("flag.glossary-extract.max"))
	flags.StringVarP(&o.out, "output", "o", "", w.text("flag.glossary.output"))
	flags.StringVar(&o.format, "format", "yaml", w.text("flag.glossary-extract.format"))
	return c
}

type extractOptions struct {
	files, general []string
	min, max       int
	out, format    string
}

func (w *world) glossaryExtract(files []string, o extractOptions) error {
	if err := checkFormat(o.format, "yaml", "json"); err != nil {
		return err
	}
	if o.min < 1 || o.max < 1 {
		return usage("usage-glossary-extract", nil)
	}
	conf, err := w.loadConfig()
	if err != nil {
		return err
	}
	known, err := w.known(conf, o.files)
	if err != nil {
		return err
	}
	w.speakAs(conf, o.files)
	units, err := w.corpus(conf, files)
	if err != nil {
		return err
	}
	everyday, err := w.corpus(conf, o.general)
	if err != nil {
		return err
	}
	var segments []extract.Segment
	for _, u := range units {
		segments = append(segments, extract.Segment{Source: u.Source, Target: u.Target})
	}
	found := extract.Candidates(segments, extract.Options{
		Source: conf.Source, Target: conf.Target, Known: known, General: sources(everyday), MinCount: o.min, Max: o.max,
	})
	extract.Translate(found, segments, conf.Source, conf.Target, 3)
	return w.output(o.out, func(out io.Writer) error {
		if o.format == "json" {
			return writeJSON(out, candidatesJSON(found, segments))
		}
		return w.writeCandidates(out, found, segments, conf)
	})
}

// known reports whether the glossary has a phrase, in any form; nil without a glossary.
func (w *world) known(conf *config, files []string) (func(string) bool, error) {
	g, err := w.loadGlossary(conf, files)
	if err != nil || g == nil {
		return nil, err
	}
	m, err := withoutContext(g).Compile(g.Source)
	if err != nil {
		return nil, err
	}
	return func(phrase string) bool {
		for _, o := range m.Find(phrase) {
			if o.End-o.Start == len(phrase) {
				return true
			}
		}
		return false
	}, nil
}

// sureEnough is the score from which a proposal is written as the target; below it is
// only named in the comment.
const sureEnough = 0.5

// writeCandidates writes a glossary file: terms, then names under keep's review, each with
// a comment that says how often and where it was seen.
func (w *world) writeCandidates(out io.Writer, found []extract.Candidate, segments []extract.Segment, conf *config) error {
	g := &glossary.Glossary{Source: conf.Source, Targets: []language.Tag{conf.Target}}
	about := map[*glossary.Concept]extract.Candidate{}
	for _, c := range found {
		concept := asConcept(c, g)
		about[concept] = c
		g.Concepts = append(g.Concepts, concept)
	}
	edit.Distinct(g)
	var b strings.Builder
	b.Write(edit.Text(&glossary.Glossary{Source: g.Source, Targets: g.Targets}))
	for _, typ := range []glossary.Type{glossary.Terms, glossary.Organisations} {
		begun := false
		for _, c := range g.Concepts {
			if c.Type != typ {
				continue
			}
			if !begun {
				fmt.Fprintf(&b, "\n%s\n%s:\n", comment(w.text("extract-section-"+string(typ)), ""), typ)
				begun = true
			}
			fmt.Fprintf(&b, "%s\n%s", comment(w.evidence(about[c], segments), "  "), edit.Entry(c, g))
		}
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return err
	}
	w.narrate("glossary-extracted", locales.M{"Count": len(found)})
	return nil
}

func asConcept(c extract.Candidate, g *glossary.Glossary) *glossary.Concept {
	concept := &glossary.Concept{Type: glossary.Terms, Status: glossary.Proposed, Terms: map[language.Tag][]glossary.Term{}}
	if c.Name {
		concept.Type = glossary.Organisations
	}
	concept.Terms[g.Source] = []glossary.Term{{Text: c.Text}}
	for _, v := range c.Variants {
		concept.Terms[g.Source] = append(concept.Terms[g.Source], glossary.Term{Text: v, Status: glossary.Admitted})
	}
	if len(c.Targets) > 0 && c.Targets[0].Score >= sureEnough {
		concept.Terms[g.Targets[0]] = []glossary.Term{{Text: c.Targets[0].Text}}
	}
	return concept
}

// comment makes each line of a text one.
func comment(text, indent string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = indent + "# " + lines[i]
	}
	return strings.Join(lines, "\n")
}

// evidence says how often a candidate was seen, what else it may be called, and where.
func (w *world) evidence(c extract.Candidate, segments []extract.Segment) string {
	text := w.say.Text("extract-evidence", locales.M{"Have": c.Count, "Score": fmt.Sprintf("%.1f", c.Score)})
	var others []string
	for _, t := range c.Targets {
		others = append(others, fmt.Sprintf("%s (%d, %.2f)", t.Text, t.Count, t.Score))
	}
	if len(others) > 0 {
		text += " · " + strings.Join(others, " · ")
	}
	return text + "\n" + excerpt(segments[c.Segments[0]].Source, c.Text)
}

// excerpt is a phrase with some of what stands around it, cut between words.
func excerpt(text, phrase string) string {
	const around = 45
	at := max(0, strings.Index(text, phrase))
	start, end := max(0, at-around), min(len(text), at+len(phrase)+around)
	for start > 0 && text[start-1] != ' ' {
		start--
	}
	for end < len(text) && text[end] != ' ' {
		end++
	}
	cut := strings.Join(strings.Fields(text[start:end]), " ")
	if start > 0 {
		cut = "… " + cut
	}
	if end < len(text) {
		cut += " …"
	}
	if !utf8.ValidString(cut) {
		return ""
	}
	return cut
}

type candidateJSON struct {
	Text     string         `json:"text"`
	Name     bool           `json:"name"`
	Variants []string       `json:"variants,omitempty"`
	Count    int            `json:"count"`
	Score    float64        `json:"score"`
	Context  string         `json:"context"`
	Targets  []proposalJSON `json:"targets"`
}

type proposalJSON struct {
	Text  string  `json:"text"`
	Count int     `json:"count"`
	Score float64 `json:"score"`
}

func candidatesJSON(found []extract.Candidate, segments []extract.Segment) []candidateJSON {
	list := []candidateJSON{}
	for _, c := range found {
		j := candidateJSON{c.Text, c.Name, c.Variants, c.Count, c.Score, excerpt(segments[c.Segments[0]].Source, c.Text), []proposalJSON{}}
		for _, t := range c.Targets {
			j.Targets = append(j.Targets, proposalJSON{t.Text, t.Count, t.Score})
		}
		list = append(list, j)
	}
	return list
}
