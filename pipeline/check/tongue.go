package check

import (
	"golang.org/x/text/language"
)

// tongue is what the rules must know of one language. A language without a table gets
// the zero tongue: digits are compared, nothing is claimed about words.
type tongue struct {
	decimal, group byte            // of numbers written in digits
	groupSpace     bool            // a space may part thousands
	cardinals      map[string]int  // spelt-out numbers below a hundred, by folded word
	ordinals       map[string]int  // first, second …
	scales         map[string]int  // powers of ten: thousand is 3
	collectives    map[string]int  // a dozen, une centaine: amounts that are often meant loosely
	ordinalMarks   map[string]bool // the tail of "13e", "21st"
	months         map[string]int
	units          map[string]string // words and signs after (or before) a number, by their common name
	hourMark       map[string]bool   // "h" of "20h30"
	meridiem       map[string]int    // hours to add: am is 0, pm is 12
	century        map[string]bool   // "siècle", "century"
	decade         map[string]int    // "sixties" is 60
	joiners        map[string]bool   // words inside a spelt-out number: "et", "and"
	between        map[string]bool   // words between the two ends of a range: "à", "to"
	vigesimal      bool              // quatre-vingts is four times twenty
	loose          map[string]bool   // number words that have other meanings: un, second

	function map[string]bool // words that betray the language: articles, prepositions, pronouns
	demonyms map[string]bool // what ends the adjectives of places after their common stem
	doubles  map[string]bool // words that are rightly written twice running
	guillets bool            // « » are this language's own quotes, a space stands before ; : ! ?
	pronouns map[string]bool // words that may stand for a noun named before, possessives too

	// spellings are how names written in this language regularly look in English, the
	// language through which names travel.
	spellings []correspondence
}

// correspondence is a pair of spellings, source and target, by which two languages
// regularly differ in names: "ou" and "u", "tch" and "ch"; $ is the end of the word.
type correspondence struct{ source, target string }

var (
	tongues = map[language.Base]*tongue{base("fr"): &french, base("en"): &english}
	foreign = &tongue{decimal: '.', group: ','}
)

func base(s string) language.Base { return language.MustParseBase(s) }

// tongueOf returns the table for a language, whatever its region.
func tongueOf(tag language.Tag) *tongue {
	b, _ := tag.Base()
	if t := tongues[b]; t != nil {
		return t
	}
	return foreign
}

// set makes a set of words from its arguments.
func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
