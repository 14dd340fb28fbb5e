package main

import (
	"io"

	"github.com/spf13/cobra"

	"drogman/glossary/edit"
	"drogman/locales"
)

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
