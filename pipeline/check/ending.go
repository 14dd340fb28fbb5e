package check

import (
	"strings"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// ending finds targets that do not end like their source: a question without its mark, a
// sentence without its full stop. Quotes and brackets after the mark are looked through,
// and a stop that is missing from a title is none.
var ending = Rule{
	Code: "ending", Severity: Warning,
	Before: Pair{"Qui a gagné ?", "Who won."},
	After:  Pair{"Qui a gagné ?", "Who won?"},
	Cases: []Case{
		{Pair: Pair{"Il dit : « Non ».", "He said, “No.”"}},
		{Pair: Pair{"Voici la liste :", "Here is the list:"}},
		{Pair: Pair{"Voici la liste :", "Here is the list"}, Have: []string{""}},
		{Pair: Pair{"Il est mort.", "He is dead"}, Have: []string{""}},
		{Pair: Pair{"Fin…", "The end..."}},
		{Pair: Pair{"Attention !", "Careful."}, Soft: []string{"."}},
	},
	unit: func(x *context) {
		if x.untranslated() || len(x.source.words) == 0 || len(x.target.words) == 0 {
			return
		}
		s, at := lastMark(x.source.raw)
		t, here := lastMark(x.target.raw)
		if s == t {
			return
		}
		f := Finding{Have: t, Want: s}
		if s != "?" && t != "?" && s != "" && t != "" {
			f.Severity = Advisory
		}
		if s == "" {
			f.Severity, f.Reason = Advisory, Extra
		}
		x.reportAt(Target, here, at, f)
	},
}

// closers are what may stand after the last mark of a sentence.
const closers = " \t\n\u00a0\u202f\"'”’»)]*_"

// lastMark returns the mark that ends a sentence, as ASCII, and where it stands; an empty
// span at the end where there is none.
func lastMark(s string) (string, bitext.Span) {
	trimmed := strings.TrimRight(s, closers)
	r, size := utf8.DecodeLastRuneInString(trimmed)
	here := bitext.Span{Start: len(trimmed) - size, End: len(trimmed)}
	switch r {
	case '.', '…':
		return ".", here
	case '?', '!', ':', ';':
		return string(r), here
	}
	return "", bitext.Span{Start: len(s), End: len(s)}
}
