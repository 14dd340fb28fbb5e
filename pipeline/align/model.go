package align

import (
	"math"
	"slices"
)

// A link is a bead while it is being sought.
type link struct {
	source, target Span
	score          float64 // log odds of the bead against chance, its kind's prior left out
	posterior      float64 // probability of the bead within the lattice
}

func (l link) isGap() bool { return l.source.Len() == 0 || l.target.Len() == 0 }

func (l link) shifted(i, j int) link {
	l.source, l.target = Span{l.source.Start + i, l.source.End + i}, Span{l.target.Start + j, l.target.End + j}
	return l
}

// A move is the shape of a bead: sentences taken from the source and from the target.
type move struct {
	source, target int
	prior          float64 // share of such beads in ordinary translations
}

// The moves: one sentence against up to six, and small crossings of sentence bounds.
// Priors are those of Gale & Church (1993) spread over the larger beads of novels.
var moves = []move{
	{1, 1, .88},
	{1, 2, .04}, {2, 1, .04},
	{2, 2, .006},
	{1, 3, .006}, {3, 1, .006},
	{1, 4, .002}, {4, 1, .002},
	{2, 3, .0015}, {3, 2, .0015},
	{1, 5, .0008}, {5, 1, .0008},
	{2, 4, .0006}, {4, 2, .0006},
	{3, 3, .0005},
	{1, 6, .0004}, {6, 1, .0004},
}

// reach is the most sentences of one side in a move.
const reach = 6

// weights balance the features. They were set on the development sets named in
// docs/quality.md and belong to no language.
type weights struct {
	lexical   float64
	length    float64
	ends      float64 // classes of the first and last signs
	inside    float64 // share of title-like sentences swallowed by a bead, before the text has shown its own
	titleMass float64 // title-like sentences that this weighs when re-estimated
	paragraph float64 // for each paragraph bound kept or broken
	gapOpen   float64 // probability that a gap begins, before the text has shown its own
	gapMore   float64 // probability that a gap goes on
	gapMost   float64 // a gap is never likelier to begin
	gapMass   float64 // beads that these weigh when re-estimated
	priorMass float64 // beads the priors weigh when re-estimated
}

var weight = weights{
	lexical: .65, length: 1.3, ends: 1, inside: .05, titleMass: 20, paragraph: 1,
	gapOpen: .01, gapMore: .1, gapMost: .04, gapMass: 100, priorMass: 60,
}

// A model scores beads. Everything in it but the weights is re-estimated from the text
// between passes.
type model struct {
	*settings
	source, target     *text
	toTarget, toSource table     // t(target|source) and t(source|target)
	trustT, trustS     float64   // share of target (source) words the lexicon explains
	prior              []float64 // log share of each move among beads with both sides
	gapOpen, gapMore   float64   // log probability that a gap begins, and that it goes on
	length             lengthModel
	last, first        [classes][classes]float64
	inside             float64 // against a title-like sentence swallowed by a bead
}

func newModel(source, target *text, toTarget, toSource table, o *settings) *model {
	m := &model{settings: o, source: source, target: target, toTarget: toTarget, toSource: toSource, trustT: .2, trustS: .2}
	m.gapOpen, m.gapMore = math.Log(weight.gapOpen), math.Log(weight.gapMore)
	m.prior = make([]float64, len(moves))
	for i, v := range moves {
		m.prior[i] = math.Log(v.prior)
	}
	m.length = newLengthModel(source, target)
	m.inside = -math.Log(weight.inside)
	m.learnClasses(nil)
	return m
}

// learn re-estimates the model from the beads of a pass.
func (m *model) learn(links []link, toTarget, toSource table) {
	if m.uses(Lexical) {
		m.toTarget = train(m.source, m.target, links, false, toTarget)
		m.toSource = train(m.target, m.source, links, true, toSource)
	}
	m.trustT = trust(m.source, m.target, m.toTarget, links, false, m.trustT)
	m.trustS = trust(m.target, m.source, m.toSource, links, true, m.trustS)
	m.length.learn(m.source, m.target, links)
	m.learnClasses(links)
	m.learnTitles(links)
	m.learnPriors(links)
}

// learnPriors counts the kinds of beads, with the priors as a few beads seen before.
// Beads of several sentences on both sides may not become popular by accident: where a
// clause was moved they come of themselves (seam.go).
func (m *model) learnPriors(links []link) {
	if !m.uses(Priors) {
		return
	}
	count, total := make([]float64, len(moves)), 0.0
	for _, l := range links {
		for i, v := range moves {
			if l.source.Len() == v.source && l.target.Len() == v.target {
				count[i]++
				total++
			}
		}
	}
	for i, v := range moves {
		p := (count[i] + weight.priorMass*v.prior) / (total + weight.priorMass)
		if v.source > 1 && v.target > 1 {
			p = min(p, v.prior)
		}
		m.prior[i] = math.Log(p)
	}
	m.learnGaps(links)
}

// learnGaps counts how often gaps begin and go on.
func (m *model) learnGaps(links []link) {
	begun, more := 0.0, 0.0
	for i, l := range links {
		if !l.isGap() {
			continue
		}
		if i > 0 && links[i-1].isGap() && (links[i-1].source.Len() == 0) == (l.source.Len() == 0) {
			more++
		} else {
			begun++
		}
	}
	open := (begun + weight.gapMass*weight.gapOpen) / (float64(len(links)) - more + weight.gapMass)
	m.gapOpen = math.Log(min(open, weight.gapMost))
}

// learnTitles counts how often a sentence that ends like a title goes into one bead with
// the next: hardly ever in a statute, often where lines were joined without a thought.
func (m *model) learnTitles(links []link) {
	swallowed := 0.0
	for _, l := range links {
		if !l.isGap() {
			swallowed += l.posterior * float64(m.source.titles(l.source)+m.target.titles(l.target))
		}
	}
	all := m.source.titles(Span{0, len(m.source.sentences)}) + m.target.titles(Span{0, len(m.target.sentences)})
	m.inside = -math.Log(min((swallowed+weight.titleMass*weight.inside)/(float64(all)+weight.titleMass), 1))
}

// learnClasses sets the log odds that a sentence ends (begins) with one class of sign
// where its translation ends (begins) with another.
func (m *model) learnClasses(links []link) {
	var last, first [][2]class
	for _, l := range links {
		if !l.isGap() && l.score > 0 {
			last = append(last, [2]class{m.source.last[l.source.End-1], m.target.last[l.target.End-1]})
			first = append(first, [2]class{m.source.first[l.source.Start], m.target.first[l.target.Start]})
		}
	}
	m.last = classOdds(m.source.last, m.target.last, last)
	m.first = classOdds(m.source.first, m.target.first, first)
}

// classOdds is log P(t|s)/P(t) for each two classes, from the pairs seen and the belief,
// worth sixty pairs, that every other sentence keeps its class.
func classOdds(source, target []class, pairs [][2]class) (odds [classes][classes]float64) {
	const belief = 60
	odd := func(list []class) (p [classes]float64) {
		for _, c := range list {
			p[c]++
		}
		for c := range p {
			p[c] = (p[c] + .5) / (float64(len(list)) + .5*float64(classes))
		}
		return p
	}
	ps, pt := odd(source), odd(target)
	var joint [classes][classes]float64
	for _, p := range pairs {
		joint[p[0]][p[1]]++
	}
	n := float64(len(pairs))
	for s := range odds {
		for t := range odds[s] {
			even := .5 * ps[s] * pt[t]
			if s == t {
				even += .25 * (ps[s] + pt[t])
			}
			odds[s][t] = math.Log((joint[s][t] + belief*even) / (n + belief) / (ps[s] * pt[t]))
		}
	}
	return odds
}

// A lengthModel compares the length of two texts with what translation leads one to
// expect: the logarithm of their ratio has a Student distribution (four degrees of
// freedom: novels have long tails) round the ratio of the whole texts, wider for short
// sentences. Against it stands chance: two lengths, each log-normal, of their own.
type lengthModel struct {
	ratio                  float64 // log of target length over source length
	factor                 float64 // target length over source length
	source, target         logNormal
	spread, spreadOfShorts float64
}

type logNormal struct{ mean, deviation float64 }

func newLengthModel(source, target *text) lengthModel {
	m := lengthModel{spread: .02, spreadOfShorts: 5}
	var s, t float64
	s, m.source = logLengths(source.length)
	t, m.target = logLengths(target.length)
	whole, usual := math.Log(t/s), m.target.mean-m.source.mean
	if math.Abs(whole-usual) < fewMore {
		m.setRatio(whole)
	} else {
		m.setRatio(usual)
	}
	return m
}

// fewMore is the logarithm of how many times as many sentences one text may have and yet
// be thought whole, only cut otherwise. Where it has more, something is missing from the
// other, and a usual sentence tells the ratio of lengths better than the whole text.
const fewMore = .5

func logLengths(lengths []float64) (sum float64, d logNormal) {
	squares := 0.0
	for _, x := range lengths {
		l := math.Log(x)
		sum += x
		d.mean += l
		squares += l * l
	}
	n := float64(len(lengths))
	d.mean /= n
	d.deviation = math.Sqrt(math.Max(squares/n-d.mean*d.mean, .04))
	return sum, d
}

// learn sets the ratio to the median of the sure beads'.
func (m *lengthModel) learn(source, target *text, links []link) {
	var ratios []float64
	for _, l := range links {
		if !l.isGap() && l.score > 2 {
			ratios = append(ratios, math.Log(sum(target.length, l.target)/sum(source.length, l.source)))
		}
	}
	if len(ratios) > 20 {
		slices.Sort(ratios)
		m.setRatio(ratios[len(ratios)/2])
	}
}

func (m *lengthModel) setRatio(log float64) { m.ratio, m.factor = log, math.Exp(log) }

func sum(list []float64, s Span) (total float64) {
	for _, x := range list[s.Start:s.End] {
		total += x
	}
	return total
}

// A group is some sentences of one side taken together, with what the length model
// asks of them.
type group struct {
	length, log float64
	several     bool    // sentences, not one
	chance      float64 // log density of such a length among groups of as many sentences
}

func (d logNormal) group(length float64, sentences int) group {
	l := math.Log(length)
	x := (l - d.mean - logs[sentences]) / d.deviation
	return group{length, l, sentences > 1, -.5*x*x - math.Log(d.deviation) - .9189385332}
}

var logs = [reach + 1]float64{1: 0, 2: math.Log(2), 3: math.Log(3), 4: math.Log(4), 5: math.Log(5), 6: math.Log(6)}

// hopeless reports whether the lengths differ so much that no words could make the two
// groups a bead; a single sentence on each side is never hopeless.
func (m *lengthModel) hopeless(s, t *group) bool {
	const e2 = 7.389
	return (s.several || t.several) && (s.length*m.factor > e2*t.length || t.length > e2*s.length*m.factor)
}

// score is the log odds of the two lengths as translations against chance.
func (m *lengthModel) score(s, t *group) float64 {
	r := t.log - s.log - m.ratio
	variance := m.spread + m.spreadOfShorts/(s.length+t.length)
	y := 1 + r*r/(4*variance) // the density is proportional to variance^-½ · y^-2½
	return -.980829253 - .5*math.Log(variance*y*y*y*y*y) - .5*(s.chance+t.chance)
}
