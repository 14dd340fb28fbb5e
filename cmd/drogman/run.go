package main

import (
	"errors"
	"iter"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/bitext"
	"drogman/pipeline/segment"
)

// runCommand is the main job: every configured document becomes bilingual files.
func (w *world) runCommand() *cobra.Command {
	var o runOptions
	c := w.command("run", func(args []string) error { return w.run(args, o) })
	flags := c.Flags()
	flags.StringVar(&o.out, "out", "", w.text("flag.run.out"))
	flags.StringSliceVar(&o.emit, "emit", nil, w.text("flag.run.emit"))
	flags.StringSliceVar(&o.glossary, "glossary", nil, w.text("flag.run.glossary"))
	flags.BoolVar(&o.pseudo, "pseudo", false, w.text("flag.run.pseudo"))
	w.readingFlags(flags, &o.reading)
	return c
}

type runOptions struct {
	reading
	out            string
	emit, glossary []string
	pseudo         bool
}

func (w *world) run(files []string, o runOptions) error {
	begun := w.now()
	conf, err := w.loadConfig()
	if err != nil {
		return err
	}
	path := filepath.Join(conf.dir, filepath.FromSlash(conf.Out))
	if o.out != "" {
		path = o.out
	}
	inputs, err := batchInputs(conf, files, o.reading, path)
	if err != nil {
		return err
	}
	job := &batchJob{world: w, inputs: inputs}
	if job.road, err = w.pipeline(conf, o.glossary); err != nil {
		return err
	}
	job.road.Pseudo = o.pseudo
	names := conf.Emit
	if len(o.emit) > 0 {
		names = o.emit
	}
	formats, err := w.emitFormats(names, job.road.Languages)
	if err != nil {
		return err
	}
	out, err := openFolder(path)
	if err != nil {
		return &fault{id: "output-failed", values: locales.M{"Have": path}, err: err}
	}
	defer out.Close()
	if err := job.do(out, formats, conf.Corpus); err != nil {
		return err
	}
	w.summary(job, path, w.now().Sub(begun).Seconds())
	if job.failed > 0 {
		return errReported
	}
	return nil
}

// pipeline makes the roads that a configuration describes.
func (w *world) pipeline(conf *config, glossaryFlag []string) (*pipeline.Pipeline, error) {
	p := &pipeline.Pipeline{Languages: bitext.Languages{Source: conf.Source, Target: conf.Target}}
	g, err := w.loadGlossary(conf, glossaryFlag)
	if err != nil {
		return nil, err
	}
	if p.Source, err = side(conf.Source, g,
		segment.WithAbbreviations(conf.Segment.Abbreviations...),
		segment.WithBreak(conf.Segment.Break...),
		segment.WithNoBreak(conf.Segment.NoBreak...)); err != nil {
		return nil, err
	}
	p.Target, err = side(conf.Target, g)
	return p, err
}

func side(lang language.Tag, g *glossary.Glossary, options ...segment.Option) (s pipeline.Side, err error) {
	if s.Segmenter, err = segment.New(lang, options...); err == nil && g != nil {
		s.Matcher, err = g.Compile(lang)
	}
	return s, err
}

// batchJob is one batch being done.
type batchJob struct {
	*world
	inputs []batchInput
	road   *pipeline.Pipeline

	tally           pipeline.Tally
	names           pipeline.Names
	suspects        pipeline.Suspects // of the document under way
	at              int               // the document under way
	begun           bool              // some of it was emitted
	broken          bool              // the rest of it is passed over
	documents       int               // done
	failed          int               // left out
	corpusIsPartial bool              // a document broke off after some of it was emitted
}

// do prepares every document and hands its units to an emitter for each format.
func (j *batchJob) do(out *folder, formats []outputFormat, corpus bool) error {
	emitters := make([]*emitter, len(formats))
	for i, f := range formats {
		emitters[i] = startEmitter(out, f, corpus)
	}
	var total int64
	for _, in := range j.inputs {
		total += in.size
	}
	progress := j.newProgress(total)
	for batch := range j.road.Prepare(j.jobs, j.sources()) {
		if j.ctx.Err() != nil {
			break
		}
		if !j.broken {
			progress.add(batch.Bytes)
			j.take(batch, emitters, progress)
		}
		if batch.Last {
			j.at++
			j.begun, j.broken, j.suspects = false, false, nil
		}
	}
	progress.end()
	return j.end(emitters)
}

// take counts a batch of the document under way and hands it to the emitters.
func (j *batchJob) take(batch pipeline.Batch, emitters []*emitter, progress *progress) {
	j.tally.Merge(batch.Tally)
	j.names.Merge(batch.Names)
	j.suspects.Merge(batch.Suspects)
	for _, e := range emitters {
		e.events <- emission{batch, j.inputs[j.at].stem}
	}
	switch {
	case batch.Err != nil:
		j.failed++
		j.broken = true
		j.corpusIsPartial = j.corpusIsPartial || j.begun
		progress.end()
		j.complain(&fault{id: "document-failed", file: batch.Source.Name, err: batch.Err})
	case batch.Last:
		j.documents++
		progress.end()
		j.warn(j.suspects)
		j.detail("run-document", locales.M{"Document": batch.Source.Name, "Stem": j.inputs[j.at].stem})
	default:
		j.begun = true
	}
}

// sources are the documents of the batch, in order.
func (j *batchJob) sources() iter.Seq[pipeline.Source] {
	return func(yield func(pipeline.Source) bool) {
		for _, in := range j.inputs {
			if !yield(in.Source) {
				return
			}
		}
	}
}

// end completes the emitters' files. Where a document broke off in the middle, or the
// batch was interrupted, the corpus files are not replaced.
func (j *batchJob) end(emitters []*emitter) error {
	interrupted := j.ctx.Err() != nil
	var failures []error
	for _, e := range emitters {
		failures = append(failures, e.end(!interrupted && !j.corpusIsPartial))
	}
	if interrupted {
		return errInterrupted
	}
	return errors.Join(failures...)
}

// kinds are the kinds of concepts, in the order in which the summary counts them.
var kinds = []glossary.Type{
	glossary.People, glossary.Places, glossary.Organisations, glossary.Works, glossary.Events, glossary.Terms, glossary.Keep,
}

// summary tells what the batch held.
func (w *world) summary(j *batchJob, path string, seconds float64) {
	var counts []string
	terms := 0
	for _, kind := range kinds {
		if n := j.tally.Terms[string(kind)]; n > 0 {
			terms += n
			counts = append(counts, w.say.Text("run-kind-"+string(kind), locales.M{"Count": n}))
		}
	}
	w.narrate("run-summary", locales.M{
		"Documents": w.say.Text("run-documents", locales.M{"Count": j.documents}),
		"Segments":  w.say.Text("run-segments", locales.M{"Count": j.tally.Segments}),
		"Words":     w.say.Text("run-words", locales.M{"Count": j.tally.Words}),
		"Folder":    path, "Seconds": seconds,
	})
	if j.tally.Translated > 0 && !j.road.Pseudo {
		w.narrate("run-translated", locales.M{"Have": j.tally.Translated, "Count": j.tally.Segments})
	}
	if terms > 0 {
		w.narrate("run-terms", locales.M{"Count": terms, "Kinds": strings.Join(counts, ", ")})
	}
	if top, all := j.names.Top(8); all > 0 {
		var names []string
		for _, n := range top {
			names = append(names, w.say.Text("run-name", locales.M{"Name": n.Text, "Times": n.Count}))
		}
		w.narrate("run-names", locales.M{"Count": all, "Names": strings.Join(names, ", "), "More": all - len(top)})
	}
}
