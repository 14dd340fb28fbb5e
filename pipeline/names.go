package pipeline

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// Names counts the capitalised names that no term covers: what the glossary may lack. A
// name is a capitalised word, or several with nothing but particles between them. A word
// that begins a segment or a quotation is none: any word has a capital there.
//
// At most maxNames are kept in mind; when there are more, those seen once are forgotten.
type Names struct{ count map[string]int }

// Name is a name and how often it was seen.
type Name struct {
	Text  string
	Count int
}

const maxNames = 100_000

// particles may stand between the words of a name: Haut-Commissariat aux réfugiés is two
// names, Conseil de l'Europe is one.
var particles = map[string]bool{
	"de": true, "du": true, "des": true, "d": true, "la": true, "le": true, "les": true, "l": true,
	"von": true, "van": true, "der": true, "den": true, "da": true, "dos": true, "di": true, "del": true,
	"ben": true, "ibn": true, "bin": true, "al": true, "el": true, "of": true, "the": true,
}

// Add counts the names of one unit's source.
func (n *Names) Add(u *bitext.Unit) {
	var name bitext.Span // being read; empty: none
	end := 0             // of the word before
	for w := range wordsOf(u.Source) {
		gap := u.Source[end:w.Start]
		word := w.In(u.Source)
		joined := name.Len() > 0 && strings.Trim(gap, " '’-\u00a0\u202f") == ""
		first := end == 0 || strings.ContainsAny(gap, "«“\"(—–:.!?…")
		end = w.End
		switch capital := isCapitalised(word) && !covered(w, u.Terms); {
		case capital && joined:
			name.End = w.End
		case capital && !first:
			n.see(name.In(u.Source), 1)
			name = w
		case joined && particles[strings.ToLower(word)]:
			// the name may go on behind it
		default:
			n.see(name.In(u.Source), 1)
			name = bitext.Span{}
		}
	}
	n.see(name.In(u.Source), 1)
}

func (n *Names) see(name string, times int) {
	if name == "" {
		return
	}
	if n.count == nil {
		n.count = map[string]int{}
	}
	if _, known := n.count[name]; !known && len(n.count) >= maxNames {
		maps.DeleteFunc(n.count, func(_ string, count int) bool { return count == 1 })
	}
	n.count[strings.Clone(name)] += times
}

// Merge adds what another has counted.
func (n *Names) Merge(o Names) {
	for _, name := range slices.Sorted(maps.Keys(o.count)) {
		n.see(name, o.count[name])
	}
}

// Top returns the names seen most often, at most limit of them, by falling count, then by
// their letters; and how many different names there are in all.
func (n *Names) Top(limit int) (top []Name, all int) {
	for text, count := range n.count {
		top = append(top, Name{text, count})
	}
	slices.SortFunc(top, func(a, b Name) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Text, b.Text))
	})
	return top[:min(limit, len(top))], len(top)
}

// wordsOf are the runs of letters of a text.
func wordsOf(text string) iter.Seq[bitext.Span] {
	return func(yield func(bitext.Span) bool) {
		start := -1
		for i, r := range text {
			letter := unicode.IsLetter(r) || unicode.IsMark(r)
			switch {
			case letter && start < 0:
				start = i
			case !letter && start >= 0:
				if !yield(bitext.Span{Start: start, End: i}) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(bitext.Span{Start: start, End: len(text)})
		}
	}
}

func isCapitalised(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && size < len(word)
}

func covered(w bitext.Span, terms []bitext.Occurrence) bool {
	return slices.ContainsFunc(terms, func(t bitext.Occurrence) bool { return t.Span.Start < w.End && w.Start < t.Span.End })
}
