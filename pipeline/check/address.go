package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// address finds web and mail addresses of the source that the target lacks or altered.
var address = Rule{
	Code: "address", Severity: Error,
	Before: Pair{"Voir https://exemple.fr/a.", "See https://example.fr/a."},
	After:  Pair{"Voir https://exemple.fr/a.", "See https://exemple.fr/a."},
	Cases: []Case{
		{Pair: Pair{"Écrire à jean@exemple.fr.", "Write to jean@example.fr."}, Have: []string{"jean@example.fr"}},
		{Pair: Pair{"Écrire à jean@exemple.fr.", "Write to Jean."}, Have: []string{""}},
		{Pair: Pair{"(www.exemple.fr)", "(www.exemple.fr)"}},
		{Pair: Pair{"https://exemple.fr/fr/", "https://exemple.fr/en/"}, Soft: []string{"https://exemple.fr/en/"}},
	},
	unit: func(x *context) {
		if x.untranslated() {
			return
		}
		source, target := addresses(x.source.raw), addresses(x.target.raw)
		source, target = without(source, x.source.raw, target, x.target.raw), without(target, x.target.raw, source, x.source.raw)
		for i, s := range source {
			if i >= len(target) {
				x.report(Finding{Side: Source, Start: s.Start, End: s.End, Want: x.source.in(s)})
				continue
			}
			f := Finding{}
			if sameHost(x.source.in(s), x.target.in(target[i])) {
				f = Finding{Severity: Advisory, Reason: Regular} // the page in the other language
			}
			x.reportAt(Target, target[i], s, f)
		}
	},
}

// without returns the spans whose text is not among the others.
func without(spans []bitext.Span, text string, others []bitext.Span, otherText string) []bitext.Span {
	known := map[string]bool{}
	for _, o := range others {
		known[o.In(otherText)] = true
	}
	return slices.DeleteFunc(slices.Clone(spans), func(s bitext.Span) bool { return known[s.In(text)] })
}

func sameHost(a, b string) bool {
	_, a, ok := strings.Cut(a, "://")
	_, b, also := strings.Cut(b, "://")
	a, _, _ = strings.Cut(a, "/")
	b, _, _ = strings.Cut(b, "/")
	return ok && also && a == b
}

// addresses returns the web and mail addresses of a text: what stands between spaces and
// holds "://", begins with "www." or has an "@" between letters, without the punctuation
// around it.
func addresses(s string) []bitext.Span {
	if !strings.Contains(s, "://") && !strings.Contains(s, "www.") && !strings.Contains(s, "@") {
		return nil
	}
	var found []bitext.Span
	for start := 0; start < len(s); {
		end := len(s)
		if n := strings.IndexFunc(s[start:], unicode.IsSpace); n >= 0 {
			end = start + n
		}
		here := trimAddress(s, bitext.Span{Start: start, End: end})
		if isAddress(here.In(s)) {
			found = append(found, here)
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		start = end + max(size, 1)
	}
	return found
}

func trimAddress(s string, span bitext.Span) bitext.Span {
	text := span.In(s)
	left := strings.TrimLeft(text, "([{<«“\"'‘")
	right := strings.TrimRight(left, ")]}>»”\"'’.,;:!?…")
	start := span.Start + len(text) - len(left)
	return bitext.Span{Start: start, End: start + len(right)}
}

func isAddress(w string) bool {
	at := strings.IndexByte(w, '@')
	return strings.Contains(w, "://") || strings.HasPrefix(w, "www.") || at > 0 && strings.Contains(w[at+1:], ".")
}
