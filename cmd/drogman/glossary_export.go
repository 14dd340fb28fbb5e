package main

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"drogman/glossary"
	"drogman/glossary/exchange"
	"drogman/locales"
)

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
