package align_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"drogman/pipeline/align"
)

func ExampleAlign() {
	source := []string{"Il pleut à Paris depuis 3 jours.", "Marie reste chez elle.", "Elle lit."}
	target := []string{"It has been raining in Paris for 3 days.", "Marie stays at home and reads."}
	for _, b := range align.Align(source, target) {
		fmt.Println(b.Source, b.Target, b.Kind)
	}
	// Output:
	// {0 1} {0 1} matched
	// {1 3} {1 2} matched
}

// corpora are small pairs of texts, cases of the laws and seeds of their fuzzing: one
// sentence a line.
var corpora = []struct{ source, target string }{
	{"", ""},
	{"a", ""},
	{"", "b\nc"},
	{"\n\n\n", "\n"},
	{"Oui.\nNon.\nOui.", "Yes.\nYes.\nNo."},
	{"x\nx\nx\nx", "x\nx\nx"},
	{"Un homme.\nDeux hommes !\nTrois ?", "One man.\nTwo men! Three?"},
	{"Le 14 juillet 1789.\nParis.\nFin.", "14 July 1789.\nParis.\nThe end.\nNotes."},
	{strings.Repeat("La même phrase.\n", 40), strings.Repeat("The same sentence.\n", 41)},
	{"\xff\xfe\n\u0301", "«\n»\n—"},
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func FuzzLaws(f *testing.F) {
	for _, c := range corpora {
		f.Add(c.source, c.target, 1)
	}
	f.Fuzz(func(t *testing.T, source, target string, at int) {
		s, g := lines(source), lines(target)
		if len(s) > 60 || len(g) > 60 || len(source)+len(target) > 4000 {
			return
		}
		beads := align.Align(s, g)
		covers(t, beads, len(s), len(g))
		monotone(t, beads)
		mirrored(t, beads, align.Align(g, s))
		itself(t, s)
		fixedKept(t, s, g, at)
		covers(t, align.Align(s, g, align.Crossing()), len(s), len(g))
	})
}

// covers: each sentence of both sides is in exactly one bead, and confidence is one.
func covers(t *testing.T, beads []align.Bead, sources, targets int) {
	t.Helper()
	countS, countT := make([]int, sources), make([]int, targets)
	for _, b := range beads {
		for i := b.Source.Start; i < b.Source.End; i++ {
			countS[i]++
		}
		for j := b.Target.Start; j < b.Target.End; j++ {
			countT[j]++
		}
		if !(b.Confidence >= 0 && b.Confidence <= 1) {
			t.Fatalf("confidence of %v", b)
		}
		if (b.Kind == align.Omitted) != (b.Target.Len() == 0) || (b.Kind == align.Added) != (b.Source.Len() == 0) {
			t.Fatalf("kind of %v", b)
		}
	}
	for _, n := range append(countS, countT...) {
		if n != 1 {
			t.Fatalf("a sentence is in %d beads: %v", n, beads)
		}
	}
}

// monotone: each bead begins on both sides where the last ended.
func monotone(t *testing.T, beads []align.Bead) {
	t.Helper()
	i, j := 0, 0
	for _, b := range beads {
		if b.Source.Start != i || b.Target.Start != j {
			t.Fatalf("%v does not begin at %d, %d", b, i, j)
		}
		i, j = b.Source.End, b.Target.End
	}
}

// mirrored: swapping the sides gives the same beads, swapped.
func mirrored(t *testing.T, beads, swapped []align.Bead) {
	t.Helper()
	mirror := map[align.Kind]align.Kind{align.Omitted: align.Added, align.Added: align.Omitted}
	for i, b := range swapped {
		swapped[i] = align.Bead{Source: b.Target, Target: b.Source, Kind: mirror[b.Kind], Confidence: b.Confidence}
	}
	if !slices.Equal(beads, swapped) {
		t.Fatalf("not mirrored:\n%v\n%v", beads, swapped)
	}
}

// itself: a text aligns with itself sentence by sentence, without doubt.
func itself(t *testing.T, s []string) {
	t.Helper()
	for i, b := range align.Align(s, slices.Clone(s)) {
		if want := (align.Span{Start: i, End: i + 1}); b.Source != want || b.Target != want || b.Confidence != 1 {
			t.Fatalf("bead %d of a text with itself: %v", i, b)
		}
	}
}

// fixedKept: a bead that was fixed is among the beads, with full confidence.
func fixedKept(t *testing.T, s, g []string, at int) {
	t.Helper()
	if len(s) == 0 || len(g) == 0 {
		return
	}
	at &= 1<<30 - 1
	i, j := at%len(s), at%len(g)
	fixed := align.Bead{Source: align.Span{Start: i, End: i + 1}, Target: align.Span{Start: j, End: j + 1}, Confidence: 1}
	beads := align.Align(s, g, align.Fixed(fixed))
	covers(t, beads, len(s), len(g))
	monotone(t, beads)
	if !slices.Contains(beads, fixed) {
		t.Fatalf("%v was lost: %v", fixed, beads)
	}
}

func TestDecisionsAfterChange(t *testing.T) {
	source := lines("Un.\nDeux.\nTrois.\nDeux.\nQuatre.")
	target := lines("One.\nTwo, three.\nTwo.\nFour.")
	decided := align.Decide(source, target, []align.Bead{
		{Source: align.Span{Start: 1, End: 3}, Target: align.Span{Start: 1, End: 2}},
		{Source: align.Span{Start: 3, End: 4}, Target: align.Span{Start: 2, End: 2}},
	})
	file, err := json.Marshal(decided)
	if err != nil {
		t.Fatal(err)
	}
	read, err := align.ReadDecisions(bytes.NewReader(file), "d.json")
	if err != nil {
		t.Fatal(err)
	}
	// Both texts grow at the beginning, and one changes at the end.
	source = append(lines("Titre.\nDeux."), source...)
	target = append(lines("Title."), append(target[:3:3], "Four and five.")...)
	beads := align.Align(source, target, align.Decided(read))
	for _, want := range []align.Bead{
		{Source: align.Span{Start: 3, End: 5}, Target: align.Span{Start: 2, End: 3}, Confidence: 1},
		{Source: align.Span{Start: 5, End: 6}, Target: align.Span{Start: 3, End: 3}, Kind: align.Omitted, Confidence: 1},
	} {
		if !slices.Contains(beads, want) {
			t.Errorf("decision %v was lost: %v", want, beads)
		}
	}
}

func TestReadDecisionsRefuses(t *testing.T) {
	for file, code := range map[string]string{
		"[]":                                "align-decisions-malformed",
		`{"drogman-decisions":1,"other":0}`: "align-decisions-malformed",
		`{"drogman-decisions":2}`:           "align-decisions-version",
	} {
		_, err := align.ReadDecisions(strings.NewReader(file), "d.json")
		if e := (*align.Error)(nil); !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: %v, want %s", file, err, code)
		}
	}
}

func TestReadPairs(t *testing.T) {
	pairs, err := align.ReadPairs(strings.NewReader("# words\n\nchat\tcat\nchien\tdog\t0.5\nbird @ oiseau\n"), "w.tsv")
	want := []align.Pair{{Source: "chat", Target: "cat", Weight: .7}, {Source: "chien", Target: "dog", Weight: .5}, {Source: "oiseau", Target: "bird", Weight: .7}}
	if err != nil || !slices.Equal(pairs, want) {
		t.Errorf("%v, %v", pairs, err)
	}
	for file, code := range map[string]string{"a\nb": "align-pairs-line", "a\tb\t2": "align-pairs-weight"} {
		_, err := align.ReadPairs(strings.NewReader(file), "w.tsv")
		if e := (*align.Error)(nil); !errors.As(err, &e) || e.Code != code || e.Line != 1 {
			t.Errorf("%q: %v, want %s on line 1", file, err, code)
		}
	}
}
