package bitext

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/language"
)

// The JSON Lines of the WMT terminology tasks: a segment and its dictionary a line,
//
//	{"fr":"Le cessez-le-feu tient.","en":"The ceasefire holds.","terms":{"cessez-le-feu":"ceasefire"}}
//
// The first member that is a string under a language's code is the source, the second the
// target, and every object of strings is a dictionary. A term of it is an occurrence where
// the source has it (the first place, exactly as written), else a field named term.TERM.

type wmtWriter struct {
	out    *bufio.Writer
	header Header
}

func writeWMT(w io.Writer, h Header) Writer {
	return &wmtWriter{bufio.NewWriterSize(w, 64<<10), h}
}

func (w *wmtWriter) Write(u Unit) error {
	if err := w.header.complete(u.Languages); err != nil {
		return err
	}
	if err := w.header.agrees(&u); err != nil {
		return err
	}
	w.out.WriteString("{")
	w.member(w.header.Languages.Source.String(), u.Source)
	if target := tagString(w.header.Languages.Target); target != "" {
		w.out.WriteString(",")
		w.member(target, u.Target)
	}
	w.out.WriteString(`,"terms":{`)
	seen := map[string]bool{}
	for _, t := range u.Terms {
		if t.Target == "" || seen[t.Surface] {
			continue
		}
		if len(seen) > 0 {
			w.out.WriteString(",")
		}
		seen[t.Surface] = true
		w.member(t.Surface, t.Target)
	}
	_, err := w.out.WriteString("}}\n")
	return err
}

func (w *wmtWriter) member(name, value string) {
	w.out.WriteString(jsonString(name) + ":" + jsonString(value))
}

func jsonString(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(s)
	return strings.TrimSuffix(b.String(), "\n")
}

func (w *wmtWriter) Close() error { return w.out.Flush() }

func readWMT(in *input, yield func(Unit, error) bool) {
	for {
		line, err := in.readLine()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var u Unit
		if err == nil {
			u, err = wmtUnit(in, line)
		}
		if !yield(u, err) || line == nil {
			return
		}
	}
}

func wmtUnit(in *input, line []byte) (Unit, error) {
	u := Unit{Place: in.place(0)}
	bad := func(err error) (Unit, error) {
		return Unit{}, &Error{Code: "jsonl-syntax", Place: u.Place, Err: err}
	}
	dec := json.NewDecoder(bytes.NewReader(line))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return bad(err)
	}
	texts := 0
	var terms []Field
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return bad(err)
		}
		name, _ := key.(string)
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return bad(err)
		}
		tag, tagErr := language.Parse(name)
		var text string
		switch {
		case value[0] == '{':
			terms = append(terms, dictionary(value)...)
		case value[0] == '"' && tagErr == nil && texts < 2:
			json.Unmarshal(value, &text)
			if texts++; texts == 1 {
				u.Source, u.Languages.Source = text, tag
			} else {
				u.Target, u.Languages.Target = text, tag
			}
		default:
			u.Fields = append(u.Fields, Field{name, strings.Trim(string(value), `"`)})
		}
	}
	if texts == 0 {
		return Unit{}, &Error{Code: "wmt-text-missing", Place: u.Place}
	}
	u.State = defaultState(u.Target)
	addDictionary(&u, terms)
	return u, nil
}

// dictionary lists the members of a JSON object of strings in their order.
func dictionary(object json.RawMessage) []Field {
	var list []Field
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.Token()
	for dec.More() {
		key, _ := dec.Token()
		var value any
		if dec.Decode(&value) != nil {
			break
		}
		name, _ := key.(string)
		if targets, ok := value.([]any); ok && len(targets) > 0 {
			value = targets[0]
		}
		if target, ok := value.(string); ok {
			list = append(list, Field{name, target})
		}
	}
	return list
}

func addDictionary(u *Unit, terms []Field) {
	for _, t := range terms {
		at := strings.Index(u.Source, t.Name)
		if at < 0 || t.Name == "" {
			u.Fields = append(u.Fields, Field{"term." + t.Name, t.Value})
			continue
		}
		u.Terms = append(u.Terms, Occurrence{Span: Span{at, at + len(t.Name)}, Concept: t.Name, Surface: t.Name, Target: t.Value})
	}
}
