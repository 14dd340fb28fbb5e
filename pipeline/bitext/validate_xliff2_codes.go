package bitext

import (
	"slices"
	"strings"
)

// rulePairs: an <sc> and its <ec> stand in this order on one side of the unit, agree in
// what may be done with them, and say isolated only where the other half is not there
// (“sc”, “ec”, “isolated”).
func rulePairs(u *unitCheck) {
	for side := range u.sides {
		opened, closed := map[string]*node{}, map[string]bool{}
		for _, n := range u.sides[side] {
			switch {
			case n.is("sc"):
				opened[n.get("id")] = n
			case n.is("ec"):
				u.checkEnd(n, opened, closed)
			}
		}
		for _, n := range u.sides[side] {
			if n.is("sc") && n.get("isolated") != "yes" && !closed[n.get("id")] {
				u.report("xliff-isolated", n, n.get("id"), "ec")
			}
		}
	}
}

func (u *unitCheck) checkEnd(n *node, opened map[string]*node, closed map[string]bool) {
	ref, hasRef := n.attr("startRef")
	id, hasID := n.attr("id")
	isolated := n.get("isolated") == "yes"
	switch {
	case isolated && (hasRef || !hasID), !isolated && (!hasRef || hasID):
		u.report("xliff-isolated", n, pick(hasRef, ref, id), pick(isolated, "id", "startRef"))
		closed[ref] = true
		return
	case isolated:
		return
	}
	start := opened[ref]
	if start == nil || closed[ref] {
		u.report("xliff-pair", n, ref, "sc")
		return
	}
	closed[ref] = true
	if start.get("isolated") == "yes" {
		u.report("xliff-isolated", start, ref, "")
	}
	for _, name := range []string{"canCopy", "canDelete", "canOverlap"} {
		if orYes(n, name) != orYes(start, name) {
			u.report("xliff-pair-differs", n, name+"="+orYes(n, name), orYes(start, name))
		}
	}
	if (orYes(start, "canReorder") == "yes") != (orYes(n, "canReorder") == "yes") || orYes(n, "canReorder") == "firstNo" {
		u.report("xliff-pair-differs", n, "canReorder="+orYes(n, "canReorder"), orYes(start, "canReorder"))
	}
}

// orYes is the value of an attribute whose default is yes.
func orYes(n *node, name string) string {
	if value, ok := n.attr(name); ok {
		return value
	}
	return "yes"
}

// ruleAnnotations: an <sm> and its <em> stand in this order on one side of the unit
// (“sm”, “em”); a comment has a value or refers to a note of its unit, not both (“Comment Annotation”).
func ruleAnnotations(u *unitCheck) {
	for side := range u.sides {
		open := map[string]*node{}
		for _, n := range u.sides[side] {
			switch {
			case n.is("sm"):
				open[n.get("id")] = n
			case n.is("em"):
				if open[n.get("startRef")] == nil {
					u.report("xliff-pair", n, n.get("startRef"), "sm")
				}
				delete(open, n.get("startRef"))
			}
		}
		for _, n := range u.sides[side] {
			if n.is("sm") && open[n.get("id")] == n {
				u.report("xliff-pair", n, n.get("id"), "em")
			}
		}
	}
	u.inline(func(_ int, n *node) {
		if (n.is("mrk") || n.is("sm")) && n.get("type") == "comment" {
			u.checkComment(n)
		}
	})
}

func (u *unitCheck) checkComment(n *node) {
	_, value := n.attr("value")
	ref, hasRef := n.attr("ref")
	if value == hasRef {
		u.report("xliff-comment", n, ref, "")
		return
	}
	if !hasRef {
		return
	}
	path, ok := parseFragment(ref)
	if !ok {
		return // ruleReferences says so
	}
	last := path[len(path)-1]
	inUnit := len(path) == 1 || path[len(path)-2].prefix == "u" && path[len(path)-2].id == u.node.get("id")
	if last.prefix != "n" || !inUnit || !u.notes[last.id] {
		u.report("xliff-comment", n, ref, "#n=")
	}
}

// reordering is a code's part in a sequence that must keep its order: its opening, or the
// end of a <pc>.
type codeEvent struct {
	n   *node
	end bool
}

// codeEvents lists the codes of a source or target in order.
func codeEvents(text *node) []codeEvent {
	var events []codeEvent
	for _, c := range text.children {
		switch c.name.local {
		case "ph", "sc", "ec":
			events = append(events, codeEvent{c, false})
		case "pc":
			events = append(events, codeEvent{c, false})
			events = append(events, codeEvents(c)...)
			events = append(events, codeEvent{c, true})
		case "mrk":
			events = append(events, codeEvents(c)...)
		}
	}
	return events
}

// same reports whether two events are the same code, in source and target.
func (e codeEvent) same(o codeEvent) bool {
	return e.end == o.end && e.n.name == o.n.name && e.n.get("id") == o.n.get("id") && e.n.get("startRef") == o.n.get("startRef")
}

// ruleReorderContext: a code that may not be reordered may not be copied or deleted either
// (“canReorder”).
func ruleReorderContext(u *unitCheck) {
	u.inline(func(_ int, n *node) {
		reorder := orYes(n, "canReorder")
		if reorder != "yes" && (orYes(n, "canCopy") != "no" || orYes(n, "canDelete") != "no") {
			u.report("xliff-reorder-context", n, n.get("id"), "canCopy=no canDelete=no")
		}
	})
}

// sequences cuts the events of a text into the runs that keep their order: a firstNo and
// the codes with no after it. stray is a no without a firstNo before it.
func sequences(events []codeEvent) (runs [][]codeEvent, stray *node) {
	inside := map[*node]bool{}
	open := false
	for _, e := range events {
		switch reorder := orYes(e.n, "canReorder"); {
		case e.end:
			if open = open && inside[e.n]; open {
				runs[len(runs)-1] = append(runs[len(runs)-1], e)
			}
		case reorder == "firstNo":
			runs, open = append(runs, []codeEvent{e}), true
			inside[e.n] = true
		case reorder == "no" && open:
			runs[len(runs)-1] = append(runs[len(runs)-1], e)
			inside[e.n] = true
		case reorder == "no" && !e.n.is("ec"):
			if stray == nil {
				stray = e.n
			}
			open = false
		default:
			open = false
		}
	}
	return runs, stray
}

// ruleReorderStart: a sequence that may not be reordered begins with firstNo (“canReorder”).
func ruleReorderStart(u *unitCheck) {
	for _, p := range u.parts {
		if s := p.child("source"); s != nil {
			if _, stray := sequences(codeEvents(s)); stray != nil {
				u.report("xliff-reorder-start", stray, stray.get("id"), "firstNo")
			}
		}
	}
}

// ruleReordered: the codes of such a sequence follow one another in the target as they do
// in the source, with no other code between them (“canReorder”).
func ruleReordered(u *unitCheck) {
	for _, p := range u.parts {
		s, t := p.child("source"), p.child("target")
		if s == nil || t == nil {
			continue
		}
		runs, _ := sequences(codeEvents(s))
		target := codeEvents(t)
		for _, run := range runs {
			at := slices.IndexFunc(target, run[0].same)
			if at < 0 {
				continue
			}
			for i, e := range run {
				if at+i >= len(target) || !e.same(target[at+i]) {
					u.report("xliff-reordered", t, e.n.get("id"), run[0].n.get("id"))
					break
				}
			}
		}
	}
}

// ruleRemoved: a code that may not be deleted is in the unit's target if its segment has
// one (“canDelete”).
func ruleRemoved(u *unitCheck) {
	for _, p := range u.parts {
		s, t := p.child("source"), p.child("target")
		if s == nil || t == nil {
			continue
		}
		for _, e := range codeEvents(s) {
			id := e.n.get("id")
			if !e.end && id != "" && e.n.get("canDelete") == "no" && u.byID[1][id] == nil {
				u.report("xliff-removed", t, id, "")
			}
		}
	}
}

// ruleCopies: copyOf names a code of the unit that may be copied, and stands in place of a
// dataRef (“copyOf”).
func ruleCopies(u *unitCheck) {
	u.inline(func(side int, n *node) {
		id, ok := n.attr("copyOf")
		if !ok {
			return
		}
		base := u.byID[side][id]
		if base == nil {
			base = u.byID[0][id]
		}
		data := slices.ContainsFunc([]string{"dataRef", "dataRefStart", "dataRefEnd"}, func(name string) bool {
			_, ok := n.attr(name)
			return ok
		})
		if base == nil || base.get("canCopy") == "no" || data {
			u.report("xliff-copy", n, id, "")
		}
	})
}

// ruleSubFlows gathers the units that codes name as their sub-flows (“subFlows”); whether
// they are there is known at the file's end.
func ruleSubFlows(u *unitCheck) {
	u.inline(func(_ int, n *node) {
		for _, name := range []string{"subFlows", "subFlowsStart", "subFlowsEnd"} {
			for id := range strings.FieldsSeq(n.get(name)) {
				u.flows = append(u.flows, reference2{id, n})
			}
		}
	})
}

// selector is one step of a fragment identifier.
type selector struct{ prefix, id string }

// fragmentPrefixes are those of the core and of the modules, as registered.
var fragmentPrefixes = []string{"f", "g", "u", "n", "d", "t", "ctr", "fs", "gls", "its", "itsm", "mda", "mtc", "pgs", "res", "slr", "tbx", "val"}

// parseFragment reads a fragment identifier (“Fragment Identification”): #/f=…/g=…/u=…/leaf, where the leaf
// is one of n=, d=, t=, a module's, or a bare inline ID. A reference without # is not one.
func parseFragment(ref string) ([]selector, bool) {
	rest, ok := strings.CutPrefix(ref, "#")
	if !ok {
		return nil, false
	}
	var path []selector
	rank := -1
	for step := range strings.SplitSeq(strings.TrimPrefix(rest, "/"), "/") {
		prefix, id, has := strings.Cut(step, "=")
		if !has {
			prefix, id = "", step
		}
		at := slices.Index([]string{"f", "g", "u"}, prefix)
		if at < 0 {
			at = 3
		}
		if at <= rank || !isNMToken(id) || has && !slices.Contains(fragmentPrefixes, prefix) {
			return nil, false
		}
		rank = at
		path = append(path, selector{prefix, id})
	}
	return path, true
}

// ruleReferences: what annotations refer to is written as a fragment identifier or another
// URI, and is there where it is in the unit (“ref”, “Fragment Identification”).
func ruleReferences(u *unitCheck) {
	u.inline(func(_ int, n *node) {
		ref, ok := n.attr("ref")
		if !ok || !n.is("mrk") && !n.is("sm") || !strings.HasPrefix(ref, "#") {
			return
		}
		path, ok := parseFragment(ref)
		if !ok {
			u.report("xliff-fragment", n, ref, "")
		} else if len(path) == 1 && !u.resolves(path[0]) {
			u.report("xliff-reference", n, ref, "")
		}
	})
}

// resolves reports whether the unit holds what a leaf names; leaves of modules are taken
// on trust.
func (u *unitCheck) resolves(leaf selector) bool {
	switch leaf.prefix {
	case "":
		return u.partByID[leaf.id] != nil || u.byID[0][leaf.id] != nil
	case "n":
		return u.notes[leaf.id]
	case "d":
		return u.data[leaf.id]
	case "t":
		return u.byID[1][leaf.id] != nil
	}
	return true
}
