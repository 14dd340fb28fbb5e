package glossary

import (
	"slices"
	"strings"
	"testing"
)

// Each case is a term, and the forms that grammar gives it beside itself.
var frenchForms = []struct{ term, pos, want string }{
	{"médicament", "", "médicaments"},
	{"journal", "", "journaux"},
	{"œil", "", "œils, yeux"},
	{"cas", "", ""},
	{"réfugié", "", "réfugiés, réfugiée, réfugiées"},
	{"nouvelle", "", "nouvelles"},
	{"droit", "", "droits"},
	{"public", "", "publics"},
	{"public", "adjective", "publics, publique, publiques"},
	{"directeur général adjoint", "", "directeurs généraux adjoints, directrice générale adjointe, directrices générales adjointes"},
	{"Premier ministre", "", "Premiers ministres, Première ministre, Premières ministres"},
	{"secrétaire général", "", "secrétaires généraux, secrétaire générale, secrétaires générales"},
	{"conseil européen", "", "conseils européens"},
	{"taux directeur", "", "taux directeurs"},
	{"nomenclature combinée", "", "nomenclatures combinées"},
	{"centrale nucléaire", "", "centrales nucléaires"},
	{"mise en demeure", "", "mises en demeure"},
	{"chef d'État", "", "chefs d'État, cheffe d'État, cheffes d'État"},
	{"conférence de presse", "", "conférences de presse, conférences de presses"},
	{"arme de destruction massive", "", "armes de destruction massive, armes de destruction massives, armes de destructions massive, armes de destructions massives"},
	{"ministre des Affaires étrangères", "", "ministres des Affaires étrangères"},
	{"dommages et intérêts", "", "dommage et intérêt"},
	{"soins intensifs", "", "soin intensif"},
	{"échecs", "", ""},
	{"zone euro", "", "zones euro, zones euros"},
	{"prix Nobel", "", ""},
	{"porte-parole", "", "porte-paroles"},
	{"cessez-le-feu", "", ""},
	{"vice-président", "", "vice-présidents, vice-présidente, vice-présidentes"},
	{"pro-iranien", "", "pro-iraniens, pro-iranienne, pro-iraniennes"},
	{"député-maire", "", "députés-maires, députée-maire, députées-maires"},
	{"blockchain", "", "blockchains"},
	{"pro-iranien", "", "pro-iraniens, pro-iranienne, pro-iraniennes"},
	{"anti-missile", "", "anti-missiles"},
	{"norme ISO", "", "normes ISO"},
}

func TestFrenchForms(t *testing.T) {
	for _, c := range frenchForms {
		sameForms(t, c.term, c.want, inflectFrench(&Term{Text: c.term, POS: c.pos}))
	}
}

var englishFormsCases = []struct{ term, pos, want string }{
	{"tariff", "", "tariffs"},
	{"treaty", "", "treaties"},
	{"witness", "", "witnesses"},
	{"analysis", "", "analyses"},
	{"spokesman", "", "spokesmen"},
	{"German", "", "Germans"},
	{"person", "", "people"},
	{"head of state", "", "heads of state"},
	{"working conditions", "", "working condition"},
	{"damages", "", ""},
	{"aircraft", "", ""},
	{"PM", "", "PMs"},
	{"globalisation", "", "globalisations, globalization, globalizations"},
	{"defense minister", "", "defense ministers, defence minister, defence ministers"},
	{"enterprise", "", "enterprises"},
	{"traveller", "", "travellers, traveler, travelers"},
	{"seller", "", "sellers"},
	{"check", "", "checks"},
	{"cheque", "", "cheques, check, checks"},
	{"lay off", "verb", "lays off, laid off, laying off"},
	{"refer", "verb", "refers, referring, referred"},
	{"levy", "verb", "levies, levying, levied"},
	{"agree", "verb", "agrees, agreeing, agreed"},
	{"ban", "verb", "bans, banning, banned"},
}

func TestEnglishForms(t *testing.T) {
	for _, c := range englishFormsCases {
		sameForms(t, c.term, c.want, english.forms(&Concept{Type: Terms}, &Term{Text: c.term, POS: c.pos}))
	}
}

func sameForms(t *testing.T, term, want string, got []string) {
	t.Helper()
	got = slices.DeleteFunc(slices.Clone(got), func(f string) bool { return f == term })
	var wanted []string
	if want != "" {
		wanted = strings.Split(want, ", ")
	}
	slices.Sort(wanted)
	if slices.Sort(got); !slices.Equal(got, wanted) {
		t.Errorf("%s:\n got %s\nwant %s", term, strings.Join(got, ", "), strings.Join(wanted, ", "))
	}
}
