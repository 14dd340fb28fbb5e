package segment

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// ExportSRX writes the rules for the languages as an SRX 2.0 file that cascades: a set for
// each language, then the rules that hold for all.
//
// SRX cannot say everything. The file has the abbreviations, starters, initials,
// acronyms, closers and lower-case rules, and breaks at each line break. Layout, the
// matching of straight quotes, footnote calls in plain digits and the tie-breaker for
// flattened text have no counterpart and are left out.
func ExportSRX(out io.Writer, langs ...language.Tag) error {
	w := bufio.NewWriter(out)
	fmt.Fprint(w, xml.Header+`<srx xmlns="`+srxSpace+`" version="2.0">
  <header segmentsubflows="yes" cascade="yes">
    <formathandle type="start" include="no"/>
    <formathandle type="end" include="yes"/>
    <formathandle type="isolated" include="yes"/>
  </header>
  <body>
    <languagerules>
`)
	for _, lang := range langs {
		writeSet(w, lang.String(), tableOf(lang).srxLines())
	}
	writeSet(w, "all", srxCommon)
	fmt.Fprint(w, "    </languagerules>\n    <maprules>\n")
	for _, lang := range langs {
		base, _ := lang.Base()
		fmt.Fprintf(w, "      <languagemap languagepattern=\"%s.*\" languagerulename=%q/>\n", base, lang)
	}
	fmt.Fprint(w, "      <languagemap languagepattern=\".*\" languagerulename=\"all\"/>\n    </maprules>\n  </body>\n</srx>\n")
	return w.Flush()
}

// line is a rule as it is written.
type line struct {
	ends          bool
	before, after string
}

const (
	srxMarks   = `[.!?…]+`
	srxClosers = `(?:\s?[»›]|["'”’)\]}])*`
	srxOpeners = `[\s«“„"'‘(\[–—-]*`
)

// srxCommon are the rules for every language, in the order in which ours are asked.
var srxCommon = []line{
	{true, "", `\n`},
	{false, `\([!?]+\)`, `\s`},
	{false, srxMarks + srxClosers, `\s+[,;:)\]}%»”]`},
	{false, srxMarks + srxClosers, `\s+` + srxOpeners + `\p{Ll}`},
	{false, `[\[(](?:…|\.\.\.)[\])]`, `\s`},
	{false, `(?:…|\.\.+)`, `\s+\p{Nd}`},
	{false, `^\s*(?:\p{Nd}{1,3}|[IVXivx]+|\p{L})\.`, `\s`},
	{false, `\b\p{L}\.`, `\s`},
	{false, `\b(?:\p{L}\.-?){2,}`, `\s`},
	{true, srxMarks + srxClosers + `\.?`, `\s`},
	{true, `[。！？｡]+`, ""},
}

// srxLines are the rules that the table of a language makes.
func (t *table) srxLines() (lines []line) {
	starters := `\s+` + srxOpeners + `(?:` + strings.Join(capitalised(t.starters), "|") + `)(?:[\s,]|$)`
	for _, c := range []struct {
		class class
		after []line
	}{
		{never, []line{{false, "", `\s`}}},
		{beforeNumber, []line{{false, "", `\s+(?:\p{Nd}|[IVXLC]+\b)`}}},
		{beforeCapital, []line{{true, "", starters}, {false, "", `\s`}}},
		{maybeFinal, []line{{true, "", starters}, {false, "", `\s`}}},
	} {
		words := t.abbreviations(c.class)
		if len(words) == 0 {
			continue
		}
		for _, l := range c.after {
			lines = append(lines, line{l.ends, `\b(?:` + strings.Join(words, "|") + `)\.`, l.after})
		}
	}
	lines = append(lines, line{true, `\p{Ll}\s\p{Lu}\.`, starters}, line{true, `(?:\p{L}\.-?){2,}`, starters})
	for _, word := range slices.Sorted(maps.Keys(t.uncapped)) {
		if word == "*" {
			word = `\p{Ll}\S*`
		}
		lines = append(lines, line{true, `\p{L}\p{Ll}{3,}\.`, `\s+` + word + `\s`})
	}
	return lines
}

// abbreviations are those of a class as expressions, sorted.
func (t *table) abbreviations(c class) (list []string) {
	for word, entry := range t.words {
		if entry.any == c {
			list = append(list, `(?i:`+regexp.QuoteMeta(word)+`)`)
		}
		for _, a := range entry.exact {
			if a.class == c {
				list = append(list, strings.ReplaceAll(regexp.QuoteMeta(a.text), " ", `\s`))
			}
		}
	}
	slices.Sort(list)
	return list
}

// capitalised are the words with a capital, as expressions, sorted.
func capitalised(set map[string]bool) (words []string) {
	for _, word := range slices.Sorted(maps.Keys(set)) {
		upper := strings.ToUpper(word[:len(string(firstRune(word)))]) + word[len(string(firstRune(word))):]
		words = append(words, strings.ReplaceAll(regexp.QuoteMeta(upper), "'", "['’].*"))
	}
	return words
}

func writeSet(w io.Writer, name string, lines []line) {
	fmt.Fprintf(w, "      <languagerule languagerulename=%q>\n", name)
	for _, l := range lines {
		ends := "no"
		if l.ends {
			ends = "yes"
		}
		fmt.Fprintf(w, "        <rule break=%q><beforebreak>%s</beforebreak><afterbreak>%s</afterbreak></rule>\n", ends, escaped(l.before), escaped(l.after))
	}
	fmt.Fprint(w, "      </languagerule>\n")
}

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
