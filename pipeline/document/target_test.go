package document

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
)

// targetDocuments are documents whose blocks are translated with hostileTargets.
var targetDocuments = []struct{ name, text string }{
	{"x.txt", "Un.\n\nDeux.\n"},
	{"x.md", "Un *mot* ici.\n\nDeux.\n"},
	{"x.md", "# Titre\n\n- Un\n- Deux\n"},
	{"x.md", "| A | B |\n|---|---|\n| c | d |\n"},
	{"x.md", "> Un\n> deux\n\nTrois\n"},
	{"x.md", "Titre\n===\r\n\r\nTexte\r\n"},
	{"x.md", "1. Un\n2. Deux\n"},
	{"x.md", "a[^1]\n\n[^1]: Note\n"},
	{"x.md", "- [ ] Un\n- [x] Deux\n"},
	{"x.md", "![alt](u) et [lien](v \"t\")\n"},
	{"x.md", "<div>Un</div>\n\n<p title='a'>Deux</p>\n"},
	{"x.md", "**Un**\n\n*Deux* `c` __fin__ ~~de~~ tout\n"},
	{"x.md", "un_mot_ _deux_ ***trois** quatre*\n"},
	{"x.html", "<p>Un <b>mot</b>.</p><p>Deux</p>"},
	{"x.html", "<title>Un</title><img alt='Deux'><img alt=Trois><p>Quatre"},
	{"x.html", "<pre>Un</pre><textarea>Deux</textarea>"},
	{"x.xhtml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>Un <b>mot</b>.</p><p title='a'>Deux</p></body></html>"},
	{"x.xml", "<a><p>Un</p><p><![CDATA[Deux]]></p></a>"},
	{"x.srt", "1\n00:00:01,000 --> 00:00:02,000\nUn.\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>Deux</i>\nmots.\n"},
	{"x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nUn.\n\n00:03.000 --> 00:04.000\nDeux.\n"},
	{"x.json", `{"a": "Un", "b": ["Deux"]}`},
	{"x.yaml", "a: Un\nb: 'Deux'\nc: \"Trois\"\nd: |\n  Quatre\ne: >\n  Cinq\nf: [Six, \"sept\", {g: Huit}]\ng: fin\n"},
	{"x.yaml", "a:\n  - Un\n  - |-\n    Deux\n"},
	{"x.properties", "a=Un\nb = Deux\n"},
	{"x.docx", string(docxOf("<w:p>" + run("Un ") + bold("mot") + "</w:p><w:p>" + run("Deux") + "</w:p>"))},
	{"x.odt", string(zipOf("content.xml", `<office:document-content `+odfNames+`><office:body><office:text><text:p>Un <text:span>mot</text:span></text:p><text:p>Deux</text:p></office:text></office:body></office:document-content>`))},
	{"x.xlsx", string(zipOf("[Content_Types].xml", "<Types/>", "_rels/.rels", "<Relationships/>", "xl/sharedStrings.xml", `<sst><si><t>Un</t></si><si><t>Deux</t></si></sst>`))},
	{"x.pptx", string(zipOf("[Content_Types].xml", slideTypes, "_rels/.rels", "<Relationships/>", "ppt/slides/slide2.xml", slide(`<a:p><a:r><a:t>Un</a:t></a:r></a:p><a:p><a:r><a:t>Deux</a:t></a:r></a:p>`)))},
	{"x.epub", string(book("3.0"))},
}

// hostileTargets are translations that look like markup, numbers, keys or line ends of one
// format or another.
var hostileTargets = []string{"*", "**a**", "_a_", "# a", "## a", "1. a", "1) a", "- a", "+ a", "* a", "> a", "a\n# b", "a\n1. b", "a\n- b", "a\n> b",
	"a\n===", "a\n---", "a\n***", "---", "***", "===", "a | b", "| a | b |", "a\n|---|", "a\n:--", "[a](b)", "[a]", "[^1]", "![a](b)", "`a`", "``", "~~a~~", "~a~",
	"<b>", "</p>", "<!-- a -->", "<script>", "a & b", "&amp;", "&#60;", "&lt", "a < b > c", "\"a\"", "'a'", "a\\", "\\", "a\\nb", "\\u0041", "{a}", "{0}", "%s",
	"$a$", "a\n\nb", "\na", "a\n", " a", "a ", "\ta", "a\tb", "a  \nb", "a\\\nb", "    a", "a --> b", "00:00:01,000 --> 00:00:02,000",
	"1\n00:00:01,000 --> 00:00:02,000\nb", "NOTE a", "WEBVTT", "2", "a\n2\nb", "no", "yes", "null", "~", "1.5", "0x1f", "2024-01-01", "true", ": a", "a: b",
	"a #b", "#a", "- ", "@a", "`a", "!a", "&a", "*a", "%a", "|", ">", "]", "}", ",", "?a", "? a", "msgid \"a\"", "\x00", "a\x01b", "a\x1bb", "a\u0085b",
	"a\u2028b", "a\ufeffb", "a\ufffeb", "a\rb", "a\r\nb", "a\fb", "a\vb", "]]>", "<![CDATA[a]]>", "{{a}}", "x www.a.fr", "x http://a.b", "x a@b.fr",
	"x <http://a>", "[a]: b", "[x]: http://y", "[ ] a", "[x] a", "```", "```\na", "~~~", "$", "\\*", "a_b_c", "a*b*c", "\u202ea", "+++", "---\na: b\n---",
	"<div>", "<div>\n\na", "a\n    b", ":", "a:", ":a:", "“a”", "a=b", "=a", "!", "#", "a #", "a {#b}", "a!", "a\n=", "a\n-", "*\n*", "__a__", "a**b", "<a", "a>",
	"&", "&a;", "&copy;", "&copy", "[a [b] c](d)", "[", "a ]( b"}

// arrangements place a target among the codes of a block: before them, within the first
// pair, after them.
func arrangements(b *Block, target string) (texts []string, codes [][]bitext.Code) {
	for at := range min(3, 1+2*len(b.Codes)) {
		var text strings.Builder
		var placed []bitext.Code
		for i, c := range b.Codes {
			if at == 0 && i == 0 || at == 1 && i == 1 {
				text.WriteString(target)
			}
			shown := c.Span.In(b.Text)
			c.Span = bitext.Span{Start: text.Len(), End: text.Len() + len(shown)}
			text.WriteString(shown)
			placed = append(placed, c)
		}
		if at == 2 || len(b.Codes) == 0 || at == 1 && len(b.Codes) == 1 {
			text.WriteString(target)
		}
		texts, codes = append(texts, text.String()), append(codes, placed)
	}
	return texts, codes
}

// translated merges a translation into one block and opens what comes out; nil if the
// translation was refused.
func translated(t *testing.T, d *Document, b *Block, text string, codes []bitext.Code) *Document {
	t.Helper()
	var out bytes.Buffer
	problems, err := d.Merge(&out, func(x *Block) (string, []bitext.Code, bool) { return text, codes, x.ID == b.ID }, MergeOptions{})
	if err != nil {
		t.Fatalf("%s: %q: %v", d.Name, text, err)
	}
	if len(problems) > 0 {
		if p := problems[0]; p.Line == 0 && !d.Format.Binary || p.Unit != b.ID {
			t.Errorf("%s: %q: a finding without a place: %v", d.Name, text, p)
		}
		return nil
	}
	again, err := Open(out.Bytes(), d.Name, Options{Encoding: "utf-8"})
	if err != nil {
		t.Fatalf("%s: %q: what was merged cannot be read: %v\n%s", d.Name, text, err, &out)
	}
	return again
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// Whatever a translation looks like, it is read back as the text it is, in its own block
// and no other; or it is refused at its place.
func TestHostileTargets(t *testing.T) {
	for _, c := range targetDocuments {
		d, err := Open([]byte(c.text), c.name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.Blocks {
			for _, target := range hostileTargets {
				texts, codes := arrangements(&d.Blocks[i], target)
				for k, text := range texts {
					if again := translated(t, d, &d.Blocks[i], text, codes[k]); again != nil {
						checkReadBack(t, d, again, i, text)
					}
				}
			}
		}
	}
}

// checkReadBack expects the blocks of a document with the text of one changed.
func checkReadBack(t *testing.T, d, again *Document, changed int, text string) {
	t.Helper()
	var want, got []string
	for i, b := range d.Blocks {
		if i == changed {
			b.Text = text
		}
		if b.Text = words(b.Text); !blank(b.Text) {
			want = append(want, b.Text)
		}
	}
	for _, b := range again.Blocks {
		got = append(got, words(b.Text))
	}
	if foundByText(d) {
		want, got = []string{words(strings.Join(want, " "))}, []string{words(strings.Join(got, " "))}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: %.200q: %q was read back %q", d.Name, d.parts[0].text, want, got)
	}
}

// Whatever a translation is, it changes no other block.
func FuzzTargets(f *testing.F) {
	for _, target := range hostileTargets {
		f.Add(target)
	}
	var documents []*Document
	for _, c := range targetDocuments {
		d, _ := Open([]byte(c.text), c.name, Options{})
		documents = append(documents, d)
	}
	f.Fuzz(func(t *testing.T, target string) {
		for _, d := range documents {
			if foundByText(d) {
				continue
			}
			for i := range d.Blocks {
				texts, codes := arrangements(&d.Blocks[i], target)
				for k, text := range texts {
					if again := translated(t, d, &d.Blocks[i], text, codes[k]); again != nil {
						checkOthers(t, d, again, i, text)
					}
				}
			}
		}
	})
}

// checkOthers expects all blocks of a document but one, and that one or none.
func checkOthers(t *testing.T, d, again *Document, changed int, text string) {
	t.Helper()
	var others, got []string
	for i, b := range d.Blocks {
		if i != changed {
			others = append(others, b.Text)
		}
	}
	for _, b := range again.Blocks {
		got = append(got, b.Text)
	}
	if n := len(got) - len(others); n > 1 || n < 0 || !slices.Equal(slices.Concat(got[:changed], got[changed+n:]), others) {
		t.Errorf("%s: %.200q with %q was read back %q", d.Name, d.parts[0].text, text, got)
	}
}

// foundByText reports whether the blocks of a format are found by their text, so that one
// translation may become several of them.
func foundByText(d *Document) bool {
	return slices.Contains([]string{"text", "srt", "vtt"}, d.Format.Name)
}
