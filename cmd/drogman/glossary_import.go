package main

import (
	"bytes"
	"fmt"
	"io"
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
	w.speakAs(conf, nil)
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
// that the file has. Where the file has a relative of a language asked for (fr-FR for fr),
// its terms go under the one asked for. Concepts without a source term go.
func onlyPair(g *glossary.Glossary, opt exchange.Options) []exchange.Loss {
	if len(g.Targets) == 0 {
		g.Targets = []language.Tag{opt.Target}
	}
	var lost []exchange.Loss
	for _, tag := range g.Targets[1:] {
		lost = append(lost, exchange.Loss{Field: "language", Value: tag.String()})
	}
	from := [2]language.Tag{g.Source, g.Targets[0]}
	to := [2]language.Tag{asked(from[0], opt.Source), asked(from[1], opt.Target)}
	for i := range from {
		if from[i] != to[i] {
			lost = append(lost, exchange.Loss{Field: "language", Value: fmt.Sprintf("%s → %s", from[i], to[i])})
		}
	}
	g.Source, g.Targets = to[0], to[1:]
	g.Concepts = slices.DeleteFunc(g.Concepts, func(c *glossary.Concept) bool {
		terms := map[language.Tag][]glossary.Term{}
		for i := range from {
			if len(c.Terms[from[i]]) > 0 {
				terms[to[i]] = c.Terms[from[i]]
			}
		}
		c.Terms = terms
		if len(terms[g.Source]) > 0 {
			return false
		}
		target, _ := c.Preferred(g.Targets[0])
		lost = append(lost, exchange.Loss{Concept: c.ID, Field: "concept", Value: target.Text})
		return true
	})
	return lost
}

// asked is the language asked for where the file's is a relative of it, else the file's.
func asked(have, want language.Tag) language.Tag {
	if sameBase(have, want) {
		return want
	}
	return have
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
