package main

import (
	"github.com/spf13/cobra"

	"drogman/glossary/lint"
	"drogman/locales"
	"drogman/pipeline/check"
	"drogman/pipeline/report"
)

// glossaryLintCommand reads the glossary as a reviewer would.
func (w *world) glossaryLintCommand() *cobra.Command {
	var files, corpus []string
	var format string
	c := w.command("glossary lint", func([]string) error {
		if err := checkFormat(format, report.Formats...); err != nil {
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
		found, err := lint.Check(g, lint.Options{Now: w.now(), Corpus: sources(units)})
		if err != nil {
			return err
		}
		if err := w.showLint(found, format); err != nil {
			return err
		}
		for _, f := range found {
			if f.Severity != lint.Info {
				return errFindings
			}
		}
		return nil
	})
	c.Args = w.noArgs
	w.glossaryFlag(c, &files)
	c.Flags().StringSliceVar(&corpus, "corpus", nil, w.text("flag.glossary-lint.corpus"))
	c.Flags().StringVar(&format, "format", "text", w.text("flag.glossary-lint.format"))
	return c
}

// showLint writes one report of what was found, in any of the reports' formats.
func (w *world) showLint(found []lint.Finding, format string) error {
	others := map[check.Finding]string{}
	out, err := report.New(w.out, format, report.Options{
		Say: w.say.Text, Reader: w.say.Language().String(), Color: w.colored(w.out), Version: buildVersion(), Title: w.text("lint-title"),
		Message: func(f *check.Finding) string {
			return w.say.Text(f.Code, locales.M{"Have": f.Have, "Want": f.Want, "Concept": f.Concept, "Other": others[*f]})
		},
	})
	if err != nil {
		return err
	}
	for i := range found {
		f := asFinding(&found[i])
		others[f] = found[i].Other.String()
		if err := out.Add(f); err != nil {
			return err
		}
	}
	return out.Close(report.Summary{})
}

var lintSeverities = map[lint.Severity]check.Severity{lint.Error: check.Error, lint.Warning: check.Warning, lint.Info: check.Info}

func asFinding(f *lint.Finding) check.Finding {
	return check.Finding{
		Code: f.Code, Severity: lintSeverities[f.Severity], File: f.Place.File, Line: f.Place.Line, Column: f.Place.Column,
		Concept: f.Concept, Have: f.Have, Want: f.Want,
	}
}
