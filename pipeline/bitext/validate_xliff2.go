package bitext

import (
	"strconv"
	"strings"
)

// validator2 checks one XLIFF 2 file. Files and groups are walked as a stream, each <unit>
// and each other part is read as a tree, held to the grammar and then to the rules.
type validator2 struct {
	*scanner
	yield   func(*Error) bool
	stopped bool
	rules   map[xmlName]*compiledRule // nil: XLIFF 2
	codes   *strings.Replacer         // what its codes are called in another format, may be nil
	unit    string                    // the ID of the unit being checked
	version string
	srcLang string
	trgLang string

	files  map[string]bool
	groups map[string]bool // of the open file
	units  map[string]bool
	flows  []reference2    // subFlows not yet resolved
	extIDs map[string]bool // IDs of module and extension elements of the open file
}

// reference2 is an ID that something refers to, from a place.
type reference2 struct {
	id string
	at *node
}

func (v *validator2) report(code string, n *node, have, want string) {
	if v.stopped {
		return
	}
	if v.codes != nil {
		code = v.codes.Replace(code)
	}
	v.stopped = !v.yield(&Error{Code: code, Place: n.place, Unit: v.unit, Have: shown(have), Want: want})
}

func validateXLIFF(in *input, yield func(*Error) bool) {
	s, err := in.xml()
	if err != nil {
		yield(asError(err, in.name))
		return
	}
	s.alias = xliffAlias
	v := &validator2{scanner: s, yield: yield, files: map[string]bool{}}
	v.enterFile() // units may stand where there is no file
	err = v.run()
	if err != nil && !v.stopped {
		yield(asError(err, in.name))
	}
}

func (v *validator2) run() error {
	t, err := v.root()
	if err != nil {
		return err
	}
	if t.name != (xmlName{nsXLIFF2, "xliff"}) {
		return v.run12()
	}
	root := v.open(nil)
	v.checkTag(root)
	if version := root.get("version"); version != "2.0" && version != "2.1" && version != "2.2" {
		v.report("xliff-version", root, version, "2.0, 2.1, 2.2")
	}
	v.version, v.srcLang, v.trgLang = root.get("version"), root.get("srcLang"), root.get("trgLang")
	if err := v.container(root, v.top(root)); err != nil {
		return err
	}
	return v.rest()
}

// container streams the children of xliff, file or group; each is taken on its start tag.
func (v *validator2) container(n *node, each func(*node) error) error {
	m := matcher{content: v.rule(n.name).content}
	err := v.nodes(func(t *xmlToken) error {
		if t.kind == charData {
			if !blank(t.text) {
				v.report("xliff-text", n, n.name.local, "")
			}
			return nil
		}
		c := v.open(n)
		v.step(&m, n, c)
		if v.stopped {
			return errStopped
		}
		return each(c)
	})
	v.stepEnd(&m, n)
	return err
}

// top takes the children of the root: files, and since 2.2 what else a file may begin with.
func (v *validator2) top(root *node) func(*node) error {
	other := v.inside(root)
	return func(n *node) error {
		if n.is("file") {
			return v.file(n)
		}
		return other(n)
	}
}

func (v *validator2) file(n *node) error {
	v.checkTag(n)
	v.unique(v.files, n, "id")
	v.enterFile()
	if err := v.container(n, v.inside(n)); err != nil {
		return err
	}
	for _, r := range v.flows {
		if !v.units[r.id] {
			v.report("xliff-reference", r.at, r.id, "unit")
		}
	}
	return nil
}

// enterFile forgets the IDs that are unique within one file.
func (v *validator2) enterFile() {
	v.groups, v.units, v.extIDs, v.flows = map[string]bool{}, map[string]bool{}, map[string]bool{}, nil
}

// unique notes an ID and reports one that was there.
func (v *validator2) unique(seen map[string]bool, n *node, attr string) {
	id, ok := n.attr(attr)
	if ok && seen[id] {
		v.report("id-repeated", n, id, n.name.local)
	}
	seen[id] = true
}

// inside takes the children of a file or group.
func (v *validator2) inside(parent *node) func(*node) error {
	notes, scope := map[string]bool{}, map[string]bool{}
	return func(n *node) error {
		switch {
		case n.is("group"):
			v.checkTag(n)
			v.unique(v.groups, n, "id")
			return v.container(n, v.inside(n))
		case n.is("unit"):
			return v.checkUnit(n)
		}
		tree, err := v.tree(parent)
		if err != nil {
			return err
		}
		tree.walk(v.checkGrammar)
		switch {
		case tree.is("notes"):
			for _, note := range tree.children {
				v.unique(notes, note, "id")
			}
		case tree.is("skeleton"):
			v.checkSkeleton(tree)
		case tree.name.space != nsXLIFF2:
			v.checkExtensionIDs(tree, scope)
			v.checkModule(tree, nil)
		}
		return nil
	}
}

func (v *validator2) checkSkeleton(n *node) {
	_, href := n.attr("href")
	if href != n.empty {
		v.report("xliff-skeleton", n, "", "")
	}
}

// checkExtensionIDs: within one file, group or unit the IDs of the elements of one module
// or extension are unique (“id”). A match has a scope of its own.
func (v *validator2) checkExtensionIDs(n *node, scope map[string]bool) {
	id, ok := n.attr("id")
	if !ok {
		id, ok = n.attrIn(nsXML, "id")
	}
	if ok && n.name.space != nsXLIFF2 {
		key := n.name.space + " " + id
		if scope[key] {
			v.report("id-repeated", n, id, n.name.local)
		}
		scope[key], v.extIDs[id] = true, true
	}
	if n.name == (xmlName{nsMtc, "match"}) {
		scope = map[string]bool{}
	}
	for _, c := range n.children {
		v.checkExtensionIDs(c, scope)
	}
}

func (v *validator2) checkUnit(n *node) error {
	v.unit = n.get("id")
	tree, err := v.tree(n.parent)
	if err != nil {
		return err
	}
	tree.walk(v.checkGrammar)
	v.unique(v.units, tree, "id")
	u := newUnitCheck(v, tree)
	for _, rule := range rules2 {
		rule(u)
	}
	v.unit = ""
	return nil
}

// unitCheck is a <unit> prepared for the rules.
type unitCheck struct {
	*validator2
	node     *node
	parts    []*node    // segments and ignorables, in order
	sides    [2][]*node // inline elements of all sources and of all targets, in order
	byID     [2]map[string]*node
	partByID map[string]*node
	data     map[string]bool
	notes    map[string]bool
}

func newUnitCheck(v *validator2, n *node) *unitCheck {
	u := &unitCheck{validator2: v, node: n, partByID: map[string]*node{}, data: map[string]bool{}, notes: map[string]bool{}}
	u.byID = [2]map[string]*node{{}, {}}
	for _, c := range n.children {
		switch {
		case c.is("segment"), c.is("ignorable"):
			u.parts = append(u.parts, c)
			if id, ok := c.attr("id"); ok {
				u.partByID[id] = c
			}
			for side, name := range []string{"source", "target"} {
				if text := c.child(name); text != nil {
					u.gather(side, text)
				}
			}
		case c.is("originalData"):
			u.idSet(c, u.data)
		case c.is("notes"):
			u.idSet(c, u.notes)
		}
	}
	return u
}

func (u *unitCheck) gather(side int, text *node) {
	for _, c := range text.children {
		c.walk(func(n *node) {
			if n.name.space != nsXLIFF2 {
				return
			}
			u.sides[side] = append(u.sides[side], n)
			if id, ok := n.attr("id"); ok && u.byID[side][id] == nil {
				u.byID[side][id] = n
			}
		})
	}
}

// idSet gathers the IDs of a list's elements, which are unique in it.
func (u *unitCheck) idSet(list *node, set map[string]bool) {
	for _, c := range list.children {
		if _, ok := c.attr("id"); ok {
			u.unique(set, c, "id")
		}
	}
}

// rules2 are the rules of a unit, in the order of their reports.
var rules2 = []func(*unitCheck){
	ruleIDs, ruleLanguages, ruleSpace, ruleSegments, ruleCodePoints, ruleData, ruleTypes,
	rulePairs, ruleAnnotations, ruleReorderContext, ruleReorderStart, ruleReordered,
	ruleRemoved, ruleCopies, ruleSubFlows, ruleReferences, ruleModules,
}

// ruleIDs: segments, ignorables and inline elements of a unit share one space of IDs; a
// target repeats those of the source it translates (“id”).
func ruleIDs(u *unitCheck) {
	seen := map[string]bool{}
	for _, p := range u.parts {
		if _, ok := p.attr("id"); ok {
			u.unique(seen, p, "id")
		}
	}
	for side := range u.sides {
		own := map[string]bool{}
		for _, n := range u.sides[side] {
			id, ok := n.attr("id")
			if !ok {
				continue
			}
			if own[id] || seen[id] && (side == 0 || u.byID[0][id] == nil) {
				u.report("id-repeated", n, id, n.name.local)
			}
			own[id] = true
			if side == 0 {
				seen[id] = true
			}
		}
	}
}

// inherited is the value of an xml: attribute in force for n.
func inherited(n *node, local string) string {
	for ; n != nil; n = n.parent {
		if value, ok := n.attrIn(nsXML, local); ok {
			return value
		}
	}
	return ""
}

// ruleLanguages: a source is in srcLang, a target in trgLang, which then must be there
// (“srcLang”, “trgLang”, “xml:lang”).
func ruleLanguages(u *unitCheck) {
	for _, p := range u.parts {
		u.checkLanguage(p.child("source"), u.srcLang)
		u.checkLanguage(p.child("target"), u.trgLang)
	}
}

func (u *unitCheck) checkLanguage(text *node, want string) {
	if text == nil {
		return
	}
	lang := inherited(text, "lang")
	switch {
	case want == "":
		u.report("target-language-missing", text, "", "trgLang")
	case lang != "" && !strings.EqualFold(lang, want):
		u.report("xliff-language", text, lang, want)
	}
}

// ruleSpace: source and target of a segment preserve white space alike (“xml:space”).
func ruleSpace(u *unitCheck) {
	for _, p := range u.parts {
		s, t := p.child("source"), p.child("target")
		if s == nil || t == nil {
			continue
		}
		have, want := inherited(t, "space"), inherited(s, "space")
		if (have == "preserve") != (want == "preserve") {
			u.report("xliff-space", t, have, want)
		}
	}
}

// ruleSegments: a unit has a segment (“unit”), a subState its state (“subState”), and the
// targets' order is a permutation (“order”).
func ruleSegments(u *unitCheck) {
	segments, orders := 0, map[int]bool{}
	for i, p := range u.parts {
		if p.is("segment") {
			segments++
		}
		_, state := p.attr("state")
		if sub, ok := p.attr("subState"); ok && !state {
			u.report("xliff-substate", p, sub, "state")
		}
		order := i + 1
		if t := p.child("target"); t != nil {
			if o, err := strconv.Atoi(t.get("order")); err == nil {
				order = o
			}
			if orders[order] || order > len(u.parts) {
				u.report("xliff-order", t, strconv.Itoa(order), "")
			}
			orders[order] = true
		}
	}
	if segments == 0 && len(u.parts) > 0 {
		u.report("xliff-child-missing", u.node, "unit", "segment")
	}
}

// ruleCodePoints: cp is for characters that XML cannot hold (“cp”).
func ruleCodePoints(u *unitCheck) {
	u.node.walk(func(n *node) {
		if !n.is("cp") {
			return
		}
		r, err := strconv.ParseUint(n.get("hex"), 16, 32)
		if err == nil && (isXMLChar(rune(r)) || r > 0x10FFFF) {
			u.report("xliff-cp", n, n.get("hex"), "")
		}
	})
}

func (u *unitCheck) inline(do func(side int, n *node)) {
	for side := range u.sides {
		for _, n := range u.sides[side] {
			do(side, n)
		}
	}
}

// ruleData: a dataRef names a <data> of the unit (“dataRef”).
func ruleData(u *unitCheck) {
	u.inline(func(_ int, n *node) {
		for _, name := range []string{"dataRef", "dataRefStart", "dataRefEnd"} {
			if id, ok := n.attr(name); ok && !u.data[id] {
				u.report("xliff-data-missing", n, id, name)
			}
		}
	})
}

// subTypes are the values of subType that the standard reserves, with the type they go
// with (“subType”).
var subTypes = map[string]string{
	"xlf:lb": "fmt", "xlf:pb": "fmt", "xlf:b": "fmt", "xlf:i": "fmt", "xlf:u": "fmt", "xlf:var": "ui",
}

// ruleTypes: a subType needs its type.
func ruleTypes(u *unitCheck) {
	u.inline(func(_ int, n *node) {
		sub, ok := n.attr("subType")
		if !ok {
			return
		}
		kind, has := n.attr("type")
		want, reserved := subTypes[sub]
		if !has || reserved && kind != want || !reserved && strings.HasPrefix(sub, "xlf:") {
			u.report("xliff-subtype", n, sub, kind)
		}
	})
}
