package check

// termForbidden finds targets that the glossary says to avoid, where the source has the
// concept. A forbidden word that is also another concept's approved term, and called for,
// is none.
var termForbidden = Rule{
	Code: "term-forbidden", Severity: Error,
	Before: Pair{"Les Unités de défense du peuple avancent.", "The People's Defence Units advance."},
	After:  Pair{"Les Unités de défense du peuple avancent.", "The People's Protection Units advance."},
	unit:   func(x *context) { x.reportTerms(forbidden) },
}
