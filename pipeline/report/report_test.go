package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
	"drogman/pipeline/report"
)

func options(lang string) report.Options {
	return report.Options{
		Say: locales.For(lang).Text, Reader: lang, Title: "T", Version: "1",
		Languages: bitext.Languages{Source: language.French, Target: language.English},
	}
}

func finding() check.Finding {
	return check.Finding{
		Code: "term-untranslated", Severity: check.Error, File: "a.tsv", Line: 2, Column: 1, Unit: "u", Concept: "alep",
		Side: check.Target, Start: 14, End: 18, Other: bitext.Span{Start: 14, End: 18}, Have: "Alep", Want: "Aleppo",
		Texts: check.Texts{Source: "La bataille d'Alep.", Target: "The battle of Alep."},
	}
}

func write(t testing.TB, format string, o report.Options, findings ...check.Finding) string {
	t.Helper()
	var out bytes.Buffer
	w, err := report.New(&out, format, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if err := w.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	scores := check.Scores{Units: 3, Terms: 2, Answered: 1, Success: 0.5, Consistency: 1, Concepts: []check.ConceptScore{
		{Concept: "alep", Terms: 2, Answered: 1, Success: 0.5, Consistency: 1, Renderings: []check.Rendering{{Text: "Aleppo", Count: 1}}},
	}}
	if err := w.Close(report.Summary{Files: []string{"a.tsv", "b.tsv"}, Scores: &scores, Silenced: 2}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestText(t *testing.T) {
	got := write(t, "text", options("en"), finding(), check.Finding{Code: "waiver-stale", Severity: check.Warning, File: "w.yaml", Line: 3, Have: "number", Want: "CM"})
	want := `a.tsv:2:1: error The term “Alep” was left as in the source; write “Aleppo”. [term-untranslated]
    La bataille d'Alep.
                  ~~~~
    The battle of Alep.
                  ~~~~
w.yaml:3: warning The waiver of “number” signed CM covers nothing any more. [waiver-stale]
errors: 1, warnings: 1, advisories: 0
2 known findings silenced
terms answered: 1 of 2 (50%), consistency 100%
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The underline stands below the phrase whatever comes before it, and nothing in a text
// steers the terminal.
func TestTextUnderlines(t *testing.T) {
	f := finding()
	f.Texts.Target = "e\u0301 日本\t\x1b[31m " + strings.Repeat("word ", 60) + "Alep."
	f.Start, f.End = len(f.Texts.Target)-5, len(f.Texts.Target)-1
	got := write(t, "text", options("en"), f)
	if strings.ContainsAny(got, "\x1b\t") {
		t.Errorf("a control character came through: %q", got)
	}
	lines := strings.Split(got, "\n")
	at := strings.Index(lines[3], "Alep")
	if under := strings.Index(lines[4], "~~~~"); at < 0 || under != at-len("…")+1 {
		t.Errorf("underline at %d, phrase at %d:\n%s\n%s", under, at, lines[3], lines[4])
	}
}

// The schema names every field that is written, and no other.
func TestJSONSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "schema", "findings.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var want []string
	for name := range schema.Defs["finding"].Properties {
		want = append(want, name)
	}
	have := jsonNames(reflect.TypeFor[report.JSONFinding]())
	slices.Sort(want)
	slices.Sort(have)
	if !slices.Equal(have, want) {
		t.Errorf("written: %v\nschema: %v", have, want)
	}
	var report struct{ Findings []check.Finding }
	if err := json.Unmarshal([]byte(write(t, "json", options("fr"), finding())), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) != 1 || report.Findings[0].Severity != check.Error || report.Findings[0].End != 18 {
		t.Errorf("read back %+v", report.Findings)
	}
}

func jsonNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			names = append(names, jsonNames(f.Type)...)
		case name != "-":
			names = append(names, name)
		}
	}
	return names
}

func TestSARIF(t *testing.T) {
	f := finding()
	f.File = "dossier à/a b.tsv"
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(write(t, "sarif", options("en"), f, f)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	place := run.Results[1].Locations[0].PhysicalLocation
	if log.Version != "2.1.0" || len(run.Tool.Driver.Rules) != 1 || run.Results[1].Level != "error" ||
		place.ArtifactLocation.URI != "dossier%20%C3%A0/a%20b.tsv" || place.Region.StartLine != 2 {
		t.Errorf("%+v", log)
	}
	if empty := write(t, "sarif", options("en")); !strings.Contains(empty, `"results":[]`) {
		t.Errorf("no findings are no results: %s", empty)
	}
}

func TestJUnit(t *testing.T) {
	var doc struct {
		Suites []struct {
			Name     string `xml:"name,attr"`
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(write(t, "junit", options("en"), finding(), finding())), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Suites) != 2 || doc.Suites[0].Failures != 1 || doc.Suites[1].Failures != 0 || doc.Suites[1].Tests != 1 {
		t.Errorf("%+v", doc)
	}
}

func TestGitHub(t *testing.T) {
	f := finding()
	f.File, f.Want = "a,b:c.tsv", "100%\n::error::x"
	got := write(t, "github", options("en"), f)
	if !strings.HasPrefix(got, "::error file=a%2Cb%3Ac.tsv,line=2,col=1,title=term-untranslated::") || strings.Count(got, "\n") != 1 || !strings.Contains(got, "100%25%0A") {
		t.Errorf("%q", got)
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := report.New(io.Discard, "pdf", options("en")); !errors.Is(err, report.ErrFormat) {
		t.Errorf("%v", err)
	}
}

// Whatever the texts, the HTML page has no script, no handler and no address to fetch, and
// every text comes back out of it as it went in.
func FuzzHTML(f *testing.F) {
	f.Add(`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`)
	f.Add(`</style><style>*{}`, `{{.Title}} javascript:alert(1)`)
	f.Add("a\x00b\u2028", "&lt;b&gt; <!-- ]]>")
	f.Fuzz(func(t *testing.T, source, target string) {
		one := finding()
		one.Texts = check.Texts{Source: "x" + source, Target: "x" + target}
		one.Start, one.End, one.Other = 0, 1, bitext.Span{}
		one.Have, one.Want, one.Unit, one.File, one.Concept = target, source, target, source, source
		o := options("fr")
		o.Title = source
		o.Glossary = &glossary.Glossary{Concepts: []*glossary.Concept{{ID: source, Note: target, Terms: map[language.Tag][]glossary.Term{
			language.French: {{Text: source}}, language.English: {{Text: target}, {Text: source, Status: glossary.Forbidden}},
		}}}}
		page := write(t, "html", o, one)
		z := html.NewTokenizer(strings.NewReader(page))
		for {
			switch z.Next() {
			case html.ErrorToken:
				return
			case html.StartTagToken, html.SelfClosingTagToken:
				checkTag(t, z.Token())
			}
		}
	})
}

var pageTags = strings.Fields("html head meta title style body h1 h2 h3 p ul li b span form fieldset label input select option button " +
	"main article header code div mark s details summary table thead tbody tr th td")

func checkTag(t *testing.T, tag html.Token) {
	if !slices.Contains(pageTags, tag.Data) {
		t.Errorf("the page has a <%s>", tag.Data)
	}
	for _, a := range tag.Attr {
		if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" || a.Key == "style" && a.Val != "display:inline" {
			t.Errorf("the page has %s=%q", a.Key, a.Val)
		}
	}
}

// Every label of the page has words in both languages.
func TestHTMLSpeaks(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		page := write(t, "html", options(lang), finding())
		if i := strings.IndexRune(page, '‹'); i >= 0 {
			t.Errorf("%s: a message is missing: %.60s", lang, page[i:])
		}
		if !strings.Contains(page, "<mark>Alep</mark>") {
			t.Errorf("%s: the phrase is not marked", lang)
		}
	}
}

func TestCompare(t *testing.T) {
	a := report.Delivery{Name: "a", Counts: map[string]int{"number": 2}, Scores: check.Scores{Success: 0.5, Consistency: 1,
		Concepts: []check.ConceptScore{{Concept: "alep", Terms: 2, Answered: 1}, {Concept: "same", Terms: 1, Answered: 1}}}}
	b := report.Delivery{Name: "b", Counts: map[string]int{"name": 1}, Scores: check.Scores{Success: 1, Consistency: 1,
		Concepts: []check.ConceptScore{{Concept: "alep", Terms: 2, Answered: 2}, {Concept: "same", Terms: 1, Answered: 1}}}}
	var out bytes.Buffer
	if err := report.Compare(&out, "text", options("en"), a, b); err != nil {
		t.Fatal(err)
	}
	want := "             a     b\nanswered     50%   100%\nconsistency  100%  100%\nname         0     1\nnumber       2     0\nalep         1/2   2/2\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
