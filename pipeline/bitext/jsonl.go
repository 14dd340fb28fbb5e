package bitext

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// JSONL: one JSON object a line, in UTF-8, as docs/schema/unit.schema.json describes it. It is
// the one format that keeps all of a unit. Offsets are bytes in the UTF-8 text of the
// field they belong to (start, end, half-open).

type jsonUnit struct {
	ID         string `json:"id"`
	Document   string `json:"document,omitempty"`
	SourceLang string `json:"sourceLang,omitempty"`
	TargetLang string `json:"targetLang,omitempty"`
	Source     string `json:"source"`
	Target     string `json:"target"`
	State      string `json:"state,omitempty"`
	jsonRest
}

// jsonRest is what a table has no column for.
type jsonRest struct {
	Start       *int             `json:"start,omitempty"` // of the source in the decoded document
	End         *int             `json:"end,omitempty"`
	Before      string           `json:"before,omitempty"`
	After       string           `json:"after,omitempty"`
	Terms       []jsonOccurrence `json:"terms,omitempty"`
	SourceCodes []jsonCode       `json:"sourceCodes,omitempty"`
	TargetCodes []jsonCode       `json:"targetCodes,omitempty"`
	Matches     []jsonMatch      `json:"matches,omitempty"`
	Notes       []jsonNote       `json:"notes,omitempty"`
	Fields      []jsonField      `json:"fields,omitempty"`
	Confidence  float64          `json:"confidence,omitempty"`
}

type jsonOccurrence struct {
	Concept string `json:"concept"`
	Kind    string `json:"kind,omitempty"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Surface string `json:"surface"`
	Target  string `json:"target"`
	Nested  bool   `json:"nested,omitempty"`
	Note    string `json:"note,omitempty"`
}

type jsonCode struct {
	Start  int         `json:"start"`
	End    int         `json:"end"`
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Data   string      `json:"data,omitempty"`
	Type   string      `json:"type,omitempty"`
	Mark   bool        `json:"mark,omitempty"`
	Fields []jsonField `json:"fields,omitempty"`
}

type jsonMatch struct {
	Source  string  `json:"source"`
	Target  string  `json:"target"`
	Quality float64 `json:"quality"`
	Origin  string  `json:"origin,omitempty"`
}

type jsonNote struct {
	Text     string `json:"text"`
	Category string `json:"category,omitempty"`
	Author   string `json:"author,omitempty"`
}

type jsonField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

var kindNames = [...]string{Standalone: "standalone", Open: "open", Close: "close"}

func tagString(t language.Tag) string {
	if t == (language.Tag{}) {
		return ""
	}
	return t.String()
}

func toJSON(u *Unit) jsonUnit {
	j := jsonUnit{
		ID: u.ID, Document: u.Document, Source: u.Source, Target: u.Target,
		SourceLang: tagString(u.Languages.Source), TargetLang: tagString(u.Languages.Target),
		jsonRest: restOf(u),
	}
	if u.State != Initial {
		j.State = u.State.String()
	}
	return j
}

func restOf(u *Unit) jsonRest {
	j := jsonRest{
		Before: u.Before, After: u.After, Confidence: u.Confidence, Fields: jsonFields(u.Fields),
		SourceCodes: jsonCodes(u.SourceCodes), TargetCodes: jsonCodes(u.TargetCodes),
	}
	if (u.SourceSpan != Span{}) {
		j.Start, j.End = &u.SourceSpan.Start, &u.SourceSpan.End
	}
	for _, t := range u.Terms {
		j.Terms = append(j.Terms, jsonOccurrence{t.Concept, t.Kind, t.Span.Start, t.Span.End, t.Surface, t.Target, t.Nested, t.Note})
	}
	for _, m := range u.Matches {
		j.Matches = append(j.Matches, jsonMatch(m))
	}
	for _, n := range u.Notes {
		j.Notes = append(j.Notes, jsonNote(n))
	}
	return j
}

func jsonCodes(codes []Code) []jsonCode {
	var out []jsonCode
	for _, c := range codes {
		out = append(out, jsonCode{c.Span.Start, c.Span.End, kindNames[c.Kind], c.ID, c.Data, c.Type, c.Mark, jsonFields(c.Fields)})
	}
	return out
}

func jsonFields(fields []Field) []jsonField {
	var out []jsonField
	for _, f := range fields {
		out = append(out, jsonField(f))
	}
	return out
}

type jsonlWriter struct {
	out  *bufio.Writer
	json *json.Encoder
}

func writeJSONL(w io.Writer, _ Header) Writer {
	out := bufio.NewWriterSize(w, 64<<10)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return &jsonlWriter{out, enc}
}

func (w *jsonlWriter) Write(u Unit) error { return w.json.Encode(toJSON(&u)) }

func (w *jsonlWriter) Close() error { return w.out.Flush() }

func readJSONL(in *input, yield func(Unit, error) bool) {
	for {
		line, err := in.readLine()
		if errors.Is(err, io.EOF) {
			return
		}
		if len(bytes.TrimSpace(line)) == 0 && err == nil {
			continue
		}
		var u Unit
		if err == nil {
			u, err = parseJSONUnit(in, line)
		}
		if !yield(u, err) || line == nil {
			return
		}
	}
}

func parseJSONUnit(in *input, line []byte) (Unit, error) {
	var j struct {
		jsonUnit
		Source *string `json:"source"`
	}
	if at := loneSurrogate(line); at >= 0 {
		return Unit{}, in.fail("jsonl-surrogate", at)
	}
	if err := unmarshalStrict(line, &j); err != nil {
		if _, field, unknown := strings.Cut(err.Error(), "json: unknown field "); unknown {
			return Unit{}, &Error{Code: "jsonl-value", Place: in.place(0), Unit: j.ID, Have: strings.Trim(field, `"`), Want: "docs/schema/unit.schema.json"}
		}
		e := in.fail("jsonl-syntax", 0)
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			e.Place = in.place(int(syntax.Offset))
		}
		e.Err = err
		return Unit{}, e
	}
	if j.Source == nil {
		return Unit{}, &Error{Code: "jsonl-value", Place: in.place(0), Unit: j.ID, Have: "", Want: "source"}
	}
	j.jsonUnit.Source = *j.Source
	u, err := j.unit(in)
	u.Place = in.place(0)
	return u, err
}

// unmarshalStrict is json.Unmarshal that refuses keys it has no place for, so that none is
// dropped in silence.
func unmarshalStrict(line []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if rest := bytes.TrimSpace(line[dec.InputOffset():]); len(rest) > 0 {
		return fmt.Errorf("text after the object: %.20q", rest)
	}
	return nil
}

// loneSurrogate finds an escape that is half a UTF-16 pair, which encoding/json would turn
// into U+FFFD; -1 if there is none.
func loneSurrogate(line []byte) int {
	for i := 0; i+5 < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		if line[i+1] != 'u' {
			i++
			continue
		}
		high, _ := strconv.ParseUint(string(line[i+2:i+6]), 16, 32)
		switch {
		case high >= 0xDC00 && high <= 0xDFFF:
			return i
		case high >= 0xD800 && high <= 0xDBFF:
			var low uint64
			if i+11 < len(line) && line[i+6] == '\\' && line[i+7] == 'u' {
				low, _ = strconv.ParseUint(string(line[i+8:i+12]), 16, 32)
			}
			if low < 0xDC00 || low > 0xDFFF {
				return i
			}
			i += 11
		}
	}
	return -1
}

func (j *jsonUnit) unit(in *input) (Unit, error) {
	u := Unit{ID: j.ID, Document: j.Document, Source: j.Source, Target: j.Target}
	bad := func(have, want string) (Unit, error) {
		return Unit{}, &Error{Code: "jsonl-value", Place: in.place(0), Unit: j.ID, Have: have, Want: want}
	}
	var err error
	if u.Languages, err = parseLanguages(j.SourceLang, j.TargetLang); err != nil {
		return bad(j.SourceLang+" "+j.TargetLang, "BCP 47")
	}
	state, ok := ParseState(j.State)
	if !ok && j.State != "" {
		return bad(j.State, "initial, translated, reviewed, final")
	}
	u.State = state
	if have, want := j.fill(&u); want != "" {
		return bad(have, want)
	}
	return u, nil
}

// fill puts the rest into u, whose texts are there. What is wrong comes back as what it
// has and what it should; want is empty if all is well.
func (j *jsonRest) fill(u *Unit) (have, want string) {
	u.Before, u.After, u.Confidence, u.Fields = j.Before, j.After, j.Confidence, fieldsOf(j.Fields)
	if j.Start != nil && j.End != nil {
		u.SourceSpan = Span{*j.Start, *j.End}
	}
	for _, t := range j.Terms {
		if !within(t.Start, t.End, u.Source) {
			return t.Surface, "a span within the source"
		}
		u.Terms = append(u.Terms, Occurrence{Span{t.Start, t.End}, t.Concept, t.Kind, t.Surface, t.Target, t.Nested, t.Note})
	}
	for _, m := range j.Matches {
		u.Matches = append(u.Matches, Match(m))
	}
	for _, n := range j.Notes {
		u.Notes = append(u.Notes, Note(n))
	}
	var ok bool
	if u.SourceCodes, ok = unitCodes(j.SourceCodes); !ok || !inOrder(u.SourceCodes, u.Source) {
		return "sourceCodes", "spans within the source, in order"
	}
	if u.TargetCodes, ok = unitCodes(j.TargetCodes); !ok || !inOrder(u.TargetCodes, u.Target) {
		return "targetCodes", "spans within the target, in order"
	}
	return "", ""
}

func within(start, end int, text string) bool {
	return 0 <= start && start <= end && end <= len(text)
}

func fieldsOf(list []jsonField) []Field {
	var out []Field
	for _, f := range list {
		out = append(out, Field(f))
	}
	return out
}

func unitCodes(list []jsonCode) ([]Code, bool) {
	var out []Code
	for _, c := range list {
		kind := -1
		for k, name := range kindNames {
			if name == c.Kind {
				kind = k
			}
		}
		if kind < 0 {
			return nil, false
		}
		out = append(out, Code{Span: Span{c.Start, c.End}, Kind: CodeKind(kind), ID: c.ID, Data: c.Data, Type: c.Type, Mark: c.Mark, Fields: fieldsOf(c.Fields)})
	}
	return out, true
}

// parseLanguage is the tag, or the zero tag where the text is none.
func parseLanguage(s string) language.Tag {
	tag, err := language.Parse(s)
	if err != nil {
		return language.Tag{}
	}
	return tag
}

func parseLanguages(source, target string) (l Languages, err error) {
	if source != "" {
		if l.Source, err = language.Parse(source); err != nil {
			return l, err
		}
	}
	if target != "" {
		l.Target, err = language.Parse(target)
	}
	return l, err
}
