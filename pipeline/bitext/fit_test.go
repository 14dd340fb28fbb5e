package bitext

import (
	"slices"
	"strings"
	"testing"
)

// What is wrong with the codes of a target, for sources whose codes are o (open), c (close)
// and s (alone), each with its ID.
func TestFitCodes(t *testing.T) {
	for _, c := range []struct{ source, target, fault string }{
		{"o1 c1 s2", "s2 o1 c1", ""},
		{"o1 c1", "o1", "code-missing"},
		{"o1 c1", "", "code-missing"},
		{"o1 c1", "o1 c1 o1 c1", "code-doubled"},
		{"o1 c1", "o1 c1 s1", "code-unknown"},
		{"o1 c1", "c1 o1", "code-crossing"},
		{"o1 o2 c2 c1", "o1 o2 c1 c2", "code-crossing"},
		{"o1 o2 c1 c2", "o1 o2 c1 c2", ""},
		{"o1 o2 c1 c2", "o1 c1 o2 c2", ""},
		{"o1 o2 c1 c2", "o2 o1 c2 c1", "code-crossing"},
		{"c1 o2", "c1 o2", ""},
		{"c1 o2", "o2 c1", ""},
		{"c1 o2 o3 c3", "o2 o3 c1 c3", ""},
		{"m1 s2", "s2", ""},
		{"s2", "m1 s2", ""},
		{"s1 s1", "s1", "code-missing"},
	} {
		source, target := codesNamed(c.source), codesNamed(c.target)
		fitted, err := FitCodes("text", source, "text", target)
		have := ""
		if err != nil {
			have = err.Code
		}
		if have != c.fault {
			t.Errorf("%s → %s: have %q, want %q", c.source, c.target, have, c.fault)
		}
		for _, f := range fitted {
			if !slices.ContainsFunc(target, func(c Code) bool { return c.key() == source[f.Index].key() && c.Span == f.Span }) {
				t.Errorf("%s → %s: %v is no code of the target", c.source, c.target, f)
			}
		}
	}
	if _, err := FitCodes("text", codesNamed("s1"), "text", []Code{{ID: "1", Span: Span{3, 5}}}); err == nil || err.Code != "code-misplaced" {
		t.Errorf("a code beyond the text: %v", err)
	}
}

// codesNamed makes codes of "o1 c1 s2 m3".
func codesNamed(s string) []Code {
	var codes []Code
	for _, name := range strings.Fields(s) {
		kind := map[byte]CodeKind{'o': Open, 'c': Close, 's': Standalone, 'm': Open}[name[0]]
		codes = append(codes, Code{Kind: kind, ID: name[1:], Mark: name[0] == 'm'})
	}
	return codes
}
