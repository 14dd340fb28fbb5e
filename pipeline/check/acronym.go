package check

// acronymFirstUse finds acronyms that a document uses before it has spelt them out: at
// the first use the full name must stand in the same unit.
var acronymFirstUse = Rule{
	Code: "acronym-first-use", Severity: Warning, OptIn: true,
	Before: Pair{"L'Armée syrienne libre avance.", "The FSA advances."},
	After:  Pair{"L'Armée syrienne libre avance.", "The Free Syrian Army (FSA) advances."},
	batch:  func(*Checker) collector { return &firstUses{known: map[acronymKey]bool{}} },
}

// firstUses remembers which acronyms each document has spelt out or used.
type firstUses struct {
	known map[acronymKey]bool
	found []firstUse
}

type acronymKey struct{ file, document, concept string }

type firstUse struct {
	unit int
	f    Finding
}

func (u *firstUses) add(unit int, x *context) {
	for _, w := range x.termsOf().wanted {
		key := acronymKey{x.unit.Place.File, x.unit.Document, w.concept.ID}
		if len(w.answers) == 0 || u.known[key] {
			continue
		}
		full := fullName(x, &w)
		if full == "" {
			continue
		}
		u.known[key] = true
		bare := true
		for _, a := range w.answers {
			bare = bare && isAcronym(a.Term.Text)
		}
		if bare {
			here := spanOf(w.answers[0])
			u.found = append(u.found, firstUse{unit, Finding{
				Concept: w.concept.ID, Side: Target, Start: here.Start, End: here.End, Other: w.source[0],
				Have: here.In(x.target.raw), Want: full + " (" + here.In(x.target.raw) + ")",
			}})
		}
	}
}

func (u *firstUses) findings(report func(int, Finding)) {
	for _, f := range u.found {
		report(f.unit, f.f)
	}
}

// fullName is the concept's first approved target that is no acronym, where it has an
// acronym too.
func fullName(x *context, w *wanted) string {
	full, short := "", false
	for _, name := range w.names(x) {
		switch {
		case isAcronym(name):
			short = true
		case full == "":
			full = name
		}
	}
	if !short {
		return ""
	}
	return full
}

func isAcronym(s string) bool {
	words := cutWords(s)
	return len(words) == 1 && words[0].caps
}
