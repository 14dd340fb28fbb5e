package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
)

// annotateCommand is the filter text → segments with their terms, as JSON Lines.
func (w *world) annotateCommand() *cobra.Command {
	var lang, format, encoding string
	var glossaries []string
	c := w.command("annotate", func(args []string) error {
		if format != "jsonl" {
			return usage("usage-format", locales.M{"Have": format, "Want": "jsonl"})
		}
		conf, err := w.loadConfig()
		if err != nil {
			return err
		}
		if lang != "" {
			if conf.Source, err = parseLanguage(lang); err != nil {
				return err
			}
		}
		road, err := w.pipeline(conf, glossaries)
		if err != nil {
			return err
		}
		if road.Source.Matcher == nil {
			return usage("usage-no-glossary", nil)
		}
		return w.annotate(road, args, document.Options{Encoding: encoding})
	})
	flags := c.Flags()
	flags.StringVarP(&lang, "language", "l", "", w.text("flag.annotate.language"))
	flags.StringSliceVar(&glossaries, "glossary", nil, w.text("flag.annotate.glossary"))
	flags.StringVar(&format, "format", "jsonl", w.text("flag.annotate.format"))
	flags.StringVar(&encoding, "encoding", "", w.text("flag.run.encoding"))
	return c
}

func (w *world) annotate(p *pipeline.Pipeline, files []string, options document.Options) error {
	out := bufio.NewWriter(w.out)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	failed := false
	for batch := range p.Prepare(w.jobs, w.sources(files, options)) {
		if w.ctx.Err() != nil {
			return errInterrupted
		}
		for i := range batch.Units {
			if err := encoder.Encode(annotation(&batch.Units[i])); err != nil {
				return err
			}
		}
		if batch.Err != nil {
			failed = true
			w.complain(&fault{id: "document-failed", file: batch.Source.Name, err: batch.Err})
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

// annotated is one line of the output: a contract with other people's scripts.
type annotated struct {
	ID     string          `json:"id"`
	Source string          `json:"source"`
	Terms  []annotatedTerm `json:"terms"`
}

type annotatedTerm struct {
	Concept string `json:"concept"`
	Start   int    `json:"start"` // bytes in source
	End     int    `json:"end"`
	Surface string `json:"surface"`
	Target  string `json:"target"`
	Nested  bool   `json:"nested,omitempty"`
}

func annotation(u *bitext.Unit) annotated {
	a := annotated{ID: u.ID, Source: u.Source, Terms: []annotatedTerm{}}
	for _, t := range u.Terms {
		a.Terms = append(a.Terms, annotatedTerm{t.Concept, t.Span.Start, t.Span.End, t.Surface, t.Target, t.Nested})
	}
	return a
}

// sources are the files named, or standard input for "-" or none, as plain text where
// the name says nothing else.
func (w *world) sources(files []string, o document.Options) func(yield func(pipeline.Source) bool) {
	if len(files) == 0 {
		files = []string{"-"}
	}
	return func(yield func(pipeline.Source) bool) {
		for _, name := range files {
			s := pipeline.Source{File: fileNamed(name, name, o)}
			if name == "-" {
				s.Open = func() (io.ReadCloser, error) { return io.NopCloser(w.in), nil }
			}
			if _, known := document.FormatFor(name); !known {
				s.Options.Format = "text"
			}
			if !yield(s) {
				return
			}
		}
	}
}

// fileNamed is the file at path, under the name that units and messages give it.
func fileNamed(name, path string, o document.Options) pipeline.File {
	return pipeline.File{Name: name, Options: o, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

func parseLanguage(name string) (language.Tag, error) {
	tag, err := language.Parse(name)
	if err != nil {
		return tag, usage("usage-language", locales.M{"Have": name})
	}
	return tag, nil
}

// loadGlossary loads the files named by a flag, else those of the configuration; nil if
// there are none.
func (w *world) loadGlossary(conf *config, flag []string) (*glossary.Glossary, error) {
	files, err := glossaryFiles(conf, flag)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return glossary.LoadFiles(files...)
}

// glossaryFiles are the files named by a flag, else those of the configuration.
func glossaryFiles(conf *config, flag []string) ([]string, error) {
	patterns, dir := flag, ""
	if len(patterns) == 0 {
		patterns, dir = conf.Glossary, conf.dir
	}
	var files []string
	for _, pattern := range patterns {
		found, err := expand(dir, pattern)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 && (len(flag) > 0 || conf.file != "") {
			return nil, usage("usage-no-match", locales.M{"Have": pattern})
		}
		files = append(files, found...)
	}
	return files, nil
}
