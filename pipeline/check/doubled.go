package check

import (
	"strings"

	"drogman/pipeline/bitext"
)

// doubled finds a word written twice running in the target, unless the source doubles a
// word too, or the language does (had had, that that).
var doubled = Rule{
	Code: "doubled", Severity: Warning,
	Before: Pair{"La fin de la guerre.", "The end of the the war."},
	After:  Pair{"La fin de la guerre.", "The end of the war."},
	Cases: []Case{
		{Pair: Pair{"Il avait eu peur.", "He had had a fright."}},
		{Pair: Pair{"Le plan.", "The the plan."}, Have: []string{"The the"}},
		{Pair: Pair{"Bora Bora", "Bora Bora"}},
		{Pair: Pair{"Non, non !", "No, no!"}},
		{Pair: Pair{"Il parle.", "He speaks speaks."}, Have: []string{"speaks speaks"}},
	},
	unit: func(x *context) {
		if len(doubles(&x.source)) > 0 {
			return
		}
		for _, here := range doubles(&x.target) {
			x.reportAt(Target, here, bitext.Span{}, Finding{})
		}
	},
}

func doubles(t *text) []bitext.Span {
	var found []bitext.Span
	for i := 1; i < len(t.words); i++ {
		a, b := t.words[i-1], t.words[i]
		if a.fold == b.fold && a.alpha && !b.upper && !t.tongue.doubles[a.fold] && strings.TrimSpace(t.raw[a.End:b.Start]) == "" && a.Len() > 1 {
			found = append(found, bitext.Span{Start: a.Start, End: b.End})
		}
	}
	return found
}
