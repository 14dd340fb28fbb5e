package main

import (
	"encoding/binary"
	"io"
	"slices"
	"strings"
)

// builder makes the minimal automaton of stems given in order. Only the path of the last
// stem can still change; when the next stem leaves it, the part left behind is replaced
// by an equal node made before, where there is one (Daciuk et al. 2000, algorithm 1).
type builder struct {
	path  []*state // the states of the last stem, the root first
	last  string
	known map[string]*state
	order []*state
}

type state struct {
	labels  []byte
	targets []*state
	classes []int
	number  int // 1 and up once it is in order
}

// key is equal for states that accept the same endings.
func (s *state) key() string {
	var k []byte
	for _, c := range s.classes {
		k = binary.AppendUvarint(append(k, 0), uint64(c))
	}
	for i, label := range s.labels {
		k = binary.AppendUvarint(append(k, label), uint64(s.targets[i].number))
	}
	return string(k)
}

func (b *builder) add(stem string, class int) {
	if b.path == nil {
		b.path, b.known = []*state{{}}, map[string]*state{}
	}
	common := 0
	for common < min(len(stem), len(b.last)) && stem[common] == b.last[common] {
		common++
	}
	b.close(common)
	for i := common; i < len(stem); i++ {
		next := &state{}
		parent := b.path[i]
		parent.labels = append(parent.labels, stem[i])
		parent.targets = append(parent.targets, next)
		b.path = append(b.path, next)
	}
	end := b.path[len(stem)]
	end.classes = append(end.classes, class)
	b.last = strings.Clone(stem)
}

// close replaces the states of the path below depth by their equals.
func (b *builder) close(depth int) {
	for i := len(b.path) - 1; i > depth; i-- {
		s := b.path[i]
		key := s.key()
		if same := b.known[key]; same != nil {
			parent := b.path[i-1]
			parent.targets[len(parent.targets)-1] = same
		} else {
			b.known[key] = s
			b.order = append(b.order, s)
			s.number = len(b.order)
		}
	}
	b.path = b.path[:depth+1]
}

// write writes the edges of all states, the root's first.
func (b *builder) write(w io.Writer) {
	b.close(0)
	states := append(b.order, b.path[0])
	slices.Reverse(states)
	first := map[*state]int{}
	n := 0
	for _, s := range states {
		first[s] = n
		n += len(s.classes) + len(s.labels)
	}
	for _, s := range states {
		var edges []uint32
		for _, c := range s.classes {
			edges = append(edges, uint32(c)<<9)
		}
		for i, label := range s.labels {
			edges = append(edges, uint32(first[s.targets[i]])<<9|uint32(label))
		}
		edges[len(edges)-1] |= 0x100
		binary.Write(w, binary.LittleEndian, edges)
	}
}
