package glossary

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// sectionTypes are the sections of a file, each a type of concept.
var sectionTypes = []string{
	string(People), string(Places), string(Organisations), string(Works), string(Events),
	string(Terms), string(Keep),
}

// An entry is the key and the value of one concept, before it is understood.
type entry struct {
	typ   Type
	id    string
	key   *node
	value *node
}

// maxTerm is the longest a term may be, in bytes. It bounds the walk of the matcher.
const maxTerm = 1000

// sections reads the concepts of one file.
func (l *loader) sections(root *node) {
	if root == nil || root.kind == null {
		return
	}
	if root.kind != mapping {
		l.fault(codeWantsMap, root.place, "", headerExample)
		return
	}
	for key, value := range root.pairs() {
		switch {
		case key.text == "glossary":
		case !slices.Contains(sectionTypes, key.text):
			l.fault(codeUnknownSection, key.place, key.text, Nearest(key.text, sectionTypes))
		default:
			l.section(Type(key.text), value)
		}
	}
}

func (l *loader) section(typ Type, value *node) {
	switch {
	case value.kind == mapping:
		for key, v := range value.pairs() {
			l.entry(typ, key, v)
		}
	case typ == Keep && value.kind == sequence:
		for _, item := range value.list() {
			l.kept(item)
		}
	case value.kind != null:
		l.fault(codeWantsMap, value.place, "", "OTAN: NATO")
	}
}

// kept reads an item of the keep list: a name, or `name: {unless: …}`.
func (l *loader) kept(item *node) {
	if item.kind == mapping {
		for key, v := range item.pairs() {
			l.entry(Keep, key, v)
		}
		return
	}
	l.scalar(item)
	l.entry(Keep, item, &node{place: item.place})
}

// entry notes an entry, or changes the one it refines.
func (l *loader) entry(typ Type, key, value *node) {
	names, sense := splitTerm(key.text)
	id := string(typ) + "/" + names[0]
	if sense != "" {
		id += " (" + sense + ")"
	}
	if v := value.value("id"); v != nil && l.scalar(v) != "" {
		id = v.text
	}
	first, known := l.byID[id]
	switch refines := l.yes(value.value("refine")); {
	case refines && !known:
		l.fault(codeNothingRefined, key.place, id, "")
	case refines:
		l.entries[first].value = overlay(l.longhand(l.entries[first].value), value)
	case known:
		l.faults = append(l.faults, &Error{Code: codeDuplicate, Place: key.place, Have: id, Want: l.entries[first].key.place.String()})
	default:
		l.byID[id] = len(l.entries)
		l.entries = append(l.entries, entry{typ, id, key, value})
	}
}

// longhand writes a short value, `OTAN: NATO`, as the map it stands for.
func (l *loader) longhand(value *node) *node {
	if value.kind == mapping || value.kind == null || len(l.glossary.Targets) == 0 {
		return value
	}
	key := node{kind: scalar, text: l.glossary.Targets[0].String(), place: value.place}
	return &node{kind: mapping, place: value.place, children: []node{key, *value}}
}

// overlay returns base with each field of change in place of its own.
func overlay(base, change *node) *node {
	merged := &node{kind: mapping, place: base.place, children: slices.Clone(base.children)}
fields:
	for key, value := range change.pairs() {
		if key.text == "refine" {
			continue
		}
		for i := 0; i < len(merged.children); i += 2 {
			if merged.children[i].text == key.text {
				merged.children[i+1] = *value
				continue fields
			}
		}
		merged.children = append(merged.children, *key, *value)
	}
	return merged
}

// splitTerm takes a key apart. "A (B)" with one of the two an acronym is two terms of one
// concept; "a (b)" with b in lower case is the term a in the sense b; anything else is one term.
func splitTerm(text string) (names []string, sense string) {
	open := strings.LastIndex(text, " (")
	if open <= 0 || !strings.HasSuffix(text, ")") {
		return []string{text}, ""
	}
	outer, inner := text[:open], text[open+2:len(text)-1]
	r, _ := utf8.DecodeRuneInString(inner)
	switch {
	case strings.ContainsAny(inner, "()") || strings.TrimSpace(outer) == "" || inner == "":
		return []string{text}, ""
	case isAcronym(outer) || isAcronym(inner):
		return []string{outer, inner}, ""
	case unicode.IsLower(r):
		return []string{outer}, inner
	}
	return []string{text}, ""
}

// isAcronym reports whether a name is one word of at least two letters, most of them
// capitals, dots aside: OTAN, O.N.U., G7, BiH, COVID-19.
func isAcronym(name string) bool {
	capitals, small := 0, 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			small++
		case !unicode.IsDigit(r) && !strings.ContainsRune(".-&/+", r):
			return false
		}
	}
	return capitals > small && utf8.RuneCountInString(name) >= 2
}

// The fields of an entry, in the order of the manual; languages are fields besides.
var entryFields = []string{
	"also", "avoid", "when", "unless", "forms", "pos", "gender", "number", "case", "inflect",
	"whole-word", "definition", "note", "example", "source", "url", "domain", "status", "since",
	"until", "id", "refine",
}

// concepts makes the concepts of all the entries.
func (l *loader) concepts() {
	l.glossary.Concepts = make([]*Concept, len(l.entries))
	for i := range l.entries {
		l.glossary.Concepts[i] = l.concept(&l.entries[i])
	}
}

func (l *loader) concept(e *entry) *Concept {
	c := &Concept{ID: e.id, Type: e.typ, Terms: map[language.Tag][]Term{}, Place: e.key.place}
	names, sense := splitTerm(e.key.text)
	c.Sense = sense
	for _, name := range names {
		l.add(c, l.glossary.Source, Term{Text: name, Place: e.key.place}, e.key)
	}
	if value := e.value; value.kind == mapping {
		l.fields(c, value)
	} else if value.kind != null {
		l.targets(c, value)
	}
	if e.typ == Keep {
		l.keepAsIs(c)
	}
	return c
}

// keepAsIs gives a concept of the keep section its own name in each target language
// where the entry gives none.
func (l *loader) keepAsIs(c *Concept) {
	for _, target := range l.glossary.Targets {
		if len(c.In(target)) > 0 {
			continue
		}
		for _, t := range c.Terms[l.glossary.Source] {
			t.When, t.Unless = nil, nil // they speak of the source
			c.Terms[target] = append(c.Terms[target], t)
		}
	}
}

// targets reads a short value: the terms of the only target language.
func (l *loader) targets(c *Concept, value *node) {
	if len(l.glossary.Targets) > 1 {
		l.fault(codeWantsMap, value.place, "", "{"+l.glossary.Targets[0].String()+": …}")
		return
	}
	for _, target := range l.glossary.Targets {
		l.terms(c, target, value, Preferred)
	}
}

// fields reads the map of an entry: first the terms, then what is said of them all.
func (l *loader) fields(c *Concept, value *node) {
	for key, v := range value.pairs() {
		switch lang, ok := l.language(key.text); {
		case ok && lang == l.glossary.Source:
			l.terms(c, lang, v, Admitted)
		case ok:
			l.terms(c, lang, v, Preferred)
		}
	}
	l.eachTarget(value.value("also"), func(lang language.Tag, v *node) { l.terms(c, lang, v, Admitted) })
	l.eachTarget(value.value("avoid"), func(lang language.Tag, v *node) { l.terms(c, lang, v, Forbidden) })
	for key, v := range value.pairs() {
		if _, ok := l.language(key.text); !ok {
			l.field(c, key, v)
		}
	}
}

// language tells whether a key names one of the glossary's languages or a relative of
// one (en-GB for en).
func (l *loader) language(key string) (language.Tag, bool) {
	if known, ok := l.languages[key]; ok {
		return known, known != language.Und
	}
	tag, ok := l.relative(key)
	if !ok {
		tag = language.Und
	}
	l.languages[key] = tag
	return tag, ok
}

// relative is language without its memory.
func (l *loader) relative(key string) (language.Tag, bool) {
	if len(key) < 2 || len(key) > 3 && key[2] != '-' && key[3] != '-' {
		return language.Und, false
	}
	tag, err := language.Parse(key)
	if err != nil {
		return tag, false
	}
	base, _ := tag.Base()
	for _, known := range append([]language.Tag{l.glossary.Source}, l.glossary.Targets...) {
		if b, _ := known.Base(); b == base {
			return tag, true
		}
	}
	return tag, false
}

// eachTarget calls f for a value of the only target language, or for each of a map by language.
func (l *loader) eachTarget(value *node, f func(language.Tag, *node)) {
	if value == nil {
		return
	}
	if l.byLanguage(value) {
		for key, v := range value.pairs() {
			lang, _ := l.language(key.text)
			f(lang, v)
		}
		return
	}
	if len(l.glossary.Targets) > 1 {
		l.fault(codeWantsMap, value.place, "", "{"+l.glossary.Targets[0].String()+": …}")
		return
	}
	for _, target := range l.glossary.Targets {
		f(target, value)
	}
}

// byLanguage reports whether a value is a map all of whose keys are languages.
func (l *loader) byLanguage(value *node) bool {
	if value.kind != mapping || len(value.children) == 0 {
		return false
	}
	for key := range value.pairs() {
		if _, ok := l.language(key.text); !ok {
			return false
		}
	}
	return true
}

// terms reads terms of one language: a text, a list of texts, or `text: {when: …}`.
// Of preferred terms the first is preferred and the others are admitted.
func (l *loader) terms(c *Concept, lang language.Tag, value *node, status Status) {
	for _, item := range value.list() {
		if item.kind == mapping {
			for key, v := range item.pairs() {
				l.term(c, lang, key, v, status)
			}
			continue
		}
		l.scalar(item)
		l.term(c, lang, item, nil, status)
	}
}

func (l *loader) term(c *Concept, lang language.Tag, text, fields *node, status Status) {
	names, _ := splitTerm(text.text)
	if len(names) == 1 {
		names[0] = text.text
	}
	for _, name := range names {
		t := Term{Text: name, Status: status, Place: text.place}
		for key, v := range fields.pairs() {
			l.termField(&t, key, v)
		}
		l.add(c, lang, t, text)
	}
}

// add appends a term to a concept, having looked that it can be one.
func (l *loader) add(c *Concept, lang language.Tag, t Term, where *node) {
	switch {
	case strings.TrimSpace(t.Text) == "":
		l.fault(codeEmptyTerm, where.place, t.Text, "")
		return
	case len(t.Text) > maxTerm:
		l.fault(codeLongTerm, where.place, firstRunes(t.Text, 20)+"…", "")
		return
	case strings.ContainsFunc(t.Text, unicode.IsControl):
		l.fault(codeBadValue, where.place, t.Text, strings.Map(printable, t.Text))
		return
	}
	if t.Status == Preferred && hasPreferred(c.Terms[lang]) {
		t.Status = Admitted
	}
	c.Terms[lang] = append(c.Terms[lang], t)
}

func hasPreferred(terms []Term) bool {
	return slices.ContainsFunc(terms, func(t Term) bool { return t.Status == Preferred })
}

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

var statusNames = []string{"preferred", "admitted", "deprecated", "forbidden"}

// String returns the status's name in ISO 12620: preferred, admitted, deprecated, forbidden.
func (s Status) String() string { return statusNames[s] }

var termFields = []string{
	"when", "unless", "forms", "pos", "gender", "number", "case", "inflect", "whole-word", "status",
}

// termField reads what is said of one term: `secretary of state: {when: [américain]}`.
func (l *loader) termField(t *Term, key, v *node) {
	if key.text == "status" {
		t.Status = Status(max(0, slices.Index(statusNames, l.oneOf(v, statusNames))))
		return
	}
	if key.text == "forms" {
		t.Forms = l.texts(v)
		return
	}
	if !l.grammar([]*Term{t}, key, v) {
		l.unknown(key, termFields)
	}
}

// grammar reads a field that may stand on an entry or on a term, and reports whether
// the key is one.
func (l *loader) grammar(terms []*Term, key, v *node) bool {
	var set func(*Term)
	switch key.text {
	case "when":
		words := l.texts(v)
		set = func(t *Term) { t.When = words }
	case "unless":
		phrases := l.texts(v)
		set = func(t *Term) { t.Unless = phrases }
	case "pos":
		pos := l.scalar(v)
		set = func(t *Term) { t.POS = pos }
	case "gender":
		gender := l.oneOf(v, []string{"m", "f"})
		set = func(t *Term) { t.Gender = gender }
	case "number":
		number := l.oneOf(v, []string{"singular", "plural"})
		set = func(t *Term) { t.Number = number }
	case "case":
		names := []string{"", "any", "capital", "exact"}
		c := Case(max(0, slices.Index(names, l.oneOf(v, names[1:]))))
		set = func(t *Term) { t.Case = c }
	case "inflect":
		choice := l.choice(v)
		set = func(t *Term) { t.Inflect = choice }
	case "whole-word":
		choice := l.choice(v)
		set = func(t *Term) { t.Whole = choice }
	default:
		return false
	}
	for _, t := range terms {
		set(t)
	}
	return true
}

// field reads a field of an entry.
func (l *loader) field(c *Concept, key, v *node) {
	if l.grammar(l.spokenOf(c, key.text), key, v) {
		return
	}
	switch key.text {
	case "also", "avoid", "id", "refine":
	case "forms":
		l.forms(c, v)
	case "definition":
		c.Definition = l.scalar(v)
	case "note":
		c.Note = l.scalar(v)
	case "example":
		c.Example = l.scalar(v)
	case "source":
		c.Source = l.scalar(v)
	case "url":
		c.URL = l.scalar(v)
	case "domain":
		c.Domain = l.scalar(v)
	case "status":
		c.Status = Approval(l.oneOf(v, []string{string(Proposed), string(Approved), string(Retired)}))
	case "since":
		c.Since = l.date(v)
	case "until":
		c.Until = l.date(v)
	default:
		l.unknown(key, append(slices.Clone(entryFields), l.glossary.Source.String(), l.glossary.Targets[0].String()))
	}
}

// spokenOf returns the terms that an entry's own field speaks of: its part of speech is
// that of every term, its gender, number and context those of the source terms, its
// matching rule that of all.
func (l *loader) spokenOf(c *Concept, field string) []*Term {
	var spoken []*Term
	for lang, terms := range c.Terms {
		switch field {
		case "when", "unless", "gender", "number":
			if lang != l.glossary.Source {
				continue
			}
		}
		for i := range terms {
			spoken = append(spoken, &terms[i])
		}
	}
	return spoken
}

// forms reads the forms of the first term of each language; of the source language
// where none is named.
func (l *loader) forms(c *Concept, v *node) {
	set := func(lang language.Tag, forms []string) {
		if terms := c.In(lang); len(terms) > 0 {
			terms[0].Forms = forms
		}
	}
	if !l.byLanguage(v) {
		set(l.glossary.Source, l.texts(v))
		return
	}
	for key, value := range v.pairs() {
		lang, _ := l.language(key.text)
		set(lang, l.texts(value))
	}
}

func (l *loader) texts(v *node) []string {
	var texts []string
	for _, item := range v.list() {
		texts = append(texts, l.scalar(item))
	}
	return texts
}

func (l *loader) oneOf(v *node, known []string) string {
	text := l.scalar(v)
	if v.kind == scalar && !slices.Contains(known, text) {
		l.fault(codeBadValue, v.place, text, strings.Join(known, ", "))
	}
	return text
}

func (l *loader) choice(v *node) Choice {
	switch l.oneOf(v, []string{"yes", "no", "true", "false"}) {
	case "yes", "true":
		return Yes
	}
	return No
}

// yes reads an optional truth value.
func (l *loader) yes(v *node) bool { return v != nil && l.choice(v) == Yes }

func (l *loader) date(v *node) time.Time {
	date, err := time.Parse(time.DateOnly, l.scalar(v))
	if err != nil && v.kind == scalar {
		l.fault(codeBadValue, v.place, v.text, "2025-01-29")
	}
	return date
}

// Nearest returns the known word that the fewest edits make of word, empty if that is
// more than half of it: what somebody who misspelt it meant. Of several, the first.
func Nearest(word string, known []string) string {
	best, least := "", max(1, utf8.RuneCountInString(word)/2)+1
	for _, k := range known {
		if d := distance([]rune(word), []rune(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of insertions, deletions and replacements between two words
// (Levenshtein), one row of the table at a time.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
