package bitext

import (
	"regexp"
	"slices"
	"strings"
)

// ruleModules checks the modules' elements that stand in a unit.
func ruleModules(u *unitCheck) {
	scope := map[string]bool{}
	for _, c := range u.node.children {
		if c.name.space != nsXLIFF2 {
			u.checkExtensionIDs(c, scope)
			u.checkModule(c, u)
		}
	}
}

// checkModule holds a module's tree to its rules; u is nil outside of units.
func (v *validator2) checkModule(tree *node, u *unitCheck) {
	tree.walk(func(n *node) {
		switch n.name {
		case xmlName{nsGls, "glossEntry"}:
			v.checkGlossEntry(n, u)
		case xmlName{nsMtc, "match"}:
			v.checkMatch(n, u)
		case xmlName{nsVal, "rule"}:
			v.checkValidationRule(n)
		case xmlName{nsRes, "source"}, xmlName{nsRes, "target"}:
			v.checkResource(n)
		case xmlName{nsCtr, "revisions"}:
			v.checkRevisions(n, u)
		}
	})
}

// checkGlossEntry: an entry has a translation or a definition and refers to a span of its
// unit (glossary module, “glossEntry”).
func (v *validator2) checkGlossEntry(n *node, u *unitCheck) {
	has := slices.ContainsFunc(n.children, func(c *node) bool {
		return c.name.space == nsGls && (c.name.local == "translation" || c.name.local == "definition")
	})
	if !has {
		v.report("xliff-gloss-empty", n, n.get("id"), "")
	}
	if ref, ok := n.attr("ref"); ok && u != nil {
		u.checkSpan(n, ref)
	}
}

// checkSpan: a module's ref is the fragment of a segment or inline element of the unit.
func (u *unitCheck) checkSpan(n *node, ref string) {
	path, ok := parseFragment(ref)
	if !ok {
		u.report("xliff-fragment", n, ref, "")
		return
	}
	leaf := path[len(path)-1]
	if leaf.prefix != "" && leaf.prefix != "t" || len(path) == 1 && !u.resolves(leaf) {
		u.report("xliff-reference", n, ref, "")
	}
}

// checkMatch: a match refers to a span of its unit, and a subType needs its type (5.1.6.8).
func (v *validator2) checkMatch(n *node, u *unitCheck) {
	if u != nil {
		u.checkSpan(n, n.get("ref"))
	}
	if _, typed := n.attr("type"); n.get("subType") != "" && !typed {
		v.report("xliff-subtype", n, n.get("subType"), "type")
	}
}

// checkValidationRule: a rule says exactly one thing to look for; existsInSource goes with
// what must be in the target, occurs with isPresent (5.8.4.3 rule).
func (v *validator2) checkValidationRule(n *node) {
	asked, custom := 0, 0
	for _, a := range n.attrs {
		if a.name.space != "" && a.name.space != nsXMLNS {
			custom++
		} else if slices.Contains([]string{"isPresent", "isNotPresent", "startsWith", "endsWith"}, a.name.local) {
			asked++
		}
	}
	_, present := n.attr("isPresent")
	_, absent := n.attr("isNotPresent")
	_, occurs := n.attr("occurs")
	_, exists := n.attr("existsInSource")
	if asked+min(custom, 1) != 1 || occurs && !present || exists && (absent || asked == 0) {
		v.report("xliff-validation-rule", n, "", "")
	}
}

// checkResource: a resource is named by href or stands inside, and is in the file's
// language (5.5.4).
func (v *validator2) checkResource(n *node) {
	if _, href := n.attr("href"); href != n.empty {
		v.report("xliff-resource", n, n.name.local, "href")
	}
	lang, _ := n.attrIn(nsXML, "lang")
	if n.name.local == "source" && lang != "" && !strings.EqualFold(lang, v.srcLang) {
		v.report("xliff-language", n, lang, v.srcLang)
	}
}

// checkRevisions: revisions name the element that they are of, and of that element the
// content or an attribute it has, each once (5.6.4.3).
func (v *validator2) checkRevisions(n *node, u *unitCheck) {
	ref, has := n.attr("ref")
	var of *node
	if u != nil {
		u.node.walk(func(c *node) {
			if has && c.name.space == nsXLIFF2 && c.get("id") == ref {
				of = c
			}
		})
		if has && of == nil {
			v.report("xliff-reference", n, ref, n.get("appliesTo"))
			return
		}
	}
	for _, revision := range n.children {
		said := map[string]bool{}
		for _, item := range revision.children {
			property := item.get("property")
			known := property == "content"
			if of != nil && !known {
				_, known = of.attr(property)
			}
			if said[property] || of != nil && !known {
				v.report("xliff-revision", item, property, "")
			}
			said[property] = true
		}
	}
}

// htmlNames are the values of fs:fs (5.3.5.1).
var htmlNames = strings.Fields(`a b bdo big blockquote body br button caption center cite
	code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 head hr html i img label legend
	li ol p pre q s samp select small span strike strong sub sup table tbody td tfoot th
	thead title tr tt u ul`)

var (
	wholeNumber = regexp.MustCompile(`^[0-9]+$`)
	fraction    = regexp.MustCompile(`^[0-9]+\.[0-9]+$`)
	restriction = regexp.MustCompile(`^(\*|[0-9]+|[0-9]+,([0-9]+|\*))$`)
)

// checkModuleAttribute checks an attribute of the format style (5.3) and size restriction
// modules.
func (v *validator2) checkModuleAttribute(n *node, a *xmlAttr) {
	name, value := a.name.local, a.value
	switch a.name.space {
	case nsFs:
		_, fs := n.attrIn(nsFs, "fs")
		alone := n.is("ec") && n.get("isolated") != "yes"
		switch {
		case alone || n.is("em") || n.is("cp"), name != "fs" && name != "subFs":
			v.report("xliff-attribute-unknown", n, a.prefix+":"+name, n.name.local)
		case name == "fs" && !slices.Contains(htmlNames, value):
			v.report("xliff-value", n, value, "fs:fs")
		case name == "subFs" && !fs:
			v.report("xliff-subtype", n, value, "fs:fs")
		}
	case nsSlr:
		v.checkSize(n, a)
	}
}

func (v *validator2) checkSize(n *node, a *xmlAttr) {
	name, value := a.name.local, a.value
	alone := n.is("ec") && n.get("isolated") != "yes"
	_, both := n.attrIn(nsSlr, pick(name == "sizeInfo", "sizeInfoRef", "sizeInfo"))
	switch name {
	case "sizeRestriction", "storageRestriction":
		if !restriction.MatchString(value) {
			v.report("xliff-value", n, value, name)
		}
	case "equivStorage":
		if alone || !n.is("pc") && !wholeNumber.MatchString(value) {
			v.report("xliff-size", n, value, name)
		}
	case "sizeInfo":
		if alone || both || fraction.MatchString(value) { // free text, but sizes are whole
			v.report("xliff-size", n, value, name)
		}
	case "sizeInfoRef":
		if alone || both || !v.extIDs[value] {
			v.report("xliff-size", n, value, name)
		}
	}
}
