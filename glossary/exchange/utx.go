package exchange

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// UTX 1.11 (AAMT): a TSV whose first line names the version and the languages,
//
//	#UTX 1.11; fr/en; …
//
// and whose last line beginning with # names the columns. A row is one pair of terms;
// rows of one concept share a concept ID; the term status is of the target.

// utxStatuses are the values of the column "term status".
var utxStatuses = map[string]glossary.Status{
	"": glossary.Admitted, "approved": glossary.Preferred, "provisional": glossary.Admitted,
	"non-standard": glossary.Deprecated, "forbidden": glossary.Forbidden, "rejected": glossary.Forbidden,
}

func readUTX(im *importer, data []byte) {
	text := strings.TrimPrefix(decode(data), "\ufeff")
	source, target := im.utxLanguages(text)
	u := &utxReader{importer: im, source: source, target: target, byKey: map[string]*glossary.Concept{}}
	line := 0
	for s := range strings.Lines(text) {
		line++
		s = strings.TrimRight(s, "\r\n")
		switch {
		case strings.TrimSpace(s) == "":
		case strings.HasPrefix(s, "#"):
			if strings.HasPrefix(s, "#src") {
				u.columns = strings.Split(s[1:], "\t")
			}
		case u.columns == nil:
			im.fault(line, 1, "utx-header", s, "#src\ttgt\tsrc:pos")
			return
		default:
			u.row(trimmed(strings.Split(s, "\t")), line)
		}
	}
	for _, c := range u.concepts {
		settle(c.Terms[source])
		settle(c.Terms[target])
	}
}

// utxLanguages reads the first line.
func (im *importer) utxLanguages(text string) (source, target language.Tag) {
	first, _, _ := strings.Cut(text, "\n")
	parts := strings.Split(strings.TrimSpace(first), ";")
	if len(parts) < 2 || !strings.HasPrefix(parts[0], "#UTX") {
		im.fault(1, 1, "utx-header", strings.TrimSpace(first), "#UTX 1.11; fr/en;")
		return
	}
	from, to, _ := strings.Cut(strings.TrimSpace(parts[1]), "/")
	source = im.language(from, 1, 1)
	if to != "" {
		target = im.language(to, 1, 1)
	}
	im.meet(source)
	im.meet(target)
	return source, target
}

type utxReader struct {
	*importer
	source, target language.Tag
	columns        []string
	byKey          map[string]*glossary.Concept
}

func (u *utxReader) row(cells []string, line int) {
	value := map[string]string{}
	for i, cell := range cells {
		if i < len(u.columns) {
			value[strings.TrimSpace(u.columns[i])] = unquote(cell)
		}
	}
	status, known := utxStatuses[strings.ToLower(value["term status"])]
	if !known {
		u.fault(line, 1, "utx-status", value["term status"], "approved, provisional, non-standard, forbidden, rejected")
	}
	if value["src"] == "" {
		u.fault(line, 1, "table-row", strings.Join(cells, " | "), "src")
		return
	}
	place := glossary.Place{File: u.name, Line: line, Column: 1}
	c := u.concept(value["concept ID"], value["src"], place)
	addUTX(c, u.source, glossary.Term{Text: value["src"], Status: glossary.Preferred, POS: value["src:pos"], Place: place})
	if value["tgt"] != "" {
		addUTX(c, u.target, glossary.Term{Text: value["tgt"], Status: status, POS: value["tgt:pos"], Place: place})
	}
	if note := value["comment"]; note != "" && !strings.Contains(c.Note, note) {
		c.Note = join(c.Note, note)
	}
	for name, cell := range value {
		if cell != "" && !strings.Contains(" src tgt src:pos tgt:pos term status concept ID comment ", " "+name+" ") {
			u.lose(value["src"], name, cell)
		}
	}
}

// addUTX adds a term; the first of a language, if it may be used at all, is preferred.
func addUTX(c *glossary.Concept, tag language.Tag, t glossary.Term) {
	if len(c.Terms[tag]) == 0 && t.Status == glossary.Admitted {
		t.Status = unsettled
	}
	addTerm(c, tag, t)
}

func (u *utxReader) concept(id, src string, place glossary.Place) *glossary.Concept {
	key := id
	if key == "" {
		key = "\x00" + src
	}
	if c := u.byKey[key]; c != nil {
		return c
	}
	c := &glossary.Concept{ID: id, Type: u.opt.Type, Terms: map[language.Tag][]glossary.Term{}, Place: place}
	u.byKey[key] = c
	u.concepts = append(u.concepts, c)
	return c
}

func writeUTX(ex *exporter) {
	fmt.Fprintf(&ex.out, "#UTX 1.11; %s/%s;\n", ex.source, ex.target)
	ex.out.WriteString("#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tconcept ID\tcomment\n")
	names := map[glossary.Status]string{
		glossary.Preferred: "approved", glossary.Admitted: "provisional",
		glossary.Deprecated: "non-standard", glossary.Forbidden: "forbidden",
	}
	var rows [][]string
	for i, c := range ex.g.Concepts {
		ex.flat(c, c.Note)
		id := c.ID
		if id == "" {
			id = fmt.Sprint(i + 1)
		}
		targets := c.Terms[ex.target]
		if c.Type == glossary.Keep && len(targets) == 0 {
			targets = []glossary.Term{ex.first(c)}
		}
		for j, s := range c.Terms[ex.source] {
			if s.Status == glossary.Deprecated || s.Status == glossary.Forbidden {
				ex.lose(c, "deprecated", s.Text)
				continue
			}
			if j > 0 && len(targets) > 0 {
				rows = append(rows, []string{s.Text, targets[0].Text, s.POS, targets[0].POS, names[targets[0].Status], id, ""})
				continue
			}
			for _, t := range targets {
				rows = append(rows, []string{s.Text, t.Text, s.POS, t.POS, names[t.Status], id, c.Note})
			}
		}
	}
	ex.tabs(rows)
}
