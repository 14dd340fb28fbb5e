package bitext

import (
	"fmt"

	"golang.org/x/text/language"
)

// hardTexts are the texts that formats damage.
var hardTexts = []string{
	"", " ", "a", " leading and trailing ", "\u00a0NBSP\u00a0: « x\u202f!\u00a0»", "\u202f", "a\rb", "a\r\nb", "a\nb\n", "\n", "\na", "\r", "\t", "a\tb\t",
	"\x01\x08\x0b\x0c\x1b[31m\x7f", "\u0085\u2028\u2029", "\ufffe\uffff", "😀👩‍👩‍👧", "e\u0301te\u0301", "\u200b\u200e\ufeff", `"quoted"`, `'`, `a"b`, `a""b`,
	"=HYPERLINK(\"x\")", "+1", "-1", "@x", "'=x", "\t=x", "]]>", "-->", "<!--", "<b>&amp;</b>", "&lt;", "&#13;", "<?x?>",
	`C:\new\table`, `\`, `\\n`, `\t`, "_x000C_", "_x005F_x000C_", "{0} %s %1$s", "a,b;c", "#. x", "msgid \"x\"", "{\"a\":1}", "a|||b", "~", "·", "«»",
	"\U00010000\U0010FFFF", "\u202erev\u202c", "a\u2060b", "x\u2068y\u2069",
}

var frEn = Languages{language.French, language.BritishEnglish}

// hardUnits are the units that every format must give back, as far as it says it can.
func hardUnits() []Unit {
	var units []Unit
	add := func(u Unit) {
		if u.ID == "" {
			u.ID = fmt.Sprintf("b%d::s1", len(units))
		}
		u.Document, u.Languages = "a.txt", frEn
		units = append(units, u)
	}
	for _, text := range hardTexts {
		add(Unit{Source: text, Target: text, State: Translated})
	}
	for _, text := range hardTexts {
		add(Unit{ID: "id " + text + "::" + text, Source: "x"})
		add(Unit{Source: "x", Target: "y", Notes: []Note{{Text: "n" + text}, {text + "n", "cat", "au"}}})
		add(Unit{Source: "x", Target: "y", Fields: []Field{{"origin", "o" + text}}})
		add(Unit{Source: "x", Target: "y", Fields: []Field{{"n" + text, "v"}}})
		add(Unit{Source: text, Target: text, Matches: []Match{{text, text, 87.5, text}}})
		add(Unit{Source: "ab", SourceCodes: []Code{{Kind: Standalone, ID: "1", Span: Span{1, 1}, Data: text, Type: "fmt"}}})
	}
	for _, s := range []State{Initial, Translated, Reviewed, Final} {
		add(Unit{Source: "Oui", Target: "Yes", State: s})
	}
	add(Unit{ID: "block::s1", Source: "Un.", Target: "One."})
	add(Unit{ID: "block::s2", Source: "Deux.", Before: " "})
	add(Unit{ID: "block::s3", Source: "Trois.", Before: "\u00a0\n", After: "\t"})
	add(Unit{ID: "fields::1", Source: "x", Fields: []Field{{"unit.name", "n"}, {"unit.translate", "no"}, {"segment.subState", "a:b"}, {"k", "v"}}})
	add(Unit{ID: "fields::2", Source: "x", Fields: []Field{{"unit.name", "n"}, {"unit.translate", "no"}}})
	add(Unit{ID: "fields2::1", Source: "x", Fields: []Field{{"unit.translate", "maybe"}, {"tu.usagecount", "3"}}})
	add(Unit{ID: "fields2::2", Source: "x", Target: "y", Fields: []Field{{"tu.usagecount", "3"}, {"drogman:state", "3"}, {"more", "m"}, {"id", "i"}}})
	add(Unit{ID: "whole", Source: "no segment"})
	add(Unit{ID: "whole2", Source: "no segment", Notes: []Note{{Text: "n"}}})
	add(Unit{ID: "a::b::c", Source: "x", Confidence: 0.25})
	add(Unit{ID: "trailing::", Source: "x"})
	for _, codes := range hardCodes {
		add(Unit{Source: "abcdef", Target: "abcdef", State: Translated, SourceCodes: codes, TargetCodes: codes})
	}
	for _, text := range tagTexts {
		add(Unit{Source: text, Target: text, State: Translated, SourceCodes: hardCodes[1], TargetCodes: hardCodes[1]})
		add(Unit{Source: text, Target: text, SourceCodes: hardCodes[1], TargetCodes: []Code{code(Open, "1", len(text)), code(Close, "1", len(text))}})
	}
	add(Unit{Source: "{a} {b} {a}", Target: "{a} {b} {a}", SourceCodes: bareCodes, TargetCodes: bareCodes})
	add(Unit{Source: "{a} {b} {a}", Target: "{b} a {a}{a}", SourceCodes: bareCodes, TargetCodes: []Code{
		bare("2", 0, 3), code(Standalone, "9", 4), bare("3", 6, 9), bare("1", 9, 12)}})
	add(Unit{Source: "{a} {b} {a}", Target: "{a} {b}", SourceCodes: bareCodes, TargetCodes: bareCodes[1:2]})
	add(Unit{Source: "a b", SourceCodes: []Code{bare("1", 1, 2)}, Target: "c\nd", TargetCodes: []Code{bare("1", 1, 2)}})
	add(Unit{Source: "a b", SourceCodes: hardCodes[1][:1], Target: "a b", TargetCodes: hardCodes[1]})
	add(Unit{Source: "a b", Target: "a b", TargetCodes: hardCodes[1]})
	add(Unit{Source: "abc", SourceCodes: hardCodes[1], TargetCodes: []Code{code(Open, "1", 0), code(Close, "1", 0)}})
	add(Unit{ID: "terms::1", Source: "Le cessez-le-feu à Alep.", Terms: hardTerms})
	add(Unit{ID: "terms::m1", Source: "Le cessez-le-feu à Alep.", Terms: hardTerms, SourceCodes: []Code{
		{Kind: Open, ID: "m1", Span: Span{3, 3}, Data: "<b>"}, {Kind: Close, ID: "m1", Span: Span{10, 10}, Data: "</b>"}}})
	add(Unit{ID: "terms::2", Source: "Le cessez-le-feu à Alep.", Terms: []Occurrence{
		{Span: Span{0, 5}, Concept: "a", Surface: "Le ce"}, {Span: Span{3, 6}, Concept: "b", Surface: "ces"}, {Span: Span{3, 16}, Concept: "c", Surface: "cessez-le-feu"}}})
	return units
}

var hardTerms = []Occurrence{
	{Span{3, 24}, "cla", "events", "cessez-le-feu à Alep", "", false, "a < b"},
	{Span{3, 16}, "cessez-le-feu", "terms", "cessez-le-feu", "ceasefire", false, ""},
	{Span{20, 24}, "alep", "places", "Alep", "Aleppo", true, ""},
}

func code(kind CodeKind, id string, at int) Code {
	return Code{Kind: kind, ID: id, Span: Span{at, at}, Data: fmt.Sprintf("<%s%d>", id, kind)}
}

// tagTexts look like the tags of tables and PO files.
var tagTexts = []string{"<1>", "</1>", "<2/>a", `\<1>`, `\\<1/>`, `\\\<9>\`, "<1", "<0>", "<01>", "</1/>", "<1234567>", "<<1>>", `a\`, `<1\>`, `é\\`, "<1/></1/>", "<1 />", `\<1 />`, "<1 >"}

func bare(id string, start, end int) Code {
	return Code{ID: id, Span: Span{start, end}, Data: "{" + id + "}", Type: "ui"}
}

var bareCodes = []Code{bare("1", 0, 3), bare("2", 4, 7), bare("3", 8, 11)}

// hardCodes are code lists over the text "abcdef".
var hardCodes = [][]Code{
	{code(Open, "1", 0), code(Close, "1", 6)},
	{code(Open, "1", 2), code(Close, "1", 2)},
	{code(Open, "1", 2), code(Open, "2", 2), code(Close, "2", 4), code(Close, "1", 4)},
	{code(Open, "1", 1), code(Open, "2", 2), code(Close, "1", 3), code(Close, "2", 4)},
	{code(Standalone, "1", 3), code(Standalone, "2", 3), code(Standalone, "3", 3)},
	{code(Close, "1", 2), code(Open, "2", 3)},
	{code(Open, "1", 1), code(Standalone, "x y", 1), code(Close, "1", 1), code(Open, "3", 1), code(Close, "3", 6)},
	{{Kind: Standalone, ID: "1", Span: Span{1, 4}, Data: "{{x}}", Type: "ui", Fields: []Field{{"canDelete", "no"}, {"disp", "x"}}}},
	{{Kind: Standalone, ID: "01"}, {Kind: Standalone, ID: "s1", Span: Span{6, 6}, Type: "odd type"}},
	{{Kind: Open, ID: "1", Mark: true, Type: "comment", Fields: []Field{{"value", "why?"}}}, {Kind: Close, ID: "1", Mark: true, Span: Span{3, 3}}},
	{{Kind: Open, ID: "1", Fields: []Field{{"canOverlap", "no"}}, Type: "fmt"}, {Kind: Close, ID: "1", Span: Span{3, 3}}},
}
