package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
)

// glossaryFormsCommand lists everything that an entry matches.
func (w *world) glossaryFormsCommand() *cobra.Command {
	var files []string
	var format string
	c := w.command("glossary forms", func(args []string) error {
		g, _, err := w.needGlossary(files)
		if err != nil {
			return err
		}
		if err := checkFormat(format, "text", "json"); err != nil {
			return err
		}
		found, err := lookUp(g, strings.Join(args, " "))
		if err != nil {
			return err
		}
		return w.showForms(g, found, format)
	})
	c.Args = w.someArgs
	w.glossaryFlag(c, &files)
	w.formatFlag(c, &format)
	return c
}

func (w *world) showForms(g *glossary.Glossary, found []*glossary.Concept, format string) error {
	list := []conceptJSON{}
	for _, c := range found {
		j := asJSON(c)
		for _, tag := range append([]language.Tag{g.Source}, g.Targets...) {
			terms := c.In(tag)
			for i := range terms {
				forms := j.Terms[tag.String()]
				if i < len(forms) {
					forms[i].Forms = g.Forms(c, &terms[i], tag)
				}
			}
		}
		list = append(list, j)
	}
	if format == "json" {
		return writeJSON(w.out, list)
	}
	for _, j := range list {
		fmt.Fprintf(w.out, "%s  [%s]\n", j.Place, j.ID)
		for _, tag := range append([]language.Tag{g.Source}, g.Targets...) {
			for _, t := range j.Terms[tag.String()] {
				fmt.Fprintf(w.out, "  %s  %s: %s\n", tag, w.text("status."+t.Status), strings.Join(t.Forms, " · "))
			}
		}
	}
	if len(list) == 0 {
		w.narrate("glossary-found-none", nil)
		return errFindings
	}
	return nil
}
