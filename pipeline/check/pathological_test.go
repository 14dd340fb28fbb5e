package check

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"drogman/pipeline/bitext"
)

// A segment as long as a book costs what its words cost, not their square.
func TestPathological(t *testing.T) {
	const n = 20_000
	c := testChecker(t)
	names := func(prefix string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%s%d%c ", prefix, i, 'a'+i%26)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"words": "mot ", "numbers": "12 ", "grouped": "123 ", "dotted": "1.", "terms": "Alep ", "brackets": "(", "quotes": "« ",
		"capitals": "Alepo ", "accents": "e\u0301", "spaces": " ", "addresses": "a@b.c ", "spelt": "vingt et ", "hours": "20h30 ",
	} {
		long := strings.Repeat(text, n)
		for _, u := range []bitext.Unit{{Source: long, Target: long}, {Source: long, Target: "x"}, {Source: "Alep 12", Target: long}, {Source: long, Target: strings.Repeat("Aleppo 7 ", n)}} {
			timely(t, name, c, u)
		}
	}
	timely(t, "different names", c, bitext.Unit{Source: names("Source"), Target: names("Target")})
}

func timely(t *testing.T, name string, c *Checker, u bitext.Unit) {
	begun := time.Now()
	findAll(t, c, []bitext.Unit{u})
	if spent := time.Since(begun); spent > 5*time.Second {
		t.Errorf("%s: %v", name, spent)
	}
}
