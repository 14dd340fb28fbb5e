package check

// keepAltered finds names that were to survive letter by letter and did not.
var keepAltered = Rule{
	Code: "keep-altered", Severity: Error,
	Before: Pair{"Selon Al Jazeera, la ville est tombée.", "According to Al Jazira, the city has fallen."},
	After:  Pair{"Selon Al Jazeera, la ville est tombée.", "According to Al Jazeera, the city has fallen."},
	unit:   func(x *context) { x.reportTerms(alteredName) },
}
