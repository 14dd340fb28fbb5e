package pipeline

import (
	"slices"

	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
	"drogman/pipeline/suspect"
)

// Suspect is what a document holds of one kind of suspect places: the first of them, and
// how many there are.
type Suspect struct {
	suspect.Finding        // its span is in the block's text
	File            *File  // that holds it: the source, or its translation
	Block           string // the ID of the block that holds the first
	Offset          int    // of the first in the decoded document, or in its part of a container
	Count           int
}

// Suspects are what one document holds, a Suspect for each kind, in the order in which
// they were met.
type Suspects []Suspect

// Merge adds what a later stretch of the same document holds.
func (s *Suspects) Merge(later Suspects) {
	for _, l := range later {
		i := slices.IndexFunc(*s, func(x Suspect) bool { return x.Code == l.Code && x.File.Name == l.File.Name })
		if i < 0 {
			*s = append(*s, l)
		} else {
			(*s)[i].Count += l.Count
		}
	}
}

// add looks through blocks of a file.
func (s *Suspects) add(file *File, blocks []document.Block) {
	for i := range blocks {
		b := &blocks[i]
		for f := range suspect.Find(b.Text) {
			offset := b.Source(bitext.Span{Start: f.Start, End: f.End}).Start
			s.Merge(Suspects{{Finding: f, File: file, Block: b.ID, Offset: offset, Count: 1}})
		}
	}
}
