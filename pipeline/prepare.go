// Package pipeline is the roads of the house: what happens to a document from end to end.
//
//	Prepare   document → blocks → segments → occurrences → units
//	Align     source document + target document → segments × segments → beads → units
//	Merge     original bilingual file + units → the same file with their targets
//
// A road joins the packages below it and holds no algorithm of its own. All roads stream:
// memory does not grow with the number of documents, nor, for text, with their size; and
// what comes out does not depend on the number of workers.
package pipeline

import (
	"fmt"
	"io"
	"iter"
	"runtime/debug"

	"drogman/glossary"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
	"drogman/pipeline/segment"
)

// Pipeline is what the roads know of the two languages. It is immutable and safe for
// concurrent use.
type Pipeline struct {
	Languages      bitext.Languages
	Source, Target Side
	// Pseudo fills the targets that Prepare leaves empty with a pseudo-translation, which
	// shows whether documents survive being translated.
	Pseudo bool
}

// Side is what is known of one language.
type Side struct {
	Segmenter *segment.Segmenter
	Matcher   *glossary.Matcher // nil: no terms are marked
}

// Source is a document to be read.
type Source struct {
	File
	Translation *File // finished, to be aligned with; nil: none
}

// File is a name, for units and messages, and how to open what bears it.
type File struct {
	Name    string
	Open    func() (io.ReadCloser, error)
	Options document.Options
}

// Batch is a run of units of one document, in order. A document is one or more batches,
// the last one marked; what follows an error in it is of no use.
type Batch struct {
	Source   Source
	Units    []bitext.Unit
	Tally    Tally
	Names    Names
	Suspects Suspects
	Bytes    int // of text that the batch was made from
	Last     bool
	Err      error

	blocks []document.Block
}

// batchBytes is how much text is handed to a worker at once: enough to make the handing
// over cheap, little enough to keep memory small and every worker busy.
const batchBytes = 64 << 10

// Prepare reads the sources one after another and yields their units in order, the work
// spread over the given number of workers. A source with a translation is aligned.
func (p *Pipeline) Prepare(workers int, sources iter.Seq[Source]) iter.Seq[Batch] {
	return ordered(workers, batches(sources), p.prepare)
}

// prepare makes the units of one batch. A fault of ours in one document is that
// document's error, not the end of the whole batch.
func (p *Pipeline) prepare(b Batch) (done Batch) {
	defer func() {
		if value := recover(); value != nil {
			done = Batch{Source: b.Source, Last: b.Last, Err: &Crash{Value: value, Stack: debug.Stack()}}
		}
	}()
	if b.Source.Translation != nil && b.Err == nil {
		b.Err = p.alignFiles(&b)
	}
	b.Suspects.add(&b.Source.File, b.blocks)
	for i := range b.blocks {
		b.Units = append(b.Units, p.Units(b.Source.Name, &b.blocks[i])...)
	}
	b.blocks = nil
	for i := range b.Units {
		b.Tally.Add(&b.Units[i])
		b.Names.Add(&b.Units[i])
	}
	return b
}

// Crash is a fault of the program that a document brought to light.
type Crash struct {
	Value any    // what was panicked with
	Stack []byte // of the goroutine
}

func (c *Crash) Error() string { return fmt.Sprintf("internal error: %v", c.Value) }

// MessageID names the message that tells a person of the fault.
func (c *Crash) MessageID() string { return "document-crash" }

// batches groups the blocks of each source.
func batches(sources iter.Seq[Source]) iter.Seq[Batch] {
	return func(yield func(Batch) bool) {
		for source := range sources {
			batch := Batch{Source: source}
			if source.Translation != nil {
				batch.Last = true
				if !yield(batch) {
					return
				}
				continue
			}
			for block, err := range blocks(source.File) {
				if err != nil {
					batch.Err = err
					break
				}
				batch.blocks = append(batch.blocks, block)
				batch.Bytes += len(block.Text)
				if batch.Bytes >= batchBytes {
					if !yield(batch) {
						return
					}
					batch = Batch{Source: source}
				}
			}
			batch.Last = true
			if !yield(batch) {
				return
			}
		}
	}
}

func blocks(source File) iter.Seq2[document.Block, error] {
	return func(yield func(document.Block, error) bool) {
		r, err := source.Open()
		if err != nil {
			yield(document.Block{}, err)
			return
		}
		defer r.Close()
		for block, err := range document.Blocks(r, source.Name, source.Options) {
			if !yield(block, err) {
				return
			}
		}
	}
}

// Units splits a block into segments and marks the terms of each.
func (p *Pipeline) Units(documentName string, b *document.Block) []bitext.Unit {
	units := b.Units(p.Source.Segmenter.Segments(b.Text))
	for i := range units {
		u := &units[i]
		u.Document, u.Languages = documentName, p.Languages
		u.Terms = p.terms(u.Source)
		if p.Pseudo {
			u.Target, u.TargetCodes = document.Pseudo(u.Source, u.SourceCodes)
			u.State = bitext.Translated
		}
	}
	return units
}

func (p *Pipeline) terms(text string) []bitext.Occurrence {
	if p.Source.Matcher == nil {
		return nil
	}
	occurrences := p.Source.Matcher.Find(text)
	found := make([]bitext.Occurrence, 0, len(occurrences))
	for _, o := range occurrences {
		target, _ := o.Concept.Equivalent(o.Term, p.Languages.Target)
		found = append(found, bitext.Occurrence{
			Span:    bitext.Span{Start: o.Start, End: o.End},
			Concept: o.Concept.ID,
			Kind:    string(o.Concept.Type),
			Surface: text[o.Start:o.End],
			Target:  target.Text,
			Nested:  o.Nested,
			Note:    o.Concept.Note,
		})
	}
	return found
}
