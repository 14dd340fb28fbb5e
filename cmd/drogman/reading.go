package main

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/pflag"

	"drogman/locales"
	"drogman/pipeline/document"
)

// reading is how documents are to be read, as flags or drogman.yaml say.
type reading struct {
	encoding string
	profile  string   // press, or empty
	rules    string   // a file: what the elements of an XML document are
	keys     []string // of a catalogue
	comments bool
}

// readingFlags adds the flags of a verb that opens documents.
func (w *world) readingFlags(flags *pflag.FlagSet, r *reading) {
	flags.StringVar(&r.encoding, "encoding", "", w.text("flag.run.encoding"))
	flags.StringVar(&r.profile, "profile", "", w.text("flag.merge.profile"))
	flags.StringVar(&r.rules, "rules", "", w.text("flag.merge.rules"))
}

// over is r, completed by what base says and r does not.
func (r reading) over(base reading) reading {
	base.encoding = cmp.Or(r.encoding, base.encoding)
	base.profile = cmp.Or(r.profile, base.profile)
	base.rules = cmp.Or(r.rules, base.rules)
	return base
}

// options are those for opening a document.
func (r reading) options() (document.Options, error) {
	o := document.Options{Encoding: r.encoding, Keys: r.keys, Comments: r.comments, Press: r.profile == "press"}
	if r.profile != "" && r.profile != "press" {
		return o, usage("usage-profile", locales.M{"Have": r.profile, "Want": "press"})
	}
	if r.rules == "" {
		return o, nil
	}
	data, err := readSmall(r.rules, maxConfig)
	if err != nil {
		return o, &fault{id: "document-failed", file: r.rules, err: err}
	}
	o.Rules, err = document.ParseRules(data, r.rules)
	return o, err
}

// reading is what drogman.yaml says of documents under one glob.
func (in input) reading(dir string) reading {
	r := reading{encoding: in.Encoding, profile: in.Profile, keys: in.Keys, comments: in.Comments}
	if in.Rules != "" {
		r.rules = within(dir, in.Rules)
	}
	return r
}

// inputOf is the first input of the configuration whose pattern matches a file, and
// whether there is one.
func (c *config) inputOf(file string) (input, bool) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return input{}, false
	}
	for _, in := range c.Input {
		pattern, err := filepath.Abs(within(c.dir, in.Path))
		if err != nil {
			continue
		}
		if match, err := doublestar.PathMatch(pattern, absolute); match && err == nil {
			return in, true
		}
	}
	return input{}, false
}

// within is a path of the configuration seen from the working directory.
func within(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, filepath.FromSlash(path))
}

// readingOf is what the configuration says of one document.
func (c *config) readingOf(file string) reading {
	in, ok := c.inputOf(file)
	if !ok {
		return reading{}
	}
	return in.reading(c.dir)
}

// outputOf is where the configuration puts the translation of a document; "-", standard
// output, where it does not say.
func (c *config) outputOf(file string) string {
	in, ok := c.inputOf(file)
	if !ok || in.Output == "" {
		return "-"
	}
	return within(c.dir, strings.ReplaceAll(in.Output, "{path}", underGlob(c.dir, in.Path, file)))
}
