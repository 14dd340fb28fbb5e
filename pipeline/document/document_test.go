package document

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
)

func own(b *Block) (string, []bitext.Code, bool) { return b.Text, b.Codes, true }

// merged writes the document with a translation of every block.
func merged(t testing.TB, d *Document, f Target) []byte {
	t.Helper()
	var out bytes.Buffer
	problems, err := d.Merge(&out, f, MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	return out.Bytes()
}

// rewritten merges with every block rendered anew, even where nothing changed: a harder
// law than identity, which an untouched block meets by being left alone.
func rewritten(t testing.TB, d *Document) *Document {
	t.Helper()
	text := merged(t, d, func(b *Block) (string, []bitext.Code, bool) { return marked(b.Text), b.Codes, true })
	again, err := Open(text, d.Name, Options{Encoding: d.Encoding.Name(), Format: d.Format.Name})
	if err != nil {
		t.Fatalf("cannot read what was merged: %v\n%s", err, text)
	}
	return again
}

// marked is a text changed at its end.
func marked(text string) string {
	body := strings.TrimRight(text, "\n")
	return body + "\u00a0!" + text[len(body):]
}

// checkLaws holds a document against the laws of the package.
func checkLaws(t testing.TB, data []byte, name string, o Options) *Document {
	t.Helper()
	d, err := Open(data, name, o)
	if err != nil {
		return nil
	}
	if got := merged(t, d, own); !bytes.Equal(got, data) {
		t.Fatalf("%s: merging the source changed the document\n got %q\nwant %q", name, clip(got), clip(data))
	}
	for _, b := range d.Blocks {
		checkBlock(t, b)
		checkUnits(t, d, &b)
	}
	ids := map[string]bool{}
	for _, b := range d.Blocks {
		if ids[b.ID] {
			t.Fatalf("%s: ID %s twice", name, b.ID)
		}
		ids[b.ID] = true
	}
	return d
}

// checkBlock checks that a block's spans lie where they should.
func checkBlock(t testing.TB, b Block) {
	t.Helper()
	if blank(b.Text) {
		t.Fatalf("blank block %q", b.Text)
	}
	if whole := b.Source(bitext.Span{End: len(b.Text)}); !b.Span.Contains(whole) {
		t.Fatalf("%q stands at %v outside its block %v", b.Text, whole, b.Span)
	}
	at := 0
	for _, c := range b.Codes {
		if c.Span.Start < at || c.Span.End > len(b.Text) {
			t.Fatalf("code %v out of order in %q", c, b.Text)
		}
		at = c.Span.End
	}
}

// checkUnits cuts a block at its full stops and expects to get it back from the pieces.
func checkUnits(t testing.TB, d *Document, b *Block) {
	t.Helper()
	if len(b.Text) > 10_000 {
		return
	}
	var segments []bitext.Span
	at := 0
	for i := range len(b.Text) {
		if b.Text[i] == '.' || b.Text[i] == '\n' || i+1 == len(b.Text) {
			segments = append(segments, bitext.Span{Start: at, End: i + 1})
			at = i + 1
		}
	}
	units := b.Units(slices.Values(segments))
	for i := range units {
		units[i].Target, units[i].TargetCodes = units[i].Source, units[i].SourceCodes
	}
	m := merger{document: d}
	text, codes, ok := m.join(b, units)
	if len(units) == 0 && !ok {
		return
	}
	if text != b.Text || !slices.EqualFunc(codes, b.Codes, sameCode) || m.Merged != len(units) {
		t.Fatalf("%q, %v was joined to %q, %v from %+v: %v", b.Text, b.Codes, text, codes, units, m.Problems)
	}
}

func clip(b []byte) string { return string(b[:min(len(b), 2000)]) }

// blocks shows a document's blocks for comparison: codes as {1} … {/1} and {1:shown}.
func blocks(d *Document) []string {
	var out []string
	for _, b := range d.Blocks {
		out = append(out, show(b))
	}
	return out
}

func show(b Block) string {
	var s strings.Builder
	at := 0
	for _, c := range b.Codes {
		s.WriteString(b.Text[at:c.Span.Start])
		switch c.Kind {
		case bitext.Open:
			fmt.Fprintf(&s, "{%s}", c.ID)
		case bitext.Close:
			fmt.Fprintf(&s, "{/%s}", c.ID)
		default:
			fmt.Fprintf(&s, "{%s:%s}", c.ID, c.Span.In(b.Text))
		}
		at = c.Span.End
	}
	s.WriteString(b.Text[at:])
	return s.String()
}
