package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"drogman/glossary/lexicon"
)

// grammar is what phrases are made of in a language.
type grammar struct {
	lexicon func() *lexicon.Lexicon // may be nil
	// functional words are never part of a phrase, but for the links between two nouns.
	functional, links, everyday, determiners map[string]bool
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var french = &grammar{
	lexicon:     lexicon.French,
	links:       set("de d du des à au aux en la l le les"),
	determiners: set("le la les l un une des du au aux ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos deux trois quatre cinq plusieurs quelques chaque"),
	functional: set(`le la les l un une des du de d à au aux en et ou ni mais or car donc que qu qui quoi dont où
		ce c cet cette ces celui celle ceux celles ça cela ceci il ils elle elles on nous vous je j tu t me m te se s lui leur leurs y
		mon ma mes ton ta tes son sa ses notre nos votre vos ne n pas plus moins point jamais rien aucun aucune nul nulle
		si comme quand lorsque puisque parce alors ainsi aussi encore déjà toujours souvent parfois très trop peu assez bien mal
		tout toute tous toutes même mêmes autre autres quel quelle quels quelles quelque quelques plusieurs chaque certain certaine certains certaines
		être est sont était étaient sera seront soit été étant avoir a ont avait avaient aura auront ayant eu faire fait font faisait
		par pour sur sous dans avec sans vers chez entre contre depuis pendant avant après devant derrière selon malgré dès jusque jusqu outre
		hier demain ici là voici voilà afin cependant toutefois pourtant ensuite enfin puis notamment seulement surtout près loin
		deux trois quatre cinq six sept huit neuf dix cent mille million millions milliard milliards premier première dernier dernière
		peut peuvent doit doivent va vont dit dire autant beaucoup tant tel telle tels telles nouveau nouvelle nouveaux nouvelles grand grande grands grandes
		petit petite petits petites bon bonne bons bonnes lui-même elle-même eux-mêmes celui-ci celle-ci non oui m mme mm dr aujourd hui`),
	everyday: set(`fois chose jour an année mois semaine heure minute moment temps part cas fait manière façon lieu point nombre partie
		suite fin début cours côté vie monde homme femme gens personne enfant exemple sorte type raison effet place question mot main
		niveau ensemble besoin reste sein cause but sens idée problème million milliard pays ville lundi mardi mercredi jeudi vendredi samedi
		dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre matin soir nuit euro dollar
		effort tentative nord sud est ouest centre région action activité situation déclaration décision demande réponse idée avis
		intérêt rôle objectif nature force forme cadre domaine secteur service membre groupe équipe responsable directeur
		résultat étude information donnée système programme projet plan travail développement changement évolution augmentation
		réduction manque absence présence existence possibilité difficulté capacité importance qualité valeur prix coût taux
		nom terme histoire passé avenir futur présent époque siècle période date âge génération famille mère père fils fille
		plupart grâce aide face travers fond tête mise prise titre base mesure compte rapport égard lors`),
}

var english = &grammar{
	links:       set("of"),
	determiners: set("the a an this that these those its his her their our your my every each"),
	functional: set(`the a an and or nor but if of to in on at by for with from as into onto than then that this these those which who whom whose
		what when where why how is are was were be been being am do does did has have had having will would shall should can could may might must
		not no it its he him his she her hers they them their theirs we us our ours you your yours i me my mine there here so such very too also
		more most less least some any all both each every either neither other another many much few own same only just about after before
		between against during without within upon under over through per via one two three four five six seven eight nine ten
		s t re ve ll d says up down out off again further once while because until yet still already however`),
	everyday: set("time year day way thing man woman people part case number week month hour minute place point fact lot end world life example kind sort question word hand"),
}

var bare = &grammar{functional: map[string]bool{}, links: map[string]bool{}, everyday: map[string]bool{}}

func languageOf(tag language.Tag) *grammar {
	switch base, _ := tag.Base(); base.String() {
	case "fr":
		return french
	case "en":
		return english
	}
	return bare
}

// token is one word of a text.
type token struct {
	text       string
	lower      string
	lemma      string
	start, end int  // bytes
	joined     bool // only white space or an apostrophe stands before it
	first      bool // begins the segment
	kind       kind
}

type kind uint8

const (
	functional kind = iota
	nominal         // may be part of a phrase
	participle      // a verb that may qualify the noun before it: pont suspendu
	verbal          // only a verb
	number
)

// content: the word counts as one of a phrase.
func (t *token) content() bool { return t.kind == nominal || t.kind == participle }

// capital: the word has a capital, at the latest behind a particle: Assad, el-Assad.
func (t *token) capital() bool {
	text := t.text
	if particle, rest, ok := strings.Cut(text, "-"); ok && particles[particle] {
		text = rest
	}
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// tokenize cuts a text into words. A hyphen stays within its word, an apostrophe ends it.
func tokenize(text string, lang *grammar) []token {
	var tokens []token
	last, start := 0, -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		between := strings.TrimSpace(text[last:start])
		t := token{text: text[start:end], start: start, end: end, first: len(tokens) == 0, joined: between == "" || between == "'" || between == "’"}
		lang.classify(&t)
		tokens = append(tokens, t)
		last, start = end, -1
	}
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || start >= 0 && (r == '-' || r == '\u2011') && i+1 < len(text) && isWordByte(text[i+utf8.RuneLen(r):])
		inside = inside || start >= 0 && r == '.' && dotted(text[start:i], text[i+1:])
		if inside && start < 0 {
			start = i
		} else if !inside {
			flush(i)
		}
	}
	flush(len(text))
	return tokens
}

// dotted: the full stop belongs to an acronym, U.S. or O.N.U.: single capitals before it,
// and another after it or a full stop before.
func dotted(before, after string) bool {
	parts := strings.Split(before, ".")
	for _, p := range parts {
		if utf8.RuneCountInString(p) != 1 || p != strings.ToUpper(p) {
			return false
		}
	}
	next, _ := utf8.DecodeRuneInString(after)
	return len(parts) > 1 || unicode.IsUpper(next) && strings.HasPrefix(after[utf8.RuneLen(next):], ".")
}

func isWordByte(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// classify gives a token its kind and its lemma: that of its nominal reading.
func (g *grammar) classify(t *token) {
	t.lower = norm.NFC.String(strings.ToLower(strings.ReplaceAll(t.text, "\u2011", "-")))
	t.lemma = t.lower
	switch {
	case g.functional[t.lower] && !acronym(t.text):
		t.kind = functional
		return
	case strings.ContainsFunc(t.text, unicode.IsDigit):
		t.kind = number
		return
	}
	t.kind = nominal
	if g.lexicon == nil {
		t.lemma = strings.TrimSuffix(t.lower, "s")
		return
	}
	readings := g.lexicon().Analyse(t.lower)
	for _, r := range readings {
		if r.Kind == lexicon.Nominal {
			t.lemma = r.Lemma()
			return
		}
	}
	if len(readings) > 0 {
		t.kind = verbal
		t.lemma = readings[0].Lemma()
		if participles.MatchString(t.lower) {
			t.kind = participle
		}
	}
}

// participles are the endings of French past participles that no finite form shares.
var participles = regexp.MustCompile(`(é|ée|és|ées|i|ie|ies|u|ue|us|ues)$`)

// acronym: WHO is not who.
func acronym(s string) bool { return utf8.RuneCountInString(s) > 1 && s == strings.ToUpper(s) }

// phrase is a run of tokens, [start, end).
type phrase struct{ start, end int }

// maxWords bounds the content words of a term.
const maxWords = 5

// phrases returns the noun phrases of a text and the phrases within them. One is a noun
// with the nouns, adjectives and linked nouns after it (French: droit international
// humanitaire, cour de justice) or before it (English). Every run between two content
// words is a candidate; the counts will tell.
func (g *grammar) phrases(tokens []token) []phrase {
	var list []phrase
	for i := range tokens {
		if !g.begins(&tokens[i]) {
			continue
		}
		words := 0
		for j := i; j < len(tokens) && words < maxWords; j++ {
			t := &tokens[j]
			if j > i && !t.joined || t.capital() && !t.first {
				break
			}
			if t.content() {
				words++
				if words > 1 || !g.everyday[t.lemma] && !g.everyday[t.lower] {
					list = append(list, phrase{i, j + 1})
				}
			} else if !g.links[t.lower] || j == i {
				break
			}
		}
	}
	return list
}

func (g *grammar) begins(t *token) bool {
	return t.kind == nominal && utf8.RuneCountInString(t.text) > 2 && !(t.capital() && !t.first)
}

// mustBeNoun: a word with a determiner before it and no word of a phrase after it is a
// noun. Where the language's determiners are not known every word is.
func (g *grammar) mustBeNoun(tokens []token, p phrase) bool {
	if g.determiners == nil {
		return true
	}
	after := p.end < len(tokens) && tokens[p.end].joined && tokens[p.end].content()
	return p.start > 0 && tokens[p.start].joined && g.determiners[tokens[p.start-1].lower] && !after
}

// key is what the forms of a phrase share: the lemmas of its words, links included.
func (g *grammar) key(tokens []token) string {
	var words []string
	for _, t := range tokens {
		if t.content() {
			words = append(words, t.lemma)
		} else {
			words = append(words, linkKey(t.lower))
		}
	}
	return strings.Join(words, " ")
}

// linkKey: de, d', du and des are one link with or without an article.
func linkKey(link string) string {
	switch link {
	case "d", "du", "des":
		return "de"
	case "au", "aux":
		return "à"
	}
	return link
}

var particles = set("de du des d al el ben bin ibn abou abu oum umm la le les l of the")

// names returns the runs of words with a capital that do not owe it to the beginning of a
// sentence. A word that begins one is part of a name if its neighbour is, or if the
// lexicon does not know it.
func (g *grammar) names(tokens []token) []phrase {
	var list []phrase
	for i := 0; i < len(tokens); i++ {
		if !g.named(tokens, i) {
			continue
		}
		end := i + 1
		for j := i + 1; j < len(tokens) && tokens[j].joined; j++ {
			if tokens[j].capital() && tokens[j].kind != functional {
				end = j + 1
			} else if !particles[tokens[j].lower] || j-end > 1 {
				break
			}
		}
		list = append(list, phrase{i, g.qualified(tokens, i, end)})
		i = end - 1
	}
	return list
}

// qualified extends a name that begins with a common noun, as those of institutions do,
// by up to two words that qualify it: Affaires étrangères, Union européenne.
func (g *grammar) qualified(tokens []token, start, end int) int {
	if g.lexicon == nil || tokens[start].first || !g.lexicon().Has(tokens[start].lower) {
		return end
	}
	for n := 0; n < 2 && end < len(tokens) && tokens[end].joined && tokens[end].content(); n++ {
		end++
	}
	return end
}

func (g *grammar) named(tokens []token, i int) bool {
	t := &tokens[i]
	if !t.capital() || t.kind == functional || utf8.RuneCountInString(t.text) < 2 {
		return false
	}
	if !t.first && t.joined {
		return true
	}
	known := g.lexicon == nil || g.lexicon().Has(t.lower)
	return !known || i+1 < len(tokens) && tokens[i+1].joined && tokens[i+1].capital() && tokens[i+1].kind != functional
}

// skeleton is what the spellings of one name share: Bachar el-Assad and Bashar al-Assad.
// Accents, case, hyphens and doubled letters go; what transliterations of Arabic and
// Russian write differently becomes one.
func skeleton(name string) string {
	var letters []rune
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		if unicode.IsLetter(r) && (len(letters) == 0 || letters[len(letters)-1] != r) {
			letters = append(letters, r)
		}
		if unicode.IsSpace(r) && len(letters) > 0 && letters[len(letters)-1] != ' ' {
			letters = append(letters, ' ')
		}
	}
	s := transliterations.Replace(" " + string(letters))
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(strings.Fields(s), func(w string) bool { return w == "al" }), " "))
}

var transliterations = strings.NewReplacer(" el ", " al ", " el", " al", " al", " al", "tch", "c", "sch", "s", "sh", "s", "ch", "s",
	"kh", "k", "gh", "g", "dj", "j", "ou", "u", "oo", "u", "ei", "i", "ai", "i", "ey", "i", "y", "i", "q", "k", "w", "v", "ph", "f", "th", "t", "dh", "d", "e", "i", "o", "u")
