package document

import (
	"bytes"
	"iter"
	"slices"
	"testing"

	"drogman/pipeline/bitext"
)

func sequence(units ...bitext.Unit) iter.Seq2[bitext.Unit, error] {
	return func(yield func(bitext.Unit, error) bool) {
		for _, u := range units {
			if !yield(u, nil) {
				return
			}
		}
	}
}

func TestMergeUnits(t *testing.T) {
	open := bitext.Code{ID: "1", Kind: bitext.Open}
	closed := bitext.Code{ID: "1", Kind: bitext.Close, Span: bitext.Span{Start: 3, End: 3}}
	const page, id = "<p>Il a dit <b>oui. Puis</b> rien.</p>", "wfgvbtrn23ty"
	json := `{"a": "Oui ou non"}`
	for _, c := range []struct {
		name, file, data string
		units            []bitext.Unit
		want             string
		result           Result // without its problems
		codes            []string
	}{
		{"a pair over two segments", "x.html", page, []bitext.Unit{
			{ID: id + "::2", Source: "Puis rien.", Target: "And", TargetCodes: []bitext.Code{{ID: "m1", Kind: bitext.Open, Mark: true}, closed, {ID: "m1", Kind: bitext.Close, Mark: true}}},
			{ID: id + "::1", Source: "Il a dit oui.", Target: "Yes", TargetCodes: []bitext.Code{open}},
		}, "<p><b>Yes And</b></p>", Result{Merged: 2}, nil},
		{"a code missing in one of them", "x.html", page, []bitext.Unit{
			{ID: id + "::1", Source: "Il a dit oui.", Target: "Yes", TargetCodes: []bitext.Code{open}},
			{ID: id + "::2", Source: "Puis rien.", Target: "And"},
		}, "<p><b>Yes Puis</b> rien.</p>", Result{Merged: 1, Refused: 1}, []string{"code-missing"}},
		{"the beginning of a pair lost", "x.html", "<p>Il a dit <b>oui</b>.</p>", []bitext.Unit{
			{ID: "4xavg9shawmh::1", Source: "Il a dit oui.", Target: "Yes.", TargetCodes: []bitext.Code{closed}},
		}, "<p>Il a dit <b>oui</b>.</p>", Result{Refused: 1}, []string{"code-missing"}},
		{"twice the same unit", "x.html", page, []bitext.Unit{
			{ID: id + "::1", Source: "Il a dit oui.", Target: "Yes", TargetCodes: []bitext.Code{open}},
			{ID: id + "::1", Source: "Il a dit oui.", Target: "No", TargetCodes: []bitext.Code{open}},
		}, "<p><b>Yes Puis</b> rien.</p>", Result{Merged: 1, Stale: 1, Unseen: 1}, []string{"unit-stale"}},
		{"a row deleted in the middle of a paragraph", "x.txt", "Un. Deux. Trois.\n", []bitext.Unit{
			{ID: "7kg133fxq0n8::1", Source: "Un.", Target: "One."},
			{ID: "7kg133fxq0n8::3", Source: "Trois.", Target: "Three."},
		}, "One. Deux. Three.\n", Result{Merged: 2, Unseen: 1}, nil},
		{"a message that has changed", "x.json", json, []bitext.Unit{{ID: "a::1", Source: "Oui", Target: "Yes"}}, json, Result{Stale: 1}, []string{"unit-stale"}},
		{"no units", "x.json", json, nil, json, Result{Unseen: 1}, nil},
		{"no target", "x.json", json, []bitext.Unit{{ID: "a::1", Source: "Oui ou non"}}, json, Result{Untranslated: 1}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Open([]byte(c.data), c.file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			r, err := d.MergeUnits(&out, sequence(c.units...), MergeOptions{})
			if err != nil || out.String() != c.want {
				t.Errorf("got %s, %v\nwant %s", &out, err, c.want)
			}
			var codes []string
			for _, p := range r.Problems {
				codes = append(codes, p.Code)
			}
			r.Problems = nil
			if !slices.Equal(codes, c.codes) || r.Merged != c.result.Merged || r.Refused != c.result.Refused || r.Stale != c.result.Stale ||
				r.Unseen != c.result.Unseen || r.Untranslated != c.result.Untranslated {
				t.Errorf("got %+v, %v", r, codes)
			}
		})
	}
}
