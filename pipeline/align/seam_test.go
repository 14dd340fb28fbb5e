package align

import (
	"path/filepath"
	"strings"
	"testing"

	"drogman/seeds/devdata"
)

// The end of one sentence that the translator put at the beginning of the next makes one
// bead of both; a sentence whose clauses stay, however short, stays a bead of its own.
func TestMovedClause(t *testing.T) {
	const before = "Le père rentra tard, fatigué.\nLa mère préparait le repas du soir.\nLes enfants dormaient déjà dans leur chambre."
	const beforeT = "Father came home late, tired.\nMother was preparing the evening meal.\nThe children were already sleeping in their room."
	const after = "Le chien aboya dehors.\nQui frappait à la porte ?\nLa lampe s'éteignit, et le silence revint."
	const afterT = "The dog barked outside.\nWho was knocking at the door?\nThe lamp went out, and silence came back."
	for _, c := range []struct {
		name, source, target string
		joined               Span // in the source
	}{
		{
			"moved", "Le vieillard prit son chapeau et son bâton ; une fille blonde pleurait près de la fenêtre.\nPersonne ne parla pendant longtemps.",
			"The old man took his hat and his stick.\nA fair-haired girl was weeping near the window; nobody spoke for a long time.", Span{3, 5},
		},
		{
			"moved the other way", "Le vieillard prit son chapeau et son bâton.\nUne fille blonde pleurait près de la fenêtre ; personne ne parla pendant longtemps.",
			"The old man took his hat and his stick; a fair-haired girl was weeping near the window.\nNobody spoke for a long time.", Span{3, 5},
		},
		{
			"kept", "Le vieillard prit son chapeau et son bâton ; une fille blonde pleurait près de la fenêtre.\nPersonne ne parla pendant longtemps.",
			"The old man took his hat and his stick; a fair-haired girl was weeping near the window.\nNobody spoke for a long time.", Span{},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			source := strings.Split(strings.Join([]string{before, c.source, after}, "\n"), "\n")
			target := strings.Split(strings.Join([]string{beforeT, c.target, afterT}, "\n"), "\n")
			for _, b := range Align(source, target, Lexicon(commonWords(t))) {
				switch {
				case b.Source == c.joined && b.Target == c.joined:
				case b.Source.Len() != 1 || b.Source != b.Target:
					t.Errorf("%v–%v", b.Source, b.Target)
				}
			}
		})
	}
}

// Beads that a person vouched for are not joined.
func TestFixedSeam(t *testing.T) {
	source := []string{"Le vieillard prit son chapeau et son bâton ; une fille blonde pleurait près de la fenêtre.", "Personne ne parla pendant longtemps."}
	target := []string{"The old man took his hat and his stick.", "A fair-haired girl was weeping near the window; nobody spoke for a long time."}
	first := Bead{Source: Span{0, 1}, Target: Span{0, 1}}
	if got := Align(source, target, Lexicon(commonWords(t)), Fixed(first)); len(got) != 2 || got[0].Source != first.Source || got[0].Target != first.Target {
		t.Errorf("%v", got)
	}
}

// In a novel the seams find beads that the lattice has as two.
func TestSeams(t *testing.T) {
	g := readGold(t, filepath.Join(devdata.Path(t, "align"), "transread-Candide"))
	var with, without score
	with.add(&g, Align(g.source, g.target, Lexicon(commonWords(t))))
	without.add(&g, Align(g.source, g.target, Lexicon(commonWords(t)), Without(Seams)))
	t.Logf("strict F1 %.4f, without seams %.4f", with.f1(), without.f1())
	if with.f1() < without.f1()+.005 {
		t.Errorf("strict F1 %.4f, without seams %.4f", with.f1(), without.f1())
	}
}
