package glossary

import (
	"cmp"
	"slices"
)

// The index. Every form of every term is a sequence of word hashes; the sequences make a
// trie, and the trie is one hash table: from (node, word) to the node after it. A branch
// with only one form left is not continued: its edge leads straight to the form, which is
// compared as a whole. So a million terms take some 1.5 million slots of eight bytes.
//
// Hashes decide nothing in the end. A slot keeps 32 bits of its key to pass over most
// others, and each form that the walk arrives at is compared letter by letter with the
// text; a collision costs time and never an occurrence.

// form is one way a term can be written.
type form struct {
	term uint32 // into Matcher.terms
	text uint32 // into Matcher.texts; 0: as the glossary has it
	// shape is how many words there are (bits 0 to 5), whether the first is a contraction
	// (du Caire) that stays outside the occurrence (bit 6), whether the first letter must be
	// a capital (bit 7), and above, a sum of the words' hashes.
	shape uint32
}

const (
	contraction = 1 << 6
	capital     = 1 << 7
	sumShift    = 8
)

func (f *form) words() int  { return int(f.shape & 0x3f) }
func (f *form) skips() bool { return f.shape&contraction != 0 }

// matches reports, with neither the form nor the term looked at, whether the words of the
// text may be those of the form.
func (f *form) matches(text string, tokens []token) bool {
	if f.words() > len(tokens) {
		return false
	}
	if b := text[tokens[0].start]; f.shape&capital != 0 && 'a' <= b && b <= 'z' {
		return false
	}
	var sum uint64
	for _, t := range tokens[:f.words()] {
		sum = mix(sum, t.hash)
	}
	return f.shape>>sumShift == uint32(sum)>>sumShift
}

// shapeOf is the shape of a form with the given word hashes.
func shapeOf(words []uint64) uint32 {
	var sum uint64
	for _, w := range words {
		sum = mix(sum, w)
	}
	return uint32(sum)>>sumShift<<sumShift | uint32(len(words))
}

type index struct {
	slots []uint64 // check<<32 | value; value 0 is an empty slot
	// ends holds for each node where in group the forms that end there begin; those of the
	// next node follow.
	ends           []uint32
	group          []uint32
	forms          []form
	singles, pairs filter // of the forms of one word, and of the first two words of the others
}

// A value is a node's number, or with leaf a form's.
const leaf = 1 << 31

func edgeKey(node uint32, hash uint64) uint64 { return mix(hash, uint64(node)*0x9E3779B97F4A7C15+1) }

// follow returns the value of the edge, 0 where there is none.
func (x *index) follow(node uint32, hash uint64) uint32 {
	key := edgeKey(node, hash)
	mask := uint64(len(x.slots) - 1)
	for at := key & mask; ; at = (at + 1) & mask {
		slot := x.slots[at]
		if slot == 0 {
			return 0
		}
		if slot>>32 == key>>32 {
			return uint32(slot)
		}
	}
}

// sequences are the word hashes of all forms, one after the other.
type sequences struct {
	hashes []uint64
	start  []uint32 // of each form, and one more
}

func (s *sequences) of(form uint32) []uint64 { return s.hashes[s.start[form]:s.start[form+1]] }

// edgeOf is an edge before it has a slot.
type edgeOf struct {
	key   uint64
	value uint32
}

// build makes the trie: the forms are sorted by their sequences, and each range of forms
// with a common beginning is a node.
func (x *index) build(s *sequences) {
	order := make([]uint32, len(x.forms))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		// Nearly all differ in their first word already.
		if x, y := s.hashes[s.start[a]], s.hashes[s.start[b]]; x != y {
			return cmp.Compare(x, y)
		}
		if c := slices.Compare(s.of(a), s.of(b)); c != 0 {
			return c
		}
		return int(a) - int(b)
	})
	x.ends = append(x.ends, 0)
	var edges []edgeOf
	x.branch(s, order, 0, 0, &edges)
	x.ends = slices.Clip(append(x.ends, uint32(len(x.group))))
	x.group = slices.Clip(x.group)
	x.fill(edges)
	x.filters(s)
}

// branch makes the edges of a node out of the forms in order, all of which share their
// first depth words.
func (x *index) branch(s *sequences, order []uint32, node uint32, depth int, edges *[]edgeOf) {
	for len(order) > 0 {
		hash := s.of(order[0])[depth]
		n := 1
		for n < len(order) && s.of(order[n])[depth] == hash {
			n++
		}
		same := order[:n]
		order = order[n:]
		if n == 1 {
			*edges = append(*edges, edgeOf{edgeKey(node, hash), leaf | same[0]})
			continue
		}
		child := uint32(len(x.ends))
		*edges = append(*edges, edgeOf{edgeKey(node, hash), child})
		ended := 0
		for ended < n && len(s.of(same[ended])) == depth+1 {
			ended++
		}
		x.ends = append(x.ends, uint32(len(x.group)))
		x.group = append(x.group, same[:ended]...)
		x.branch(s, same[ended:], child, depth+1, edges)
	}
}

// fill puts the edges in a table at most three quarters full.
func (x *index) fill(edges []edgeOf) {
	size := 16
	for size*3 < len(edges)*4 {
		size *= 2
	}
	x.slots = make([]uint64, size)
	mask := uint64(size - 1)
	for _, e := range edges {
		at := e.key & mask
		for x.slots[at] != 0 {
			at = (at + 1) & mask
		}
		x.slots[at] = e.key>>32<<32 | uint64(e.value)
	}
}

// A filter is a set of hashes that may take a hash for a member that is none: a bit for
// each, modulo its size. Most words of a text begin no term; that must be seen without a
// look at the table, which is too large for the processor's cache.
type filter []uint64

// newFilter makes a filter for n hashes: sixteen bits for each, at most a megabyte.
func newFilter(n int) filter {
	size := 64
	for size < n/4 && size < 1<<17 {
		size *= 2
	}
	return make(filter, size)
}

func (f filter) has(hash uint64) bool {
	bit := (hash ^ hash>>32) & uint64(len(f)*64-1)
	return f[bit/64]>>(bit%64)&1 != 0
}

func (f filter) add(hash uint64) {
	bit := (hash ^ hash>>32) & uint64(len(f)*64-1)
	f[bit/64] |= 1 << (bit % 64)
}

// pairOf is the hash of two words in a row.
func pairOf(a, b uint64) uint64 { return (a ^ b>>7) * 0x9E3779B97F4A7C15 }

// filters marks the forms of one word, and the first two words of the others.
func (x *index) filters(s *sequences) {
	singles := 0
	for _, f := range x.forms {
		if f.words() == 1 {
			singles++
		}
	}
	x.singles, x.pairs = newFilter(singles), newFilter(len(x.forms)-singles)
	for i, f := range x.forms {
		if words := s.of(uint32(i)); f.words() == 1 {
			x.singles.add(words[0])
		} else {
			x.pairs.add(pairOf(words[0], words[1]))
		}
	}
}

// begins reports whether a form may begin with the first of the tokens.
func (x *index) begins(tokens []token) bool {
	return x.singles.has(tokens[0].hash) || len(tokens) > 1 && x.pairs.has(pairOf(tokens[0].hash, tokens[1].hash))
}
