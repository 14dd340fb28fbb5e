package bitext

// For the laws of the roads that lead through this package.
var (
	HardUnits  = hardUnits
	HardTexts  = hardTexts
	Written    = written
	Spliceable = spliceable
	SameUnit   = sameUnit
)
