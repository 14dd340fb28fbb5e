package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/align"
	"drogman/pipeline/align/words"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
)

// beadsFormat is the format of align that is no bilingual file: one bead a line, as the
// lists of its sentence numbers.
const beadsFormat = "beads"

type alignOptions struct {
	source, target, pairs       string
	sourceLang, targetLang      string
	sentences, crossing         bool
	format, outFolder, encoding string
	review, decisions           string
	lexicons, glossaries        []string
	minConfidence               float64
}

// alignCommand pairs the sentences of texts and their finished translations.
func (w *world) alignCommand() *cobra.Command {
	var o alignOptions
	c := w.command("align", func([]string) error { return w.align(&o) })
	c.Args = w.noArgs
	flags := c.Flags()
	flags.StringVar(&o.source, "source", "", w.text("flag.align.source"))
	flags.StringVar(&o.target, "target", "", w.text("flag.align.target"))
	flags.StringVar(&o.pairs, "pairs", "", w.text("flag.align.pairs"))
	flags.StringVar(&o.sourceLang, "source-lang", "", w.text("flag.align.source-lang"))
	flags.StringVar(&o.targetLang, "target-lang", "", w.text("flag.align.target-lang"))
	flags.BoolVar(&o.sentences, "sentences", false, w.text("flag.align.sentences"))
	flags.BoolVar(&o.crossing, "crossing", false, w.text("flag.align.crossing"))
	flags.StringVar(&o.format, "format", "tsv", w.text("flag.align.format"))
	flags.StringVar(&o.outFolder, "out", "", w.text("flag.align.out"))
	flags.StringVar(&o.encoding, "encoding", "", w.text("flag.run.encoding"))
	flags.StringVar(&o.review, "review", "", w.text("flag.align.review"))
	flags.StringVar(&o.decisions, "decisions", "", w.text("flag.align.decisions"))
	flags.StringSliceVar(&o.lexicons, "lexicon", nil, w.text("flag.align.lexicon"))
	flags.StringSliceVar(&o.glossaries, "glossary", nil, w.text("flag.run.glossary"))
	flags.Float64Var(&o.minConfidence, "min-confidence", 0, w.text("flag.align.min-confidence"))
	return c
}

func (w *world) align(o *alignOptions) error {
	conf, err := w.loadConfig()
	if err != nil {
		return err
	}
	if err := o.setLanguages(conf); err != nil {
		return err
	}
	languages := bitext.Languages{Source: conf.Source, Target: conf.Target}
	pairs, batch, err := w.alignPairs(o, languages)
	if err != nil {
		return err
	}
	switch {
	case batch && (o.outFolder == "" || o.review != "" || o.decisions != ""):
		return usage("usage-align-batch", nil)
	case o.review != "" && o.outFolder != "":
		return usage("usage-align-review", nil)
	}
	job, err := w.newAlignJob(o, conf)
	if err != nil {
		return err
	}
	if o.outFolder == "" {
		return job.one(pairs[0], w.out)
	}
	return job.all(pairs)
}

// alignJob is what every pair of a batch is aligned with.
type alignJob struct {
	*world
	*alignOptions
	languages bitext.Languages
	road      *pipeline.Pipeline // nil where the inputs are sentences
	source    *glossary.Matcher  // nil without a glossary
	target    *glossary.Matcher
	format    bitext.Format // zero for beads
	options   []align.Option
	before    *align.Decisions // what a person decided before; may be nil
}

func (w *world) newAlignJob(o *alignOptions, conf *config) (*alignJob, error) {
	j := &alignJob{world: w, alignOptions: o, languages: bitext.Languages{Source: conf.Source, Target: conf.Target}}
	if !(o.minConfidence >= 0 && o.minConfidence <= 1) {
		return nil, usage("usage-align-confidence", locales.M{"Have": o.minConfidence})
	}
	if o.format != beadsFormat {
		f, ok := bilingualFormat(o.format)
		if !ok {
			names := append([]string{beadsFormat}, emitNames()[1:]...)
			return nil, usage("usage-unknown-format", locales.M{"Have": o.format, "Want": strings.Join(names, ", ")})
		}
		j.format = f
	}
	if err := j.loadKnowledge(); err != nil {
		return nil, err
	}
	if !o.sentences {
		road, err := w.pipeline(conf, o.glossaries)
		j.road = road
		return j, err
	}
	return j, j.loadMatchers(conf)
}

func (o *alignOptions) setLanguages(conf *config) (err error) {
	for _, l := range []struct {
		flag string
		tag  *language.Tag
	}{{o.sourceLang, &conf.Source}, {o.targetLang, &conf.Target}} {
		if l.flag != "" && err == nil {
			*l.tag, err = parseLanguage(l.flag)
		}
	}
	return err
}

// loadKnowledge collects what the aligner is told beforehand: the list of common words,
// the user's word pairs and decisions.
func (j *alignJob) loadKnowledge() error {
	j.options = []align.Option{align.LexiconFor(words.For(j.languages.Source, j.languages.Target))}
	if j.crossing {
		j.options = append(j.options, align.Crossing())
	}
	for _, name := range j.lexicons {
		pairs, err := j.wordPairs(name)
		if err != nil {
			return err
		}
		j.options = append(j.options, align.Lexicon(slices.Values(pairs)))
	}
	if j.decisions == "" {
		return nil
	}
	return readFile(j.decisions, func(r io.Reader) error {
		d, err := align.ReadDecisions(r, j.decisions)
		j.before, j.options = d, append(j.options, align.Decided(d))
		return err
	})
}

// wordPairs reads word pairs, or learns them from a bilingual file. A table of tabs is a
// list of words unless it has the header of a bilingual one.
func (j *alignJob) wordPairs(name string) ([]align.Pair, error) {
	format, err := bitext.FormatFor(filepath.Base(name))
	if err == nil && format.Reads() && format.Name != "tsv" {
		return j.learntPairs(name, format)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	text, _, err := document.Decode(data, "")
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	if format.Name == "tsv" && strings.HasPrefix(text, "id\tsource\ttarget") {
		return j.learntPairs(name, format)
	}
	return align.ReadPairs(strings.NewReader(text), name)
}

// learntPairs are the word pairs that the units of a file teach, those of the other
// direction too.
func (j *alignJob) learntPairs(name string, format bitext.Format) ([]align.Pair, error) {
	units, err := appendUnits(nil, name, format)
	var sources, targets []string
	for _, u := range units {
		if sameBase(u.Languages.Source, j.languages.Target) && sameBase(u.Languages.Target, j.languages.Source) {
			u.Source, u.Target = u.Target, u.Source
		}
		if u.Source != "" && u.Target != "" {
			sources, targets = append(sources, u.Source), append(targets, u.Target)
		}
	}
	return align.Learn(sources, targets), err
}

// sameBase reports whether two tags name one language, whatever the region.
func sameBase(a, b language.Tag) bool {
	x, _ := a.Base()
	y, _ := b.Base()
	return x == y
}

func readFile(name string, read func(io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return &fault{id: "document-failed", file: name, err: err}
	}
	defer f.Close()
	return read(f)
}

func (j *alignJob) loadMatchers(conf *config) error {
	g, err := j.loadGlossary(conf, j.glossaries)
	if err != nil || g == nil {
		return err
	}
	if j.source, err = g.Compile(conf.Source); err != nil {
		return err
	}
	j.target, err = g.Compile(conf.Target)
	return err
}

// alignment is one pair, aligned.
type alignment struct {
	pair           alignPair
	source, target []string
	beads          []align.Bead
	decided        []align.Bead // those of the beads that a person had decided
	units          []bitext.Unit
	// sourceLine and targetLine are the lines on which a sentence begins, from 1; 0 where
	// the document has none.
	sourceLine, targetLine func(sentence int) int
}

// do aligns one pair.
func (j *alignJob) do(p alignPair) (*alignment, error) {
	next := func(sentence int) int { return sentence + 1 } // one sentence a line
	a := &alignment{pair: p, sourceLine: next, targetLine: next}
	options := append(slices.Clip(j.options), align.Observe(func(source, target []string, beads []align.Bead) {
		a.source, a.target, a.beads = source, target, beads
	}))
	if err := j.sides(a, options); err != nil {
		return nil, err
	}
	return a, j.recall(a)
}

// sides reads the two sides and aligns them.
func (j *alignJob) sides(a *alignment, options []align.Option) error {
	if j.sentences {
		return j.alignSentences(a, options)
	}
	source, err := j.document(a.pair.source)
	if err != nil {
		return err
	}
	target, err := j.document(a.pair.target)
	if err != nil {
		return err
	}
	done := j.road.Align(source, target, options...)
	a.units, a.sourceLine, a.targetLine = done.Units, done.Source.Line, done.Target.Line
	return nil
}

// recall finds which beads had been decided, and says how many were. Decisions of which
// none fits are those of other texts.
func (j *alignJob) recall(a *alignment) error {
	if j.before == nil || len(j.before.Beads) == 0 {
		return nil
	}
	kept := map[align.Bead]bool{}
	for _, b := range j.before.Find(a.source, a.target) {
		kept[b] = true
	}
	for _, b := range a.beads {
		if kept[b] {
			a.decided = append(a.decided, b)
		}
	}
	if len(a.decided) == 0 {
		return &usageError{id: "align-decisions-foreign", values: locales.M{"Source": a.pair.source, "Target": a.pair.target}, file: j.decisions}
	}
	if len(a.decided) < len(j.before.Beads) {
		j.narrate("align-decided-some", locales.M{"Count": len(a.decided), "Total": len(j.before.Beads)})
	} else {
		j.narrate("align-decided", locales.M{"Count": len(a.decided)})
	}
	return nil
}

func (j *alignJob) document(name string) (*document.Document, error) {
	data, err := j.readInput(name)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	o := document.Options{Encoding: j.encoding}
	if _, known := document.FormatFor(name); !known {
		o.Format = "text"
	}
	d, err := document.Open(data, name, o)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	return d, nil
}

// readInput reads a whole file, or standard input for "-".
func (j *alignJob) readInput(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(j.in)
	}
	return os.ReadFile(name)
}

// all aligns a batch into the output folder, the pairs spread over the workers.
func (j *alignJob) all(pairs []alignPair) error {
	out, err := openFolder(j.outFolder)
	if err != nil {
		return &fault{id: "output-failed", values: locales.M{"Have": j.outFolder}, err: err}
	}
	defer out.Close()
	failed, doubtful := false, false
	for r := range inOrder(j.jobs, pairs, func(p alignPair) (*alignment, error) {
		if j.ctx.Err() != nil {
			return nil, errInterrupted
		}
		return j.do(p)
	}) {
		err := r.err
		if err == nil {
			err = j.save(out, r.value)
		}
		switch {
		case errors.Is(err, errInterrupted):
			return errInterrupted
		case errors.Is(err, errFindings):
			doubtful = true
		case err != nil:
			failed = true
			j.complain(err)
		}
	}
	switch {
	case failed:
		return errReported
	case doubtful:
		return errFindings
	}
	return nil
}

// save writes the alignment of a batch's pair.
func (j *alignJob) save(out *folder, a *alignment) error {
	extension := ".beads"
	if j.format.Name != "" {
		extension = j.format.Extensions[0]
	}
	file, err := out.create(a.pair.stem + extension)
	if err != nil {
		return err
	}
	defer file.Abort()
	if err := j.write(file, a); err != nil {
		return err
	}
	if err := file.Commit(); err != nil {
		return err
	}
	return j.report(a)
}

// one aligns a single pair to an output stream, or to a page for review.
func (j *alignJob) one(p alignPair, out io.Writer) error {
	a, err := j.do(p)
	if err != nil {
		return err
	}
	switch j.review {
	case "":
		err = j.write(out, a)
	case "-":
		err = j.writeReview(out, a)
	default:
		if err = writeFile(j.review, func(to io.Writer) error { return j.writeReview(to, a) }); err == nil {
			j.narrate("align-review-written", locales.M{"Have": j.review})
		}
	}
	if err != nil {
		return err
	}
	return j.report(a)
}
