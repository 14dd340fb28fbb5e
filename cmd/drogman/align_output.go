package main

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"

	"drogman/pipeline"
	"drogman/pipeline/align"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
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
		options = append(options, align.Marks(pipeline.Marks(source, j.source, target, j.target)))
	}
	for _, b := range align.Align(source, target, options...) {
		id := fmt.Sprintf("%d::1", b.Source.Start+1)
		if b.Kind == align.Added {
			id = fmt.Sprintf("+%d::1", b.Target.Start+1)
		}
		u := pipeline.BeadUnit(b, strings.Join(target[b.Target.Start:b.Target.End], " "))
		u.ID, u.Document, u.Languages = id, a.pair.source, j.languages
		u.Source = strings.Join(source[b.Source.Start:b.Source.End], " ")
		a.units = append(a.units, u)
	}
	return nil
}

// lines reads a file of one sentence a line.
func (j *alignJob) lines(name string) ([]string, error) {
	data, err := j.readInput(name)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	text, _, err := document.Decode(data, j.encoding)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	text = strings.TrimSuffix(text, "\n")
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
