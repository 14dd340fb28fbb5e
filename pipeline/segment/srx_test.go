package segment

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"drogman/seeds/devdata"

	"golang.org/x/text/language"
)

// srxFile is an SRX file with the rules for every language.
func srxFile(rules string) string {
	return `<?xml version="1.0"?><srx xmlns="http://www.lisa.org/srx20" version="2.0">` +
		`<header segmentsubflows="yes" cascade="yes"/><body><languagerules><languagerule languagerulename="x">` + rules +
		`</languagerule></languagerules><maprules><languagemap languagepattern=".*" languagerulename="x"/></maprules></body></srx>`
}

func srxLine(ends, before, after string) string {
	return fmt.Sprintf("<rule break=%q><beforebreak>%s</beforebreak><afterbreak>%s</afterbreak></rule>", ends, before, after)
}

func withSRX(t *testing.T, file string, lang language.Tag, options ...Option) *Segmenter {
	t.Helper()
	x, err := ReadSRX(strings.NewReader(file), "x.srx")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(lang, append(options, WithSRX(x))...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSRXRules(t *testing.T) {
	full := srxLine("yes", `[.?!]+`, `\s`)
	for _, c := range []struct{ name, rules, text string }{
		{"break rule", full, "Oui. ‖ Non! ‖ Bien"},
		{"exception before it", srxLine("no", `\bM\.`, `\s`) + full, "M. Roux dort. ‖ Fin"},
		{"exception behind it comes too late", full + srxLine("no", `\bM\.`, `\s`), "M. ‖ Roux"},
		{"word boundary is Unicode's", srxLine("no", `\ba\.`, `\s`) + full, "éa. ‖ b a. c"},
		{"no-break space is a space", full, "Oui.‖\u00A0Non"},
		{"only after", srxLine("yes", "", `\n`), "a‖\nb‖\nc"},
		{"only before", srxLine("yes", `[\xff61\x3002]+`, ""), "猫。‖犬。"},
		{"numbering at the beginning", srxLine("no", `^\s*[0-9]+\.`, `\s`) + full, " 1. Oui. ‖ 2. ‖ Non"},
		{"everywhere", srxLine("yes", "", ""), "a‖b‖é"},
		{"class of letters", srxLine("yes", `\.`, `\s+\p{Lu}`), "a. b.‖ É. c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Split(strings.ReplaceAll(strings.ReplaceAll(c.text, " ‖ ", "‖ "), "‖ ‖", "‖"), "‖")
			s := withSRX(t, srxFile(c.rules), language.French)
			if have := pieces(s, strings.Join(want, "")); !slices.Equal(have, want) {
				t.Errorf("have %q, want %q", have, want)
			}
		})
	}
}

func TestSRXWithUserRules(t *testing.T) {
	s := withSRX(t, srxFile(srxLine("yes", `\.`, `\s`)), language.French, WithNoBreak("Cie.| B"), WithBreak(";|"))
	if have := pieces(s, "Cie. B; c. d"); !slices.Equal(have, []string{"Cie. B;", " c.", " d"}) {
		t.Errorf("%q", have)
	}
	for d := range s.Explain("a. b") {
		if d.Rule != "srx-1" || !d.Break || d.At != 2 {
			t.Errorf("%+v", d)
		}
	}
}

func TestSRXCascade(t *testing.T) {
	file := `<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="no" cascade="CASCADE"/><body><languagerules>` +
		`<languagerule languagerulename="fr">` + srxLine("no", `M\.`, `\s`) + `</languagerule>` +
		`<languagerule languagerulename="all">` + srxLine("yes", `\.`, `\s`) + `</languagerule></languagerules><maprules>` +
		`<languagemap languagepattern="FR.*" languagerulename="fr"/><languagemap languagepattern=".*" languagerulename="all"/></maprules></body></srx>`
	for _, c := range []struct {
		cascade string
		lang    language.Tag
		want    int
	}{{"yes", language.CanadianFrench, 2}, {"no", language.CanadianFrench, 1}, {"yes", language.English, 3}, {"no", language.English, 3}} {
		s := withSRX(t, strings.Replace(file, "CASCADE", c.cascade, 1), c.lang)
		if have := pieces(s, "M. Roux. Fin."); len(have) != c.want {
			t.Errorf("cascade=%s %v: %q, want %d", c.cascade, c.lang, have, c.want)
		}
	}
}

func TestSRXFaults(t *testing.T) {
	ok := srxFile(srxLine("yes", `\.`, `\s`))
	for _, c := range []struct{ name, file, code string }{
		{"not XML", "<srx", "srx-xml"},
		{"wrong nesting", `<srx xmlns="http://www.lisa.org/srx20" version="2.0"></header>`, "srx-xml"},
		{"entities", `<!DOCTYPE srx [<!ENTITY a "b">]>` + ok[strings.Index(ok, "<srx"):], "srx-xml"},
		{"version 1", strings.Replace(ok, `version="2.0"`, `version="1.0"`, 1), "srx-version"},
		{"no namespace", `<srx version="2.0"/>`, "srx-element"},
		{"unknown element", strings.Replace(ok, "<header", "<footer/><header", 1), "srx-element"},
		{"element out of place", strings.Replace(ok, "<languagerules>", "<rule/><languagerules>", 1), "srx-element"},
		{"bad attribute", strings.Replace(ok, `cascade="yes"`, `cascade="maybe"`, 1), "srx-attribute"},
		{"bad break", strings.Replace(ok, `break="yes"`, `break="oui"`, 1), "srx-attribute"},
		{"no body", `<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="yes"/></srx>`, "srx-missing"},
		{"map to nothing", strings.Replace(ok, `languagerulename="x"/>`, `languagerulename="y"/>`, 1), "srx-rule-set"},
		{"rule set twice", strings.Replace(ok, "<languagerules>", `<languagerules><languagerule languagerulename="x"/>`, 1), "srx-rule-set"},
		{"bad expression", srxFile(srxLine("yes", "(", "")), "srx-regexp"},
		{"lookbehind", srxFile(srxLine("yes", `(?&lt;!M)\.`, "")), "srx-regexp"},
		{"class of classes", srxFile(srxLine("yes", `[\p{Lu}&amp;&amp;[^A-Z]]`, "")), "srx-regexp"},
		{"repeat bomb", srxFile(srxLine("yes", `((a{100}){100}){100}`, "")), "srx-regexp"},
		{"too many rules", srxFile(strings.Repeat(srxLine("no", "a", ""), srxMaximum+1)), "srx-too-many-rules"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadSRX(strings.NewReader(c.file), "x.srx")
			var fault *Error
			if !errors.As(err, &fault) || fault.Code != c.code || !slices.Contains(Codes, fault.Code) {
				t.Fatalf("have %v, want %s", err, c.code)
			}
			if file, line, _ := fault.Position(); file != "x.srx" || line < 1 {
				t.Errorf("no place: %v", err)
			}
		})
	}
}

// TestSRXSpeed: neither an expression that makes a backtracking machine explode nor
// thousands of rules take long.
func TestSRXSpeed(t *testing.T) {
	var rules strings.Builder
	rules.WriteString(srxLine("yes", `(a+)+$`, ""))
	for i := range 15_000 {
		rules.WriteString(srxLine("no", fmt.Sprintf(`a%d\.`, i), `\s`))
	}
	start := time.Now()
	s := withSRX(t, srxFile(rules.String()+srxLine("yes", `\.`, `\s`)), language.French)
	if have := len(pieces(s, strings.Repeat("aaaa a7. b. ", 100)+strings.Repeat("a", 10_000))); have != 101 {
		t.Errorf("%d segments", have)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestSRXSamples reads the samples that come with the reference implementation.
func TestSRXSamples(t *testing.T) {
	root := devdata.Path(t, "formats")
	read := 0
	err := filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".srx" {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = ReadSRX(bytes.NewReader(raw), path)
		if current := bytes.Contains(raw, []byte(`<srx version="2.0"`)); (err == nil) != current {
			t.Errorf("%s: %v", path, err)
		}
		read++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read == 0 {
		t.Error("no samples")
	}
}

func TestTranslate(t *testing.T) {
	for _, c := range []struct {
		icu, yes, no string // a text it matches, one it does not
	}{
		{`^\w+$`, "été_9", "a-b"},
		{`^[\w-]+$`, "é-b", "a b"},
		{`^\s$`, "\u202F", "a"},
		{`^\S$`, "é", "\u00A0"},
		{`^[\S]$`, "é", "\u00A0"},
		{`^[^\s\d]$`, "é", "٣"},
		{`^\d$`, "٣", "a"},
		{`^\u00E9\U000000E9\x{E9}\xE9$`, "éééé", "e"},
		{`^\xff61$`, "\uFF61", "a"},
		{`^\N{NO-BREAK SPACE}$`, "\u00A0", " "},
		{`^\p{Uppercase}\p{IsGreek}\p{Lu}$`, "ÉαΩ", "ééé"},
		{`^[\p{Punct}\P{L}]$`, "1", "a"},
		{`^\h\R$`, "\t\r\n", "a\n"},
		{`^a*+b$`, "aab", "aa"},
		{`^(?>a)(?#comment)b\Z`, "ab", "a"},
		{`^[]a]\#\-\é$`, "]#-é", "b"},
		{`(?i)M\.$`, "m.", "n."},
	} {
		translated, err := translate(c.icu)
		if err != nil {
			t.Errorf("%s: %v", c.icu, err)
			continue
		}
		re, err := regexp.Compile(translated)
		if err != nil {
			t.Errorf("%s: %v", c.icu, err)
			continue
		}
		if !re.MatchString(c.yes) || re.MatchString(c.no) {
			t.Errorf("%s became %s: %v on %q, %v on %q", c.icu, translated, re.MatchString(c.yes), c.yes, re.MatchString(c.no), c.no)
		}
	}
	for _, bad := range []string{`(?=a)`, `(?!a)`, `(?<=a)`, `(?<!a)`, `\1`, `\X`, `[a[b]]`, `[a&&b]`, `\p{Nonsense}`, `\N{NONSENSE}`, `a\`} {
		if got, err := translate(bad); err == nil {
			t.Errorf("%s became %s", bad, got)
		}
	}
}

func FuzzTranslate(f *testing.F) {
	for _, seed := range []string{`\bM\.`, `[\p{Lu}\S-]+\N{SPACE}`, `(?>a*+)[]^]`, `\x{`, `[[`, `\p`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		if len(pattern) > 200 {
			return
		}
		if _, _, err := newSRXRule(compiled{}, true, pattern, pattern); err != nil {
			return
		}
	})
}

// TestExportSRX: what we export we read, and on punctuated paragraphs it cuts nearly as
// the segmenter does.
func TestExportSRX(t *testing.T) {
	var file bytes.Buffer
	if err := ExportSRX(&file, language.French, language.English); err != nil {
		t.Fatal(err)
	}
	exported := withSRX(t, file.String(), language.French)
	own, err := New(language.French, WithLayout(Kept))
	if err != nil {
		t.Fatal(err)
	}
	same, differ := 0, 0
	for _, d := range readGold(t, "fr_gsd_p5.dev") {
		want := spans(own, d.text)
		for _, span := range spans(exported, d.text) {
			if slices.Contains(want, span) {
				same++
			} else {
				differ++
			}
		}
	}
	t.Logf("%d segments the same, %d not", same, differ)
	if differ*100 > same {
		t.Errorf("more than one segment in a hundred differs: %d the same, %d not", same, differ)
	}
}
