package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
)

// glossaryCommand is the parent of the verbs a terminologist lives in.
func (w *world) glossaryCommand() *cobra.Command {
	c := w.command("glossary", nil)
	c.AddCommand(w.glossaryLintCommand(), w.glossaryFmtCommand(), w.glossaryFindCommand(), w.glossaryWhyCommand(),
		w.glossaryFormsCommand(), w.glossaryAddCommand(), w.glossaryDiffCommand(), w.glossaryImportCommand(),
		w.glossaryExportCommand(), w.glossaryExtractCommand(), w.glossaryStatsCommand(), w.glossaryMergeCommand())
	return c
}

// glossaryFlag lets a verb name its glossary.
func (w *world) glossaryFlag(c *cobra.Command, files *[]string) {
	c.Flags().StringSliceVar(files, "glossary", nil, w.text("flag.annotate.glossary"))
}

// formatFlag lets a verb write what a program reads.
func (w *world) formatFlag(c *cobra.Command, format *string) {
	c.Flags().StringVar(format, "format", "text", w.text("flag.glossary.format"))
}

func checkFormat(format string, known ...string) error {
	if !slices.Contains(known, format) {
		return usage("usage-format", locales.M{"Have": format, "Want": strings.Join(known, ", ")})
	}
	return nil
}

// needGlossary loads the glossary; having none is a fault.
func (w *world) needGlossary(flag []string) (*glossary.Glossary, *config, error) {
	conf, err := w.loadConfig()
	if err != nil {
		return nil, nil, err
	}
	g, err := w.loadGlossary(conf, flag)
	if err == nil && g == nil {
		err = usage("usage-no-glossary", nil)
	}
	return g, conf, err
}

// speakAs gives a configuration the languages of its glossary, if there is one that loads:
// new entries are to join it, and en is not en-GB there.
func (w *world) speakAs(conf *config, flag []string) {
	if g, err := w.loadGlossary(conf, flag); err == nil && g != nil {
		conf.Source, conf.Target = g.Source, g.Targets[0]
	}
}

// corpus reads the units of files: bilingual ones as they are, documents cut into
// segments, all of them in memory.
func (w *world) corpus(conf *config, files []string) ([]bitext.Unit, error) {
	road, err := w.pipeline(&config{Source: conf.Source, Target: conf.Target, Segment: conf.Segment}, nil)
	if err != nil {
		return nil, err
	}
	var units []bitext.Unit
	for _, pattern := range files {
		found, err := expand("", pattern)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 && pattern != "-" {
			return nil, usage("usage-no-match", locales.M{"Have": pattern})
		}
		for _, file := range found {
			if format, err := bitext.FormatFor(file); err == nil && format.Reads() {
				if units, err = appendUnits(units, file, format); err != nil {
					return nil, err
				}
				continue
			}
			for batch := range road.Prepare(w.jobs, w.sources([]string{file}, document.Options{})) {
				if batch.Err != nil {
					return nil, &fault{id: "document-failed", file: file, err: batch.Err}
				}
				units = append(units, batch.Units...)
			}
		}
	}
	return units, nil
}

func appendUnits(units []bitext.Unit, file string, format bitext.Format) ([]bitext.Unit, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, &fault{id: "document-failed", file: file, err: err}
	}
	defer f.Close()
	for u, err := range bitext.Read(f, file, format) {
		if err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	return units, nil
}

func sources(units []bitext.Unit) []string {
	var texts []string
	for _, u := range units {
		texts = append(texts, u.Source)
	}
	return texts
}

// output calls write with the file named, written whole or not at all, or with stdout.
func (w *world) output(path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(w.out)
	}
	return writeFile(path, write)
}

// input reads the file named, or stdin for "-".
func (w *world) input(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(w.in)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &fault{id: "document-failed", file: path, err: err}
	}
	return data, nil
}

// pair writes a concept in one line: its preferred terms, source and target.
func pair(c *glossary.Concept, g *glossary.Glossary) string {
	var sides []string
	for _, tag := range append([]language.Tag{g.Source}, g.Targets...) {
		if t, ok := c.Preferred(tag); ok {
			sides = append(sides, t.Text)
		}
	}
	return strings.Join(sides, " → ")
}
