// Package align finds which sentences of a text and of its translation belong together.
//
// It knows no language: words are compared by their letters, and what they mean is
// learnt from the two texts themselves, or told by the caller as word pairs (Lexicon) and
// as marks common to both sides (Marks). The result depends on the arguments alone, and
// exchanging the texts exchanges the sides of the beads.
//
// # The algorithm
//
// A bead is some neighbouring sentences of one text and those of the other that translate
// them; an alignment is a path of beads through the lattice of the two texts, from corner
// to corner (Gale & Church 1993). Each bead is scored by the logarithm of how much more
// probable its two sides are as translations of each other than by chance:
//
//   - words: a lexicon, t(f|e) of IBM model 1 in both directions (Brown et al. 1993; used
//     for alignment by Moore 2002 and Varga et al. 2005), mixed with chance (lexicon.go,
//     lattice.go); before anything is learnt it holds cognates, equal numbers and marks,
//     and the caller's pairs (cognate.go);
//   - lengths: a Student distribution of the logarithm of their ratio (model.go);
//   - the signs that sentences begin and end with, titles swallowed, paragraphs broken;
//   - the share of beads of this kind, and of gaps, which may go on for long (affine).
//
// The first pass looks at a corridor round a chain of anchors, words rare on both sides
// (votes.go, anchor.go), so that time and memory grow with the length of the texts, not its square.
// Each further pass trains everything but a dozen weights on the beads of the last, each
// for as much as it was probable, and looks at a narrow band round its path (the scheme of
// coarse to fine is that of Thompson & Koehn 2019).
//
// The forward and backward algorithms give each bead its posterior probability among all
// paths. The path chosen is the one whose beads are the most probable in sum, which is
// what strict F1 counts; the posterior is the bead's confidence. Xu, Max & Yvon (2016)
// show why novels are the hardest texts there are: their translators move half-sentences.
// So the seams of the path are looked at in the end, and beads between which a clause was
// moved are joined (seam.go).
package align

import (
	"cmp"
	"iter"
	"slices"
)

// Span is a half-open range of sentence indices, 0-based.
type Span struct{ Start, End int }

// Len is the number of sentences in the span.
func (s Span) Len() int { return s.End - s.Start }

// Kind says what a bead is.
type Kind uint8

const (
	Matched Kind = iota // both sides, translations of each other, in order
	Omitted             // source sentences without translation
	Added               // target sentences that translate nothing
	Moved               // both sides, translations of each other, out of order (see Crossing)
)

var kindNames = [...]string{"matched", "omitted", "added", "moved"}

// String returns the kind's name in lower case.
func (k Kind) String() string { return kindNames[k] }

// A Bead is some sentences of the source and their translation. One of its spans may be
// empty: it then stands where the sentences would be.
type Bead struct {
	Source, Target Span
	Kind           Kind
	// Confidence is the probability, from 0 to 1, that the bead is exactly right.
	Confidence float64
}

// Feature is a kind of evidence, named so that it can be left out (see Without).
type Feature uint16

const (
	Lexical         Feature = 1 << iota // a lexicon learnt from the texts and the caller's pairs
	Cognates                            // words that look alike
	Numbers                             // equal numbers
	Punctuation                         // question marks, quotes … within the sentence
	Length                              // the ratio of lengths
	Ends                                // how sentences begin and end
	Priors                              // shares of bead kinds re-estimated from the text
	ParagraphBounds                     // see Paragraphs
	Seams                               // clauses moved from one sentence into the next
)

// An Option tells Align more about the texts, or to do otherwise than by default.
type Option func(*settings)

type settings struct {
	fold                               func(string) string
	pairs                              []Pair
	known                              []func(source, target []string) iter.Seq[Pair]
	sourceMarks, targetMarks           [][]string
	sourceParagraphs, targetParagraphs []int
	fixed, moved                       []link
	decisions                          *Decisions
	observe                            func(source, target []string, beads []Bead)
	crossing                           bool
	without                            Feature
}

func (o *settings) uses(f Feature) bool { return o.without&f == 0 }

// Folding sets how a word is folded before words are compared; by default Fold.
func Folding(fold func(string) string) Option { return func(o *settings) { o.fold = fold } }

// Lexicon adds word pairs known beforehand. It may be given several times.
func Lexicon(pairs iter.Seq[Pair]) Option {
	return func(o *settings) { o.pairs = slices.AppendSeq(o.pairs, pairs) }
}

// LexiconFor adds the word pairs that known finds for the two texts, once it has seen them.
func LexiconFor(known func(source, target []string) iter.Seq[Pair]) Option {
	return func(o *settings) { o.known = append(o.known, known) }
}

// Marks gives each sentence further tokens that mean the same on both sides, such as the
// concepts of a glossary that occur in it.
func Marks(source, target [][]string) Option {
	return func(o *settings) { o.sourceMarks, o.targetMarks = source, target }
}

// Paragraphs gives the number of the paragraph that each sentence stands in. Bounds of
// paragraphs are soft anchors: a translator mostly keeps them.
func Paragraphs(source, target []int) Option {
	return func(o *settings) { o.sourceParagraphs, o.targetParagraphs = source, target }
}

// Fixed gives beads that are known to be right: they are kept as they are, with full
// confidence, and the rest is aligned between them. They are to be in order on both sides
// and not to overlap; one that does, or that lies outside the texts, is left aside.
func Fixed(beads ...Bead) Option {
	return func(o *settings) {
		for _, b := range beads {
			o.fixed = append(o.fixed, link{source: b.Source, target: b.Target, score: fixedScore, posterior: 1})
		}
	}
}

// fixedScore is the score of a bead that needs none: enough to learn from.
const fixedScore = 10

// Crossing lets passages that one side has elsewhere be found and linked, as Moved beads.
// The beads are then no longer monotone on the target side.
func Crossing() Option { return func(o *settings) { o.crossing = true } }

// Observe has the sentences and the beads of an alignment shown to f, for a caller who
// does not make the sentences. f must not change them.
func Observe(f func(source, target []string, beads []Bead)) Option {
	return func(o *settings) { o.observe = f }
}

// Without leaves features out.
func Without(features ...Feature) Option {
	return func(o *settings) {
		for _, f := range features {
			o.without |= f
		}
	}
}

// passes is how often the alignment is found anew with what the last one taught.
const passes = 3

// Align returns the beads of two texts, each a list of sentences in order. The beads
// cover both sides, each sentence once, in order. The result depends on nothing but the
// arguments.
func Align(source, target []string, options ...Option) []Bead {
	o := &settings{fold: Fold}
	for _, option := range options {
		option(o)
	}
	for _, known := range o.known {
		o.pairs = slices.AppendSeq(o.pairs, known(source, target))
	}
	if o.decisions != nil {
		kept, moved := o.decisions.find(source, target)
		o.fixed, o.moved = append(o.fixed, kept...), moved
	}
	o.settleFixed(len(source), len(target))
	beads := o.align(source, target)
	if o.observe != nil {
		o.observe(source, target, beads)
	}
	return beads
}

func (o *settings) align(source, target []string) []Bead {
	if len(o.fixed) == 0 && slices.Equal(source, target) {
		return identity(len(source))
	}
	if exchanged(source, target) {
		return mirror(find(target, source, o.mirrored()))
	}
	return find(source, target, o)
}

// settleFixed orders the fixed beads and drops those that cannot be kept together.
func (o *settings) settleFixed(sources, targets int) {
	o.fixed = slices.Clone(o.fixed)
	slices.SortStableFunc(o.fixed, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.source.Start, b.source.Start), cmp.Compare(a.target.Start, b.target.Start),
			cmp.Compare(a.source.End, b.source.End), cmp.Compare(a.target.End, b.target.End))
	})
	last := link{}
	o.fixed = slices.DeleteFunc(o.fixed, func(f link) bool {
		if f.source.Start < last.source.End || f.target.Start < last.target.End || f.source.End > sources || f.target.End > targets ||
			f.source.Len() < 0 || f.target.Len() < 0 || f.source.Len()+f.target.Len() == 0 {
			return true
		}
		last = f
		return false
	})
}

// identity aligns a text with itself.
func identity(n int) []Bead {
	beads := make([]Bead, n)
	for i := range beads {
		beads[i] = Bead{Source: Span{i, i + 1}, Target: Span{i, i + 1}, Confidence: 1}
	}
	return beads
}

// exchanged settles which of the texts is looked at first, so that exchanging them
// exchanges the sides of the beads and changes nothing else, ties included.
func exchanged(source, target []string) bool {
	return cmp.Or(cmp.Compare(len(source), len(target)), slices.Compare(source, target)) > 0
}

func (o *settings) mirrored() *settings {
	m := *o
	m.sourceMarks, m.targetMarks = o.targetMarks, o.sourceMarks
	m.sourceParagraphs, m.targetParagraphs = o.targetParagraphs, o.sourceParagraphs
	m.fixed = make([]link, len(o.fixed))
	for i, f := range o.fixed {
		m.fixed[i] = link{f.target, f.source, f.score, f.posterior}
	}
	m.moved = make([]link, len(o.moved))
	for i, f := range o.moved {
		m.moved[i] = link{f.target, f.source, f.score, f.posterior}
	}
	m.pairs = make([]Pair, len(o.pairs))
	for i, p := range o.pairs {
		m.pairs[i] = Pair{p.Target, p.Source, p.Weight}
	}
	return &m
}

// mirror exchanges the sides of beads. Moved ones then stand where their source stands, as
// replace has them.
func mirror(beads []Bead) []Bead {
	for i, b := range beads {
		beads[i].Source, beads[i].Target = b.Target, b.Source
		switch b.Kind {
		case Omitted:
			beads[i].Kind = Added
		case Added:
			beads[i].Kind = Omitted
		}
	}
	slices.SortStableFunc(beads, func(a, b Bead) int { return cmp.Compare(a.Source.Start, b.Source.Start) })
	return beads
}

// find aligns two texts that differ.
func find(source, target []string, o *settings) []Bead {
	s := read(source, o.sourceMarks, o.sourceParagraphs, o)
	t := read(target, o.targetMarks, o.targetParagraphs, o)
	toTarget, toSource := priors(s, t, o.pairs, o)
	m := newModel(s, t, toTarget, toSource, o)
	work := new(scratch)
	path := m.search(m.anchors(), work)
	for range passes {
		m.learn(path, toTarget, toSource)
		path = m.search(m.around(path), work)
	}
	if o.uses(Seams) {
		path = m.join(path)
	}
	out := replace(beads(path), leftOver(path, o.moved))
	if o.crossing {
		out = m.cross(out, work)
	}
	return out
}

func beads(path []link) []Bead {
	out := make([]Bead, len(path))
	for i, l := range path {
		out[i] = Bead{Source: l.source, Target: l.target, Confidence: confidence(l)}
		switch {
		case l.target.Len() == 0:
			out[i].Kind = Omitted
		case l.source.Len() == 0:
			out[i].Kind = Added
		}
	}
	return out
}

func confidence(l link) float64 { return max(0, min(1, l.posterior)) }

// Unrelated reports whether the beads look as if the two texts were not translations of
// each other. Beads of unrelated texts are built on sand and know it: their mean
// confidence lies under .2 in every pair of the development texts, that of translations,
// abridged ones included, over .8. A handful of sentences says nothing; a text against
// an empty one says all.
func Unrelated(beads []Bead) bool {
	const few, doubt = 8, .45
	sources, targets, matched, sum := 0, 0, 0, 0.0
	for _, b := range beads {
		sources, targets = sources+b.Source.Len(), targets+b.Target.Len()
		if b.Kind == Matched {
			matched++
			sum += b.Confidence
		}
	}
	if min(sources, targets) == 0 {
		return max(sources, targets) > 0
	}
	return min(sources, targets) >= few && sum < doubt*float64(max(matched, 1))
}
