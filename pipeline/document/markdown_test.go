package document

import (
	"slices"
	"testing"

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
	{"bare link", "Sur http://a.b/c, puis <http://d.e>.\n", []string{"Sur {1:http://a.b/c}, puis {2:http://d.e}."}},
	{"quotation", "> Une ligne\n> puis *l’autre*\n> `fin`.\n", []string{"Une ligne\npuis {1}l’autre{/1}\n{2:fin}."}},
	{"hard break", "Un  \ndeux\\\ntrois.\n", []string{"Un{1:\n}deux{2:\n}trois."}},
	{"list", "- Un\n- Deux\n\n  Suite\n", []string{"Un", "Deux", "Suite"}},
	{"task", "- [x] Fait\n", []string{"Fait"}},
	{"table", "| A | B |\n|---|---|\n| c \\| d | **e** f |\n", []string{"A", "B", "c | d", "{1}e{/1} f"}},
	{"footnote", "Texte[^1] ici.\n\n[^1]: La *note*.\n", []string{"Texte{1:} ici.", "La {1}note{/1}."}},
	{"code block", "Un.\n\n```go\nx := 1\n```\n\n    indented\n", []string{"Un."}},
	{"escapes", "5 \\* 3 &amp; &eacute;t&#233; \\q\n", []string{"5 * 3 & été \\q"}},
	{"HTML in text", "Un <b>mot</b> <br> ou <!-- rien --> deux.\n", []string{"Un {1}mot{/1} {2:\n} ou {3:} deux."}},
	{"front matter", "---\ntitle: Oui\ndate: 2024-12-03\ntags: [a]\ndescription: 'L''été'\n---\n# Bonjour\n", []string{"Oui", "L'été", "Bonjour"}},
	{"front matter in TOML", "+++\ntitle = \"Oui\"\n+++\nBonjour\n", []string{"Bonjour"}},
	{"broken front matter", "---\ntitle: \"Oui\n---\n# Bonjour\n", []string{"Bonjour"}},
	{"strikethrough", "Un ~~mot~~.\n", []string{"Un {1}mot{/1}."}},
	{"CRLF", "Un\r\ndeux.\r\n\r\n> trois\r\n> quatre\r\n", []string{"Un\ndeux.", "trois\nquatre"}},
}

func TestMarkdown(t *testing.T) {
	for _, c := range markdownCases {
		t.Run(c.name, func(t *testing.T) {
			d := checkLaws(t, []byte(c.text), "x.md", Options{})
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
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
		{"[x](y) [^1] 3 * 4", "> [x\\](y) \\[^1] 3 * 4\n"},
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

func FuzzMarkdown(f *testing.F) {
	for _, c := range markdownCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkLaws(t, data, "x.md", Options{}) })
}
