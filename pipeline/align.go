package pipeline

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"drogman/glossary"
	"drogman/pipeline/align"
	"drogman/pipeline/align/words"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
	"drogman/pipeline/segment"
)

// Align pairs the sentences of two documents. A bead is one unit: its source sentences
// become one segment as far as they stand in one block, and so does their translation;
// where they stand in several blocks the translation goes with the first. A passage that
// only the target has becomes a unit without source. Units are in the order of the texts.
func (p *Pipeline) Align(source, target *document.Document, options ...align.Option) *Alignment {
	from, to := sentencesOf(source, p.Source), sentencesOf(target, p.Target)
	beads := align.Align(from.Texts, to.Texts, append([]align.Option{
		align.Paragraphs(from.blocks, to.blocks),
		align.Marks(Marks(from.Texts, p.Source.Matcher, to.Texts, p.Target.Matcher)),
	}, options...)...)
	return &Alignment{p.units(source, target, from, to, beads), beads, from, to}
}

// Alignment is two documents, aligned.
type Alignment struct {
	Units          []bitext.Unit
	Beads          []align.Bead
	Source, Target Sentences
}

// alignFiles opens a batch's source and its translation and aligns them.
func (p *Pipeline) alignFiles(b *Batch) error {
	source, err := open(b.Source.File)
	if err != nil {
		return err
	}
	target, err := open(*b.Source.Translation)
	if err != nil {
		return err
	}
	for i := range source.Blocks {
		b.Bytes += len(source.Blocks[i].Text)
	}
	b.Suspects.add(&b.Source.File, source.Blocks)
	b.Suspects.add(b.Source.Translation, target.Blocks)
	b.Units = p.Align(source, target, align.LexiconFor(words.For(p.Languages.Source, p.Languages.Target))).Units
	return nil
}

func open(f File) (*document.Document, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, document.MaxSize+1))
	if err != nil {
		return nil, err
	}
	return document.Open(data, f.Name, f.Options)
}

// units makes the units of beads.
func (p *Pipeline) units(source, target *document.Document, from, to Sentences, beads []align.Bead) []bitext.Unit {
	type row struct {
		block, segment int // in the source; block is -1 for a passage only the target has
		unit           bitext.Unit
	}
	var rows []row
	segments := make([][]bitext.Span, len(source.Blocks)) // of each block, joined as the beads say
	for _, bead := range beads {
		u := BeadUnit(bead, to.join(target, bead.Target))
		u.Document, u.Languages = source.Name, p.Languages
		runs := from.runs(bead.Source)
		if len(runs) == 0 {
			first := to.runs(bead.Target)[0]
			u.ID = fmt.Sprintf("+%s::%d", target.Blocks[first.block].ID, bead.Target.Start+1)
			rows = append(rows, row{block: -1, unit: u})
		}
		for _, r := range runs {
			rows = append(rows, row{r.block, len(segments[r.block]), u})
			segments[r.block] = append(segments[r.block], r.span)
			u.Target, u.State = "", bitext.Initial // the translation goes with the first
		}
	}
	cut := make([][]bitext.Unit, len(source.Blocks))
	for b, spans := range segments {
		cut[b] = source.Blocks[b].Units(slices.Values(spans))
	}
	units := make([]bitext.Unit, len(rows))
	for i, r := range rows {
		units[i] = r.unit
		if r.block < 0 {
			continue
		}
		s := cut[r.block][r.segment]
		u := &units[i]
		u.ID, u.Source, u.SourceCodes, u.SourceSpan = s.ID, s.Source, s.SourceCodes, s.SourceSpan
		u.Terms = p.terms(u.Source)
	}
	return units
}

// BeadUnit is a unit with what files say of a bead: the text of its target, its confidence
// to four decimals (more would be noise), and as fields its shape and its kind.
func BeadUnit(b align.Bead, target string) bitext.Unit {
	u := bitext.Unit{
		Target: target, Confidence: math.Round(b.Confidence*1e4) / 1e4,
		Fields: []bitext.Field{{Name: "bead", Value: Shape(b)}, {Name: "kind", Value: b.Kind.String()}},
	}
	if target != "" {
		u.State = bitext.Translated
	}
	return u
}

// Shape is how many sentences of either side a bead has: 1-1, 2-1, 0-1.
func Shape(b align.Bead) string { return fmt.Sprintf("%d-%d", b.Source.Len(), b.Target.Len()) }

// Sentences are the sentences of one document, in order.
type Sentences struct {
	Texts    []string
	document *document.Document
	blocks   []int         // the block each stands in
	spans    []bitext.Span // in the block's text
}

// Line is the line on which sentence i begins, as Block.Line has it.
func (s *Sentences) Line(i int) int { return s.document.Blocks[s.blocks[i]].Line(s.spans[i].Start) }

func sentencesOf(d *document.Document, side Side) Sentences {
	s := Sentences{document: d}
	for i := range d.Blocks {
		text := d.Blocks[i].Text
		for span := range side.Segmenter.Segments(text) {
			if span = segment.Trim(text, span); span.Len() == 0 {
				continue
			}
			s.Texts = append(s.Texts, span.In(text))
			s.blocks = append(s.blocks, i)
			s.spans = append(s.spans, span)
		}
	}
	return s
}

// evenly is the share that the sentences of one text that name a concept must at least be of
// those of the other. With less, a statute was aligned worse with its glossary than without.
const evenly = .9

// Marks are the glossary's concepts in the sentences of two texts, for the aligner: those
// of which both texts speak about equally often. The others stand on one side where the
// translator chose another word, and would only mislead. Without matchers there are none.
func Marks(source []string, s *glossary.Matcher, target []string, t *glossary.Matcher) (inSource, inTarget [][]string) {
	if s == nil || t == nil {
		return nil, nil
	}
	sourceCount, targetCount := map[string]int{}, map[string]int{}
	inSource, inTarget = concepts(source, s, sourceCount), concepts(target, t, targetCount)
	uneven := func(id string) bool {
		n, m := sourceCount[id], targetCount[id]
		return float64(min(n, m)) < evenly*float64(max(n, m))
	}
	for _, side := range [][][]string{inSource, inTarget} {
		for i := range side {
			side[i] = slices.DeleteFunc(side[i], uneven)
		}
	}
	return inSource, inTarget
}

// concepts are the outermost concepts of each sentence, each once, and how many sentences
// have each.
func concepts(sentences []string, matcher *glossary.Matcher, count map[string]int) [][]string {
	out := make([][]string, len(sentences))
	for i, text := range sentences {
		for _, o := range matcher.Find(text) {
			if !o.Nested && !slices.Contains(out[i], o.Concept.ID) {
				out[i] = append(out[i], o.Concept.ID)
				count[o.Concept.ID]++
			}
		}
	}
	return out
}

// run is neighbouring sentences of one block.
type run struct {
	block int
	span  bitext.Span // in the block's text
}

// runs joins the sentences of a span that stand in the same block.
func (s *Sentences) runs(of align.Span) []run {
	var runs []run
	for i := of.Start; i < of.End; i++ {
		if n := len(runs); n > 0 && runs[n-1].block == s.blocks[i] {
			runs[n-1].span.End = s.spans[i].End
			continue
		}
		runs = append(runs, run{s.blocks[i], s.spans[i]})
	}
	return runs
}

// join is the text of a span of sentences; those of different blocks have a space between.
func (s *Sentences) join(d *document.Document, of align.Span) string {
	var texts []string
	for _, r := range s.runs(of) {
		texts = append(texts, r.span.In(d.Blocks[r.block].Text))
	}
	return strings.Join(texts, " ")
}
