package glossary

import "slices"

// The index. Every form of every term is a sequence of word hashes; the sequences make a
// trie, and the trie is one hash table: from (node, word) to the node after it. A branch
// with only one form left is not continued: its edge leads straight to the form, which is
// compared as a whole. So a million terms take some 1.5 million slots of eight bytes.
//
// Hashes decide nothing in the end. A slot keeps 32 bits of its key to pass over most
// others, and each form that the walk arrives at is compared letter by letter with the
// text; a collision costs time and never an occurrence.

// form is one way a term can be written. Its text is the term's own, or one of the
// index's where grammar made it.
type form struct {
	term  uint32 // into Matcher.terms
	text  uint32 // into Matcher.texts; 0: as the glossary has it
	sum   uint32 // of the words' hashes, see sumOf
	words uint8  // how many words
	skip  bool   // the first word is a contraction (du Caire) and stays outside the occurrence
}

type index struct {
	slots []uint64 // check<<32 | value; value 0 is an empty slot
	ends  [][2]uint32
	forms []form
	group []uint32 // the forms of the nodes, see ends
	first []uint64 // a bit for each hash, modulo its length, that begins a form
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

func (x *index) begins(hash uint64) bool {
	bit := (hash ^ hash>>29) & uint64(len(x.first)*64-1)
	return x.first[bit/64]>>(bit%64)&1 != 0
}

func (x *index) mark(hash uint64) {
	bit := (hash ^ hash>>29) & uint64(len(x.first)*64-1)
	x.first[bit/64] |= 1 << (bit % 64)
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
		if c := slices.Compare(s.of(a), s.of(b)); c != 0 {
			return c
		}
		return int(a) - int(b)
	})
	x.ends = append(x.ends, [2]uint32{})
	var edges []edgeOf
	x.branch(s, order, 0, 0, &edges)
	x.fill(edges)
	x.filter(s, order)
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
		x.ends = append(x.ends, [2]uint32{uint32(len(x.group)), uint32(len(x.group) + ended)})
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

// filter marks the first words: sixteen bits for each, so that of the words that begin no
// form one in sixteen is looked up in vain; at most 256 kB, the size of a cache.
func (x *index) filter(s *sequences, order []uint32) {
	distinct := 0
	for i, f := range order {
		if i == 0 || s.of(f)[0] != s.of(order[i-1])[0] {
			distinct++
		}
	}
	size := 64
	for size < distinct/4 && size < 1<<15 {
		size *= 2
	}
	x.first = make([]uint64, size)
	for _, f := range order {
		x.mark(s.of(f)[0])
	}
}
