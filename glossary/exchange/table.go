package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"
	"golang.org/x/text/transform"

	"drogman/glossary"
)

// Tables. A glossary in a table has one row a concept, or several rows that share an id
// or, without ids, the source term. Found out from the file:
//
//	encoding   byte order mark, else UTF-8 where it is valid, else windows-1252
//	separator  of tab ; , | the one that gives most rows the same number of cells, two or more
//	headings   the first row, where two of its cells are headings we know
//	columns    by heading; without one source, target, note (OmegaT), or source, target and
//	           their two languages (DeepL)
//
// A line that begins with # is a comment where cells are separated by tabs; Excel's
// "sep=;" line is obeyed.

// row is one record and the line it begins on.
type row struct {
	cells []string
	line  int
}

// column says what the cells of a column are.
type column struct {
	role string // a field of the model, "term", "source-language", "target-language"; empty: not ours
	lang language.Tag
	side string          // "source" or "target", where the heading names no language
	as   glossary.Status // of terms
	name string          // the heading as it stands
}

func readTable(im *importer, data []byte) {
	text := strings.TrimPrefix(decode(data), "\ufeff")
	rows := im.records(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
	if len(im.faults) == 0 {
		im.table(rows)
	}
}

func hasBOM(data []byte) bool {
	for _, bom := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		if strings.HasPrefix(string(data[:min(3, len(data))]), bom) {
			return true
		}
	}
	return false
}

// decode brings text to UTF-8.
func decode(data []byte) string {
	var decoder transform.Transformer = charmap.Windows1252.NewDecoder()
	switch {
	case hasBOM(data):
		decoder = unicode.BOMOverride(encoding.Nop.NewDecoder())
	case utf8.Valid(data):
		return string(data)
	}
	text, _, err := transform.Bytes(decoder, data)
	if err != nil {
		return string(data)
	}
	return string(text)
}

const separators = "\t;,|"

// records splits the text into rows; blank lines and comments are left out.
func (im *importer) records(text string) []row {
	first, rest, _ := strings.Cut(text, "\n")
	if sep, ok := strings.CutPrefix(strings.TrimSpace(first), "sep="); ok && len(sep) == 1 {
		return im.split("\n"+rest, rune(sep[0]))
	}
	best, share := ',', 0.0
	for _, sep := range separators {
		if s := regularity(text, sep); s > share {
			best, share = sep, s
		}
	}
	return im.split(text, best)
}

// regularity is the share of the first rows that have the most usual number of cells, 0
// where that is one.
func regularity(text string, sep rune) float64 {
	const rows = 200
	counts, n := map[int]int{}, 0
	trial := &importer{}
	head := text
	if cut := nthLine(text, rows); cut > 0 {
		head = text[:cut]
	}
	for _, r := range trial.split(head, sep) {
		counts[len(r.cells)]++
		n++
	}
	best := 0
	for cells, times := range counts {
		if cells > 1 && times > best {
			best = times
		}
	}
	if n == 0 || len(trial.faults) > 0 {
		return 0
	}
	return float64(best) / float64(n)
}

// nthLine returns the offset of the end of line n, 0 where there are fewer.
func nthLine(text string, n int) int {
	at := 0
	for range n {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return 0
		}
		at += i + 1
	}
	return at
}

func (im *importer) split(text string, sep rune) []row {
	if sep == '\t' {
		return splitTabs(text)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = sep
	r.FieldsPerRecord = -1
	var rows []row
	for {
		cells, err := r.Read()
		if err != nil {
			var parse *csv.ParseError
			if errors.As(err, &parse) {
				im.fault(parse.Line, parse.Column, "table-quote", "", "")
			}
			return rows
		}
		line, _ := r.FieldPos(0)
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			rows = append(rows, row{trimmed(cells), line})
		}
	}
}

// splitTabs splits a TSV. A cell is unquoted only where it is quoted whole, as Excel does
// it: a term may well hold a quotation mark.
func splitTabs(text string) []row {
	var rows []row
	line := 0
	for s := range strings.Lines(text) {
		line++
		s = strings.TrimRight(s, "\r\n")
		if strings.TrimSpace(s) == "" || strings.HasPrefix(s, "#") {
			continue
		}
		cells := trimmed(strings.Split(s, "\t"))
		for i, cell := range cells {
			cells[i] = unquote(cell)
		}
		rows = append(rows, row{cells, line})
	}
	return rows
}

func unquote(cell string) string {
	if len(cell) < 2 || cell[0] != '"' || cell[len(cell)-1] != '"' {
		return cell
	}
	inner := cell[1 : len(cell)-1]
	if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return cell
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}

func trimmed(cells []string) []string {
	for i, cell := range cells {
		cells[i] = strings.TrimFunc(cell, isXMLSpace)
	}
	return cells
}

// table makes concepts of rows.
func (im *importer) table(rows []row) {
	if len(rows) == 0 {
		im.fault(1, 1, "table-empty", "", "")
		return
	}
	columns, headed := headings(rows[0])
	if headed && !withCodes(rows) {
		rows = rows[1:]
	} else {
		columns = im.headless(rows)
	}
	t := &tableReader{importer: im, columns: columns, byKey: map[string]*glossary.Concept{}, unknown: map[string]bool{}}
	if !t.sides() {
		im.fault(1, 1, "table-columns", "", "")
		return
	}
	for _, r := range rows {
		t.row(r)
	}
}

// tableReader makes concepts of the rows under known columns.
type tableReader struct {
	*importer
	columns []column
	byKey   map[string]*glossary.Concept
	unknown map[string]bool // headings of columns already told to be lost
}

// sides gives the columns of terms their languages; it reports whether there are two.
func (t *tableReader) sides() bool {
	met := map[language.Tag]bool{}
	for i, c := range t.columns {
		if c.role != "term" {
			continue
		}
		if c.lang == language.Und {
			t.columns[i].lang = t.defaultLanguage(c.side)
		}
		met[t.columns[i].lang] = true
		t.meet(t.columns[i].lang)
	}
	return len(met) > 1
}

func (im *importer) defaultLanguage(side string) language.Tag {
	switch {
	case side == "target" && im.opt.Target != language.Und:
		return im.opt.Target
	case side == "target":
		return language.English
	case im.opt.Source != language.Und:
		return im.opt.Source
	}
	return language.French
}

// row adds a row to the concept it belongs to, or begins one.
func (t *tableReader) row(r row) {
	c := &glossary.Concept{Type: t.opt.Type, Terms: map[language.Tag][]glossary.Term{}}
	c.Place = glossary.Place{File: t.name, Line: r.line, Column: 1}
	grammar := glossary.Term{}
	t.rowLanguages(r)
	for i, cell := range r.cells {
		if cell == "" {
			continue
		}
		col := column{}
		if i < len(t.columns) {
			col = t.columns[i]
		}
		switch col.role {
		case "":
			t.loseColumn(col.name)
		case "term":
			t.terms(c, col, cell, r.line)
		case "pos":
			grammar.POS = cell
		case "gender":
			grammar.Gender = cell
		case "number":
			grammar.Number = cell
		default:
			t.field(c, col.role, cell, r.line)
		}
	}
	source := t.columns[slices.IndexFunc(t.columns, func(c column) bool { return c.role == "term" })].lang
	if t.opt.Source != language.Und {
		source = pick(t.order, t.opt.Source)
	}
	terms := c.Terms[source]
	if len(terms) == 0 {
		t.fault(r.line, 1, "table-row", strings.Join(r.cells, " | "), source.String())
		return
	}
	if len(c.Terms) == 1 && c.Type != glossary.Keep {
		t.lose(terms[0].Text, "target", fmt.Sprintf("%s:%d", t.name, r.line))
	}
	terms[0].POS, terms[0].Gender, terms[0].Number = grammar.POS, grammar.Gender, grammar.Number
	t.add(c, terms[0].Text)
}

// rowLanguages obeys DeepL's third and fourth columns.
func (t *tableReader) rowLanguages(r row) {
	for i, c := range t.columns {
		if i >= len(r.cells) || r.cells[i] == "" {
			continue
		}
		side := strings.TrimSuffix(c.role, "-language")
		if side == c.role {
			continue
		}
		for j := range t.columns {
			if t.columns[j].side == side {
				t.columns[j].lang = t.language(r.cells[i], r.line, 1)
				t.meet(t.columns[j].lang)
			}
		}
	}
}

func (t *tableReader) loseColumn(name string) {
	if !t.unknown[name] {
		t.unknown[name] = true
		t.lose("", "column", name)
	}
}

// terms adds a cell of terms; several stand between bars: a | b.
func (t *tableReader) terms(c *glossary.Concept, col column, cell string, line int) {
	for text := range strings.SplitSeq(cell, " | ") {
		term := glossary.Term{Text: strings.TrimSpace(text), Status: col.as, Place: glossary.Place{File: t.name, Line: line, Column: 1}}
		if term.Text != "" {
			addTerm(c, col.lang, term)
		}
	}
}

// addTerm adds a term that is not there yet; only the first is preferred.
func addTerm(c *glossary.Concept, tag language.Tag, term glossary.Term) {
	terms := c.Terms[tag]
	if slices.ContainsFunc(terms, func(t glossary.Term) bool { return t.Text == term.Text }) {
		return
	}
	if term.Status == glossary.Preferred && len(terms) > 0 {
		term.Status = glossary.Admitted
	}
	c.Terms[tag] = append(terms, term)
}

func (t *tableReader) field(c *glossary.Concept, role, cell string, line int) {
	text := map[string]*string{
		"id": &c.ID, "sense": &c.Sense, "definition": &c.Definition, "note": &c.Note,
		"example": &c.Example, "source": &c.Source, "url": &c.URL, "domain": &c.Domain,
	}[role]
	var err error
	switch role {
	case "type":
		c.Type = glossary.Type(cell)
	case "status":
		c.Status = glossary.Approval(cell)
	case "since":
		c.Since, err = time.Parse(time.DateOnly, cell)
	case "until":
		c.Until, err = time.Parse(time.DateOnly, cell)
	case "source-language", "target-language":
	default:
		*text = join(*text, cell)
	}
	if err != nil {
		t.fault(line, 1, "table-row", cell, "2026-01-31")
	}
}

// add joins a row to the concept of the same id or, without ids, to the one of the same
// source term, domain and sense: its terms are further ones.
func (t *tableReader) add(c *glossary.Concept, term string) {
	key := "\x00" + c.ID
	if c.ID == "" {
		key = strings.Join([]string{term, c.Domain, c.Sense, string(c.Type)}, "\x00")
	}
	old := t.byKey[key]
	if old == nil {
		t.byKey[key] = c
		t.concepts = append(t.concepts, c)
		return
	}
	for tag, terms := range c.Terms {
		for _, term := range terms {
			addTerm(old, tag, term)
		}
	}
	if c.Note != "" && c.Note != old.Note {
		old.Note = join(old.Note, c.Note)
	}
}
