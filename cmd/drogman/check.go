package main

import (
	"errors"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
	"drogman/pipeline/document"
	"drogman/pipeline/report"
)

// checkCommand judges translations and reports what is wrong with them.
func (w *world) checkCommand() *cobra.Command {
	var o checkOptions
	c := w.command("check", func(args []string) error { return w.check(args, o) })
	flags := c.Flags()
	flags.StringSliceVar(&o.glossary, "glossary", nil, w.text("flag.check.glossary"))
	flags.StringVar(&o.format, "format", "text", w.text("flag.check.format"))
	flags.StringVar(&o.from, "from", "", w.text("flag.check.from"))
	flags.StringVar(&o.encoding, "encoding", "", w.text("flag.check.encoding"))
	flags.StringVar(&o.source, "source", "", w.text("flag.check.source"))
	flags.StringVar(&o.target, "target", "", w.text("flag.check.target"))
	flags.StringVar(&o.failOn, "fail-on", "error", w.text("flag.check.fail-on"))
	flags.StringVar(&o.show, "show", "advisory", w.text("flag.check.show"))
	flags.StringToStringVar(&o.rules, "rule", nil, w.text("flag.check.rule"))
	flags.StringVar(&o.baseline, "baseline", "", w.text("flag.check.baseline"))
	flags.StringVar(&o.writeBaseline, "write-baseline", "", w.text("flag.check.write-baseline"))
	flags.StringVar(&o.waivers, "waivers", "", w.text("flag.check.waivers"))
	flags.BoolVar(&o.compare, "compare", false, w.text("flag.check.compare"))
	return c
}

type checkOptions struct {
	glossary                         []string
	format, from, source, target     string
	encoding                         string
	failOn, show                     string
	rules                            map[string]string
	baseline, writeBaseline, waivers string
	compare                          bool
}

// checkJob is one run of the verb.
type checkJob struct {
	*world
	o       checkOptions
	conf    *config
	road    *pipeline.Pipeline
	checker *check.Checker
	report  report.Options
	failOn  check.Severity // Off: never
	show    check.Severity
	broken  bool // a part of the input could not be read
}

func (w *world) check(files []string, o checkOptions) error {
	job, err := w.newCheckJob(o)
	if err != nil {
		return err
	}
	if o.compare {
		return job.compare(files)
	}
	if (o.source == "") != (o.target == "") || o.source != "" && len(files) > 0 {
		return usage("usage-check-sides", nil)
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	if o.source != "" {
		files = []string{o.target}
	}
	return job.run(files)
}

func (w *world) newCheckJob(o checkOptions) (*checkJob, error) {
	j := &checkJob{world: w, o: o}
	if !slices.Contains(report.Formats, o.format) {
		return nil, usage("usage-format", locales.M{"Have": o.format, "Want": strings.Join(report.Formats, ", ")})
	}
	var err error
	if j.conf, err = w.loadConfig(); err != nil {
		return nil, err
	}
	if j.failOn, err = parseSeverity(strings.Replace(o.failOn, "never", "off", 1)); err != nil {
		return nil, err
	}
	if j.show, err = parseSeverity(o.show); err != nil {
		return nil, err
	}
	severities, err := j.severities()
	if err != nil {
		return nil, err
	}
	g, err := w.loadGlossary(j.conf, o.glossary)
	if err != nil {
		return nil, err
	}
	languages := bitext.Languages{Source: j.conf.Source, Target: j.conf.Target}
	j.checker, err = check.New(check.Options{Glossary: g, Languages: languages, Severity: severities, Jobs: w.jobs})
	if err != nil {
		return nil, refused(err)
	}
	if o.source != "" {
		if j.road, err = w.pipeline(j.conf, o.glossary); err != nil {
			return nil, err
		}
	}
	j.report = report.Options{
		Say: w.say.Text, Reader: w.say.Language().String(), Color: w.colored(w.out), Version: buildVersion(),
		Title: w.text("report.title"), Languages: languages, Glossary: g,
	}
	return j, nil
}

// severities are those of the configuration, then those of the command line.
func (j *checkJob) severities() (map[string]check.Severity, error) {
	severities := map[string]check.Severity{}
	for _, given := range []map[string]string{j.conf.Check, j.o.rules} {
		for code, name := range given {
			severity, err := parseSeverity(name)
			if err != nil {
				return nil, err
			}
			severities[code] = severity
		}
	}
	return severities, nil
}

func parseSeverity(name string) (check.Severity, error) {
	var s check.Severity
	if err := s.UnmarshalText([]byte(name)); err != nil {
		return s, usage("usage-severity", locales.M{"Have": name})
	}
	return s, nil
}

// refused turns faults of the options and of the files beside them into faults of the
// command line.
func refused(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, one := range joined.Unwrap() {
			all = append(all, refused(one))
		}
		return errors.Join(all...)
	}
	var f *check.Fault
	if errors.As(err, &f) {
		return &usageError{id: f.Code, values: locales.M{"Have": f.Have}, file: f.File, line: f.Line, column: f.Column}
	}
	return err
}

// run checks files and writes one report.
func (j *checkJob) run(files []string) error {
	gate, err := j.newGate()
	if err != nil {
		return refused(err)
	}
	out, err := report.New(j.out, j.o.format, j.report)
	if err != nil {
		return err
	}
	batch := j.checker.Batch()
	for f, err := range batch.Findings(j.units(files)) {
		if j.ctx.Err() != nil {
			return errInterrupted
		}
		if err != nil {
			j.broken = true
			j.complain(err)
			continue
		}
		if !gate.passes(&f) {
			continue
		}
		if err := out.Add(f); err != nil {
			return err
		}
	}
	for _, f := range gate.waivers.Stale(j.now()) {
		gate.worst = max(gate.worst, f.Severity)
		if err := out.Add(f); err != nil {
			return err
		}
	}
	scores := batch.Scores()
	if err := out.Close(report.Summary{Files: files, Scores: &scores, Silenced: gate.silenced}); err != nil {
		return err
	}
	if err := gate.close(); err != nil {
		return err
	}
	switch {
	case j.broken:
		return errReported
	case j.failOn != check.Off && gate.worst >= j.failOn:
		return errFindings
	}
	return nil
}

// gate lets through the findings that are to be reported.
type gate struct {
	*checkJob
	known    check.Baseline // nil: none
	fresh    check.Baseline // to be written
	waivers  check.Waivers
	silenced int
	worst    check.Severity
}

func (j *checkJob) newGate() (*gate, error) {
	g := &gate{checkJob: j, fresh: check.Baseline{}}
	if j.o.baseline != "" {
		file, err := os.Open(j.o.baseline)
		if err != nil {
			return nil, usage("config-unreadable", locales.M{"Have": j.o.baseline, "Cause": j.tell(err)})
		}
		defer file.Close()
		if g.known, err = check.ReadBaseline(file, j.o.baseline); err != nil {
			return nil, err
		}
	}
	if j.o.waivers != "" {
		data, err := os.ReadFile(j.o.waivers)
		if err != nil {
			return nil, usage("config-unreadable", locales.M{"Have": j.o.waivers, "Cause": j.tell(err)})
		}
		if g.waivers, err = check.ReadWaivers(data, j.o.waivers); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (g *gate) passes(f *check.Finding) bool {
	g.fresh.Add(f)
	if g.waivers.Covers(f, g.now()) || g.known.Take(f) {
		g.silenced++
		return false
	}
	if f.Severity < g.show {
		return false
	}
	g.worst = max(g.worst, f.Severity)
	return true
}

// close writes the new baseline, if one was asked for.
func (g *gate) close() error {
	if g.o.writeBaseline == "" {
		return nil
	}
	var text strings.Builder
	if err := g.fresh.Write(&text); err != nil {
		return err
	}
	if err := os.WriteFile(g.o.writeBaseline, []byte(text.String()), 0o644); err != nil {
		return &fault{id: "output-failed", values: locales.M{"Have": g.o.writeBaseline}, err: err}
	}
	return nil
}

// units streams the units of bilingual files, or of two documents aligned.
func (j *checkJob) units(files []string) iter.Seq2[bitext.Unit, error] {
	if j.road != nil {
		return j.aligned()
	}
	return func(yield func(bitext.Unit, error) bool) {
		for _, name := range files {
			for u, err := range j.read(name) {
				if u.Place.File == "" {
					u.Place.File = name
				}
				if !yield(u, err) {
					return
				}
			}
		}
	}
}

// read streams the units of one file; "-" is standard input.
func (j *checkJob) read(name string) iter.Seq2[bitext.Unit, error] {
	failed := func(err error) iter.Seq2[bitext.Unit, error] {
		return func(yield func(bitext.Unit, error) bool) { yield(bitext.Unit{}, err) }
	}
	var in io.Reader = j.in
	hint := name
	if name == "-" {
		hint = "tsv"
	} else {
		file, err := os.Open(name)
		if err != nil {
			return failed(&fault{id: "document-failed", file: name, err: err})
		}
		in = file
	}
	if j.o.from != "" {
		hint = j.o.from
	}
	format, err := bitext.FormatFor(hint)
	if err != nil {
		return failed(err)
	}
	return func(yield func(bitext.Unit, error) bool) {
		if c, ok := in.(io.Closer); ok && name != "-" {
			defer c.Close()
		}
		bitext.ReadWith(in, name, format, bitext.ReadOptions{Encoding: j.o.encoding})(yield)
	}
}

// aligned streams the units of two documents.
func (j *checkJob) aligned() iter.Seq2[bitext.Unit, error] {
	options := document.Options{Encoding: j.o.encoding}
	target := fileNamed(j.o.target, j.o.target, options)
	source := pipeline.Source{File: fileNamed(j.o.source, j.o.source, options), Translation: &target}
	return func(yield func(bitext.Unit, error) bool) {
		for batch := range j.road.Prepare(j.jobs, slices.Values([]pipeline.Source{source})) {
			for _, u := range batch.Units {
				u.Place.File = j.o.target
				if !yield(u, nil) {
					return
				}
			}
			if batch.Err != nil && !yield(bitext.Unit{}, &fault{id: "document-failed", file: j.o.source, err: batch.Err}) {
				return
			}
		}
	}
}

// compare checks two deliveries and shows their scores side by side.
func (j *checkJob) compare(files []string) error {
	if len(files) != 2 {
		return usage("usage-check-compare", nil)
	}
	var sides [2]report.Delivery
	for i, name := range files {
		sides[i] = report.Delivery{Name: name, Counts: map[string]int{}}
		batch := j.checker.Batch()
		for f, err := range batch.Findings(j.units([]string{name})) {
			if err != nil {
				j.broken = true
				j.complain(err)
			} else if f.Severity >= check.Warning {
				sides[i].Counts[f.Code]++
			}
		}
		sides[i].Scores = batch.Scores()
	}
	if err := report.Compare(j.out, j.o.format, j.report, sides[0], sides[1]); err != nil {
		if errors.Is(err, report.ErrFormat) {
			return usage("usage-format", locales.M{"Have": j.o.format, "Want": "text, json"})
		}
		return err
	}
	if j.broken {
		return errReported
	}
	return nil
}
