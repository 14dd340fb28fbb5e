package segment

import (
	"strings"
	"unicode/utf8"
)

// stop says why the walk halts at a byte.
type stop uint8

const (
	pass      stop = iota
	stopMark       // . ! ?
	stopLead       // the first byte of a mark beyond ASCII: … ‼ 。 । ؟
	stopLine       // line feed
	stopCell       // tab
	stopPage       // form feed
	stopUser       // the last byte before a place that a user's exception names
	stopJoint      // ; and : in flattened text
	stopSpace      // the end of a word in flattened text
)

// margin is how far, in bytes, a decision may look ahead. It is more than the sum of
// what the layout (blockLook) and the rules (look) ask for.
const margin = blockLook + FlatLine + 4*look

// look is how far, in bytes, one rule looks to either side.
const look = 256

// walker goes through a text from candidate to candidate. It works on a window of the
// text: the window begins where the current segment begins, and unless it is final the
// walk halts margin bytes before its end and asks for more. Where the window lies
// makes no difference to what is decided: nothing before the segment's start is looked
// at, and nothing more than margin ahead.
type walker struct {
	*Segmenter
	text  string
	final bool

	start, end int  // the segment found last
	pos        int  // everything before it is decided
	ended      bool // a segment ends at pos, save for white space that follows
	from       int  // first visible byte of the current segment
	open       bool // the current segment has a visible byte

	line    int  // where the current line begins
	lined   bool // flat and block are those of the current line
	flat    bool // the line is flattened text
	blocked bool // block is that of the current line
	block   block
	seams   seams // of the current line

	site     site     // of the candidate in hand; here so that it is not allocated anew
	features features // of it

	explain func(Decision)
}

// next finds the next segment and reports whether there is one in the window.
func (w *walker) next(text string, final bool) bool {
	w.text, w.final, w.start = text, final, w.end
	for {
		if w.ended || !w.open {
			if !w.skipSpace() {
				break
			}
			if w.ended {
				w.end, w.ended, w.open, w.from = w.pos, false, isVisible(w.text[w.pos:]), w.pos
				return true
			}
			w.from, w.open = w.pos, true
		}
		if !w.walk() {
			break
		}
	}
	if !w.final || w.start == len(text) {
		return false
	}
	w.end, w.pos = len(text), len(text)
	return true
}

// isVisible reports whether the text begins with a visible rune.
func isVisible(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return n > 0 && !isBlank(r)
}

// limit is where the walk must halt for want of text to look ahead in.
func (w *walker) limit() int {
	if w.final {
		return len(w.text)
	}
	return max(len(w.text)-margin, 0)
}

// skipSpace moves pos over white space and keeps account of lines; it reports whether
// pos came to a visible byte, or as far as a segment may go.
func (w *walker) skipSpace() bool {
	limit := w.limit()
	for w.pos < limit {
		if w.pos-w.start >= MaxSegment {
			w.ended = true
			return true
		}
		c := w.text[w.pos]
		switch {
		case c == '\n':
			w.newLine(w.pos + 1)
		case c == '\f':
			w.blocked = false
		case c < utf8.RuneSelf && !isBlank(rune(c)):
			return true
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(w.text[w.pos:])
			if !isBlank(r) {
				return true
			}
			if r == '\u2028' || r == '\u2029' {
				w.newLine(w.pos + n)
			}
			w.pos += n
			continue
		}
		w.pos++
	}
	return false
}

// newLine notes that a line begins at the offset; a block ends with a blank line.
func (w *walker) newLine(at int) {
	if isBlankLine(w.text[max(w.line, 0):at]) {
		w.blocked = false
	}
	w.line, w.lined = at, false
}

// walk goes on to the next place where a segment ends and reports whether it came to one.
func (w *walker) walk() bool {
	limit := w.limit()
	for w.pos < limit {
		if !w.lined {
			w.beginLine()
		}
		stops := &w.stops
		if w.flat {
			stops = &w.Segmenter.flat
		}
		i, text := w.pos, w.text[:min(limit, w.start+MaxSegment)]
		for i < len(text) && stops[text[i]] == pass {
			i++
		}
		w.pos = i
		if i >= w.start+MaxSegment {
			w.cut()
			return true
		}
		if i < limit && w.halt(stops[w.text[i]]) {
			w.ended = true
			return true
		}
	}
	return false
}

// halt decides at pos and moves it on; it reports whether a segment ends at the new pos.
func (w *walker) halt(why stop) bool {
	switch why {
	case stopLine:
		return w.lineEnd(1)
	case stopPage:
		return w.settle(w.pos+1, true, "page")
	case stopCell:
		return w.cell()
	case stopLead:
		return w.lead()
	case stopUser:
		return w.exception()
	case stopSpace:
		if w.pos+1 < len(w.text) && !jointNext[w.text[w.pos+1]] {
			w.pos++
			return false
		}
		return w.joint(why)
	case stopJoint:
		return w.joint(why)
	}
	return w.mark()
}

// settle moves pos on and records the decision made there.
func (w *walker) settle(pos int, ends bool, rule string) bool {
	w.pos = pos
	if w.explain != nil {
		w.explain(Decision{At: pos, Break: ends, Rule: rule})
	}
	return ends
}

// lead halts at a byte that may begin a mark beyond ASCII.
func (w *walker) lead() bool {
	r, n := utf8.DecodeRuneInString(w.text[w.pos:])
	switch {
	case markOf(r) != noMark:
		return w.mark()
	case r == '\u2028', r == '\u2029':
		return w.lineEnd(n)
	}
	w.pos += n
	return false
}

// mark decides at sentence-ending punctuation.
func (w *walker) mark() bool {
	s := &w.site
	w.readSite(s)
	w.pos = s.place
	if !s.candidate {
		return false
	}
	v := w.judge(s)
	if w.flat && v.rule != "user" {
		if m := w.model(); m != nil {
			v = w.weigh(m, s, v)
		}
		if !v.ends && !s.wrapped {
			w.pos = s.next
		}
	}
	if w.explain != nil {
		w.explain(v.decision(s.place))
	}
	return v.ends
}

// cut ends a segment that has grown to MaxSegment at its last white space, or between
// two runes if it has none.
func (w *walker) cut() {
	at := w.start + MaxSegment
	if space := strings.LastIndexByte(w.text[w.start+MaxSegment/2:at], ' '); space >= 0 {
		at = w.start + MaxSegment/2 + space
	} else {
		for n := 1; n < utf8.UTFMax && at < len(w.text) && !utf8.RuneStart(w.text[at]); n++ {
			at--
		}
	}
	w.settle(at, true, "too-long")
	w.ended = true
}

// stopsFor is the table of bytes at which the walk halts, for text with its layout.
func stopsFor(user *userRules) (stops [256]stop) {
	for _, c := range []byte(".!?") {
		stops[c] = stopMark
	}
	for _, c := range []byte{0xE2, 0xE3, 0xEF, 0xD8, 0xDB, 0xE0} {
		stops[c] = stopLead
	}
	for _, r := range user.rules {
		if last := r.before[len(r.before)-1]; r.ends && stops[last] == pass {
			stops[last] = stopUser
		}
	}
	stops['\n'], stops['\t'], stops['\f'] = stopLine, stopCell, stopPage
	return stops
}
