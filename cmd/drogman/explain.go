package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"drogman/glossary"
	"drogman/locales"
)

const papers = ".explain" // a code's long text stands under CODE.explain

// explainCommand tells what a code means; without one it lists them all.
func (w *world) explainCommand() *cobra.Command {
	c := w.command("explain", func(args []string) error {
		if len(args) == 0 {
			for _, code := range w.codes() {
				if _, err := fmt.Fprintln(w.out, code); err != nil {
					return err
				}
			}
			return nil
		}
		for _, code := range args {
			text, err := w.say.Lookup(code+papers, nil)
			if err != nil {
				return usage("usage-unknown-code", locales.M{"Have": code, "Want": glossary.Nearest(code, w.codes())})
			}
			if _, err := fmt.Fprintf(w.out, "%s\n\n%s\n", code, text); err != nil {
				return err
			}
		}
		return nil
	})
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return w.codes(), cobra.ShellCompDirectiveNoFileComp
	}
	return c
}

// codes are all codes that explain knows, sorted.
func (w *world) codes() []string {
	var codes []string
	for _, id := range w.say.IDs() {
		if code, ok := strings.CutSuffix(id, papers); ok && !strings.Contains(code, ".") {
			codes = append(codes, code)
		}
	}
	return codes
}
