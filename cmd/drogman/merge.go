package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/locales"
	"drogman/pipeline"
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
	flags.StringVar(&o.bilingualEncoding, "bilingual-encoding", "", w.text("flag.merge.bilingual-encoding"))
	w.readingFlags(flags, &o.reading)
	return c
}

type mergeOptions struct {
	out, target       string
	bilingualEncoding string // of BILINGUAL; the one of reading is ORIGINAL's
	reading
}

func (w *world) merge(original, bilingual string, o mergeOptions) error {
	conf, err := w.loadConfig()
	if err != nil {
		return err
	}
	if format, ok := bilingualOriginal(original); ok {
		return w.mergeBilingual(conf, original, format, bilingual, o)
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
	units, err := readUnits(bilingual, bitext.ReadOptions{Encoding: o.bilingualEncoding})
	if err != nil {
		return err
	}
	if format, ok := spokenOf(doc, original, units); ok {
		return w.mergeBilingual(conf, original, format, bilingual, o)
	}
	units = unitsOf(units, original)
	into, err := w.mergeLanguage(o.target, units)
	if err != nil {
		return err
	}
	var merged bytes.Buffer
	result, err := doc.MergeUnits(&merged, sequence(units), document.MergeOptions{Language: into})
	if err != nil {
		return err
	}
	if err := w.deliver(merged.Bytes(), cmp.Or(o.out, conf.outputOf(original))); err != nil {
		return err
	}
	w.warnOfTargets(units)
	return w.mergeReport(pipeline.Merged{Merged: result.Merged, Stale: result.Stale, Refused: result.Refused,
		Problems: asErrors(result.Problems), Left: asErrors(result.Left)})
}

// bilingualOriginal is the format of a file that is no document but holds targets itself.
func bilingualOriginal(name string) (bitext.Format, bool) {
	if _, ok := document.FormatFor(name); ok {
		return bitext.Format{}, false
	}
	format, err := bitext.FormatFor(name)
	return format, err == nil
}

// spokenOf is the bilingual format of a document that has one as well (PO), where the units
// have the IDs that its own have there, and none that its blocks have.
func spokenOf(doc *document.Document, original string, units []bitext.Unit) (bitext.Format, bool) {
	format, err := bitext.FormatFor(doc.Format.Name)
	if err != nil || !format.Splices() {
		return format, false
	}
	ids := map[string]bool{}
	for _, u := range units {
		ids[u.ID], ids[u.Block()] = true, true
	}
	if slices.ContainsFunc(doc.Blocks, func(b document.Block) bool { return ids[b.ID] }) {
		return format, false
	}
	file, err := os.Open(original)
	if err != nil {
		return format, false
	}
	defer file.Close()
	for u, err := range bitext.Read(file, original, format) {
		if err == nil && ids[u.ID] {
			return format, true
		}
	}
	return format, false
}

// mergeBilingual puts a translation into a bilingual file that someone else made.
func (w *world) mergeBilingual(conf *config, original string, format bitext.Format, bilingual string, o mergeOptions) error {
	options, err := o.bilingualOptions(conf, original)
	if err != nil {
		return err
	}
	data, err := readSmall(original, document.MaxSize)
	if err != nil {
		return &fault{id: "document-failed", file: original, err: err}
	}
	units, err := readUnits(bilingual, bitext.ReadOptions{Encoding: o.bilingualEncoding, Languages: options.Languages})
	if err != nil {
		return err
	}
	var merged bytes.Buffer
	result, err := pipeline.MergeBilingual(data, &merged, pipeline.Original{Name: original, Format: format, Options: options}, units)
	if err != nil {
		return err
	}
	if err := w.deliver(merged.Bytes(), cmp.Or(o.out, conf.outputOf(original))); err != nil {
		return err
	}
	w.warnOfTargets(units)
	return w.mergeReport(result)
}

// bilingualOptions say how a bilingual original is to be read; what says how a document is to
// be read means nothing there.
func (o mergeOptions) bilingualOptions(conf *config, original string) (bitext.ReadOptions, error) {
	if o.profile != "" || o.rules != "" {
		return bitext.ReadOptions{}, usage("usage-merge-document", locales.M{"Have": original})
	}
	options := bitext.ReadOptions{Encoding: cmp.Or(o.encoding, conf.readingOf(original).encoding)}
	if o.target == "" {
		return options, nil
	}
	target, err := parseLanguage(o.target)
	options.Languages = bitext.Languages{Source: conf.Source, Target: target}
	return options, err
}

// deliver writes what was merged to a file, or to standard output.
func (w *world) deliver(merged []byte, out string) error {
	if out == "-" {
		_, err := w.out.Write(merged)
		return err
	}
	return writeFile(out, func(f io.Writer) error { _, err := f.Write(merged); return err })
}

// placeOf is where an error stands, "file:line:column".
func placeOf(err error) string {
	var placed interface{ Position() (string, int, int) }
	if !errors.As(err, &placed) {
		return ""
	}
	return strings.TrimSuffix(place(placed.Position()), ": ")
}

func asErrors(list []*document.Error) []error {
	errs := make([]error, len(list))
	for i, e := range list {
		errs[i] = e
	}
	return errs
}

// mergeReport names each unit that was not merged though it has a target, and counts.
func (w *world) mergeReport(r pipeline.Merged) error {
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
		w.narrate("merge-untranslated", locales.M{"Count": len(r.Left), "First": placeOf(r.Left[0])})
	}
	if r.Stale > 0 {
		w.narrate("merge-stale", locales.M{"Count": r.Stale})
	}
	if r.Unknown > 0 {
		w.narrate("merge-unknown", locales.M{"Count": r.Unknown})
	}
	if r.Ambiguous > 0 {
		w.narrate("merge-ambiguous", locales.M{"Count": r.Ambiguous})
	}
	if r.Locked > 0 {
		w.narrate("merge-locked", locales.M{"Count": r.Locked})
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

// readUnits reads a bilingual file.
func readUnits(bilingual string, o bitext.ReadOptions) ([]bitext.Unit, error) {
	format, err := bitext.FormatFor(bilingual)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(bilingual)
	if err != nil {
		return nil, &fault{id: "document-failed", file: bilingual, err: err}
	}
	defer file.Close()
	var units []bitext.Unit
	var faults []error
	for u, err := range bitext.ReadWith(file, bilingual, format, o) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		units = append(units, u)
	}
	return units, errors.Join(faults...)
}

// unitsOf are the units of one document: of several, those whose document has the original's
// name.
func unitsOf(all []bitext.Unit, original string) []bitext.Unit {
	var own []bitext.Unit
	documents := map[string]bool{}
	for _, u := range all {
		documents[u.Document] = true
		if u.Document == "" || sameDocument(u.Document, original) {
			own = append(own, u)
		}
	}
	if len(documents) == 1 {
		return all
	}
	return own
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
