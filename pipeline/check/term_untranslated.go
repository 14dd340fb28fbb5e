package check

// termUntranslated finds terms that stand in the target as they stand in the source.
var termUntranslated = Rule{
	Code: "term-untranslated", Severity: Error,
	Before: Pair{"La bataille d'Alep.", "The battle of Alep."},
	After:  Pair{"La bataille d'Alep.", "The battle of Aleppo."},
	unit:   func(x *context) { x.reportTerms(leftInSource) },
}
