package segment

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// A case is a text with ‖ wherever a segment ends within it.
type testCase struct{ name, text string }

var cases = map[language.Tag][]testCase{
	language.French: {
		{"full stop", "Le chat dort. ‖Le chien veille."},
		{"question and exclamation", "Vient-il ? ‖Oui ! ‖Il vient."},
		{"title before a name", "M. Dupont, Mme Durand et MM. Petit ont vu le Dr. Martin. ‖Me Colin aussi."},
		{"titles with full stops", "Mme. Roux, Mlle. Brun, Me. Colin, Pr. Noir et Mgr. Blanc sont là."},
		{"title at a line's end", "Le tribunal a entendu longuement la déposition de M.\nDupont sur ces faits. ‖Il est sorti."},
		{"article and paragraph", "Voir l'art. 3, al. 2, § 4 de la loi. ‖Il s'applique."},
		{"article with letter code", "L'art. L. 123-4 du code est abrogé. ‖Rien ne change."},
		{"page, figure, chapter, volume", "Cf. p. 12, pp. 13-14, fig. 3, chap. IV et vol. 2. ‖Fin."},
		{"number sign", "Le n° 5 et le no. 6 sont pris. ‖Le 7 est libre."},
		{"ibid", "Ibid., p. 45. ‖La suite manque."},
		{"ibid before a starter", "On lit la même chose ibid. ‖Le reste est perdu."},
		{"par exemple", "Des fruits, p. ex. Pommes et poires, sont vendus. ‖Bien."},
		{"c'est-à-dire", "Les autres, c.-à-d. Paul et Marie, sont restés. ‖Voilà."},
		{"etc. in the middle", "Des pommes, des poires, etc. sont vendues."},
		{"etc. at the end", "Des pommes, des poires, etc. ‖Les prix montent."},
		{"before Christ", "En 52 av. J.-C. à Alésia. ‖Il perdit."},
		{"before Christ at the end", "Il mourut en 44 av. J.-C. ‖Son neveu lui succéda."},
		{"initials", "J.-P. Sartre et A. B. Dupont ont écrit. ‖G. Sand aussi."},
		{"initial before an article", "Il s'arrêta au point A. ‖Le point B était loin."},
		{"month and weekday", "Le 3 janv. 2024 et le 4 févr. 2025. ‖Puis rien."},
		{"hour", "À 10 h. 30 il partit. ‖Il revint à 11 h. ‖Le soir tombait."},
		{"decimal and per cent", "Il a gagné 3,5 % de plus. ‖C'est peu."},
		{"thousands", "Ils sont 1 000 000. ‖Les autres sont 2.500."},
		{"acronym", "Les U.S.A. et l'O.N.U. ont signé. ‖La S.N.C.F. Non."},
		{"acronym at the end", "Il vit aux U.S.A. ‖Le reste suit."},
		{"version", "La version 2.0.1 est sortie. ‖La v. 3 suivra."},
		{"URL", "Voir www.exemple.fr/a.b?c=d. ‖Puis https://exemple.org."},
		{"e-mail", "Écrire à jean.dupont@exemple.fr. ‖Merci."},
		{"ellipsis before lower case", "Il hésita… puis partit... enfin. ‖Bien."},
		{"ellipsis before a capital", "Il hésita… ‖Puis il partit... ‖Enfin seul."},
		{"ellipsis at the beginning", "... Et il revint. ‖… Et elle aussi."},
		{"ellipsis in brackets", "Il est dit [...] que Paul viendra. ‖(…) Les autres suivent."},
		{"ellipsis with a space before it", "Il hésita … puis partit ! ‖Oui."},
		{"interrobang", "Quoi ?! ‖Il a dit non !? ‖Oui."},
		{"spaced marks", "Quoi ? ! ‖Il part … ! ‖Non."},
		{"question before lower case", "« — Quoi ? dit-il. » ‖Elle se tut."},
		{"exclamation before lower case", "Oh ! quelle surprise. ‖Hélas ! il est mort."},
		{"closer after a space", "Il a dit « oui. » ‖Puis il partit."},
		{"closer after a no-break space", "Il a dit « oui. » ‖Puis il partit."},
		{"closer with a full stop behind", "Il a dit « oui ! ». ‖Puis il partit."},
		{"closing quote begins nothing", "Il a dit : « Je pars. ‖Adieu. » ‖Puis rien."},
		{"quotation of several sentences", "« Il pleut. ‖Je reste. » ‖Elle sortit."},
		{"straight quotes", "Il a dit \"oui.\" ‖Puis il partit."},
		{"curly quotes", "Il a dit “oui.” ‖Puis il partit."},
		{"quote and speech verb", "« Viens ! » dit-il. ‖« Non. » ‖Elle resta."},
		{"round brackets", "Il vint (c'était lundi.) ‖Il repartit."},
		{"comment in brackets", "Il a bien (?) Dormi et (!) Mangé."},
		{"dialogue dash", "— Tu viens ? ‖— Non. ‖— Pourquoi ?"},
		{"dialogue lines", "— Tu viens ?\n‖— Non, dit-il.\n‖— Pourquoi ?"},
		{"numbered items", "Voici :\n‖1. Pommes\n‖2. Poires\n‖10) Prunes"},
		{"lettered items", "Voici :\n‖a) pommes ;\n‖b) poires."},
		{"bullets", "Voici :\n‖• pommes\n‖– poires\n‖- prunes"},
		{"numbering stays with its text", "1. Le premier point. ‖2. Le second point."},
		{"Roman numbering", "IV. Le quatrième point. ‖La suite."},
		{"degree numbering", "Sont exclus : 1° les mineurs ; 2° les absents. ‖Les autres votent."},
		{"headline without full stop", "Le gouvernement recule\n‖Paris, le 3 mai. ‖Le ministre a cédé."},
		{"heading before a paragraph", "Chapitre premier\n\n‖Il pleuvait ce jour-là."},
		{"footnote call, superscript", "Il pleuvait.² ‖Le vent soufflait."},
		{"footnote call, bracketed", "Il pleuvait.[3] ‖Le vent soufflait.[12] ‖Fin."},
		{"footnote call, plain", "Il pleuvait.4 ‖Le vent soufflait."},
		{"semicolon keeps", "Il pleut ; Le vent souffle : tout va."},
		{"capital without its accent", "Il est parti. ‖à midi, il revint."},
		{"web address after a full stop", "Tout est sur notre site. ‖http://exemple.fr le montre."},
		{"punctuation follows", "Il a vu M. X., puis la sté. ; rien d'autre."},
		{"list that was joined", "Prendre deux cachets. ‖- si la fièvre monte, trois. ‖- sinon un."},
		{"abbreviation alone in brackets", "Jean Roux (dir.) Paris et la mer."},
		{"King and number", "Louis XIV. ‖Le roi mourut."},
		{"year ends a sentence", "C'était en 1998. ‖La France gagna."},
		{"company", "La société Dupont & Fils S.A. a vendu Martin Inc. à Durand. ‖Bien."},
		{"brand in lower case", "Il a tout vendu. ‖iPhone et iPad compris."},
		{"unit with a stroke", "La dose est de 1,4 mg/kg/h. ‖Le patient va bien."},
		{"hard-wrapped prose", "Le peuple français proclame solennellement son attachement aux\nDroits de l'homme et aux principes de la souveraineté nationale\ntels qu'ils ont été définis par la Déclaration de 1789. ‖Fin du\npréambule."},
		{"short last line ends a paragraph", "Le peuple français proclame solennellement son attachement aux\nDroits de l'homme et aux principes de la souveraineté nationale\ntels qu'ils sont définis par la loi\n‖Le peuple français proclame solennellement son attachement aux\nDroits de l'homme et aux principes de la souveraineté nationale\ntels qu'ils sont définis par la loi."},
		{"line goes on in lower case", "Les autres dispositions de la présente loi entrent en vigueur dès\nleur publication. ‖Elles sont abrogées."},
		{"page number in a sentence", "Les autres dispositions de la présente loi entrent en vigueur dès après\n12\nla publication. ‖Fin."},
		{"word list", "pomme\n‖poire\n‖banane"},
		{"table cells", "Nom\t‖Âge\n‖Paul\t‖12"},
		{"page break", "Fin de page\f‖Autre page"},
		{"blank line with spaces", "Un titre\n  \n‖Un autre"},
		{"carriage returns", "Un titre.\r\n\r\n‖Un autre.\r\n‖Un troisième."},
		{"CRLF before lower case", "Les autres dispositions de la présente loi entrent en vigueur dès\r\nleur publication."},
		{"address of a court", "CE, 10 févr. 2014, n° 367262. ‖Cass. 2e civ., 3 mars 2011. ‖Cf. supra."},
		{"nothing but white space", " \n\n "},
	},
	language.English: {
		{"full stop", "The cat sleeps. ‖The dog wakes."},
		{"title before a name", "Mr. Smith met Dr. Jones and Prof. Brown. ‖Mrs. Smith left."},
		{"St. before a name", "He lives in St. Louis. ‖She lives on 5th St. ‖The bus stops there."},
		{"acronym in the middle", "The U.S. Senate and the U.N. Council met. ‖The U.K. abstained."},
		{"acronym at the end", "He moved to the U.S. ‖The rest stayed."},
		{"a.m. and p.m.", "It starts at 10 a.m. on Monday. ‖It ends at 5 p.m. ‖The hall closes."},
		{"a.m. with a zone", "It starts at 10 a.m. (CDT) at the hall."},
		{"company", "Acme Inc. Chairman Bob Hope and Foo Corp. said no. ‖Acme Co. ‖The end."},
		{"initials", "J. R. R. Tolkien and George W. Bush met. ‖Fine."},
		{"e.g. and i.e.", "Fruit, e.g. Apples, i.e. Sweet ones. ‖Good."},
		{"et al.", "Smith et al. Found it. ‖Smith et al. ‖The end."},
		{"number", "See No. 5 on p. 12, fig. 3. ‖The end."},
		{"No as a word", "Did he? ‖No. ‖He did not."},
		{"I as a word", "So did I. ‖The rest left."},
		{"contraction", "No, he can't. ‖Paul can."},
		{"versus", "Roe v. Wade and Us vs. Them. ‖Good."},
		{"month", "On Jan. 5 and Feb. 6. ‖Then nothing."},
		{"decimal", "It rose 3.5 points. ‖It fell 2.1."},
		{"quote then speech verb", "\"Come!\" he said. ‖\"No.\" ‖She stayed."},
		{"closing quote", "He said, “Yes.” ‖Then he left."},
		{"single quotes", "He said 'yes.' ‖Then he left."},
		{"lower case in a hurry", "where did you go? ‖i was there yesterday. ‖they left. ‖call me"},
		{"unknown abbreviation before lower case", "See the tbl. of contents, approx. two pages."},
		{"postscript", "See you. ‖P.S. The door is open."},
		{"degree", "Jane Roe, Ph.D. and M.D., spoke. ‖She has a Ph.D. ‖The room clapped."},
		{"web site", "Visit example.com. ‖Then www.example.org/a.html for more."},
		{"ellipsis", "He paused... then left. ‖He paused... ‖Then he left."},
		{"list", "Bring:\n‖- apples\n‖- pears"},
		{"numbered list", "1. Apples are red. ‖2. Pears are green."},
		{"hard-wrapped prose", "The people of this land, in order to form a more perfect union,\nestablish justice, insure domestic peace, and provide for their\ncommon defence. ‖They do ordain this."},
	},
	language.German: {
		{"ordinal", "Am 3. Oktober feiert man. ‖Am 4. November nicht."},
		{"abbreviation", "Dr. Schmidt kam z. B. Montag, d. h. heute. ‖Gut."},
		{"quotes", "Er sagte: „Ja.“ ‖Dann ging er."},
		{"guillemets the other way round", "Er kam. ‖»Ja«, sagte er. ‖Dann ging er."},
	},
	language.Spanish: {
		{"inverted marks", "¿Vienes? ‖¡Sí! ‖Ya voy."},
		{"title", "El Sr. Pérez y la Sra. Gómez llegaron. ‖Ud. también."},
	},
	language.Italian: {
		{"title", "Il sig. Rossi e il dott. Bianchi sono qui. ‖Bene."},
		{"article", "Vedi art. 3 e pag. 12. ‖Fine."},
	},
	language.Portuguese: {
		{"title", "O Sr. Silva e a Dra. Souza chegaram. ‖Bom."},
		{"article", "Ver art. 3.º e p. 12. ‖Fim."},
	},
	language.Japanese: {
		{"wide full stop", "猫が寝る。‖犬が起きる。"},
	},
	language.Hindi: {
		{"danda", "बिल्ली सोती है। ‖कुत्ता जागता है।"},
	},
	language.Russian: {
		{"neutral table", "Кот спит. ‖Пёс не спит... и лает. ‖А. С. Пушкин."},
	},
}

func TestCases(t *testing.T) {
	for lang, list := range cases {
		s, err := New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			t.Run(lang.String()+"/"+c.name, func(t *testing.T) {
				want := strings.Split(c.text, "‖")
				have := pieces(s, strings.Join(want, ""))
				if !slices.Equal(have, want) {
					t.Errorf("have %q\nwant %q", have, want)
				}
			})
		}
	}
}

// pieces are the texts of the segments.
func pieces(s *Segmenter, text string) (list []string) {
	for span := range s.Segments(text) {
		list = append(list, span.In(text))
	}
	return list
}
