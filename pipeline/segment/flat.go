package segment

import (
	"bytes"
	"embed"
	"math"
	"math/bits"
	"strconv"
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
	s := site{text: w.text, from: w.from, term: w.pos}
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
	w.readNext(&s)
	if !s.candidate || s.mark == noMark && (!unicode.IsUpper(s.first) && s.opener == 0 || w.table.opening[s.before]) {
		w.pos = max(s.next, s.place)
		return false
	}
	v := w.weigh(m, &s, verdict{rule: "unmarked"})
	w.pos = s.place
	if !v.ends {
		w.pos = s.next
	}
	if w.explain != nil {
		w.explain(v.decision(s.place))
	}
	return v.ends
}

// Texts differ in how many of their seams have no mark: none in a novel, one in four in
// a leaflet. So the odds of an unmarked seam are multiplied by the text's own rate of them
// so far over the usual rate, as Saerens, Latinne and Decaestecker correct a classifier's
// prior (Neural Computation 14, 2002).
const (
	usualRate = 0.03 // of unmarked seams among all
	usualSize = 20   // how many seams the usual rate counts for
	caution   = 3    // odds a place must have, as a logarithm: a wrong break costs more
)

// seams counts the seams of a flattened line.
type seams struct{ marked, unmarked float64 }

func (c *seams) correction() float64 {
	return math.Log((c.unmarked/usualRate + usualSize) / (c.unmarked + c.marked + usualSize))
}

// weigh lets the model decide a site, with the rules' verdict as evidence.
func (w *walker) weigh(m *model, s *site, v verdict) verdict {
	var f features
	f.read(w, s, v)
	v.odds = -caution
	f.each(func(key []byte) {
		weight := m.weight(key)
		v.odds += weight
		if w.explain != nil {
			v.said = append(v.said, Clue{string(key), weight})
		}
	})
	unmarked := v.rule == "unmarked"
	if unmarked {
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

// features is what the model is told of a site.
type features struct {
	mark   byte
	rule   string
	ends   bool
	before shape
	next   shape
	second shape  // of the word after the next
	word   []byte // the word before, folded
	follow []byte // the next word, folded
	last   rune   // the last rune before the place
	opener rune
	closer rune
	starts bool
	known  bool // the word before is an abbreviation
	length int  // of the segment so far, as the logarithm of its bytes
	within byte // an open bracket or quote before the place

	buf1, buf2 [64]byte
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

const markNames = "n.e?w:;"

func (f *features) read(w *walker, s *site, v verdict) {
	f.mark, f.rule, f.ends = markNames[s.mark], v.rule, v.ends
	next := s.nextWord()
	f.before, f.next = shapeOf(s.before), shapeOf(s.text[s.word:min(len(s.text), s.word+8)])
	if f.next == capitals || f.next == title || f.next == oneLetter {
		f.next = shapeOf(next)
	}
	f.second = shapeOf(wordAfter(s.text, s.word+len(next)))
	f.word, f.follow = fold(&f.buf1, s.before), fold(&f.buf2, next)
	f.last, _ = utf8.DecodeLastRuneInString(s.text[s.from:s.term])
	f.opener, f.closer = s.opener, s.closer
	f.starts = w.table.starters[string(f.follow)]
	f.known = w.table.classOf(s) != plain
	f.length = int(2 * math.Log2(float64(s.term-s.from+1)))
	f.within = within(s.text[max(s.from, s.term-look):s.term])
}

// wordAfter is the start of the word behind the white space at or after the offset.
func wordAfter(text string, i int) string {
	end := min(len(text), i+40)
	for i < end && text[i] != ' ' {
		i++
	}
	for i < end && text[i] == ' ' {
		i++
	}
	return text[i:max(i, min(len(text), i+4))]
}

// within says which bracket or quote is open at the end of the text: ( or « or 0.
func within(text string) byte {
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

// each calls yield with each feature; the key is valid only during the call.
func (f *features) each(yield func(key []byte)) {
	var buf [128]byte
	key := buf[:0]
	start := func(name byte) { key = append(key[:0], f.mark, name) }
	kind := byte(f.next)
	rank := byte('-')
	if f.starts {
		rank = '+'
	}
	tell := func(parts ...byte) { key = append(key, parts...) }
	say := func() { yield(key) }

	start('b')
	say()
	start('r')
	key = append(key, f.rule...)
	tell('0' + b2i(f.ends))
	say()
	start('s')
	tell(kind, rank)
	say()
	start('w')
	key = append(key, clip(f.word, 20)...)
	say()
	start('z')
	key = append(key, tail(f.word, 4)...)
	tell(kind, rank)
	say()
	start('n')
	tell(kind)
	key = append(key, clip(f.follow, 20)...)
	say()
	start('x')
	tell(kind)
	key = append(key, tail(f.follow, 4)...)
	tell(byte(f.second))
	say()
	start('p')
	tell(byte(f.before), kind, rank, byte(f.second))
	say()
	start('o')
	key = utf8.AppendRune(key, f.opener)
	tell(kind)
	say()
	start('c')
	key = utf8.AppendRune(key, f.closer)
	tell(kind, b2i(f.known))
	say()
	start('l')
	tell('A'+byte(f.length), rank)
	say()
	start('m')
	tell('A'+byte(f.length), byte(f.before), kind)
	say()
	start('i')
	tell(f.within, kind, rank)
	say()
	start('e')
	if !unicode.IsLetter(f.last) {
		key = utf8.AppendRune(key, f.last)
	}
	tell(kind, rank)
	say()
	start('k')
	tell('0'+byte(min(len(f.word), 5)), byte(f.before), kind, rank)
	say()
}

func b2i(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func clip(word []byte, n int) []byte { return word[:min(len(word), n)] }

func tail(word []byte, n int) []byte {
	i := max(0, len(word)-n)
	for i < len(word) && !utf8.RuneStart(word[i]) {
		i++
	}
	return word[i:]
}
