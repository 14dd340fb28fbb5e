package check

// empty finds units whose target was left empty.
var empty = Rule{
	Code: "empty", Severity: Error,
	Before: Pair{"La guerre continue.", ""},
	After:  Pair{"La guerre continue.", "The war goes on."},
	Cases:  []Case{{Pair: Pair{"", ""}}, {Pair: Pair{"12", " "}, Have: []string{""}}},
	unit: func(x *context) {
		if x.untranslated() && len(x.source.words) > 0 {
			x.report(Finding{Side: Target})
		}
	},
}
