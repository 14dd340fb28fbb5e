// Package lexicon knows the forms of words: which lemma a form belongs to, whether as a
// noun or adjective or as a verb, and the other forms of that lemma with their gender
// and number.
//
// The French lexicon is embedded (fr.lex, made by the program in build/ from the forms
// of hunspell-fr 7.0, MPL 2.0; see NOTICE). It is read in place: opening it costs nothing.
//
// How it is kept. The forms of a lemma are a stem, their longest common prefix, and one
// of some hundred classes: a list of endings. Stems are the words of a minimal acyclic
// automaton (Daciuk et al. 2000, "Incremental construction of minimal acyclic
// finite-state automata"); a stem's node has an edge for each class it takes. To analyse
// a form is to walk down it letter by letter, and at each stem on the way to look whether
// a class there has the rest of the form among its endings.
package lexicon

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Kind tells the two sorts of paradigm apart.
type Kind uint8

const (
	Nominal Kind = iota // nouns, adjectives, and words that do not vary
	Verbal
)

// Slot is what a nominal form can be: a set of gender and number. Verbal forms have none.
type Slot uint8

const (
	MasculineSingular Slot = 1 << iota
	MasculinePlural
	FeminineSingular
	FemininePlural

	Singular = MasculineSingular | FeminineSingular
	Plural   = MasculinePlural | FemininePlural
)

// Form is one form of a paradigm and what it can be.
type Form struct {
	Text  string
	Slots Slot
}

// Analysis is one reading of a form: the paradigm it belongs to, and its place there.
type Analysis struct {
	Kind  Kind
	Slots Slot
	stem  string
	class *class
}

// Lemma is the form the dictionary lists the paradigm under.
func (a Analysis) Lemma() string { return a.stem + a.class.endings[0].Text }

// Forms returns all forms of the paradigm, the lemma first.
func (a Analysis) Forms() []Form {
	forms := make([]Form, len(a.class.endings))
	for i, e := range a.class.endings {
		forms[i] = Form{a.stem + e.Text, e.Slots}
	}
	return forms
}

type class struct {
	kind    Kind
	endings []Form
	longest int // of the endings, in bytes
}

// Lexicon is the word forms of a language, in lower case, NFC. It is safe for concurrent use.
type Lexicon struct {
	classes []class
	edges   string // four bytes each, see edge
}

//go:embed fr.lex
var french string

// French returns the embedded French lexicon.
var French = sync.OnceValue(func() *Lexicon { return open(french) })

// An edge is four bytes, little-endian: the label in bits 0 to 7, the mark of a node's
// last edge in bit 8, and above it the index of the first edge of the node it leads to.
// The label 0 ends a stem; there the number above is that of a class.
type edge uint32

func (e edge) label() byte { return byte(e) }
func (e edge) last() bool  { return e&0x100 != 0 }
func (e edge) target() int { return int(e >> 9) }

func (l *Lexicon) edge(i int) edge {
	b := l.edges[4*i : 4*i+4]
	return edge(uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24)
}

// open reads the classes, one a line up to an empty line; the edges, the root's first,
// follow it.
func open(data string) *Lexicon {
	head, edges, _ := strings.Cut(data, "\n\n")
	l := &Lexicon{edges: edges}
	for line := range strings.Lines(head) {
		l.classes = append(l.classes, parseClass(strings.TrimSuffix(line, "\n")))
	}
	return l
}

// parseClass reads "n" or "v" and the endings, each after a slash and before it, as a
// hexadecimal digit, its slots: "n3/5/s" is two endings, "" (3) and "s" (5).
func parseClass(line string) class {
	var c class
	if line[0] == 'v' {
		c.kind = Verbal
	}
	for _, field := range strings.Split(line[1:], "/") {
		c.endings = append(c.endings, Form{field[1:], Slot(strings.IndexByte("0123456789abcdef", field[0]))})
		c.longest = max(c.longest, len(field)-1)
	}
	return c
}

// Analyse returns every reading of a form, the nominal ones first. The form is in lower
// case and NFC.
func (l *Lexicon) Analyse(form string) []Analysis {
	var found []Analysis
	node := 0
	for depth := 0; ; depth++ {
		next := -1
		for i := node; ; i++ {
			e := l.edge(i)
			switch {
			case e.label() == 0:
				found = l.classes[e.target()].analyse(found, form[:depth], form[depth:])
			case depth < len(form) && e.label() == form[depth]:
				next = e.target()
			}
			if e.last() {
				break
			}
		}
		if next < 0 {
			break
		}
		node = next
	}
	slices.SortStableFunc(found, func(a, b Analysis) int { return int(a.Kind) - int(b.Kind) })
	return found
}

func (c *class) analyse(found []Analysis, stem, ending string) []Analysis {
	if len(ending) > c.longest {
		return found
	}
	for _, e := range c.endings {
		if e.Text == ending {
			return append(found, Analysis{c.kind, e.Slots, stem, c})
		}
	}
	return found
}

// Has reports whether the lexicon knows a form.
func (l *Lexicon) Has(form string) bool { return len(l.Analyse(form)) > 0 }
