package check

import (
	"cmp"
	"slices"

	"drogman/glossary"
)

// Scores measure how a batch treats the glossary, in the manner of the terminology tasks
// of the Conference on Machine Translation (WMT 2021, 2023, 2025).
type Scores struct {
	Units    int     `json:"units"`
	Terms    int     `json:"terms"`    // occurrences in the sources
	Answered int     `json:"answered"` // of them, those with an approved term in the target
	Success  float64 `json:"success"`  // Answered / Terms; 1 where there are none
	// Consistency is the share of answers that are their concept's most frequent one.
	Consistency float64        `json:"consistency"`
	Concepts    []ConceptScore `json:"concepts"` // those that occur, by ID
}

// ConceptScore is the score of one concept.
type ConceptScore struct {
	Concept     string            `json:"concept"`
	Terms       int               `json:"terms"`
	Answered    int               `json:"answered"`
	Success     float64           `json:"success"`
	Consistency float64           `json:"consistency"`
	Renderings  []Rendering       `json:"renderings"` // the most frequent first
	Entry       *glossary.Concept `json:"-"`
}

// Rendering is one approved term and how often it answered its concept.
type Rendering struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

type scorekeeper struct {
	units    int
	concepts map[*glossary.Concept]*tally
}

type tally struct {
	terms, answered int
	ways            map[string]int
}

func newScorekeeper() scorekeeper { return scorekeeper{concepts: map[*glossary.Concept]*tally{}} }

func (s *scorekeeper) add(x *context) {
	s.units++
	for _, w := range x.termsOf().wanted {
		t := s.concepts[w.concept]
		if t == nil {
			t = &tally{ways: map[string]int{}}
			s.concepts[w.concept] = t
		}
		t.terms += len(w.source)
		answers := w.answers[:min(len(w.answers), len(w.source))]
		t.answered += len(answers)
		for _, a := range answers {
			t.ways[a.Term.Text]++
		}
	}
}

// Scores returns the batch's scores; they are complete once Findings has been ranged over.
func (b *Batch) Scores() Scores {
	s := Scores{Units: b.scores.units, Concepts: []ConceptScore{}}
	usual := 0
	for c, t := range b.scores.concepts {
		one := t.score(c)
		s.Concepts = append(s.Concepts, one)
		s.Terms += t.terms
		s.Answered += t.answered
		if len(one.Renderings) > 0 {
			usual += one.Renderings[0].Count
		}
	}
	s.Success, s.Consistency = ratio(s.Answered, s.Terms), ratio(usual, s.Answered)
	slices.SortFunc(s.Concepts, func(a, b ConceptScore) int { return cmp.Compare(a.Concept, b.Concept) })
	return s
}

func (t *tally) score(c *glossary.Concept) ConceptScore {
	one := ConceptScore{Concept: c.ID, Entry: c, Terms: t.terms, Answered: t.answered, Renderings: []Rendering{}}
	for _, way := range sortedKeys(t.ways) {
		one.Renderings = append(one.Renderings, Rendering{way, t.ways[way]})
	}
	slices.SortStableFunc(one.Renderings, func(a, b Rendering) int { return cmp.Compare(b.Count, a.Count) })
	one.Success, one.Consistency = ratio(t.answered, t.terms), 1
	if len(one.Renderings) > 0 {
		one.Consistency = ratio(one.Renderings[0].Count, t.answered)
	}
	return one
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}
