// Package segment cuts text into sentences and says where each begins and ends.
//
// A Segmenter is made once for a language and used by any number of goroutines.
// Its segments tile the text: the first begins at 0, each begins where the last
// ended, the last ends at len(text). White space between two sentences belongs to
// the first of them; Trim takes it off. Segments allocates nothing for a segment.
//
// # How it decides
//
// Three readers look at a text, each only where the one before it has a doubt.
//
//  1. The layout: a blank line ends a segment, and so do the ends of headings, list
//     items, table cells and paragraphs of one line. The line breaks inside
//     hard-wrapped prose are white space. See layout.go.
//  2. The rules: at a full stop, question mark, exclamation mark or ellipsis, the words
//     on both sides are held against the tables of the language. See rules.go.
//  3. The tie-breaker: a line too long to be a paragraph is text that lost its layout,
//     where titles and list items run into each other without punctuation. There a small
//     logistic model decides, with the rules' verdict as one witness. See flat.go.
//
// What is known of a language is data, in data/*.yaml. Languages without a table are
// cut by the same rules with an empty one, which is close to Unicode's default sentence
// boundaries (UAX 29).
//
// Three laws hold and are fuzzed: segments tile; two paragraphs with a blank line
// between them are segmented as each would be alone; a line break at the end of the
// text changes nothing but the length of the last segment.
package segment

import (
	"iter"
	"unicode/utf8"

	"drogman/pipeline/bitext"

	"golang.org/x/text/language"
)

// MaxSegment is the length in bytes at which a segment is cut where no rule has cut it,
// at the last white space if there is one. It bounds the memory of Scan.
const MaxSegment = 64 << 10

// Segmenter cuts the text of one language. It is immutable.
type Segmenter struct {
	table    *table
	layout   Layout
	user     *userRules
	stops    [256]stop // where the walk halts in text with its layout
	flat     [256]stop // and in flattened text
	srx      *SRX      // instead of all this, if not nil
	srxRules []srxRule
	oracle   func(at int) bool
	model    func() *model // loaded when the first flattened line is met
}

// Layout says what is known of a text's line breaks.
type Layout uint8

const (
	// Detect takes lines longer than FlatLine for text that lost its layout, and every
	// other line for text that has kept it.
	Detect Layout = iota
	// Kept trusts the layout: a sentence ends at punctuation or where the layout ends it.
	Kept
	// Flat expects sentences to run into each other, with or without punctuation.
	Flat
)

// FlatLine is the length in bytes from which Detect takes a line for flattened text.
const FlatLine = 2 << 10

// Option is a setting of New.
type Option func(*Segmenter) error

// WithLayout says what is known of the text's layout; without it, Detect.
func WithLayout(l Layout) Option {
	return func(s *Segmenter) error { s.layout = l; return nil }
}

// WithAbbreviations adds abbreviations, written with or without their last full stop,
// that never end a sentence. One with a capital matches as it is written, any other in
// every case.
func WithAbbreviations(words ...string) Option {
	return func(s *Segmenter) (err error) {
		s.table, err = s.table.withAbbreviations(words)
		return err
	}
}

// WithNoBreak adds places where a sentence never ends. An exception is plain text; a
// "|" in it marks the place ("Dr.| Who"), and without one the place is after it. It
// goes before every rule but the layout's. White space around the place is free.
func WithNoBreak(exceptions ...string) Option {
	return func(s *Segmenter) error { return s.user.add(exceptions, false) }
}

// WithBreak adds places where a sentence always ends, written as for WithNoBreak, which
// wins where both apply.
func WithBreak(exceptions ...string) Option {
	return func(s *Segmenter) error { return s.user.add(exceptions, true) }
}

// WithOracle lets a function say which places end a segment of flattened text, so that
// Explain shows the evidence at each place as it is when all before it was decided
// rightly. It is for the training of the tie-breaker, which then knows no weights.
func WithOracle(ends func(at int) bool) Option {
	return func(s *Segmenter) error {
		s.oracle, s.model = ends, func() *model { return newModel(nil) }
		return nil
	}
}

// WithWeights gives the tie-breaker other weights than the language's own: to each name
// of a Clue what it counts.
func WithWeights(weights map[string]float64) Option {
	return func(s *Segmenter) error {
		m := newModel(weights)
		s.model = func() *model { return m }
		return nil
	}
}

// New returns a segmenter for the language, or the error of the first option that is
// wrong. A language without a table of its own gets the neutral one.
func New(lang language.Tag, options ...Option) (*Segmenter, error) {
	s := &Segmenter{table: tableOf(lang), user: &userRules{}}
	for _, option := range options {
		if err := option(s); err != nil {
			return nil, err
		}
	}
	if s.srx != nil {
		s.srxRules = s.srxRulesFor(lang)
	}
	s.stops = stopsFor(s.user)
	s.flat = flatStops(s.stops)
	if s.model == nil {
		s.model = modelOf(s.table.model)
	}
	return s, nil
}

// Segments returns the spans of the text's segments, which tile it. An empty text has
// none.
func (s *Segmenter) Segments(text string) iter.Seq[bitext.Span] {
	return func(yield func(bitext.Span) bool) {
		if s.srx != nil {
			s.srxSegments(text, yield)
			return
		}
		w := walker{Segmenter: s}
		for w.next(text, true) {
			if !yield(bitext.Span{Start: w.start, End: w.end}) {
				return
			}
		}
	}
}

// Decision is what was decided at one place of a text that might end a sentence.
type Decision struct {
	At       int     // byte offset of the place: after the punctuation, before the white space
	Break    bool    // a segment ends here
	Rule     string  // the name of the rule that decided
	Evidence []Clue  // what the tie-breaker saw, if it was asked
	Odds     float64 // the tie-breaker's logit, if it was asked
}

// Clue is one thing the tie-breaker sees and what it counts for a break (above 0) or
// against one.
type Clue struct {
	Name   string
	Weight float64
}

// Explain returns the decision at each candidate of the text, in order.
func (s *Segmenter) Explain(text string) iter.Seq[Decision] {
	return func(yield func(Decision) bool) {
		if s.srx != nil {
			s.srxExplain(text, yield)
			return
		}
		stopped := false
		w := walker{Segmenter: s}
		w.explain = func(d Decision) { stopped = stopped || !yield(d) }
		for !stopped && w.next(text, true) {
		}
	}
}

// Trim returns the span without the white space at its ends; an empty span at its start
// if there is nothing else in it. Format characters such as a byte order mark and the
// zero-width space count as white space.
func Trim(text string, span bitext.Span) bitext.Span {
	for span.Start < span.End {
		r, n := utf8.DecodeRuneInString(text[span.Start:span.End])
		if !isBlank(r) {
			break
		}
		span.Start += n
	}
	for span.Start < span.End {
		r, n := utf8.DecodeLastRuneInString(text[span.Start:span.End])
		if !isBlank(r) {
			break
		}
		span.End -= n
	}
	return span
}
