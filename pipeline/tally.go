package pipeline

import (
	"strings"
	"unicode"

	"drogman/pipeline/bitext"
)

// Tally counts what a batch holds.
type Tally struct {
	Segments, Words, Translated int
	Terms                       map[string]int // outermost occurrences, by the concept's kind
}

// Add counts one unit. A word is a run of anything but white space with a letter or a
// digit in it, so that a spaced « or : is none.
func (t *Tally) Add(u *bitext.Unit) {
	t.Segments++
	if u.Target != "" {
		t.Translated++
	}
	for field := range strings.FieldsSeq(u.Source) {
		if strings.IndexFunc(field, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			t.Words++
		}
	}
	for _, o := range u.Terms {
		if o.Nested {
			continue
		}
		if t.Terms == nil {
			t.Terms = map[string]int{}
		}
		t.Terms[o.Kind]++
	}
}

// Merge adds what another tally counted.
func (t *Tally) Merge(o Tally) {
	t.Segments += o.Segments
	t.Words += o.Words
	t.Translated += o.Translated
	for kind, n := range o.Terms {
		if t.Terms == nil {
			t.Terms = map[string]int{}
		}
		t.Terms[kind] += n
	}
}
