package document

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"

	"drogman/pipeline/bitext"
)

// JSON catalogues. encoding/json reads the tokens and says where each ends.

// jsonReader reads one document, token by token.
type jsonReader struct {
	*catalogue
	decoder *json.Decoder
	text    string
}

func readJSON(d *Document, o Options) error {
	text := d.parts[0].text
	r := jsonReader{newCatalogue(d, o), json.NewDecoder(strings.NewReader(text)), text}
	r.decoder.UseNumber()
	err := r.value(nil, 0)
	if err == nil {
		if _, err = r.decoder.Token(); err == io.EOF {
			return nil
		}
		err = fmt.Errorf("more than one value")
	}
	if e, ok := err.(*Error); ok {
		return e
	}
	return (&Error{Code: "json-malformed", Err: err}).at(text, int(r.decoder.InputOffset()))
}

// value reads the value at a path.
func (r *jsonReader) value(keys []string, depth int) error {
	if depth > maxDepth {
		return (&Error{Code: "document-too-deep", Want: itoa(maxDepth)}).at(r.text, int(r.decoder.InputOffset()))
	}
	start := r.decoder.InputOffset()
	t, err := r.decoder.Token()
	if err != nil {
		return err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '[' {
			return r.array(keys, depth)
		}
		return r.object(keys, depth)
	case string:
		end := int(r.decoder.InputOffset())
		open := int(start) + strings.IndexByte(r.text[start:end], '"')
		if raw := r.text[open:end]; strings.Contains(t, "\ufffd") && !strings.Contains(raw, "\ufffd") && !strings.Contains(strings.ToLower(raw), `\ufffd`) {
			return (&Error{Code: "json-malformed", Err: fmt.Errorf("half of a surrogate pair")}).at(r.text, open)
		}
		r.add(keys, t, bitext.Span{Start: open, End: end}, renderJSON)
	}
	return nil
}

func (r *jsonReader) array(keys []string, depth int) error {
	for i := 0; r.decoder.More(); i++ {
		if err := r.value(append(keys[:len(keys):len(keys)], itoa(i)), depth+1); err != nil {
			return err
		}
	}
	_, err := r.decoder.Token()
	return err
}

func (r *jsonReader) object(keys []string, depth int) error {
	first := len(r.document.Blocks)
	var names []string
	seen := map[string]bool{}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		name := token.(string)
		if seen[name] {
			return (&Error{Code: "catalogue-duplicate-key", Have: strings.Join(append(keys, name), ".")}).at(r.text, int(r.decoder.InputOffset())-1)
		}
		seen[name] = true
		names = append(names, name)
		if err := r.value(append(keys[:len(keys):len(keys)], name), depth+1); err != nil {
			return err
		}
	}
	r.dropRemarks(first, keys, names)
	_, err := r.decoder.Token()
	return err
}

// dropRemarks takes back the blocks, from first on, that proved to be remarks.
func (c *catalogue) dropRemarks(first int, keys, names []string) {
	kept := c.document.Blocks[:first]
	for _, b := range c.document.Blocks[first:] {
		name := strings.TrimPrefix(b.Context, strings.Join(keys, ".")+".")
		if len(keys) == 0 {
			name = b.Context
		}
		if !remark(name, names) {
			kept = append(kept, b)
		}
	}
	c.document.Blocks = kept
}

// renderJSON writes a message as a JSON string, in ASCII if the document is.
func renderJSON(b *Block, t target) string {
	raw := b.Span.In(b.part.text)
	return quoteJSON(t.whole(b), strings.Contains(raw, `\u`) && ascii([]byte(raw)))
}

func quoteJSON(s string, inASCII bool) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\r':
			out.WriteString(`\r`)
		case unprintable(r) || inASCII && r > 0x7f:
			escapeUTF16(&out, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// unprintable reports whether a character must not, or had better not, stand in a
// catalogue as it is: control characters but for tabs and line feeds, a mark of byte order,
// line and paragraph separators, what is no character. (YAML and TOML refuse some of them or
// take them for line ends; JSON refuses those below the space.)
func unprintable(r rune) bool {
	return unicode.IsControl(r) && r != '\t' && r != '\n' || strings.ContainsRune("\ufeff\ufffe\uffff\u2028\u2029", r)
}

// escapeUTF16 writes \u escapes.
func escapeUTF16(out *strings.Builder, r rune) {
	if a, b := utf16.EncodeRune(r); a != '\ufffd' {
		fmt.Fprintf(out, `\u%04x\u%04x`, a, b)
		return
	}
	fmt.Fprintf(out, `\u%04x`, r)
}
