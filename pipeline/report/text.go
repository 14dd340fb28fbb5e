package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
)

// text is the report for a terminal: one line for the finding, then the phrase where it
// stands in each language, underlined.
type text struct {
	w      *bufio.Writer
	o      Options
	counts map[check.Severity]int
}

func newText(w io.Writer, o Options) *text {
	return &text{w: bufio.NewWriter(w), o: o, counts: map[check.Severity]int{}}
}

var severityColor = map[check.Severity]string{
	check.Error: "\x1b[1;31m", check.Warning: "\x1b[1;33m", check.Advisory: "\x1b[1;36m", check.Info: "\x1b[1m",
}

const plainColor = "\x1b[0m"

func (t *text) paint(color, s string) string {
	if !t.o.Color {
		return s
	}
	return color + s + plainColor
}

func (t *text) Add(f check.Finding) error {
	t.counts[f.Severity]++
	severity := t.paint(severityColor[f.Severity], t.o.Say("severity."+f.Severity.String(), nil))
	fmt.Fprintf(t.w, "%s%s %s [%s]\n", placeOf(&f), severity, visible(t.o.message(&f)), f.Code)
	source, target := f.Spans()
	t.excerpt(f.Texts.Source, source, f.Severity)
	t.excerpt(f.Texts.Target, target, f.Severity)
	return t.w.Flush()
}

// placeOf is "file:line:column: ", as far as it is known.
func placeOf(f *check.Finding) string {
	switch {
	case f.Line == 0 && f.Unit != "":
		return fmt.Sprintf("%s: %s: ", visible(f.File), visible(f.Unit))
	case f.Line == 0:
		return visible(f.File) + ": "
	case f.Column == 0:
		return fmt.Sprintf("%s:%d: ", visible(f.File), f.Line)
	}
	return fmt.Sprintf("%s:%d:%d: ", visible(f.File), f.Line, f.Column)
}

// excerptWidth is how many columns of a text are shown.
const excerptWidth = 96

// excerpt writes the part of a text around the span on one line, and the underline on the
// next if the span covers anything.
func (t *text) excerpt(s string, span bitext.Span, severity check.Severity) {
	if s == "" {
		return
	}
	start, end := window(s, span)
	before, phrase, after := visible(s[start:span.Start]), visible(span.In(s)), visible(s[span.End:end])
	head, tail := "", ""
	if start > 0 {
		head = "…"
	}
	if end < len(s) {
		tail = "…"
	}
	fmt.Fprintf(t.w, "    %s%s%s%s%s\n", head, before, phrase, after, tail)
	if phrase != "" {
		under := strings.Repeat("~", max(1, columns(phrase)))
		fmt.Fprintf(t.w, "    %s%s\n", strings.Repeat(" ", columns(head)+columns(before)), t.paint(severityColor[severity], under))
	}
}

// window widens a span to about excerptWidth bytes, at bounds of letters.
func window(s string, span bitext.Span) (start, end int) {
	room := max(0, excerptWidth-span.Len())
	start = max(0, span.Start-room/2)
	end = min(len(s), start+room+span.Len())
	start = max(0, end-room-span.Len())
	for start > 0 && !letterBound(s, start) {
		start--
	}
	for end < len(s) && !letterBound(s, end) {
		end++
	}
	return min(start, span.Start), max(end, span.End)
}

// letterBound reports whether a letter with its combining marks begins at i.
func letterBound(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return utf8.RuneStart(s[i]) && !unicode.Is(unicode.Mn, r)
}

// Steers reports whether a character, written as it is, acts on a terminal: a control, or a
// mark that reorders text.
func Steers(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// visible is s on one line with nothing in it that steers a terminal: line breaks and
// tabs become spaces, other controls and the marks that reorder text become U+FFFD.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case Steers(r), r == utf8.RuneError:
			return utf8.RuneError
		}
		return r
	}, s)
}

// columns is how many columns a terminal gives s (East Asian wide letters take two).
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch k := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Close writes the tally.
func (t *text) Close(s Summary) error {
	fmt.Fprintln(t.w, t.o.Say("report.tally", map[string]any{
		"Errors": t.counts[check.Error], "Warnings": t.counts[check.Warning],
		"Advisories": t.counts[check.Advisory] + t.counts[check.Info],
	}))
	if s.Silenced > 0 {
		fmt.Fprintln(t.w, t.o.Say("report.silenced", map[string]any{"Count": s.Silenced}))
	}
	if s.Scores != nil && s.Scores.Terms > 0 {
		fmt.Fprintln(t.w, t.o.Say("report.scores", map[string]any{
			"Answered": s.Scores.Answered, "Terms": s.Scores.Terms,
			"Success": 100 * s.Scores.Success, "Consistency": 100 * s.Scores.Consistency,
		}))
	}
	return t.w.Flush()
}
