package main

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/locales"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
)

// mergeCommand puts a translation back into its document.
func (w *world) mergeCommand() *cobra.Command {
	var o mergeOptions
	c := w.command("merge", func(args []string) error { return w.merge(args[0], args[1], o) })
	c.Args = w.exactArgs(2)
	flags := c.Flags()
	flags.StringVarP(&o.out, "out", "o", "", w.text("flag.merge.out"))
	flags.StringVar(&o.target, "target", "", w.text("flag.merge.target"))
	w.readingFlags(flags, &o.reading)
	return c
}

type mergeOptions struct {
	out, target string
	reading
}

func (w *world) merge(original, bilingual string, o mergeOptions) error {
	conf, err := w.loadConfig()
	if err != nil {
		return err
	}
	options, err := o.reading.over(conf.readingOf(original)).options()
	if err != nil {
		return err
	}
	options.Comments, options.Keys = true, nil // a unit translates them or none does
	doc, err := openDocument(original, options)
	if err != nil {
		return err
	}
	units, err := readUnits(bilingual, original)
	if err != nil {
		return err
	}
	into, err := w.mergeLanguage(o.target, units)
	if err != nil {
		return err
	}
	if o.out == "" {
		o.out = conf.outputOf(original)
	}
	var merged bytes.Buffer
	result, err := doc.MergeUnits(&merged, sequence(units), document.MergeOptions{Language: into})
	if err != nil {
		return err
	}
	if o.out == "-" {
		_, err = w.out.Write(merged.Bytes())
	} else {
		err = writeFile(o.out, func(f io.Writer) error { _, err := f.Write(merged.Bytes()); return err })
	}
	if err != nil {
		return err
	}
	w.warnOfTargets(units)
	return w.mergeReport(result)
}

// mergeReport names each unit that was not merged though it has a target, and counts.
func (w *world) mergeReport(r document.Result) error {
	for _, problem := range r.Problems {
		w.complain(problem)
	}
	if w.verbose && !w.quiet {
		for _, left := range r.Left {
			w.complain(left)
		}
	}
	w.narrate("merge-done", locales.M{"Count": r.Merged})
	if len(r.Left) > 0 {
		w.narrate("merge-untranslated", locales.M{"Count": len(r.Left), "First": strings.TrimSuffix(place(r.Left[0].Position()), ": ")})
	}
	if r.Stale > 0 {
		w.narrate("merge-stale", locales.M{"Count": r.Stale})
	}
	if r.Refused > 0 {
		w.narrate("merge-refused", locales.M{"Count": r.Refused})
	}
	if len(r.Problems) > 0 {
		return errFindings
	}
	return nil
}

func openDocument(name string, o document.Options) (*document.Document, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, document.MaxSize+1))
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	return document.Open(data, name, o)
}

// readUnits reads the units of one document from a bilingual file: of a file that holds
// several, those whose document has the original's name.
func readUnits(bilingual, original string) ([]bitext.Unit, error) {
	format, err := bitext.FormatFor(bilingual)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(bilingual)
	if err != nil {
		return nil, &fault{id: "document-failed", file: bilingual, err: err}
	}
	defer file.Close()
	var all, own []bitext.Unit
	var faults []error
	documents := map[string]bool{}
	for u, err := range bitext.Read(file, bilingual, format) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		documents[u.Document] = true
		all = append(all, u)
		if u.Document == "" || sameDocument(u.Document, original) {
			own = append(own, u)
		}
	}
	if len(documents) == 1 {
		own = all
	}
	return own, errors.Join(faults...)
}

// sameDocument reports whether a unit's document is the file at path: one path ends in
// the other.
func sameDocument(name, path string) bool {
	name, path = "/"+strings.TrimLeft(filepath.ToSlash(name), "./"), "/"+strings.TrimLeft(filepath.ToSlash(path), "./")
	return strings.HasSuffix(path, name) || strings.HasSuffix(name, path)
}

// mergeLanguage is the target language: the one named, else the units' own, else the
// configured one.
func (w *world) mergeLanguage(name string, units []bitext.Unit) (language.Tag, error) {
	if name != "" {
		return parseLanguage(name)
	}
	for _, u := range units {
		if u.Languages.Target != language.Und {
			return u.Languages.Target, nil
		}
	}
	conf, err := w.loadConfig()
	if err != nil {
		return language.Und, err
	}
	return conf.Target, nil
}

func sequence(units []bitext.Unit) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}
