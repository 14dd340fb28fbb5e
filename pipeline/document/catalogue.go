package document

import (
	"fmt"
	"hash/fnv"
	"path"
	"strings"

	"drogman/pipeline/bitext"
)

// Catalogues: the messages of programs, in JSON (i18next, go-i18n, plain), YAML (go-i18n,
// Rails, plain), Java properties and PO. A message's ID is its key's path, so that a
// changed message keeps its ID and its old translation is known to be stale. Keys,
// comments, order and layout are never touched.

// catalogue gathers the messages of one document.
type catalogue struct {
	document *Document
	options  Options
	used     map[string]int
}

func newCatalogue(d *Document, o Options) *catalogue {
	return &catalogue{document: d, options: o, used: map[string]int{}}
}

// add makes a block of a message: its key's path, its text, and where the text stands as
// the document writes it. Text without a letter is no message.
func (c *catalogue) add(keys []string, text string, span bitext.Span, render renderer) {
	if blank(text) || !c.wanted(keys) {
		return
	}
	p := c.document.parts[0]
	b := Block{Kind: Message, Context: strings.Join(keys, "."), Span: span, part: p, render: render}
	b.Text, b.Codes = message(text)
	b.codes = make([]bitext.Span, len(b.Codes))
	b.ID = c.id(b.Context)
	if b.Text != span.In(p.text) {
		b.pieces = []piece{{bitext.Span{End: len(b.Text)}, span}}
	}
	c.document.Blocks = append(c.document.Blocks, b)
}

// wanted reports whether the options want the message: by a pattern of its path.
func (c *catalogue) wanted(keys []string) bool {
	if len(c.options.Keys) == 0 {
		return true
	}
	for _, pattern := range c.options.Keys {
		if ok, _ := path.Match(strings.ReplaceAll(pattern, ".", "/"), strings.Join(keys, "/")); ok {
			return true
		}
	}
	return false
}

// id makes an ID of a path: its letters, digits and dots; with a hash if it has others.
func (c *catalogue) id(path string) string {
	safe := strings.Map(func(r rune) rune {
		if r < 0x80 && isWordByte(byte(r)) || r == '.' || r == '_' || r == '-' {
			return r
		}
		return '_'
	}, path)
	if safe != path || safe == "" {
		h := fnv.New32a()
		h.Write([]byte(path))
		safe = fmt.Sprintf("%s-%08x", safe, h.Sum32())
	}
	for c.used[safe]++; c.used[safe] > 1; c.used[safe]++ {
		safe = fmt.Sprintf("%s-%d", safe, c.used[safe])
	}
	return safe
}

// messageKeys are the fields of a go-i18n message; those that are no text are false.
var messageKeys = map[string]bool{"zero": true, "one": true, "two": true, "few": true, "many": true, "other": true,
	"id": false, "hash": false, "description": false, "leftDelim": false, "rightDelim": false,
	"leftdelim": false, "rightdelim": false}

// remark reports whether a key of a map with the given keys is a remark on a message and
// no message: the description of a go-i18n message.
func remark(key string, keys []string) bool {
	if text, known := messageKeys[key]; !known || text {
		return false
	}
	other := false
	for _, k := range keys {
		if _, known := messageKeys[k]; !known {
			return false
		}
		other = other || messageKeys[k]
	}
	return other
}

// whole is a translated message as its program will see it: text with placeholders shown
// and tags put in.
func (t target) whole(b *Block) string {
	var out strings.Builder
	at := 0
	for _, c := range t.codes {
		out.WriteString(t.text[at:c.span.Start])
		out.WriteString(b.Codes[c.code].Data)
		at = c.span.End
	}
	out.WriteString(t.text[at:])
	return out.String()
}
