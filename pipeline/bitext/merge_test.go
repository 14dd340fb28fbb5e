package bitext_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"drogman/pipeline"
	"drogman/pipeline/bitext"
)

func merge(t testing.TB, f bitext.Format, file []byte, units []bitext.Unit) ([]byte, pipeline.Merged) {
	t.Helper()
	var out bytes.Buffer
	m, err := pipeline.MergeBilingual(file, &out, pipeline.Original{Name: "x", Format: f}, units)
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return out.Bytes(), m
}

func unitsOf(t testing.TB, f bitext.Format, file []byte) []bitext.Unit {
	t.Helper()
	var units []bitext.Unit
	for u, err := range bitext.Read(bytes.NewReader(file), "x", f) {
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		units = append(units, u)
	}
	return units
}

// Merging a file's own units into it gives the file; merging other targets gives those, and
// all else stays.
func TestMergeLaws(t *testing.T) {
	units := slices.DeleteFunc(bitext.HardUnits(), func(u bitext.Unit) bool {
		return u.Target == "c\nd" // one code that shows two texts
	})
	for _, f := range bitext.Spliceable() {
		file, err := bitext.Written(f, units...)
		if err != nil {
			t.Fatal(err)
		}
		own := unitsOf(t, f, file)
		same, m := merge(t, f, file, own)
		if !bytes.Equal(same, file) || len(m.Problems) > 0 {
			t.Errorf("%s: its own units are not the identity: %v %s", f.Name, m.Problems, cmp.Diff(string(file), string(same)))
		}
		for round := range 3 {
			checkMerge(t, f, file, own, round)
		}
	}
}

// checkMerge gives each unit another target, with the source's codes; the texts go round.
func checkMerge(t *testing.T, f bitext.Format, file []byte, own []bitext.Unit, round int) {
	t.Helper()
	var given []bitext.Unit
	for i, u := range own {
		text := bitext.HardTexts[(i+round*7)%len(bitext.HardTexts)]
		u.Target, u.TargetCodes, u.State = u.Source+text+"′", u.SourceCodes, bitext.Reviewed
		if f.Name == "tmx" || f.Name == "po" { // have a place for others only where one stands
			u.State = bitext.Translated
		}
		given = append(given, u)
	}
	got, m := merge(t, f, file, given)
	refused := map[string]bool{}
	for _, err := range m.Problems {
		var e *bitext.Error
		if !errors.As(err, &e) || e.Code != "splice-code" {
			t.Errorf("%s: %v", f.Name, err)
			continue
		}
		refused[e.Unit] = true
	}
	if len(m.Problems) > 1 { // XLIFF 2: <sc/> in the source and <pc> in the target
		t.Errorf("%s: %v", f.Name, m.Problems)
	}
	var want []bitext.Unit
	locked := 0
	for i, u := range own {
		switch {
		case refused[u.ID]:
		case u.State == bitext.Final, slices.Contains(u.Fields, bitext.Field{Name: "unit.translate", Value: "no"}):
			locked++
		default:
			u.Target, u.TargetCodes, u.State = given[i].Target, given[i].TargetCodes, given[i].State
		}
		want = append(want, u)
	}
	if diff := cmp.Diff(want, unitsOf(t, f, got), bitext.SameUnit); diff != "" {
		t.Errorf("%s: -want +got:\n%.3000s", f.Name, diff)
	}
	if m.Locked != locked || m.Merged != len(own)-locked-len(refused) || len(m.Left) > 0 {
		t.Errorf("%s: counted %+v, %d locked of %d", f.Name, m, locked, len(own))
	}
}
