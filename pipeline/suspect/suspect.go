// Package suspect finds what prose does not hold by intention: characters that reorder or
// hide text, letters of one alphabet passing for those of another, and what a wrong
// decoding leaves behind. A text may be right all the same, so nothing is changed or
// refused: a person is told, and looks.
//
// What is suspect is data: a table of characters, each row with the circumstances under
// which they are not, and two tables of what letters look like. Text in right-to-left and
// complex scripts needs some of these characters; the circumstances say where.
package suspect

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/rangetable"
)

// Finding is one suspect place in a text.
type Finding struct {
	Code       string // one of Codes
	Start, End int    // half-open bytes of the text
	Have       string // what stands there; what cannot be shown as U+202E
}

// The codes of findings.
const (
	Bidi         = "text-bidi"         // changes the order in which text is shown
	Invisible    = "text-invisible"    // a character inside a word that is not seen
	MixedScript  = "text-mixed-script" // a word in two alphabets that look alike
	Damaged      = "text-damaged"      // U+FFFD stands for what was lost
	Mojibake     = "text-mojibake"     // UTF-8 that was read as another encoding
	Control      = "text-control"      // a control character
	Noncharacter = "text-noncharacter" // a code point that is none
)

// Codes lists the code of every finding.
var Codes = []string{Bidi, Invisible, MixedScript, Damaged, Mojibake, Control, Noncharacter}

// row says which characters are suspect, and when.
type row struct {
	code  string
	runes *unicode.RangeTable
	when  func(*place) bool // nil: always
}

// place is a character in its text.
type place struct {
	text       string
	start, end int
	r          rune
}

// rows are the table of suspect characters.
var rows = []row{
	{Bidi, table(0x202d, 0x202e), nil},                    // overrides
	{Bidi, table(0x202a, 0x202c, 0x2066, 0x2069), astray}, // embeddings, isolates and their ends
	{Invisible, table(0x034f, 0x034f, 0x180e, 0x180e, 0x200b, 0x200d, 0x2060, 0x2064), insideWord},
	{Invisible, table(0x115f, 0x1160, 0x3164, 0x3164, 0xfeff, 0xfeff, 0xffa0, 0xffa0), nil}, // fillers, a mark of byte order within
	{Invisible, table(0xe0000, 0xe007f), outsideFlag},
	{Damaged, table(0xfffd, 0xfffd), nil},
	{Control, table(0x00, 0x08, 0x0b, 0x0b, 0x0e, 0x1f, 0x7f, 0x84, 0x86, 0x9f), nil},
	{Noncharacter, unicode.Noncharacter_Code_Point, nil},
}

// table makes a table of ranges, given by their ends in rising order.
func table(ends ...rune) *unicode.RangeTable {
	t := &unicode.RangeTable{}
	for i := 0; i < len(ends); i += 2 {
		if lo, hi := ends[i], ends[i+1]; hi <= 0xffff {
			t.R16 = append(t.R16, unicode.Range16{Lo: uint16(lo), Hi: uint16(hi), Stride: 1})
		} else {
			t.R32 = append(t.R32, unicode.Range32{Lo: uint32(lo), Hi: uint32(hi), Stride: 1})
		}
	}
	return t
}

// astray: an embedding or isolate that never ends, an end that nothing began, and either
// in a text without a letter that is written from right to left.
func astray(p *place) bool {
	if !strings.ContainsFunc(p.text, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
	}) {
		return true
	}
	depth := 0
	for _, r := range p.text {
		switch r {
		case 0x202a, 0x202b, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068:
			depth++
		case 0x202c, 0x2069:
			depth--
		}
		if depth < 0 {
			return true
		}
	}
	return depth != 0
}

// insideWord: between two letters of a script that has no use for it.
func insideWord(p *place) bool {
	before, _ := utf8.DecodeLastRuneInString(p.text[:p.start])
	after, _ := utf8.DecodeRuneInString(p.text[p.end:])
	plain := func(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) }
	return plain(before) && plain(after)
}

// outsideFlag: the tags that make England's flag follow a black flag.
func outsideFlag(p *place) bool {
	head := strings.TrimRightFunc(p.text[:p.start], func(r rune) bool { return r >= 0xe0020 && r <= 0xe007f })
	return !strings.HasSuffix(head, "\U0001f3f4")
}

// Find yields the suspect places of a text, those of each kind in order.
func Find(text string) iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		has := look(text)
		_ = (!has.rows || findRows(text, yield)) && (!has.leads || findMojibake(text, yield)) && (!has.others || findMixed(text, yield))
	}
}

// glance is what a text has that need be looked at closely.
type glance struct {
	rows   bool // characters of the table
	leads  bool // what mojibake begins with, before what it goes on with
	others bool // letters of the alphabets that look like Latin
}

// look takes in what a text has. Most texts have nothing.
func look(text string) (has glance) {
	lead := false
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			has.rows = has.rows || r < ' ' && r != '\n' && r != '\t' && r != '\r' && r != '\f' || r == 0x7f
			lead = false
			continue
		case r >= 0xa0 && r < 0x250: // Latin
		case r >= 0x370 && r < 0x530:
			has.others = true
		default:
			has.rows = has.rows || unicode.Is(all, r)
		}
		has.leads = has.leads || lead
		lead = r == 'Â' || r == 'Ã' || r == 'Å' || r == 'â' || r == 'ï'
	}
	return has
}

// all are the characters of all rows.
var all = func() *unicode.RangeTable {
	var tables []*unicode.RangeTable
	for _, r := range rows {
		tables = append(tables, r.runes)
	}
	return rangetable.Merge(tables...)
}()

func findRows(text string, yield func(Finding) bool) bool {
	for i, r := range text {
		if !unicode.Is(all, r) {
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		p := place{text, i, i + size, r}
		if code := p.code(); code != "" && !yield(finding(code, text, p.start, p.end)) {
			return false
		}
	}
	return true
}

func findMojibake(text string, yield func(Finding) bool) bool {
	for _, m := range mojibake.FindAllStringIndex(text, -1) {
		if !yield(finding(Mojibake, text, m[0], m[1])) {
			return false
		}
	}
	return true
}

func findMixed(text string, yield func(Finding) bool) bool {
	for start, end := range words(text) {
		if disguised(text[start:end]) && !yield(finding(MixedScript, text, start, end)) {
			return false
		}
	}
	return true
}

// code is the code of the row that finds the character suspect, "" if none does.
func (p *place) code() string {
	for _, w := range rows {
		if unicode.Is(w.runes, p.r) && (w.when == nil || w.when(p)) {
			return w.code
		}
	}
	return ""
}

// finding makes a finding: letters are shown, what cannot be seen is named.
func finding(code, text string, start, end int) Finding {
	var have strings.Builder
	for _, r := range text[start:min(end, start+80)] {
		if (code == Mojibake || code == MixedScript) && unicode.IsGraphic(r) {
			have.WriteRune(r)
		} else {
			fmt.Fprintf(&have, "U+%04X", r)
		}
	}
	return Finding{code, start, end, have.String()}
}
