package glossary

import (
	"cmp"
	"slices"
)

// settle decides between the occurrences found in a text and returns those that stand,
// in place.
//
// First the context is heard: a term with When needs one of its words in the text, and
// one within an Unless phrase is cancelled. Of several terms of one concept on one span
// the best stands: exact before folded before inflected, then preferred before the rest.
// Of several concepts on one span those that asked for a context and have it win; if
// more than one is left they are ambiguous. An occurrence within a longer one of its own
// concept goes (Nations unies in Organisation des Nations unies); within one of another
// concept it is nested.
func (m *Matcher) settle(found []Occurrence, text string) []Occurrence {
	found = m.contexts.filter(found, text)
	if len(found) < 2 {
		return found
	}
	order(found)
	kept := found[:0]
	var cover cover
	for i := 0; i < len(found); {
		n := i + 1
		for n < len(found) && found[n].Start == found[i].Start && found[n].End == found[i].End {
			n++
		}
		group := oneSpan(found[i:n])
		for _, o := range group {
			if !cover.byOwn(o) {
				o.Nested = cover.byOther(o)
				kept = append(kept, o)
			}
		}
		for _, o := range group {
			cover.add(o)
		}
		i = n
	}
	return kept
}

// order sorts occurrences by start, the longer first, and on one span the better first.
// They are found nearly in that order, a few places off at most, so that inserting each
// where it belongs is linear.
func order(found []Occurrence) {
	for i := 1; i < len(found); i++ {
		for j := i; j > 0 && before(&found[j], &found[j-1]); j-- {
			found[j], found[j-1] = found[j-1], found[j]
		}
	}
}

func before(a, b *Occurrence) bool {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End),
		cmp.Compare(a.Why, b.Why), cmp.Compare(a.Term.Status, b.Term.Status)) < 0
}

// oneSpan settles the occurrences of one span, best first.
func oneSpan(group []Occurrence) []Occurrence {
	if len(group) == 1 {
		return group
	}
	contextual := slices.ContainsFunc(group, func(o Occurrence) bool { return len(o.Term.When) > 0 })
	kept := group[:0]
	for _, o := range group {
		if contextual && len(o.Term.When) == 0 {
			continue
		}
		if !slices.ContainsFunc(kept, func(k Occurrence) bool { return k.Concept == o.Concept }) {
			kept = append(kept, o)
		}
	}
	for i := range kept {
		kept[i].Ambiguous = len(kept) > 1
	}
	return kept
}

// cover knows how far the occurrences seen so far reach: the one that reaches farthest,
// the farthest of any other concept, and how far each of the others reaches.
type cover struct {
	end, otherEnd int
	concept       *Concept
	others        map[*Concept]int
}

func (c *cover) byOwn(o Occurrence) bool {
	if o.Concept == c.concept {
		return o.End <= c.end
	}
	return o.End <= c.otherEnd && c.others[o.Concept] >= o.End
}

func (c *cover) byOther(o Occurrence) bool {
	if c.concept != o.Concept {
		return o.End <= c.end
	}
	return o.End <= c.otherEnd
}

func (c *cover) add(o Occurrence) {
	switch {
	case o.Start >= c.end: // beyond all that was seen
		clear(c.others)
		c.end, c.otherEnd, c.concept = o.End, 0, o.Concept
	case o.Concept == c.concept:
		c.end = max(c.end, o.End)
	case o.End > c.end:
		c.other(c.concept, c.end)
		c.end, c.concept = o.End, o.Concept
	default:
		c.other(o.Concept, o.End)
	}
}

func (c *cover) other(concept *Concept, end int) {
	if c.others == nil {
		c.others = map[*Concept]int{}
	}
	c.others[concept] = max(c.others[concept], end)
	c.otherEnd = max(c.otherEnd, end)
}
