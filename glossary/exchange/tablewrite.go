package exchange

import (
	"encoding/csv"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// The tables of other tools, by what they ask for:
//
//	csv, tsv    every field that fits in a cell; UTF-8
//	excel       the same for a French Excel: byte order mark, semicolons, CRLF
//	omegat      no headings; source, target, note; tabs; a row for each pair of terms
//	deepl       no headings; source, target; tabs; one row a source term
//	google      an equivalent term set: languages as headings, pos, description
//	microsoft   no headings; source, target; tabs; one row a source term
//	weblate     source, target, context, developer_comments

func writeCSV(ex *exporter) { ex.csv(ex.sheet(), ',', false) }

func writeTSV(ex *exporter) {
	for _, c := range ex.g.Concepts {
		for _, f := range fieldsOf(c, ex.g) {
			ex.flat(c, f.Value)
		}
	}
	ex.tabs(ex.sheet())
}

func writeExcel(ex *exporter) { ex.out.WriteString("\ufeff"); ex.csv(ex.sheet(), ';', true) }

func (ex *exporter) csv(rows [][]string, sep rune, crlf bool) {
	w := csv.NewWriter(&ex.out)
	w.Comma, w.UseCRLF = sep, crlf
	ex.err = w.WriteAll(rows)
}

var tabless = strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")

// flat tells of tabs and line breaks, which become spaces between tabs.
func (ex *exporter) flat(c *glossary.Concept, values ...string) {
	for _, v := range values {
		if tabless.Replace(v) != v {
			ex.lose(c, "layout", v)
		}
	}
}

// tabs writes rows a line each; a tab or a line break in a cell becomes a space.
func (ex *exporter) tabs(rows [][]string) {
	for _, cells := range rows {
		for i, cell := range cells {
			if i > 0 {
				ex.out.WriteByte('\t')
			}
			plain := tabless.Replace(cell)
			if i == 0 && strings.HasPrefix(plain, "#") || unquote(plain) != plain {
				plain = `"` + strings.ReplaceAll(plain, `"`, `""`) + `"`
			}
			ex.out.WriteString(plain)
		}
		ex.out.WriteByte('\n')
	}
}

// cell is one column of our own table: its heading and how a concept fills it.
type cell struct {
	heading string
	of      func(*glossary.Concept) string
}

// sheet is our own table: headings, then a row a concept. Columns that no concept fills
// are left out.
func (ex *exporter) sheet() [][]string {
	var columns []cell
	for _, c := range ex.cells() {
		for _, concept := range ex.g.Concepts {
			if c.of(concept) != "" {
				columns = append(columns, c)
				break
			}
		}
	}
	rows := [][]string{nil}
	for _, c := range columns {
		rows[0] = append(rows[0], c.heading)
	}
	for _, concept := range ex.g.Concepts {
		ex.barred(concept)
		ex.otherGrammar(concept)
		var r []string
		for _, c := range columns {
			r = append(r, c.of(concept))
		}
		rows = append(rows, r)
	}
	return rows
}

func (ex *exporter) cells() []cell {
	type C = *glossary.Concept
	cells := []cell{
		{"id", func(c C) string { return c.ID }},
		{"type", func(c C) string {
			if c.Type == glossary.Terms {
				return ""
			}
			return string(c.Type)
		}},
	}
	for _, tag := range []language.Tag{ex.source, ex.target} {
		for _, s := range []struct {
			suffix string
			status glossary.Status
		}{{"", glossary.Preferred}, {":admitted", glossary.Admitted}, {":deprecated", glossary.Deprecated}, {":avoid", glossary.Forbidden}} {
			cells = append(cells, cell{tag.String() + s.suffix, func(c C) string {
				return strings.Join(texts(c.Terms[tag], s.status), " | ")
			}})
		}
	}
	return append(cells,
		cell{"sense", func(c C) string { return c.Sense }},
		cell{"status", func(c C) string { return string(c.Status) }},
		cell{"pos", func(c C) string { return ex.first(c).POS }},
		cell{"gender", func(c C) string { return ex.first(c).Gender }},
		cell{"number", func(c C) string { return ex.first(c).Number }},
		cell{"domain", func(c C) string { return c.Domain }},
		cell{"definition", func(c C) string { return c.Definition }},
		cell{"example", func(c C) string { return c.Example }},
		cell{"note", func(c C) string { return c.Note }},
		cell{"reference", func(c C) string { return c.Source }},
		cell{"url", func(c C) string { return c.URL }},
		cell{"since", func(c C) string { return date(c.Since) }},
		cell{"until", func(c C) string { return date(c.Until) }},
	)
}

// first is the concept's first source term, a blank one where there is none.
func (ex *exporter) first(c *glossary.Concept) glossary.Term {
	if terms := c.Terms[ex.source]; len(terms) > 0 {
		return terms[0]
	}
	return glossary.Term{}
}

// barred tells of terms that would be taken for two.
func (ex *exporter) barred(c *glossary.Concept) {
	for _, tag := range []language.Tag{ex.source, ex.target} {
		for _, t := range c.Terms[tag] {
			if strings.Contains(t.Text, " | ") {
				ex.lose(c, "layout", t.Text)
			}
		}
	}
}

// otherGrammar tells of the grammar of terms other than the first: a row has room for one.
func (ex *exporter) otherGrammar(c *glossary.Concept) {
	for _, tag := range []language.Tag{ex.source, ex.target} {
		for i, t := range c.Terms[tag] {
			if tag == ex.source && i == 0 {
				continue
			}
			for field, value := range map[string]string{"pos": t.POS, "gender": t.Gender, "number": t.Number} {
				if value != "" {
					ex.lose(c, field, t.Text+": "+value)
				}
			}
		}
	}
}

func texts(terms []glossary.Term, statuses ...glossary.Status) []string {
	var list []string
	for _, t := range terms {
		for _, s := range statuses {
			if t.Status == s {
				list = append(list, t.Text)
			}
		}
	}
	return list
}

// pairs yields each usable source term with each usable target term of a concept.
func (ex *exporter) pairs(c *glossary.Concept) [][2]string {
	var list [][2]string
	targets := texts(c.Terms[ex.target], glossary.Preferred, glossary.Admitted)
	if c.Type == glossary.Keep && len(targets) == 0 {
		for _, s := range texts(c.Terms[ex.source], glossary.Preferred, glossary.Admitted) {
			list = append(list, [2]string{s, s})
		}
	}
	for _, s := range texts(c.Terms[ex.source], glossary.Preferred, glossary.Admitted) {
		for _, t := range targets {
			list = append(list, [2]string{s, t})
		}
	}
	return list
}

// apart tells that a source term will be taken for another concept: a synonym has a row
// of its own, and homonyms have rows that nothing tells apart.
func (ex *exporter) apart(homonyms bool) {
	seen := map[string]bool{}
	for _, c := range ex.g.Concepts {
		for i, s := range texts(c.Terms[ex.source], glossary.Preferred, glossary.Admitted) {
			if i > 0 && slices.Contains(ex.carries, "synonym") {
				ex.lose(c, "grouping", s)
			}
			if preferred, _ := c.Preferred(ex.target); homonyms && seen[s] {
				ex.lose(c, "homonym", s+" = "+preferred.Text)
			}
			seen[s] = true
		}
	}
}

func writeOmegaT(ex *exporter) {
	var rows [][]string
	ex.apart(true)
	for _, c := range ex.g.Concepts {
		ex.flat(c, c.Note)
		for _, p := range ex.pairs(c) {
			rows = append(rows, []string{p[0], p[1], c.Note})
		}
	}
	ex.tabs(rows)
}

func writeDeepL(ex *exporter)     { ex.tabs(ex.unique()) }
func writeMicrosoft(ex *exporter) { ex.tabs(ex.unique()) }

// unique pairs every source term with the preferred target: these engines take one
// translation for a term. The second concept of a homonym is a loss.
func (ex *exporter) unique() [][]string {
	var rows [][]string
	ex.apart(false)
	seen := map[string]bool{}
	for _, c := range ex.g.Concepts {
		mine := map[string]bool{}
		for _, p := range ex.pairs(c) {
			if mine[p[0]] {
				continue // its preferred target is written
			}
			if mine[p[0]] = true; seen[p[0]] {
				ex.lose(c, "homonym", p[0]+" = "+p[1])
				continue
			}
			seen[p[0]] = true
			rows = append(rows, []string{p[0], p[1]})
		}
	}
	return rows
}

func writeGoogle(ex *exporter) {
	rows := [][]string{{ex.source.String(), ex.target.String(), "pos", "description"}}
	ex.apart(true)
	for _, c := range ex.g.Concepts {
		if pairs := ex.pairs(c); len(pairs) > 0 {
			rows = append(rows, []string{pairs[0][0], pairs[0][1], ex.first(c).POS, c.Note})
		}
		ex.otherGrammar(c)
	}
	ex.csv(rows, ',', false)
}

func writeWeblate(ex *exporter) {
	rows := [][]string{{"source", "target", "context", "developer_comments"}}
	ex.apart(false)
	for _, c := range ex.g.Concepts {
		seen := map[string]bool{}
		for _, p := range ex.pairs(c) {
			if !seen[p[0]] {
				seen[p[0]] = true
				rows = append(rows, []string{p[0], p[1], c.Sense, c.Note})
			}
		}
	}
	ex.csv(rows, ',', false)
}
