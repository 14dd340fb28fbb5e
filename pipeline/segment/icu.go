package segment

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/runenames"
)

// SRX expressions are those of ICU (unicode.org/reports/tr18, level 1), which Java's are
// close to. Go's regexp (RE2) has the same core and runs in linear time. What differs is
// written anew:
//
//	\s \w \d \b           of all of Unicode, where Go's are ASCII's
//	\uhhhh \Uhhhhhhhh \x  and \N{NAME}: the character
//	\p{Name}              long names and Java's: \p{Uppercase}, \p{IsLatin}, \p{Punct}
//	\h \R \Z \e           their definition
//	a*+ a++ a?+ (?>…)     greedy: where they differ, ICU would not match
//
// and what only backtracking can do, or a class of classes, is an error: lookaround,
// back references, \G, \X, [a&&b].
//
// \b at the beginning of an expression is widened to Unicode by reading one character
// more, which does not move the place; elsewhere it stays as it is, right for ASCII.

const (
	icuSpace = `\t-\r \x{85}\p{Z}`
	icuWord  = `\p{L}\p{M}\p{Nd}\p{Pc}\x{200C}\x{200D}`
)

// unsupported is what an expression asks for that cannot be run.
type unsupported string

func (u unsupported) Error() string { return fmt.Sprintf("%s is not supported", string(u)) }

// translator rewrites one expression.
type translator struct {
	in    string
	at    int
	out   strings.Builder
	class int // how many brackets are open
}

// translate rewrites an ICU expression for Go.
func translate(pattern string) (string, error) {
	t := &translator{in: pattern}
	if prefix := leadingBoundary.FindString(pattern); prefix != "" {
		t.at = len(prefix)
		t.out.WriteString(strings.TrimSuffix(prefix, `\b`) + `(?:^|[^` + icuWord + `])`)
	}
	for t.at < len(t.in) {
		if err := t.next(); err != nil {
			return "", err
		}
	}
	return t.out.String(), nil
}

var leadingBoundary = regexp.MustCompile(`^(?:\((?:\?[a-z]*:)?|\(\?[ims]+\))*\\b`)

// next rewrites the next piece.
func (t *translator) next() error {
	rest := t.in[t.at:]
	switch {
	case rest[0] == '\\':
		return t.escape(rest)
	case t.class > 0:
		return t.inClass(rest)
	case strings.HasPrefix(rest, "["):
		return t.openClass(rest)
	case strings.HasPrefix(rest, "(?"):
		return t.group(rest)
	case len(rest) > 1 && rest[1] == '+' && strings.IndexByte("*+?}", rest[0]) >= 0:
		t.copy(1)
		t.at++ // a possessive quantifier
	default:
		_, n := utf8.DecodeRuneInString(rest)
		t.copy(n)
	}
	return nil
}

func (t *translator) copy(n int) {
	t.out.WriteString(t.in[t.at : t.at+n])
	t.at += n
}

// put writes a replacement for the next n bytes.
func (t *translator) put(n int, replacement string) error {
	t.out.WriteString(replacement)
	t.at += n
	return nil
}

func (t *translator) openClass(rest string) error {
	t.class++
	t.copy(1)
	if strings.HasPrefix(rest[1:], "^") {
		t.copy(1)
	}
	if strings.HasPrefix(t.in[t.at:], "]") {
		return t.put(1, `\]`)
	}
	return nil
}

func (t *translator) inClass(rest string) error {
	switch {
	case strings.HasPrefix(rest, "&&"), strings.HasPrefix(rest, "--"):
		return unsupported("a class of classes, " + rest[:2] + ",")
	case strings.HasPrefix(rest, "[:"):
		return unsupported("the class " + rest[:min(len(rest), 9)])
	case rest[0] == '[':
		return unsupported("a class in a class")
	case rest[0] == ']':
		t.class--
	}
	_, n := utf8.DecodeRuneInString(rest)
	t.copy(n)
	return nil
}

func (t *translator) group(rest string) error {
	for _, look := range []string{"(?=", "(?!", "(?<=", "(?<!"} {
		if strings.HasPrefix(rest, look) {
			return unsupported("lookaround, " + look + "…),")
		}
	}
	switch {
	case strings.HasPrefix(rest, "(?>"):
		return t.put(3, "(?:")
	case strings.HasPrefix(rest, "(?#"):
		end := strings.IndexByte(rest, ')')
		if end < 0 {
			return unsupported("a comment without an end")
		}
		return t.put(end+1, "")
	}
	t.copy(2)
	return nil
}

// escape rewrites a backslash and what it escapes.
func (t *translator) escape(rest string) error {
	if len(rest) < 2 {
		return unsupported("a backslash at the end")
	}
	switch c := rest[1]; c {
	case 's', 'w', 'd', 'h':
		return t.set(map[byte]string{'s': icuSpace, 'w': icuWord, 'd': `\p{Nd}`, 'h': `\t\p{Zs}`}[c])
	case 'S', 'W', 'D', 'H':
		if t.class > 0 {
			return t.put(2, complement(map[byte]string{'S': icuSpace, 'W': icuWord, 'D': `\p{Nd}`, 'H': `\t\p{Zs}`}[c]))
		}
		return t.put(2, "[^"+map[byte]string{'S': icuSpace, 'W': icuWord, 'D': `\p{Nd}`, 'H': `\t\p{Zs}`}[c]+"]")
	case 'u':
		return t.character(rest, 2, 4)
	case 'U':
		return t.character(rest, 2, 8)
	case 'x':
		return t.hex(rest)
	case 'N':
		return t.named(rest)
	case 'p', 'P':
		return t.property(rest)
	case 'Z':
		return t.put(2, `\z`)
	case 'e':
		return t.put(2, `\x1B`)
	case 'R':
		return t.put(2, `(?:\r\n|[\n-\r\x{85}\x{2028}\x{2029}])`)
	case 'G', 'X', 'k', 'c', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return unsupported(rest[:2])
	}
	_, n := utf8.DecodeRuneInString(rest[1:])
	if r := rest[1]; r < utf8.RuneSelf && strings.IndexByte("bBAznrtfvaQE0", r) < 0 {
		return t.put(2, regexp.QuoteMeta(rest[1:2])) // an escaped letter or mark is itself
	}
	if rest[1] >= utf8.RuneSelf {
		return t.put(1+n, rest[1:1+n])
	}
	t.copy(2)
	return nil
}

// set writes a set of characters, in brackets unless it stands in some.
func (t *translator) set(members string) error {
	if t.class > 0 {
		return t.put(2, members)
	}
	return t.put(2, "["+members+"]")
}

// complement writes the ranges of what is not in a set, for use within brackets.
func complement(members string) string {
	tree, err := syntax.Parse("[^"+members+"]", syntax.Perl)
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	for i := 0; i+1 < len(tree.Rune); i += 2 {
		fmt.Fprintf(&b, `\x{%X}-\x{%X}`, tree.Rune[i], tree.Rune[i+1])
	}
	return b.String()
}

// character writes the character whose number stands in the digits.
func (t *translator) character(rest string, from, digits int) error {
	if len(rest) < from+digits || !isHex(rest[from:from+digits]) {
		return unsupported(rest[:min(len(rest), from+digits)])
	}
	return t.put(from+digits, `\x{`+rest[from:from+digits]+`}`)
}

// hex reads \x{h…}, \xhhhh (as the samples of the standard write it) and \xhh.
func (t *translator) hex(rest string) error {
	if strings.HasPrefix(rest[2:], "{") {
		t.copy(2)
		return nil
	}
	if len(rest) >= 6 && isHex(rest[2:6]) {
		return t.character(rest, 2, 4)
	}
	return t.character(rest, 2, 2)
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }

// named writes the character of a Unicode name, \N{NO-BREAK SPACE}.
func (t *translator) named(rest string) error {
	end := strings.IndexByte(rest, '}')
	if !strings.HasPrefix(rest, `\N{`) || end < 0 {
		return unsupported(`\N without a name`)
	}
	name := strings.ToUpper(rest[3:end])
	for r := rune(0); r < 0x20000; r++ { // beyond are ideographs, without names of their own
		if runenames.Name(r) == name {
			return t.put(end+1, fmt.Sprintf(`\x{%X}`, r))
		}
	}
	return unsupported("the character " + name)
}

// properties are the names of ICU and Java for what Go names otherwise.
var properties = map[string]string{
	"Alphabetic": `\p{L}\p{Nl}`, "Alpha": `\p{L}`, "Letter": `\p{L}`, "Uppercase": `\p{Lu}`,
	"Uppercase_Letter": `\p{Lu}`, "UppercaseLetter": `\p{Lu}`, "Upper": `\p{Lu}`, "javaUpperCase": `\p{Lu}`,
	"Lowercase": `\p{Ll}`, "Lowercase_Letter": `\p{Ll}`, "LowercaseLetter": `\p{Ll}`, "Lower": `\p{Ll}`,
	"javaLowerCase": `\p{Ll}`, "Digit": `\p{Nd}`, "Decimal_Number": `\p{Nd}`, "Number": `\p{N}`,
	"Punct": `\p{P}`, "Punctuation": `\p{P}`, "Space": icuSpace, "White_Space": icuSpace,
	"WhiteSpace": icuSpace, "Alnum": `\p{L}\p{Nd}`, "Separator": `\p{Z}`, "Symbol": `\p{S}`, "Mark": `\p{M}`,
	"ASCII": `\x00-\x7F`,
}

// property writes \p{…} or \P{…} with a name that Go knows.
func (t *translator) property(rest string) error {
	end := strings.IndexByte(rest, '}')
	if !strings.HasPrefix(rest[2:], "{") || end < 0 {
		t.copy(min(len(rest), 3)) // \pL
		return nil
	}
	name := strings.TrimPrefix(rest[3:end], "^")
	negated := rest[1] == 'P' != strings.HasPrefix(rest[3:end], "^")
	members, ok := properties[strings.TrimPrefix(name, "Is")]
	if !ok {
		short := strings.TrimPrefix(name, "Is")
		if unicode.Categories[short] == nil && unicode.Scripts[short] == nil {
			return unsupported(rest[:end+1])
		}
		members = `\p{` + short + `}`
	}
	switch {
	case negated && t.class > 0:
		return t.put(end+1, complement(members))
	case negated:
		return t.put(end+1, "[^"+members+"]")
	case t.class > 0:
		return t.put(end+1, members)
	}
	return t.put(end+1, "["+members+"]")
}
