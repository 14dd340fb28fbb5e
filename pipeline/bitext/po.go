package bitext

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// PO (GNU gettext manual, "The Format of PO Files"). A unit is an entry: msgctxt is the
// ID, the document stands in the reference comment "#: ", notes in extracted comments
// "#. ", and a target that nobody vouches for is fuzzy. What PO has no place for is in an
// extracted comment "#. drogman: {…}" with the keys of JSONL. In a file of several documents
// the entries of all but the first have "document|ID" as their context, since msgctxt and
// msgid together must be unique. Control characters are written as octal escapes; NUL has
// none and is refused.
//
// A plural entry is a unit for each msgstr[n]: the first has msgid for its source, the others
// msgid_plural and an ID that ends in [n]; the field po.form has n. Comments, flags and state are
// those of the entry.

// maxPOHeader bounds the header entry, in bytes; its plural formula is for others to parse.
const maxPOHeader = 32 << 10

const poMore = "drogman: "

type poWriter struct {
	out      *bufio.Writer
	header   Header
	started  bool
	document string // of the first unit
	langs    Languages
}

func writePO(w io.Writer, h Header) Writer {
	return &poWriter{out: bufio.NewWriterSize(w, 64<<10), header: h}
}

func (w *poWriter) start(u *Unit) {
	if w.started {
		return
	}
	w.started, w.document, w.langs = true, u.Document, w.header.Languages
	if tagString(w.langs.Source) == "" {
		w.langs.Source = u.Languages.Source
	}
	if tagString(w.langs.Target) == "" {
		w.langs.Target = u.Languages.Target
	}
	date := "YEAR-MO-DA HO:MI+ZONE"
	if !w.header.Created.IsZero() {
		date = w.header.Created.Format("2006-01-02 15:04-0700")
	}
	tool := w.header.tool()
	if w.header.Version != "" {
		tool += " " + w.header.Version
	}
	w.out.WriteString("msgid \"\"\nmsgstr \"\"\n")
	for _, h := range [][2]string{
		{"Project-Id-Version", pick(w.header.Original != "", w.header.Original, tool)},
		{"Report-Msgid-Bugs-To", ""},
		{"POT-Creation-Date", date}, {"PO-Revision-Date", date},
		{"Last-Translator", "FULL NAME <EMAIL@ADDRESS>"}, {"Language-Team", "LANGUAGE <LL@li.org>"},
		{"Language", poLanguage(w.langs.Target.String())},
		{"MIME-Version", "1.0"}, {"Content-Type", "text/plain; charset=UTF-8"},
		{"Content-Transfer-Encoding", "8bit"}, {"X-Source-Language", tagString(w.langs.Source)},
		{"X-Generator", tool},
	} {
		w.out.WriteString(poQuote(h[0]+": "+h[1]+"\n") + "\n")
	}
}

// poLanguage is a BCP 47 tag as gettext writes it: en_GB.
func poLanguage(tag string) string { return strings.ReplaceAll(tag, "-", "_") }

func (w *poWriter) Write(u Unit) error {
	w.start(&u)
	if u.ID == "" && u.Source == "" {
		return &Error{Code: "po-empty", Unit: u.ID, Place: u.Place}
	}
	w.out.WriteByte('\n')
	shown := w.comments(&u)
	context := u.ID
	if u.Document != w.document || strings.HasPrefix(u.ID, u.Document+"|") {
		context = u.Document + "|" + u.ID
	}
	if context != "" {
		w.message("msgctxt", context)
	}
	w.message("msgid", shown.Source)
	w.message("msgstr", shown.Target)
	return nil
}

// poBeside is what the comment "#. drogman:" says.
type poBeside struct {
	State string `json:"state,omitempty"`
	poLangs
	besideCells
}

// comments writes what stands before the texts of a unit, and returns the unit as its texts
// show it.
func (w *poWriter) comments(u *Unit) Unit {
	bare := *u
	bare.Terms, bare.SourceSpan, bare.Notes = nil, Span{}, nil
	shown, rest := beside(&bare)
	more := poBeside{besideCells: rest}
	if u.State != Initial && u.State != defaultState(u.Target) {
		more.State = u.State.String()
	}
	for _, n := range u.Notes {
		if !poPlainNote(n) {
			more.Notes = restOf(u).Notes
		}
	}
	if more.Notes == nil {
		for _, n := range u.Notes {
			fmt.Fprintf(w.out, "#. %s\n", n.Text)
		}
	}
	if u.Languages.Source != w.langs.Source && tagString(u.Languages.Source) != "" {
		more.SourceLang = tagString(u.Languages.Source)
	}
	if u.Languages.Target != w.langs.Target && tagString(u.Languages.Target) != "" {
		more.TargetLang = tagString(u.Languages.Target)
	}
	if text := more.comment(); text != "" {
		w.out.WriteString(text + "\n")
	}
	if u.Document != "" {
		fmt.Fprintf(w.out, "#: %s\n", poReference(u.Document))
	}
	if u.Target != "" && u.State == Initial {
		w.out.WriteString("#, fuzzy\n")
	}
	return shown
}

// comment is the line that says it, without its end; empty where there is nothing to say.
func (b *poBeside) comment() string {
	text, _ := json.Marshal(b)
	if string(text) == "{}" {
		return ""
	}
	return "#. " + poMore + string(text)
}

type poLangs struct {
	SourceLang string `json:"sourceLang,omitempty"`
	TargetLang string `json:"targetLang,omitempty"`
}

// poPlainNote reports whether a note comes back from a comment line as it was.
func poPlainNote(n Note) bool {
	return n.Category == "" && n.Author == "" && n.Text != "" && n.Text == strings.TrimSpace(n.Text) &&
		!strings.HasPrefix(n.Text, poMore) && !strings.ContainsFunc(n.Text, func(r rune) bool { return r < 0x20 || r == 0x7F })
}

// poReference quotes a document's name with U+2068 and U+2069 where it has white space, as
// gettext does, and control characters as _xHHHH_.
func poReference(document string) string {
	document = hexEscape(document, func(r rune) bool { return r >= 0x20 && r != 0x2068 && r != 0x2069 })
	if strings.ContainsAny(document, " \u00a0") {
		return "\u2068" + document + "\u2069"
	}
	return document
}

// message writes one keyword and its string, a line of the file for each line of the text.
func (w *poWriter) message(keyword, text string) {
	w.out.WriteString(poMessage(keyword, text))
}

func poMessage(keyword, text string) string {
	var b strings.Builder
	b.WriteString(keyword + " ")
	lines := strings.SplitAfter(text, "\n")
	if len(lines) > 1 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) > 1 {
		b.WriteString("\"\"\n")
	}
	for _, line := range lines {
		b.WriteString(poQuote(line) + "\n")
	}
	return b.String()
}

func poQuote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x20 || r == 0x7F:
			fmt.Fprintf(&b, `\%03o`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func (w *poWriter) Close() error {
	w.start(&Unit{})
	return w.out.Flush()
}

// poEntry is one entry as it is gathered line by line.
type poEntry struct {
	place     Place
	notes     []Note
	more      string
	reference string
	fuzzy     bool
	flags     []string // but for fuzzy
	obsolete  bool
	fields    map[string]*strings.Builder
	lines     map[string]Span // of the fields
	last      *strings.Builder
	keyword   string // of the last
	site      poSite
	in        *input
}

// poSite is where a form's msgstr and its entry's flags stand, in whole lines.
type poSite struct {
	target  Span
	flags   Span // of the line that says fuzzy, empty at the head of the message if none
	more    Span // of the line that says what PO has no place for
	keyword string
	further bool // a plural form after the first, which leaves the flags alone
	codes   *cellCodes
	beside  poBeside
}

// poForm is one msgstr of an entry.
type poForm struct {
	keyword string
	plural  bool // of an entry with msgid_plural
	number  int
}

// forms are the entry's, in the order of their numbers.
func (e *poEntry) forms() []poForm {
	if e.fields["msgid_plural"] == nil {
		return []poForm{{keyword: pick(e.fields["msgstr"] != nil, "msgstr", "msgstr[0]")}}
	}
	var forms []poForm
	for keyword := range e.fields {
		if n, ok := poNumber(keyword); ok {
			forms = append(forms, poForm{keyword, true, n})
		}
	}
	if forms == nil {
		return []poForm{{keyword: "msgstr", plural: true}}
	}
	slices.SortFunc(forms, func(a, b poForm) int { return a.number - b.number })
	return forms
}

func (s *poSite) cuts(file []byte, old, changed *Unit) ([]cut, error) {
	var list []cut
	cell, spans, err := s.codes.target(changed)
	if err != nil {
		return nil, err
	}
	eol := pick(strings.HasSuffix(string(file[s.target.Start:s.target.End]), "\r\n"), "\r\n", "\n")
	restated := s.beside.State != "" && changed.State != old.State && !s.further
	recoded := s.codes.tags == nil && len(old.TargetCodes)+len(spans) > 0
	if restated {
		s.beside.State = changed.State.String()
	}
	if recoded {
		s.beside.TargetCodes = jsonCodes(spans)
	}
	if restated || recoded {
		list = append(list, cut{s.more, s.beside.comment() + eol})
	}
	fuzzy := changed.Target != "" && changed.State == Initial
	switch line := string(file[s.flags.Start:s.flags.End]); {
	case s.further:
	case fuzzy && line == "":
		list = append(list, cut{s.flags, "#, fuzzy\n"})
	case !fuzzy && line != "":
		list = append(list, cut{s.flags, withoutFuzzy(line)})
	}
	if !sameText(old, changed) {
		list = append(list, cut{s.target, strings.ReplaceAll(poMessage(s.keyword, cell), "\n", eol)})
	}
	slices.SortStableFunc(list, func(a, b cut) int { return a.at.Start - b.at.Start })
	return list, nil
}

// withoutFuzzy takes the flag out of a line of flags, and the line with the last flag.
func withoutFuzzy(line string) string {
	var flags []string
	for flag := range strings.SplitSeq(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "#,")), ",") {
		if flag = strings.TrimSpace(flag); flag != "fuzzy" {
			flags = append(flags, flag)
		}
	}
	if len(flags) == 0 {
		return ""
	}
	return "#, " + strings.Join(flags, ", ") + line[len(strings.TrimRight(line, "\r\n")):]
}

// poContentType is the line of a header entry, in quotes as it stands, that says the encoding.
var poContentType = regexp.MustCompile(`(?m)^[ \t]*(?:msgstr[ \t]*)?"(?:[^"\n]*\\n)?Content-Type:[^"\n]*\bcharset=([^\s"\\;]+)`)

// poDeclared is the encoding that the header entry declares.
func poDeclared(head []byte) string {
	if m := poContentType.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}

func readPO(in *input, yield func(Unit, error) bool) {
	if err := in.decodeText(poDeclared); err != nil {
		yield(Unit{}, err)
		return
	}
	var langs Languages
	seen := newIDSet()
	entry := &poEntry{in: in}
	for {
		line, err := in.readLine()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && startsEntry(entry, string(line)) {
			if !entry.emit(&langs, &seen, yield) {
				return
			}
			entry = &poEntry{in: in}
		}
		if err == nil {
			err = entry.add(strings.TrimSpace(string(line)))
		}
		if err != nil && (!yield(Unit{}, err) || line == nil) {
			return
		}
	}
	entry.emit(&langs, &seen, yield)
}

// startsEntry reports whether the line belongs to a new entry: a comment or a msgctxt or
// msgid after the entry has its msgstr.
func startsEntry(e *poEntry, line string) bool {
	if e.fields["msgstr"] == nil && e.fields["msgstr[0]"] == nil {
		return false
	}
	line = strings.TrimSpace(line)
	rest := strings.TrimSpace(strings.TrimPrefix(line, "#~"))
	return line == "" || line[0] == '#' && rest == line ||
		strings.HasPrefix(rest, "msgctxt") || strings.HasPrefix(rest, "msgid ") || strings.HasPrefix(rest, `msgid"`)
}

// add takes in the line last read, which is without white space at its ends.
func (e *poEntry) add(line string) error {
	if line == "" {
		return nil
	}
	if e.place.Line == 0 {
		e.place = e.in.place(0)
	}
	if strings.HasPrefix(line, "#~") {
		e.obsolete = true
		if strings.HasPrefix(line, "#~|") { // what msgid was before
			return nil
		}
		line = strings.TrimSpace(line[2:])
	}
	whole := Span{int(e.in.off), int(e.in.next)}
	if strings.HasPrefix(line, "#") {
		e.addComment(line, whole)
		return nil
	}
	return e.addString(line, whole)
}

// addComment takes in a comment, and where it stands if Update may have to change it.
func (e *poEntry) addComment(line string, whole Span) {
	fuzzy, more := e.fuzzy, e.more
	e.comment(line)
	if e.fuzzy && !fuzzy {
		e.site.flags = whole
	}
	if e.more != more {
		e.site.more = whole
	}
}

// addString takes in a string, with the keyword before it or as more of the last.
func (e *poEntry) addString(line string, whole Span) error {
	keyword, quoted, ok := strings.Cut(line, `"`)
	if !ok {
		return e.in.fail("po-syntax", 0)
	}
	text, code := poUnquote(quoted)
	if code != "" {
		return e.bad(code, line)
	}
	if keyword = strings.TrimSpace(keyword); keyword != "" {
		if !poKeyword(keyword) || e.fields[keyword] != nil {
			return e.bad("po-syntax", keyword)
		}
		e.begin(keyword, whole.Start)
	}
	if e.last == nil {
		return e.in.fail("po-syntax", 0)
	}
	e.lines[e.keyword] = Span{e.lines[e.keyword].Start, whole.End}
	e.last.WriteString(text)
	return nil
}

// bad is an error of the line last read.
func (e *poEntry) bad(code, have string) error {
	err := e.in.fail(code, 0)
	err.Have = have
	return err
}

// begin begins the text of a keyword, whose line starts at an offset.
func (e *poEntry) begin(keyword string, at int) {
	if e.fields == nil {
		e.fields, e.lines = map[string]*strings.Builder{}, map[string]Span{}
	}
	e.last, e.keyword = &strings.Builder{}, keyword
	e.fields[keyword] = e.last
	e.lines[keyword] = Span{at, at}
	if !e.fuzzy && len(e.fields) == 1 {
		e.site.flags = Span{at, at}
	}
}

func poKeyword(k string) bool {
	switch k {
	case "msgctxt", "msgid", "msgid_plural", "msgstr":
		return true
	}
	_, ok := poNumber(k)
	return ok
}

// poNumber is the number of the form that msgstr[n] names.
func poNumber(keyword string) (n int, ok bool) {
	digits, ok := strings.CutPrefix(keyword, "msgstr[")
	digits, closed := strings.CutSuffix(digits, "]")
	n, err := strconv.Atoi(digits)
	return n, ok && closed && err == nil && n >= 0
}

// comment takes in what a comment says.
func (e *poEntry) comment(line string) {
	kind := byte(' ')
	if len(line) > 1 {
		kind = line[1]
	}
	rest := strings.TrimSpace(line[min(2, len(line)):])
	switch kind {
	case '.':
		if more, ok := strings.CutPrefix(rest, poMore); ok && e.more == "" {
			e.more = more
		} else {
			e.notes = append(e.notes, Note{Text: rest})
		}
	case ':':
		if e.reference == "" {
			e.reference = strings.TrimSuffix(strings.TrimPrefix(rest, "\u2068"), "\u2069")
		} else {
			e.in.lose("#:")
		}
	case ',':
		for flag := range strings.SplitSeq(rest, ",") {
			if flag = strings.TrimSpace(flag); flag == "fuzzy" {
				e.fuzzy = true
			} else {
				e.flags = append(e.flags, flag)
				e.in.lose("#, " + flag)
			}
		}
	case '|':
		e.in.lose("#|")
	default:
		if rest = strings.TrimSpace(line[1:]); rest != "" {
			e.notes = append(e.notes, Note{Text: rest, Category: "translator"})
		}
	}
}

// text is the text of a keyword, empty without one.
func (e *poEntry) text(keyword string) string {
	if b := e.fields[keyword]; b != nil {
		return b.String()
	}
	return ""
}

// emit yields the entry, takes the languages from the header entry, and passes over
// obsolete entries. It reports whether to go on.
func (e *poEntry) emit(langs *Languages, seen *idSet, yield func(Unit, error) bool) bool {
	if len(e.fields) == 0 || e.obsolete {
		if e.obsolete {
			e.in.lose("#~")
		}
		return true
	}
	if e.fields["msgid"] == nil || e.fields["msgstr"] == nil && e.fields["msgstr[0]"] == nil {
		return yield(Unit{}, &Error{Code: "po-incomplete", Place: e.place})
	}
	if e.in.entry != nil && !e.in.entry(e) {
		return false
	}
	if e.isHeader() {
		*langs = poHeaderLanguages(e.text("msgstr"))
		e.loseHeader()
		if len(e.text("msgstr")) > maxPOHeader {
			return yield(Unit{}, &Error{Code: "po-syntax", Place: e.place, Have: "msgid \"\""})
		}
		return true
	}
	if context, id := e.text("msgctxt"), e.text("msgid"); !seen.add(context + "\x04" + id) {
		return yield(Unit{}, &Error{Code: "id-repeated", Place: e.place, Unit: context, Have: shown(id)})
	}
	if e.fields["msgid_plural"] != nil { // what ties the forms together
		e.in.lose("msgid_plural")
	}
	forms := e.forms()
	first, err := e.unit(forms[0], *langs)
	e.leave(forms[0])
	if err != nil || len(forms) == 1 {
		return yield(first, err)
	}
	if !yield(first, nil) {
		return false
	}
	for _, form := range forms[1:] {
		u := e.further(first, form)
		e.leave(form)
		if !yield(u, nil) {
			return false
		}
	}
	return true
}

// leave leaves the site of a form for whoever writes into the file.
func (e *poEntry) leave(form poForm) {
	if e.in.whole != nil {
		site := e.site
		site.keyword, site.target = form.keyword, e.lines[form.keyword]
		e.in.site = &site
	}
}

// further makes of an entry's first unit that of a further plural form.
func (e *poEntry) further(u Unit, form poForm) Unit {
	n := strconv.Itoa(form.number)
	u.ID = cmp.Or(u.ID, e.text("msgid")) + "[" + n + "]"
	u.Source, u.Target = e.text("msgid_plural"), e.text(form.keyword)
	u.SourceCodes, u.TargetCodes, u.Fields = nil, nil, []Field{{"po.form", n}}
	if u.State = Initial; !e.fuzzy {
		u.State = defaultState(u.Target)
	}
	e.site.further, e.site.codes = true, codesOfCells(&u)
	return u
}

// poHeaderKept are the fields of the header that the next writer fills itself, or that a
// unit's languages hold.
var poHeaderKept = []string{
	"", "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
	"Language-Team", "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Source-Language", "X-Generator",
}

// loseHeader counts what else the header says.
func (e *poEntry) loseHeader() {
	for line := range strings.SplitSeq(e.text("msgstr"), "\n") {
		name, _, _ := strings.Cut(line, ":")
		if !slices.Contains(poHeaderKept, name) {
			e.in.lose(name + ":")
		}
	}
	for range e.notes {
		e.in.lose("# (header)")
	}
}

func poHeaderLanguages(header string) (l Languages) {
	for line := range strings.SplitSeq(header, "\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.ReplaceAll(strings.TrimSpace(value), "_", "-")
		switch name {
		case "Language":
			l.Target = parseLanguage(value)
		case "X-Source-Language":
			l.Source = parseLanguage(value)
		}
	}
	return l
}

// unit makes the unit of the entry's first form.
func (e *poEntry) unit(form poForm, langs Languages) (Unit, error) {
	u := Unit{
		ID: e.text("msgctxt"), Source: e.text("msgid"), Target: e.text(form.keyword),
		Document: hexUnescape(e.reference), Languages: langs, Notes: e.notes, Place: e.place,
	}
	u.ID = strings.TrimPrefix(u.ID, u.Document+"|")
	if err := e.addMore(&u); err != nil {
		return u, err
	}
	if _, said := ParseState(e.site.beside.State); !said && !e.fuzzy {
		u.State = defaultState(u.Target)
	}
	if form.plural {
		u.Fields = append(u.Fields, Field{"po.form", strconv.Itoa(form.number)})
	}
	return u, nil
}

// addMore puts what the comment "#. drogman:" says into u.
func (e *poEntry) addMore(u *Unit) error {
	if e.more == "" {
		e.site.codes = codesOfCells(u)
		return nil
	}
	more := &e.site.beside
	if err := json.Unmarshal([]byte(e.more), more); err != nil {
		return &Error{Code: "more-syntax", Place: e.place, Unit: u.ID, Have: e.more, Err: err}
	}
	u.State, _ = ParseState(more.State)
	if more.SourceLang != "" {
		u.Languages.Source = parseLanguage(more.SourceLang)
	}
	if more.TargetLang != "" {
		u.Languages.Target = parseLanguage(more.TargetLang)
	}
	notes := u.Notes
	var have, want string
	if e.site.codes, have, want = more.fill(u); want != "" {
		return &Error{Code: "more-syntax", Place: e.place, Unit: u.ID, Have: have, Want: want}
	}
	u.Notes = append(notes, u.Notes...)
	return nil
}

// poUnquote reads a string after its opening quote. On a fault it returns the error's code.
func poUnquote(s string) (text, code string) {
	if !strings.HasSuffix(s, `"`) {
		return "", "po-syntax"
	}
	s = s[:len(s)-1]
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			return "", "po-syntax"
		}
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i == len(s) {
			return "", "po-syntax"
		}
		n := poEscape(&b, s[i:])
		if n == 0 {
			return "", "po-syntax"
		}
		i += n - 1
	}
	return b.String(), ""
}

const (
	poEscaped = `abfnrtv"\?'`
	poMeaning = "\a\b\f\n\r\t\v\"\\?'"
)

// poEscape writes what the escape at the head of s, without its backslash, stands for and
// returns the escape's length, 0 if it is none.
func poEscape(b *strings.Builder, s string) int {
	if i := strings.IndexByte(poEscaped, s[0]); i >= 0 {
		b.WriteByte(poMeaning[i])
		return 1
	}
	digits, base, start := "01234567", 8, 0
	if s[0] == 'x' {
		digits, base, start = "0123456789abcdefABCDEF", 16, 1
	}
	n := start
	for n < len(s) && n < start+pick(base == 8, 3, 2) && strings.IndexByte(digits, s[n]) >= 0 {
		n++
	}
	v, err := strconv.ParseUint(s[start:n], base, 8)
	if err != nil || v == 0 {
		return 0
	}
	b.WriteByte(byte(v))
	return n
}
