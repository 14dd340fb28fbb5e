package document

import (
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// Units cuts a block into units, one for each span of its text: an ID, source, codes and
// source span, and nothing else. A boundary inside what a code shows is none. White space around a segment is no part of its unit. A
// code goes to the segment it touches: an Open or a Standalone to the one it begins, a
// Close to the one it ends, unless another code of the next comes before it; a code in the space between two segments belongs to neither
// and is kept where it is by Merge.
func (b *Block) Units(segments iter.Seq[bitext.Span]) []bitext.Unit {
	var units []bitext.Unit
	codes := b.Codes
	for s := range b.uncut(segments) {
		s = trimmed(b.Text, s)
		if s.Len() == 0 {
			continue
		}
		s = covering(codes, s)
		u := bitext.Unit{ID: b.ID + "::" + strconv.Itoa(len(units)+1), Source: s.In(b.Text), SourceSpan: b.Source(s)}
		u.SourceCodes, codes = codesIn(codes, s)
		units = append(units, u)
	}
	return units
}

// uncut joins segments whose boundary lies inside what a code shows: a full stop in an
// address ends no sentence.
func (b *Block) uncut(segments iter.Seq[bitext.Span]) iter.Seq[bitext.Span] {
	return func(yield func(bitext.Span) bool) {
		codes := b.Codes
		start := -1 // of segments held back
		for s := range segments {
			if start >= 0 {
				s.Start = start
			}
			for len(codes) > 0 && codes[0].Span.End <= s.End {
				codes = codes[1:]
			}
			start = -1
			if len(codes) > 0 && codes[0].Span.Start < s.End && s.End < len(b.Text) {
				start = s.Start
			} else if !yield(s) {
				return
			}
		}
		if start >= 0 {
			yield(bitext.Span{Start: start, End: len(b.Text)})
		}
	}
}

// trimmed is the span without the white space at its ends.
func trimmed(text string, s bitext.Span) bitext.Span {
	in := s.In(text)
	s.End -= len(in) - len(strings.TrimRightFunc(in, isBlank))
	in = s.In(text)
	s.Start += len(in) - len(strings.TrimLeftFunc(in, isBlank))
	return s
}

// covering is the span with the whole of what a code shows at either end of it: the white
// space at the end of a code span is the code's.
func covering(codes []bitext.Code, s bitext.Span) bitext.Span {
	for _, c := range codes {
		if c.Span.Start >= s.End {
			break
		}
		if c.Span.End > s.Start && c.Span.Len() > 0 {
			s.Start, s.End = min(s.Start, c.Span.Start), max(s.End, c.Span.End)
		}
	}
	return s
}

// codesIn takes the codes of a segment, shifted to it, from those not yet taken.
func codesIn(codes []bitext.Code, s bitext.Span) (in, rest []bitext.Code) {
	for len(codes) > 0 {
		c := codes[0]
		at := c.Span.Start
		if at > s.End || at == s.End && (c.Kind == bitext.Open || c.Span.Len() > 0) {
			break
		}
		codes = codes[1:]
		if at < s.Start || at == s.Start && c.Kind == bitext.Close && len(in) == 0 || c.Span.End > s.End {
			continue
		}
		c.Span.Start -= s.Start
		c.Span.End -= s.Start
		in = append(in, c)
	}
	return in, codes
}

// Result counts what became of a document's units in a merge.
type Result struct {
	Merged       int      // units whose target stands in the merged document
	Untranslated int      // units without a target: the source stands
	Stale        int      // units whose source is no longer in the document
	Refused      int      // units whose target cannot be written: the source stands
	Unseen       int      // blocks, or parts of one, that no unit translates: the source stands
	Problems     []*Error // a stale or refused unit each, at its place
	Left         []*Error // a unit without a target, or a text without a unit, each, at its place
}

// MergeUnits writes the document with the targets of units in place of their sources.
// The units of a block may come in any order; their IDs say which block and which
// segment. A unit whose block is gone, or whose source no longer stands in it, is stale:
// it is reported and never merged.
func (d *Document) MergeUnits(w io.Writer, units iter.Seq2[bitext.Unit, error], o MergeOptions) (Result, error) {
	byBlock := map[string][]bitext.Unit{}
	index := make(map[string]*Block, len(d.Blocks))
	for i := range d.Blocks {
		index[d.Blocks[i].ID] = &d.Blocks[i]
	}
	m := merger{document: d}
	for u, err := range units {
		if err != nil {
			return m.Result, err
		}
		block, _ := cutID(u.ID)
		if index[block] == nil {
			m.stale(u, "")
			continue
		}
		byBlock[block] = append(byBlock[block], u)
	}
	problems, err := d.Merge(w, func(b *Block) (string, []bitext.Code, bool) {
		return m.join(b, byBlock[b.ID])
	}, o)
	m.Problems = append(m.Problems, problems...)
	return m.Result, err
}

// cutID parts a unit's ID into its block's and the number of its segment.
func cutID(id string) (block string, segment int) {
	i := strings.LastIndex(id, "::")
	if i < 0 {
		return id, 0
	}
	segment, _ = strconv.Atoi(id[i+2:])
	return id[:i], segment
}

// merger joins units into the translations of blocks and counts what happens to them.
type merger struct {
	Result
	document *Document
}

// stale reports a unit whose translation has lost its source; one without a translation
// has nothing to lose.
func (m *merger) stale(u bitext.Unit, have string) {
	if u.Target == "" {
		return
	}
	m.Stale++
	m.Problems = append(m.Problems, &Error{Code: "unit-stale", File: u.Place.File, Line: u.Place.Line, Column: u.Place.Column,
		Unit: u.ID, Have: have, Want: u.Source})
}

// join makes the target of a block of its units: the block's own text and codes, with
// each unit's source and the codes on it replaced by the target's.
func (m *merger) join(b *Block, units []bitext.Unit) (string, []bitext.Code, bool) {
	if len(units) == 0 {
		m.Unseen++
		m.left(b, bitext.Unit{ID: b.ID})
		return "", nil, false
	}
	slices.SortStableFunc(units, func(a, b bitext.Unit) int {
		_, i := cutID(a.ID)
		_, j := cutID(b.ID)
		return i - j
	})
	units = b.retagged(units)
	if b.Kind == Message && !covers(b.Text, units) { // its ID outlives its text
		for _, u := range units {
			m.stale(u, b.Text)
		}
		return "", nil, false
	}
	var text strings.Builder
	var codes []bitext.Code
	rest := b.Codes
	at := 0
	keep := func(s bitext.Span, cs []bitext.Code) { // the block's own, with codes relative to s
		for _, c := range cs {
			codes = append(codes, shifted(c, text.Len()))
		}
		text.WriteString(s.In(b.Text))
	}
	for _, u := range units {
		i := indexWords(b.Text[at:], u.Source)
		if i < 0 {
			m.stale(u, b.Text)
			continue
		}
		gap := bitext.Span{Start: at, End: at + i}
		segment := bitext.Span{Start: at + i, End: at + i + len(u.Source)}
		var own, between []bitext.Code
		between, own, rest = split(rest, gap, segment)
		m.unseen(b, gap)
		keep(gap, between)
		if target, cs, ok := m.target(b, u, own); ok {
			for _, c := range cs {
				codes = append(codes, shifted(c, text.Len()))
			}
			text.WriteString(target)
		} else {
			keep(segment, own)
		}
		at = segment.End
	}
	tail := bitext.Span{Start: at, End: len(b.Text)}
	m.unseen(b, tail)
	between, _, _ := split(rest, tail, bitext.Span{Start: len(b.Text) + 1, End: len(b.Text) + 1})
	keep(tail, between)
	return text.String(), codes, true
}

// retagged reads the tags in units of a file that has lost what they stand for: they are the
// block's own codes.
func (b *Block) retagged(units []bitext.Unit) []bitext.Unit {
	out := slices.Clone(units)
	codes, at := b.Codes, 0
	for i, u := range units {
		source := u.Source
		n := indexWords(b.Text[at:], source)
		if n < 0 && len(u.SourceCodes) == 0 {
			source = bitext.Untag(source)
			n = indexWords(b.Text[at:], source)
		}
		if n < 0 {
			continue
		}
		segment := bitext.Span{Start: at + n, End: at + n + len(source)}
		at = segment.End
		if source == u.Source {
			continue
		}
		var own []bitext.Code
		own, codes = codesIn(codes, segment)
		if tagged, ok := bitext.Retag(u, own); ok {
			out[i] = tagged
		}
	}
	return out
}

// unseen notes a part of a block for which there is no unit: its row was deleted.
func (m *merger) unseen(b *Block, s bitext.Span) {
	if text := s.In(b.Text); !blank(text) {
		m.Unseen++
		m.left(b, bitext.Unit{ID: b.ID, Source: strings.TrimSpace(text)})
	}
}

// left notes what stays in the source language: at its unit's place in the bilingual file,
// or, where there is none, at its own in the document.
func (m *merger) left(b *Block, u bitext.Unit) {
	e := &Error{Code: "unit-untranslated", File: u.Place.File, Line: u.Place.Line, Column: u.Place.Column, Unit: u.ID, Have: u.Source}
	if e.File == "" {
		e.File = m.document.Name
		if !m.document.Format.Binary {
			e.at(b.part.text, b.Span.Start)
		}
	}
	if e.Have == "" {
		e.Have = b.Text
	}
	m.Left = append(m.Left, e)
}

// indexWords is the first place in text where a source stands and cuts no word in two, -1
// if there is none.
func indexWords(text, source string) int {
	if source == "" {
		return -1
	}
	for at := 0; ; {
		i := strings.Index(text[at:], source)
		if i < 0 {
			return -1
		}
		if start, end := at+i, at+i+len(source); !insideWord(text, start) && !insideWord(text, end) {
			return start
		}
		at += i + 1
	}
}

// insideWord reports whether letters stand on both sides of an offset. Scripts that part no
// words are written in letters of another kind.
func insideWord(text string, at int) bool {
	letter := func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return letter(before) && letter(after)
}

// covers reports whether the sources of units are the whole of a text, but for white space.
func covers(text string, units []bitext.Unit) bool {
	for _, u := range units {
		before, after, ok := strings.Cut(text, u.Source)
		if !ok || !blank(before) {
			return false
		}
		text = after
	}
	return blank(text)
}

// split takes the codes of a gap and of the segment after it, each relative to its span.
func split(codes []bitext.Code, gap, segment bitext.Span) (between, own, rest []bitext.Code) {
	n := 0
	for n < len(codes) {
		c := codes[n]
		if at := c.Span.Start; at > segment.Start || at == segment.Start && !(c.Kind == bitext.Close) {
			break
		}
		between = append(between, shifted(c, -gap.Start))
		n++
	}
	own, rest = codesIn(codes[n:], segment)
	return between, own, rest
}

func shifted(c bitext.Code, by int) bitext.Code {
	c.Span.Start += by
	c.Span.End += by
	return c
}

// target is the unit's target, if it has one that can be written.
func (m *merger) target(b *Block, u bitext.Unit, own []bitext.Code) (string, []bitext.Code, bool) {
	if strings.TrimSpace(u.Target) == "" { // white space translates nothing
		m.Untranslated++
		m.left(b, u)
		return "", nil, false
	}
	if u.Target == u.Source && slices.EqualFunc(u.TargetCodes, own, sameCode) { // even what only a reference can write
		m.Merged++
		return u.Target, own, true
	}
	probe := Block{ID: u.ID, Text: u.Source, Codes: own, Span: b.Span, part: b.part}
	t, problem := m.document.accept(&probe, u.Target, u.TargetCodes)
	if problem != nil {
		m.Refused++
		if u.Place.Line > 0 {
			problem.File, problem.Line, problem.Column = u.Place.File, u.Place.Line, u.Place.Column
		}
		m.Problems = append(m.Problems, problem)
		return "", nil, false
	}
	codes := make([]bitext.Code, len(t.codes))
	for i, c := range t.codes {
		codes[i] = own[c.code]
		codes[i].Span = c.span
	}
	m.Merged++
	return u.Target, codes, true
}

// Pseudo returns a translation that shows whether a document survives one: every letter
// accented, the text a third longer, in quotes that show where it begins and ends.
// Codes stay where they were.
func Pseudo(text string, codes []bitext.Code) (string, []bitext.Code) {
	var out strings.Builder
	moved := slices.Clone(codes)
	out.WriteString("‹")
	at := 0
	for i, c := range codes {
		accent(&out, text[at:c.Span.Start])
		moved[i].Span.Start = out.Len()
		out.WriteString(c.Span.In(text)) // what a Standalone code shows is not translated
		moved[i].Span.End = out.Len()
		at = c.Span.End
	}
	accent(&out, text[at:])
	letters := 0
	for _, r := range text {
		if r != ' ' {
			letters++
		}
	}
	out.WriteString(strings.Repeat(" ẋẋẋ", (letters+12)/13))
	out.WriteString("›")
	return out.String(), moved
}

// accents maps each letter to one that looks like it and is not ASCII.
var accents = func() map[rune]rune {
	plain := []rune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	fancy := []rune("åƀçđêƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÅƁÇĐÊƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ")
	m := map[rune]rune{}
	for i, r := range plain {
		m[r] = fancy[i]
	}
	return m
}()

func accent(out *strings.Builder, text string) {
	for _, r := range text {
		if a, ok := accents[r]; ok {
			r = a
		}
		out.WriteRune(r)
	}
}
