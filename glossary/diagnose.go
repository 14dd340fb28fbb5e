package glossary

import (
	"strings"
	"unicode/utf8"
)

// Where the YAML library cannot read a file it knows neither the column nor always the
// line. The mistakes people make in glossaries are few; diagnose looks for them, line by
// line, and says what to write instead. It is only asked about files that are known to
// be broken, and so may take any doubtful line for the culprit.

// diagnosis is what is wrong at a place, lines and columns from 1.
type diagnosis struct {
	code         string
	line, column int
	have, want   string
}

// diagnose returns the first mistake it knows in a broken file, and whether there is one.
func diagnose(text string) (diagnosis, bool) {
	var d doctor
	for i, line := range strings.Split(text, "\n") {
		d.line = i + 1
		if d.look(strings.TrimRight(line, " \r")); d.found.code != "" {
			return d.found, true
		}
	}
	if d.open != "" {
		return d.opened, true
	}
	return diagnosis{}, false
}

// doctor goes down the lines of a file.
type doctor struct {
	line    int
	found   diagnosis
	indents []int  // of the open maps
	closed  bool   // the last entry had a value on its own line
	block   int    // the indent of the entry whose literal block (|, >) is open; -1 for none
	open    string // the brackets that wait for their ends
	opened  diagnosis
}

func (d *doctor) fault(code, line string, at int, have, want string) {
	if d.found.code == "" {
		d.found = diagnosis{code, d.line, utf8.RuneCountInString(line[:at]) + 1, have, want}
	}
}

func (d *doctor) look(line string) {
	content := strings.TrimLeft(line, " ")
	indent := len(line) - len(content)
	if content == "" || content[0] == '#' || content == "---" {
		return
	}
	if d.block > 0 {
		if indent >= d.block {
			return
		}
		d.block = 0
	}
	if d.open != "" {
		if _, after, ok := cutKey(content); ok && after != "" && !strings.ContainsAny(content, "]}") || content[0] == '-' {
			d.found = d.opened
			return
		}
		d.flow(line, indent)
		return
	}
	if n := len(d.indents); content[0] == '-' && n > 0 && d.indents[n-1] == indent && d.closed {
		item := strings.TrimLeft(content[1:], " ")
		d.fault(codeNoColon, line, indent, content, item+": …")
		return
	}
	for strings.HasPrefix(content, "- ") {
		content = strings.TrimLeft(content[2:], " ")
	}
	at := len(line) - len(content)
	key, value, ok := cutKey(content)
	if strings.HasPrefix(strings.TrimSpace(line), "- ") && !ok {
		d.value(line, at, indent)
		return
	}
	if !ok {
		d.noKey(line, content, at, indent)
		return
	}
	if d.indent(line, at); d.found.code == "" {
		d.text(line, at, key)
		d.value(line, len(line)-len(value), indent)
	}
	d.closed = value != "" && value[0] != '#'
}

// cutKey cuts a line after the colon of its key.
func cutKey(content string) (key, value string, ok bool) {
	from := 0
	if content[0] == '"' || content[0] == '\'' {
		if from = quoteEnd(content); from < 0 {
			return "", "", false
		}
	}
	for i := from; i < len(content); i++ {
		if content[i] == ':' && (i+1 == len(content) || content[i+1] == ' ') {
			return content[:i], strings.TrimLeft(content[i+1:], " "), true
		}
		if content[i] == '#' && i > 0 && content[i-1] == ' ' {
			break
		}
	}
	return "", "", false
}

// quoteEnd returns the end of the quoted text that s begins with, -1 where it is not closed.
func quoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[0] == '"' && s[i] == '\\':
			i++
		case s[i] == s[0]:
			if s[0] == '"' || i+1 >= len(s) || s[i+1] != '\'' {
				return i + 1
			}
			i++
		}
	}
	return -1
}

// noKey judges a line without a key: it may go on with the text of the one before.
func (d *doctor) noKey(line, content string, at, indent int) {
	if n := len(d.indents); n > 0 && indent > d.indents[n-1] && d.closed {
		return
	}
	if content[0] == '"' || content[0] == '\'' {
		if quoteEnd(content) < 0 {
			d.fault(codeUnclosed, line, at, content[:1], content+content[:1])
			return
		}
	}
	want := content + ": …"
	if before, after, ok := strings.Cut(content, ":"); ok {
		want = before + ": " + after
	}
	d.fault(codeNoColon, line, at, content, want)
}

// indent judges how far a key is indented: as one of the maps that are open, or deeper
// where the entry before has no value yet.
func (d *doctor) indent(line string, at int) {
	for len(d.indents) > 0 && d.indents[len(d.indents)-1] > at {
		d.indents = d.indents[:len(d.indents)-1]
		d.closed = false
		if len(d.indents) == 0 || d.indents[len(d.indents)-1] < at {
			d.fault(codeIndent, line, at, strings.TrimSpace(line), "")
		}
	}
	n := len(d.indents)
	switch {
	case n > 0 && d.indents[n-1] == at:
	case n > 0 && d.closed:
		d.fault(codeIndent, line, at, strings.TrimSpace(line), strings.Repeat(" ", d.indents[n-1])+strings.TrimSpace(line))
	default:
		d.indents = append(d.indents, at)
	}
}

// text judges a key that is not quoted.
func (d *doctor) text(line string, at int, key string) {
	if key != "" && strings.ContainsRune("@`%*&!|>", rune(key[0])) {
		d.fault(codeReserved, line, at, key, quote(key))
	}
}

// value judges what stands after a key or a dash, at position at of the line.
func (d *doctor) value(line string, at, indent int) {
	value := line[at:]
	if value == "" || value[0] == '#' {
		return
	}
	switch value[0] {
	case '"', '\'':
		d.quoted(line, at, "")
	case '[', '{':
		d.flow(line, at)
	case '|', '>':
		d.block = indent + 1
	case '@', '`', '%':
		d.fault(codeReserved, line, at, value, quote(value))
	default:
		plain, _, _ := strings.Cut(value, " #")
		if strings.Contains(plain, ": ") || strings.HasSuffix(plain, ":") {
			d.fault(codeColon, line, at, plain, quote(plain))
		}
	}
}

// quoted judges a quoted text and what follows it, of which ends may be a part; it
// returns the end of the quotation.
func (d *doctor) quoted(line string, at int, ends string) int {
	n := quoteEnd(line[at:])
	if n < 0 {
		d.fault(codeUnclosed, line, at, line[at:at+1], line[at:]+line[at:at+1])
		return len(line)
	}
	rest := strings.TrimLeft(line[at+n:], " ")
	if rest != "" && rest[0] != '#' && !strings.ContainsRune(ends, rune(rest[0])) {
		text := line[at:]
		if i := strings.IndexAny(text[n:], ",]}"); ends != "" && i >= 0 {
			text = text[:n+i]
		}
		d.fault(codeAfterQuote, line, at, text, quote(strings.Trim(text, text[:1])))
	}
	return at + n
}

// flow follows brackets, from position at of the line to its end.
func (d *doctor) flow(line string, at int) {
	for i := at; i < len(line) && d.found.code == ""; i++ {
		switch c := line[i]; c {
		case '[', '{':
			if d.open == "" {
				d.opened = diagnosis{codeUnclosed, d.line, utf8.RuneCountInString(line[:i]) + 1, line[i : i+1], line[i:] + map[byte]string{'[': "]", '{': "}"}[c]}
			}
			d.open += string(c)
		case ']', '}':
			if n := len(d.open); n > 0 {
				d.open = d.open[:n-1]
			}
			if rest := strings.TrimSpace(line[i+1:]); d.open == "" && rest != "" && rest[0] != '#' {
				d.fault(codeAfterQuote, line, i+1, rest, "")
				return
			}
		case '"', '\'':
			if i == 0 || strings.ContainsRune(" [{,:", rune(line[i-1])) {
				i = d.quoted(line, i, ",]}:") - 1
			}
		case '#':
			if i == 0 || line[i-1] == ' ' {
				return
			}
		}
	}
}

// quote writes a text in double quotation marks.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
