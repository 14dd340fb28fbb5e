package check

// termAmbiguous finds words that several concepts claim with equal right, where the
// target has the term of none of them and the context decides nothing.
var termAmbiguous = Rule{
	Code: "term-ambiguous", Severity: Advisory,
	Before: Pair{"Elle a obtenu une bourse.", "She obtained a purse."},
	After:  Pair{"Elle a obtenu une bourse.", "She obtained a scholarship."},
	unit:   func(x *context) { x.reportTerms(undecided) },
}
