package main

import (
	"errors"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/locales"
	"drogman/pipeline/bitext"
)

// convertCommand makes of one bilingual file another.
func (w *world) convertCommand() *cobra.Command {
	var o convertOptions
	c := w.command("convert", func(args []string) error { return w.convert(args[0], args[1], o) })
	c.Args = w.exactArgs(2)
	flags := c.Flags()
	flags.StringVar(&o.from, "from", "", w.text("flag.convert.from"))
	flags.StringVar(&o.to, "to", "", w.text("flag.convert.to"))
	flags.StringVar(&o.source, "source", "", w.text("flag.convert.source"))
	flags.StringVar(&o.target, "target", "", w.text("flag.convert.target"))
	flags.StringVar(&o.encoding, "encoding", "", w.text("flag.convert.encoding"))
	flags.BoolVar(&o.bom, "bom", false, w.text("flag.convert.bom"))
	return c
}

type convertOptions struct {
	from, to, source, target string
	encoding                 string
	bom                      bool
}

// moses is the format of two files: convert takes their common name, "corpus" for
// corpus.fr and corpus.en.
const moses = "moses"

func (w *world) convert(in, out string, o convertOptions) error {
	languages, err := o.languages()
	if err != nil {
		return err
	}
	passed := bitext.Losses{}
	units, closeInput, err := w.convertInput(in, o, languages, passed)
	if err != nil {
		return err
	}
	defer closeInput()
	job := &conversion{world: w, units: units, languages: languages, passed: passed}
	conf, err := w.loadConfig()
	if err != nil {
		return err
	}
	if conf.file != "" {
		job.configured = bitext.Languages{Source: conf.Source, Target: conf.Target}
	}
	switch {
	case o.to == moses:
		return job.toPair(out)
	case out == "-":
		if o.to == "" {
			return usage("usage-convert-stdout", nil)
		}
		return job.to(w.out, o.to, o.bom)
	}
	target := o.to
	if target == "" {
		target = out
	}
	return writeFile(out, func(file io.Writer) error { return job.to(file, target, o.bom) })
}

func (o convertOptions) languages() (l bitext.Languages, err error) {
	for _, given := range []struct {
		name string
		tag  *language.Tag
	}{{o.source, &l.Source}, {o.target, &l.Target}} {
		if given.name == "" {
			continue
		}
		if *given.tag, err = parseLanguage(given.name); err != nil {
			return l, err
		}
	}
	return l, nil
}

func (w *world) convertInput(name string, o convertOptions, l bitext.Languages, passed bitext.Losses) (iter.Seq2[bitext.Unit, error], func() error, error) {
	if o.from != moses {
		f, file, err := w.openBilingual(name, o.from)
		if err != nil {
			return nil, nil, err
		}
		options := bitext.ReadOptions{Encoding: o.encoding, Languages: l, Losses: passed}
		return bitext.ReadWith(file, name, f, options), file.Close, nil
	}
	if o.source == "" || o.target == "" {
		return nil, nil, usage("usage-convert-moses", nil)
	}
	names := [2]string{name + "." + l.Source.String(), name + "." + l.Target.String()}
	var files [2]*os.File
	for i, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return nil, nil, &fault{id: "document-failed", file: name, err: err}
		}
		files[i] = file
	}
	return bitext.ReadPair(files[0], files[1], names, l), func() error {
		return errors.Join(files[0].Close(), files[1].Close())
	}, nil
}

// conversion is one run of the verb.
type conversion struct {
	*world
	units     iter.Seq2[bitext.Unit, error]
	languages bitext.Languages // of the command line
	// configured are those of drogman.yaml, where there is one.
	configured bitext.Languages
	count      int
	lost       map[string]int // units that lost a part, by its name
	passed     bitext.Losses  // what of the input is no part of a unit
}

// to writes the units in a format. Every unit that cannot be read is reported, and the
// file is then not made.
func (c *conversion) to(file io.Writer, format string, bom bool) error {
	f, err := bitext.FormatFor(format)
	if err != nil {
		return err
	}
	header := bitext.Header{Languages: c.languages, Tool: "drogman", Version: buildVersion(), BOM: bom}
	out, err := bitext.NewWriter(file, f, header)
	if err != nil {
		return err
	}
	if err := c.write(out, f.Keeps); err != nil {
		return err
	}
	c.report(f.Title)
	return nil
}

func (c *conversion) write(out bitext.Writer, keeps bitext.Parts) error {
	c.lost = map[string]int{}
	broken := false
	for u, err := range c.units {
		switch {
		case c.ctx.Err() != nil:
			return errInterrupted
		case err != nil:
			c.complain(err)
			broken = true
			continue
		case broken:
			continue
		}
		c.name(&u)
		if err := out.Write(u); err != nil {
			return err
		}
		c.count++
		for _, part := range (u.Parts() &^ keeps).Names() {
			c.lost[part]++
		}
	}
	if broken {
		return errReported
	}
	return out.Close()
}

// name gives a unit the languages that the command line says, and to one that has none
// those of drogman.yaml.
func (c *conversion) name(u *bitext.Unit) {
	u.Languages.Source = firstKnown(c.languages.Source, u.Languages.Source, c.configured.Source)
	u.Languages.Target = firstKnown(c.languages.Target, u.Languages.Target, c.configured.Target)
}

func firstKnown(tags ...language.Tag) language.Tag {
	for _, tag := range tags {
		if tag != (language.Tag{}) {
			return tag
		}
	}
	return language.Tag{}
}

// report says how many units there are, and what of them the format does not keep.
func (c *conversion) report(title string) {
	c.narrate("convert-done", locales.M{"Count": c.count})
	c.reportPassed()
	var lost []string
	for _, part := range bitext.Parts(^bitext.Parts(0)).Names() {
		if n := c.lost[part]; n > 0 {
			lost = append(lost, c.say.Text("convert-part", locales.M{"Part": c.text("part." + part), "N": n}))
		}
	}
	if len(lost) > 0 {
		c.narrate("convert-lost", locales.M{"Format": title, "Parts": strings.Join(lost, ", ")})
	}
}

// reportPassed says what of the input became no part of any unit, and how often.
func (c *conversion) reportPassed() {
	var passed []string
	for _, what := range slices.Sorted(maps.Keys(c.passed)) {
		passed = append(passed, c.say.Text("convert-part", locales.M{"Part": what, "N": c.passed[what]}))
	}
	if len(passed) > 0 {
		c.narrate("convert-passed", locales.M{"Parts": strings.Join(passed, ", ")})
	}
}

// toPair writes a Moses pair: both files or none.
func (c *conversion) toPair(stem string) error {
	if c.languages.Source == (language.Tag{}) || c.languages.Target == (language.Tag{}) {
		return usage("usage-convert-moses", nil)
	}
	dir, err := openFolder(filepath.Dir(stem))
	if err != nil {
		return err
	}
	defer dir.Close()
	var files [2]*pending
	for i, tag := range []language.Tag{c.languages.Source, c.languages.Target} {
		if files[i], err = dir.create(filepath.Base(stem) + "." + tag.String()); err != nil {
			return err
		}
		defer files[i].Abort()
	}
	if err := c.write(bitext.NewPairWriter(files[0], files[1]), 0); err != nil {
		return err
	}
	c.report("Moses")
	return errors.Join(files[0].Commit(), files[1].Commit())
}
