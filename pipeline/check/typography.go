package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// typography finds the source language's signs in a target of another: « » as quotes, a
// space before ; : ! ? or %, where the target language has neither.
var typography = Rule{
	Code: "typography", Severity: Warning,
	Before: Pair{"Il dit : « Non ! »", "He says : «No !»"},
	After:  Pair{"Il dit : « Non ! »", "He says: “No!”"},
	Cases: []Case{
		{Pair: Pair{"Quoi ?", "What ?"}, Have: []string{" ?"}},
		{Pair: Pair{"Il dit « oui ».", "He says « yes »."}, Have: []string{"«", "»"}},
		{Pair: Pair{"Voir :-)", "See :-)"}},
		{Pair: Pair{"Non", "No ... :"}, Have: []string{" :"}},
	},
	unit: func(x *context) {
		if !x.source.tongue.guillets || x.target.tongue.guillets || x.target.tongue == foreign {
			return
		}
		for i, r := range x.target.raw {
			here := bitext.Span{Start: i, End: i + utf8.RuneLen(r)}
			switch {
			case r == '«' || r == '»':
				x.reportAt(Target, here, bitext.Span{}, Finding{})
			case strings.ContainsRune(";:!?", r):
				x.spaceBefore(here)
			}
		}
	},
}

// spaceBefore reports the space before a mark that ends its word; ":-)" and "::" are none.
func (x *context) spaceBefore(mark bitext.Span) {
	before := strings.TrimRight(x.target.raw[:mark.Start], " \u00a0\u202f")
	next, _ := utf8.DecodeRuneInString(x.target.raw[mark.End:])
	if len(before) == mark.Start || before == "" || mark.End < len(x.target.raw) && !unicode.IsSpace(next) && !strings.ContainsRune(closers, next) {
		return
	}
	x.reportAt(Target, bitext.Span{Start: len(before), End: mark.End}, bitext.Span{}, Finding{Want: x.target.in(mark), Have: x.target.raw[len(before):mark.End]})
}
