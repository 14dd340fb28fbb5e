package segment

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"drogman/pipeline/bitext"

	"golang.org/x/text/language"
)

// SRX is a file of segmentation rules in the format SRX 2.0 (Segmentation Rules eXchange,
// LISA 2008). It is immutable.
//
// A rule names a place by what stands before and after it; of the rules that match a
// place, the first in the file says whether a segment ends there. Language maps name the
// sets of rules for a language: all that match, in order, if the file cascades, else the
// first. Regular expressions are ICU's as far as a machine without backtracking can run
// them (see translate); time is linear in the text.
type SRX struct {
	Cascade bool
	sets    map[string][]srxRule
	maps    []srxMap
}

type srxMap struct {
	pattern *regexp.Regexp
	set     string
}

// srxRule is one rule. A missing side matches everywhere.
type srxRule struct {
	ends    bool
	before  *regexp.Regexp // of a break rule: a match ends at the place
	after   *regexp.Regexp // of a break rule with nothing before: a match begins at it
	closing *regexp.Regexp // of an exception: before, up to the end of the text
	suffix  string         // of an exception: what every match of before ends in
	opening *regexp.Regexp // of either: after, from the beginning of the text
}

const (
	srxSpace   = "http://www.lisa.org/srx20"
	srxLook    = 512 // bytes before a place that an exception may look at
	srxMaximum = 20_000
)

// srxReader builds an SRX from the tokens of a file and knows where it is.
type srxReader struct {
	name    string
	decoder *xml.Decoder
	path    []string
	srx     *SRX
	seen    map[string]bool

	set    string
	rule   xml.StartElement
	place  [2]int // of the rule
	before strings.Builder
	after  strings.Builder
	rules  int
	done   compiled
	mapped [][2]int // where each language map stands
}

// ReadSRX reads and validates an SRX 2.0 file. Every error is an *Error with its place.
func ReadSRX(r io.Reader, name string) (*SRX, error) {
	p := &srxReader{name: name, decoder: xml.NewDecoder(r), srx: &SRX{sets: map[string][]srxRule{}}, seen: map[string]bool{}, done: compiled{}}
	for {
		token, err := p.decoder.Token()
		if err == io.EOF {
			return p.srx, p.finish()
		}
		if err != nil {
			return nil, p.fail("srx-xml", "", "", err)
		}
		if err := p.take(token); err != nil {
			return nil, err
		}
	}
}

func (p *srxReader) fail(code, have, want string, cause error) error {
	line, column := p.decoder.InputPos()
	var fault *xml.SyntaxError
	if errors.As(cause, &fault) {
		line, column, cause = fault.Line, 0, errors.New(fault.Msg)
	}
	return &Error{Code: code, File: p.name, Line: line, Column: column, Have: have, Want: want, Err: cause}
}

func (p *srxReader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		if strings.Contains(string(t), "[") || strings.Contains(string(t), "ENTITY") {
			return p.fail("srx-xml", "<!"+firstWordOf(string(t))+">", "", errors.New("entities are not read"))
		}
	case xml.StartElement:
		return p.start(t)
	case xml.EndElement:
		p.path = p.path[:len(p.path)-1]
		if t.Name.Local == "rule" {
			return p.endRule()
		}
	case xml.CharData:
		switch p.in() {
		case "beforebreak":
			p.before.Write(t)
		case "afterbreak":
			p.after.Write(t)
		}
	}
	return nil
}

func firstWordOf(s string) string { word, _, _ := strings.Cut(s, " "); return word }

func (p *srxReader) in() string {
	if len(p.path) == 0 {
		return ""
	}
	return p.path[len(p.path)-1]
}

// srxParent is the one element that each element stands in (srx20.xsd).
var srxParent = map[string]string{
	"srx": "", "header": "srx", "body": "srx", "formathandle": "header",
	"languagerules": "body", "maprules": "body", "languagerule": "languagerules",
	"rule": "languagerule", "beforebreak": "rule", "afterbreak": "rule", "languagemap": "maprules",
}

func (p *srxReader) start(e xml.StartElement) error {
	name, parent := e.Name.Local, p.in()
	p.path = append(p.path, name)
	if e.Name.Space != srxSpace {
		if slices.Contains(p.path, "header") && len(p.path) > 2 {
			return nil // the header may hold elements of others
		}
		if name == "srx" && len(p.path) == 1 && attribute(e, "version") != "2.0" {
			return p.fail("srx-version", attribute(e, "version"), "2.0", nil)
		}
		return p.fail("srx-element", name, srxSpace, nil)
	}
	want, known := srxParent[name]
	switch {
	case !known, want != parent:
		return p.fail("srx-element", name, "", nil)
	case len(p.path) == 1 && p.seen["srx"]:
		return p.fail("srx-element", name, "", nil)
	}
	p.seen[name] = true
	switch name {
	case "srx":
		if v := attribute(e, "version"); v != "2.0" {
			return p.fail("srx-version", v, "2.0", nil)
		}
	case "header":
		p.srx.Cascade = attribute(e, "cascade") == "yes"
		return errors.Join(p.oneOf(e, "cascade", "yes", "no"), p.oneOf(e, "segmentsubflows", "yes", "no"))
	case "formathandle":
		return errors.Join(p.oneOf(e, "include", "yes", "no"), p.oneOf(e, "type", "start", "end", "isolated"))
	case "languagerule":
		return p.startSet(attribute(e, "languagerulename"))
	case "rule":
		return p.startRule(e)
	case "languagemap":
		return p.addMap(e)
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func (p *srxReader) oneOf(e xml.StartElement, name string, want ...string) error {
	if have := attribute(e, name); !slices.Contains(want, have) {
		return p.fail("srx-attribute", name+"="+have, strings.Join(want, "|"), nil)
	}
	return nil
}

func (p *srxReader) startSet(name string) error {
	if _, twice := p.srx.sets[name]; twice || name == "" {
		return p.fail("srx-rule-set", name, "", nil)
	}
	p.set, p.srx.sets[name] = name, nil
	return nil
}

func (p *srxReader) startRule(e xml.StartElement) error {
	p.rule = e
	p.place[0], p.place[1] = p.decoder.InputPos()
	p.before.Reset()
	p.after.Reset()
	if p.rules++; p.rules > srxMaximum {
		return p.fail("srx-too-many-rules", fmt.Sprint(p.rules), fmt.Sprint(srxMaximum), nil)
	}
	if attribute(e, "break") == "" {
		return nil
	}
	return p.oneOf(e, "break", "yes", "no")
}

func (p *srxReader) endRule() error {
	rule, bad, err := newSRXRule(p.done, attribute(p.rule, "break") != "no", p.before.String(), p.after.String())
	if err != nil {
		return &Error{Code: "srx-regexp", File: p.name, Line: p.place[0], Column: p.place[1], Have: bad, Err: err}
	}
	p.srx.sets[p.set] = append(p.srx.sets[p.set], rule)
	return nil
}

// compiled keeps expressions that files repeat thousands of times, such as \s.
type compiled map[string]*regexp.Regexp

// compile compiles an ICU expression between two anchors.
func (c compiled) compile(left, pattern, right string) (re *regexp.Regexp, err error) {
	key := left + "\x00" + pattern + right
	if re = c[key]; re != nil {
		return re, nil
	}
	translated, err := translate(pattern)
	if err != nil {
		return nil, err
	}
	if re, err = regexp.Compile(left + "(?:" + translated + ")" + right); err == nil {
		c[key] = re
	}
	return re, err
}

// newSRXRule compiles what a rule of its kind needs; bad is the expression at fault.
func newSRXRule(c compiled, ends bool, before, after string) (r srxRule, bad string, err error) {
	r.ends = ends
	switch {
	case before != "" && ends:
		r.before, err = c.compile("", before, "")
	case before != "":
		err = r.compileClosing(c, before)
	}
	if err != nil {
		return r, before, err
	}
	if after != "" {
		r.opening, err = c.compile(`\A`, after, "")
	}
	if err == nil && after != "" && ends && before == "" {
		r.after, err = c.compile("", after, "")
	}
	return r, after, err
}

// compileClosing compiles the expression of an exception to match up to a place. Nothing
// is to be compiled for one that is a plain text.
func (r *srxRule) compileClosing(c compiled, before string) error {
	translated, err := translate(before)
	if err != nil {
		return err
	}
	tree, err := syntax.Parse(translated, syntax.Perl)
	if err != nil {
		return err
	}
	r.suffix = literalSuffix(tree)
	if tree.Op == syntax.OpLiteral && r.suffix != "" {
		return nil
	}
	r.closing, err = c.compile("", before, `\z`)
	return err
}

// literalSuffix is a text that every match of the expression ends in, perhaps none.
func literalSuffix(tree *syntax.Regexp) string {
	for tree.Op == syntax.OpConcat || tree.Op == syntax.OpCapture {
		tree = tree.Sub[len(tree.Sub)-1]
	}
	if tree.Op != syntax.OpLiteral || tree.Flags&syntax.FoldCase != 0 {
		return ""
	}
	return string(tree.Rune)
}

func (p *srxReader) addMap(e xml.StartElement) error {
	pattern := attribute(e, "languagepattern")
	whole, err := p.done.compile(`(?i)\A`, pattern, `\z`)
	if err != nil {
		return p.fail("srx-regexp", pattern, "", err)
	}
	line, column := p.decoder.InputPos()
	p.mapped = append(p.mapped, [2]int{line, column})
	p.srx.maps = append(p.srx.maps, srxMap{whole, attribute(e, "languagerulename")})
	return nil
}

// finish holds the whole to what can only be known at its end.
func (p *srxReader) finish() error {
	for _, name := range []string{"srx", "header", "body", "languagerules", "maprules", "languagerule", "languagemap"} {
		if !p.seen[name] {
			return p.fail("srx-missing", "", name, nil)
		}
	}
	for i, m := range p.srx.maps {
		if _, ok := p.srx.sets[m.set]; !ok {
			return &Error{Code: "srx-rule-set", File: p.name, Line: p.mapped[i][0], Column: p.mapped[i][1], Have: m.set}
		}
	}
	return nil
}

// rulesFor are the rules of a language, in the order in which they decide.
func (x *SRX) rulesFor(lang language.Tag) (rules []srxRule) {
	name := lang.String()
	for _, m := range x.maps {
		if m.pattern.MatchString(name) || m.pattern.MatchString(strings.ReplaceAll(name, "-", "_")) {
			rules = append(rules, x.sets[m.set]...)
			if !x.Cascade {
				break
			}
		}
	}
	return rules
}

// WithSRX cuts by the rules of an SRX file instead of the segmenter's own. Only the
// user's exceptions go before them; layout and tie-breaker have no say. The file's line
// break rules, if it has any, stand for the layout.
func WithSRX(x *SRX) Option {
	return func(s *Segmenter) error { s.srx = x; return nil }
}

// srxRulesFor are the user's exceptions and then the rules of the file.
func (s *Segmenter) srxRulesFor(lang language.Tag) (rules []srxRule) {
	for _, ends := range []bool{false, true} {
		for _, u := range s.user.rules {
			if u.ends == ends {
				after := ""
				if u.after != "" {
					after = `\s*` + regexp.QuoteMeta(u.after)
				}
				r, _, _ := newSRXRule(compiled{}, ends, regexp.QuoteMeta(u.before), after) // quoted text compiles
				rules = append(rules, r)
			}
		}
	}
	return append(rules, s.srx.rulesFor(lang)...)
}

// srxDecide yields each place that a break rule names, whether a segment ends there, and
// the number of the rule that decided.
func (s *Segmenter) srxDecide(text string, yield func(at int, ends bool, rule int) bool) {
	for _, place := range srxPlaces(s.srxRules, text) {
		if place.at == 0 || place.at >= len(text) {
			continue
		}
		rule := srxException(s.srxRules[:place.rule], text, place.at)
		ends := rule < 0
		if ends {
			rule = place.rule
		}
		if !yield(place.at, ends, rule) {
			return
		}
	}
}

// srxSegments yields the segments of the text by the rules.
func (s *Segmenter) srxSegments(text string, yield func(bitext.Span) bool) {
	start, stopped := 0, false
	s.srxDecide(text, func(at int, ends bool, _ int) bool {
		if ends {
			stopped = !yield(bitext.Span{Start: start, End: at})
			start = at
		}
		return !stopped
	})
	if !stopped && start < len(text) {
		yield(bitext.Span{Start: start, End: len(text)})
	}
}

// srxExplain names the rule that decided by its number in the order of the file, from 1.
func (s *Segmenter) srxExplain(text string, yield func(Decision) bool) {
	s.srxDecide(text, func(at int, ends bool, rule int) bool {
		name := "user"
		if rule -= len(s.user.rules); rule >= 0 {
			name = fmt.Sprintf("srx-%d", rule+1)
		}
		return yield(Decision{At: at, Break: ends, Rule: name})
	})
}

// srxPlace is a place at which a rule would end a segment.
type srxPlace struct{ at, rule int }

// srxPlaces are the places that the break rules name, in order, each with the first rule
// that names it.
func srxPlaces(rules []srxRule, text string) (places []srxPlace) {
	for i, r := range rules {
		if !r.ends {
			continue
		}
		for at := range r.places(text) {
			places = append(places, srxPlace{at, i})
		}
	}
	slices.SortStableFunc(places, func(a, b srxPlace) int { return a.at - b.at })
	return slices.CompactFunc(places, func(a, b srxPlace) bool { return a.at == b.at })
}

// places are the offsets at which the rule matches.
func (r *srxRule) places(text string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		switch {
		case r.before != nil:
			for _, m := range r.before.FindAllStringIndex(text, -1) {
				if (r.opening == nil || r.opening.MatchString(text[m[1]:])) && !yield(m[1]) {
					return
				}
			}
		case r.after != nil:
			for _, m := range r.after.FindAllStringIndex(text, -1) {
				if !yield(m[0]) {
					return
				}
			}
		default:
			for i := range text {
				if !yield(i) {
					return
				}
			}
		}
	}
}

// srxException is the first of the rules that keeps the place from being an end, or -1.
func srxException(rules []srxRule, text string, at int) int {
	from := max(0, at-srxLook)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from++
	}
	for i := range rules {
		r := &rules[i]
		if r.ends || !strings.HasSuffix(text[:at], r.suffix) {
			continue
		}
		if (r.opening == nil || r.opening.MatchString(text[at:])) && (r.closing == nil || r.closing.MatchString(text[from:at])) {
			return i
		}
	}
	return -1
}
