package document

import (
	"regexp"
	"strings"

	"drogman/pipeline/bitext"
)

// Placeholders. A message of a program holds names that the program replaces: {name},
// %s, {{.X}}, ${x}. Each is a Standalone code that shows itself, so it is not translated
// and cannot be lost. An ICU plural or select is parted into its frame, which is codes,
// and its messages, which are text. Tags (<b>, <1>) are pairs.

// placeholder is what replaces a value in the syntaxes of printf, Python, Go templates,
// ICU, i18next, Vue, Ruby and shells.
var placeholder = regexp.MustCompile(`^(?:\{\{[^{}]*\}\}` +
	`|[$%#]?\{[A-Za-z0-9_.$@:-]*(?:,[ ]*(?:number|date|time|spellout|ordinal|duration)[^{}]*)?\}` +
	`|\$t\([^()]*\)|@:[A-Za-z0-9_.]+` +
	`|%\([A-Za-z0-9_.]+\)[-+0#]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]` +
	`|%(?:\d+\$)?[-+0#']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|j|z|t|L|q)?[diouxXeEfFgGcspqvT@]\b` +
	`|%%|</?[A-Za-z0-9][^<>]*>|&[A-Za-z]+;|&#[0-9]+;)`)

// sigils are the characters that a placeholder can begin with.
const sigils = "{%$<&@#"

// plural is the head of an ICU plural, ordinal or select.
var plural = regexp.MustCompile(`^\{\s*[A-Za-z0-9_]+\s*,\s*(?:plural|selectordinal|select)\s*,(?:\s*offset:\d+)?`)

// selector is a case of a plural or select, up to its message.
var selector = regexp.MustCompile(`^\s*(?:=\d+|[A-Za-z0-9_-]+)\s*\{`)

// message makes the text of a block, and its codes, of a catalogue's string.
func message(s string) (string, []bitext.Code) {
	if !strings.ContainsAny(s, sigils) {
		return s, nil
	}
	m := messageReader{}
	m.read(s, 0)
	var b builder // for pairing tags
	for _, it := range m.items {
		switch {
		case !it.code:
			b.items = append(b.items, it)
		case it.kind == bitext.Open:
			b.open(it.typ, it.source)
		case it.kind == bitext.Close:
			b.close(it.typ, it.source)
		default:
			b.alone(it.typ, it.text, it.source)
		}
	}
	b.orphans()
	var text strings.Builder
	var codes []bitext.Code
	for _, it := range b.items {
		start := text.Len()
		if it.code && it.kind == bitext.Standalone {
			it.text = it.source.In(s) // an unpaired tag shows itself
		}
		text.WriteString(it.text)
		if it.code {
			codes = append(codes, bitext.Code{Span: bitext.Span{Start: start, End: text.Len()}, Kind: it.kind, ID: it.id, Data: it.source.In(s), Type: it.typ})
		}
	}
	return text.String(), codes
}

// maxPlural bounds the text in which the end of a plural is looked for, in bytes.
const maxPlural = 64 << 10

// messageReader cuts a message into text and codes.
type messageReader struct{ items []item }

// read reads s, which stands at offset of the message.
func (m *messageReader) read(s string, offset int) {
	from, at := 0, 0 // start of the text in hand, place in s
	for at < len(s) {
		i := strings.IndexAny(s[at:], sigils)
		if i < 0 {
			break
		}
		at += i
		next := placeholder.FindString(s[at:])
		if next == "" && plural.FindString(s[at:]) == "" {
			at++
			continue
		}
		m.text(s[from:at], offset+from)
		from = at
		if n := m.plural(s[at:], offset+at); n > 0 {
			at += n
			from = at
		} else if next != "" {
			m.code(next, offset+at)
			at += len(next)
			from = at
		} else {
			at++
		}
	}
	m.text(s[from:], offset+from)
}

func (m *messageReader) text(s string, offset int) {
	if s == "" {
		return
	}
	m.items = append(m.items, item{text: s, source: bitext.Span{Start: offset, End: offset + len(s)}})
}

func (m *messageReader) code(s string, offset int) {
	it := item{code: true, typ: "placeholder", text: s, source: bitext.Span{Start: offset, End: offset + len(s)}}
	if s[0] == '<' {
		it.text = ""
		name := strings.ToLower(strings.Trim(strings.Fields(strings.Trim(s, "</>") + " ")[0], "/"))
		it.typ = "tag-" + name
		switch {
		case htmlVoid[name] || strings.HasSuffix(s, "/>"):
			it.text = s
		case s[1] == '/':
			it.kind = bitext.Close
		default:
			it.kind = bitext.Open
		}
	}
	m.items = append(m.items, it)
}

// plural reads an ICU plural or select at the start of s and returns its length, 0 if
// there is none that is whole.
func (m *messageReader) plural(s string, offset int) int {
	if len(s) > maxPlural {
		return 0
	}
	head := plural.FindString(s)
	if head == "" {
		return 0
	}
	inner := messageReader{}
	at, frame := len(head), 0 // frame: start of the code in hand
	for {
		sel := selector.FindString(s[at:])
		if sel == "" {
			break
		}
		at += len(sel)
		end := closingBrace(s[at:])
		if end < 0 {
			return 0
		}
		inner.code(s[frame:at], offset+frame)
		inner.variants(s[at:at+end], offset+at)
		frame = at + end
		at = frame + 1
	}
	rest := len(s[at:]) - len(strings.TrimLeft(s[at:], " \t\n"))
	if frame == 0 || at+rest >= len(s) || s[at+rest] != '}' {
		return 0
	}
	at += rest + 1
	inner.code(s[frame:at], offset+frame)
	m.items = append(m.items, inner.items...)
	return at
}

// variants reads one message of a plural, where # stands for the number.
func (m *messageReader) variants(s string, offset int) {
	for {
		i := strings.IndexByte(s, '#')
		if i < 0 {
			m.read(s, offset)
			return
		}
		m.read(s[:i], offset)
		m.code("#", offset+i)
		s, offset = s[i+1:], offset+i+1
	}
}

// closingBrace is the offset in s of the brace that closes one opened before it, -1 if
// none does.
func closingBrace(s string) int {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
