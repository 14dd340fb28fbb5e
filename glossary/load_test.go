package glossary

import "testing"

const sample = `# drogman glossary
glossary: {source: fr, target: en, domain: Syria}

organisations:
  OTAN: NATO
  ONU (Organisation des Nations unies): UN (United Nations)
  Hayat Tahrir al-Cham (HTC):
    fr: [Hayat Tahrir al-Sham (HTS), Hayat Tahrir el-Cham]
    en: Hayat Tahrir al-Sham (HTS)
    avoid: [Hayat Tahrir al-Cham, HTC]
    until: 2025-01-29
terms:
  cessez-le-feu: [ceasefire, cease-fire]
  ministre des Affaires étrangères:
    en: [foreign minister, minister of foreign affairs]
    also: {secretary of state: {when: [américain, États-Unis, Washington]}}
  bourse (finance): {en: stock exchange, when: [cotation, action, indice, marché]}
  art: {en: art, pos: noun}
keep:
  - Al Jazeera
  - Le Monde: {unless: [tout le monde]}
`

func TestLoadSample(t *testing.T) {
	g, err := Load(File{"g.yaml", []byte(sample)})
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Concepts) != 9 {
		t.Errorf("%d concepts, want 9", len(g.Concepts))
	}
	m, _ := g.Compile(g.Source)
	if found := m.Find("Les cessez-le-feu de l'OTAN, dit Le Monde"); len(found) != 3 {
		t.Errorf("found %v", found)
	}
}
