package check

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"drogman/pipeline/bitext"
)

// name finds names that the target spells otherwise than the source, by a letter or two
// where a slip of the hand or a change of transliteration is likelier than a translation.
//
// Only capitalised words of four letters or more are compared, and only those that have
// no equal on the other side: a name that stands there as it should explains itself.
// Where the two languages often differ in just this way (ou and u, a dropped accent, the
// last letters: Syrie, Syria), the finding is an advisory.
var name = Rule{
	Code: "name", Severity: Warning,
	Before: Pair{"Selon Watson, la réunion a eu lieu.", "According to Watsun, the meeting took place."},
	After:  Pair{"Selon Watson, la réunion a eu lieu.", "According to Watson, the meeting took place."},
	Cases: []Case{
		{Pair: Pair{"le groupe de Visegrad", "the Vysegrad Group"}, Have: []string{"Vysegrad"}},
		{Pair: Pair{"Trapattoni a parlé.", "Trapatoni spoke."}, Have: []string{"Trapatoni"}},
		{Pair: Pair{"Nieto est élu.", "Neito is elected."}, Have: []string{"Neito"}},
		{Pair: Pair{"François est là.", "Françoys is here."}, Have: []string{"Françoys"}},
		{Pair: Pair{"la Syrie et la Russie", "Syria and Russia"}},
		{Pair: Pair{"les Américains", "the Americans"}},
		{Pair: Pair{"Moubarak est parti.", "Mubarak has gone."}, Soft: []string{"Mubarak"}},
		{Pair: Pair{"le Québec", "Quebec"}},
		{Pair: Pair{"Watson et Watsun", "Watson and Watsun"}},
	},
	unit: func(x *context) {
		for _, n := range x.names() {
			if n.kind == altered {
				x.reportAt(Target, n.target, n.source, Finding{})
			} else if n.kind == regular {
				x.reportAt(Target, n.target, n.source, Finding{Severity: Advisory, Reason: Regular})
			}
		}
	},
}

// nameSeen is a name of the source and what the target has for it.
type nameSeen struct {
	source, target bitext.Span
	from, to       string // folded
	kind           nameKind
}

type nameKind uint8

const (
	verbatim nameKind = iota
	altered
	regular    // spelt as the languages often differ
	translated // differs at an end, or lost an accent: Syrie, Syria
)

const (
	nameLength = 4       // letters; shorter words are too often alike by chance
	namePairs  = 250_000 // to compare; a unit with more is no segment but a list
)

// names pairs the names of the two sides, and remembers them for the batch.
func (x *context) names() []nameSeen {
	if x.seen.names != nil || x.untranslated() {
		return x.seen.names
	}
	source, target := nameWords(&x.source), nameWords(&x.target)
	target = slices.DeleteFunc(target, func(t word) bool { return x.source.has(t.fold) })
	if len(source)*len(target) > namePairs {
		return nil
	}
	for _, s := range source {
		if x.target.has(s.fold) {
			x.seen.names = append(x.seen.names, nameSeen{source: s.Span, from: s.fold, to: s.fold})
			continue
		}
		if x.termsOf().speaksFor(s.Span) {
			continue // the rules about terms judge it
		}
		if n, ok := x.nearestName(s, target); ok {
			x.seen.names = append(x.seen.names, n)
		}
	}
	return x.seen.names
}

// nameWords are the words that may be names, each once.
func nameWords(t *text) []word {
	var names []word
	seen := map[string]bool{}
	for _, w := range t.words {
		if !w.upper || w.caps || !w.alpha || utf8.RuneCountInString(w.fold) < nameLength {
			continue
		}
		if !seen[w.fold] {
			seen[w.fold] = true
			names = append(names, w)
		}
	}
	return names
}

// nearestName finds the target word that s was most likely turned into.
func (x *context) nearestName(s word, candidates []word) (nameSeen, bool) {
	a := []rune(s.fold)
	for _, t := range candidates {
		b := []rune(t.fold)
		if a[0] != b[0] || max(len(a), len(b))-min(len(a), len(b)) > 1 {
			continue
		}
		if editDistance(a, b) != 1 {
			continue
		}
		kind := x.kindOfName(x.source.in(s.Span), s.fold, x.target.in(t.Span), t.fold)
		return nameSeen{source: s.Span, target: t.Span, from: s.fold, to: t.fold, kind: kind}, true
	}
	return nameSeen{}, false
}

func (x *context) kindOfName(source, from, target, to string) nameKind {
	switch {
	case from[len(from)-1] != to[len(to)-1]:
		return translated
	case accents(norm.NFC.String(source)) > accents(norm.NFC.String(target)):
		return translated
	case regularSpelling(x.source.tongue.spellings, from, to):
		return regular
	}
	return altered
}

// accents is how many letters of s the fold changed besides their case.
func accents(s string) int {
	n := 0
	for _, r := range s {
		if r >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// regularSpelling reports whether one correspondence, applied at one place, turns from
// into to.
func regularSpelling(spellings []correspondence, from, to string) bool {
	from, to = from+"$", to+"$"
	for _, c := range spellings {
		for at := 0; at < len(from); at++ {
			i := strings.Index(from[at:], c.source)
			if i < 0 {
				break
			}
			at += i
			if from[:at]+c.target+from[at+len(c.source):] == to {
				return true
			}
		}
	}
	return false
}

// editDistance is the number of letters to insert, delete, replace or swap with their
// neighbour to turn a into b (Damerau 1964, in the form that never edits a swapped pair
// again). Cell j of a row is the distance between the prefixes read so far.
func editDistance(a, b []rune) int {
	previous, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next[0] = i + 1
		for j := range b {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], previous[j-1]+1)
			}
		}
		previous, row, next = row, next, previous
	}
	return row[len(b)]
}

// nameInconsistent finds names that the batch spells in several ways: where most units
// keep the source's spelling, or one other, the rest stand out.
var nameInconsistent = Rule{
	Code: "name-inconsistent", Severity: Warning,
	Before: Pair{"Assad part.\nAssad reste.", "Assad leaves.\nAsad stays."},
	After:  Pair{"Assad part.\nAssad reste.", "Assad leaves.\nAssad stays."},
	batch:  func(*Checker) collector { return nameTally{} },
}

// nameTally counts the spellings of each name, by the folded name of the source.
type nameTally map[string]*nameSpellings

type nameSpellings struct {
	kept  int // as the source writes it
	other map[string][]namePlace
}

type namePlace struct {
	unit           int
	source, target bitext.Span
}

func (t nameTally) add(unit int, x *context) {
	for _, n := range x.names() {
		s := t[n.from]
		if s == nil {
			s = &nameSpellings{}
			t[n.from] = s
		}
		switch n.kind {
		case verbatim:
			s.kept++
		case altered, regular:
			if s.other == nil {
				s.other = map[string][]namePlace{}
			}
			s.other[n.to] = append(s.other[n.to], namePlace{unit, n.source, n.target})
		}
	}
}

func (t nameTally) findings(report func(int, Finding)) {
	for from, s := range t {
		total, usual, most := s.kept, from, s.kept
		for _, to := range sortedKeys(s.other) {
			total += len(s.other[to])
			if len(s.other[to]) > most {
				usual, most = to, len(s.other[to])
			}
		}
		for to, places := range s.other {
			if to == usual || total == len(places) {
				continue
			}
			for _, p := range places {
				report(p.unit, Finding{
					Side: Target, Start: p.target.Start, End: p.target.End, Other: p.source,
					Have: to, Want: usual, Count: len(places), Of: total,
				})
			}
		}
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
