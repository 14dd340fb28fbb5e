package check

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"drogman/pipeline/bitext"
)

// number compares the numbers of the two sides by value: 1 000,5 is 1,000.5, 3 Md€ is
// €3 billion, 20 h 30 is 8.30 pm, XXIe siècle is 21st century.
//
// Numbers are paired from the surest to the least sure ground: same value in digits; any
// reading in common; the pieces of a time or date one by one. A number left alone on both
// sides is an error: one was turned into the other. A number left alone on one side only
// is an advisory, since translators spell out, convert and drop numbers for good reasons.
var number = Rule{
	Code: "number", Severity: Error,
	Before: Pair{"Le déficit atteint 3,5 Md€ au XXIe siècle.", "The deficit reached €2.5 billion in the 21st century."},
	After:  Pair{"Le déficit atteint 3,5 Md€ au XXIe siècle.", "The deficit reached €3.5 billion in the 21st century."},
	Cases: []Case{
		{Pair: Pair{"1 000,5 litres", "1,000.5 litres"}},
		{Pair: Pair{"à 20 h 30", "at 8.30 pm"}},
		{Pair: Pair{"à 20h30", "at 9.30 pm"}, Have: []string{"9.30 pm"}},
		{Pair: Pair{"à 10h00 du matin", "at 10am"}},
		{Pair: Pair{"quatre-vingt-dix-sept soldats", "97 soldiers"}},
		{Pair: Pair{"3 millions d'habitants", "3 billion inhabitants"}, Have: []string{"3 billion"}},
		{Pair: Pair{"de 3 à 5 milliards", "from 3 to 5 billion"}},
		{Pair: Pair{"3 milliards à 5 milliards", "3 to 5 billion"}},
		{Pair: Pair{"dans les années 60", "in the 1960s"}},
		{Pair: Pair{"dans les années 1960", "in the sixties"}},
		{Pair: Pair{"au XIXe siècle", "in the 18th century"}, Have: []string{"18th"}},
		{Pair: Pair{"au XIXe siècle", "in the nineteenth century"}},
		{Pair: Pair{"10 €", "$10"}, Have: []string{"10"}},
		{Pair: Pair{"100 km", "100 miles"}, Have: []string{"100"}},
		{Pair: Pair{"0, 5 % des voix", "0.5% of the vote"}},
		{Pair: Pair{"(ABC, 1971-1972)", "(ABC, 1971-72)"}},
		{Pair: Pair{"le 27/11/2019", "on 27 November 2019"}},
		{Pair: Pair{"le 27 novembre", "on 27 December"}, Have: []string{"December"}},
		{Pair: Pair{"une centaine de morts", "a hundred dead"}},
		{Pair: Pair{"voir http://a.fr/2019", "see http://a.fr/2020"}},
		{Pair: Pair{"En 2019, il a gagné.", "He won."}, Soft: []string{""}},
		{Pair: Pair{"1,280 yuans", "1,280 yuan"}},
		{Pair: Pair{"un siège de 45,72 cm pour Airbus", "a seat of 46 cm for Airbus"}, Soft: []string{"46"}},
		{Pair: Pair{"pendant 1h30", "for 1.5 hours"}},
		{Pair: Pair{"90 pour cent", "90 percent"}},
		{Pair: Pair{"1 234 567,89 $", "$1,234,567.89"}},
	},
	unit: checkNumbers,
}

func checkNumbers(x *context) {
	p := pairing{source: quantities(&x.source), target: quantities(&x.target)}
	if len(p.source)+len(p.target) == 0 {
		return
	}
	p.run()
	x.reportMeasures(&p)
	x.reportNumbers(&p)
}

// pairing matches the quantities of two texts.
type pairing struct {
	source, target []quantity
	sourceOf       []int // for each target the index of its source, or free, or explained
	targetOf       []int
}

const (
	free      = -1
	explained = -2
)

func (p *pairing) run() {
	p.sourceOf = slices.Repeat([]int{free}, len(p.target))
	p.targetOf = slices.Repeat([]int{free}, len(p.source))
	p.pair(first, first, true)
	p.pair(first, first, false)
	p.pair(said, said, false)
	p.pair(every, unscaled, false)
	p.pair(unscaled, every, false)
	if !p.few() {
		return
	}
	p.convert()
	p.parts(p.source, p.targetOf, p.target, p.sourceOf)
	p.parts(p.target, p.sourceOf, p.source, p.targetOf)
}

// few reports whether so few numbers are left over that each may be compared with each.
func (p *pairing) few() bool {
	return len(loose(p.source, p.targetOf))+len(loose(p.target, p.sourceOf)) <= fewNumbers
}

// fewNumbers is the most that a segment and its translation may differ by; beyond, they
// are not each other's translation.
const fewNumbers = 60

// The readings by which two quantities are paired: a million and a billion do not become
// the same by leaving out what was said.
func first(q *quantity) []value { return q.values[:1] }
func every(q *quantity) []value { return q.values }

func said(q *quantity) []value {
	if q.scaled {
		return q.values[:max(1, len(q.values)/2)]
	}
	return q.values
}

func unscaled(q *quantity) []value {
	if q.scaled {
		return nil
	}
	return q.values
}

// pair couples free quantities that have a reading in common, in order.
func (p *pairing) pair(readSource, readTarget func(*quantity) []value, sameUnit bool) {
	type key struct {
		value value
		unit  string
	}
	keyOf := func(v value, q *quantity) key {
		if sameUnit {
			return key{v, q.unit}
		}
		return key{value: v}
	}
	waiting := map[key][]int{}
	for j := range p.target {
		if p.sourceOf[j] == free {
			for _, v := range readTarget(&p.target[j]) {
				k := keyOf(v, &p.target[j])
				waiting[k] = append(waiting[k], j)
			}
		}
	}
	for i := range p.source {
		for _, v := range readSource(&p.source[i]) {
			k := keyOf(v, &p.source[i])
			for len(waiting[k]) > 0 && p.targetOf[i] == free {
				if j := waiting[k][0]; p.sourceOf[j] == free {
					p.targetOf[i], p.sourceOf[j] = j, i
				}
				waiting[k] = waiting[k][1:]
			}
		}
	}
}

// convert couples amounts that are the same in two units.
func (p *pairing) convert() {
	for i := range p.source {
		for j := range p.target {
			if p.targetOf[i] == free && p.sourceOf[j] == free && sameMeasure(&p.source[i], &p.target[j]) {
				p.targetOf[i], p.sourceOf[j] = j, i
			}
		}
	}
}

// sameReading reports whether two quantities have a reading in common.
func sameReading(s, t *quantity) bool {
	for i, v := range s.values {
		for j, w := range t.values {
			if v == w && !(s.scaled && t.scaled && i > 0 && j > 0) {
				return true
			}
		}
	}
	return false
}

// parts explains a free quantity of several pieces by free quantities of the other side
// that equal each piece.
func (p *pairing) parts(from []quantity, fromState []int, to []quantity, toState []int) {
	for i := range from {
		if fromState[i] != free || len(from[i].parts) == 0 {
			continue
		}
		answers, ok := answersTo(from[i].parts, to, toState)
		if !ok {
			continue
		}
		fromState[i] = explained
		for _, j := range answers {
			toState[j] = explained
		}
	}
}

// answersTo finds a free quantity for each value; a zero (20h00) needs none.
func answersTo(values []value, all []quantity, state []int) ([]int, bool) {
	var answers []int
	for _, v := range values {
		found := false
		for j := range all {
			if !found && state[j] == free && !slices.Contains(answers, j) && slices.Contains(all[j].values, v) {
				answers, found = append(answers, j), true
			}
		}
		if !found && v != (value{}) {
			return nil, false
		}
	}
	return answers, true
}

// reportMeasures finds pairs with the same number and another currency or unit.
func (x *context) reportMeasures(p *pairing) {
	for i, j := range p.targetOf {
		if j < 0 {
			continue
		}
		s, t := &p.source[i], &p.target[j]
		if !otherUnit(s, t) || s.style > century || t.style > century || sameMeasure(s, t) {
			continue
		}
		x.reportAt(Target, t.Span, s.Span, Finding{Reason: Measure})
	}
}

// reportNumbers finds what no number of the other side answers to.
func (x *context) reportNumbers(p *pairing) {
	source := loose(p.source, p.targetOf)
	target := loose(p.target, p.sourceOf)
	if len(source)+len(target) > fewNumbers {
		x.report(Finding{Severity: Advisory, Reason: Unrelated, Have: strconv.Itoa(len(p.target)), Want: strconv.Itoa(len(p.source))})
		return
	}
	anchored := p.paired() || slices.ContainsFunc(x.names(), func(n nameSeen) bool { return n.kind != translated })
	for _, group := range [][]style{{digits, century}, {month}} {
		s, t := x.reportPairs(ofStyle(source, group), ofStyle(target, group), anchored)
		if group[0] == month {
			continue
		}
		x.reportAlone(Source, s, p.target, Missing)
		x.reportAlone(Target, t, p.source, Extra)
	}
}

// reportPairs reports each number of the target as the altered one of the source that is
// written most like it, and returns what is left on either side. Amounts in two units that
// convert into each other (15 m, 50 ft) are an advisory: somebody did the sum, perhaps
// not well.
//
// Where nothing else in the two texts corresponds, neither a number nor a name, they may
// not be translations of each other at all, and only a number that is one slip away from
// the other is an error.
func (x *context) reportPairs(source, target []quantity, anchored bool) (s, t []quantity) {
	for _, slips := range []bool{true, false} {
		t = nil
		for _, q := range target {
			i := x.nearestQuantity(q, source, slips)
			if i < 0 {
				t = append(t, q)
				continue
			}
			f := Finding{}
			if _, related := conversion(source[i].unit, q.unit); related && otherUnit(&source[i], &q) {
				f = Finding{Severity: Advisory, Reason: Measure}
			} else if !anchored && !slips {
				f = Finding{Severity: Advisory, Reason: Unrelated}
			} else if rounded(&source[i], &q) {
				f = Finding{Severity: Advisory, Reason: Rounded}
			}
			x.reportAt(Target, q.Span, source[i].Span, f)
			source = slices.Delete(source, i, i+1)
		}
		target = t
	}
	return source, t
}

// reportAlone grades numbers that stand on one side alone as advisories, unless the other
// side has their value already: then one of them was merely said twice.
func (x *context) reportAlone(side Side, alone, others []quantity, why Reason) {
	for _, q := range alone {
		said := slices.ContainsFunc(others, func(o quantity) bool { return sameReading(&q, &o) })
		if said {
			continue
		}
		x.reportAt(side, q.Span, bitext.Span{}, Finding{Severity: Advisory, Reason: why})
	}
}

// paired reports whether any numbers but those of names were paired.
func (p *pairing) paired() bool {
	for i, j := range p.targetOf {
		if j != free && p.source[i].label == "" && p.source[i].style <= century {
			return true
		}
	}
	return false
}

// rounded reports whether one number is the other without its decimals.
func rounded(s, t *quantity) bool {
	a, b := s.values[0], t.values[0]
	return (a.e < 0) != (b.e < 0) && !a.clock && !b.clock && math.Abs(a.float()-b.float()) <= 0.5
}

// oneSlip reports whether q is c, or one part of it, with one digit wrong, where both have
// two digits or more; or the same with another scale word; or another century.
func (x *context) oneSlip(c, q quantity) bool {
	if c.style == century && q.style == century || c.scaled && q.scaled && c.values[len(c.values)-1] == q.values[len(q.values)-1] {
		return true
	}
	have := onlyDigits(x.target.in(q.Span))
	if isSlip(onlyDigits(x.source.in(c.Span)), have) {
		return true
	}
	return slices.ContainsFunc(c.parts, func(v value) bool {
		n, ok := v.integer()
		return ok && isSlip(strconv.Itoa(n), have)
	})
}

func isSlip(a, b string) bool {
	return min(len(a), len(b)) > 1 && editDistance([]rune(a), []rune(b)) == 1
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func loose(all []quantity, state []int) []quantity {
	var rest []quantity
	for i, q := range all {
		if state[i] == free {
			rest = append(rest, q)
		}
	}
	return rest
}

func ofStyle(all []quantity, styles []style) []quantity {
	var some []quantity
	for _, q := range all {
		if slices.Contains(styles, q.style) {
			some = append(some, q)
		}
	}
	return some
}

// nearestQuantity is the index of the candidate that is written most like q, among those
// with the same letters glued to them (M23 may become M83, not NL63) and, if slips is
// set, one slip away; -1 if there is none.
func (x *context) nearestQuantity(q quantity, candidates []quantity, slips bool) int {
	best, distance := -1, 1<<30
	for i, c := range candidates {
		if c.label != q.label || slips && !x.oneSlip(c, q) {
			continue
		}
		if d := editDistance([]rune(x.target.in(q.Span)), []rune(x.source.in(c.Span))); d < distance {
			best, distance = i, d
		}
	}
	return best
}
