package document

import (
	"strings"

	"drogman/pipeline/bitext"
)

// PO and POT (GNU gettext): a message's source is its msgid and its translation goes
// where its msgstr stands; of a plural, msgid_plural gives every form but the first. The
// header and obsolete entries are left alone. (As a bilingual file, with its states and
// contexts, PO is read by package bitext.)

// poString is a keyword and the string after it: its value and where its quotes stand.
type poString struct {
	keyword string
	value   string
	span    bitext.Span
}

func readPO(d *Document, o Options) error {
	c := newCatalogue(d, o)
	var entry []poString
	for s := range poStrings(d.parts[0].text) {
		if len(entry) > 0 && (s.keyword == "msgctxt" || s.keyword == "msgid" && entry[len(entry)-1].keyword != "msgctxt") {
			c.entry(entry)
			entry = nil
		}
		entry = append(entry, s)
	}
	c.entry(entry)
	return nil
}

// entry makes blocks of one message.
func (c *catalogue) entry(entry []poString) {
	text := map[string]string{}
	for _, s := range entry {
		if !strings.HasPrefix(s.keyword, "msgstr") {
			text[s.keyword] = s.value
			continue
		}
		source := text["msgid"]
		if source == "" {
			continue
		}
		form := strings.TrimSuffix(strings.TrimPrefix(s.keyword, "msgstr["), "]")
		if strings.HasPrefix(s.keyword, "msgstr[") && form != "0" {
			source = text["msgid_plural"]
		}
		key := hashName(hash60(text["msgctxt"] + "\x04" + text["msgid"]))
		if strings.HasPrefix(s.keyword, "msgstr[") {
			key += "." + form
		}
		c.add([]string{key}, source, s.span, renderPO)
		if n := len(c.document.Blocks); n > 0 && text["msgctxt"] != "" {
			c.document.Blocks[n-1].Context = text["msgctxt"]
		}
	}
}

// poStrings yields the strings of a PO file.
func poStrings(text string) func(func(poString) bool) {
	return func(yield func(poString) bool) {
		var s poString
		at := 0
		for l := range strings.Lines(text) {
			line := strings.TrimSpace(l)
			indent := strings.Index(l, line)
			quote := strings.IndexByte(line, '"')
			if quote > 0 && line[0] != '#' {
				if s.keyword != "" && !yield(s) {
					return
				}
				s = poString{keyword: strings.TrimSpace(line[:quote]), span: bitext.Span{Start: at + indent + quote}}
			}
			if quote >= 0 && line[0] != '#' {
				s.value += unquotePO(line[quote:])
				s.span.End = at + indent + len(line)
			}
			at += len(l)
		}
		if s.keyword != "" {
			yield(s)
		}
	}
}

// unquotePO decodes one quoted line.
func unquotePO(s string) string {
	s = strings.TrimSuffix(strings.TrimPrefix(s, `"`), `"`)
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out.WriteByte(s[i])
			continue
		}
		i++
		if k := strings.IndexByte("abfnrtv", s[i]); k >= 0 {
			out.WriteByte("\a\b\f\n\r\t\v"[k])
		} else {
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

var poEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\a", `\a`, "\b", `\b`, "\f", `\f`, "\v", `\v`)

// renderPO writes a message as msgfmt writes it: a line of the file for each of its own.
func renderPO(b *Block, t target) string {
	s := t.whole(b)
	if n := strings.IndexByte(s, '\n'); n < 0 || n == len(s)-1 {
		return `"` + poEscaper.Replace(s) + `"`
	}
	var out strings.Builder
	out.WriteString(`""`)
	for l := range strings.Lines(s) {
		out.WriteString("\n\"" + poEscaper.Replace(l) + `"`)
	}
	return out.String()
}
