package document

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

// MergeOptions say how a translation is to be written.
type MergeOptions struct {
	// Language is the target's: it replaces the language the document declares.
	Language language.Tag
}

// Target gives the translation of a block: its text and the codes in it, which are known
// by their IDs. False leaves the block as it is.
type Target func(*Block) (text string, codes []bitext.Code, ok bool)

// Merge writes the document with each block's text replaced by its translation, and
// every other byte as it was. A translation that cannot be written (its codes are not
// the block's, or the encoding lacks a character) is returned as a problem, and its block
// stays in the source language. Merging every block's own text writes the original.
func (d *Document) Merge(w io.Writer, translate Target, o MergeOptions) (problems []*Error, err error) {
	edits := map[*part][]edit{}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		text, codes, ok := translate(b)
		if !ok || text == b.Text && slices.EqualFunc(codes, b.Codes, sameCode) {
			continue
		}
		t, problem := d.accept(b, text, codes)
		if problem != nil {
			problems = append(problems, problem)
			continue
		}
		edits[b.part] = append(edits[b.part], edit{span: b.Span, block: b, target: t})
	}
	if o.Language != language.Und {
		for _, l := range d.languages {
			edits[l.part] = append(edits[l.part], edit{span: l.span, text: l.write(o.Language)})
		}
	}
	for _, p := range d.parts {
		slices.SortStableFunc(edits[p], func(a, b edit) int { return compareSpans(a.span, b.span) })
	}
	out := bufio.NewWriter(w)
	write := d.write
	if d.container != nil {
		write = d.writeZip
	}
	if err := write(out, edits); err != nil {
		return problems, err
	}
	return problems, out.Flush()
}

// sameCode reports whether two codes are the same one at the same place.
func sameCode(a, b bitext.Code) bool { return a.ID == b.ID && a.Kind == b.Kind && a.Span == b.Span }

// compareSpans orders spans by start, a longer one before those it contains.
func compareSpans(a, b bitext.Span) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return b.End - a.End
}

// write writes a document that is no container.
func (d *Document) write(w *bufio.Writer, edits map[*part][]edit) error {
	p := d.parts[0]
	text := splice(p.text, bitext.Span{End: len(p.text)}, edits[p])
	data, err := d.Encoding.encode(text)
	if err != nil {
		return &Error{Code: "encoding-unmappable", File: d.Name, Want: d.Encoding.Name(), Err: err}
	}
	w.WriteString(d.Encoding.bom)
	_, err = w.Write(data)
	return err
}

// edit replaces a span of a part: by a block's translation, or by a fixed text.
type edit struct {
	span   bitext.Span
	block  *Block
	target target
	text   string
}

// splice returns the text within a span with the edits that lie in it made. Edits are
// sorted; one that lies inside another belongs to a code of it (the text box in a
// paragraph, the alt text of an image) and is made where the code is written.
func splice(text string, within bitext.Span, edits []edit) string {
	first, _ := slices.BinarySearchFunc(edits, within.Start, func(e edit, start int) int { return e.span.Start - start })
	var out strings.Builder
	at := within.Start
	for i := first; i < len(edits) && edits[i].span.Start < within.End; i++ {
		e := edits[i]
		if e.span.Start < at || e.span.End > within.End {
			continue
		}
		out.WriteString(text[at:e.span.Start])
		if e.block == nil {
			out.WriteString(e.text)
		} else {
			e.target.markup = func(code int) string {
				if m := e.block.markup[code]; m != "" {
					return m
				}
				return splice(text, e.block.codes[code], edits[i+1:])
			}
			out.WriteString(e.block.render(e.block, e.target))
		}
		at = e.span.End
	}
	if out.Len() == 0 && at == within.Start {
		return within.In(text)
	}
	out.WriteString(text[at:within.End])
	return out.String()
}

// target is a translation that has been accepted for a block.
type target struct {
	text   string
	codes  []placed
	markup func(code int) string // of the block's code, with the edits inside it made
}

// placed is one of the block's codes at its place in the target.
type placed struct {
	span bitext.Span // in the target's text
	code int         // index in Block.Codes
}

// renderer writes a translation in the syntax of the block's document.
type renderer func(*Block, target) string

// splice writes the target's text, escaped, with the markup of its codes.
func (t target) splice(b *Block, escape func(string) string) string {
	return t.spliceBefore(b, func(s, _ string) string { return escape(s) })
}

// spliceBefore is splice where escaping depends on the markup that follows.
func (t target) spliceBefore(b *Block, escape func(s, markup string) string) string {
	var out strings.Builder
	at := 0
	for _, c := range t.codes {
		markup := t.markup(c.code)
		out.WriteString(escape(t.text[at:c.span.Start], markup))
		out.WriteString(markup)
		at = c.span.End
	}
	out.WriteString(escape(t.text[at:], ""))
	return out.String()
}

// accept settles where each code of the block stands in a target, or says why the target
// cannot be written.
func (d *Document) accept(b *Block, text string, codes []bitext.Code) (target, *Error) {
	t := target{text: text}
	var problem *Error
	if !utf8.ValidString(text) {
		problem = &Error{Code: "encoding-invalid", Want: "utf-8"}
	} else if t.codes, problem = place(b, text, codes); problem == nil {
		if r, bad := b.part.encoding.unmappable(text); bad && !d.Format.references {
			problem = &Error{Code: "encoding-unmappable", Have: string(r), Want: b.part.encoding.Name()}
		} else if d.Format.unwritable != nil && d.Format.unwritable(b.Text) == "" {
			if have := d.Format.unwritable(text); have != "" {
				problem = &Error{Code: "text-unwritable", Have: have, Want: d.Format.Name}
			}
		}
	}
	if problem == nil {
		return t, nil
	}
	problem.File, problem.Unit = d.Name, b.ID
	return t, problem.at(b.part.text, b.Span.Start)
}

// place finds the block's code for each code of a target.
func place(b *Block, text string, codes []bitext.Code) ([]placed, *Error) {
	if len(codes) == 0 {
		codes = shown(b, text)
	}
	fitted, fault := bitext.FitCodes(b.Text, b.Codes, text, codes)
	if fault != nil {
		return nil, &Error{Code: fault.Code, Have: fault.Have, Want: fault.Want}
	}
	out := make([]placed, len(fitted))
	for i, f := range fitted {
		out[i] = placed{f.Span, f.Index}
	}
	return out, nil
}

// shown finds the Standalone codes of a block by the text they show, for a translation
// that came through a file which keeps no codes: {name} is {name} there too. Each shown
// text must be found as often as the block has it; then the first is the first.
func shown(b *Block, text string) []bitext.Code {
	var out []bitext.Code
	from := map[string]int{}
	for _, c := range b.Codes {
		s := c.Span.In(b.Text)
		if c.Kind != bitext.Standalone || s == "" || c.Type == "cue" {
			continue
		}
		i := bitext.IndexShown(text[from[s]:], s)
		if i < 0 {
			continue
		}
		start := from[s] + i
		c.Span = bitext.Span{Start: start, End: start + len(s)}
		from[s] = c.Span.End
		out = append(out, c)
	}
	out = spread(b, text, out)
	slices.SortStableFunc(out, func(a, b bitext.Code) int { return compareSpans(a.Span, b.Span) })
	return out
}
