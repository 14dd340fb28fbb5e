package bitext

import "slices"

// FittedCode is a code of a target: where it stands there, and which of the source's it is.
type FittedCode struct {
	Span  Span
	Index int // in the source's codes
}

// FitCodes settles which code of a source each code of its target is, by kind and ID. Every
// code must be there once, and no pair may cross another, but for two that cross in the source.
// Of a pair that two segments share, each has its half. Marks say something of the text and
// are left out on both sides. The error names the code at fault (CodeName) and has no place.
func FitCodes(sourceText string, source []Code, text string, target []Code) ([]FittedCode, *Error) {
	name := func(c Code) string { return CodeName(sourceText, source, c) }
	index := map[codeKey]int{}
	for i := len(source) - 1; i >= 0; i-- { // of several with one ID the first
		if c := source[i]; !c.Mark {
			index[c.key()] = i
		}
	}
	used := make([]bool, len(source))
	var out []FittedCode
	at := 0
	for _, c := range target {
		if c.Mark {
			continue
		}
		i, ok := index[c.key()]
		switch {
		case !ok:
			return nil, &Error{Code: "code-unknown", Have: name(c)}
		case used[i]:
			return nil, &Error{Code: "code-doubled", Have: name(source[i])}
		case c.Span.Start < at || c.Span.End < c.Span.Start || c.Span.End > len(text):
			return nil, &Error{Code: "code-misplaced", Have: name(source[i])}
		}
		used[i] = true
		at = c.Span.End
		out = append(out, FittedCode{c.Span, i})
	}
	if i, ok := newCrossing(source, target); ok {
		return nil, &Error{Code: "code-crossing", Have: name(source[index[target[i].key()]])}
	}
	for i, c := range source {
		if !c.Mark && !used[i] {
			return nil, &Error{Code: "code-missing", Want: name(c)}
		}
	}
	return out, nil
}

// newCrossing finds the first code of a target, all of whose codes the source has, that
// closes a pair before it opens, or before one within it closes, where the source does not.
func newCrossing(source, target []Code) (int, bool) {
	known := map[crossing]bool{}
	for _, c := range crossings(source) {
		known[c.crossing] = true
	}
	for _, c := range crossings(target) {
		if !known[c.crossing] {
			return c.at, true
		}
	}
	return 0, false
}

// crossing is a pair that closes while one opened within it is open (the last one opened);
// within is empty where the pair closes before it opens.
type crossing struct{ pair, within string }

type crossingAt struct {
	crossing
	at int // the index of the closing code
}

// crossings lists the pairs that cross. A half whose other half is not there crosses none.
func crossings(codes []Code) []crossingAt {
	opens, closes := map[string]bool{}, map[string]bool{}
	for _, c := range codes {
		if !c.Mark && c.Kind != Standalone {
			pick(c.Kind == Open, opens, closes)[c.ID] = true
		}
	}
	var found []crossingAt
	var open []string
	for i, c := range codes {
		if c.Mark || c.Kind == Standalone || !opens[c.ID] || !closes[c.ID] {
			continue
		}
		if c.Kind == Open {
			open = append(open, c.ID)
			continue
		}
		from := slices.Index(open, c.ID)
		if from < 0 {
			found = append(found, crossingAt{crossing{c.ID, ""}, i})
			continue
		}
		if within := open[len(open)-1]; within != c.ID {
			found = append(found, crossingAt{crossing{c.ID, within}, i})
		}
		open = slices.Delete(open, from, from+1)
	}
	return found
}

// ShownCodes finds those codes of a source whose sign is the text they show in a target that
// comes from a file which keeps no codes: {name} is {name} there too.
func ShownCodes(source string, codes []Code, target string) []Code {
	t := newTagSet(source, codes, nil)
	return inPlace(nil, t.find(target, nil))
}
