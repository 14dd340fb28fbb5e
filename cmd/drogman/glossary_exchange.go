package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/glossary/edit"
	"drogman/glossary/exchange"
	"drogman/locales"
)

// glossaryImportCommand makes a glossary file of another tool's.
func (w *world) glossaryImportCommand() *cobra.Command {
	var o importOptions
	c := w.command("glossary import", func(args []string) error { return w.glossaryImport(args[0], o) })
	c.Args = w.exactArgs(1)
	flags := c.Flags()
	flags.StringVar(&o.from, "from", "", w.text("flag.glossary-import.from"))
	flags.StringVar(&o.source, "source", "", w.text("flag.glossary-import.source"))
	flags.StringVar(&o.target, "target", "", w.text("flag.glossary-import.target"))
	flags.StringVar(&o.typ, "type", string(glossary.Terms), w.text("flag.glossary-import.type"))
	flags.StringVarP(&o.out, "output", "o", "", w.text("flag.glossary.output"))
	return c
}

type importOptions struct{ from, source, target, typ, out string }

// glossaryTypes are the sections of a glossary file.
var glossaryTypes = []string{"people", "places", "organisations", "works", "events", "terms", "keep"}

func (w *world) glossaryImport(file string, o importOptions) error {
	opt, err := w.importOptions(o)
	if err != nil {
		return err
	}
	data, err := w.input(file)
	if err != nil {
		return err
	}
	g, lost, err := exchange.Read(bytes.NewReader(data), file, opt)
	if err != nil {
		return err
	}
	lost = append(lost, onlyPair(g, opt)...)
	for _, m := range edit.Distinct(g) {
		lost = append(lost, exchange.Loss{Concept: pair(m.Into, g), Field: "homonym", Value: pair(m.Concept, g)})
	}
	text := edit.Text(g)
	if _, err := glossary.Load(glossary.File{Name: o.out, Data: text}); err != nil {
		return err
	}
	if err := w.output(o.out, func(out io.Writer) error { _, err := out.Write(text); return err }); err != nil {
		return err
	}
	w.narrate("glossary-imported", locales.M{"Count": len(g.Concepts), "Have": file})
	w.tellLost(lost)
	return nil
}

func (w *world) importOptions(o importOptions) (opt exchange.Options, err error) {
	conf, err := w.loadConfig()
	if err != nil {
		return opt, err
	}
	if !slices.Contains(glossaryTypes, o.typ) {
		return opt, usage("usage-glossary-type", locales.M{"Have": o.typ, "Want": strings.Join(glossaryTypes, ", ")})
	}
	opt = exchange.Options{Format: o.from, Source: conf.Source, Target: conf.Target, Type: glossary.Type(o.typ)}
	if o.source != "" {
		if opt.Source, err = parseLanguage(o.source); err != nil {
			return opt, err
		}
	}
	if o.target != "" {
		opt.Target, err = parseLanguage(o.target)
	}
	return opt, err
}

// onlyPair leaves a glossary its source and one target: the one asked for, else the first
// that the file has. Concepts without a source term go.
func onlyPair(g *glossary.Glossary, opt exchange.Options) []exchange.Loss {
	if len(g.Targets) == 0 {
		g.Targets = []language.Tag{opt.Target}
	}
	var lost []exchange.Loss
	for _, tag := range g.Targets[1:] {
		lost = append(lost, exchange.Loss{Field: "language", Value: tag.String()})
	}
	g.Targets = g.Targets[:1]
	g.Concepts = slices.DeleteFunc(g.Concepts, func(c *glossary.Concept) bool {
		for tag := range c.Terms {
			if tag != g.Source && tag != g.Targets[0] {
				delete(c.Terms, tag)
			}
		}
		if len(c.Terms[g.Source]) > 0 {
			return false
		}
		target, _ := c.Preferred(g.Targets[0])
		lost = append(lost, exchange.Loss{Concept: c.ID, Field: "concept", Value: target.Text})
		return true
	})
	return lost
}

// tellLost tells what did not get through: for each field how many values, and some.
func (w *world) tellLost(lost []exchange.Loss) {
	const shown = 3
	var fields []string
	values := map[string][]string{}
	for _, l := range lost {
		if values[l.Field] == nil {
			fields = append(fields, l.Field)
		}
		text := l.Value
		if l.Concept != "" && l.Concept != l.Value {
			text = l.Concept + ": " + text
		}
		values[l.Field] = append(values[l.Field], text)
	}
	for _, field := range fields {
		examples := values[field][:min(shown, len(values[field]))]
		if w.verbose {
			examples = values[field]
		}
		more := ""
		if len(examples) < len(values[field]) {
			more = "; …"
		}
		w.narrate("glossary-lost", locales.M{"Number": len(values[field]), "Field": field, "Have": strings.Join(examples, "; ") + more})
	}
}

// glossaryExportCommand writes the glossary for another tool.
func (w *world) glossaryExportCommand() *cobra.Command {
	var files []string
	var to, out string
	c := w.command("glossary export", func([]string) error {
		g, _, err := w.needGlossary(files)
		if err != nil {
			return err
		}
		return w.glossaryExport(g, to, out)
	})
	c.Args = w.noArgs
	w.glossaryFlag(c, &files)
	c.Flags().StringVar(&to, "to", "", w.text("flag.glossary-export.to"))
	c.Flags().StringVarP(&out, "output", "o", "", w.text("flag.glossary.output"))
	return c
}

func (w *world) glossaryExport(g *glossary.Glossary, to, out string) error {
	if to == "" {
		to = formatByExtension(out)
	}
	var buffer bytes.Buffer
	lost, err := exchange.Write(&buffer, g, to)
	if err != nil {
		return err
	}
	if err := w.output(out, func(to io.Writer) error { _, err := to.Write(buffer.Bytes()); return err }); err != nil {
		return err
	}
	w.narrate("glossary-exported", locales.M{"Count": len(g.Concepts), "Format": to})
	w.tellLost(lost)
	return nil
}

// formatByExtension is the first format whose files are named like this one; TBX else.
func formatByExtension(file string) string {
	for _, f := range exchange.Formats {
		if file != "" && f.Extension == strings.ToLower(filepath.Ext(file)) {
			return f.Name
		}
	}
	return "tbx"
}

// glossaryMergeCommand is a git merge driver: the result replaces OURS.
func (w *world) glossaryMergeCommand() *cobra.Command {
	c := w.command("glossary merge", func(args []string) error {
		var sides [3][]byte
		for i, file := range args {
			data, err := w.input(file)
			if err != nil {
				return err
			}
			sides[i] = data
		}
		merged, conflicts, err := edit.Merge(sides[0], sides[1], sides[2])
		if err != nil {
			return &fault{id: "glossary-merge-failed", values: locales.M{"Have": args[1]}, err: err}
		}
		if err := writeFile(args[1], func(out io.Writer) error { _, err := out.Write(merged); return err }); err != nil {
			return err
		}
		if conflicts > 0 {
			w.narrate("glossary-merge-conflicts", locales.M{"Count": conflicts, "Have": args[1]})
			return errFindings
		}
		return nil
	})
	c.Args = w.exactArgs(3)
	return c
}

// glossaryFmtCommand tidies glossary files in place.
func (w *world) glossaryFmtCommand() *cobra.Command {
	var files []string
	var check bool
	var opt edit.Options
	c := w.command("glossary fmt", func(args []string) error {
		conf, err := w.loadConfig()
		if err != nil {
			return err
		}
		opt.Lang = conf.Source
		if len(args) == 1 && args[0] == "-" {
			return w.fmtStdin(opt)
		}
		if files, err = glossaryFiles(conf, args); err != nil {
			return err
		}
		return w.fmtFiles(files, opt, check)
	})
	c.Flags().BoolVar(&opt.Sort, "sort", false, w.text("flag.glossary-fmt.sort"))
	c.Flags().BoolVar(&check, "check", false, w.text("flag.glossary-fmt.check"))
	return c
}

func (w *world) fmtStdin(opt edit.Options) error {
	data, err := w.input("-")
	if err != nil {
		return err
	}
	tidy, err := formatted("-", data, opt)
	if err != nil {
		return err
	}
	_, err = w.out.Write(tidy)
	return err
}

// fmtFiles rewrites the files that are not tidy, or with check only names them.
func (w *world) fmtFiles(files []string, opt edit.Options, check bool) error {
	untidy := false
	for _, file := range files {
		data, err := w.input(file)
		if err != nil {
			return err
		}
		tidy, err := formatted(file, data, opt)
		if err != nil {
			return err
		}
		if bytes.Equal(tidy, data) {
			continue
		}
		untidy = true
		if _, err := fmt.Fprintln(w.out, file); err != nil {
			return err
		}
		if !check {
			if err := writeFile(file, func(out io.Writer) error { _, err := out.Write(tidy); return err }); err != nil {
				return err
			}
		}
	}
	if untidy && check {
		return errFindings
	}
	return nil
}

// formatted tidies a file that loads; what does not load is left alone.
func formatted(file string, data []byte, opt edit.Options) ([]byte, error) {
	if err := loads(file, data); err != nil {
		return nil, err
	}
	tidy, err := edit.Format(data, opt)
	if err != nil {
		return nil, &fault{id: "document-failed", file: file, err: err}
	}
	return tidy, loads(file, tidy)
}

// loads holds a file against the reader, on its own: one without a header, or one that
// refines entries of another file, is no fault here.
func loads(file string, data []byte) error {
	_, err := glossary.Load(glossary.File{Name: file, Data: data})
	var faults []error
	for _, e := range glossaryFaults(err) {
		if e.Code != "glossary-no-header" && e.Code != "glossary-nothing-to-refine" {
			faults = append(faults, e)
		}
	}
	if len(faults) > 0 {
		return err
	}
	return nil
}

// glossaryFaults are the glossary faults joined in an error.
func glossaryFaults(err error) []*glossary.Error {
	var list []*glossary.Error
	switch e := err.(type) {
	case *glossary.Error:
		list = append(list, e)
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			list = append(list, glossaryFaults(one)...)
		}
	}
	return list
}
