package check

import (
	"strings"

	"drogman/pipeline/bitext"
)

// bracket finds brackets and quotes that the target opens and does not close, or closes
// and did not open, where the source has them in order.
var bracket = Rule{
	Code: "bracket", Severity: Warning,
	Before: Pair{"L'OTAN (et ses alliés) avance.", "NATO (and its allies advances."},
	After:  Pair{"L'OTAN (et ses alliés) avance.", "NATO (and its allies) advances."},
	Cases: []Case{
		{Pair: Pair{"1) premier point", "1) first point"}},
		{Pair: Pair{"Il dit : « Non ».", "He says: “No."}, Have: []string{"“"}},
		{Pair: Pair{"Il dit : « Non ».", "He says: \"No\"."}},
		{Pair: Pair{"Il dit : « Non ».", "He says: \"No."}, Have: []string{"\""}},
		{Pair: Pair{"« Le début", "“The beginning"}},
		{Pair: Pair{"le 5 pieds", "5'6\" tall"}},
	},
	unit: func(x *context) {
		if x.untranslated() || len(unbalanced(x.source.raw)) > 0 {
			return
		}
		for _, here := range unbalanced(x.target.raw) {
			x.reportAt(Target, here, bitext.Span{}, Finding{})
		}
	},
}

const brackets = "()[]{}«»“”"

// unbalanced returns the brackets and quotes without a partner.
func unbalanced(s string) []bitext.Span {
	if !strings.ContainsAny(s, brackets+"\"") {
		return nil
	}
	type opened struct {
		kind int
		span bitext.Span
	}
	var stack []opened
	var alone []bitext.Span
	straight := -1
	kinds := []rune(brackets)
	for i, r := range s {
		here := bitext.Span{Start: i, End: i + len(string(r))}
		if r == '"' && !(i > 0 && isDigit(s[i-1])) {
			if straight >= 0 {
				straight = -1
			} else {
				straight = i
			}
			continue
		}
		kind := indexRune(kinds, r)
		switch {
		case kind < 0:
		case kind%2 == 0:
			stack = append(stack, opened{kind, here})
		case len(stack) > 0 && stack[len(stack)-1].kind == kind-1:
			stack = stack[:len(stack)-1]
		default:
			alone = append(alone, here)
		}
	}
	for _, o := range stack {
		alone = append(alone, o.span)
	}
	if straight >= 0 {
		alone = append(alone, bitext.Span{Start: straight, End: straight + 1})
	}
	return alone
}

func indexRune(runes []rune, r rune) int {
	for i, c := range runes {
		if c == r {
			return i
		}
	}
	return -1
}
