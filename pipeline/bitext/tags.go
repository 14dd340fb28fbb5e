package bitext

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tags. A table and a PO file have a cell for a text and none for what stands beside it, so
// the cells of a unit with codes show them, where a translator can place them:
//
//	Il a dit <1>oui</1>, et voilà <2/> {name}.
//
// A number stands for an ID, the same in source and target. <1>…</1> is a pair; <2/> is a
// Standalone code, or a half whose other half is not in the unit. A Standalone code that
// shows a text ("{name}") needs no tag: the text is its sign, sought in the target. Where the
// text is white space, or not found as it should be, the code is a pair of tags around it.
// Numbers follow the order of the codes in the source, then that of those in the target alone;
// codes without a tag come last.
//
// Text that looks like a tag has a backslash before it; backslashes before a tag, or before
// text that looks like one, are doubled. A cell without a code is never looked at.
//
// What a code is (ID, data, type, fields) is said beside the cells, for the target only where
// it differs from the source. A tag that stands for no code of the unit is read as a code with
// the tag for its ID and data, so that merging can name it. A unit whose codes would not come
// back from tags as they were (one ID with two meanings) is written without them.

// tag is one tag of a cell. at is its place in the text, without tags.
type tag struct {
	number int
	form   tagForm
	at     int
}

// tagForm is how a tag is written; the forms are in the order of the kinds of codes.
type tagForm uint8

const (
	aloneTag tagForm = iota // <1/>, and <1 /> as some tools write it
	openTag                 // <1>
	closeTag                // </1>
)

func (t tag) String() string {
	n := strconv.Itoa(t.number)
	return [...]string{"<" + n + "/>", "<" + n + ">", "</" + n + ">"}[t.form]
}

// leadingTag reads the tag that s begins with; its length is 0 if it begins with none.
func leadingTag(s string) (t tag, length int) {
	i := 1
	if strings.HasPrefix(s, "</") {
		t.form, i = closeTag, 2
	} else if strings.HasPrefix(s, "<") {
		t.form = openTag
	} else {
		return t, 0
	}
	from := i
	for i < len(s) && i < from+6 && '0' <= s[i] && s[i] <= '9' {
		t.number = t.number*10 + int(s[i]-'0')
		i++
	}
	if i == from || s[from] == '0' {
		return t, 0
	}
	if rest := strings.TrimPrefix(s[i:], " "); t.form == openTag && strings.HasPrefix(rest, "/") {
		t.form, i = aloneTag, len(s)-len(rest)+1
	}
	if !strings.HasPrefix(s[i:], ">") {
		return t, 0
	}
	return t, i + 1
}

// nextTag is where the first thing in s stands that is or looks like a tag, its length (0
// if there is none), and how many backslashes are before it.
func nextTag(s string) (t tag, at, length, slashes int) {
	for i := 0; i < len(s); i++ {
		n := strings.IndexByte(s[i:], '<')
		if n < 0 {
			break
		}
		i += n
		if t, length = leadingTag(s[i:]); length > 0 {
			return t, i, length, len(s[:i]) - len(strings.TrimRight(s[:i], `\`))
		}
	}
	return tag{}, len(s), 0, 0
}

// splitTags parts a cell into its text and its tags. It is the inverse of joinTags.
func splitTags(cell string) (text string, tags []tag) {
	var b strings.Builder
	for {
		t, at, length, slashes := nextTag(cell)
		b.WriteString(cell[:at-(slashes+1)/2])
		if length == 0 {
			return b.String(), tags
		}
		if slashes%2 == 1 {
			b.WriteString(cell[at : at+length])
		} else {
			t.at = b.Len()
			tags = append(tags, t)
		}
		cell = cell[at+length:]
	}
}

// joinTags makes a cell of a text and its tags, which are in order.
func joinTags(text string, tags []tag) string {
	var b strings.Builder
	at := 0
	for _, t := range tags {
		part := text[at:t.at]
		escapeTags(&b, part)
		b.WriteString(part[len(strings.TrimRight(part, `\`)):])
		b.WriteString(t.String())
		at = t.at
	}
	escapeTags(&b, text[at:])
	return b.String()
}

func escapeTags(b *strings.Builder, s string) {
	for {
		_, at, length, slashes := nextTag(s)
		b.WriteString(s[:at])
		if length == 0 {
			return
		}
		b.WriteString(strings.Repeat(`\`, slashes+1))
		b.WriteString(s[at : at+length])
		s = s[at+length:]
	}
}

// tagID is what a number stands for: a pair (or half of one) and a Standalone code with the
// same ID are two things.
type tagID struct {
	alone bool
	id    string
}

func (c *Code) tagID() tagID { return tagID{c.Kind == Standalone, c.ID} }
func (c *Code) key() codeKey { return codeKey{c.Kind, c.ID} }

// tagSet is the numbering of one unit's codes and what is known of them.
type tagSet struct {
	ids            []tagID // number n is ids[n-1]
	number         map[tagID]int
	source, target map[codeKey]Code // those of the target where they differ from the source's
	bare           []bareCode       // of the source, in order
}

// bareCode is a code whose sign is the text it shows.
type bareCode struct {
	Code
	text string
}

// maxBare bounds the texts that are sought in a target.
const maxBare = 1000

// newTagSet numbers the codes of a unit; target has at least those that the source lacks.
func newTagSet(text string, source, target []Code) *tagSet {
	t := &tagSet{number: map[tagID]int{}, source: map[codeKey]Code{}, target: map[codeKey]Code{}}
	for _, c := range source {
		t.source[c.key()] = c
		if shows := shownText(c, text); shows != "" {
			t.bare = append(t.bare, bareCode{c, shows})
		} else {
			t.add(c)
		}
	}
	for _, c := range target {
		t.target[c.key()] = c
		t.add(c)
	}
	for _, c := range t.bare {
		t.add(c.Code)
	}
	return t
}

func (t *tagSet) add(c Code) {
	if id := c.tagID(); t.number[id] == 0 {
		t.ids = append(t.ids, id)
		t.number[id] = len(t.ids)
	}
}

// shownText is the text that is the sign of a code, empty where there is none.
func shownText(c Code, text string) string {
	if c.Kind != Standalone || !within(c.Span.Start, c.Span.End, text) {
		return ""
	}
	shown := c.Span.In(text)
	if strings.TrimSpace(shown) == "" || !utf8.ValidString(shown) {
		return ""
	}
	return shown
}

// CodeName is what a person is shown of a code, in a unit with the codes and the text of its
// source: the tag that stands for it in the cells of tables and PO, <1>, and in brackets what
// it is, <1> (<a href="…">) or <1> (bold). A code that shows a text is called by that text, one
// that the source lacks by its data, else its ID.
func CodeName(text string, source []Code, c Code) string {
	i := slices.IndexFunc(source, func(o Code) bool { return o.key() == c.key() })
	if i < 0 {
		return cmp.Or(c.Data, c.ID)
	}
	c = source[i]
	if shows := shownText(c, text); shows != "" {
		return shows
	}
	t := newTagSet(text, source, nil)
	form := tagForm(c.Kind)
	if c.Kind == Standalone && c.Span.Len() > 0 {
		form = openTag
	} else if !t.isPair(c.ID) {
		form = aloneTag
	}
	name := tag{number: t.number[c.tagID()], form: form}.String()
	if what := cmp.Or(c.Data, c.Type); what != "" {
		name += " (" + shown(what) + ")"
	}
	return name
}

func (t *tagSet) has(kind CodeKind, id string) bool {
	_, inSource := t.source[codeKey{kind, id}]
	_, inTarget := t.target[codeKey{kind, id}]
	return inSource || inTarget
}

// isPair reports whether the unit has both halves of an ID.
func (t *tagSet) isPair(id string) bool { return t.has(Open, id) && t.has(Close, id) }

// show makes the cell of a text: with every code a tag, or only those that need one.
func (t *tagSet) show(text string, codes []Code, every bool) string {
	var tags []tag
	for _, c := range codes {
		n := t.number[c.tagID()]
		switch {
		case c.Kind == Standalone && c.Span.Len() > 0:
			if every || shownText(c, text) == "" {
				tags = append(tags, tag{n, openTag, c.Span.Start}, tag{n, closeTag, c.Span.End})
			}
		case c.Kind == Standalone || !t.isPair(c.ID):
			tags = append(tags, tag{n, aloneTag, c.Span.Start})
		default:
			tags = append(tags, tag{n, pick(c.Kind == Open, openTag, closeTag), c.Span.Start})
		}
	}
	return joinTags(text, tags)
}

// codes makes codes of tags.
func (t *tagSet) codes(tags []tag) []Code {
	var codes []Code
	for len(tags) > 0 {
		c := Code{Span: Span{tags[0].at, tags[0].at}}
		n := t.meaning(tags, &c)
		if n == 0 { // what it could mean is for a person to say
			mark := "<" + strconv.Itoa(tags[0].number) + ">"
			c.Kind, c.ID, c.Data, n = CodeKind(tags[0].form), mark, tags[0].String(), 1
		}
		codes = append(codes, c)
		tags = tags[n:]
	}
	return codes
}

// meaning finds which code the first of the tags stands for, and how many tags it takes; 0
// if it is none of the unit's.
func (t *tagSet) meaning(tags []tag, c *Code) int {
	first := tags[0]
	if first.number > len(t.ids) {
		return 0
	}
	id := t.ids[first.number-1]
	c.ID = id.id
	switch {
	case id.alone && first.form == aloneTag:
		return 1
	case id.alone && first.form == openTag && len(tags) > 1 && tags[1].number == first.number && tags[1].form == closeTag:
		c.Span.End = tags[1].at
		return 2
	case id.alone || first.form == aloneTag && t.isPair(id.id):
		return 0
	case first.form == aloneTag:
		c.Kind = pick(t.has(Open, id.id), Open, Close)
		return 1
	}
	c.Kind = CodeKind(first.form)
	return pick(t.has(c.Kind, id.id), 1, 0)
}

// find seeks the bare codes that no tag stands for by their texts: of codes with the same
// text the first is the first.
func (t *tagSet) find(text string, tagged []Code) []Code {
	seen := map[tagID]bool{}
	for _, c := range tagged {
		seen[c.tagID()] = true
	}
	var found []Code
	from := map[string]int{}
	for _, c := range t.bare[:min(len(t.bare), maxBare)] {
		i := IndexShown(text[from[c.text]:], c.text)
		if i < 0 || seen[c.tagID()] {
			continue
		}
		start := from[c.text] + i
		c.Span = Span{start, start + len(c.text)}
		from[c.text] = c.Span.End
		found = append(found, c.Code)
	}
	return found
}

// IndexShown is where the text that a code shows first stands in a translation, -1 if it
// does not. A text that is a word ("x") is sought as a word, one with a sign of its own
// ("{x}", "%s") anywhere.
func IndexShown(text, shown string) int {
	word := !strings.ContainsFunc(shown, func(r rune) bool { return !isWordRune(r) })
	at := 0
	for {
		i := strings.Index(text[at:], shown)
		if i < 0 || !word {
			return pick(i < 0, -1, at+i)
		}
		start, end := at+i, at+i+len(shown)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !isWordRune(before) && !isWordRune(after) {
			return start
		}
		at = end
	}
}

func isWordRune(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// inPlace puts tagged codes and bare ones in order. A bare one that another lies in, or that
// begins in another, is none.
func inPlace(tagged, bare []Code) []Code {
	type placed struct {
		Code
		bare bool
	}
	var all []placed
	for _, c := range tagged {
		all = append(all, placed{c, false})
	}
	for _, c := range bare {
		all = append(all, placed{c, true})
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(a.Span.Start-b.Span.Start, a.Span.End-b.Span.End)
	})
	n := 0
	for _, c := range all {
		if n > 0 && c.Span.Start < all[n-1].Span.End {
			if c.bare {
				continue
			}
			n--
		}
		all[n] = c
		n++
	}
	var codes []Code
	for _, c := range all[:n] {
		codes = append(codes, c.Code)
	}
	return codes
}

// Untag is the text of a cell that shows codes as tags.
func Untag(cell string) string {
	text, _ := splitTags(cell)
	return text
}

// Retag reads the tags of a unit whose cells show codes, where the file has lost what they
// are (a table without its column more): they are the codes given, which the source has. False
// where the source shows other codes.
func Retag(u Unit, codes []Code) (Unit, bool) {
	tagged := u
	tagged.SourceCodes, tagged.TargetCodes = codes, nil
	t := readTags(&tagged)
	return tagged, len(codes) > 0 && t.show(tagged.Source, codes, false) == u.Source
}

// besideCells is what is said beside the cells of a unit, in JSON.
type besideCells struct {
	Tags bool `json:"tags,omitempty"` // the cells show codes, whose spans in the JSON mean nothing in the target
	jsonRest
}

// beside parts a unit into what its cells show, and what is said beside them.
func beside(u *Unit) (cells Unit, rest besideCells) {
	cells = *u
	if len(u.SourceCodes)+len(u.TargetCodes) > 0 {
		cells, rest.Tags = withTags(u)
	}
	rest.jsonRest = restOf(&cells)
	return cells, rest
}

// fill puts what is said beside the cells into u, whose texts are the cells; see
// jsonRest.fill for what it returns.
func (b *besideCells) fill(u *Unit) (codes *cellCodes, have, want string) {
	rest := b.jsonRest
	if !b.Tags {
		have, want = rest.fill(u)
		return codesOfCells(u), have, want
	}
	source, ok := unitCodes(rest.SourceCodes)
	target, also := unitCodes(rest.TargetCodes)
	if !ok || !also {
		return nil, "kind", strings.Join(kindNames[:], ", ")
	}
	u.SourceCodes, u.TargetCodes = source, target
	t := readTags(u)
	source, target = u.SourceCodes, u.TargetCodes
	rest.SourceCodes, rest.TargetCodes = nil, nil
	have, want = rest.fill(u)
	u.SourceCodes, u.TargetCodes = source, target
	return codesOfTags(t), have, want
}

// readTags makes of a unit whose texts are cells with tags, and whose codes are those said
// beside the cells, the unit that is meant.
func readTags(u *Unit) *tagSet {
	var sourceTags, targetTags []tag
	u.Source, sourceTags = splitTags(u.Source)
	u.Target, targetTags = splitTags(u.Target)
	t := newTagSet(u.Source, u.SourceCodes, u.TargetCodes)
	var bare []Code
	for _, c := range t.bare {
		bare = append(bare, c.Code)
	}
	u.SourceCodes = detailed(inPlace(t.codes(sourceTags), bare), t.source)
	tagged := t.codes(targetTags)
	u.TargetCodes = detailed(inPlace(tagged, t.find(u.Target, tagged)), t.target, t.source)
	return t
}

// detailed gives codes what is said of them in the first of the maps that knows them.
func detailed(codes []Code, said ...map[codeKey]Code) []Code {
	for i, c := range codes {
		for _, m := range said {
			if known, ok := m[c.key()]; ok {
				known.Span = c.Span
				codes[i] = known
				break
			}
		}
	}
	return codes
}

// withTags makes the unit whose texts are cells with tags and whose target codes are those
// that differ from the source's. It reports whether readTags would give u back.
func withTags(u *Unit) (Unit, bool) {
	shown := *u
	shown.TargetCodes = differing(u.SourceCodes, u.TargetCodes)
	t := newTagSet(u.Source, u.SourceCodes, shown.TargetCodes)
	shown.Source = t.show(u.Source, u.SourceCodes, false)
	for _, every := range []bool{false, true} {
		shown.Target = t.show(u.Target, u.TargetCodes, every)
		again := shown
		readTags(&again)
		if again.Source == u.Source && again.Target == u.Target && utf8.ValidString(shown.Source+shown.Target) &&
			slices.EqualFunc(again.SourceCodes, u.SourceCodes, equalCodes) &&
			slices.EqualFunc(again.TargetCodes, u.TargetCodes, equalCodes) {
			return shown, true
		}
	}
	return *u, false
}

// differing are the codes of a target that are not, but for their place, those of the source.
func differing(source, target []Code) []Code {
	known := map[codeKey]Code{}
	for _, c := range source {
		known[c.key()] = c
	}
	var out []Code
	for _, c := range target {
		same := known[c.key()]
		same.Span = c.Span
		if !equalCodes(same, c) {
			out = append(out, c)
			known[c.key()] = c
		}
	}
	return out
}

func equalCodes(a, b Code) bool {
	return a.Span == b.Span && a.Kind == b.Kind && a.ID == b.ID && a.Data == b.Data && a.Type == b.Type &&
		a.Mark == b.Mark && slices.Equal(a.Fields, b.Fields)
}

// cellCodes is how the codes of a unit that was read stand in its file, for writing another
// target there.
type cellCodes struct {
	tags *tagSet // nil: in no cell, but beside them with their spans
	said map[codeKey]Code
}

// codesOfCells is how the codes of a unit without tags stand.
func codesOfCells(u *Unit) *cellCodes {
	c := &cellCodes{}
	if len(u.SourceCodes)+len(u.TargetCodes) > 0 {
		c.said = map[codeKey]Code{}
	}
	for _, code := range slices.Concat(u.SourceCodes, u.TargetCodes) {
		c.said[code.key()] = code
	}
	return c
}

// codesOfTags is how the codes of a unit with tags stand.
func codesOfTags(t *tagSet) *cellCodes {
	c := &cellCodes{tags: t, said: maps.Clone(t.source)}
	maps.Copy(c.said, t.target)
	return c
}

// target makes the cell of a new target. spans are the codes to say beside it, with their
// spans, where the file has no tags.
func (c *cellCodes) target(u *Unit) (cell string, spans []Code, err error) {
	if !inOrder(u.TargetCodes, u.Target) {
		return "", nil, &Error{Code: "unit-span", Place: u.Place, Unit: u.ID}
	}
	for _, code := range u.TargetCodes {
		if _, ok := c.said[code.key()]; !ok {
			return "", nil, &Error{Code: "splice-code", Place: u.Place, Unit: u.ID, Have: code.ID}
		}
	}
	if c.tags == nil {
		return u.Target, detailed(slices.Clone(u.TargetCodes), c.said), nil
	}
	cell = c.tags.show(u.Target, u.TargetCodes, false)
	if !c.tags.holds(cell, u) {
		cell = c.tags.show(u.Target, u.TargetCodes, true)
	}
	if !c.tags.holds(cell, u) {
		return "", nil, &Error{Code: "splice-code", Place: u.Place, Unit: u.ID}
	}
	return cell, nil, nil
}

// holds reports whether a cell gives back a target and each of its codes. It may give more:
// codes whose sign is a text that the target has.
func (t *tagSet) holds(cell string, u *Unit) bool {
	text, tags := splitTags(cell)
	codes := t.codes(tags)
	codes = inPlace(codes, t.find(text, codes))
	for _, c := range u.TargetCodes {
		i := slices.IndexFunc(codes, func(o Code) bool { return o.key() == c.key() && o.Span == c.Span })
		if i < 0 {
			return false
		}
		codes = codes[i+1:]
	}
	return text == u.Target && utf8.ValidString(cell)
}
