package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// quantity is a number as a text writes it, with the values it may be read as.
//
// "3,5 milliards" has the values 35·10⁸ and, because a list may share one scale word
// ("3 to 5 billion"), 35·10⁻¹. "20 h 30" is a time of day, and if no time answers to it,
// the two numbers 20 and 30.
type quantity struct {
	bitext.Span
	style  style
	values []value // the first is what the words say, the others what they may mean
	parts  []value // what it falls into if read as several numbers
	unit   string  // common name of the unit or currency, empty if none
	scaled bool    // has a scale word: million, Md, bn
	label  string  // letters glued before it: "m" of M23, "covid" of COVID-19
}

// style is how a quantity is written; what was written in digits must come back, words
// for small numbers often do not ("tous deux" is "both").
type style uint8

const (
	digits  style = iota
	century       // XXIe siècle, twenty-first century
	spelt         // vingt et un, sixties
	month         // janvier
	hint          // may be a number and may not be one: un, dozens, IV
)

// value is a decimal number m·10ᵉ in lowest terms (m has no trailing zero), or the minute
// of a day, so that equal values are equal in Go.
type value struct {
	m     int64
	e     int8
	clock bool
}

func decimal(m int64, e int) value {
	if m == 0 {
		return value{}
	}
	for m%10 == 0 {
		m /= 10
		e++
	}
	return value{m: m, e: int8(e)}
}

func integer(n int) value { return decimal(int64(n), 0) }

func clock(hour, minute int) value { return value{m: int64(hour%24*60 + minute), clock: true} }

func (v value) times(power int) value { return decimal(v.m, int(v.e)+power) }

// integer returns v as an int, and whether it is a small one.
func (v value) integer() (int, bool) {
	if v.clock || v.e < 0 || v.e > 4 || v.m > 1e6 {
		return 0, false
	}
	n := int(v.m)
	for range v.e {
		n *= 10
	}
	return n, true
}

// piece is a run of digits or a run of letters.
type piece struct {
	bitext.Span
	fold  string
	digit bool
}

// numberReader finds the quantities of one text.
type numberReader struct {
	text   string
	tongue *tongue
	pieces []piece
	found  []quantity
}

// quantities returns the numbers of a text in the order in which they stand. Numbers in
// web and mail addresses are not among them.
func quantities(t *text) []quantity {
	r := numberReader{text: t.raw, tongue: t.tongue, pieces: cutPieces(t)}
	for i := 0; i < len(r.pieces); {
		i += max(1, r.read(i))
	}
	r.shareUnits()
	return r.found
}

// shareUnits gives the first number of a range the unit of the last: 5 à 10 cm.
func (r *numberReader) shareUnits() {
	for i := len(r.found) - 2; i >= 0; i-- {
		q, next := &r.found[i], &r.found[i+1]
		if q.unit == "" && q.End <= next.Start {
			gap := fold(strings.Trim(r.text[q.End:next.Start], " \u00a0\u202f$€£"))
			if r.tongue.between[gap] || gap == "-" || gap == "–" {
				q.unit = next.unit
			}
		}
	}
}

func cutPieces(t *text) []piece {
	hidden := addresses(t.raw)
	pieces := make([]piece, 0, len(t.words))
	for _, w := range t.words {
		for len(hidden) > 0 && hidden[0].End <= w.Start {
			hidden = hidden[1:]
		}
		if len(hidden) > 0 && hidden[0].Contains(w.Span) {
			continue
		}
		if w.alpha {
			pieces = append(pieces, piece{Span: w.Span, fold: w.fold})
			continue
		}
		pieces = appendPieces(pieces, t.raw, w)
	}
	return pieces
}

func appendPieces(pieces []piece, raw string, w word) []piece {
	for start := w.Start; start < w.End; {
		end, digit := start, isDigit(raw[start])
		for end < w.End && isDigit(raw[end]) == digit {
			end++
		}
		pieces = append(pieces, piece{Span: bitext.Span{Start: start, End: end}, fold: fold(raw[start:end]), digit: digit})
		start = end
	}
	return pieces
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func covered(spans []bitext.Span, s bitext.Span) bool {
	for _, c := range spans {
		if c.Contains(s) {
			return true
		}
	}
	return false
}

// read reads the quantity that begins with piece i, and returns how many pieces it took.
func (r *numberReader) read(i int) int {
	if r.pieces[i].digit {
		return r.readDigits(i)
	}
	if n := r.readSpelt(i); n > 0 {
		return n
	}
	if n := r.readRoman(i); n > 0 {
		return n
	}
	return r.readNamed(i)
}

// gap is the text between piece i-1 and piece i; a mark of absence at either end.
func (r *numberReader) gap(i int) string {
	if i <= 0 || i >= len(r.pieces) {
		return "\x00"
	}
	return r.text[r.pieces[i-1].End:r.pieces[i].Start]
}

func (r *numberReader) word(i int) string {
	if i < 0 || i >= len(r.pieces) {
		return ""
	}
	return r.pieces[i].fold
}

func (r *numberReader) add(first, n int, q quantity) {
	q.Span = bitext.Span{Start: r.pieces[first].Start, End: r.pieces[first+n-1].End}
	if q.unit == "" {
		q.unit = r.unitAround(q.Span, first+n)
	}
	r.found = append(r.found, q)
}

// readDigits reads a number written in digits, with what follows it.
func (r *numberReader) readDigits(i int) int {
	if n := r.readClock(i); n > 0 {
		return n
	}
	n := r.groupLength(i)
	values, parts := r.digitValues(i, n)
	q := quantity{values: values, parts: parts}
	q.label = r.labelBefore(i)
	next, glued := r.word(i+n), r.gap(i+n) == ""
	power, isScale := r.scaleAt(i + n)
	switch {
	case isScale:
		r.scale(&q, power)
		n++
		if more, again := r.scaleAt(i + n); again && !strings.ContainsAny(r.gap(i+n), ".,;") {
			r.scale(&q, more)
			n++
		}
	case glued && (r.tongue.ordinalMarks[next] || next == "es"):
		n++
		if first, ok := values[0].integer(); ok && r.word(i+n) == "de" && r.word(i+n+1) == "finale" {
			q.values = append(q.values, integer(2*first)) // huitièmes: the last sixteen
		}
		if r.tongue.century[r.word(i+n)] {
			q.style = century
		}
	case r.yearAfterRange(i, n):
		first, _ := values[0].integer()
		before, _ := r.found[len(r.found)-1].values[0].integer()
		q.values = append(q.values, integer(before/100*100+first))
	case glued && next == "s" || r.isDecade(i):
		q.values = append(q.values, otherDecade(values[0])...)
	}
	q.values = append(q.values, r.halves(i+n, values[0])...)
	q.values = append(q.values, r.pointTime(i, n)...)
	r.add(i, n, q)
	return n
}

// halves gives the reading of "12 ans et demi", from the piece after the number.
func (r *numberReader) halves(i int, v value) []value {
	for k := i; k < min(i+2, len(r.pieces)); k++ {
		if r.word(k) == "et" && strings.HasPrefix(r.word(k+1), "demi") && v.e >= 0 && !v.clock {
			if n, ok := v.integer(); ok {
				return []value{decimal(int64(10*n+5), -1)}
			}
		}
	}
	return nil
}

// pointTime gives the readings of "6.30" as a time of day.
func (r *numberReader) pointTime(i, n int) []value {
	if n != 2 || r.gap(i+1) != "." || r.pieces[i].Len() > 2 || r.pieces[i+1].Len() != 2 {
		return nil
	}
	hour, _ := parseDigits(r.pieces[i].fold, 0).integer()
	minute, _ := parseDigits(r.pieces[i+1].fold, 0).integer()
	if hour > 24 || minute > 59 {
		return nil
	}
	return []value{clock(hour, minute), clock(hour+12, minute)}
}

// labelBefore returns the letters that make piece i part of a name: those it is glued to,
// or a capitalised word before its hyphen.
func (r *numberReader) labelBefore(i int) string {
	if i == 0 || r.pieces[i-1].digit {
		return ""
	}
	gap := r.gap(i)
	if gap == "" || (gap == "-" || gap == "\u2011") && isUpper(r.text[r.pieces[i-1].Start:]) {
		return r.word(i - 1)
	}
	return ""
}

// scaleAt returns the power of ten that piece i multiplies by. The single letters that
// stand for one (M€, $3m, 5k) count only where a currency shows it.
func (r *numberReader) scaleAt(i int) (power int, ok bool) {
	w := r.word(i)
	gap := strings.Trim(r.gap(i), " \u00a0\u202f-")
	if w == "" || gap != "" {
		return 0, false
	}
	if power, ok = r.tongue.scales[w]; ok {
		return power, w != "cent" && w != "cents"
	}
	after := firstOf(r.text[r.pieces[i].End:])
	money := after == "€" || after == "$" || after == "£" || r.tongue.units[r.word(i+1)] == "EUR" || r.moneyBefore(i-1)
	switch {
	case !money:
		return 0, false
	case w == "m":
		return 6, true
	case w == "b":
		return 9, true
	case w == "k":
		return 3, true
	}
	return 0, false
}

func firstOf(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

func (r *numberReader) moneyBefore(i int) bool {
	if i < 0 {
		return false
	}
	before := strings.TrimRight(r.text[:r.pieces[i].Start], "0123456789.,")
	return strings.HasSuffix(before, "€") || strings.HasSuffix(before, "$") || strings.HasSuffix(before, "£")
}

func (r *numberReader) scale(q *quantity, power int) {
	bare := q.values
	q.values = nil
	for _, v := range bare {
		q.values = append(q.values, v.times(power))
	}
	if !q.scaled {
		q.values = append(q.values, bare...)
	}
	q.scaled = true
}

// yearAfterRange reports whether piece i is the short second year of "1971-72".
func (r *numberReader) yearAfterRange(i, n int) bool {
	if n != 1 || r.pieces[i].Len() != 2 || len(r.found) == 0 || i == 0 {
		return false
	}
	gap := r.gap(i)
	return r.pieces[i-1].digit && r.pieces[i-1].Len() == 4 && (gap == "-" || gap == "–" || gap == "/")
}

// isDecade reports whether the number at piece i follows "années".
func (r *numberReader) isDecade(i int) bool {
	return r.word(i-1) == "annees" || i > 1 && r.word(i-2) == "annees" || strings.HasSuffix(r.text[:r.pieces[i].Start], "'")
}

// otherDecade gives the short decade for the long and the long for the short: 1960, 60.
func otherDecade(v value) []value {
	switch n, ok := v.integer(); {
	case ok && n >= 1900 && n < 2000:
		return []value{integer(n % 100)}
	case ok && n >= 10 && n < 100:
		return []value{integer(1900 + n)}
	}
	return nil
}

// groupLength is how many pieces from i make one number: 1, or more for "1 234,56".
func (r *numberReader) groupLength(i int) int {
	n := 1
	for ; n < maxGroups && i+n < len(r.pieces) && r.pieces[i+n].digit; n++ {
		gap := r.gap(i + n)
		three := r.pieces[i+n].Len() == 3
		switch {
		case gap == "." || gap == ",":
		case isGroupSpace(gap) && three && r.pieces[i].Len() <= 3 && r.spacesOnly(i, n):
		default:
			return n
		}
	}
	return n
}

// maxGroups is how many groups of digits the longest number has: 15 digits and a fraction.
const maxGroups = 6

func (r *numberReader) spacesOnly(i, n int) bool {
	for k := 1; k < n; k++ {
		if !isGroupSpace(r.gap(i+k)) || r.pieces[i+k].Len() != 3 {
			return false
		}
	}
	return true
}

func isGroupSpace(gap string) bool {
	switch gap {
	case " ", "\u00a0", "\u202f", "\u2009":
		return true
	}
	return false
}

// digitValues reads n pieces of digits parted by separators. The language says which of
// "1.000" and "1,000" is a thousand; the other reading is kept as what it may mean where
// the digits allow it. Whatever has several pieces may also be several numbers.
func (r *numberReader) digitValues(i, n int) (values, parts []value) {
	var whole, last string
	thousands := true
	for k := range n {
		p := r.pieces[i+k].fold
		if n > 1 {
			parts = append(parts, parseDigits(p, 0))
		}
		if k > 0 && len(p) != 3 || k == 0 && (len(p) > 3 || p[0] == '0') {
			thousands = thousands && k == 0 && n == 1
		}
		whole += p
		last = p
	}
	if n == 1 {
		return []value{parseDigits(whole, 0)}, nil
	}
	sep := r.gap(i + n - 1)
	fraction := parseDigits(whole, -len(last))
	grouped := parseDigits(whole, 0)
	mixed := n > 2 && r.gap(i+1) != sep
	switch {
	case isGroupSpace(sep):
		return []value{grouped}, parts
	case mixed:
		return []value{fraction}, parts
	case n > 2 && thousands:
		return []value{grouped}, parts
	case n > 2: // a date, a version, a section
		return parts[:1], parts
	case !thousands:
		return []value{fraction}, parts
	case sep[0] == r.tongue.group:
		if r.tongue.groupSpace {
			return []value{grouped, fraction}, parts
		}
		return []value{grouped}, parts
	}
	return []value{fraction, grouped}, parts
}

// parseDigits reads digits times ten to the power e. What is too long for a number (an
// account) is kept as a fingerprint of its digits.
func parseDigits(s string, e int) value {
	var m int64
	for i := range len(s) {
		if i == 18 {
			return value{m: int64(hash(s) >> 1), e: 127}
		}
		m = m*10 + int64(s[i]-'0')
	}
	return decimal(m, e)
}

// readClock reads a time of day: 20h30, 20 h 30, 8.30 pm, 10am, 10 heures.
func (r *numberReader) readClock(i int) int {
	hour, ok := parseDigits(r.pieces[i].fold, 0).integer()
	if !ok || hour > 24 || r.pieces[i].Len() > 2 {
		return 0
	}
	n, minute, mark := 1, -1, false
	if isNear(r.gap(i+n)) && r.tongue.hourMark[r.word(i+n)] {
		n, mark = n+1, true
	}
	if m, ok := r.minutes(i+n, mark); ok {
		minute, n = m, n+1
	}
	if minute >= 0 && !mark && isNear(r.gap(i+n)) && r.tongue.hourMark[r.word(i+n)] {
		n, mark = n+1, true
	}
	half, said := r.meridiem(i + n)
	if !said && !mark && (minute < 0 || r.gap(i+n-1) != ":") {
		return 0
	}
	q := quantity{values: []value{clock(hour, max(minute, 0))}}
	if said {
		n += half.pieces
		q.values = []value{clock(hour%12+half.hours, max(minute, 0))}
	} else if hour <= 12 {
		q.values = append(q.values, clock(hour+12, max(minute, 0)))
	}
	q.parts = []value{integer(hour)}
	if minute >= 0 {
		q.parts = append(q.parts, integer(minute))
		q.values = append(q.values, decimal(int64(hour*100+minute*100/60), -2)) // 1h30 is 1.5 hours
	} else {
		q.values = append(q.values, integer(hour))
	}
	r.add(i, n, q)
	return n
}

// minutes reads piece i as the minutes of an hour just read.
func (r *numberReader) minutes(i int, mark bool) (int, bool) {
	if i >= len(r.pieces) || !r.pieces[i].digit || r.pieces[i].Len() != 2 {
		return 0, false
	}
	gap := r.gap(i)
	if !(mark && (gap == "" || isNear(gap)) || gap == ":" || gap == ".") {
		return 0, false
	}
	m, _ := parseDigits(r.pieces[i].fold, 0).integer()
	return m, m < 60 && (i+1 >= len(r.pieces) || !r.pieces[i+1].digit || r.gap(i+1) != ":")
}

type meridiem struct{ hours, pieces int }

// meridiem reads "am", "pm", "a.m.", "p. m." at piece i.
func (r *numberReader) meridiem(i int) (meridiem, bool) {
	w := r.word(i)
	hours, ok := r.tongue.meridiem[w]
	if !ok || !isNear(r.gap(i)) {
		return meridiem{}, false
	}
	if len(w) == 2 {
		return meridiem{hours, 1}, true
	}
	gap := r.gap(i + 1)
	return meridiem{hours, 2}, r.word(i+1) == "m" && (gap == "." || gap == ". ")
}

func isNear(gap string) bool { return gap == "" || isGroupSpace(gap) }

// unitAround finds the unit or currency that stands before the span or at piece i.
func (r *numberReader) unitAround(s bitext.Span, i int) string {
	for _, sign := range []string{"$", "€", "£", "¥"} {
		if strings.HasSuffix(strings.TrimRight(r.text[:s.Start], " \u00a0\u202f"), sign) {
			return r.tongue.units[sign]
		}
	}
	rest := strings.TrimLeft(r.text[s.End:], " \u00a0\u202f-")
	c, size := utf8.DecodeRuneInString(rest)
	if size > 0 && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
		return r.tongue.units[rest[:size]]
	}
	if unit, ok := r.tongue.units[r.word(i)]; ok && strings.Trim(r.gap(i), " \u00a0\u202f-") == "" {
		return unit
	}
	if w := r.word(i); (w == "d" || w == "de") && r.tongue.units[r.word(i+1)] != "" {
		return r.tongue.units[r.word(i+1)]
	}
	return ""
}
