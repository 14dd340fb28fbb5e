package document

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

var htmlCases = []struct {
	name, text string
	want       []string
}{
	{"inline codes", "<p>Il a dit <b>oui.</b> Puis <a href=x>rien</a>.</p>", []string{"Il a dit {1}oui.{/1} Puis {2}rien{/2}."}},
	{"codes around all", "<p><b><i>Tout</i></b> </p>", []string{"Tout"}},
	{"entities", "<p>&Eacute;t&eacute;&nbsp;! &lt;b&gt; &amp;eacute; AT&T &copy</p>", []string{"Été\u00a0! <b> &eacute; AT&T ©"}},
	{"white space", "<p>\n  Un\n  mot.\n</p>", []string{"Un mot."}},
	{"anchor at the start of a sentence", "<p>Un.<a id=x></a>Deux. <a id=y></a>Trois.", []string{"Un.{1}{/1}Deux. {2}{/2}Trois."}},
	{"line break", "<p>Un<br>deux</p>", []string{"Un{1:\n}deux"}},
	{"image in text", `<p>Voir <img src="a" alt="L&#39;image"> ici.</p>`, []string{"Voir {1:} ici.", "L'image"}},
	{"attributes", `<input type=submit value=Envoyer placeholder='a "b"'><p title="Titre">x</p>`, []string{"Envoyer", `a "b"`, "Titre", "x"}},
	{"head", `<title>Le titre</title><meta name=description content="Une page"><meta name=x content=y>`, []string{"Le titre", "Une page"}},
	{"script and style", "<p>Un<script>var a = '<p>non</p>'</script> deux</p><style>p{}</style>", []string{"Un{1:} deux"}},
	{"code listing", "<pre><code>x = 1\n</code></pre><p>Le <code>x</code> vaut un.</p>", []string{"Le {1:x} vaut un."}},
	{"preserved", "<pre>Un\n  deux</pre>", []string{"Un\n  deux"}},
	{"translate=no", `<p>La <span translate="no">Maison <b>Bleue</b></span> est là.</p><div translate=no><p>non</p></div>fin`,
		[]string{"La {1:Maison Bleue} est là.", "fin"}},
	{"another language", `<html lang=fr><p>Le <i lang="en">brunch</i>.</p><p lang=en>No.</p><p lang=fr-CA>Oui.</p>`, []string{"Le {1:brunch}.", "Oui."}},
	{"no end tags", "<ul><li>Un<li>Deux <b>gras</ul><p>Trois<p>Quatre", []string{"Un", "Deux {1:}gras", "Trois", "Quatre"}},
	{"crossing tags", "<p><b>a <i>b</b> c</i> d</p>", []string{"{1}a {2:}b{/1} c{3:} d"}},
	{"table", "<table><caption>Titre</caption><tr><th>A<td>b</table>", []string{"Titre", "A", "b"}},
	{"comment", "<p>Un <!-- non --> deux</p>", []string{"Un {1:} deux"}},
	{"nothing of what is not translated", `<p translate="no" title="non">non</p><p title="oui">a</p>`, []string{"oui", "a"}},
	{"text in SVG", `<p>Voir <svg viewBox="0 0 9 9"><title>Une <b>carte</title><style>a{}</style><desc>Le <a href=x>sud</a></desc><path d="M0"/>` +
		`<g><text x=1>Alep <tspan dx=2>la Blanche</tspan></text><metadata>non</metadata></g></svg> ici.</p>`,
		[]string{"Voir {1:} ici.", "Une <b>carte", "Le {1}sud{/1}", "Alep {1}la Blanche{/1}"}},
	{"empty elements in SVG", `<svg><title/><style/><text>Un</text></svg><p>Deux`, []string{"Un", "Deux"}},
	{"unfinished tag", "<p>Oui<b x", []string{"Oui"}},
}

func TestHTML(t *testing.T) {
	for _, c := range htmlCases {
		t.Run(c.name, func(t *testing.T) {
			d := checkLaws(t, []byte(c.text), "x.html", Options{})
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			checkRewritten(t, d)
		})
	}
}

// checkRewritten merges a changed text into every block and expects to read it back.
func checkRewritten(t *testing.T, d *Document) {
	t.Helper()
	again := rewritten(t, d)
	if len(again.Blocks) != len(d.Blocks) {
		t.Errorf("read back %q", blocks(again))
		return
	}
	for i, b := range again.Blocks {
		want := d.Blocks[i]
		want.Text = marked(want.Text)
		if show(b) != show(want) {
			t.Errorf("block %d: read back %q, want %q", i, show(b), show(want))
		}
	}
}

func TestHTMLLanguage(t *testing.T) {
	const source = `<html lang="fr-FR" dir="ltr"><meta property="og:locale" content="fr_FR"><p lang=fr>Oui <q lang=en>no</q></p>`
	d, _ := Open([]byte(source), "x.html", Options{})
	for tag, want := range map[string]string{
		"en-GB": `<html lang="en-GB" dir="ltr"><meta property="og:locale" content="en_GB"><p lang=en-GB>Yes <q lang=en>no</q></p>`,
		"ar":    `<html lang="ar" dir="rtl"><meta property="og:locale" content="ar_EG"><p lang=ar>Yes <q lang=en>no</q></p>`,
	} {
		var out bytes.Buffer
		d.Merge(&out, func(b *Block) (string, []bitext.Code, bool) {
			return strings.Replace(b.Text, "Oui", "Yes", 1), b.Codes, true
		}, MergeOptions{Language: language.Make(tag)})
		if out.String() != want {
			t.Errorf("got %s\nwant %s", &out, want)
		}
	}
}

// A page that declares no direction gets one, where the target's is not the default.
func TestHTMLDirection(t *testing.T) {
	for source, want := range map[string]string{
		`<html lang="fr"><p>Oui`:                       `<html lang="ar" dir="rtl"><p>Oui`,
		`<html lang=fr class=x><p>Oui`:                 `<html lang=ar dir=rtl class=x><p>Oui`,
		`<html xml:lang='fr' lang='fr' id=a><body>Oui`: `<html xml:lang='ar' lang='ar' dir='rtl' id=a><body>Oui`,
		`<html lang=fr dir=auto><p>Oui`:                `<html lang=ar dir=rtl><p>Oui`,
		`<p lang=fr>Oui`:                               `<p lang=fr>Oui`,
	} {
		d, _ := Open([]byte(source), "x.html", Options{})
		var out bytes.Buffer
		d.Merge(&out, own, MergeOptions{Language: language.Arabic})
		if out.String() != want {
			t.Errorf("%s became %s, want %s", source, &out, want)
		}
	}
}

func TestHTMLCharset(t *testing.T) {
	for _, c := range []struct{ data, encoding, text string }{
		{"<meta charset=utf-16><p>d\xc3\xa9j\xc3\xa0", "utf-8", "déjà"},
		{"<meta charset=iso-8859-1><p>l\x92\x9cuvre", "windows-1252", "l’œuvre"},
		{"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-15'><p>5 \xa4", "iso-8859-15", "5 €"},
		{"<p>l\x92\x9cuvre", "windows-1252", "l’œuvre"},
	} {
		d := checkLaws(t, []byte(c.data), "x.html", Options{})
		if d.Encoding.Name() != c.encoding || d.Blocks[0].Text != c.text {
			t.Errorf("%q: %s, %q", c.data, d.Encoding.Name(), d.Blocks[0].Text)
		}
	}
}

// A character that the encoding lacks is written by reference.
func TestHTMLUnmappable(t *testing.T) {
	d, _ := Open([]byte("<meta charset=latin1><p title='x'>l\x92\x9cuvre"), "x.html", Options{})
	got := merged(t, d, func(*Block) (string, []bitext.Code, bool) { return "ŵ’ œ", nil, true })
	if want := "<meta charset=latin1><p title='&#373;\x92 \x9c'>&#373;\x92 \x9c"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzHTML(f *testing.F) {
	for _, c := range htmlCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkLaws(t, data, "x.html", Options{}) })
}
