package bitext

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// The grammar of XLIFF 2: for each element its attributes and its content, from the
// schemas of the standard. An attribute is written name:kind, with ! where it must be
// there; content is a list of children, each with ? + or * where it is not exactly one,
// EXT* for elements of other namespaces, INLINE for inline content, ANY for anything.
type grammarRule struct{ attrs, content string }

var coreGrammar = map[string]grammarRule{
	"xliff":        {"version! srcLang!:lang trgLang:lang xml:space:space OTHER", "file+"},
	"file":         {"id!:token canResegment:yesNo original translate:yesNo srcDir:dir trgDir:dir xml:space:space OTHER", "skeleton? EXT* notes? unit|group+"},
	"skeleton":     {"href", "ANY"},
	"group":        {"id!:token name canResegment:yesNo translate:yesNo srcDir:dir trgDir:dir type:user xml:space:space OTHER", "EXT* notes? unit|group*"},
	"unit":         {"id!:token name canResegment:yesNo translate:yesNo srcDir:dir trgDir:dir type:user xml:space:space OTHER", "EXT* notes? originalData? segment|ignorable+"},
	"segment":      {"id:token canResegment:yesNo state:state subState:user MODULE", "source target?"},
	"ignorable":    {"id:token MODULE", "source target?"},
	"notes":        {"MODULE", "note+"},
	"note":         {"id:token appliesTo:side category priority:priority OTHER", "TEXT"},
	"originalData": {"MODULE", "data+"},
	"data":         {"id!:token dir:dir xml:space:space MODULE", "TEXT cp*"},
	"source":       {"xml:lang:lang xml:space:space MODULE", "INLINE"},
	"target":       {"xml:lang:lang xml:space:space order:positive MODULE", "INLINE"},
	"cp":           {"hex!:hex", ""},
	"ph":           {"canCopy:yesNo canDelete:yesNo canReorder:reorder copyOf:token disp equiv id!:token dataRef:token subFlows:tokens subType:user type:codeType MODULE", ""},
	"pc":           {"canCopy:yesNo canDelete:yesNo canOverlap:yesNo canReorder:reorder copyOf:token dispEnd dispStart equivEnd equivStart id!:token dataRefEnd:token dataRefStart:token subFlowsEnd:tokens subFlowsStart:tokens subType:user type:codeType dir:dir MODULE", "INLINE"},
	"sc":           {"canCopy:yesNo canDelete:yesNo canOverlap:yesNo canReorder:reorder copyOf:token dataRef:token dir:dir disp equiv id!:token isolated:yesNo subFlows:tokens subType:user type:codeType MODULE", ""},
	"ec":           {"canCopy:yesNo canDelete:yesNo canOverlap:yesNo canReorder:reorder copyOf:token dataRef:token dir:dir disp equiv id:token isolated:yesNo startRef:token subFlows:tokens subType:user type:codeType MODULE", ""},
	"mrk":          {"id!:token translate:yesNo type:markType ref value OTHER", "INLINE"},
	"sm":           {"id!:token translate:yesNo type:markType ref value OTHER", ""},
	"em":           {"startRef!:token", ""},
}

// grammar22 is what XLIFF 2.2 changed: notes and modules for the whole file, notes of a part.
var grammar22 = compileRules(nsXLIFF2, map[string]grammarRule{
	"xliff": {coreGrammar["xliff"].attrs, "EXT* notes? file+"},
	"note":  {coreGrammar["note"].attrs + " ref", "TEXT"},
})

const inlineElements = "cp ph pc sc ec mrk sm em"

// moduleGrammar is that of the modules, by namespace; gls:term is "term" under nsGls.
var moduleGrammar = map[string]map[string]grammarRule{
	nsGls: {
		"glossary":    {"", "glossEntry+"},
		"glossEntry":  {"id:token ref OTHER", "term translation* definition? EXT*"},
		"term":        {"source OTHER", "TEXT"},
		"translation": {"id:token ref source OTHER", "TEXT"},
		"definition":  {"source OTHER", "TEXT"},
	},
	nsMtc: {
		"matches": {"", "match+"},
		"match":   {"id:token matchQuality:percent matchSuitability:percent origin ref! reference:yesNo similarity:percent subType:user type:matchType OTHER", "EXT* originalData? source target EXT*"},
	},
	nsMda: {
		"metadata":  {"id:token", "metaGroup+"},
		"metaGroup": {"id:token category appliesTo:metaSide", "metaGroup|meta+"},
		"meta":      {"type!", "TEXT"},
	},
	nsVal: {
		"validation": {"OTHER", "rule+"},
		"rule":       {"isPresent occurs:positive isNotPresent startsWith endsWith existsInSource:yesNo caseSensitive:yesNo normalization:normal disabled:yesNo OTHER", ""},
	},
	nsRes: {
		"resourceData":    {"id:token", "resourceItemRef* resourceItem*"},
		"resourceItemRef": {"id:token ref!:token OTHER", ""},
		"resourceItem":    {"id:token mimeType context:yesNo OTHER", "source? target? reference*"},
		"source":          {"href xml:lang:lang OTHER", "ANY"},
		"target":          {"href xml:lang:lang OTHER", "ANY"},
		"reference":       {"href! xml:lang:lang OTHER", ""},
	},
	nsSlr: {
		"profiles":      {"generalProfile storageProfile", "normalization? EXT*"},
		"normalization": {"general:normal storage:normal", ""},
		"data":          {"profile!", "ANY"},
	},
	nsCtr: {
		"changeTrack": {"", "revisions+"},
		"revisions":   {"appliesTo! ref:token currentVersion:token OTHER", "revision+"},
		"revision":    {"author datetime version:token OTHER", "item+"},
		"item":        {"property! OTHER", "TEXT"},
	},
}

const (
	nsVal  = "urn:oasis:names:tc:xliff:validation:2.0"
	nsRes  = "urn:oasis:names:tc:xliff:resourcedata:2.0"
	nsSlr  = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
	nsCtr  = "urn:oasis:names:tc:xliff:changetracking:2.0"
	nsCtr1 = "urn:oasis:names:tc:xliff:changetracking:2.1"
	nsFs   = "urn:oasis:names:tc:xliff:fs:2.0"
	nsPgs  = "urn:oasis:names:tc:xliff:pgs:1.0"
	nsITS  = "http://www.w3.org/2005/11/its"
	nsITSM = "urn:oasis:names:tc:xliff:itsm:2.1"
)

// moduleSpaces are the namespaces of the standard's own modules, whose attributes may stand
// where foreign ones may not.
var moduleSpaces = []string{nsGls, nsMtc, nsMda, nsVal, nsRes, nsSlr, nsCtr, nsCtr1, nsFs, nsPgs, nsITS, nsITSM}

// compiledRule is a grammarRule ready for use.
type compiledRule struct {
	attrs    map[string]string // name (xml:space with its prefix) → kind
	required []string
	other    bool // attributes of any namespace
	module   bool // attributes of the modules
	text     bool
	anything bool
	content  []particle
}

type particle struct {
	names    []string // of children; EXT: any of another namespace
	min, max int      // max -1: any number
}

var grammar = compileGrammar()

func compileGrammar() map[xmlName]*compiledRule {
	all := compileRules(nsXLIFF2, coreGrammar)
	for space, rules := range moduleGrammar {
		maps.Copy(all, compileRules(space, rules))
	}
	return all
}

func compileRules(space string, rules map[string]grammarRule) map[xmlName]*compiledRule {
	all := map[xmlName]*compiledRule{}
	for name, r := range rules {
		all[xmlName{space, name}] = r.compile()
	}
	return all
}

// rule is the grammar of an element in the file's version, nil for what it does not know.
func (v *validator2) rule(name xmlName) *compiledRule {
	if v.rules != nil {
		return v.rules[name]
	}
	if r := grammar22[name]; r != nil && v.version == "2.2" {
		return r
	}
	return grammar[name]
}

func (r grammarRule) compile() *compiledRule {
	c := &compiledRule{attrs: map[string]string{}}
	for spec := range strings.FieldsSeq(r.attrs) {
		switch spec {
		case "OTHER":
			c.other = true
			continue
		case "MODULE":
			c.module = true
			continue
		}
		name, kind, _ := strings.Cut(strings.TrimPrefix(spec, "xml:"), ":")
		if name, must := strings.CutSuffix(name, "!"); must {
			c.attrs[name] = kind
			c.required = append(c.required, name)
		} else if strings.HasPrefix(spec, "xml:") {
			c.attrs["xml:"+name] = kind
		} else {
			c.attrs[name] = kind
		}
	}
	for spec := range strings.FieldsSeq(r.content) {
		switch spec {
		case "TEXT":
			c.text = true
		case "ANY":
			c.anything = true
		case "INLINE":
			c.text = true
			c.content = []particle{{strings.Fields(inlineElements), 0, -1}}
		default:
			c.content = append(c.content, newParticle(spec))
		}
	}
	return c
}

func newParticle(spec string) particle {
	names := strings.Split(strings.TrimRight(spec, "?+*"), "|")
	switch spec[len(spec)-1] {
	case '?':
		return particle{names, 0, 1}
	case '+':
		return particle{names, 1, -1}
	case '*':
		return particle{names, 0, -1}
	}
	return particle{names, 1, 1}
}

var (
	userValue   = regexp.MustCompile(`^[^\s:]+:[^\s:]+$`)
	hexValue    = regexp.MustCompile(`^([0-9A-Fa-f]{2})+$`)
	percentForm = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
)

// valueKinds judge attribute values. A kind that is a list of words allows those words.
var valueKinds = map[string]func(string) bool{
	"":          func(string) bool { return true },
	"token":     isNMToken,
	"tokens":    func(v string) bool { return v != "" && !slices.ContainsFunc(strings.Fields(v), notToken) },
	"lang":      isLanguage,
	"user":      userValue.MatchString,
	"hex":       hexValue.MatchString,
	"yesNo":     oneOf("yes", "no"),
	"reorder":   oneOf("yes", "firstNo", "no"),
	"dir":       oneOf("ltr", "rtl", "auto"),
	"state":     oneOf(stateNames[:]...),
	"side":      oneOf("source", "target"),
	"metaSide":  oneOf("source", "target", "ignorable"),
	"space":     oneOf("default", "preserve"),
	"normal":    oneOf("none", "nfc", "nfd"),
	"codeType":  oneOf("fmt", "ui", "quote", "link", "image", "other"),
	"markType":  func(v string) bool { return oneOf("generic", "comment", "term")(v) || userValue.MatchString(v) },
	"matchType": oneOf("am", "mt", "icm", "idm", "tb", "tm", "other"),
	"positive":  func(v string) bool { n, err := strconv.Atoi(v); return err == nil && n > 0 },
	"priority":  func(v string) bool { n, err := strconv.Atoi(v); return err == nil && n >= 1 && n <= 10 },
	"percent": func(v string) bool {
		f, err := strconv.ParseFloat(v, 64)
		return err == nil && percentForm.MatchString(v) && f <= 100
	},
}

func oneOf(words ...string) func(string) bool {
	return func(v string) bool { return slices.Contains(words, v) }
}

func notToken(v string) bool { return !isNMToken(v) }

func isNMToken(v string) bool {
	return v != "" && !strings.ContainsFunc(v, func(r rune) bool { return !isNameChar(r) })
}

func isLanguage(v string) bool {
	_, err := language.Parse(v)
	_, unknown := err.(language.ValueError)
	return (err == nil || unknown) && !strings.Contains(v, "_")
}

// checkGrammar holds one element to the grammar: attributes, then content. Elements of
// namespaces it does not know may hold anything.
func (v *validator2) checkGrammar(n *node) {
	r := v.checkTag(n)
	if r == nil {
		return
	}
	if n.text && !r.text && !r.anything {
		v.report("xliff-text", n, n.name.local, "")
	}
	if !r.anything {
		m := matcher{content: r.content}
		for _, c := range n.children {
			v.step(&m, n, c)
		}
		v.stepEnd(&m, n)
	}
}

// checkTag holds an element's name and attributes to the grammar and returns its rule, nil
// for what the grammar does not know.
func (v *validator2) checkTag(n *node) *compiledRule {
	r := v.rule(n.name)
	if r == nil {
		if _, module := moduleGrammar[n.name.space]; module || n.name.space == nsXLIFF2 {
			v.report("xliff-element", n, n.name.local, "")
		}
		return nil
	}
	for _, name := range r.required {
		if _, ok := n.attr(name); !ok {
			v.report("xliff-attribute-missing", n, n.name.local, name)
		}
	}
	for i := range n.attrs {
		v.checkAttribute(n, &n.attrs[i], r)
	}
	return r
}

func (v *validator2) checkAttribute(n *node, a *xmlAttr, r *compiledRule) {
	name := a.name.local
	switch a.name.space {
	case nsXMLNS:
		return
	case nsXML:
		name = "xml:" + name
	case "":
	default:
		if !r.other && !(r.module && slices.Contains(moduleSpaces, a.name.space)) {
			v.report("xliff-attribute-unknown", n, a.prefix+":"+name, n.name.local)
		}
		v.checkModuleAttribute(n, a)
		return
	}
	kind, known := r.attrs[name]
	switch {
	case known && !valueKinds[kind](a.value):
		v.report(pick(kind == "lang", "language-tag", "xliff-value"), n, a.value, name)
	case !known && !(r.other && a.name.space == nsXML && n.name.space == nsXLIFF2):
		v.report("xliff-attribute-unknown", n, name, n.name.local)
	}
}

// matcher holds the children of an element, one after another, to its particles.
type matcher struct {
	content   []particle
	at, count int
	failed    bool
}

// step takes a child; missing are the names of what should have stood before it.
func (m *matcher) step(parent, c *node) (missing []string, ok bool) {
	for m.at < len(m.content) {
		p := m.content[m.at]
		if p.allows(parent, c) && p.max != m.count {
			m.count++
			return missing, true
		}
		if m.count < p.min {
			missing = p.names
		}
		m.at, m.count = m.at+1, 0
	}
	return missing, false
}

// end returns the names of what is missing when there are no more children.
func (m *matcher) end() []string {
	for ; m.at < len(m.content); m.at, m.count = m.at+1, 0 {
		if m.count < m.content[m.at].min {
			return m.content[m.at].names
		}
	}
	return nil
}

func (v *validator2) step(m *matcher, parent, c *node) {
	if m.failed {
		return
	}
	missing, ok := m.step(parent, c)
	if missing != nil {
		m.failed = true
		v.report("xliff-child-missing", c, parent.name.local, wanted(missing))
	} else if !ok {
		m.failed = true
		v.report("xliff-child", c, c.name.local, parent.name.local)
	}
}

func (v *validator2) stepEnd(m *matcher, parent *node) {
	if missing := m.end(); missing != nil && !m.failed {
		v.report("xliff-child-missing", parent, parent.name.local, wanted(missing))
	}
}

// wanted are the elements of the standard among the names of a particle.
func wanted(names []string) string {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "EXT" })
	return strings.Join(names, ", ")
}

// allows reports whether c may stand where the particle is, inside n. The children of a
// module's element are of its namespace, but for the core's source, target and originalData.
func (p particle) allows(n, c *node) bool {
	for _, name := range p.names {
		if name == "EXT" {
			if c.name.space != nsXLIFF2 && c.name.space != n.name.space {
				return true
			}
		} else if c.name.local == name && (c.name.space == n.name.space || c.name.space == nsXLIFF2 && n.name.space == nsMtc) {
			return true
		}
	}
	return false
}
