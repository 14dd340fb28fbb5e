package glossary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"drogman/glossary/lexicon"
)

// French. The rules are the tables of this file; their cases are in inflect_test.go.

var french = &grammar{
	elided:   set("l d j m t s n c qu jusqu lorsqu puisqu quoiqu quelqu"),
	articles: set("le la les l Le La Les L"),
	contractions: map[string][]string{
		"le":  {"du", "au"},
		"les": {"des", "aux"},
	},
	isWord:  func(w string) bool { return lexicon.French().Has(w) },
	isVerb:  isFrenchVerb,
	inflect: inflectFrench,
}

var (
	// beforeVerbs stand before a verb and never right before a noun.
	beforeVerbs = set("je j tu il elle on ils elles se s ne n me m te t Je J Tu Il Elle On Ils Elles Se S Ne N")
	// beforeParticiples stand before a participle, and before a noun only with an article between.
	beforeParticiples = set(`ai as a avons avez ont avais avait avions aviez avaient aura auras aurai
		aurons aurez auront aurais aurait aurions auriez auraient ait aient ayant eu avoir été`)
)

// isFrenchVerb tells the verb in il demande and a traité from the nouns demande and
// traité: by the word before it, and by there being such a verb.
func isFrenchVerb(t *Term, before, word string) bool {
	verb, participles := beforeVerbs[before], beforeParticiples[before]
	if !verb && !participles || t.POS == "verb" || onlyVerb(t.Text) {
		return false
	}
	word = foldWord(word)
	for _, a := range lexicon.French().Analyse(word) {
		if a.Kind != lexicon.Verbal || a.Lemma() == word {
			continue
		}
		four, _ := participle(word, a.Forms())
		isParticiple := four != nil && four[0].Text == word || strings.HasSuffix(word, "é")
		if verb && !isParticiple || participles && isParticiple {
			return true
		}
	}
	return false
}

func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

var (
	// frenchPrepositions begin a complement, which does not agree with the head.
	frenchPrepositions = set("de d du des à au aux en pour par sur sous sans avec contre entre dans hors chez vers")
	ofPrepositions     = set("de d")
	// frenchArticles fix the number of what follows them.
	frenchArticles = set("le la les l du des au aux un une")
	// frenchConjunctions join a second head: dommages et intérêts.
	frenchConjunctions = set("et ou")
	// frenchClauses begin what is no part of the noun phrase.
	frenchClauses = set("qui que dont où ayant étant no nº")
	// frenchPlurals are not in the lexicon with their singular.
	frenchPlurals = map[string]string{"œil": "yeux", "ciel": "cieux", "aïeul": "aïeux"}
	// frenchPrefixes do not vary before a hyphen.
	frenchPrefixes = set(`vice ex sous sur non mi demi semi anti auto avant après arrière contre
		entre extra inter intra hors macro méga micro mini mono multi néo outre para post pré pro
		pseudo quasi super supra télé trans ultra`)

	// masculineOnly are nouns whose feminine form, where French has one, is that of an
	// adjective or another noun: le droit, not la droite. They keep their gender.
	masculineOnly = set(`actif aérien bas bien but brut canon capital carré central collectif
		commercial commun complet concret continent contenant contenu correctif courant couvert
		dispositif double droit effectif exécutif explosif extérieur fait final fond fort frais
		froid général gras haut idéal imparfait impératif inconnu indicatif industriel intérieur
		intestin journal justificatif législatif liquide littoral local logiciel manuel manuscrit
		marin marginal matériel mandat mérite mineur moral mort moteur moyen muscle naturel négatif
		noir objectif officiel opéra ordinaire oral original parfait particulier passé passif
		patron pétrolier phosphate plan plant plastique plat plein plomb plural pluriel point
		positif possessif potentiel précédent présent préservatif principal privé profond produit
		public quart quotidien rationnel récit reçu régional relatif rond rouge sec secret second
		sérieux signal social solde spécial stimulant substantif sujet supplétif sûr terminal
		total travers vide vif virtuel vrai`)

	// epicene are nouns of persons with one form for both genders.
	epicene = set(`ministre secrétaire juge maire membre porte-parole gendarme capitaine maître
		élève guide camarade collègue concierge interprète locataire propriétaire notaire
		fonctionnaire commissaire militaire actionnaire partenaire bénéficiaire destinataire
		titulaire gestionnaire milliardaire millionnaire bibliothécaire libraire prestataire
		volontaire mandataire signataire stagiaire universitaire parlementaire révolutionnaire
		arbitre architecte astronaute athlète bénévole diplomate pilote poète chef cadre
		responsable comptable coupable malade adulte jeune pensionnaire adversaire`)
	epiceneEndings = []string{"iste", "logue", "crate", "graphe", "nome"}

	// adjectiveEndings are those of adjectives with one form for both genders, which agree
	// with their noun; a noun without them, after another, need not: zones euro, mots clés.
	adjectiveEndings = []string{"ique", "aire", "ible", "able", "uble", "ste", "oire", "estre", "ète", "ide", "ace", "ane", "phile", "phobe", "ème"}
)

// unit is a word of a term and what follows it up to the next: a space, a hyphen, an
// apostrophe. Compounds that the lexicon knows whole are one unit.
type unit struct{ word, after string }

// inflectFrench returns the forms of a French term.
//
// A verb is conjugated: the first word takes all forms of its paradigm. In a nominal
// term the head is all that stands before the first preposition; its words agree, and
// vary in number together, and in gender where the noun is that of a person. After a
// preposition nothing varies, but for an adjective there that may belong to the head
// (agences de presse nationales) and a noun after a bare de, which many write in the
// plural with it (conférences de presses). A term of one word written in the plural stays in it
// (échecs is not échec).
func inflectFrench(t *Term) []string {
	units := frenchUnits(t.Text)
	if len(units) == 0 {
		return nil
	}
	if t.POS == "verb" || t.POS == "" && onlyVerb(units[0].word) {
		return conjugate(units)
	}
	p := phrase{units: units, term: t}
	p.read()
	return p.forms()
}

// frenchUnits cuts a term into units.
func frenchUnits(text string) []unit {
	var units []unit
	for at := 0; ; {
		tok, ok := nextToken(text, at)
		if !ok {
			break
		}
		if len(units) == 0 && tok.start > 0 {
			return nil // begins with punctuation
		}
		if n := len(units); n > 0 {
			units[n-1].after = text[at:tok.start]
		}
		units = append(units, unit{word: text[tok.start:tok.end]})
		at = tok.end
		if n := len(units); n > 0 {
			units[n-1].after = text[at:]
		}
	}
	return joinCompounds(units)
}

// joinCompounds makes one unit of words that hyphens or apostrophes join into one the
// lexicon knows: porte-parole, aujourd'hui, arc-en-ciel.
func joinCompounds(units []unit) []unit {
	var out []unit
	for i := 0; i < len(units); {
		n := 1
		word := units[i].word
		joined := word
		for j := i; j+1 < len(units) && isJoint(units[j].after); j++ {
			joined += units[j].after + units[j+1].word
			if strings.Contains(joined, "-") && lexicon.French().Has(foldWord(joined)) {
				word, n = joined, j+2-i
			}
		}
		out = append(out, unit{word, units[i+n-1].after})
		i += n
	}
	return out
}

func isJoint(gap string) bool { g := gapOf(gap); return g == hyphen || g == apostrophe }

func onlyVerb(word string) bool {
	word = foldWord(word)
	analyses := lexicon.French().Analyse(word)
	return len(analyses) > 0 && analyses[0].Kind == lexicon.Verbal && analyses[0].Lemma() == word
}

func conjugate(units []unit) []string {
	var forms []string
	rest := units[0].after + join(units[1:])
	for _, a := range lexicon.French().Analyse(foldWord(units[0].word)) {
		if a.Kind != lexicon.Verbal {
			continue
		}
		for _, f := range a.Forms() {
			forms = append(forms, likeWritten(f.Text, units[0].word)+rest)
		}
	}
	return forms
}

func join(units []unit) string {
	var b strings.Builder
	for _, u := range units {
		b.WriteString(u.word)
		b.WriteString(u.after)
	}
	return b.String()
}

// role is how a unit of a nominal term varies.
type role uint8

const (
	frozen    role = iota // as written
	agreeing              // with the head, in number and gender
	apposed               // a noun after the head: with it, or as written
	adjoining             // an adjective after a complement: with the head, or as written
	following             // a noun after a bare de: as written, or in the plural with the head
)

// phrase is a nominal term read by grammar.
type phrase struct {
	units    []unit
	term     *Term
	roles    []role
	readings [][]lexicon.Form // of each unit; nil if frozen
	slots    []lexicon.Slot
	slot     lexicon.Slot // what the head can be as written
	person   bool         // the head may take the feminine
}

// state is what part of a term its next word belongs to.
type state uint8

const (
	inHead       state = iota
	inComplement       // after a bare preposition
	inFixed            // after an article, a clause, a bracket, a second preposition
)

// read gives each unit its role.
func (p *phrase) read() {
	n := len(p.units)
	p.roles, p.readings, p.slots = make([]role, n), make([][]lexicon.Form, n), make([]lexicon.Slot, n)
	p.slot = lexicon.Singular | lexicon.Plural
	at, since := inHead, 0
	for i, u := range p.units {
		w := strings.ToLower(u.word)
		switch {
		case i > 0 && (frenchArticles[w] || frenchClauses[w] || gapOf(p.units[i-1].after) == otherGap):
			at = inFixed
		case i > 0 && frenchPrepositions[w]:
			if at++; at > inFixed || !ofPrepositions[w] {
				at = inFixed
			}
			since = i
		case i > 0 && frenchConjunctions[w]:
			if at == inHead {
				since = i + 1
			}
		case at == inHead:
			p.headWord(i, since)
		case at == inComplement && i > since+1:
			p.assign(i, adjoining)
		case at == inComplement && !isProper(u.word):
			p.assign(i, following)
		}
	}
	p.person = p.isPerson()
}

func (p *phrase) headWord(i, since int) {
	u := p.units[i]
	switch {
	case u.after != "" && gapOf(u.after) == hyphen && (frenchPrefixes[strings.ToLower(u.word)] || startsVerb(u.word)):
		return
	case i > since && isProper(u.word):
		return
	}
	r := agreeing
	if i > since && !isAdjective(foldWord(u.word)) && p.hasNoun(since, i) {
		r = apposed
	}
	p.assign(i, r)
	if s := p.slot & p.slots[i]; p.roles[i] == agreeing && s != 0 {
		p.slot = s
	}
}

// hasNoun reports whether one of the units from since to i is more than an adjective.
func (p *phrase) hasNoun(since, i int) bool {
	return slices.ContainsFunc(p.units[since:i], func(u unit) bool { return !isAdjective(foldWord(u.word)) })
}

// startsVerb reports whether the first word of a compound is a verb, which does not vary:
// porte-conteneurs. A participle does: député-maire.
func startsVerb(word string) bool {
	analyses := lexicon.French().Analyse(foldWord(word))
	forms, _ := paradigm(foldWord(word))
	return len(forms) < 3 && len(analyses) > 0 && analyses[len(analyses)-1].Kind == lexicon.Verbal
}

// isProper reports whether a word that is not the first is a name: prix Nobel.
func isProper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// isAdjective reports whether a word has a form for each gender, or an ending of
// adjectives that have one for both. Many nouns do too (directeur).
func isAdjective(word string) bool {
	if forms, _ := paradigm(word); len(forms) > 2 {
		return true
	}
	return hasEnding(strings.TrimSuffix(word, "s"), adjectiveEndings)
}

// assign gives a unit a role and its paradigm, if it has one that varies.
func (p *phrase) assign(i int, r role) {
	word := foldWord(p.units[i].word)
	if isCapitals(p.units[i].word) {
		return
	}
	forms, slot := paradigm(word)
	if len(forms) > 1 {
		p.roles[i], p.readings[i], p.slots[i] = r, forms, slot
	}
}

// paradigm returns the nominal forms of a word and what the word itself is among them.
// Of several readings the one whose lemma is the word goes first; a participle is an
// adjective. A word the lexicon does not know takes the regular plural.
func paradigm(word string) ([]lexicon.Form, lexicon.Slot) {
	var best *lexicon.Analysis
	analyses := lexicon.French().Analyse(word)
	for i := range analyses {
		a := &analyses[i]
		if a.Kind == lexicon.Nominal && (best == nil || a.Lemma() == word && best.Lemma() != word) {
			best = a
		}
	}
	switch {
	case best != nil && frenchPlurals[word] != "":
		return append(best.Forms(), lexicon.Form{Text: frenchPlurals[word], Slots: lexicon.Plural}), best.Slots
	case best != nil:
		return best.Forms(), best.Slots
	case len(analyses) > 0:
		return participle(word, analyses[0].Forms())
	case strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }):
		return nil, 0
	}
	plural := frenchPlural(word)
	if plural == word {
		return nil, 0
	}
	return []lexicon.Form{{Text: word, Slots: lexicon.Singular}, {Text: plural, Slots: lexicon.Plural}}, lexicon.Singular
}

// participle returns the four forms of a past participle among those of its verb.
func participle(word string, forms []lexicon.Form) ([]lexicon.Form, lexicon.Slot) {
	has := func(text string) bool {
		return slices.ContainsFunc(forms, func(f lexicon.Form) bool { return f.Text == text })
	}
	for _, ending := range []string{"", "e", "s", "es"} {
		stem, ok := strings.CutSuffix(word, ending)
		if !ok || !has(stem+"e") || !has(stem+"es") {
			continue
		}
		four := []lexicon.Form{
			{Text: stem, Slots: lexicon.MasculineSingular}, {Text: stem + "s", Slots: lexicon.MasculinePlural},
			{Text: stem + "e", Slots: lexicon.FeminineSingular}, {Text: stem + "es", Slots: lexicon.FemininePlural},
		}
		if strings.HasSuffix(stem, "s") {
			four[1].Text = stem // mis
		}
		var slot lexicon.Slot
		for _, f := range four {
			if f.Text == word {
				slot |= f.Slots
			}
		}
		return four, slot
	}
	return nil, 0
}

// frenchPlural is the regular plural (Grevisse & Goosse, Le bon usage, §§ 514–517).
func frenchPlural(word string) string {
	for _, rule := range [][2]string{{"s", "s"}, {"x", "x"}, {"z", "z"}, {"eau", "eaux"}, {"eu", "eux"}, {"al", "aux"}} {
		if stem, ok := strings.CutSuffix(word, rule[0]); ok {
			return stem + rule[1]
		}
	}
	return word + "s"
}

// isPerson reports whether the head may take the feminine: it is an adjective by its own
// word, or each of its words can, and the first can be said of a person.
func (p *phrase) isPerson() bool {
	if p.term.Gender != "" || p.term.POS == "adjective" {
		return p.term.Gender == ""
	}
	first := 0
	for first+1 < len(p.units) && frenchPrefixes[strings.ToLower(p.units[first].word)] {
		first++
	}
	if p.roles[first] == frozen && !epicene[foldWord(p.units[first].word)] {
		return false
	}
	changes := false
	for i, r := range p.roles {
		if r != agreeing && r != apposed {
			continue
		}
		lemma := p.readings[i][0].Text
		switch {
		case len(p.readings[i]) > 2:
			if i == first && masculineOnly[lemma] {
				return false
			}
			changes = true
		case !epicene[lemma] && !hasEnding(lemma, epiceneEndings) && !(i > 0 && hasEnding(lemma, adjectiveEndings)):
			return false
		}
	}
	return changes
}

func hasEnding(word string, endings []string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(word, e) })
}

// maxForms is the most forms grammar makes of one term.
const maxForms = 64

// forms returns the forms of the term, one number and gender after the other.
func (p *phrase) forms() []string {
	var forms []string
	for _, s := range p.reachable() {
		forms = p.agree(forms, s, 0, "")
	}
	return forms
}

// reachable returns the numbers and genders the head can take.
func (p *phrase) reachable() []lexicon.Slot {
	numbers := []lexicon.Slot{lexicon.Singular, lexicon.Plural}
	switch {
	case p.term.Number == "singular":
		numbers = numbers[:1]
	case p.term.Number == "plural" || p.slot&lexicon.Singular == 0 && len(p.units) == 1:
		numbers = numbers[1:]
	}
	genders := []lexicon.Slot{p.slot}
	if p.person && p.slot&(lexicon.MasculineSingular|lexicon.MasculinePlural) != 0 {
		genders = []lexicon.Slot{lexicon.MasculineSingular | lexicon.MasculinePlural, lexicon.FeminineSingular | lexicon.FemininePlural}
	}
	var slots []lexicon.Slot
	for _, g := range genders {
		for _, n := range numbers {
			slots = append(slots, anyNumber(g)&n)
		}
	}
	return slots
}

// anyNumber widens a slot to both numbers of its genders.
func anyNumber(s lexicon.Slot) lexicon.Slot {
	var wide lexicon.Slot
	if s&(lexicon.MasculineSingular|lexicon.MasculinePlural) != 0 {
		wide |= lexicon.MasculineSingular | lexicon.MasculinePlural
	}
	if s&(lexicon.FeminineSingular|lexicon.FemininePlural) != 0 {
		wide |= lexicon.FeminineSingular | lexicon.FemininePlural
	}
	return wide
}

// agree appends the forms in which the head has the given slot, unit by unit.
func (p *phrase) agree(forms []string, slot lexicon.Slot, i int, so string) []string {
	if i == len(p.units) {
		if len(forms) >= maxForms || slices.Contains(forms, so) {
			return forms
		}
		return append(forms, so)
	}
	u := p.units[i]
	r := p.roles[i]
	if r != agreeing {
		forms = p.agree(forms, slot, i+1, so+u.word+u.after)
	}
	switch {
	case r == frozen, r >= adjoining && slot&lexicon.Singular != 0:
		return forms
	}
	for _, f := range p.readings[i] {
		if f.Slots&p.wanted(i, slot) != 0 {
			forms = p.agree(forms, slot, i+1, so+likeWritten(f.Text, u.word)+u.after)
		}
	}
	return forms
}

// wanted is what unit i must be for the head to have the given slot. What follows a
// preposition agrees in number alone and keeps its gender.
func (p *phrase) wanted(i int, slot lexicon.Slot) lexicon.Slot {
	if p.roles[i] < adjoining {
		return slot
	}
	return anyNumber(p.slots[i]) & lexicon.Plural
}

// likeWritten gives a form the capital of the word it stands for.
func likeWritten(form, written string) string {
	w, _ := utf8.DecodeRuneInString(written)
	if !unicode.IsUpper(w) {
		return form
	}
	r, size := utf8.DecodeRuneInString(form)
	return string(unicode.ToUpper(r)) + form[size:]
}
