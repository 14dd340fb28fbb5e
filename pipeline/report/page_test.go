package report

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

func sayID(id string, _ any) string { return id }

var pageHeader = PageHeader{
	Title: `a & <b>.txt`, Reader: "en",
	Languages: bitext.Languages{Source: language.French, Target: language.English},
}

func occurrence(source, surface, kind, target string, nested bool) bitext.Occurrence {
	at := strings.Index(source, surface)
	return bitext.Occurrence{
		Span: bitext.Span{Start: at, End: at + len(surface)}, Surface: surface,
		Concept: kind + "/" + surface, Kind: kind, Target: target, Nested: nested, Note: `"<i>note`,
	}
}

func TestPage(t *testing.T) {
	source := `Alep <script>alert("x")</script> & le nord d'Alep`
	units := []bitext.Unit{
		{ID: `x"><script>::1`, Source: source, Target: "Aleppo </p><script>", Terms: []bitext.Occurrence{
			occurrence(source, "nord d'Alep", "places", "northern Aleppo", false),
			occurrence(source, "nord", "terms", "north", true),
		}},
		{ID: "y::1", Source: "Le Monde", Terms: []bitext.Occurrence{occurrence("Le Monde", "Le Monde", "keep", "", false)}},
		{ID: "y::2", Source: "Fin"},
	}
	var out strings.Builder
	p := NewPage(&out, pageHeader, sayID)
	for _, u := range units {
		if err := p.Write(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, want := range []string{
		"<title>a &amp; &lt;b&gt;.txt</title>",
		"&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; le ",
		`<span class="term places" tabindex="0">nord d&#39;Alep<span class="tip" role="tooltip"><b lang="en">northern Aleppo</b>`,
		`<ul class="hints" lang="en"><li>Le Monde</li></ul>`, // kept as it is where no target is
		"&#34;&lt;i&gt;note",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "<script") {
		t.Error("a script came in")
	}
	if n := strings.Count(page, `<section class="block">`); n != 2 {
		t.Errorf("%d blocks, want 2", n)
	}
	if strings.Count(page, "<tr>") != 4 { // the head and three concepts
		t.Errorf("the table of terms has %d rows", strings.Count(page, "<tr>"))
	}
}

func TestIndex(t *testing.T) {
	var out strings.Builder
	link := ""
	x := NewIndex(&out, pageHeader, sayID, func() string { return link })
	for i := range 4 {
		name := fmt.Sprint("d", i/2)
		link = name + ".html"
		u := bitext.Unit{Document: name, Source: "Alep", Terms: []bitext.Occurrence{occurrence("Alep", "Alep", "places", "Aleppo", false)}}
		if i == 0 {
			u.Target = "Aleppo"
		}
		if err := x.Write(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<a href="d0.html">d0</a></td><td class="n">2</td><td class="n">1</td><td class="n">2</td>`,
		`<a href="d1.html">d1</a></td><td class="n">2</td><td class="n">0</td><td class="n">2</td>`,
		`<td lang="fr">Alep</td><td lang="en">Aleppo`,
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the index lacks %s", want)
		}
	}
}
