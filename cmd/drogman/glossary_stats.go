package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline/bitext"
)

// glossaryStatsCommand counts the glossary and, over a corpus, its use.
func (w *world) glossaryStatsCommand() *cobra.Command {
	var files, corpus []string
	var format string
	c := w.command("glossary stats", func([]string) error {
		if err := checkFormat(format, "text", "json"); err != nil {
			return err
		}
		g, conf, err := w.needGlossary(files)
		if err != nil {
			return err
		}
		units, err := w.corpus(conf, corpus)
		if err != nil {
			return err
		}
		s, err := glossaryStatistics(g, units)
		if err != nil {
			return err
		}
		if format == "json" {
			return writeJSON(w.out, s)
		}
		return w.showStatistics(s)
	})
	c.Args = w.noArgs
	w.glossaryFlag(c, &files)
	w.formatFlag(c, &format)
	c.Flags().StringSliceVar(&corpus, "corpus", nil, w.text("flag.glossary-stats.corpus"))
	return c
}

// statistics of a glossary; those of use are zero without a corpus.
type statistics struct {
	Types    []typeStatistics `json:"types"`
	Segments int              `json:"segments"`
	Covered  int              `json:"covered"` // segments with a term
	Used     []conceptUse     `json:"used"`    // most often used first
	Unused   []string         `json:"unused"`  // concepts
}

type typeStatistics struct {
	Type        glossary.Type `json:"type"`
	Concepts    int           `json:"concepts"`
	Terms       int           `json:"terms"`
	Forbidden   int           `json:"forbidden"`
	Used        int           `json:"used"`
	Occurrences int           `json:"occurrences"`
}

type conceptUse struct {
	Concept string `json:"concept"`
	Count   int    `json:"count"`
}

func glossaryStatistics(g *glossary.Glossary, units []bitext.Unit) (*statistics, error) {
	s := &statistics{Segments: len(units), Types: []typeStatistics{}, Used: []conceptUse{}, Unused: []string{}}
	counts, err := s.count(g, units)
	if err != nil {
		return nil, err
	}
	for _, typ := range glossaryTypes {
		row := typeStatistics{Type: glossary.Type(typ)}
		for _, c := range g.Concepts {
			if c.Type != row.Type {
				continue
			}
			row.add(c, counts[c.ID])
			if counts[c.ID] > 0 {
				s.Used = append(s.Used, conceptUse{c.ID, counts[c.ID]})
			} else if len(units) > 0 {
				s.Unused = append(s.Unused, c.ID)
			}
		}
		if row.Concepts > 0 {
			s.Types = append(s.Types, row)
		}
	}
	slices.SortStableFunc(s.Used, func(a, b conceptUse) int { return b.Count - a.Count })
	return s, nil
}

func (row *typeStatistics) add(c *glossary.Concept, count int) {
	row.Concepts++
	row.Occurrences += count
	if count > 0 {
		row.Used++
	}
	for _, terms := range c.Terms {
		for _, t := range terms {
			if row.Terms++; t.Status == glossary.Forbidden {
				row.Forbidden++
			}
		}
	}
}

// count returns how often each concept occurs in the sources.
func (s *statistics) count(g *glossary.Glossary, units []bitext.Unit) (map[string]int, error) {
	m, err := g.Compile(g.Source)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, u := range units {
		found := m.Find(u.Source)
		if len(found) > 0 {
			s.Covered++
		}
		for _, o := range found {
			if !o.Nested {
				counts[o.Concept.ID]++
			}
		}
	}
	return counts, nil
}

func (w *world) showStatistics(s *statistics) error {
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, strings.ReplaceAll(w.text("stats-heading"), "|", "\t"))
	for _, row := range s.Types {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s", row.Type, w.say.Number(row.Concepts), w.say.Number(row.Terms), w.say.Number(row.Forbidden))
		if s.Segments > 0 {
			fmt.Fprintf(t, "\t%s\t%s", w.say.Number(row.Used), w.say.Number(row.Occurrences))
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil || s.Segments == 0 {
		return err
	}
	fmt.Fprintln(w.out, w.say.Text("stats-coverage", locales.M{"Covered": s.Covered, "Number": s.Segments}))
	var most []string
	for _, u := range s.Used[:min(10, len(s.Used))] {
		most = append(most, fmt.Sprintf("%s (%s)", u.Concept, w.say.Number(u.Count)))
	}
	fmt.Fprintln(w.out, w.say.Text("stats-most", locales.M{"Have": strings.Join(most, ", ")}))
	if len(s.Unused) > 0 {
		fmt.Fprintln(w.out, w.say.Text("stats-unused", locales.M{"Number": len(s.Unused), "Have": strings.Join(s.Unused, ", ")}))
	}
	return nil
}
