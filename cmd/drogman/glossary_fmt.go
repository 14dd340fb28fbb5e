package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"drogman/glossary"
	"drogman/glossary/edit"
)

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
			return w.fmtStdin(opt, conf)
		}
		if files, err = glossaryFiles(conf, args); err != nil {
			return err
		}
		return w.fmtFiles(files, opt, conf, check)
	})
	c.Flags().BoolVar(&opt.Sort, "sort", false, w.text("flag.glossary-fmt.sort"))
	c.Flags().BoolVar(&check, "check", false, w.text("flag.glossary-fmt.check"))
	return c
}

func (w *world) fmtStdin(opt edit.Options, conf *config) error {
	data, err := w.input("-")
	if err != nil {
		return err
	}
	tidy, err := formatted("-", data, opt, conf)
	if err != nil {
		return err
	}
	_, err = w.out.Write(tidy)
	return err
}

// fmtFiles rewrites the files that are not tidy, or with check only names them.
func (w *world) fmtFiles(files []string, opt edit.Options, conf *config, check bool) error {
	untidy := false
	for _, file := range files {
		data, err := w.input(file)
		if err != nil {
			return err
		}
		tidy, err := formatted(file, data, opt, conf)
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
func formatted(file string, data []byte, opt edit.Options, conf *config) ([]byte, error) {
	if err := loads(file, data, conf); err != nil {
		return nil, err
	}
	tidy, err := edit.Format(data, opt)
	if err != nil {
		return nil, &fault{id: "document-failed", file: file, err: err}
	}
	return tidy, loads(file, tidy, conf)
}

// loads holds a file against the reader, on its own: one without a header is read as if
// it had that of the configuration, and one that refines entries of another file is no
// fault here.
func loads(file string, data []byte, conf *config) error {
	files := []glossary.File{{Name: file, Data: data}}
	_, err := glossary.Load(files...)
	if hasFault(err, "glossary-no-header") {
		header := fmt.Sprintf("glossary: {source: %s, target: %s}\n", conf.Source, conf.Target)
		_, err = glossary.Load(glossary.File{Name: file, Data: []byte(header)}, files[0])
	}
	for _, e := range glossaryFaults(err) {
		if e.Code != "glossary-nothing-to-refine" {
			return err
		}
	}
	return nil
}

func hasFault(err error, code string) bool {
	return slices.ContainsFunc(glossaryFaults(err), func(e *glossary.Error) bool { return e.Code == code })
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
