package check

const codeUnknownRule = "check-unknown-rule"

// Codes lists every code that an error of this package can carry. The codes of findings
// are those of Rules.
var Codes = []string{codeUnknownRule}
