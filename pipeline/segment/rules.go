package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// verdict is what a rule says of a site.
type verdict struct {
	ends bool
	rule string
	odds float64
	said []Clue
}

func (v verdict) decision(at int) Decision {
	return Decision{At: at, Break: v.ends, Rule: v.rule, Odds: v.odds, Evidence: v.said}
}

// judge decides whether a segment ends at the site.
func (w *walker) judge(s *site) verdict {
	for i := range rules {
		switch rules[i].says(w.Segmenter, s) {
		case ends:
			return verdict{ends: true, rule: rules[i].name}
		case goesOn:
			return verdict{rule: rules[i].name}
		}
	}
	return verdict{ends: true, rule: "full-stop"}
}

type opinion uint8

const (
	none opinion = iota
	ends
	goesOn
)

// rule is one reason to end a sentence, or not to.
type rule struct {
	name string
	says func(*Segmenter, *site) opinion
}

// rules are asked in order; the first that has an opinion decides. A site that no rule
// has an opinion of ends the sentence.
var rules = []rule{
	{"user", func(g *Segmenter, s *site) opinion { return g.user.says(s.text, s.place) }},
	{"wide-mark", func(g *Segmenter, s *site) opinion { return when(s.mark == fullwide, ends) }},
	{"punctuation-follows", punctuationFollows},
	{"list-dash", listDash},
	{"lower-case-starter", lowerCaseStarter},
	{"question-before-lower-case", questionBeforeLowerCase},
	{"lower-case-follows", lowerCaseFollows},
	{"bracketed-mark", bracketedMark},
	{"question", func(g *Segmenter, s *site) opinion { return when(s.mark == strong, ends) }},
	{"ellipsis", ellipsisRule},
	{"bracketed-abbreviation", bracketedAbbreviation},
	{"closed", func(g *Segmenter, s *site) opinion { return when(s.closer != 0, ends) }},
	{"numbering", numbering},
	{"abbreviation", abbreviationRule},
	{"initial", initial},
	{"acronym", acronym},
	{"ordinal", ordinal},
}

func when(holds bool, o opinion) opinion {
	if holds {
		return o
	}
	return none
}

func punctuationFollows(_ *Segmenter, s *site) opinion {
	r, n := utf8.DecodeRuneInString(s.text[s.next:])
	closes := r == '»' && !opens(s.text[s.next+n:])
	return when(closes || strings.ContainsRune(",;:)]}%”/=+<>|&", r) || markOf(r) == period, goesOn)
}

// listDash: a full stop, then a dash, then a word in lower case: an item of a list.
func listDash(g *Segmenter, s *site) opinion {
	dash := s.opener != 0 && isDash(s.opener) && (unicode.IsLower(s.first) || unicode.IsDigit(s.first))
	return when(dash && s.mark == period && s.closer == 0 && g.table.classOf(s) == plain && utf8.RuneCountInString(s.before) > 2, ends)
}

// lowerCaseStarter: "à" behind a full stop is the "À" that a French keyboard lacks, a web
// address has no capital, and who types English in a hurry uses none at all.
func lowerCaseStarter(g *Segmenter, s *site) opinion {
	if s.mark != period || s.closer != 0 || !unicode.IsLower(s.first) || !isPlainWord(s.before) || g.table.classOf(s) != plain {
		return none
	}
	rest := s.text[s.word:]
	address := strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "www.")
	return when(address || g.table.uncapped["*"] || g.table.uncapped[s.nextWord()], ends)
}

// isPlainWord reports whether the word is four letters or more, in lower case but for the
// first: what is shorter may be an abbreviation that no table has.
func isPlainWord(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsLower(r) && (n > 0 || !unicode.IsUpper(r)) {
			return false
		}
		n++
	}
	return n > 3
}

// questionBeforeLowerCase: a language that always puts speech in quotes, as English does
// and French does not, has no "Quoi ? dit-il": without a closing quote the mark ends a
// sentence even before lower case.
func questionBeforeLowerCase(g *Segmenter, s *site) opinion {
	quoted := g.table.quoted && s.mark == strong && s.closer == 0 && s.opener == 0
	return when(quoted && unicode.IsLower(s.first) && !strings.HasSuffix(s.text[s.from:s.term], "("), ends)
}

// lowerCaseFollows: a sentence does not begin in lower case, unless the word is a name
// such as iPhone.
func lowerCaseFollows(_ *Segmenter, s *site) opinion {
	if !unicode.IsLower(s.first) {
		return none
	}
	_, n := utf8.DecodeRuneInString(s.text[s.word:])
	second, _ := utf8.DecodeRuneInString(s.text[s.word+n:])
	return when(!unicode.IsUpper(second), goesOn)
}

// bracketedMark: (!) and (?) comment on a word.
func bracketedMark(_ *Segmenter, s *site) opinion {
	return when(s.mark == strong && s.term > s.from && strings.HasPrefix(s.text[s.after:], ")") && s.text[s.term-1] == '(', goesOn)
}

// ellipsisRule: an ellipsis ends a sentence before a capital, but not at the sentence's
// own beginning, nor in brackets, where it stands for words left out.
func ellipsisRule(g *Segmenter, s *site) opinion {
	switch {
	case s.mark != ellipsis:
		return none
	case strings.Trim(s.text[s.from:s.term], "[(") == "", unicode.IsDigit(s.first):
		return goesOn
	case s.term > s.from && (s.text[s.term-1] == '[' || s.text[s.term-1] == '('):
		if g.table.starts(s.nextWord()) {
			return ends
		}
		return goesOn
	}
	return ends
}

// bracketedAbbreviation: "(dir.) Paris": an abbreviation alone in brackets.
func bracketedAbbreviation(g *Segmenter, s *site) opinion {
	if s.mark != period || s.closer != ')' || s.prev == s.from || s.text[s.prev-1] != '(' {
		return none
	}
	return when(g.table.classOf(s) != plain, goesOn)
}

// numbering: 1. a. IV. at the beginning of a segment number what follows.
func numbering(_ *Segmenter, s *site) opinion {
	if s.prev != s.from || s.before == "" || len(s.before) > 5 {
		return none
	}
	return when(isLabel(s.text[s.prev:s.after]), goesOn)
}

func abbreviationRule(g *Segmenter, s *site) opinion {
	switch g.table.classOf(s) {
	case never:
		return goesOn
	case beforeNumber:
		return when(unicode.IsDigit(s.first) || isRoman(s.nextWord()), goesOn)
	case beforeCapital:
		return when(!g.table.starts(s.nextWord()), goesOn)
	case maybeFinal:
		if g.table.starts(s.nextWord()) || s.opener == '«' || s.opener == '“' || isDash(s.opener) {
			return ends
		}
		return goesOn
	}
	return none
}

func isRoman(word string) bool { return word != "" && strings.Trim(word, "IVXLC") == "" }

// initial: A. B. Dupont, J.-P. Sartre. A single letter ends a sentence only before a word
// that begins sentences, and behind a number (30 F.) or a word in lower case (point A.).
// A letter behind an apostrophe or a stroke is no initial: can't. km/h.
func initial(g *Segmenter, s *site) opinion {
	r, n := utf8.DecodeRuneInString(s.before)
	if n == 0 || n != len(s.before) || !unicode.IsLetter(r) || g.table.letters[s.before] {
		return none
	}
	if s.prev > s.from && strings.IndexByte("'/\x99", s.text[s.prev-1]) >= 0 {
		return when(unicode.IsUpper(r), goesOn)
	}
	if g.table.starts(s.nextWord()) {
		behind := firstRune(s.text[wordStart(s.text, s.from, max(s.from, s.prev-1)):])
		if unicode.IsLower(behind) || unicode.IsDigit(behind) {
			return ends
		}
	}
	return goesOn
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// acronym: U.S.A., J.-C., a.m.: letters with full stops between them.
func acronym(g *Segmenter, s *site) opinion {
	letters, dots := 0, 0
	for _, r := range s.before {
		switch {
		case r == '.':
			dots++
		case r == '-':
		case unicode.IsLetter(r):
			letters++
		default:
			return none
		}
	}
	if dots == 0 || letters > dots+2 {
		return none
	}
	if g.table.starts(s.nextWord()) {
		return ends
	}
	return goesOn
}

// ordinal: in some languages a full stop behind a number makes it an ordinal.
func ordinal(g *Segmenter, s *site) opinion {
	if !g.table.ordinals || len(s.before) > 2 || s.before == "" || strings.Trim(s.before, "0123456789") != "" {
		return none
	}
	return when(!g.table.starts(s.nextWord()), goesOn)
}
