package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// How a translation is proposed. A model of words (IBM Model 1, Brown et al. 1993: every
// word of a segment may stem from any word of its translation, the probabilities found by
// expectation–maximisation) is trained on the corpus in both directions, on content words
// alone. Then, for a candidate, every phrase of one to maxWords content words in the
// targets of its segments is scored by
//
//	dice    how well the segments that have the one are those that have the other,
//	words   how well its words translate the candidate's, and the reverse: the geometric
//	        mean over each side of the best word on the other,
//	place   how near it stands to where the candidate stands, as a share of the length,
//	cognate the share of letters the two have in common in order,
//
// and the proposals are the best of them. Dice decides among frequent phrases, the model
// and the cognates among rare ones.

const (
	weightDice, weightWords, weightPlace, weightCognate = 1.0, 1.0, 0.15, 0.25
	rounds                                              = 5      // of expectation–maximisation
	maxTrained                                          = 50_000 // segments, which bounds the memory of the model
)

// Translate gives each candidate its proposals, at most n, from the corpus it came from.
func Translate(candidates []Candidate, corpus []Segment, source, target language.Tag, n int) {
	from, to := languageOf(source), languageOf(target)
	b := &bitexts{targets: make([][]token, len(corpus)), df: map[string]int{}, source: numbers{}, target: numbers{}}
	var pairs []wordPair
	for i, s := range corpus {
		if s.Target == "" {
			continue
		}
		b.targets[i] = tokenize(s.Target, to)
		if len(pairs) < maxTrained {
			pairs = append(pairs, wordPair{b.source.of(lemmas(tokenize(s.Source, from))), b.target.of(lemmas(b.targets[i]))})
		}
		b.spread(b.targets[i], to)
	}
	b.forward, b.backward = train(pairs, false), train(pairs, true)
	for i := range candidates {
		b.propose(&candidates[i], corpus, to, n)
	}
}

// wordPair is the content words of a segment and its translation, as numbers.
type wordPair struct{ source, target []uint32 }

func lemmas(tokens []token) []string {
	var words []string
	for _, t := range tokens {
		if t.kind != functional {
			words = append(words, t.lemma)
		}
	}
	return words
}

// numbers gives each word a number.
type numbers map[string]uint32

func (n numbers) of(words []string) []uint32 {
	ids := make([]uint32, len(words))
	for i, w := range words {
		id, known := n[w]
		if !known {
			id = uint32(len(n))
			n[w] = id
		}
		ids[i] = id
	}
	return ids
}

// model is p(one word | another): the given one in the high half of the key.
type model map[uint64]float32

func link(given, made uint32) uint64 { return uint64(given)<<32 | uint64(made) }

// train runs Model 1 from uniform beginnings: p(target | source), or the reverse.
func train(pairs []wordPair, reversed bool) model {
	p := model{}
	for _, pair := range pairs {
		given, made := pair.sides(reversed)
		for _, g := range given {
			for _, m := range made {
				p[link(g, m)] = 1
			}
		}
	}
	for range rounds {
		counts, totals := make(model, len(p)), map[uint32]float32{}
		for _, pair := range pairs {
			given, made := pair.sides(reversed)
			expect(p, counts, totals, given, made)
		}
		for key, c := range counts {
			counts[key] = c / totals[uint32(key>>32)]
		}
		p = counts
	}
	return p
}

func (w wordPair) sides(reversed bool) (given, made []uint32) {
	if reversed {
		return w.target, w.source
	}
	return w.source, w.target
}

// expect adds what one pair of segments says: each word made stems from the given words
// in proportion to their probabilities.
func expect(p, counts model, totals map[uint32]float32, given, made []uint32) {
	shares := make([]float32, len(given))
	for _, m := range made {
		sum := float32(0)
		for i, g := range given {
			shares[i] = p[link(g, m)]
			sum += shares[i]
		}
		for i, g := range given {
			share := shares[i] / sum
			counts[link(g, m)] += share
			totals[g] += share
		}
	}
}

// bitexts is the target side and what is known of it.
type bitexts struct {
	targets           [][]token
	df                map[string]int // segments that have a phrase, by key
	source, target    numbers
	forward, backward model
}

// targetPhrase is a run of a target's tokens, by key, with its words.
type targetPhrase struct {
	phrase
	key   string
	words []string
}

// runs are the phrases of a target: one to maxWords content words, beginning and ending
// with one, functional words between them if two at most.
func runs(tokens []token, to *grammar) []targetPhrase {
	var list []targetPhrase
	for i := range tokens {
		if tokens[i].kind == functional {
			continue
		}
		var words []string
		gap := 0
		for j := i; j < len(tokens) && len(words) < maxWords; j++ {
			t := &tokens[j]
			if j > i && !t.joined {
				break
			}
			if t.kind == functional {
				if gap++; gap > 2 {
					break
				}
				continue
			}
			gap = 0
			words = append(words, t.lemma)
			list = append(list, targetPhrase{phrase{i, j + 1}, to.key(tokens[i : j+1]), slices.Clone(words)})
		}
	}
	return list
}

// spread counts the phrases of a target, each once.
func (b *bitexts) spread(tokens []token, to *grammar) {
	seen := map[string]bool{}
	for _, r := range runs(tokens, to) {
		if !seen[r.key] {
			seen[r.key] = true
			b.df[r.key]++
		}
	}
}

// rival is a phrase that competes to be a proposal.
type rival struct {
	forms    map[string]int
	words    []string
	segments int
	place    float64
}

func (b *bitexts) propose(c *Candidate, corpus []Segment, to *grammar, n int) {
	rivals := map[string]*rival{}
	for k, i := range c.Segments {
		best := map[string]float64{}
		for _, r := range runs(b.targets[i], to) {
			v := rivals[r.key]
			if v == nil {
				v = &rival{forms: map[string]int{}, words: r.words}
				rivals[r.key] = v
			}
			v.forms[surface(b.targets[i], r.phrase, corpus[i].Target)]++
			here := float64(b.targets[i][r.start].start) / float64(len(corpus[i].Target))
			near := 1 - math.Abs(here-c.at[k])
			if old, twice := best[r.key]; !twice || near > old {
				v.place += near - old
				best[r.key] = near
			}
		}
		for key := range best {
			rivals[key].segments++
		}
	}
	for key, v := range rivals {
		if score := b.score(c, key, v); score > 0 {
			c.Targets = append(c.Targets, Proposal{mostFrequent(v.forms), score, v.segments})
		}
	}
	slices.SortFunc(c.Targets, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(len(b.Text), len(a.Text)), strings.Compare(a.Text, b.Text))
	})
	complete(c.Targets)
	c.Targets = c.Targets[:min(n, len(c.Targets))]
}

// complete puts a phrase before the part of it that leads, where the part hardly ever
// comes without the rest and the whole is nearly as good: New Zealand, not Zealand. What
// is nearly depends on how seldom. Few sightings prove nothing.
func complete(list []Proposal) {
	const sightings = 4
	for i := 1; i < len(list); i++ {
		whole, lead := list[i], list[0]
		together := float64(whole.Count) / float64(lead.Count)
		nearly := together >= 0.75 && whole.Score >= 0.9*lead.Score || together >= 0.95 && whole.Score >= 0.7*lead.Score
		if nearly && whole.Count >= sightings && strings.Contains(" "+whole.Text+" ", " "+lead.Text+" ") {
			copy(list[1:i+1], list[:i])
			list[0] = whole
		}
	}
}

func (b *bitexts) score(c *Candidate, key string, v *rival) float64 {
	dice := 2 * float64(v.segments) / float64(len(c.Segments)+b.df[key])
	sum := weightDice*dice + weightWords*b.wordScore(c.words, v.words) +
		weightPlace*v.place/float64(v.segments) + weightCognate*cognate(c.Text, mostFrequent(v.forms))
	return sum / (weightDice + weightWords + weightPlace + weightCognate)
}

// wordScore is how well the words of two phrases translate each other: the geometric mean
// over both sides.
func (b *bitexts) wordScore(source, target []string) float64 {
	from, to := b.source.of(source), b.target.of(target)
	return math.Sqrt(linked(b.forward, from, to) * linked(b.backward, to, from))
}

// leastLink stands for words that were never seen together.
const leastLink = 1e-3

// linked is the geometric mean over the given words of the probability that what each
// became is among the words made.
func linked(m model, given, made []uint32) float64 {
	log := 0.0
	for _, g := range given {
		sum := 0.0
		for _, to := range made {
			sum += float64(m[link(g, to)])
		}
		log += math.Log(min(1, max(sum, leastLink)))
	}
	return math.Exp(log / float64(max(len(given), 1)))
}

func mostFrequent(forms map[string]int) string {
	best := ""
	for f, n := range forms {
		if best == "" || n > forms[best] || n == forms[best] && (len(f) < len(best) || len(f) == len(best) && f < best) {
			best = f
		}
	}
	return best
}

// cognate is the length of the longest common subsequence of two phrases' skeletons over
// the longer length (Melamed 1995).
func cognate(a, b string) float64 {
	s, t := []rune(skeleton(a)), []rune(skeleton(b))
	if len(s) == 0 || len(t) == 0 {
		return 0
	}
	row := make([]int, len(t)+1)
	for _, x := range s {
		diagonal := 0
		for j, y := range t {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return float64(row[len(t)]) / float64(max(len(s), len(t)))
}
