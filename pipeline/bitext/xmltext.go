package bitext

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// isXMLChar reports whether XML 1.0 allows the character (production 2, Char).
func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// escapeText writes character data so that a parser gives back exactly s: the carriage
// return goes as a reference, since a parser would make a line feed of it. A character
// that XML cannot hold is handed to control, which writes what stands for it.
func escapeText(out *bufio.Writer, s string, control func(rune)) {
	last := 0
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= 0x20 && r < utf8.RuneSelf && r != '<' && r != '>' && r != '&' {
			i++ // by far the most
			continue
		}
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		esc := textEscape(r)
		if esc == "" && isXMLChar(r) {
			i += n
			continue
		}
		out.WriteString(s[last:i])
		if esc != "" {
			out.WriteString(esc)
		} else {
			control(r)
		}
		i += n
		last = i
	}
	out.WriteString(s[last:])
}

func textEscape(r rune) string {
	switch r {
	case '<':
		return "&lt;"
	case '>': // only "]]>" must be escaped, but a reader need not think about it
		return "&gt;"
	case '&':
		return "&amp;"
	case '\r':
		return "&#13;"
	}
	return ""
}

// escapeAttr writes an attribute value for double quotes, tabs and line ends as references
// (a parser would make spaces of them). All its characters must be XML's.
func escapeAttr(out *bufio.Writer, s string) {
	last := 0
	for i := range len(s) { // what is escaped is ASCII
		esc := attrEscape(s[i])
		if esc == "" {
			continue
		}
		out.WriteString(s[last:i])
		out.WriteString(esc)
		last = i + 1
	}
	out.WriteString(s[last:])
}

func attrEscape(c byte) string {
	switch c {
	case '"':
		return "&quot;"
	case '\t':
		return "&#9;"
	case '\n':
		return "&#10;"
	}
	return textEscape(rune(c))
}

// writeAttr writes an attribute with any text for its value: characters that XML cannot
// hold go as _xHHHH_.
func writeAttr(out *bufio.Writer, name, value string) {
	writeToken(out, name, hexEscape(value, isXMLChar))
}

// writeToken writes an attribute whose value toToken made.
func writeToken(out *bufio.Writer, name, token string) {
	out.WriteByte(' ')
	out.WriteString(name)
	out.WriteString(`="`)
	escapeAttr(out, token)
	out.WriteByte('"')
}

// hexEscape writes each character that is not allowed as _xHHHH_ (ISO/IEC 9075-14, as
// Office Open XML does it), and the underscore that would begin a false one likewise.
// hexUnescape takes it back.
func hexEscape(s string, allowed func(rune) bool) string {
	clean := !strings.Contains(s, "_x")
	if clean {
		clean = !strings.ContainsFunc(s, func(r rune) bool { return !allowed(r) })
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if !allowed(r) || r == '_' && isHexEscape(s[i:]) > 0 {
			fmt.Fprintf(&b, "_x%04X_", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isHexEscape is the length of the _xHHHH_ (four to six digits) at the head of s, or 0.
func isHexEscape(s string) int {
	if !strings.HasPrefix(s, "_x") {
		return 0
	}
	n := 2
	for n < len(s) && strings.IndexByte("0123456789ABCDEF", s[n]) >= 0 {
		n++
	}
	if n < 6 || n > 8 || n >= len(s) || s[n] != '_' {
		return 0
	}
	return n + 1
}

func hexUnescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		n := isHexEscape(s[i:])
		if n == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		r, _ := strconv.ParseInt(s[i+2:i+n-1], 16, 32)
		b.WriteRune(rune(r))
		i += n
	}
	return b.String()
}

// isNameStart is XML 1.0 production 4, NameStartChar.
func isNameStart(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_', r == ':':
		return true
	case r < 0xC0, r == 0xD7, r == 0xF7, r == 0x37E:
		return false
	case r <= 0x2FF, r >= 0x370 && r <= 0x1FFF, r == 0x200C, r == 0x200D,
		r >= 0x2070 && r <= 0x218F, r >= 0x2C00 && r <= 0x2FEF, r >= 0x3001 && r <= 0xD7FF,
		r >= 0xF900 && r <= 0xFDCF, r >= 0xFDF0 && r <= 0xFFFD, r >= 0x10000 && r <= 0xEFFFF:
		return true
	}
	return false
}

// isNameChar is XML 1.0 production 4a.
func isNameChar(r rune) bool {
	return isNameStart(r) || r == '-' || r == '.' || r >= '0' && r <= '9' || r == 0xB7 ||
		r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// toToken makes an NMTOKEN of any text, and hexUnescape takes it back. It lets through what
// every edition of XML 1.0 calls a name character, but for the middle dot, which is the
// XLIFF writer's own.
func toToken(s string) string {
	return hexEscape(s, func(r rune) bool { return isNameChar(r) && r != 0xB7 && r < 0x132 })
}
