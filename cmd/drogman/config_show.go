package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"drogman/locales"
)

// configCommand shows the configuration in force: the file's values over the defaults.
func (w *world) configCommand() *cobra.Command {
	c := w.command("config", nil)
	var format string
	show := w.command("config show", func([]string) error {
		conf, err := w.loadConfig()
		if err != nil {
			return err
		}
		return w.showConfig(conf, format)
	})
	show.Args = w.noArgs
	show.Flags().StringVar(&format, "format", "text", w.text("flag.config-show.format"))
	c.AddCommand(show)
	return c
}

func (w *world) showConfig(c *config, format string) error {
	switch format {
	case "json":
		return writeJSON(w.out, struct {
			File string `json:"file"`
			*config
		}{c.file, c})
	case "text":
		file := c.file
		if file == "" {
			file = w.text("config-defaults")
		}
		body, err := yaml.Marshal(c)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "# %s\n%s", file, body)
		return err
	}
	return usage("usage-format", locales.M{"Have": format, "Want": "text, json"})
}

// writeJSON writes a value as indented JSON with its own letters, not \u escapes.
func writeJSON(to io.Writer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
