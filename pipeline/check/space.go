package check

import (
	"strings"
	"unicode"

	"drogman/pipeline/bitext"
)

// space finds white space at the ends of the target that the source has not, or lacks,
// runs of spaces inside it, and a space before a comma.
var space = Rule{
	Code: "space", Severity: Warning,
	Before: Pair{"La guerre.", "The  war. "},
	After:  Pair{"La guerre.", "The war."},
	Cases: []Case{
		{Pair: Pair{"Un : ", "One: "}},
		{Pair: Pair{"Un : ", "One:"}, Have: []string{""}},
		{Pair: Pair{"Un, deux", "One , two"}, Have: []string{" ,"}},
		{Pair: Pair{"Un  deux", "One  two"}},
	},
	unit: func(x *context) {
		if x.untranslated() {
			return
		}
		s, t := x.source.raw, x.target.raw
		head, tail := headSpace(t), len(t)-tailSpace(t)
		if sh := headSpace(s); s[:sh] != t[:head] {
			x.reportAt(Target, bitext.Span{End: head}, bitext.Span{End: sh}, Finding{Have: t[:head], Want: s[:sh]})
		}
		if strings.Contains(strings.TrimSpace(t), "  ") && !strings.Contains(strings.TrimSpace(s), "  ") {
			at := head + strings.Index(t[head:], "  ")
			x.reportAt(Target, bitext.Span{Start: at, End: at + 2}, bitext.Span{}, Finding{Have: "  ", Want: " "})
		}
		if at := strings.Index(t, " ,"); at > 0 && !strings.Contains(s, " ,") {
			x.reportAt(Target, bitext.Span{Start: at, End: at + 2}, bitext.Span{}, Finding{Have: " ,", Want: ","})
		}
		if st := len(s) - tailSpace(s); s[st:] != t[tail:] && tail > head {
			x.reportAt(Target, bitext.Span{Start: tail, End: len(t)}, bitext.Span{Start: st, End: len(s)}, Finding{Have: t[tail:], Want: s[st:]})
		}
	},
}

func headSpace(s string) int { return len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace)) }
func tailSpace(s string) int { return len(s) - len(strings.TrimRightFunc(s, unicode.IsSpace)) }
