// Package glossary keeps a bilingual glossary (concepts with their terms, in YAML files
// under git) and recognises its terms in running text.
//
// Load reads the files into a Glossary; Compile makes an immutable Matcher for one of its
// languages; Find yields occurrences with byte spans in the text as it is. The package
// imports nothing of the house: offsets are plain ints.
package glossary

import (
	"time"

	"golang.org/x/text/language"
)

// Type is a concept's kind; it decides how its terms are matched (see Rule).
type Type string

const (
	People        Type = "people"
	Places        Type = "places"
	Organisations Type = "organisations"
	Works         Type = "works"
	Events        Type = "events"
	Terms         Type = "terms"
	Keep          Type = "keep" // not to be translated: must survive verbatim
)

// Status is a term's standing within its concept (ISO 30042, administrative status).
type Status uint8

const (
	Preferred  Status = iota // the term to use
	Admitted                 // accepted as well
	Deprecated               // no longer to be used: found in old texts
	Forbidden                // never to be used (the file's avoid:)
)

// Approval is how far an entry has come in review (the file's status:).
type Approval string

const (
	Proposed   Approval = "proposed"
	Approved   Approval = "approved"
	Retired    Approval = "deprecated"
	Unreviewed Approval = "" // not said
)

// Place is where something stands in a glossary file: 1-based, columns in runes.
type Place struct {
	File         string
	Line, Column int
}

// Term is one designation of a concept in one language.
type Term struct {
	Text   string
	Status Status
	// When and Unless are context: the term counts only in a text where one of When
	// occurs, and never where it lies within one of the phrases Unless. On a source term
	// both speak of the text it is found in; on a target term When speaks of the source
	// segment (see Matcher.Allows) and Unless of the target's own text.
	When, Unless []string
	// Forms are the inflected forms to match instead of the built-in inflection.
	Forms  []string
	POS    string // noun, verb, adjective …; empty: decided from the lexicon
	Gender string // m or f, may be empty
	Number string // singular or plural, may be empty

	// Case, Inflect and Whole override the matching rule of the concept's type where the
	// entry says so; their zero values leave it as it is (see Concept.Rule).
	Case    Case
	Inflect Choice
	Whole   Choice
	Place   Place
}

// Concept is one entry: a thing, and its terms in each language. The first term of a
// language with status Preferred is the preferred one.
type Concept struct {
	ID     string
	Type   Type
	Sense  string // the lower-case qualifier of its key, "(ville)"; never matched
	Terms  map[language.Tag][]Term
	Status Approval

	Definition, Note, Example, Source, URL, Domain string

	Since, Until time.Time // zero where not said; Until is the last day it holds
	Place        Place
}

// Preferred returns the preferred term in a language (or its closest relative in the
// concept: en for en-GB), and whether there is one.
func (c *Concept) Preferred(lang language.Tag) (Term, bool) {
	for _, t := range c.In(lang) {
		if t.Status == Preferred {
			return t, true
		}
	}
	return Term{}, false
}

// In returns the concept's terms in a language, falling back from a regional tag to its
// parents (en-GB, en). The slice is the concept's own.
func (c *Concept) In(lang language.Tag) []Term {
	for tag := lang; ; tag = tag.Parent() {
		if terms, ok := c.Terms[tag]; ok {
			return terms
		}
		if tag == language.Und {
			return nil
		}
	}
}

// Glossary is a set of concepts, in the order of their files. It is not changed once
// loaded, and safe for concurrent use.
type Glossary struct {
	Source   language.Tag
	Targets  []language.Tag
	Domain   string
	Concepts []*Concept
}
