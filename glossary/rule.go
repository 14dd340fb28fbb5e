package glossary

// Case says which letters of a text may differ in case from those of a term.
type Case uint8

const (
	ByType  Case = iota // not said: as the concept's type has it
	AnyCase             // café, Café and CAFÉ are one
	Capital             // a word that has a capital in the term must have it: Alep, ALEP, never alep
	Exact               // letter by letter: OTAN, never Otan; Le Monde, never LE MONDE
)

// Choice is a yes, a no, or nothing said.
type Choice uint8

const (
	Unsaid Choice = iota
	Yes
	No
)

// Rule is how the terms of a concept are matched. It follows from the concept's type,
// and each of its parts can be overridden by the entry:
//
//	people, places, organisations, works, events   Capital, not inflected
//	terms                                          AnyCase, inflected
//	keep                                           Exact, not inflected
//
// Under Capital a word written all in capitals (OTAN) is an acronym: all its capitals are
// required, dots or none. A leading article may be small (le Caire for Le Caire).
type Rule struct {
	Case    Case // never ByType
	Inflect bool // match the forms that grammar gives, not only the term as written
	Whole   bool // match whole words only
}

var typeRules = map[Type]Rule{
	People:        {Capital, false, true},
	Places:        {Capital, false, true},
	Organisations: {Capital, false, true},
	Works:         {Capital, false, true},
	Events:        {Capital, false, true},
	Terms:         {AnyCase, true, true},
	Keep:          {Exact, false, true},
}

// Rule returns how the concept's term t is matched.
func (c *Concept) Rule(t *Term) Rule {
	rule, known := typeRules[c.Type]
	if !known {
		rule = typeRules[Terms]
	}
	if t.Case != ByType {
		rule.Case = t.Case
	}
	rule.Inflect = t.Inflect.or(rule.Inflect)
	rule.Whole = t.Whole.or(rule.Whole)
	return rule
}

func (c Choice) or(usual bool) bool {
	if c == Unsaid {
		return usual
	}
	return c == Yes
}
