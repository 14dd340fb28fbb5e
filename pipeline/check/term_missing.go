package check

// termMissing finds concepts of the source for which the target has no approved term.
// What stands in its place is named where it can be told: a misspelling of the term, or
// the term of another concept that the source does not mention.
//
// The finding is an advisory where the neighbouring segment has the term, a word of the
// same family or the head noun alone stands there, or a pronoun may stand for it.
var termMissing = Rule{
	Code: "term-missing", Severity: Error,
	Before: Pair{"L'OTAN avance.", "The Treaty advances."},
	After:  Pair{"L'OTAN avance.", "NATO advances."},
	unit:   func(x *context) { x.reportTerms(missing) },
}
