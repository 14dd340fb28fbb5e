package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"drogman/locales"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
	"drogman/pipeline/report"
)

// validateCommand holds bilingual files to their standards.
func (w *world) validateCommand() *cobra.Command {
	var format, from, encoding string
	c := w.command("validate", func(files []string) error { return w.validate(files, format, from, encoding) })
	flags := c.Flags()
	flags.StringVar(&format, "format", "text", w.text("flag.validate.format"))
	flags.StringVar(&from, "from", "", w.text("flag.convert.from"))
	flags.StringVar(&encoding, "encoding", "", w.text("flag.convert.encoding"))
	return c
}

func (w *world) validate(files []string, format, from, encoding string) error {
	if !slices.Contains(report.Formats, format) {
		return usage("usage-format", locales.M{"Have": format, "Want": strings.Join(report.Formats, ", ")})
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	out, err := report.New(w.out, format, report.Options{
		Say: w.say.Text, Reader: w.say.Language().String(), Color: w.colored(w.out), Version: buildVersion(),
		Title: w.text("validate.title"), Message: w.validateMessage,
	})
	if err != nil {
		return err
	}
	found, failed := false, false
	for _, name := range files {
		f, file, err := w.openBilingual(name, from)
		if err != nil {
			w.complain(err)
			failed = true
			continue
		}
		for e := range bitext.Validate(file, name, f, bitext.ReadOptions{Encoding: encoding}) {
			found = true
			if err := out.Add(validateFinding(e)); err != nil {
				return err
			}
		}
		file.Close()
		if w.ctx.Err() != nil {
			return errInterrupted
		}
	}
	if err := out.Close(report.Summary{Files: files}); err != nil {
		return err
	}
	switch {
	case failed:
		return errReported
	case found:
		return errFindings
	}
	return nil
}

// validateFinding is an error of a file as a report has it. What the system said of it
// stands in Have.
func validateFinding(e *bitext.Error) check.Finding {
	have := e.Have
	if e.Err != nil {
		have = e.Err.Error()
	}
	return check.Finding{
		Code: e.Code, Severity: check.Error, File: e.Place.File, Line: e.Place.Line, Column: e.Place.Column,
		Unit: e.Unit, Have: have, Want: e.Want,
	}
}

func (w *world) validateMessage(f *check.Finding) string {
	return w.say.Text(f.Code, locales.M{"Have": f.Have, "Want": f.Want, "Err": f.Have})
}

// openBilingual opens a bilingual file, "-" for standard input, and finds its format: the
// one named, else that of its extension (without a ".gz").
func (w *world) openBilingual(name, format string) (bitext.Format, io.ReadCloser, error) {
	hint := format
	if hint == "" {
		if name == "-" {
			return bitext.Format{}, nil, usage("usage-convert-stdin", nil)
		}
		hint = strings.TrimSuffix(name, ".gz")
	}
	f, err := bitext.FormatFor(hint)
	if err != nil {
		return f, nil, err
	}
	if name == "-" {
		return f, io.NopCloser(w.in), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return f, nil, &fault{id: "document-failed", file: name, err: err}
	}
	return f, file, nil
}
