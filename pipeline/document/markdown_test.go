package document

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

var markdownCases = []struct {
	name, text string
	want       []string
}{
	{"paragraph", "Un *mot* en **gras**.\n", []string{"Un {1}mot{/1} en {2}gras{/2}."}},
	{"heading", "# Titre #\n\nTexte\n===\n", []string{"Titre", "Texte"}},
	{"heading with attributes", "## Titre {#ancre}\n", []string{"Titre"}},
	{"whole paragraph emphasised", "**Tout.**\n", []string{"Tout."}},
	{"link", "Voir [le *site*](http://a.b \"t\") et [x][r], [r].\n\n[r]: http://c.d\n",
		[]string{"Voir {1}le {2}site{/2}{/1} et {3}x{/3}, {4}r{/4}."}},
	{"link by its label", "[r]\n\n[r]: http://c.d\n", []string{"{1}r{/1}"}},
	{"image", "Avant ![une *image*](u) après.\n", []string{"Avant {1:} après.", "une {1}image{/1}"}},
	{"code span", "La fonction `f(x)` rend.\n", []string{"La fonction {1:f(x)} rend."}},
	{"code span that ends in white space", "La fonction `f `\n", []string{"La fonction {1:f }"}},
	{"bare link", "Sur http://a.b/c, puis <http://d.e>.\n", []string{"Sur {1:http://a.b/c}, puis {2:http://d.e}."}},
	{"quotation", "> Une ligne\n> puis *l’autre*\n> `fin`.\n", []string{"Une ligne\npuis {1}l’autre{/1}\n{2:fin}."}},
	{"hard break", "Un  \ndeux\\\ntrois.\n", []string{"Un{1:\n}deux{2:\n}trois."}},
	{"list", "- Un\n- Deux\n\n  Suite\n", []string{"Un", "Deux", "Suite"}},
	{"task", "- [x] Fait\n", []string{"Fait"}},
	{"table", "| A | B |\n|---|---|\n| c \\| d | **e** f |\n", []string{"A", "B", "c | d", "{1}e{/1} f"}},
	{"footnote", "Texte[^1] ici.\n\n[^1]: La *note*.\n", []string{"Texte{1:} ici.", "La {1}note{/1}."}},
	{"code block", "Un.\n\n```go\nx := 1\n```\n\n    indented\n", []string{"Un."}},
	{"escapes", "5 \\* 3 &amp; &eacute;t&#233; \\q\n", []string{"5 * 3 & été \\q"}},
	{"reference to a character that the encoding lacks", "D\xe9j\xe0 &rarr; l\xe0.\n", []string{"Déjà → là."}},
	{"HTML in text", "Un <b>mot</b> <br> ou <!-- rien --> deux.\n", []string{"Un {1}mot{/1} {2:\n} ou {3:} deux."}},
	{"front matter", "---\ntitle: Oui\ndate: 2024-12-03\ntags: [a]\ndescription: 'L''été'\n---\n# Bonjour\n", []string{"Oui", "L'été", "Bonjour"}},
	{"front matter in TOML", "+++\ndate = 2024-12-03 # le jour\ntags = ['a', \"b]\", # non\n [1, {x = 'y', z = 2}]]\ntitle = \"L\\u2019\\\"été\\\"\" # oui\n'summary' = 'C:\\x'\n" +
		"description = \"\"\"\nUn\r\n \\\n  deux \"trois\"\"\"\"\nlead = '''un ''deux''''\nslug = 'non'\n[params]\ntitle = 'non'\n+++\nBonjour\n",
		[]string{"L’\"été\"", `C:\x`, "Un\n deux \"trois\"", "un ''deux'", "Bonjour"}},
	{"broken front matter in TOML", "+++\ntitle = \"Oui\n+++\nBonjour\n", []string{"Bonjour"}},
	{"broken front matter", "---\ntitle: \"Oui\n---\n# Bonjour\n", []string{"Bonjour"}},
	{"HTML block", "<div class=\"a\">\n  <p>Un **mot** en\n  <b>gras</b>.</p>\n  <td title=\"Le titre\">Deux</td>\n</div>\n\n*Trois*\n",
		[]string{"Un **mot** en {1}gras{/1}.", "Le titre", "Deux", "Trois"}},
	{"HTML around Markdown", "<details>\n<summary>Le <i>résumé</i></summary>\n\nDu **texte**.\n\n</details>\n",
		[]string{"Le {1}résumé{/1}", "Du {1}texte{/1}."}},
	{"HTML in a quotation", "> <div title='deux\n> lignes'>Un\n> mot\n> </div>\n", []string{"deux lignes", "Un mot"}},
	{"HTML in a list", "- <p>\n  Un\n  mot\n  </p>\n- Deux\n", []string{"Un mot", "Deux"}},
	{"HTML without text", "<script>\nvar a = 'non'\n\nb()\n</script>\n\n<style>\np {}\n</style>\n\n<!-- non\n\nnon -->\n\n<?php echo '>non'; ?>\n\n" +
		"<!DOCTYPE non>\n\n<![CDATA[\n> non\n]]>\n\n<pre>\nnon\n\nnon</pre>\n\n<textarea>\nnon</textarea>\n\n<svg><path d=\"M0\"/></svg>\n\n<div translate=no>non</div>\n\nOui\n", []string{"Oui"}},
	{"HTML never closed", "<div><p title=\"a\nUn *mot*\n", nil},
	{"comment before text", "<!-- non --> oui\n", []string{"oui"}},
	{"picture in HTML", "<p align=\"center\"><img src=\"x\" alt=\"Une carte\"></p>\n", []string{"Une carte"}},
	{"picture in HTML in text", "Voir <img src=x alt=\"Une\ncarte\"> et <span title='Un titre'>ceci</span>.\n",
		[]string{"Voir {1:} et {2}ceci{/2}.", "Une carte", "Un titre"}},
	{"picture in HTML in a cell", "| A |\n|---|\n| <img alt='Une carte'> b |\n", []string{"A", "Une carte", "b"}},
	{"strikethrough", "Un ~~mot~~.\n", []string{"Un {1}mot{/1}."}},
	{"delimiters astray", "~~.0~!.0~!", []string{"~~.0~!.0~!"}},
	{"CRLF", "Un\r\ndeux.\r\n\r\n> trois\r\n> quatre\r\n", []string{"Un\ndeux.", "trois\nquatre"}},
}

func TestMarkdown(t *testing.T) {
	for _, c := range markdownCases {
		t.Run(c.name, func(t *testing.T) {
			d := checkLaws(t, []byte(c.text), "x.md", Options{})
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if d.Encoding.Name() != "utf-8" {
				return
			}
			again := rewritten(t, d)
			for i, b := range again.Blocks {
				if i >= len(d.Blocks) || b.Text != marked(d.Blocks[i].Text) {
					t.Errorf("read back %q", blocks(again))
					break
				}
			}
		})
	}
}

// What looks like markup in a translation is written so that it is none.
func TestMarkdownEscapes(t *testing.T) {
	d, _ := Open([]byte("> Une ligne\n> une autre.\n"), "x.md", Options{})
	for _, c := range []struct{ target, want string }{
		{"# 1", `> \# 1` + "\n"},
		{"1986. An *odd* year_book\n- dash", "> 1986\\. An \\*odd\\* year_book\n> \\- dash\n"},
		{"a [note] & b &amp; <c> 3 < 4", "> a [note] & b \\&amp; \\<c> 3 < 4\n"},
		{"[x](y) [^1] 3 * 4", "> \\[x\\](y) \\[^1\\] 3 * 4\n"},
	} {
		got := merged(t, d, func(*Block) (string, []bitext.Code, bool) { return c.target, nil, true })
		if string(got) != c.want {
			t.Errorf("%q was written %q, want %q", c.target, got, c.want)
		}
		again, _ := Open(got, "x.md", Options{})
		if again.Blocks[0].Text != c.target {
			t.Errorf("%q was read back %q", c.target, again.Blocks[0].Text)
		}
	}
}

// Whatever a translation holds, the front matter has it as one string, and ends where it did.
func TestFrontMatterEscapes(t *testing.T) {
	targets := []string{"no", "1.5", "a: b # c", "- a", "'''", `"""`, `a'`, `a"`, `\`, `\n`, "a\nb", "\na", "a\n+++\nb", "a\n---\nb",
		"a\x01b", "{a}", "[a", "@a", "2024-12-03x", " a ", "~a", "a\n\n  b\n", "a\u2028b", "a\u0085b"}
	for _, source := range []string{
		"+++\ntitle = 'Oui'\n+++\n", "+++\ntitle = \"Oui\"\n+++\n", "+++\ntitle = '''Oui'''\n+++\n", "+++\r\ntitle = \"\"\"\r\nOui\"\"\"\r\n+++\r\n",
		"---\ntitle: Oui\n---\n", "---\ntitle: 'Oui'\n---\n", "---\ntitle: \"Oui\"\n---\n", "---\ntitle: |\n  Oui\n---\n", "---\ntitle: >-\n  Oui\n---\n",
	} {
		d, _ := Open([]byte(source), "x.md", Options{})
		for _, target := range targets {
			got := merged(t, d, func(*Block) (string, []bitext.Code, bool) { return target, nil, true })
			if front := frontMatter(string(got)); front != string(got) {
				t.Errorf("%q: with %q the front matter is %q of %q", source, target, front, got)
			}
			var text string
			if again, err := Open(got, "x.md", Options{}); err == nil && len(again.Blocks) > 0 {
				text = again.Blocks[0].Text
			}
			if !blank(target) && strings.TrimRight(text, "\n") != strings.TrimRight(target, "\n") {
				t.Errorf("%q: %q was written %q and read back %q", source, target, got, text)
			}
		}
	}
}

// The language that front matter declares becomes the target's.
func TestFrontMatterLanguage(t *testing.T) {
	for source, want := range map[string]string{
		"---\nlang: fr\ntitle: Oui\n---\n":                 "---\nlang: en-GB\ntitle: Oui\n---\n",
		"---\nlocale: 'fr_FR'\n---\n":                      "---\nlocale: 'en_GB'\n---\n",
		"+++\nlanguage = \"fr\"\ntitle = 'Oui'\n+++\n":     "+++\nlanguage = \"en-GB\"\ntitle = 'Oui'\n+++\n",
		"---\nlang: français ou créole\ntitle: Oui\n---\n": "---\nlang: français ou créole\ntitle: Oui\n---\n",
	} {
		d, _ := Open([]byte(source), "x.md", Options{})
		var out bytes.Buffer
		d.Merge(&out, own, MergeOptions{Language: language.BritishEnglish})
		if out.String() != want {
			t.Errorf("%q became %q", source, &out)
		}
	}
}

// A translation of HTML in Markdown can neither end its block nor the cell it stands in.
func TestMarkdownHTMLEscapes(t *testing.T) {
	const target = "a\n\n- b | <c> & \"d\" 'e'"
	for _, c := range []struct{ source, want string }{
		{"> <div>Un</div>\n", "> <div>a  - b &#124; &lt;c&gt; &amp; \"d\" 'e'</div>\n"},
		{"<img alt='Un'>\n", "<img alt='a  - b &#124; &lt;c> &amp; \"d\" &#39;e&#39;'>\n"},
		{"| |\n|---|\n| <img alt='Un'> |\n", "| |\n|---|\n| <img alt='a  - b &#124; &lt;c> &amp; \"d\" &#39;e&#39;'> |\n"},
	} {
		d, _ := Open([]byte(c.source), "x.md", Options{})
		got := merged(t, d, func(*Block) (string, []bitext.Code, bool) { return target, nil, true })
		if string(got) != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if again, _ := Open(got, "x.md", Options{}); len(again.Blocks) != 1 {
			t.Errorf("read back %q", blocks(again))
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, c := range markdownCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkLaws(t, data, "x.md", Options{}) })
}
