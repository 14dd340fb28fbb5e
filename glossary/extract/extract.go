// Package extract proposes entries for a glossary: terms and names that a corpus uses and
// the glossary lacks, and, where the corpus is bilingual, what the translators made of them.
//
// Candidates reads the source side. Terms are noun phrases, told by patterns over the
// lexicon and ranked by C-value (Frantzi, Ananiadou and Mima 2000, "Automatic recognition
// of multi-word terms"): a phrase counts for what it is used on its own, not within longer
// ones, and longer phrases count for more. Names are words with a capital inside sentences;
// spellings of one name are put together. Translate proposes targets (see translate.go).
package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// Segment is one source segment and its translation, which may be empty.
type Segment struct{ Source, Target string }

// Options of Candidates.
type Options struct {
	Source, Target language.Tag
	// Known reports whether the glossary has a phrase already; nil: it has none.
	Known func(phrase string) bool
	// General is text of everyday language: phrases no more frequent in the corpus than
	// there are no terms. Without it only a list of everyday nouns is left out.
	General  []string
	MinCount int // the fewest occurrences, at least 1; 2 where zero
	Max      int // the most candidates; all where zero
}

// Candidate is a phrase that may be worth an entry.
type Candidate struct {
	Text     string   // its most frequent form
	Name     bool     // a proper name
	Variants []string // other spellings of the name, most frequent first
	Count    int
	Score    float64
	Segments []int // where it occurs, each once, in order
	Targets  []Proposal

	words []string // lemmas of its content words
	at    []float64
}

// Proposal is a phrase of the target that may translate a candidate.
type Proposal struct {
	Text  string
	Score float64 // between 0 and 1
	Count int     // segments that have both
}

// group is the occurrences of one phrase, in all its forms.
type group struct {
	Candidate
	forms  map[string]int
	within float64 // occurrences within longer candidates
	longer int     // how many longer candidates
	noun   int     // occurrences of a single word where it must be a noun
	key    string
}

// Candidates returns the candidates of a corpus, the best first.
func Candidates(corpus []Segment, opt Options) []Candidate {
	if opt.MinCount == 0 {
		opt.MinCount = 2
	}
	lang := languageOf(opt.Source)
	terms, names := map[string]*group{}, map[string]*group{}
	for i, s := range corpus {
		tokens := tokenize(s.Source, lang)
		for _, p := range lang.phrases(tokens) {
			g := note(terms, lang.key(tokens[p.start:p.end]), tokens, p, i, s.Source)
			if lang.mustBeNoun(tokens, p) {
				g.noun++
			}
		}
		for _, p := range lang.names(tokens) {
			note(names, skeleton(surface(tokens, p, s.Source)), tokens, p, i, s.Source)
		}
	}
	nest(terms)
	general := newGeneral(opt.General, lang)
	var list []Candidate
	for _, g := range terms {
		if g.Count >= opt.MinCount && g.isNoun() && general.unusual(g, len(corpus)) {
			list = append(list, g.finish(g.cValue()))
		}
	}
	for _, g := range names {
		if g.Count >= opt.MinCount {
			g.Name = true
			list = append(list, g.finish(float64(g.Count)))
		}
	}
	list = slices.DeleteFunc(list, func(c Candidate) bool { return c.Score <= 0 || opt.Known != nil && opt.Known(c.Text) })
	slices.SortFunc(list, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Text, b.Text))
	})
	if opt.Max > 0 && len(list) > opt.Max {
		list = list[:opt.Max]
	}
	return list
}

// nounShare is how often, of its occurrences, a single word must be clearly a noun: adverbs
// never are, and adjectives seldom.
const nounShare = 0.25

func (g *group) isNoun() bool {
	return len(g.words) > 1 || float64(g.noun) >= nounShare*float64(g.Count)
}

func surface(tokens []token, p phrase, text string) string {
	return text[tokens[p.start].start:tokens[p.end-1].end]
}

func note(groups map[string]*group, key string, tokens []token, p phrase, segment int, text string) *group {
	g := groups[key]
	if g == nil {
		g = &group{key: key, forms: map[string]int{}}
		for _, t := range tokens[p.start:p.end] {
			if t.content() {
				g.words = append(g.words, t.lemma)
			}
		}
		groups[key] = g
	}
	g.Count++
	g.forms[surface(tokens, p, text)]++
	if n := len(g.Segments); n == 0 || g.Segments[n-1] != segment {
		g.Segments = append(g.Segments, segment)
		g.at = append(g.at, float64(tokens[p.start].start)/float64(len(text)))
	}
	return g
}

// finish chooses the form that a candidate goes by.
func (g *group) finish(score float64) Candidate {
	g.Score = score
	forms := make([]string, 0, len(g.forms))
	for f := range g.forms {
		forms = append(forms, f)
	}
	slices.SortFunc(forms, func(a, b string) int {
		return cmp.Or(g.forms[b]-g.forms[a], cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	})
	g.Text = forms[0]
	if g.Name {
		g.Variants = forms[1:]
	} else {
		g.Text = g.decapitalised(forms)
	}
	return g.Candidate
}

// decapitalised takes off a capital that the phrase owes to the beginning of a sentence:
// it also occurs without.
func (g *group) decapitalised(forms []string) string {
	for _, f := range forms {
		if first := []rune(f)[0]; unicode.IsLower(first) {
			return f
		}
	}
	return forms[0]
}

// nest tells each phrase how often it occurs within longer ones. Phrases are keyed by
// their words' lemmas joined by spaces, so that to lie within is to be a run of words.
func nest(groups map[string]*group) {
	for _, longer := range groups {
		if longer.Count < 2 {
			continue
		}
		words := strings.Split(longer.key, " ")
		seen := map[string]bool{}
		for i := range words {
			for j := i + 1; j <= len(words); j++ {
				key := strings.Join(words[i:j], " ")
				if g := groups[key]; g != nil && g != longer && !seen[key] {
					seen[key] = true
					g.longer++
					g.within += float64(longer.Count - int(longer.within))
				}
			}
		}
	}
}

// cValue is log2(1 + words) · (occurrences − mean occurrences of the longer candidates
// around it). The one added to the length lets single words be terms, as Barrón-Cedeño et
// al. (2009) have it.
func (g *group) cValue() float64 {
	free := float64(g.Count)
	if g.longer > 0 {
		free -= g.within / float64(g.longer)
	}
	return math.Log2(1+float64(len(g.words))) * free
}

// general is what is known of everyday language.
type general struct {
	counts map[string]int
	words  int
}

func newGeneral(texts []string, lang *grammar) general {
	g := general{counts: map[string]int{}}
	for _, text := range texts {
		tokens := tokenize(text, lang)
		g.words += len(tokens)
		for _, p := range lang.phrases(tokens) {
			g.counts[lang.key(tokens[p.start:p.end])]++
		}
	}
	return g
}

// wordsPerSegment turns counts of segments into rates: the mean of written prose.
const wordsPerSegment = 22

// unusual: the phrase is at least twice as frequent in the corpus as in everyday language.
func (g general) unusual(c *group, segments int) bool {
	if g.words == 0 {
		return true
	}
	here := float64(c.Count) / float64(segments*wordsPerSegment)
	there := (float64(g.counts[c.key]) + 0.5) / float64(g.words)
	return here > 2*there
}
