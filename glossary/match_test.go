package glossary

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// matchCase is a glossary and a text in which the occurrences to be found stand in
// brackets: [NATO] or, with its concept, [NATO|OTAN]. Nested ones are not marked.
type matchCase struct{ name, entries, text string }

// In the entries of a case, a line without a colon at the top level is of section terms.
var frenchCases = []matchCase{
	// elision
	{"elision straight", "organisations: {OTAN: NATO}", "l'[OTAN], d'[OTAN], qu'[OTAN], jusqu'[OTAN]"},
	{"elision curly", "organisations: {OTAN: NATO}", "L’[OTAN] lorsqu’[OTAN]"},
	{"elision other apostrophes", "terms: {arbre: tree}", "lʼ[arbre] l′[arbre] l＇[arbre]"},
	{"apostrophe of no elision", "terms: {hui: x}", "aujourd'hui aujourd’hui"},
	{"apostrophe within a name", "people: {Brien: x}", "O'Brien"},
	{"single quotation marks", "organisations: {OTAN: NATO}", "‘[OTAN]’ et '[OTAN]'"},
	// contraction
	{"contraction singular", "places: {Le Caire: Cairo}", "Il va au [Caire], vient du [Caire], aime [Le Caire] et [le Caire]"},
	{"contraction plural", "places: {Les Mureaux: x}", "aux [Mureaux], des [Mureaux], [Les Mureaux]"},
	{"no contraction of persons", "people: {Le Corbusier: x}", "de [Le Corbusier], du Corbusier"},
	{"no contraction of what is kept", "keep: [Le Monde]", "la Coupe du Monde, [Le Monde]"},
	// spaces, hyphens
	{"no-break spaces", "places: {Corée du Sud: South Korea}", "[Corée\u00a0du\u202fSud]"},
	{"line break", "places: {Corée du Sud: South Korea}", "[Corée\ndu Sud] Corée\n\ndu Sud"},
	{"hyphen for space", "terms: {assurance maladie: x}", "l'[assurance-maladie]"},
	{"space for hyphen", "terms: {cessez-le-feu: x}", "un [cessez le feu]"},
	{"no-break hyphen", "terms: {cessez-le-feu: x}", "un [cessez\u2011le\u2010feu]"},
	{"comma is no gap", "terms: {assurance maladie: x}", "assurance, maladie"},
	// Unicode
	{"decomposed text", "terms: {réfugié: refugee}", "un [re\u0301fugie\u0301]"},
	{"decomposed term", "terms: {\"re\u0301fugie\u0301\": refugee}", "un [réfugié]"},
	{"ligature", "terms: {œuvre: work}", "une [œuvre], une [oeuvre], une [Œuvre]"},
	{"ligature in the text only", "terms: {coeur: heart}", "le [cœur]"},
	{"invisible characters", "terms: {contrat: contract}", "[contr\u200bat], [con\u00adtrat], [con\u2060trat], [co\u034fntrat]"},
	{"homoglyph", "terms: {contrat: contract}", "с\u043entrat c\u043entrat [contrat]"},
	{"length-changing capitals", "places: {İstanbul: x}", "ı [İstanbul] ẞ"},
	// accents
	{"capital without accent", "places: {États-Unis: x}", "les [Etats-Unis], les [États-Unis], les [ÉTATS-UNIS], les [ETATS-UNIS]"},
	{"small letter without accent", "terms: {pêche: fishing}", "la pèche, le péché, la peche, la [pêche]"},
	{"capital accents in the glossary missing", "places: {Etats-Unis: x}", "les [États-Unis]"},
	// case
	{"sentence-initial", "terms: {cessez-le-feu: x}", "[Cessez-le-feu] rompu"},
	{"headline", "terms: {mise en demeure: x}", "[MISE EN DEMEURE] ET [MISES EN DEMEURE]"},
	{"name in capitals", "places: {Alep: Aleppo}", "[ALEP] TOMBE, [Alep] tombe, alep"},
	{"capital required", "people: {Colin: x}", "[Colin] mange du colin"},
	{"small words of a name in any case", "organisations: {Armée syrienne libre: x}", "l'[Armée Syrienne Libre], l'[Armée syrienne libre], l'armée syrienne libre"},
	{"Le Monde and le monde", "keep: [Le Monde]", "[Le Monde] dit que tout le monde, Le monde"},
	{"acronym exact", "organisations: {OTAN: NATO}", "[OTAN], Otan, otan"},
	{"dotted acronym", "organisations: {ONU: UN}", "l'[O.N.U.] et l'[ONU] et [O.N.U]"},
	{"dotted in the glossary", "organisations: {U.R.S.S.: USSR}", "l'[URSS] et l'[U.R.S.S.]"},
	{"case any", "organisations: {OTAN: {en: NATO, case: any}}", "l'[Otan], l'[OTAN]"},
	{"case exact", "terms: {Web: {en: web, case: exact}}", "le [Web], le web, le WEB"},
	// words
	{"not inside a word", "terms: {art: art}", "partent, artiste, l'[art], [art]."},
	{"not inside a compound", "terms: {parole: x}", "le porte-parole, la [parole]"},
	{"inside a free compound", "terms: {médicament: x}", "ce [médicament]-là"},
	{"underscore", "terms: {art: art}", "mon_art art_1"},
	{"URL", "keep: [Google]", "https://Google.com/Google www.Google.fr [Google] (http://x.y/Google)"},
	{"e-mail and handle", "keep: [Google]", "Google@example.org info@Google.com @Google #[Google]"},
	{"domain", "keep: [Google]", "Google.com [Google]."},
	{"a sign is no word", "terms: {'%': {en: percent, whole-word: no}, '&': and}", "10 % & plus"},
	{"whole-word no", "terms: {nucléaire: {en: nuclear, whole-word: no}}", "anti[nucléaire] [nucléaires]"},
	// grammar
	{"plural", "terms: {médicament: drug}", "des [médicaments]"},
	{"plural in -aux", "terms: {journal: x, travail: y}", "des [journaux], des [travaux]"},
	{"feminine", "terms: {réfugié: refugee}", "une [réfugiée], des [réfugiées]"},
	{"no feminine of a thing", "terms: {droit: law}", "la droite, le [droit]"},
	{"agreement", "terms: {centrale nucléaire: x}", "des [centrales nucléaires]"},
	{"complement stays", "terms: {mise en demeure: x}", "les [mises en demeure]"},
	{"complement with apostrophe", "terms: {chef d'État: x}", "des [chefs d’État]"},
	{"compound", "terms: {porte-parole: x}", "les [porte-parole], les [porte-paroles]"},
	{"noun after noun", "terms: {zone euro: x}", "des [zones euro]"},
	{"plural to singular", "terms: {soins intensifs: x}", "un [soin intensif]"},
	{"plural alone stays", "terms: {échecs: chess}", "un échec, des [échecs]"},
	{"names are not inflected", "places: {Suisse: x}", "les Suisses, la [Suisse]"},
	{"verb", "terms: {licencier: {en: lay off, pos: verb}}", "il [licencie], ils ont [licencié], elle fut [licenciée]"},
	{"verb known by its form", "terms: {mettre en demeure: x}", "il [met en demeure], il a [mis en demeure]"},
	{"noun that looks like a verb", "terms: {arme: weapon}", "des [armes], il armait"},
	{"verb by the word before", "terms: {traité: treaty, demande: request, marché: market}", "Il demande, elle a traité, ils ont marché; qui ne demande rien; la [demande], un [traité], le [marché], a [demande]"},
	{"verb wanted after a pronoun", "terms: {licencier: lay off}", "il [licencie]"},
	{"forms given", "terms: {réfugié: {en: refugee, forms: {fr: [réfugiés]}}}", "les [réfugiés], la réfugiée"},
	{"inflect no", "terms: {art: {en: art, inflect: no}}", "l'[art], les arts"},
	// context
	{"when", "terms: {bourse (finance): {en: x, when: [cotation, action]}, bourse (études): {en: y, when: [étudiant]}}", "La [bourse|bourse (finance)] et ses actions."},
	{"when other", "terms: {bourse (finance): {en: x, when: [cotation, action]}, bourse (études): {en: y, when: [étudiant]}}", "Une [bourse|bourse (études)] pour étudiante."},
	{"when none", "terms: {bourse (finance): {en: x, when: [cotation]}}", "Sa bourse est vide."},
	{"context wins", "terms: {bourse: purse, bourse (finance): {en: x, when: [cotation]}}", "La cotation en [bourse|bourse (finance)]"},
	{"unless", "terms: {monde: {en: world, unless: [tout le monde]}}", "Tout le monde aime le [monde]."},
	{"sense label is not matched", "places: {Tours (ville): Tours}", "à [Tours]"},
	// overlap
	{"longest is main", "terms: {guerre: war, guerre civile: civil war}", "la [guerre civile|guerre civile]"},
	{"overlapping, not nested", "terms: {chef de guerre: x, guerre civile: y}", "un [chef de {guerre] civile}"},
	{"own part goes", "organisations: {ONU (Organisation des Nations unies): {en: UN, fr: [Nations unies]}}", "l'[Organisation des Nations unies]"},
}

var englishCases = []matchCase{
	{"plural", "terms: {x: tariff}", "[tariffs] and a [tariff]"},
	{"plural of the head", "terms: {x: head of state}", "[heads of state]"},
	{"plural in -ies", "terms: {x: treaty}", "[treaties]"},
	{"plural irregular", "terms: {x: spokesman}", "[spokesmen]"},
	{"possessive", "organisations: {x: NATO}", "[NATO]'s, [NATO]’s"},
	{"possessive plural", "terms: {x: refugee}", "the [refugees]' tents, a [refugee]'s tent"},
	{"-ise and -ize", "terms: {x: globalisation, y: organize}", "[globalization], [organise]"},
	{"British and American", "terms: {x: defence minister, y: centre}", "[Defense ministers], the [center]"},
	{"hyphen", "terms: {x: cease-fire}", "a [cease fire], [cease-fires]"},
	{"dotted", "places: {x: US}", "[U.S.], [US], us"},
	{"accents optional", "places: {x: Québec}", "[Quebec], [Québec]"},
	{"forbidden are found", "terms: {x: {en: ceasefire, avoid: stop fire}}", "a [stop fire]"},
	{"verb", "terms: {x: {en: lay off, pos: verb}}", "[lays off], [laid off], [laying off]"},
	{"not inside a word", "terms: {x: art}", "part, [art]"},
}

func compileCase(t testing.TB, entries string, lang language.Tag) *Matcher {
	t.Helper()
	g, err := Load(File{"case.yaml", []byte("glossary: {source: fr, target: en}\n" + entries + "\n")})
	if err != nil {
		t.Fatal(err)
	}
	m, err := g.Compile(lang)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// marked strips the brackets of a case's text and returns the occurrences they mark.
func marked(text string) (plain string, want []string) {
	var b strings.Builder
	var open []int
	names := false
	var name strings.Builder
	for _, r := range text {
		switch {
		case r == '[' || r == '{':
			open = append(open, b.Len())
		case r == '|':
			names = true
		case r == ']' || r == '}':
			start := open[0]
			open = open[1:]
			want = append(want, fmt.Sprintf("%d-%d %s", start, b.Len(), name.String()))
			names = false
			name.Reset()
		case names:
			name.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), want
}

func TestFind(t *testing.T) {
	for _, group := range []struct {
		lang  language.Tag
		cases []matchCase
	}{{language.French, frenchCases}, {language.English, englishCases}} {
		for _, c := range group.cases {
			t.Run(group.lang.String()+"/"+c.name, func(t *testing.T) {
				m := compileCase(t, c.entries, group.lang)
				text, want := marked(c.text)
				var got []string
				for _, o := range m.Find(text) {
					if o.Nested {
						continue
					}
					name := ""
					if strings.Contains(c.text, "|") {
						_, name, _ = strings.Cut(o.Concept.ID, "/")
					}
					got = append(got, fmt.Sprintf("%d-%d %s", o.Start, o.End, name))
				}
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%q\n got %q\nwant %q", text, show(text, got), show(text, want))
				}
			})
		}
	}
}

// show adds to each span the text it covers.
func show(text string, spans []string) []string {
	var shown []string
	for _, s := range spans {
		var start, end int
		fmt.Sscanf(s, "%d-%d", &start, &end)
		shown = append(shown, s+" "+text[start:end])
	}
	return shown
}

// A language without a grammar of its own is matched as written, whatever stands before
// an apostrophe.
func TestOtherLanguage(t *testing.T) {
	g := &Glossary{Source: language.Italian, Concepts: []*Concept{
		{ID: "x", Type: Terms, Terms: map[language.Tag][]Term{language.Italian: {{Text: "arte"}}}},
	}}
	m, err := g.Compile(language.Italian)
	if err != nil {
		t.Fatal(err)
	}
	if found := m.Find("dell'Arte, parte, arti"); len(found) != 1 {
		t.Errorf("%v", found)
	}
}

// TestAllows: what a target term depends on is looked for in the source.
func TestAllows(t *testing.T) {
	g, err := Load(File{"f.yaml", []byte(sample)})
	if err != nil {
		t.Fatal(err)
	}
	m, err := g.Compile(language.French)
	if err != nil {
		t.Fatal(err)
	}
	secretary := &g.Concepts[7].Terms[language.English][2]
	for text, want := range map[string]bool{
		"le ministre américain des Affaires étrangères": true,
		"la ministre américaine":                        true,
		"le ministre turc":                              false,
	} {
		if got := m.Allows(secretary, text); got != want {
			t.Errorf("%q allows %q: %v", text, secretary.Text, got)
		}
	}
}

func BenchmarkFindSegment(b *testing.B) {
	m := everything(b, language.French, frenchCases)
	text := "Les mises en demeure de l’OTAN et des États-Unis n’ont pas mené à un cessez-le-feu à Alep."
	b.SetBytes(int64(len(text)))
	var found []Occurrence
	for b.Loop() {
		if found = m.Append(found[:0], text); len(found) < 4 {
			b.Fatal(found)
		}
	}
}

func TestCompileTooLong(t *testing.T) {
	long := strings.Repeat("mot ", 49)
	for _, term := range []Term{
		{Text: long},
		{Text: strings.Repeat("a", maxTerm+1)},
		{Text: "mot", Forms: []string{long}},
		{Text: "mot", Forms: []string{strings.Repeat("a", 100_000)}},
	} {
		g := &Glossary{Concepts: []*Concept{{Type: Terms, Terms: map[language.Tag][]Term{language.French: {term}}}}}
		if m, err := g.Compile(language.French); err == nil || m != nil {
			t.Errorf("%.20s: accepted", term.Text)
		}
	}
}
