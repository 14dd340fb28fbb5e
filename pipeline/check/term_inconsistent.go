package check

import (
	"math"
	"strings"

	"drogman/glossary"
	"drogman/pipeline/bitext"
)

// termInconsistent finds concepts that the batch renders in several ways: where one
// approved term has at least two thirds of the places, the others stand out. An acronym
// and the name it is short for are one way, and so are a name and a part of it; a name is
// compared with the same form of it alone, for Bachar al-Assad is Bashar al-Assad and
// Assad is Assad.
//
// Two spellings of one word are a warning. Two words that the glossary both approves are
// an advisory: a writer may vary them on purpose.
var termInconsistent = Rule{
	Code: "term-inconsistent", Severity: Warning,
	Before: Pair{"Un cessez-le-feu.\nLe cessez-le-feu.\nCe cessez-le-feu.", "A ceasefire.\nThe ceasefire.\nThis cease-fire."},
	After:  Pair{"Un cessez-le-feu.\nLe cessez-le-feu.\nCe cessez-le-feu.", "A ceasefire.\nThe ceasefire.\nThis ceasefire."},
	batch: func(*Checker) collector {
		return &renderings{ways: map[rendered]map[string][]rendering{}}
	},
}

// rendering is one place where an approved term stands for a concept, in 12 bytes. A
// place beyond the first 64 KiB of a text is not remembered.
type rendering struct {
	unit           uint32
	source, target [2]uint16 // start and end of the phrases
}

// rendered is what has one rendering: a concept or, of a name, one form of it.
type rendered struct {
	concept *glossary.Concept
	form    *glossary.Term // nil for common terms
}

// renderings are all places, by what is rendered and how.
type renderings struct {
	ways map[rendered]map[string][]rendering
}

func (r *renderings) add(unit int, x *context) {
	for _, w := range x.termsOf().wanted {
		if w.concept.Type == glossary.Keep || w.ambiguous {
			continue
		}
		for i, a := range w.answers {
			if i >= len(w.source) {
				break
			}
			r.put(&w, a, i, unit)
		}
	}
}

func (r *renderings) put(w *wanted, a glossary.Occurrence, i, unit int) {
	what := rendered{concept: w.concept}
	if w.concept.Type != glossary.Terms {
		what.form = w.term
	}
	ways := r.ways[what]
	if ways == nil {
		ways = map[string][]rendering{}
		r.ways[what] = ways
	}
	key := a.Term.Text
	if isAcronym(a.Term.Text) {
		key = "" // counts for whatever it is short for
	}
	source, fits := narrow(w.source[i])
	target, also := narrow(spanOf(a))
	if fits && also {
		ways[key] = append(ways[key], rendering{uint32(unit), source, target})
	}
}

func narrow(s bitext.Span) ([2]uint16, bool) {
	return [2]uint16{uint16(s.Start), uint16(s.End)}, s.End <= math.MaxUint16
}

func wide(s [2]uint16) bitext.Span { return bitext.Span{Start: int(s[0]), End: int(s[1])} }

func (r *renderings) findings(report func(int, Finding)) {
	for what, ways := range r.ways {
		usual, most, total := "", 0, 0
		for _, way := range sortedKeys(ways) {
			if n := len(ways[way]); way != "" {
				total += n
				if n > most {
					usual, most = way, n
				}
			}
		}
		if most == total || 3*most < 2*total {
			continue
		}
		for way, places := range ways {
			if way == "" || way == usual || partOf(way, usual) || partOf(usual, way) {
				continue
			}
			for _, p := range places {
				report(int(p.unit), p.finding(what.concept, way, usual, len(places), total))
			}
		}
	}
}

// partOf reports whether all words of a stand in b, together: Assad in al-Assad.
func partOf(a, b string) bool {
	spaced := strings.NewReplacer("-", " ")
	return strings.Contains(" "+spaced.Replace(b)+" ", " "+spaced.Replace(a)+" ")
}

func (p rendering) finding(c *glossary.Concept, have, want string, count, of int) Finding {
	f := Finding{
		Concept: c.ID, Side: Target, Start: int(p.target[0]), End: int(p.target[1]), Other: wide(p.source),
		Have: have, Want: want, Count: count, Of: of,
	}
	if !sameWord(have, want) {
		f.Severity, f.Reason = Advisory, Admitted
	}
	return f
}

// sameWord reports whether two terms are spellings of one: they differ in spaces, hyphens
// or dots, or by two letters at most.
func sameWord(a, b string) bool {
	bare := strings.NewReplacer(" ", "", "-", "", ".", "")
	a, b = bare.Replace(a), bare.Replace(b)
	switch {
	case a == b:
		return true
	case strings.HasPrefix(a, b), strings.HasPrefix(b, a), min(len(a), len(b)) < 5:
		return false
	}
	return a[0] == b[0] && editDistance([]rune(a), []rune(b)) <= 2
}
