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

// A sentence that occurs often, decided once and then deleted, is not taken for another of
// its kind further down: that would leave no room for the decisions between.
func TestDecisionsOnRepeatedSentences(t *testing.T) {
	source := lines("Oui.\nIl dort.\nOui.\nElle lit.\nLa nuit tombe.\nUn chat.\nOui.")
	target := lines("Yes.\nHe sleeps.\nYes.\nShe reads.\nNight falls.\nA cat.\nYes.")
	var all []align.Bead
	for i := range source {
		all = append(all, align.Bead{Source: align.Span{Start: i, End: i + 1}, Target: align.Span{Start: i, End: i + 1}, Confidence: 1})
	}
	decided := align.Decide(source, target, all)
	if found := decided.Find(source, target); !slices.Equal(found, all) {
		t.Errorf("in the same texts: %v", found)
	}
	cut := func(list []string, at int) []string { return slices.Delete(slices.Clone(list), at, at+1) }
	got := decided.Find(cut(source, 0), cut(target, 0))
	if want := decided.Find(source[1:], target[1:]); len(got) != len(all)-1 || !slices.Equal(got, want) {
		t.Errorf("the first pair deleted: %v", got)
	}
	for _, b := range decided.Find(cut(source, 2), target) {
		if b.Source.Len() == 1 && b.Source.Start >= 2 && b.Target.Start != b.Source.Start+1 {
			t.Errorf("the third source sentence deleted: %v", b)
		}
	}
	if got := decided.Find(cut(source, 2), target); len(got) < len(all)-2 {
		t.Errorf("the third source sentence deleted: only %v are left", got)
	}
}

// FuzzDecisions: after deletions on either side, what is found is right and in order, and
// whatever occurs but once is found.
func FuzzDecisions(f *testing.F) {
	f.Add("a\nb\na\nc\nd\na", uint64(1), uint64(0))
	f.Add("a\na\na\na", uint64(2), uint64(4))
	f.Add("x\ny\nz\nx\ny\nw", uint64(9), uint64(8))
	f.Fuzz(func(t *testing.T, text string, cutSource, cutTarget uint64) {
		source := lines(text)
		if len(source) > 60 {
			return
		}
		var all []align.Bead
		for i := range source {
			all = append(all, align.Bead{Source: align.Span{Start: i, End: i + 1}, Target: align.Span{Start: i, End: i + 1}})
		}
		s, t2 := without(source, cutSource), without(source, cutTarget)
		i, j := 0, 0
		for _, b := range align.Decide(source, source, all).Find(s, t2) {
			if b.Source.Start < i || b.Target.Start < j || b.Source.End > len(s) || b.Target.End > len(t2) {
				t.Fatalf("%v is not in order", b)
			}
			i, j = b.Source.End, b.Target.End
			if b.Source.Len() == 1 && b.Target.Len() == 1 && align.Fingerprint(s[b.Source.Start]) != align.Fingerprint(t2[b.Target.Start]) {
				t.Fatalf("%v pairs %q and %q", b, s[b.Source.Start], t2[b.Target.Start])
			}
		}
	})
}

// without leaves out the lines whose bit is set.
func without(list []string, cut uint64) (out []string) {
	for i, s := range list {
		if cut>>(i%64)&1 == 0 {
			out = append(out, s)
		}
	}
	return out
}

// A passage found elsewhere stands where its source does, whichever text is the longer;
// decided, it stays, without Crossing too; and what is decided to be missing stays missing.
func TestCrossing(t *testing.T) {
	var source, target []string
	names := strings.Fields("Gustave Nils Petersdotter Birger Ingrid Olaf Karin Sigismund Torkel Margareta Knut Valdemar Ragnhild Erik")
	towns := strings.Fields("Falun Uppsala Stockholm Mora Kalmar Visby Lund Malmö Örebro Sala Arboga Nora Gävle Karlstad")
	goods := strings.Fields("salpetre safran camphre mercure cochenille gingembre muscade cinabre galanga alun benjoin indigo borax cardamome")
	for i := range names {
		source = append(source, fmt.Sprintf("Le bailli %s demande %d florins et de la %s à %s.", names[i], 100+7*i, goods[i], towns[i]))
		target = append(target, fmt.Sprintf("The bailiff %s demands %d guilders and some %s of %s.", names[i], 100+7*i, goods[i], towns[i]))
	}
	target = slices.Concat(target[9:12], target[:9], target[12:]) // a passage at the end comes first
	end := []string{"Fin.", "Imprimé à Uppsala en 1523.", "Tous droits réservés."}
	for _, longer := range []struct{ source, target []string }{{append(source, end...), target}, {source, append(target, end...)}} {
		source, target := longer.source, longer.target
		beads := align.Align(source, target, align.Crossing())
		moved := align.Bead{Source: align.Span{Start: 10, End: 11}, Target: align.Span{Start: 1, End: 2}, Kind: align.Moved}
		i := slices.IndexFunc(beads, func(b align.Bead) bool {
			return b.Source == moved.Source && b.Target == moved.Target && b.Kind == moved.Kind
		})
		if i < 0 {
			t.Fatalf("the moved passage was not found: %v", beads)
		}
		if !slices.IsSortedFunc(beads, func(a, b align.Bead) int { return a.Source.Start - b.Source.Start }) {
			t.Errorf("a moved bead does not stand where its source does: %v", beads)
		}
		kept := moved
		kept.Confidence = 1
		decided := align.Decide(source, target, []align.Bead{moved})
		if beads := align.Align(source, target, align.Decided(decided)); !slices.Contains(beads, kept) {
			t.Errorf("the decided passage was lost: %v", beads)
		}
		missing := align.Decide(source, target, []align.Bead{{Source: align.Span{Start: 9, End: 12}, Target: align.Span{Start: 12, End: 12}, Kind: align.Omitted}})
		for _, b := range align.Align(source, target, align.Crossing(), align.Decided(missing)) {
			if b.Kind == align.Moved {
				t.Errorf("what was decided to be missing was found: %v", b)
			}
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

// In a few lines every word is common; a name is a sign of its sentence all the same.
func TestShortText(t *testing.T) {
	names := strings.Fields("Gustave Nils Petersdotter Birger Ingrid Olaf Karin Sigismund Torkel Margareta Knut Valdemar Ragnhild Erik")
	var source, target []string
	for i := range 12 {
		source, target = append(source, names[i]+" dort."), append(target, names[i+2]+" sleeps.")
	}
	for _, b := range align.Align(source, target) {
		if b.Kind == align.Matched && b.Source.Start != b.Target.Start+2 {
			t.Errorf("%s – %s", source[b.Source.Start], target[b.Target.Start])
		}
	}
}

// Sentences of thousands of clauses, as a list without stops is one, take no more time than
// their words do.
func TestLongSentences(t *testing.T) {
	source := []string{strings.Repeat("un deux trois, ", 30000), strings.Repeat("quatre cinq six, ", 30000)}
	target := []string{strings.Repeat("one two three, ", 30000), strings.Repeat("four five six, ", 30000)}
	if beads := align.Align(source, target); len(beads) == 0 {
		t.Error("no beads")
	}
}
