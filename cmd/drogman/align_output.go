package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline/align"
	"drogman/pipeline/bitext"
)

// alignSentences aligns two files of one sentence a line and makes a unit of each bead.
func (j *alignJob) alignSentences(a *alignment, options []align.Option) error {
	source, err := j.lines(a.pair.source)
	if err != nil {
		return err
	}
	target, err := j.lines(a.pair.target)
	if err != nil {
		return err
	}
	if j.source != nil {
		options = append(options, align.Marks(conceptsOf(source, j.source), conceptsOf(target, j.target)))
	}
	for _, b := range align.Align(source, target, options...) {
		id := fmt.Sprintf("%d::1", b.Source.Start+1)
		if b.Kind == align.Added {
			id = fmt.Sprintf("+%d::1", b.Target.Start+1)
		}
		u := bitext.Unit{
			ID: id, Document: a.pair.source, Languages: j.languages, Confidence: math.Round(b.Confidence*1e4) / 1e4,
			Source: strings.Join(source[b.Source.Start:b.Source.End], " "),
			Target: strings.Join(target[b.Target.Start:b.Target.End], " "),
			Fields: []bitext.Field{{Name: "bead", Value: shape(b)}, {Name: "kind", Value: b.Kind.String()}},
		}
		if u.Target != "" {
			u.State = bitext.Translated
		}
		a.units = append(a.units, u)
	}
	return nil
}

// shape is a bead's kind as the field writes it: 1-1, 2-1, 0-1.
func shape(b align.Bead) string { return fmt.Sprintf("%d-%d", b.Source.Len(), b.Target.Len()) }

func conceptsOf(sentences []string, m *glossary.Matcher) [][]string {
	marks := make([][]string, len(sentences))
	for i, s := range sentences {
		for _, o := range m.Find(s) {
			marks[i] = append(marks[i], o.Concept.ID)
		}
	}
	return marks
}

// lines reads a file of one sentence a line.
func (j *alignJob) lines(name string) ([]string, error) {
	data, err := j.readInput(name)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	if !utf8.Valid(data) {
		return nil, &fault{id: "align-not-utf8", file: name}
	}
	text := strings.TrimSuffix(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	if text == "" {
		return nil, nil
	}
	sentences := strings.Split(text, "\n")
	for i, s := range sentences {
		sentences[i] = strings.TrimSuffix(s, "\r")
	}
	return sentences, nil
}

// write writes the beads, or the units they make, that are sure enough.
func (j *alignJob) write(out io.Writer, a *alignment) error {
	if j.format.Name == "" {
		return j.writeBeads(out, a.beads)
	}
	to, err := bitext.NewWriter(out, j.format, bitext.Header{
		Languages: j.languages, Tool: "drogman", Version: buildVersion(), Original: a.pair.source,
	})
	if err != nil {
		return err
	}
	for i := range a.units {
		if a.units[i].Confidence < j.minConfidence {
			continue
		}
		if err := to.Write(a.units[i]); err != nil {
			return err
		}
	}
	return to.Close()
}

func (j *alignJob) writeBeads(out io.Writer, beads []align.Bead) error {
	w := bufio.NewWriter(out)
	for _, b := range beads {
		if b.Confidence >= j.minConfidence {
			fmt.Fprintf(w, "%s:%s\n", numbers(b.Source), numbers(b.Target))
		}
	}
	return w.Flush()
}

// numbers lists the sentences of a span: [3, 4].
func numbers(s align.Span) string {
	list := make([]string, 0, s.Len())
	for i := s.Start; i < s.End; i++ {
		list = append(list, fmt.Sprint(i))
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// report tells on stderr what came out: how many beads of each kind, how sure, which
// places to look at, and whether the texts seem to be translations at all. If they do
// not, it returns errFindings.
func (j *alignJob) report(a *alignment) error {
	kinds := map[string]int{}
	sum := 0.0
	for _, b := range a.beads {
		kinds[shape(b)]++
		sum += b.Confidence
	}
	names := slices.SortedFunc(keysOf(kinds), func(x, y string) int {
		return cmp.Or(cmp.Compare(kinds[y], kinds[x]), strings.Compare(x, y))
	})
	for i, n := range names {
		names[i] = fmt.Sprintf("%s × %d", n, kinds[n])
	}
	j.narrate("align-summary", locales.M{
		"Source": a.pair.source, "Target": a.pair.target, "Count": len(a.beads),
		"Kinds": strings.Join(names, ", "), "Percent": fmt.Sprintf("%.0f", 100*sum/float64(max(len(a.beads), 1))),
	})
	if align.Unrelated(a.beads) {
		j.complain(&fault{id: "align-unrelated", values: locales.M{"Source": a.pair.source, "Target": a.pair.target}})
		return errFindings
	}
	j.suspicious(a)
	return nil
}

func keysOf(m map[string]int) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// A bead is suspicious under this confidence; the worst few are named.
const (
	suspicion    = .5
	mostSuspects = 5
)

// suspicious names the places to look at first.
func (j *alignJob) suspicious(a *alignment) {
	var worst []align.Bead
	for _, b := range a.beads {
		if b.Confidence < suspicion {
			worst = append(worst, b)
		}
	}
	slices.SortStableFunc(worst, func(x, y align.Bead) int { return cmp.Compare(x.Confidence, y.Confidence) })
	for _, b := range worst[:min(len(worst), mostSuspects)] {
		j.narrate("align-suspicious", locales.M{
			"Source": a.pair.source, "SourceLine": b.Source.Start + 1, "Target": a.pair.target, "TargetLine": b.Target.Start + 1,
			"Kind": shape(b), "Percent": fmt.Sprintf("%.0f", 100*b.Confidence),
		})
	}
	if more := len(worst) - mostSuspects; more > 0 {
		j.narrate("align-suspicious-more", locales.M{"Count": more})
	}
}

// outcome is what came of one item of a batch.
type outcome[T any] struct {
	value T
	err   error
}

// inOrder does the work on items with so many workers and yields what came of them in
// their order. At most twice as many results as workers wait at any time.
func inOrder[I, T any](workers int, items []I, work func(I) (T, error)) iter.Seq[outcome[T]] {
	return func(yield func(outcome[T]) bool) {
		stop := make(chan struct{})
		defer close(stop)
		queue := make(chan chan outcome[T], workers)
		slots := make(chan struct{}, workers)
		go func() {
			defer close(queue)
			for _, item := range items {
				result := make(chan outcome[T], 1)
				select {
				case queue <- result:
				case <-stop:
					return
				}
				slots <- struct{}{}
				go func() {
					value, err := work(item)
					result <- outcome[T]{value, err}
					<-slots
				}()
			}
		}()
		for result := range queue {
			if !yield(<-result) {
				return
			}
		}
	}
}
