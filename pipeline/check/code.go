package check

import (
	"drogman/pipeline/bitext"
)

// code finds inline codes (markup, placeholders) that the target lost, added, or crossed.
var code = Rule{
	Code: "code", Severity: Error,
	Before: Pair{"Bonjour {name}", "Hello"},
	After:  Pair{"Bonjour {name}", "Hello {name}"},
	unit: func(x *context) {
		u := x.unit
		if len(u.SourceCodes)+len(u.TargetCodes) == 0 || x.untranslated() {
			return
		}
		source, target := countCodes(u.SourceCodes), countCodes(u.TargetCodes)
		for _, c := range u.SourceCodes {
			if k := keyOf(c); source[k] > target[k] {
				source[k]--
				x.report(Finding{Side: Source, Start: c.Span.Start, End: c.Span.End, Want: bitext.CodeName(u.Source, u.SourceCodes, c), Reason: Missing})
			}
		}
		source = countCodes(u.SourceCodes)
		for _, c := range u.TargetCodes {
			if k := keyOf(c); target[k] > source[k] {
				target[k]--
				x.report(Finding{Side: Target, Start: c.Span.Start, End: c.Span.End, Have: bitext.CodeName(u.Source, u.SourceCodes, c), Reason: Extra})
			}
		}
		if crossed(u.SourceCodes) < 0 {
			if i := crossed(u.TargetCodes); i >= 0 {
				c := u.TargetCodes[i]
				x.reportAt(Target, c.Span, bitext.Span{}, Finding{Have: bitext.CodeName(u.Source, u.SourceCodes, c), Reason: Swapped})
			}
		}
	},
}

type codeKey struct {
	kind bitext.CodeKind
	id   string
}

func keyOf(c bitext.Code) codeKey { return codeKey{c.Kind, c.ID} }

func countCodes(codes []bitext.Code) map[codeKey]int {
	m := make(map[codeKey]int, len(codes))
	for _, c := range codes {
		m[keyOf(c)]++
	}
	return m
}

// crossed returns the index of the first code that closes what is not the innermost open
// pair, or -1. One that nothing opens has lost or never had its other half, which is told as
// that.
func crossed(codes []bitext.Code) int {
	var open []string
	all := countCodes(codes)
	for i, c := range codes {
		switch c.Kind {
		case bitext.Open:
			open = append(open, c.ID)
		case bitext.Close:
			if all[codeKey{bitext.Open, c.ID}] == 0 {
				continue
			}
			if len(open) == 0 || open[len(open)-1] != c.ID {
				return i
			}
			open = open[:len(open)-1]
		}
	}
	return -1
}
