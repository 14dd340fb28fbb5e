package exchange

import (
	"regexp"
	"strings"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// roles are the headings we know, in small letters without spaces and punctuation, with
// what their columns hold.
var roles = map[string]string{
	"id": "id", "conceptid": "id", "entryid": "id", "identifiant": "id",
	"type": "type", "section": "type",
	"sense": "sense", "sens": "sense", "context": "sense",
	"status": "status", "statut": "status",
	"definition": "definition", "définition": "definition",
	"note": "note", "notes": "note", "comment": "note", "comments": "note", "commentaire": "note", "remarque": "note",
	"description": "note", "translatorcomments": "note", "developercomments": "note",
	"example": "example", "exemple": "example", "usage": "example",
	"reference": "source", "référence": "source",
	"url": "url", "link": "url", "lien": "url",
	"domain": "domain", "domaine": "domain", "subject": "domain", "subjectfield": "domain",
	"since": "since", "until": "until",
	"pos": "pos", "partofspeech": "pos", "gender": "gender", "genre": "gender", "number": "number", "nombre": "number",
	"sourcelanguage": "source-language", "sourcelang": "source-language",
	"targetlanguage": "target-language", "targetlang": "target-language",
}

var sides = map[string]string{
	"source": "source", "src": "source", "sourceterm": "source", "termesource": "source", "term": "source", "terme": "source",
	"target": "target", "tgt": "target", "targetterm": "target", "termecible": "target", "cible": "target",
	"translation": "target", "traduction": "target",
}

// languageNames are headings that name a language in words, in English and in French.
var languageNames = map[string]string{
	"french": "fr", "français": "fr", "francais": "fr", "english": "en", "anglais": "en",
	"german": "de", "allemand": "de", "spanish": "es", "espagnol": "es", "italian": "it", "italien": "it",
	"arabic": "ar", "arabe": "ar", "dutch": "nl", "néerlandais": "nl", "portuguese": "pt", "portugais": "pt",
}

// suffixes say of what status the terms of a column are: en_alt, en:avoid.
var suffixes = map[string]glossary.Status{
	"alt": glossary.Admitted, "admitted": glossary.Admitted, "synonyms": glossary.Admitted, "synonymes": glossary.Admitted,
	"deprecated": glossary.Deprecated, "obsolete": glossary.Deprecated,
	"forbidden": glossary.Forbidden, "avoid": glossary.Forbidden,
}

// headings reads a first row as headings; it is one where two cells are ours, one of
// them of terms.
func headings(r row) ([]column, bool) {
	var columns []column
	known, terms := 0, 0
	for _, cell := range r.cells {
		c := heading(cell)
		if c.role != "" {
			known++
		}
		if c.role == "term" {
			terms++
		}
		columns = append(columns, c)
	}
	return columns, known >= 2 && terms >= 1
}

func heading(cell string) column {
	squeezed := squeeze(cell)
	if role, ok := roles[squeezed]; ok {
		return column{role: role, name: cell}
	}
	if side, ok := sides[squeezed]; ok {
		return column{role: "term", side: side, name: cell}
	}
	if i := strings.LastIndexAny(cell, "_: -"); i > 0 {
		if status, ok := suffixes[strings.ToLower(strings.TrimSpace(cell[i+1:]))]; ok {
			c := heading(cell[:i])
			if c.role == "term" {
				return column{role: "term", lang: c.lang, side: c.side, as: status, name: cell}
			}
		}
	}
	if tag := headedLanguage(cell); tag != language.Und {
		return column{role: "term", lang: tag, name: cell}
	}
	return column{name: cell}
}

func squeeze(s string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(" \u00a0_-:.", c) {
			return -1
		}
		return c
	}, strings.ToLower(s))
}

var languageCode = regexp.MustCompile(`^[A-Za-z]{2,3}([-_][A-Za-z]{2,4}|[-_]\d{3})?$`)

// headedLanguage reads a heading as a language: fr, fr-CA, French, français (France).
func headedLanguage(cell string) language.Tag {
	word, _, _ := strings.Cut(strings.ToLower(cell), " (")
	if code, ok := languageNames[word]; ok {
		return language.Make(code)
	}
	if !languageCode.MatchString(cell) {
		return language.Und
	}
	tag, err := language.Parse(strings.ReplaceAll(cell, "_", "-"))
	if base, confidence := tag.Base(); err != nil || confidence == language.No || base.String() == "und" {
		return language.Und
	}
	return tag
}

// headless are the columns of a table without headings: source, target, and a note or
// the two languages.
func (im *importer) headless(rows []row) []column {
	columns := []column{{role: "term", side: "source"}, {role: "term", side: "target"}}
	if withCodes(rows) {
		columns[0].lang, columns[1].lang = headedLanguage(rows[0].cells[2]), headedLanguage(rows[0].cells[3])
		return append(columns, column{role: "source-language"}, column{role: "target-language"})
	}
	return append(columns, column{role: "note"})
}

// withCodes: the third and fourth cells of all rows are language codes.
func withCodes(rows []row) bool {
	for _, r := range rows {
		if len(r.cells) < 4 || headedLanguage(r.cells[2]) == language.Und || headedLanguage(r.cells[3]) == language.Und {
			return false
		}
	}
	return true
}
