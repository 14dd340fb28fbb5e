package document

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// Press articles. Before the text stand a headline, which ends in no stop, and perhaps a
// byline ("Par Anne Martin"); the text may begin with a dateline, the place and the agency
// before a dash ("ALEP (Syrie), 3 décembre (AFP) – "). Each is a block of its kind, so
// that it is translated by the rules of its kind and never runs into a sentence. Language
// knowledge is in the two patterns below.

const (
	pressHead    = 6   // blocks in which a headline and a byline are looked for
	headlineSize = 160 // runes
)

var (
	byline   = regexp.MustCompile(`^(?:Par|De notre (?:correspondante?|envoyée? spéciale?)|Propos recueillis par|By|From our correspondent)\s+\p{Lu}\S*(?:[\s,]+\S+){0,12}$`)
	dateline = regexp.MustCompile(`^\p{Lu}[\p{L}'’ -]{1,40}(?:\s\([^()]{2,40}\))?(?:,\s[^–—.()]{3,40})?(?:\s\([\p{L} /-]{2,30}\))?\s(?:–|—|--)\s`)
)

// press marks the headline, the byline and the dateline of an article.
func (d *Document) press() {
	var out []Block
	body := false
	for i, b := range d.Blocks {
		if body || i >= pressHead || b.Kind != Paragraph && b.Kind != Heading {
			out = append(out, b)
			continue
		}
		switch {
		case byline.MatchString(b.Text):
			b.Kind = Byline
		case dateline.MatchString(b.Text) && plausibleDateline(dateline.FindString(b.Text)):
			body = true
			out = append(out, d.splitDateline(b)...)
			continue
		case isHeadline(b.Text):
			b.Kind = Headline
		default:
			body = true
		}
		out = append(out, b)
	}
	d.Blocks = out
}

// plausibleDateline asks for a place in capitals, an agency or a date: a sentence with a
// dash in it has none of them.
func plausibleDateline(s string) bool {
	place, rest, _ := strings.Cut(s, " ")
	return strings.ToUpper(place) == place && utf8.RuneCountInString(place) > 2 || strings.ContainsAny(rest, "(0123456789")
}

func isHeadline(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " \u00a0\u202f»\"”"))
	return utf8.RuneCountInString(s) <= headlineSize && !strings.ContainsRune(".:;,", last)
}

// splitDateline parts a block after its dateline. One with codes in the dateline stays
// whole: the pieces would not be pairs any more.
func (d *Document) splitDateline(b Block) []Block {
	n := len(dateline.FindString(b.Text))
	if b.pieces != nil && len(b.Codes) > 0 || b.runs != nil {
		return []Block{b}
	}
	head := trimmed(b.Text, bitext.Span{End: n})
	tail := bitext.Span{Start: n, End: len(b.Text)}
	return []Block{d.slice(b, head, Dateline), d.slice(b, tail, b.Kind)}
}

// slice is the part of a block without codes that a span of its text covers.
func (d *Document) slice(b Block, s bitext.Span, kind Kind) Block {
	part := b
	part.Kind, part.Text, part.Span = kind, s.In(b.Text), b.Source(s)
	part.pieces = nil
	for _, p := range b.pieces {
		if p.text.Start >= s.End || p.text.End <= s.Start {
			continue
		}
		from, to := max(p.text.Start, s.Start), min(p.text.End, s.End)
		source := b.Source(bitext.Span{Start: from, End: to})
		part.pieces = append(part.pieces, piece{bitext.Span{Start: from - s.Start, End: to - s.Start}, source})
	}
	part.ID = d.ids.next(part.Text)
	return part
}
