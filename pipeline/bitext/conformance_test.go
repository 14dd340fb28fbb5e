package bitext

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"
)

var sameUnit = cmp.Options{
	cmpopts.IgnoreFields(Unit{}, "Place"), cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b language.Tag) bool { return tagString(a) == tagString(b) }),
}

// write∘read is the identity on every unit, but for the parts a format says it lacks.
func TestWriteRead(t *testing.T) {
	for _, f := range Formats {
		if !f.Reads() || !f.Writes() {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			for _, u := range hardUnits() {
				if got, err := there(f, u); err != nil {
					var refused *Error
					if !errors.As(err, &refused) || refused.Code != "text-nul" {
						t.Errorf("%+v: %v", u, err)
					}
				} else if diff := cmp.Diff([]Unit{f.Kept(u)}, got, sameUnit); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			}
			units := hardUnits()
			got, err := there(f, units...)
			if err != nil {
				t.Fatal(err)
			}
			for i := range units {
				units[i] = f.Kept(units[i])
			}
			if diff := cmp.Diff(units, got, sameUnit); diff != "" {
				t.Errorf("all in one file: -want +got:\n%.2000s", diff)
			}
		})
	}
}

// Whatever way of two formats a unit goes, what both keep comes back.
func TestWriteReadPairs(t *testing.T) {
	units := hardUnits()
	var both []Format
	for _, f := range Formats {
		if f.Reads() && f.Writes() {
			both = append(both, f)
		}
	}
	for _, first := range both {
		if first.Keeps&PartID == 0 {
			continue
		}
		once, err := there(first, units...)
		if err != nil {
			t.Fatal(first.Name, err)
		}
		for i := range once {
			once[i].Languages = frEn
		}
		for _, second := range both {
			want := make([]Unit, len(once))
			for i, u := range once {
				want[i] = second.Kept(u)
			}
			got, err := there(second, once...)
			if err != nil {
				t.Errorf("%s to %s: %v", first.Name, second.Name, err)
			} else if diff := cmp.Diff(want, got, sameUnit); diff != "" {
				t.Errorf("%s to %s: -want +got:\n%.1500s", first.Name, second.Name, diff)
			}
		}
	}
}

func there(f Format, units ...Unit) ([]Unit, error) {
	file, err := written(f, units...)
	if err != nil {
		return nil, err
	}
	var got []Unit
	for u, err := range Read(bytes.NewReader(file), "x", f) {
		if err != nil {
			return got, err
		}
		got = append(got, f.Kept(u))
	}
	return got, nil
}

func written(f Format, units ...Unit) ([]byte, error) {
	var file bytes.Buffer
	w, err := NewWriter(&file, f, Header{Languages: frEn})
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		if err := w.Write(u); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return file.Bytes(), err
}
