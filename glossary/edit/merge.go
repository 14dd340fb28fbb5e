package edit

import "strings"

// Merge joins two descendants of one file, as git's merge drivers do, by concept rather
// than by line: what only one side changed, added or removed is taken from it, entry by
// entry and, within an entry, field by field. What both changed differently stands in the
// result between git's conflict marks, one entry or field at a time; conflicts counts them.
//
// The result has ours' lines and order; what only theirs has stands after the same entry
// as there.
func Merge(base, ours, theirs []byte) (merged []byte, conflicts int, err error) {
	b, o, t := string(base), string(ours), string(theirs)
	switch {
	case o == t || b == t:
		return ours, 0, nil
	case b == o:
		return theirs, 0, nil
	}
	var roots [3]*block
	for i, data := range [][]byte{base, ours, theirs} {
		if roots[i], err = parse(data); err != nil {
			return nil, 0, err
		}
		closeLast(roots[i])
	}
	m := merger{}
	m.block(roots[0], roots[1], roots[2])
	return []byte(roots[1].text()), m.conflicts, nil
}

// merger changes the blocks of ours into the result.
type merger struct{ conflicts int }

// block merges one block that all three have; base may be nil where both added it.
func (m *merger) block(base, ours, theirs *block) {
	if base == nil {
		base = &block{}
	}
	ours.lead = m.text(base.lead, ours.lead, theirs.lead, true)
	switch {
	case ours.body() == theirs.body() || theirs.body() == base.body():
		return
	case ours.body() == base.body():
		*ours = block{key: ours.key, lead: ours.lead, head: theirs.head, children: theirs.children, tail: theirs.tail, list: theirs.list}
		return
	}
	if len(ours.children) == 0 || len(theirs.children) == 0 {
		*ours = block{key: ours.key, lead: ours.lead, head: m.text(base.body(), ours.body(), theirs.body(), false)}
		return
	}
	ours.head = m.text(base.head, ours.head, theirs.head, false)
	ours.tail = m.text(base.tail, ours.tail, theirs.tail, true)
	m.children(base, ours, theirs)
}

func (m *merger) children(base, ours, theirs *block) {
	before, mine := base.index(), ours.index()
	m.removed(ours, before, theirs.index())
	for i, their := range theirs.children {
		our, old := mine[their.key], before[their.key]
		switch {
		case our != nil:
			m.block(old, our, their)
		case old == nil:
			at := after(ours, theirs, i)
			ours.children = append(ours.children[:at], append([]*block{their}, ours.children[at:]...)...)
		case their.body() != old.body(): // ours removed what theirs changed
			at := after(ours, theirs, i)
			conflict := &block{key: their.key, head: m.conflict("", their.text())}
			ours.children = append(ours.children[:at], append([]*block{conflict}, ours.children[at:]...)...)
		}
	}
}

// removed takes out of ours what theirs removed; what ours changed meanwhile is a conflict.
func (m *merger) removed(ours *block, before, after map[string]*block) {
	var kept []*block
	for _, our := range ours.children {
		old, their := before[our.key], after[our.key]
		switch {
		case old == nil || their != nil:
			kept = append(kept, our)
		case our.body() != old.body():
			kept = append(kept, &block{key: our.key, head: m.conflict(our.text(), "")})
		}
	}
	ours.children = kept
}

// after returns where theirs' child i belongs in ours: behind the nearest child above it
// that ours has too.
func after(ours, theirs *block, i int) int {
	for i--; i >= 0; i-- {
		if _, at := ours.child(theirs.children[i].key); at >= 0 {
			return at + 1
		}
	}
	return 0
}

// text merges plain lines: whichever side changed them, or a conflict. Comments that both
// changed are all kept instead.
func (m *merger) text(base, ours, theirs string, comments bool) string {
	switch {
	case ours == theirs || theirs == base:
		return ours
	case ours == base:
		return theirs
	case comments:
		return both(ours, theirs)
	}
	return m.conflict(ours, theirs)
}

// both keeps ours' comments and adds the lines that only theirs has.
func both(ours, theirs string) string {
	have := map[string]bool{}
	for line := range strings.Lines(ours) {
		have[strings.TrimSpace(line)] = true
	}
	for line := range strings.Lines(theirs) {
		if !have[strings.TrimSpace(line)] {
			ours += line
		}
	}
	return ours
}

func (m *merger) conflict(ours, theirs string) string {
	m.conflicts++
	return "<<<<<<< ours\n" + ours + "=======\n" + theirs + ">>>>>>> theirs\n"
}
