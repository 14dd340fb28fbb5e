package check

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// length finds targets far shorter or longer than the batch's own ratio makes likely.
//
// The logarithm of target length over source length is near normal in a translation.
// Its centre and spread are the batch's median and median absolute deviation, which the
// outliers themselves cannot shift; short texts vary more, so the spread grows with the
// square root of shortness (Gale and Church 1993). Below fifty units nothing is said.
var length = Rule{
	Code: "length", Severity: Warning,
	Before: Pair{"Les négociations de paix ont repris lundi à Genève.", "Yes."},
	After:  Pair{"Les négociations de paix ont repris lundi à Genève.", "The peace talks resumed in Geneva on Monday."},
	batch:  func(*Checker) collector { return &lengths{} },
}

type lengths struct {
	units  []int32
	ratios []float32
	source []uint16
}

const (
	lengthUnits  = 50  // fewer tell no distribution
	lengthRunes  = 100 // a text of this length has the plain spread
	lengthSpread = 6   // deviations that are too many
	lengthFloor  = 0.1 // the least spread, for batches of one mould
)

func (l *lengths) add(unit int, x *context) {
	s, t := utf8.RuneCountInString(x.source.raw), utf8.RuneCountInString(x.target.raw)
	if s < 10 || t == 0 {
		return
	}
	l.units = append(l.units, int32(unit))
	l.ratios = append(l.ratios, float32(math.Log(float64(t)/float64(s))))
	l.source = append(l.source, uint16(min(s, math.MaxUint16)))
}

func (l *lengths) findings(report func(int, Finding)) {
	if len(l.ratios) < lengthUnits {
		return
	}
	centre := median(slices.Clone(l.ratios))
	deviations := make([]float32, len(l.ratios))
	for i, r := range l.ratios {
		deviations[i] = float32(math.Abs(float64(r - centre)))
	}
	spread := max(1.4826*float64(median(deviations)), lengthFloor)
	for i, r := range l.ratios {
		allowed := lengthSpread * spread * max(1, math.Sqrt(lengthRunes/float64(l.source[i])))
		if math.Abs(float64(r-centre)) > allowed {
			report(int(l.units[i]), Finding{Side: Target, Have: percent(r), Want: percent(centre)})
		}
	}
}

func median(values []float32) float32 {
	slices.Sort(values)
	return values[len(values)/2]
}

func percent(logRatio float32) string {
	return strconv.Itoa(int(math.Round(100*math.Exp(float64(logRatio))))) + "%"
}
