package segment

import (
	"bytes"
	"embed"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Text that has lost its layout is one line in which headings, captions and list items
// run into the sentences around them without a mark. Rules cannot see these seams; what
// betrays them is small evidence added up: a common word with a capital, no verb's
// subject before it, how long the segment is by now. A logistic model adds it up:
//
//	odds of a seam = e^(w1 + w2 + … + wn)
//
// where the w are the weights of the features that are true of a place. A feature is a
// short string such as "n.le" (the next word is "le"), made by features. The verdict of
// the rules is itself a feature, so the model only has to learn where they err.
//
// The weights are learned by bench/segment/train from two treebanks; NOTICE says which.

//go:embed data/*.weights
var weightFiles embed.FS

// model is a table from the hash of a feature to its weight: open addressing, the
// number of slots a power of two, no slot with a hash of 0 in use.
type model struct {
	slots []slot
	mask  uint32
}

type slot struct {
	hash   uint32
	weight float32
}

var models sync.Map // of func() *model, by name

// modelOf returns what loads the model of the name, once for all segmenters; nil if the
// language has none.
func modelOf(name string) func() *model {
	if name == "" {
		return func() *model { return nil }
	}
	load, _ := models.LoadOrStore(name, sync.OnceValue(func() *model { return loadModel(name) }))
	return load.(func() *model)
}

// loadModel reads the lines "feature TAB weight" of an embedded file.
func loadModel(name string) *model {
	data, err := weightFiles.ReadFile("data/" + name + ".weights")
	if err != nil || len(data) == 0 {
		return nil
	}
	weights := make(map[string]float64, bytes.Count(data, []byte{'\n'}))
	for line := range bytes.Lines(data) {
		feature, weight, ok := bytes.Cut(bytes.TrimRight(line, "\n"), []byte{'\t'})
		if !ok || line[0] == '#' {
			continue
		}
		if weights[string(feature)], err = strconv.ParseFloat(string(weight), 32); err != nil {
			panic(name + ".weights: " + err.Error())
		}
	}
	return newModel(weights)
}

func newModel(weights map[string]float64) *model {
	size := 1 << bits.Len(uint(3*len(weights)))
	m := &model{slots: make([]slot, size), mask: uint32(size - 1)}
	for feature, weight := range weights {
		h := hash([]byte(feature))
		i := h & m.mask
		for m.slots[i].hash != 0 {
			i = (i + 1) & m.mask
		}
		m.slots[i] = slot{h, float32(weight)}
	}
	return m
}

// hash is FNV-1a with 0 mapped to 1.
func hash(feature []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range feature {
		h = (h ^ uint32(c)) * 16777619
	}
	return max(h, 1)
}

func (m *model) weight(feature []byte) float64 {
	h := hash(feature)
	for i := h & m.mask; m.slots[i].hash != 0; i = (i + 1) & m.mask {
		if m.slots[i].hash == h {
			return float64(m.slots[i].weight)
		}
	}
	return 0
}

// jointNext is the set of bytes that the first word of an unmarked sentence begins with.
var jointNext = func() (set [256]bool) {
	for c := byte('A'); c <= 'Z'; c++ {
		set[c] = true
	}
	for _, c := range []byte("\"([-\xC2\xC3\xC5\xE2") {
		set[c] = true
	}
	return set
}()

// flatStops is the table of bytes at which the walk halts in flattened text.
func flatStops(stops [256]stop) [256]stop {
	stops[' '], stops[';'], stops[':'] = stopSpace, stopJoint, stopJoint
	return stops
}

// joint decides at the end of a word that no sentence-ending mark follows.
func (w *walker) joint(why stop) bool {
	m := w.model()
	if m == nil {
		w.pos++
		return false
	}
	s := &w.site
	*s = site{text: w.text, from: w.from, term: w.pos}
	s.after = w.pos
	if why == stopJoint {
		s.mark = markColon
		if w.text[w.pos] == ';' {
			s.mark = markSemicolon
		}
		s.after++
	}
	s.place = s.after
	s.readBefore()
	w.readNext(s)
	if !s.candidate || unicode.IsLower(s.first) && s.opener == 0 || s.mark == noMark && w.table.opening[s.before] {
		w.pos = w.past(s)
		return false
	}
	v := w.weigh(m, s, verdict{rule: "unmarked"})
	if w.pos = s.place; !v.ends {
		w.pos = w.past(s)
	}
	if w.explain != nil {
		w.explain(v.decision(s.place))
	}
	return v.ends
}

// past is where to go on behind a site that is no seam: at the next word if it stands on
// the same line.
func (w *walker) past(s *site) int {
	if s.candidate && !s.wrapped {
		return s.next
	}
	return max(s.place, w.pos+1)
}

// Texts differ in how many of their seams have no mark: none in a novel, one in four in
// a leaflet. So the odds of an unmarked seam are multiplied by the text's own rate of them
// so far over the usual rate, as Saerens, Latinne and Decaestecker correct a classifier's
// prior (Neural Computation 14, 2002).
const (
	usualRate = 0.03 // of unmarked seams among all
	usualSize = 20   // how many seams the usual rate counts for
	certain   = 5    // odds, for or against, at which the first features are enough
	caution   = 3    // odds an unmarked place must have, as a logarithm: a wrong break costs more
	trust     = 2    // odds the rules have on their side at a marked one
)

// seams counts the seams of a flattened line.
type seams struct{ marked, unmarked float64 }

func (c *seams) correction() float64 {
	return math.Log((c.unmarked/usualRate + usualSize) / (c.unmarked + c.marked + usualSize))
}

// weigh lets the model decide a site, with the rules' verdict as evidence. At most sites
// the first few features are enough: the word is a name, or the full stop a plain one.
func (w *walker) weigh(m *model, s *site, v verdict) verdict {
	unmarked := v.rule == "unmarked"
	f := &w.features
	f.readWords(w.table, s, v)
	switch {
	case unmarked:
		v.odds = -caution
	case v.ends:
		v.odds = trust
	default:
		v.odds = -trust
	}
	v.odds += w.sum(m, &v)
	if sure := v.odds < -certain || v.odds > certain && v.ends; !sure || w.oracle != nil {
		f.readAround(w, s)
		v.odds += w.sum(m, &v)
	}
	if unmarked && v.odds > -certain {
		v.odds += w.seams.correction()
		w.seams.unmarked += 1 / (1 + math.Exp(-v.odds))
	}
	if ends := v.odds > 0; ends != v.ends || unmarked {
		v.ends, v.rule = ends, "tie-breaker"
	}
	if w.oracle != nil {
		v.ends = w.oracle(s.place)
	}
	if v.ends && !unmarked {
		w.seams.marked++
	}
	return v
}

// sum is the sum of the weights of the features at hand, which it notes if asked to
// explain.
func (w *walker) sum(m *model, v *verdict) (sum float64) {
	f := &w.features
	from := 0
	for _, end := range f.ends[:f.count] {
		name := f.names[from:end]
		weight := m.weight(name)
		sum += weight
		if w.explain != nil {
			v.said = append(v.said, Clue{string(name), weight})
		}
		from = end
	}
	return sum
}

// features is what the model is told of a site: names, one after the other.
type features struct {
	names [512]byte
	ends  [16]int // of the names
	count int
	at    int

	mark         byte
	next, before shape // of the words at the site
	rank         byte  // + if the next word is a starter
	word, follow []byte
	fold1, fold2 [64]byte // where word and follow lie
}

// name begins a feature's name with the mark and further bytes.
func (f *features) name(parts ...byte) *features {
	f.names[f.at] = f.mark
	f.at += 1 + copy(f.names[f.at+1:], parts)
	f.ends[f.count] = f.at
	f.count++
	return f
}

// more adds bytes to the name.
func (f *features) more(part []byte) {
	f.at += copy(f.names[f.at:], part)
	f.ends[f.count-1] = f.at
}

// rune adds a rune to the name.
func (f *features) rune(r rune) {
	if r != 0 {
		var b [utf8.UTFMax]byte
		f.more(b[:utf8.EncodeRune(b[:], r)])
	}
}

const markNames = "n.e?w:;"

// readWords makes the features of the words on both sides.
func (f *features) readWords(t *table, s *site, v verdict) {
	next := s.nextWord()
	f.count, f.at, f.mark, f.rank = 0, 0, markNames[s.mark], '-'
	f.before, f.next = shapeOf(s.before), shapeOf(next)
	f.word, f.follow = fold(&f.fold1, s.before), fold(&f.fold2, next)
	if t.starters[string(f.follow)] {
		f.rank = '+'
	}
	kind := byte(f.next)
	f.name('n', kind).more(clip(f.follow, 20))
	f.name('w').more(clip(f.word, 20))
	f.name('p', byte(f.before), kind, f.rank, byte(shapeOf(wordAfter(s.text, s.word+len(next)))))
	f.name('s', kind, f.rank)
	f.name('r', digit(v.ends)).more([]byte(v.rule))
	f.name('z', kind, f.rank).more(tail(f.word, 4))
}

// readAround makes the features of what is farther away.
func (f *features) readAround(w *walker, s *site) {
	kind, length := byte(f.next), 'A'+byte(2*math.Log2(float64(s.term-s.from+1)))
	second := byte(shapeOf(wordAfter(s.text, s.word+len(s.nextWord()))))
	f.count, f.at = 0, 0
	f.name('x', kind, second).more(tail(f.follow, 4))
	f.name('o', kind).rune(s.opener)
	f.name('c', kind, digit(w.table.classOf(s) != plain)).rune(s.closer)
	f.name('l', length, f.rank)
	f.name('m', length, byte(f.before), kind)
	f.name('i', within(s.text[max(s.from, s.term-look):s.term]), kind, f.rank)
	f.name('k', '0'+byte(min(len(f.word), 5)), byte(f.before), kind, f.rank)
	last, _ := utf8.DecodeLastRuneInString(s.text[s.from:s.term])
	if unicode.IsLetter(last) {
		last = 0
	}
	f.name('e', kind, f.rank).rune(last)
	f.name('b')
}

// shape is the outline of a word.
type shape byte

const (
	nothing   shape = '0'
	digits    shape = 'd'
	lower     shape = 'l'
	title     shape = 'T' // Paris
	oneLetter shape = 'A' // A
	elided    shape = 'E' // L'
	capitals  shape = 'C' // ONU
	other     shape = 'o'
)

func shapeOf(word string) shape {
	r, n := utf8.DecodeRuneInString(word)
	switch {
	case n == 0:
		return nothing
	case unicode.IsDigit(r):
		return digits
	case unicode.IsLower(r):
		return lower
	case !unicode.IsUpper(r):
		return other
	}
	second, _ := utf8.DecodeRuneInString(word[n:])
	switch {
	case len(word) == n:
		return oneLetter
	case second == '\'' || second == '’':
		return elided
	case unicode.IsUpper(second):
		return capitals
	}
	return title
}

// wordAfter is the start of the word behind the white space at or after the offset, if
// there is one on the line.
func wordAfter(text string, i int) string {
	rest := upToLineFeed(text[i:min(len(text), i+40)])
	space := strings.IndexByte(rest, ' ')
	if space < 0 {
		return ""
	}
	return strings.TrimLeft(rest[space:], " ")
}

// within says which bracket or quote is open at the end of the text: ( or « or 0.
func within(text string) byte {
	if strings.IndexByte(text, '(') < 0 && strings.IndexByte(text, 0xAB) < 0 {
		return '0'
	}
	round, quotes := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(':
			round++
		case ')':
			round = max(0, round-1)
		case 0xAB:
			quotes++
		case 0xBB:
			quotes = max(0, quotes-1)
		}
	}
	switch {
	case round > 0:
		return '('
	case quotes > 0:
		return '<'
	}
	return '0'
}

func digit(b bool) byte {
	if b {
		return '1'
	}
	return '0'
}

func clip(word []byte, n int) []byte { return word[:min(len(word), n)] }

func tail(word []byte, n int) []byte {
	i := max(0, len(word)-n)
	for i < len(word) && !utf8.RuneStart(word[i]) {
		i++
	}
	return word[i:]
}
