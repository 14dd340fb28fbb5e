package main

import (
	"github.com/spf13/cobra"

	"drogman/locales"
)

func (w *world) completionCommand() *cobra.Command {
	c := w.command("completion", nil)
	c.Args = w.exactArgs(1)
	c.ValidArgs = []string{"bash", "zsh", "fish", "powershell"}
	c.RunE = func(c *cobra.Command, args []string) error {
		root := c.Root()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(w.out, true)
		case "zsh":
			return root.GenZshCompletion(w.out)
		case "fish":
			return root.GenFishCompletion(w.out, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(w.out)
		}
		return usage("usage-shell", locales.M{"Have": args[0], "Want": "bash, zsh, fish, powershell"})
	}
	return c
}
