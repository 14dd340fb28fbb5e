package main

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"drogman/glossary"
	"drogman/locales"
)

// command makes a verb whose help stands in the catalogues: NAME.args (what follows the
// name on the usage line), NAME.short, NAME.long and NAME.example. Spaces in a name
// ("glossary lint") are its parents.
func (w *world) command(name string, run func(args []string) error) *cobra.Command {
	words := strings.Fields(name)
	id := "cmd." + strings.Join(words, "-")
	use := words[len(words)-1]
	if args := w.text(id + ".args"); args != "-" {
		use += " " + args
	}
	c := &cobra.Command{
		Use:           use,
		Short:         w.text(id + ".short"),
		Long:          w.text(id + ".long"),
		Example:       w.text(id + ".example"),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	if c.Example == "-" {
		c.Example = ""
	}
	if run != nil {
		c.RunE = func(_ *cobra.Command, args []string) error { return run(args) }
	}
	return c
}

// unknownVerb refuses a first word that is no verb and names the nearest one.
func (w *world) unknownVerb(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, verb := range c.Commands() {
		names = append(names, verb.Name())
	}
	if near := glossary.Nearest(args[0], names); near != "" {
		return usage("usage-unknown-verb-near", locales.M{"Have": args[0], "Want": near})
	}
	return usage("usage-unknown-verb", locales.M{"Have": args[0]})
}

// noArgs and the like say in the reader's language what a verb takes.
func (w *world) noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("usage-no-arguments", locales.M{"Verb": c.CommandPath(), "Have": args[0]})
	}
	return nil
}

func (w *world) exactArgs(n int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("usage-arguments", locales.M{"Verb": c.CommandPath(), "Have": len(args), "Count": n, "Want": c.UseLine()})
		}
		return nil
	}
}

// localiseUsage gives cobra's own words to the catalogues: the headings of help pages
// and the faults of flags.
func (w *world) localiseUsage(root *cobra.Command) {
	cobra.AddTemplateFunc("flagUsages", flagUsages)
	root.SetUsageTemplate(w.usageTemplate())
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(w.helpCommand(root))
	root.CompletionOptions.DisableDefaultCmd = true
	root.InitDefaultHelpFlag()
	each(root, func(c *cobra.Command) {
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = w.text("flag.help")
		c.DisableFlagsInUseLine = true
		c.LocalFlags().VisitAll(hideDefault)
		if c.HasSubCommands() && c != root {
			c.Args = w.unknownVerb
			c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	})
	root.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	root.SetOut(w.out)
	root.SetErr(w.err)
	root.SetIn(w.in)
}

// hideDefault keeps pflag from adding its English "(default …)": our descriptions say it.
func hideDefault(f *pflag.Flag) {
	switch f.Value.Type() {
	case "string", "stringToString":
		f.DefValue = ""
	case "int", "float64":
		f.DefValue = "0"
	}
}

// flagUsages is pflag's list of flags, which counts bytes, with its second column straight
// where the name of a value has accents.
func flagUsages(flags *pflag.FlagSet) string {
	lines := strings.SplitAfter(flags.FlagUsages(), "\n")
	for i, line := range lines {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		name, rest, found := strings.Cut(line[indent:], "   ")
		if found {
			extra := len(name) - utf8.RuneCountInString(name)
			lines[i] = line[:indent] + name + strings.Repeat(" ", extra) + "   " + rest
		}
	}
	return strings.Join(lines, "")
}

func each(c *cobra.Command, do func(*cobra.Command)) {
	do(c)
	for _, child := range c.Commands() {
		each(child, do)
	}
}

func (w *world) helpCommand(root *cobra.Command) *cobra.Command {
	c := w.command("help", func(args []string) error {
		found, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return w.unknownVerb(root, args)
		}
		return found.Help()
	})
	c.GroupID = "support"
	return c
}

func flagError(_ *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		dashes := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dashes = "-"
		}
		return usage("usage-unknown-flag", locales.M{"Have": dashes + name})
	case errors.As(err, &missing):
		return usage("usage-flag-needs-value", locales.M{"Have": "--" + missing.GetFlag().Name})
	case errors.As(err, &invalid):
		return usage("usage-flag-value", locales.M{"Have": invalid.GetValue(), "Flag": "--" + invalid.GetFlag().Name})
	}
	return usage("usage-flags", locales.M{"Have": err.Error()})
}

// usageTemplate is the layout of a help page under its long description.
func (w *world) usageTemplate() string {
	heading := func(id string) string { return w.text("help." + id) }
	return heading("usage") + `
  {{if .Runnable}}{{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} ` + heading("verb") + `{{end}}{{if .HasExample}}

` + heading("examples") + `
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}{{$commands := .Commands}}{{if eq (len .Groups) 0}}

` + heading("verbs") + `{{range $commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{else}}{{range $group := .Groups}}

{{.Title}}{{range $commands}}{{if (and (eq .GroupID $group.ID) (or .IsAvailableCommand (eq .Name "help")))}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + heading("flags") + `
{{.LocalFlags | flagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + heading("global-flags") + `
{{.InheritedFlags | flagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

` + heading("more") + `{{end}}
`
}
