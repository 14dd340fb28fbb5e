package check

import (
	"cmp"
	"slices"
)

// sourceTwoTargets finds units whose source stands elsewhere in the batch with another
// target. The rarer targets are reported; where none is rarer, all are.
var sourceTwoTargets = Rule{
	Code: "source-two-targets", Severity: Warning,
	Before: Pair{"Lire la suite.\nLire la suite.", "Read more.\nContinue."},
	After:  Pair{"Lire la suite.\nLire la suite.", "Read more.\nRead more."},
	batch: func(*Checker) collector {
		return &variants{key: func(s *sighting) uint64 { return s.source }, value: func(s *sighting) uint64 { return s.target }}
	},
}

// targetTwoSources finds units whose target stands elsewhere in the batch for another
// source: often a copy pasted into the wrong place.
var targetTwoSources = Rule{
	Code: "target-two-sources", Severity: Info,
	Before: Pair{"Le début.\nLa fin.", "The end.\nThe end."},
	After:  Pair{"Le début.\nLa fin.", "The beginning.\nThe end."},
	batch: func(*Checker) collector {
		return &variants{key: func(s *sighting) uint64 { return s.target }, value: func(s *sighting) uint64 { return s.source }}
	},
}

// variants finds the units that share one text and differ in the other, by their hashes:
// 16 bytes a unit. Half a hash is enough for the other text, among the few of one key.
type variants struct {
	key, value func(*sighting) uint64
	seen       []variant
}

type variant struct {
	key         uint64
	value, unit uint32
}

func (v *variants) add(unit int, x *context) {
	if len(x.source.words) == 0 || len(x.target.words) == 0 {
		return
	}
	x.hash()
	v.seen = append(v.seen, variant{v.key(&x.seen), uint32(v.value(&x.seen)), uint32(unit)})
}

func (x *context) hash() {
	if x.seen.source == 0 {
		x.seen.source, x.seen.target = hash(x.source.raw), hash(x.target.raw)
	}
}

func (v *variants) findings(report func(int, Finding)) {
	slices.SortFunc(v.seen, func(a, b variant) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.value, b.value), cmp.Compare(a.unit, b.unit))
	})
	for same := range chunks(v.seen, func(a, b variant) bool { return a.key == b.key }) {
		most, kinds := 0, 0
		for alike := range chunks(same, func(a, b variant) bool { return a.value == b.value }) {
			most = max(most, len(alike))
			kinds++
		}
		if kinds == 1 {
			continue
		}
		reportRare(same, most, report)
	}
}

func reportRare(same []variant, most int, report func(int, Finding)) {
	best := 0
	for alike := range chunks(same, func(a, b variant) bool { return a.value == b.value }) {
		if len(alike) == most {
			best++
		}
	}
	for alike := range chunks(same, func(a, b variant) bool { return a.value == b.value }) {
		if len(alike) == most && best == 1 {
			continue
		}
		for _, one := range alike {
			report(int(one.unit), Finding{Side: Whole, Count: len(alike), Of: len(same), Reason: Repetition})
		}
	}
}

// chunks yields the runs of a sorted slice whose neighbours are the same.
func chunks[T any](all []T, same func(a, b T) bool) func(func([]T) bool) {
	return func(yield func([]T) bool) {
		for start := 0; start < len(all); {
			end := start + 1
			for end < len(all) && same(all[start], all[end]) {
				end++
			}
			if !yield(all[start:end]) {
				return
			}
			start = end
		}
	}
}

// hash is FNV-1a (Fowler, Noll, Vo), 64 bits.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
