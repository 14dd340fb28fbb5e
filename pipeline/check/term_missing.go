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
	Cases: []Case{
		{Pair: Pair{"Le ministre américain des Affaires étrangères et le ministre des Affaires étrangères américain", "The foreign minister"}},
		{Pair: Pair{"Le ministre des Affaires étrangères américain part.", "The secretary of state is leaving."}},
		{Pair: Pair{"Le ministre des Affaires étrangères part.", "The secretary of state is leaving."}, Have: []string{""}},
		{Pair: Pair{"L'Allemagne et l'OTAN", "The German army and NATO"}, Soft: []string{""}},
		{Pair: Pair{"L'Armée syrienne libre avance.", "The army advances."}, Soft: []string{""}},
		{Pair: Pair{"L'Allemagne avance.", "Aleppo advances."}, Have: []string{"Aleppo"}},
		{Pair: Pair{"La ville d'Alep", "The city of Alepo"}, Have: []string{"Alepo"}},
		{Pair: Pair{"des menaces", "the threats"}}, // a form of one answer, not a slip in another
	},
	unit: func(x *context) { x.reportTerms(missing) },
}
