package check

import "strings"

// readSpelt reads a number in words from piece i: "vingt et un", "three hundred thousand",
// "deux millions et demi". It returns how many pieces it took, 0 if there is none.
//
// The words are added up as they are said. current is the number below a thousand being
// said, total what thousands and millions have closed. A small word may follow only a
// larger one (twenty-one, not one-twenty); anything else begins a new number. In a
// vigesimal language four before twenty multiplies it.
func (r *numberReader) readSpelt(i int) int {
	s := speltNumber{tongue: r.tongue, room: 1 << 62}
	taken := 0
	for j := i; j < len(r.pieces) && !r.pieces[j].digit; j++ {
		if j > i && !isWordGap(r.gap(j)) {
			break
		}
		w := r.pieces[j].fold
		if j > i && r.tongue.joiners[w] && !r.pieces[j].digit {
			continue
		}
		if w == "cent" && (r.word(j-1) == "pour" || r.word(j-1) == "per") || !s.add(w) {
			break
		}
		taken = j - i + 1
		if s.closed {
			break
		}
	}
	if taken == 0 {
		return 0
	}
	q := quantity{style: spelt, values: []value{integer(s.total + s.current)}, scaled: s.scaled > 0}
	if s.scaled > 0 && s.small > 0 {
		q.values = append(q.values, integer(s.small))
	}
	if taken == 1 && (r.tongue.loose[r.word(i)] || s.ordinal) {
		q.style = hint
	}
	if s.ordinal && r.tongue.century[r.word(i+taken)] {
		q.style = century
	}
	r.add(i, taken, q)
	return taken
}

func isWordGap(gap string) bool { return isGroupSpace(gap) || gap == "-" || gap == "\u2011" }

type speltNumber struct {
	tongue         *tongue
	total, current int
	small          int // the number before the first scale word
	room           int // the next word must be smaller than this
	scaled         int
	said           bool
	ordinal        bool
	closed         bool
	last           int
}

// add takes one more word, or reports that it does not belong to the number.
func (s *speltNumber) add(w string) bool {
	if n, ok := s.tongue.cardinals[w]; ok {
		return s.cardinal(n)
	}
	if power, ok := s.tongue.scales[w]; ok && len(w) > 2 {
		return s.scale(power)
	}
	if n, ok := s.tongue.ordinals[w]; ok {
		s.ordinal, s.closed = true, true
		return s.cardinal(n)
	}
	return false
}

func (s *speltNumber) cardinal(n int) bool {
	switch {
	case n == 20 && s.last == 4 && s.tongue.vigesimal:
		s.current += 76
		s.room = 20
	case n == 0 && s.said, n >= s.room:
		return false
	default:
		s.current += n
		s.room = nextRoom(n, s.tongue.vigesimal)
	}
	s.last, s.said = n, true
	return true
}

// nextRoom is the number that what follows n must be smaller than: 10 after twenty (20
// after soixante), 1 after a unit, where nothing may follow.
func nextRoom(n int, vigesimal bool) int {
	switch {
	case n >= 100:
		return 100
	case n == 60 && vigesimal:
		return 20
	case n >= 20, n == 10 && vigesimal:
		return 10
	}
	return 1
}

func (s *speltNumber) scale(power int) bool {
	if !s.said && power > 3 {
		return false // "millions of" alone is no number
	}
	amount := 1
	for range power {
		amount *= 10
	}
	switch {
	case power == 2 && s.current < 20:
		s.current = max(s.current, 1) * 100
		s.room = 100
	case power > 2 && (s.total == 0 || amount < s.scaled):
		if s.small == 0 {
			s.small = max(s.current, 1)
		}
		s.total += max(s.current, 1) * amount
		s.current, s.scaled, s.room = 0, amount, 1000
	default:
		return false
	}
	s.said, s.last = true, 0
	return true
}

// readRoman reads a Roman numeral: sure where an ordinal mark is glued to it (XXIe, IIème),
// a hint alone, since it may be an initial or an acronym.
func (r *numberReader) readRoman(i int) int {
	p := r.pieces[i]
	raw := r.text[p.Start:p.End]
	digits := raw[:len(raw)-len(strings.TrimLeft(raw, "IVXLC"))]
	mark := raw[len(digits):]
	if digits == "" {
		return 0
	}
	n, ok := roman(digits)
	if !ok || mark != "" && !r.tongue.ordinalMarks[fold(mark)] || mark == "" && len(digits) < 2 {
		return 0
	}
	if len(digits) == 1 && len(mark) == 1 && !r.tongue.century[r.word(i+1)] {
		return 0 // "Le", "Ce"
	}
	q := quantity{style: hint, values: []value{integer(n)}}
	if mark != "" && r.tongue.century[r.word(i+1)] {
		q.style = century
	}
	r.add(i, 1, q)
	return 1
}

// roman reads a Roman numeral up to 399 in its standard form.
func roman(s string) (int, bool) {
	n, prev := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := romanDigit(s[i])
		if v < prev {
			n -= v
		} else {
			n += v
			prev = v
		}
	}
	return n, s != "" && formatRoman(n) == s
}

func romanDigit(b byte) int {
	switch b {
	case 'I':
		return 1
	case 'V':
		return 5
	case 'X':
		return 10
	case 'L':
		return 50
	}
	return 100
}

func formatRoman(n int) string {
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= step.value {
			b.WriteString(step.sign)
			n -= step.value
		}
	}
	return b.String()
}

// readNamed reads months, decades and loose amounts.
func (r *numberReader) readNamed(i int) int {
	w := r.pieces[i].fold
	if n, ok := r.tongue.months[w]; ok && (!r.tongue.loose[w] || r.besideDigits(i)) {
		r.add(i, 1, quantity{style: month, values: []value{integer(n)}})
		return 1
	}
	if n, ok := r.tongue.decade[w]; ok {
		r.add(i, 1, quantity{style: hint, values: []value{integer(n), integer(1900 + n)}})
		return 1
	}
	if n, ok := r.tongue.collectives[w]; ok {
		r.add(i, 1, quantity{style: hint, values: []value{integer(n)}})
		return 1
	}
	return 0
}

func (r *numberReader) besideDigits(i int) bool {
	return i > 0 && r.pieces[i-1].digit || i+1 < len(r.pieces) && r.pieces[i+1].digit
}
