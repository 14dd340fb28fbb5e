package align

import (
	"slices"
	"strings"
	"testing"
)

// Much that only one text has is left without partner, and does not stretch the beads of
// the rest, though the whole text is then several times as long as the other.
func TestMuchAdded(t *testing.T) {
	source := strings.Split("Le maire de Limoges a ouvert le marché ce matin.\nLa foule attendait déjà devant les portes.\nLes paysans avaient apporté 40 fromages.\nMadame Dupuis vendait des paniers.\nLa pluie tomba vers 12 heures.\nLes musiciens jouèrent jusqu'au soir.", "\n")
	target := strings.Split("The mayor of Limoges opened the market this morning.\nThe crowd was already waiting in front of the doors.\nThe farmers had brought 40 cheeses.\nMrs Dupuis sold baskets.\nThe rain fell around 12 o'clock.\nThe musicians played until evening.", "\n")
	const added = 12
	between := make([]string, added)
	for i := range between {
		between[i] = []string{"Nobody knew where the old book had been hidden.", "Her uncle wrote long letters from the north.", "It had taken them years to learn the code."}[i%3]
	}
	target = slices.Concat(target[:3], between, target[3:])
	found := 0
	for _, b := range Align(source, target, Lexicon(commonWords(t))) {
		at := b.Source.Start
		if at >= 3 {
			at += added
		}
		if b.Kind == Matched && b.Target == (Span{Start: at, End: at + 1}) {
			found++
		}
	}
	if found < len(source)-1 {
		t.Errorf("%d of %d sentences found", found, len(source))
	}
}
