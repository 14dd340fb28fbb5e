package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/glossary/edit"
	"drogman/locales"
)

// glossaryAddCommand adds an entry to a glossary file, touching no other line.
func (w *world) glossaryAddCommand() *cobra.Command {
	var o addOptions
	c := w.command("glossary add", func(args []string) error { return w.glossaryAdd(args[0], args[1:], o) })
	c.Args = w.someArgs
	w.glossaryFlag(c, &o.files)
	flags := c.Flags()
	flags.StringVar(&o.typ, "type", string(glossary.Terms), w.text("flag.glossary-import.type"))
	flags.StringVar(&o.to, "to", "", w.text("flag.glossary-add.to"))
	flags.StringArrayVar(&o.avoid, "avoid", nil, w.text("flag.glossary-add.avoid"))
	flags.StringArrayVar(&o.when, "when", nil, w.text("flag.glossary-add.when"))
	flags.StringVar(&o.note, "note", "", w.text("flag.glossary-add.note"))
	flags.StringVar(&o.sense, "sense", "", w.text("flag.glossary-add.sense"))
	flags.StringVar(&o.from, "from", "", w.text("flag.glossary-add.from"))
	return c
}

type addOptions struct {
	files, avoid, when         []string
	typ, to, note, sense, from string
}

func (w *world) glossaryAdd(source string, targets []string, o addOptions) error {
	if !slices.Contains(glossaryTypes, o.typ) {
		return usage("usage-glossary-type", locales.M{"Have": o.typ, "Want": strings.Join(glossaryTypes, ", ")})
	}
	for _, text := range slices.Concat([]string{source}, targets, o.avoid) {
		if strings.TrimSpace(text) == "" {
			return usage("usage-glossary-empty", nil)
		}
	}
	conf, err := w.loadConfig()
	if err != nil {
		return err
	}
	files, err := glossaryFiles(conf, o.files)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usage("usage-no-glossary", nil)
	}
	g, err := glossary.LoadFiles(files...)
	if err != nil {
		return err
	}
	c, err := w.newConcept(g, source, targets, o)
	if err != nil {
		return err
	}
	if err := w.refuseDuplicate(g, c); err != nil {
		return err
	}
	return w.addTo(fileFor(g, c.Type, files, o.to), c, g, files)
}

func (w *world) newConcept(g *glossary.Glossary, source string, targets []string, o addOptions) (*glossary.Concept, error) {
	c := &glossary.Concept{Type: glossary.Type(o.typ), Sense: o.sense, Note: o.note}
	c.Terms = map[language.Tag][]glossary.Term{g.Source: {{Text: source, When: o.when}}}
	for i, t := range targets {
		term := glossary.Term{Text: t}
		if i > 0 {
			term.Status = glossary.Admitted
		}
		c.Terms[g.Targets[0]] = append(c.Terms[g.Targets[0]], term)
	}
	for _, t := range o.avoid {
		c.Terms[g.Targets[0]] = append(c.Terms[g.Targets[0]], glossary.Term{Text: t, Status: glossary.Forbidden})
	}
	if o.from != "" {
		if err := w.witness(c, o.from); err != nil {
			return nil, err
		}
	}
	edit.Distinct(&glossary.Glossary{Source: g.Source, Targets: g.Targets, Concepts: []*glossary.Concept{c}})
	return c, nil
}

// witness makes the line FILE:LINE the example of a concept, and the place its source.
func (w *world) witness(c *glossary.Concept, from string) error {
	i := strings.LastIndexByte(from, ':')
	line, err := strconv.Atoi(from[i+1:])
	if i < 0 || err != nil || line < 1 {
		return usage("usage-glossary-from", locales.M{"Have": from})
	}
	data, err := w.input(from[:i])
	if err != nil {
		return err
	}
	lines := strings.Split(string(data), "\n")
	if line > len(lines) || strings.TrimSpace(lines[line-1]) == "" {
		return usage("usage-glossary-from", locales.M{"Have": from})
	}
	c.Example, c.Source = strings.TrimSpace(lines[line-1]), from
	return nil
}

// refuseDuplicate: an entry whose source term another of the same sense has is no new one.
func (w *world) refuseDuplicate(g *glossary.Glossary, c *glossary.Concept) error {
	for _, other := range g.Concepts {
		for _, t := range other.In(g.Source) {
			mine := c.Terms[g.Source][0]
			if strings.EqualFold(glossary.Spelling(t.Text), glossary.Spelling(mine.Text)) && other.Sense == c.Sense {
				return &usageError{id: "glossary-add-duplicate", file: other.Place.File, line: other.Place.Line, column: other.Place.Column,
					values: locales.M{"Have": mine.Text, "Want": w.describe(other, g)}}
			}
		}
	}
	return nil
}

// fileFor is the file named, else the last one with entries of the type, else the last.
func fileFor(g *glossary.Glossary, typ glossary.Type, files []string, named string) string {
	if named != "" {
		return named
	}
	file := files[len(files)-1]
	for _, c := range g.Concepts {
		if c.Type == typ {
			file = c.Place.File
		}
	}
	return file
}

// addTo writes the file with the entry in it, once the whole glossary has been seen to load.
func (w *world) addTo(file string, c *glossary.Concept, g *glossary.Glossary, files []string) error {
	data, err := w.input(file)
	if err != nil {
		return err
	}
	changed, err := edit.Add(data, c, g)
	if errors.Is(err, edit.ErrFlow) {
		return usage("glossary-add-flow", locales.M{"Have": file, "Type": c.Type})
	}
	if err != nil {
		return &fault{id: "document-failed", file: file, err: err}
	}
	if err := w.stillLoads(files, file, changed); err != nil {
		return err
	}
	if err := writeFile(file, func(out io.Writer) error { _, err := out.Write(changed); return err }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%s:\n%s", file, edit.Entry(c, g))
	return err
}

func (w *world) stillLoads(files []string, changed string, data []byte) error {
	var loaded []glossary.File
	for _, name := range files {
		content := data
		if name != changed {
			var err error
			if content, err = w.input(name); err != nil {
				return err
			}
		}
		loaded = append(loaded, glossary.File{Name: name, Data: content})
	}
	_, err := glossary.Load(loaded...)
	return err
}
