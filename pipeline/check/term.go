package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"drogman/glossary"
	"drogman/pipeline/bitext"
)

// termBook is the glossary made ready for both sides.
type termBook struct {
	from, to       language.Tag
	source, target *glossary.Matcher
}

func newTermBook(g *glossary.Glossary, pair bitext.Languages) (*termBook, error) {
	b := &termBook{from: g.Source, to: pair.Target}
	if b.to.IsRoot() && len(g.Targets) > 0 {
		b.to = g.Targets[0]
	}
	var group errgroup.Group
	group.Go(func() (err error) {
		b.source, err = g.Compile(b.from)
		return err
	})
	group.Go(func() (err error) {
		b.target, err = g.Compile(b.to)
		return err
	})
	return b, group.Wait()
}

// termView is what the glossary has to say of one unit: the concepts that the source
// calls for, each with what answers to it in the target. All rules about terms read the
// same view, so no two of them hold the same slip against a unit.
type termView struct {
	wanted []wanted
	target []glossary.Occurrence
}

// wanted is one concept of the source.
type wanted struct {
	concept   *glossary.Concept
	source    []bitext.Span
	term      *glossary.Term // of the first occurrence
	ambiguous bool
	answers   []glossary.Occurrence // approved targets
	banned    []glossary.Occurrence // forbidden or deprecated targets
	fault     fault
	here      bitext.Span // where in the target the fault stands; empty if nowhere
	reason    Reason
}

// fault is what is wrong with the rendering of a concept.
type fault uint8

const (
	none fault = iota
	missing
	forbidden
	leftInSource
	alteredName // a keep: that did not survive
	miscased
	undecided
)

// termsOf returns the view of the unit, made at the first call.
func (x *context) termsOf() *termView {
	if x.terms == nil {
		x.terms = &termView{}
		if x.checker.terms != nil && !x.untranslated() {
			x.terms.fill(x)
		}
	}
	return x.terms
}

func (v *termView) fill(x *context) {
	book := x.checker.terms
	v.collect(book.source.Find(x.source.raw))
	if len(v.wanted) == 0 {
		return
	}
	v.target = book.target.Find(x.target.raw)
	for i := range v.wanted {
		v.wanted[i].sort(x, v.target)
	}
	for i := range v.wanted {
		v.judge(x, &v.wanted[i])
	}
}

// collect lists the concepts that the source names. What lies within a longer term of
// another concept is part of that one; of two concepts with equal claims to a phrase one
// must be answered.
func (v *termView) collect(found []glossary.Occurrence) {
	for _, o := range found {
		if o.Nested {
			continue
		}
		span := bitext.Span{Start: o.Start, End: o.End}
		i := slices.IndexFunc(v.wanted, func(w wanted) bool { return w.concept == o.Concept })
		if i < 0 {
			v.wanted = append(v.wanted, wanted{concept: o.Concept, term: o.Term})
			i = len(v.wanted) - 1
		}
		w := &v.wanted[i]
		w.ambiguous = w.ambiguous || o.Ambiguous
		if n := len(w.source); n == 0 || w.source[n-1].End <= span.Start {
			w.source = append(w.source, span)
		}
	}
}

// sort divides the target occurrences of the concept into answers and banned ones.
func (w *wanted) sort(x *context, found []glossary.Occurrence) {
	book := x.checker.terms
	for _, o := range found {
		if o.Concept != w.concept {
			continue
		}
		switch o.Term.Status {
		case glossary.Preferred, glossary.Admitted:
			if !x.stillSource(w, o) && book.source.Allows(o.Term, x.source.raw) {
				w.answers = append(w.answers, o)
			}
		default:
			w.banned = append(w.banned, o)
		}
	}
	if len(w.answers) == 0 {
		w.sortContextual(x)
	}
}

// sortContextual finds the target terms that the source's context allows. The matcher of
// the target knows only the target's text, and passes them over.
func (w *wanted) sortContextual(x *context) {
	terms := w.concept.In(x.checker.terms.to)
	for i := range terms {
		t := &terms[i]
		if len(t.When) == 0 || t.Status > glossary.Admitted || !x.checker.terms.source.Allows(t, x.source.raw) {
			continue
		}
		if here, ok := findPhrase(&x.target, t.Text); ok {
			w.answers = append(w.answers, glossary.Occurrence{Start: here.Start, End: here.End, Concept: w.concept, Term: t, Form: t.Text})
		}
	}
}

// stillSource reports whether an answer is the source's own spelling, accents and all
// (Israël), which a lenient match took for the target's (Israel).
func (x *context) stillSource(w *wanted, o glossary.Occurrence) bool {
	surface := x.target.raw[o.Start:o.End]
	if accents(norm.NFC.String(surface)) <= accents(norm.NFC.String(o.Term.Text)) {
		return false
	}
	return strings.Contains(norm.NFC.String(x.source.raw), norm.NFC.String(surface))
}

// judge finds what is wrong with the rendering of a concept, if anything.
func (v *termView) judge(x *context, w *wanted) {
	banned, isBanned := v.firstBanned(w)
	answered := len(w.answers) > 0
	switch {
	case isBanned && (!answered || len(w.answers) < len(w.source)):
		w.fault, w.here = forbidden, spanOf(banned)
	case answered && w.answeredInSource(x):
		w.fault = leftInSource
	case answered && v.misspeltLonger(x, w):
		w.fault = missing
		if w.concept.Type == glossary.Keep {
			w.fault = alteredName
		}
	case answered && len(w.answers) < len(w.source):
		w.judgeRest(x)
	case answered:
	case w.concept.Type == glossary.Keep:
		w.judgeKeep(x)
	default:
		w.judgeMissing(x, v)
	}
	if w.fault != none && w.ambiguous {
		w.judgeAmbiguous(v)
	}
}

// misspeltLonger reports whether what answered is the sound half of a longer approved name
// misspelt: Goldman, in "Goldman Sashs". It leaves the place in w.here.
func (v *termView) misspeltLonger(x *context, w *wanted) bool {
	if len(w.answers) > 1 {
		return false
	}
	a := w.answers[0]
	longer := slices.DeleteFunc(w.names(x), func(name string) bool {
		return len(strings.Fields(name)) <= len(strings.Fields(a.Term.Text)) || !strings.Contains(name, a.Term.Text)
	})
	here := x.closest(longer)
	if here.Contains(spanOf(a)) && here.Len() > 0 {
		w.here = here
		return true
	}
	return false
}

// answeredInSource reports whether what answered is but a part of the source's own phrase,
// left as it is: Golan, in "plateau du Golan". It leaves the place in w.here.
func (w *wanted) answeredInSource(x *context) bool {
	here, ok := findPhrase(&x.target, x.source.in(w.source[0]))
	a := spanOf(w.answers[0])
	if ok && len(w.answers) == 1 && here.Contains(a) && here.Len() > a.Len() && w.concept.Type != glossary.Keep {
		w.here = here
		return true
	}
	return false
}

// judgeRest looks, where the target answers the concept less often than the source names
// it, for a place where it stands as in the source or misspelt. To say a name less often
// is no fault.
func (w *wanted) judgeRest(x *context) {
	for _, s := range w.source {
		here, ok := findPhrase(&x.target, x.source.in(s))
		if ok && !slices.ContainsFunc(w.answers, func(a glossary.Occurrence) bool { return a.Start < here.End && here.Start < a.End }) {
			w.fault, w.here = leftInSource, here
			return
		}
	}
	if here := x.closest(w.names(x)); here.Len() > 0 {
		w.fault, w.here = missing, here
	}
}

// judgeAmbiguous lets one answered sense stand for all senses of a phrase.
func (w *wanted) judgeAmbiguous(v *termView) {
	w.fault = undecided
	for i := range v.wanted {
		o := &v.wanted[i]
		if o != w && o.ambiguous && len(o.answers) > 0 && o.source[0] == w.source[0] {
			w.fault = none
		}
	}
}

func spanOf(o glossary.Occurrence) bitext.Span { return bitext.Span{Start: o.Start, End: o.End} }

// firstBanned finds a forbidden target that nothing excuses: an approved term of this or
// another wanted concept on the same words (England, where the source has Angleterre too;
// "States of America" within "United States of America").
func (v *termView) firstBanned(w *wanted) (glossary.Occurrence, bool) {
	for _, b := range w.banned {
		excused := false
		for i := range v.wanted {
			for _, a := range v.wanted[i].answers {
				excused = excused || a.Start < b.End && b.Start < a.End && a.End-a.Start >= (b.End-b.Start)/2
			}
		}
		if !excused {
			return b, true
		}
	}
	return glossary.Occurrence{}, false
}

// judgeKeep looks for a name that had to survive as it is.
func (w *wanted) judgeKeep(x *context) {
	for _, t := range w.names(x) {
		if _, ok := findPhrase(&x.target, t); ok {
			return
		}
	}
	if w.judgeCase(x) {
		return
	}
	w.fault = alteredName
	w.here = x.closest(w.names(x))
	w.lookAround(x)
}

// judgeCase finds an approved term with other capitals than it must have.
func (w *wanted) judgeCase(x *context) bool {
	for _, name := range w.names(x) {
		words := cutWords(name)
		for i := 0; i+len(words) <= len(x.target.words); i++ {
			if sameFolded(x.target.words[i:i+len(words)], words) {
				here := bitext.Span{Start: x.target.words[i].Start, End: x.target.words[i+len(words)-1].End}
				if strings.EqualFold(norm.NFC.String(x.target.in(here)), norm.NFC.String(name)) {
					w.fault, w.here = miscased, here
					return true
				}
			}
		}
	}
	return false
}

func sameFolded(a, b []word) bool {
	return slices.EqualFunc(a, b, func(a, b word) bool { return a.fold == b.fold })
}

// names are the terms that would answer a concept, and for a keep: the source's own.
func (w *wanted) names(x *context) []string {
	var names []string
	terms := w.concept.In(x.checker.terms.to)
	for i := range terms {
		t := &terms[i]
		if t.Status <= glossary.Admitted && x.checker.terms.source.Allows(t, x.source.raw) {
			names = append(names, t.Text)
		}
	}
	if w.concept.Type == glossary.Keep {
		names = append(names, x.source.in(w.source[0]))
	}
	return names
}

// judgeMissing tells a term left in the source language from one that is not there.
func (w *wanted) judgeMissing(x *context, v *termView) {
	for _, s := range w.source {
		if here, ok := findPhrase(&x.target, x.source.in(s)); ok {
			w.fault, w.here = leftInSource, here
			return
		}
	}
	if w.judgeCase(x) {
		return
	}
	w.fault = missing
	if w.here = x.closest(w.names(x)); w.here.Len() == 0 {
		w.here = v.intruder(x, w)
	}
	if w.here.Len() == 0 {
		w.grade(x)
	}
}

// intruder finds an approved term in the target that no concept of the source calls for:
// it was probably written in this one's place. A word of the concept's own family (threats
// for threaten) is no stranger.
func (v *termView) intruder(x *context, w *wanted) bitext.Span {
	for _, o := range v.target {
		called := slices.ContainsFunc(v.wanted, func(c wanted) bool {
			return c.concept == o.Concept || slices.ContainsFunc(c.answers, func(a glossary.Occurrence) bool {
				return a.Start < o.End && o.Start < a.End
			})
		})
		if !called && o.Concept.Type == w.concept.Type && o.Term.Status <= glossary.Admitted && !o.Nested && !w.related(x, o.Term.Text) {
			return spanOf(o)
		}
	}
	return bitext.Span{}
}

// related reports whether a word of the phrase begins like a word of an approved term.
func (w *wanted) related(x *context, phrase string) bool {
	for _, name := range w.names(x) {
		for _, n := range cutWords(name) {
			for _, p := range cutWords(phrase) {
				if sharedPrefix(n.fold, p.fold) >= min(4, len(n.fold)) && len(n.fold) > 3 {
					return true
				}
			}
		}
	}
	return false
}

// findPhrase finds a phrase of one side in a text, as whole words, accents and capitals
// as they are, whatever the normal form and the kind of apostrophe.
func findPhrase(t *text, phrase string) (bitext.Span, bool) {
	words := cutWords(phrase)
	if len(words) == 0 {
		return bitext.Span{}, false
	}
	for i := 0; i+len(words) <= len(t.words); i++ {
		if samePhrase(t, i, phrase, words) {
			return bitext.Span{Start: t.words[i].Start, End: t.words[i+len(words)-1].End}, true
		}
	}
	return bitext.Span{}, false
}

func samePhrase(t *text, i int, phrase string, words []word) bool {
	for k, w := range words {
		o := t.words[i+k]
		if o.fold != w.fold || !sameLetters(t.in(o.Span), w.In(phrase)) {
			return false
		}
		if k > 0 && !isPhraseGap(t.raw[t.words[i+k-1].End:o.Start]) {
			return false
		}
	}
	return true
}

// sameLetters compares two words but for the case of the first letter.
func sameLetters(a, b string) bool {
	if a == b {
		return true
	}
	a, b = norm.NFC.String(a), norm.NFC.String(b)
	_, n := utf8.DecodeRuneInString(a)
	_, m := utf8.DecodeRuneInString(b)
	return a[n:] == b[m:] && strings.EqualFold(a[:n], b[:m])
}

// isPhraseGap reports whether what parts two words may stand inside a term.
func isPhraseGap(gap string) bool {
	return gap != "" && len(gap) <= 4 && !strings.ContainsAny(gap, ".,;:!?()\"«»") || gap == "."
}

// closest finds the words of the target that are one of the names misspelt: as many
// words, each equal but one that differs by an edit or two and is no word of the source's
// own names elsewhere.
func (x *context) closest(names []string) bitext.Span {
	for _, name := range names {
		want := cutWords(name)
		for i := 0; i+len(want) <= len(x.target.words); i++ {
			if misspelt(x.target.words[i:i+len(want)], want) {
				return bitext.Span{Start: x.target.words[i].Start, End: x.target.words[i+len(want)-1].End}
			}
		}
	}
	return bitext.Span{}
}

func misspelt(have, want []word) bool {
	wrong := 0
	for k := range want {
		if have[k].fold == want[k].fold {
			continue
		}
		if strings.HasPrefix(want[k].fold, have[k].fold) || strings.HasPrefix(have[k].fold, want[k].fold) {
			return false // German is no slip for Germany, nor bombed for bomb
		}
		if !want[k].upper && want[k].fold[len(want[k].fold)-1] != have[k].fold[len(have[k].fold)-1] {
			return false // nor bombed for bombing
		}
		wrong++
		if !isSlipOf([]rune(have[k].fold), []rune(want[k].fold)) {
			return false
		}
	}
	return wrong == 1
}

// isSlipOf reports whether a is b with a slip or, in a long word, two: the first letter is
// right, and the last unless nothing else is wrong. Short words are too often alike by
// chance, but for acronyms with their letters in another order.
func isSlipOf(a, b []rune) bool {
	if len(b) < 4 {
		return isScrambled(a, b)
	}
	switch editDistance(a, b) {
	case 1:
		return a[0] == b[0]
	case 2:
		return a[0] == b[0] && a[len(a)-1] == b[len(b)-1] && len(b) >= 7
	}
	return false
}

// isScrambled reports whether an acronym has the letters of another in another order.
func isScrambled(a, b []rune) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b) && len(b) > 1
}

// grade looks for what may excuse a missing term; see the Reason constants.
func (w *wanted) grade(x *context) {
	switch {
	case w.lookAround(x):
	case w.derived(x):
		w.reason = Derived
	case w.byHeadNoun(x), w.byPronoun(x):
		w.reason = Anaphora
	}
}

// lookAround finds the term in a neighbouring target that has more of them than its own
// source calls for, where lengths too say that the sentence was cut elsewhere: the
// neighbour's target has grown against its source, and this one has shrunk.
func (w *wanted) lookAround(x *context) bool {
	book := x.checker.terms
	for _, n := range []*bitext.Unit{x.before, x.after} {
		if n == nil || growth(n) < movedGrowth*growth(x.unit) {
			continue
		}
		there := countConcept(book.target.Find(n.Target), w.concept)
		if there > 0 && there > countConcept(book.source.Find(n.Source), w.concept) {
			w.reason = Elsewhere
			return true
		}
	}
	return false
}

// movedGrowth is by what factor the neighbour must have grown more than the unit.
const movedGrowth = 1.25

func growth(u *bitext.Unit) float64 { return float64(len(u.Target)+1) / float64(len(u.Source)+1) }

func countConcept(found []glossary.Occurrence, c *glossary.Concept) int {
	n := 0
	for _, o := range found {
		if o.Concept == c && o.Term.Status <= glossary.Admitted {
			n++
		}
	}
	return n
}

// derived reports whether each word of the term stands in the target, one at least as a
// word of its family: German for Germany, Chinese for China; of a common term one word may
// be lost (president, for presidential election). Where the source has such a
// word of its own beside the term, that is the one translated.
func (w *wanted) derived(x *context) bool {
	for _, s := range cutWords(x.source.in(w.source[0])) {
		if s.Len() >= 4 && hasFamily(&x.source, s) {
			return false
		}
	}
	return slices.ContainsFunc(w.names(x), func(name string) bool {
		family, lost := false, 0
		for _, n := range cutWords(name) {
			switch {
			case hasFamily(&x.target, n):
				family = true
			case !x.target.has(n.fold):
				lost++
			}
		}
		return family && (lost == 0 || lost == 1 && w.concept.Type == glossary.Terms)
	})
}

// hasFamily reports whether the text has another word that shares the first letters of
// this one, most of its own, and the case of the first.
func hasFamily(t *text, w word) bool {
	return len(w.fold) >= 4 && slices.ContainsFunc(t.words, func(o word) bool {
		if o.upper != w.upper || o.fold == w.fold {
			return false
		}
		shared := sharedPrefix(o.fold, w.fold)
		return shared >= max(4, (2*len(w.fold)+2)/3) || o.upper && shared >= 3 && t.tongue.demonyms[o.fold[shared:]]
	})
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// byHeadNoun finds the last word of a term of several words standing for the whole: "the
// army" for the Free Syrian Army.
func (w *wanted) byHeadNoun(x *context) bool {
	for _, name := range w.names(x) {
		words := cutWords(name)
		if len(words) < 2 {
			continue
		}
		head := words[len(words)-1].fold
		if len(head) > 3 && slices.ContainsFunc(x.target.words, func(t word) bool { return t.fold == head || t.fold == head+"s" }) {
			return true
		}
	}
	return false
}

// byPronoun reports whether the target has a pronoun more than the source, and the unit
// before names the same concept, so that the pronoun may stand for it.
func (w *wanted) byPronoun(x *context) bool {
	if x.before == nil || countPronouns(&x.target) <= countPronouns(&x.source) {
		return false
	}
	return countConcept(x.checker.terms.source.Find(x.before.Source), w.concept) > 0
}

func countPronouns(t *text) int {
	n := 0
	for _, w := range t.words {
		if t.tongue.pronouns[w.fold] {
			n++
		}
	}
	return n
}

// quoted reports whether the place stands within words of the source's language: a title
// or a name that was left as it is ("Le complot du Caire").
func (x *context) quoted(here bitext.Span) bool {
	for i, w := range x.target.words {
		if w.Start == here.Start && i > 0 {
			before := x.target.words[i-1].fold
			return x.source.tongue.function[before] && !x.target.tongue.function[before] && x.source.has(before)
		}
	}
	return false
}

// speaksFor reports whether the phrase of the source is part of a wanted term.
func (v *termView) speaksFor(s bitext.Span) bool {
	return slices.ContainsFunc(v.wanted, func(w wanted) bool { return covered(w.source, s) })
}

// reportTerms reports the wanted concepts with a given fault.
func (x *context) reportTerms(kind fault) {
	for _, w := range x.termsOf().wanted {
		if w.fault == kind {
			x.reportTerm(&w)
		}
	}
}

func (x *context) reportTerm(w *wanted) {
	f := Finding{Concept: w.concept.ID, Reason: w.reason, Have: x.target.in(w.here), Want: x.wantedText(w)}
	if w.reason == Plain && (w.fault == leftInSource || w.fault == forbidden) && x.quoted(w.here) {
		f.Reason = Quoted
	}
	if f.Reason != Plain || w.concept.Status == glossary.Proposed {
		f.Severity = Advisory
	}
	if w.here.Len() == 0 {
		f.Side, f.Start, f.End = Source, w.source[0].Start, w.source[0].End
		x.report(f)
		return
	}
	x.reportAt(Target, w.here, w.source[0], f)
}

// wantedText is what should stand in the target.
func (x *context) wantedText(w *wanted) string {
	if t, ok := w.concept.Preferred(x.checker.terms.to); ok {
		return t.Text
	}
	return x.source.in(w.source[0])
}

// isUpper reports whether s begins with a capital.
func isUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
