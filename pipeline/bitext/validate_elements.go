package bitext

import (
	"regexp"
	"strings"
)

// XLIFF 1.2 and TMX 1.4b are held to a grammar (their schema and DTD, with what the prose
// adds) and to rules of their own. A file is walked as a stream; one <trans-unit> or <tu> at
// a time is read as a tree.

// grammar12 is XLIFF 1.2 (OASIS, 1 February 2008), as lenient as its transitional
// schema: elements and attributes of other namespaces may stand wherever a tool puts them.
var grammar12 = map[string]grammarRule{
	"xliff":         {"version! xml:lang:lang OTHER", "EXT|file+"},
	"file":          {"original! source-language!:lang target-language:lang datatype!:datatype12 tool tool-id date ts category product-name product-version build-num xml:space:space OTHER", "header? body"},
	"header":        {"OTHER", "skl|phase-group|glossary|reference|count-group|prop-group|note|tool|EXT*"},
	"body":          {"OTHER", "group|trans-unit|bin-unit*"},
	"group":         {attrs12 + " id merged-trans:yesNo", "context-group|count-group|prop-group|note|EXT|group|trans-unit|bin-unit*"},
	"trans-unit":    {attrs12 + " id! approved:yesNo", "source seg-source? target? context-group|count-group|prop-group|note|alt-trans|EXT*"},
	"source":        {"xml:lang:lang xml:space:space ts OTHER", inline12},
	"seg-source":    {"xml:lang:lang xml:space:space ts OTHER", inline12},
	"target":        {"state:state12 state-qualifier:qualifier12 phase-name xml:lang:lang xml:space:space resname restype coord font css-style style exstyle equiv-trans:yesNo ts OTHER", inline12},
	"alt-trans":     {attrs12 + " mid match-quality tool tool-id crc xml:lang:lang origin alttranstype:alternative12", "source? seg-source? target+ context-group|prop-group|note|EXT*"},
	"note":          {"xml:lang:lang priority:priority from annotates:annotates12", "TEXT"},
	"context-group": {"name crc purpose", "context+"},
	"context":       {"context-type! match-mandatory:yesNo crc", "TEXT"},
	"g":             {"id! " + codeAttrs12, inline12},
	"x":             {"id! " + codeAttrs12, ""},
	"bx":            {"id! rid " + codeAttrs12, ""},
	"ex":            {"id! rid " + codeAttrs12, ""},
	"ph":            {"id! crc assoc:assoc12 " + codeAttrs12, "TEXT sub*"},
	"bpt":           {"id! rid crc " + codeAttrs12, "TEXT sub*"},
	"ept":           {"id! rid crc " + codeAttrs12, "TEXT sub*"},
	"it":            {"id! pos!:pos12 rid crc " + codeAttrs12, "TEXT sub*"},
	"sub":           {"datatype ctype xid OTHER", inline12},
	"mrk":           {"mtype! mid comment ts OTHER", inline12},
}

const (
	attrs12     = "translate:yesNo reformat xml:space:space datatype:datatype12 phase-name restype resname extradata extype help-id menu menu-option menu-name coord font css-style style exstyle size-unit maxwidth minwidth maxheight minheight maxbytes minbytes charclass ts OTHER"
	codeAttrs12 = "ctype clone:yesNo xid equiv-text ts OTHER"
	inline12    = "TEXT g|x|bx|ex|ph|bpt|ept|it|mrk*"
)

// grammarTMX is TMX 1.4b (LISA OSCAR, 26 April 2005).
var grammarTMX = map[string]grammarRule{
	"tmx":    {"version!", "header body"},
	"header": {"creationtool! creationtoolversion! segtype!:segtype o-tmf! adminlang!:lang srclang!:srclang datatype! o-encoding creationdate:tmxDate creationid changedate:tmxDate changeid", "note|prop|ude*"},
	"body":   {"", "tu*"},
	"note":   {"o-encoding xml:lang:lang lang:lang", "TEXT"},
	"prop":   {"type! xml:lang:lang o-encoding lang:lang", "TEXT"},
	"ude":    {"name! base", "map+"},
	"map":    {"unicode! code ent subst", ""},
	"tu":     {"tuid segtype:segtype srclang:srclang " + attrsTMX, "note|prop* tuv+"},
	"tuv":    {"xml:lang:lang lang:lang " + attrsTMX, "note|prop* seg"},
	"seg":    {"", inlineTMX},
	"hi":     {"x:number type", inlineTMX},
	"sub":    {"datatype type", inlineTMX},
	"bpt":    {"i!:number x:number type", "TEXT sub*"},
	"ept":    {"i!:number", "TEXT sub*"},
	"it":     {"pos!:posTMX x:number type", "TEXT sub*"},
	"ph":     {"x:number assoc:assocTMX type", "TEXT sub*"},
	"ut":     {"x:number", "TEXT sub*"},
}

const (
	attrsTMX  = "o-encoding o-tmf datatype usagecount:number lastusagedate:tmxDate creationtool creationtoolversion creationdate:tmxDate creationid changedate:tmxDate changeid"
	inlineTMX = "TEXT bpt|ept|ph|it|hi|ut*"
)

var tmxDate = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z$`) // creationdate and its like: ISO 8601, in UTC

func init() {
	for kind, judge := range map[string]func(string) bool{
		"segtype":       oneOf("block", "paragraph", "sentence", "phrase"),
		"srclang":       func(v string) bool { return v == "*all*" || isLanguage(v) },
		"tmxDate":       tmxDate.MatchString,
		"number":        func(v string) bool { return v != "" && strings.Trim(v, "0123456789") == "" },
		"posTMX":        oneOf("begin", "end"),
		"assocTMX":      oneOf("p", "f", "b"),
		"pos12":         oneOf("open", "close"),
		"assoc12":       oneOf("preceding", "following", "both"),
		"annotates12":   oneOf("source", "target", "general"),
		"alternative12": orOwn("proposal", "previous-version", "rejected", "reference", "accepted"),
		"state12":       orOwn("final", "needs-adaptation", "needs-l10n", "needs-review-adaptation", "needs-review-l10n", "needs-review-translation", "needs-translation", "new", "signed-off", "translated"),
		"qualifier12":   orOwn("exact-match", "fuzzy-match", "id-match", "leveraged-glossary", "leveraged-inherited", "leveraged-mt", "leveraged-repository", "leveraged-tm", "mt-suggestion", "rejected-grammar", "rejected-inaccurate", "rejected-length", "rejected-spelling", "tm-suggestion"),
		"datatype12":    orOwn(strings.Fields("asp c cdf cfm cpp csharp cstring csv database documentfooter documentheader filedialog form html htmlbody ini interleaf javaclass javapropertyresourcebundle javalistresourcebundle javascript jscript layout lisp margin menufile messagefile mif mimetype mo msglib pagefooter pageheader parameters pascal php plaintext po report resources resx rtf sgml sgmldtd svg vbscript warning winres xhtml xml xmldtd xsl xul")...),
	} {
		valueKinds[kind] = judge
	}
}

// orOwn allows the words of a list, and those that a tool makes up with "x-" before them
// (XLIFF 1.2, user-defined values).
func orOwn(words ...string) func(string) bool {
	listed := oneOf(words...)
	return func(v string) bool { return listed(v) || strings.HasPrefix(v, "x-") }
}

var (
	rules12     = compileRules(nsXLIFF12, grammar12)
	rules12Bare = compileRules("", grammar12)
	rulesTMX    = compileRules("", grammarTMX)
)

// codesTMX are what the grammar's codes are called in TMX.
var codesTMX = strings.NewReplacer("xliff-child-missing", "tmx-incomplete", "xliff-child", "tmx-element", "xliff-", "tmx-")

// run12 checks a file of XLIFF 1.0 to 1.2, whose root is the token last read.
func (v *validator2) run12() error {
	space := v.tok.name.space
	if v.tok.name.local != "xliff" || space != nsXLIFF12 && space != "" {
		return v.fault("xliff-root", space+" "+v.tok.name.local, nsXLIFF2)
	}
	v.rules = rules12
	if space == "" {
		v.rules = rules12Bare
	}
	if version := v.tok.get("version"); version != "1.0" && version != "1.1" && version != "1.2" {
		return v.fault("xliff-version", version, "1.0, 1.1, 1.2")
	}
	return v.walkRoot(func(unit *node) { v.ruleUnit12(unit) })
}

// validateTMX checks a TMX file.
func validateTMX(in *input, yield func(*Error) bool) {
	s, err := in.xml()
	if err != nil {
		yield(asError(err, in.name))
		return
	}
	v := &validator2{scanner: s, yield: yield, rules: rulesTMX, codes: codesTMX}
	if err := v.runTMX(); err != nil && !v.stopped {
		yield(asError(err, in.name))
	}
}

func (v *validator2) runTMX() error {
	root, err := v.root()
	if err != nil {
		return err
	}
	if root.name != (xmlName{"", "tmx"}) {
		return v.fault("tmx-root", root.name.local, "tmx")
	}
	if version := root.get("version"); !strings.HasPrefix(version, "1.") {
		return v.fault("tmx-version", version, "1.1, 1.2, 1.3, 1.4")
	}
	return v.walkRoot(func(unit *node) { v.ruleUnitTMX(unit) })
}

// walkRoot checks the file from its root element, whose start tag was last read, and holds
// each unit to rule.
func (v *validator2) walkRoot(rule func(*node)) error {
	root := v.open(nil)
	v.checkTag(root)
	if err := v.container(root, func(n *node) error { return v.walkElement(n, rule) }); err != nil {
		return err
	}
	return v.rest()
}

// walkElement streams the elements that hold units and reads any other as a tree.
func (v *validator2) walkElement(n *node, rule func(*node)) error {
	switch n.name.local {
	case "file":
		v.enterFile()
		fallthrough
	case "body", "group":
		v.checkTag(n)
		return v.container(n, func(c *node) error { return v.walkElement(c, rule) })
	}
	tree, err := v.tree(n.parent)
	if err != nil {
		return err
	}
	v.unit = tree.get("id") + tree.get("tuid")
	tree.walk(func(n *node) { v.checkGrammar(n) })
	if n.name.local == "header" {
		v.srcLang = tree.get("srclang")
	}
	rule(tree)
	v.unit = ""
	if v.stopped {
		return errStopped
	}
	return nil
}

// ruleUnit12: the id of a unit is its own within the file (XLIFF 1.2, id), and in each
// text an <ept> or <ex> has its <bpt> or <bx>, of the same rid or, where there is none, id.
func (v *validator2) ruleUnit12(unit *node) {
	if unit.name.local != "trans-unit" {
		return
	}
	id := unit.get("id")
	if v.units[id] {
		v.report("id-repeated", unit, id, "")
	}
	v.units[id] = true
	unit.walk(func(n *node) {
		if n.name.local == "source" || n.name.local == "target" {
			v.rulePairsBy(n, "bpt", "ept", pairID12)
			v.rulePairsBy(n, "bx", "ex", pairID12)
		}
	})
}

func pairID12(n *node) string {
	if rid, ok := n.attr("rid"); ok {
		return rid
	}
	return n.get("id")
}

// ruleUnitTMX: a variant says its language; one is in the source language of the <tu> or the
// header, unless that is *all* (srclang); i pairs each <bpt> of a segment with one <ept>
// after it (TMX 1.4b, i); <ude> has a base if a <map> has a code.
func (v *validator2) ruleUnitTMX(unit *node) {
	unit.walk(func(n *node) {
		switch n.name.local {
		case "seg":
			v.rulePairsBy(n, "bpt", "ept", func(n *node) string { return n.get("i") })
		case "map":
			if _, based := n.parent.attr("base"); n.get("code") != "" && !based {
				v.report("xliff-attribute-missing", n, "ude", "base")
			}
		}
	})
	source := unit.get("srclang")
	if source == "" {
		source = v.srcLang
	}
	has := unit.name.local != "tu" || source == "*all*" || source == ""
	for _, n := range unit.children {
		if n.name.local != "tuv" {
			continue
		}
		lang, ok := n.attrIn(nsXML, "lang")
		if !ok {
			lang = n.get("lang")
		}
		if lang == "" {
			v.report("tmx-language-missing", n, "", "xml:lang")
		}
		has = has || sameLanguage(parseLanguage(lang), parseLanguage(source))
	}
	if !has {
		v.report("tmx-source-missing", unit, source, "")
	}
}

// rulePairsBy holds the opening and closing codes of one text to stand in pairs: each key
// opened once and closed once, in this order.
func (v *validator2) rulePairsBy(text *node, open, close string, key func(*node) string) {
	opened, closed := map[string]bool{}, map[string]bool{}
	var openings []*node
	text.walk(func(n *node) {
		k := key(n)
		switch n.name.local {
		case open:
			if opened[k] {
				v.report("xliff-pair", n, k, close)
			}
			opened[k] = true
			openings = append(openings, n)
		case close:
			if !opened[k] || closed[k] {
				v.report("xliff-pair", n, k, open)
			}
			closed[k] = true
		}
	})
	for _, n := range openings {
		if k := key(n); !closed[k] {
			v.report("xliff-pair", n, k, close)
		}
	}
}
