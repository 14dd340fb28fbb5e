package glossary

import (
	"strings"
	"unicode/utf8"
)

// English. The rules are the tables of this file; their cases are in inflect_test.go.

var english = &grammar{
	elided:       set(""),
	articles:     set("the The"),
	possessive:   true,
	plainLetters: true,
	inflect:      inflectEnglish,
	spellings:    spellEnglish,
}

var (
	// englishPrepositions, and the words of a clause, end the head of a term: heads of state.
	englishPrepositions = set("of in for to at by on with from under against without into over between that which who")

	// englishPlurals do not follow the rules; those in -man, -person and the like are
	// found by their ending.
	englishPlurals = map[string]string{
		"man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet",
		"tooth": "teeth", "goose": "geese", "mouse": "mice", "ox": "oxen", "criterion": "criteria",
		"phenomenon": "phenomena", "datum": "data", "medium": "media", "bacterium": "bacteria",
		"stratum": "strata", "curriculum": "curricula", "appendix": "appendices", "index": "indices",
		"matrix": "matrices", "vertex": "vertices", "fungus": "fungi", "stimulus": "stimuli",
		"nucleus": "nuclei", "alumnus": "alumni", "life": "lives", "wife": "wives", "knife": "knives",
		"leaf": "leaves", "half": "halves", "shelf": "shelves", "thief": "thieves", "wolf": "wolves",
		"loaf": "loaves", "self": "selves", "calf": "calves", "elf": "elves", "hero": "heroes",
		"potato": "potatoes", "tomato": "tomatoes", "veto": "vetoes", "echo": "echoes",
		"embargo": "embargoes", "torpedo": "torpedoes", "quiz": "quizzes",
	}
	// englishSingulars is englishPlurals the other way round.
	englishSingulars = func() map[string]string {
		m := make(map[string]string, len(englishPlurals))
		for singular, plural := range englishPlurals {
			m[plural] = singular
		}
		return m
	}()
	englishInvariable = set(`sheep deer fish species series aircraft spacecraft offspring information
		equipment news headquarters`)
	manWords = set("german human roman norman ottoman shaman talisman caiman")

	// sibilants take -es.
	sibilants = []string{"s", "x", "z", "ch", "sh"}
)

// inflectEnglish returns the forms of an English term: the head, the last word before
// the first preposition, in the singular and the plural; of a verb, its first word with
// -s, -ed and -ing. A term of one word written in the plural stays in it. Possessives are
// a matter of borders.
func inflectEnglish(t *Term) []string {
	words := strings.Split(t.Text, " ")
	head := len(words) - 1
	for i, w := range words {
		if i > 0 && englishPrepositions[w] {
			head = i - 1
			break
		}
	}
	if t.POS == "verb" {
		head = 0
	}
	before, word, after := strings.Join(words[:head], " "), words[head], strings.Join(words[head+1:], " ")
	if isCapitals(word) {
		return withHead(before, after, []string{word, word + "s"})
	}
	if word == "" || !isLetters(word) {
		return nil
	}
	return withHead(before, after, englishForms(word, t, len(words) > 1))
}

func isLetters(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return fold(r).class != inWord && !isHyphen(r) && !isApostrophe(r) })
}

func withHead(before, after string, heads []string) []string {
	var forms []string
	for _, h := range heads {
		forms = append(forms, strings.TrimSpace(before+" "+h+" "+after))
	}
	return forms
}

func englishForms(word string, t *Term, many bool) []string {
	switch {
	case t.POS == "verb":
		return englishVerb(word)
	case t.POS == "adjective" || t.Number == "singular":
		return []string{word}
	}
	if singular := englishSingular(word); singular != "" {
		if !many || t.Number == "plural" {
			return []string{word}
		}
		return []string{word, singular}
	}
	return []string{word, englishPlural(word)}
}

// englishPlural returns the plural of a noun, written like it.
func englishPlural(word string) string {
	small := strings.ToLower(word)
	if englishInvariable[small] {
		return word
	}
	for cut := 0; cut < len(small); cut++ {
		if !utf8.RuneStart(small[cut]) || manWords[small] {
			continue
		}
		tail := small[cut:]
		whole := cut == 0 || tail == "man" || tail == "woman" || tail == "person" || tail == "child" || small[cut-1] == '-'
		if p, ok := englishPlurals[tail]; ok && whole {
			return word[:cut] + likeWritten(p, word[cut:])
		}
	}
	n := len(word)
	switch {
	case strings.HasSuffix(small, "sis"):
		return word[:n-2] + "es"
	case hasEnding(small, sibilants):
		return word + "es"
	case strings.HasSuffix(small, "y") && n > 1 && !strings.ContainsRune("aeiou", rune(small[n-2])):
		return word[:n-1] + "ies"
	}
	return word + "s"
}

// englishSingular returns the singular of a noun in the plural, empty where the word does
// not look like one.
func englishSingular(word string) string {
	small := strings.ToLower(word)
	if singular, ok := englishSingulars[small]; ok {
		return likeWritten(singular, word)
	}
	n := len(word)
	switch {
	case !strings.HasSuffix(small, "s") || n < 4 || englishInvariable[small]:
		return ""
	case hasEnding(small, []string{"ss", "us", "is", "ics", "ous"}):
		return ""
	case strings.HasSuffix(small, "ies") && n > 4:
		return word[:n-3] + "y"
	case strings.HasSuffix(small, "es") && hasEnding(small[:n-2], []string{"ss", "x", "ch", "sh", "zz"}):
		return word[:n-2]
	}
	return word[:n-1]
}

var strongVerbs = map[string][]string{
	"buy": {"bought"}, "sell": {"sold"}, "pay": {"paid"}, "make": {"made"}, "take": {"took", "taken"},
	"give": {"gave", "given"}, "hold": {"held"}, "keep": {"kept"}, "lead": {"led"}, "lay": {"laid"},
	"leave": {"left"}, "lose": {"lost"}, "meet": {"met"}, "seek": {"sought"}, "send": {"sent"},
	"spend": {"spent"}, "stand": {"stood"}, "strike": {"struck"}, "swear": {"swore", "sworn"},
	"teach": {"taught"}, "think": {"thought"}, "win": {"won"}, "withdraw": {"withdrew", "withdrawn"},
	"write": {"wrote", "written"}, "bring": {"brought"}, "build": {"built"}, "choose": {"chose", "chosen"},
	"draw": {"drew", "drawn"}, "drive": {"drove", "driven"}, "fall": {"fell", "fallen"},
	"find": {"found"}, "fight": {"fought"}, "get": {"got"}, "go": {"went", "gone"}, "know": {"knew", "known"},
	"run": {"ran"}, "say": {"said"}, "see": {"saw", "seen"}, "set": {}, "put": {}, "cut": {}, "shut": {},
	"speak": {"spoke", "spoken"}, "steal": {"stole", "stolen"}, "break": {"broke", "broken"},
	"become": {"became"}, "begin": {"began", "begun"}, "come": {"came"}, "shoot": {"shot"}, "lend": {"lent"},
}

// englishVerb returns the forms of a verb: -s, the past, the participles.
func englishVerb(word string) []string {
	small := strings.ToLower(word)
	third := englishPlural(word)
	stem, past := word, word+"ed"
	switch {
	case doublesLast(small):
		stem = word + small[len(small)-1:]
		past = stem + "ed"
	case strings.HasSuffix(small, "ee"):
		past = word + "d"
	case strings.HasSuffix(small, "e"):
		stem = word[:len(word)-1]
		past = stem + "ed"
	case strings.HasSuffix(third, "ies"):
		past = word[:len(word)-1] + "ied"
	}
	forms := []string{word, third, stem + "ing"}
	if irregular, ok := strongVerbs[small]; ok {
		return append(forms, irregular...)
	}
	return append(forms, past)
}

// stressedEndings are those of longer verbs that double their last letter: refer, admit.
var stressedEndings = []string{"fer", "mit", "cur", "pel", "bel", "gret", "rol"}

// doublesLast reports whether a verb doubles its last letter before -ed and -ing: a
// consonant after one stressed vowel.
func doublesLast(verb string) bool {
	n := len(verb)
	if n < 3 || !isConsonant(verb[n-1]) || isConsonant(verb[n-2]) || !isConsonant(verb[n-3]) || strings.ContainsRune("wxy", rune(verb[n-1])) {
		return false
	}
	return !strings.ContainsAny(verb[:n-2], "aeiouy") || hasEnding(verb, stressedEndings)
}

func isConsonant(b byte) bool { return 'a' <= b && b <= 'z' && !strings.ContainsRune("aeiou", rune(b)) }

// British and American spellings, by word ending or whole word. The first is British.
var (
	spellingEndings = [][2]string{
		{"isation", "ization"}, {"isations", "izations"}, {"isational", "izational"},
		{"ise", "ize"}, {"ises", "izes"}, {"ised", "ized"}, {"ising", "izing"}, {"iser", "izer"}, {"isers", "izers"},
		{"yse", "yze"}, {"yses", "yzes"}, {"ysed", "yzed"}, {"ysing", "yzing"},
		{"lled", "led"}, {"lling", "ling"}, {"ller", "ler"}, {"llers", "lers"},
	}
	// doublesL are the verbs in an unstressed -l, which the British double.
	doublesL = set(`cancel channel counsel dial equal fuel initial jewel label level marvel medal model
		panel pedal quarrel rival shovel signal total towel travel tunnel`)
	// neverIze are words in -ise that have no -ize.
	neverIze = set(`advise advertise arise chastise circumcise comprise compromise concise demise despise
		devise disguise enterprise excise exercise expertise franchise guise improvise incise likewise
		merchandise noise otherwise paradise poise practise praise precise premise promise raise revise
		rise supervise surmise surprise televise treatise turquoise wise cruise bruise raiser riser miser
		adviser advisers promises rises exercises enterprises franchises premises surprises analyses
		paralyses praises noises cruises excises raised promised rising raising promising exercised
		exercising surprised surprising supervised supervising revised revising advised advising
		compromised compromising televised advertised advertising advertiser advertisers precised`)
	// spellingWords are pairs of whole words; where > stands between the two, the second
	// has other meanings that the first has not.
	spellingWords = pairs(`centre center; metre meter; kilometre kilometer; litre liter; theatre theater;
		fibre fiber; calibre caliber; sabre saber; spectre specter; manoeuvre maneuver; defence defense;
		offence offense; licence license; pretence pretense; colour color; labour labor; favour favor;
		honour honor; humour humor; neighbour neighbor; harbour harbor; armour armor; behaviour behavior;
		endeavour endeavor; rumour rumor; vapour vapor; tumour tumor; flavour flavor; odour odor;
		parlour parlor; savour savor; splendour splendor; vigour vigor; programme > program; cheque > check;
		grey gray; tyre > tire; plough plow; aluminium aluminum; sulphur sulfur; mould mold; catalogue catalog;
		dialogue dialog; analogue analog; kerb > curb; storey > story; pyjamas pajamas; sceptic skeptic;
		sceptical skeptical; anaemia anemia; haemorrhage hemorrhage; oestrogen estrogen; paediatric pediatric;
		foetus fetus; diarrhoea diarrhea; leukaemia leukemia; encyclopaedia encyclopedia; archaeology archeology;
		mediaeval medieval; aeroplane airplane; enrolment enrollment; fulfilment fulfillment; instalment installment;
		skilful skillful; judgement judgment; ageing aging; jewellery jewelry; moustache mustache; artefact artifact`)
)

// pairs reads "a b; c > d" into a map both ways, or from c to d alone; each word with
// its plural in -s.
func pairs(list string) map[string]string {
	m := map[string]string{}
	for _, pair := range strings.Split(list, ";") {
		w := strings.Fields(pair)
		british, american := w[0], w[len(w)-1]
		m[british], m[british+"s"] = american, american+"s"
		if len(w) == 2 {
			m[american], m[american+"s"] = british, british+"s"
		}
	}
	return m
}

// spellEnglish returns a form with each of its words in the other spelling.
func spellEnglish(form string) []string {
	words := strings.Split(form, " ")
	changed := false
	for i, w := range words {
		if other := otherSpelling(w); other != "" {
			words[i], changed = other, true
		}
	}
	if !changed {
		return nil
	}
	return []string{strings.Join(words, " ")}
}

func otherSpelling(word string) string {
	small := strings.ToLower(word)
	if other, ok := spellingWords[small]; ok {
		return likeWritten(other, word)
	}
	if neverIze[small] || len(small) < 6 {
		return ""
	}
	for _, e := range spellingEndings {
		for i := range e {
			stem, ok := strings.CutSuffix(small, e[i])
			if ok && len(stem) > 2 && (e[0][:2] != "ll" || doublesL[stem+"l"]) && (e[0][0] != 'i' || isConsonant(stem[len(stem)-1])) {
				return word[:len(stem)] + e[1-i]
			}
		}
	}
	return ""
}
