package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"drogman/glossary/lint"
	"drogman/locales"
)

// glossaryLintCommand reads the glossary as a reviewer would.
func (w *world) glossaryLintCommand() *cobra.Command {
	var files, corpus []string
	var format string
	c := w.command("glossary lint", func([]string) error {
		if err := checkFormat(format, "text", "json", "github", "sarif"); err != nil {
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

func (w *world) showLint(found []lint.Finding, format string) error {
	switch format {
	case "json":
		return w.lintJSON(found)
	case "sarif":
		return w.lintSARIF(found)
	}
	count := map[lint.Severity]int{}
	for i := range found {
		f := &found[i]
		count[f.Severity]++
		line := fmt.Sprintf("%s: %s: %s [%s]", f.Place, w.text("severity."+string(f.Severity)), w.lintText(f), f.Code)
		if format == "github" {
			line = w.githubLine(f)
		}
		if _, err := fmt.Fprintln(w.out, line); err != nil {
			return err
		}
	}
	if format == "text" {
		w.narrate("glossary-linted", locales.M{"Count": len(found), "Errors": count[lint.Error], "Warnings": count[lint.Warning], "Infos": count[lint.Info]})
	}
	return nil
}

func (w *world) lintText(f *lint.Finding) string {
	return w.say.Text(f.Code, locales.M{"Have": f.Have, "Want": f.Want, "Other": f.Other.String(), "Concept": f.Concept})
}

// githubLine is a workflow command, shown by GitHub beside the line of a pull request.
func (w *world) githubLine(f *lint.Finding) string {
	level := map[lint.Severity]string{lint.Error: "error", lint.Warning: "warning", lint.Info: "notice"}[f.Severity]
	escape := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	return fmt.Sprintf("::%s file=%s,line=%d,col=%d,title=%s::%s", level, property.Replace(f.Place.File), f.Place.Line, f.Place.Column, f.Code, escape.Replace(w.lintText(f)))
}

type lintFinding struct {
	Code     string        `json:"code"`
	Severity lint.Severity `json:"severity"`
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	Concept  string        `json:"concept"`
	Have     string        `json:"have"`
	Want     string        `json:"want"`
	Other    string        `json:"other,omitempty"`
}

func (w *world) lintJSON(found []lint.Finding) error {
	list := []lintFinding{}
	for _, f := range found {
		j := lintFinding{f.Code, f.Severity, f.Place.File, f.Place.Line, f.Place.Column, f.Concept, f.Have, f.Want, ""}
		if f.Other.Line > 0 {
			j.Other = f.Other.String()
		}
		list = append(list, j)
	}
	return writeJSON(w.out, struct {
		Findings []lintFinding `json:"findings"`
	}{list})
}

// lintSARIF writes SARIF 2.1.0 (OASIS), as code review tools take it.
func (w *world) lintSARIF(found []lint.Finding) error {
	type m = map[string]any
	levels := map[lint.Severity]string{lint.Error: "error", lint.Warning: "warning", lint.Info: "note"}
	rules := []m{}
	for _, r := range lint.Rules {
		rules = append(rules, m{
			"id":                   r.Code,
			"fullDescription":      m{"text": w.text(r.Code + papers)},
			"defaultConfiguration": m{"level": levels[r.Severity]},
		})
	}
	results := []m{}
	for i := range found {
		f := &found[i]
		results = append(results, m{
			"ruleId": f.Code, "level": levels[f.Severity], "message": m{"text": w.lintText(f)},
			"locations": []m{{"physicalLocation": m{
				"artifactLocation": m{"uri": strings.ReplaceAll(f.Place.File, "\\", "/")},
				"region":           m{"startLine": f.Place.Line, "startColumn": f.Place.Column},
			}}},
		})
	}
	return writeJSON(w.out, m{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []m{{"tool": m{"driver": m{"name": "drogman", "rules": rules}}, "columnKind": "unicodeCodePoints", "results": results}},
	})
}
