package check

import "math"

// measures are units by their common names (see tongue.units): what they measure, and how
// many of the first unit of that kind they are.
var measures = map[string]struct {
	kind   string
	amount float64
}{
	"m": {"length", 1}, "km": {"length", 1000}, "cm": {"length", 0.01}, "mm": {"length", 0.001},
	"mile": {"length", 1609.344}, "foot": {"length", 0.3048}, "inch": {"length", 0.0254},
	"kg": {"mass", 1}, "t": {"mass", 1000}, "pound": {"mass", 0.45359237},
	"ha": {"area", 1}, "acre": {"area", 0.40468564},
}

// currencies are the units whose rates change: amounts in two of them cannot be compared.
var currencies = map[string]bool{"EUR": true, "$": true, "GBP": true, "JPY": true, "pound": true}

// conversion returns how many of unit b one of unit a is, 0 where it varies, and whether
// they are two units of one kind.
func conversion(a, b string) (factor float64, related bool) {
	x, y := measures[a], measures[b]
	switch {
	case a == b:
		return 1, false
	case x.kind != "" && x.kind == y.kind:
		return x.amount / y.amount, true
	}
	return 0, currencies[a] && currencies[b]
}

// otherUnit reports whether two quantities say different units.
func otherUnit(s, t *quantity) bool {
	if s.unit == "pound" && t.unit == "GBP" || s.unit == "GBP" && t.unit == "pound" {
		return false
	}
	_, related := conversion(s.unit, t.unit)
	return s.unit != "" && t.unit != "" && (related || measures[s.unit].kind != measures[t.unit].kind)
}

// tolerance is by how much a converted amount may be off: people round.
const tolerance = 0.08

// sameMeasure reports whether two quantities are one amount in two units.
func sameMeasure(s, t *quantity) bool {
	factor, related := conversion(s.unit, t.unit)
	if !related || factor == 0 {
		return false
	}
	want, have := factor*s.values[0].float(), t.values[0].float()
	return math.Abs(want-have) <= tolerance*want
}

func (v value) float() float64 { return float64(v.m) * math.Pow10(int(v.e)) }
