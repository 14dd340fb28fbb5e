package document

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"drogman/pipeline/bitext"
)

// Subtitles: SubRip (.srt) and WebVTT (W3C, 2019). A sentence may run on over several
// cues; a block is therefore as many cues as it takes to reach the end of one, with a
// code, shown as a line break, for the end of each cue but the last. That code holds the
// number and the times of the next, so timing cannot change. Notes, styles, regions and
// settings are left alone.

const maxCues = 12 // joined to one block

// cue is one subtitle: where its text stands.
type cue struct{ text bitext.Span }

func readSubRip(d *Document, _ Options) error { return readSubtitles(d, renderSubRip, false) }

func readWebVTT(d *Document, _ Options) error { return readSubtitles(d, renderWebVTT, true) }

func readSubtitles(d *Document, render renderer, vtt bool) error {
	p := d.parts[0]
	var b builder
	var blocks []Block
	newline := "\n"
	if strings.Contains(p.text, "\r\n") {
		newline = "\r\n"
	}
	joined, last := 0, 0
	flush := func() {
		if block, ok := b.finish(p, Cue, render); ok {
			block.newline = newline
			blocks = append(blocks, block)
		}
		joined = 0
	}
	for _, c := range cues(p.text) {
		text := c.text.In(p.text)
		if joined > 0 && (joined == maxCues || strings.HasPrefix(text, "<v") || startsSpeech(text)) {
			flush()
		}
		if joined > 0 {
			b.alone("cue", "\n", bitext.Span{Start: last, End: c.text.Start})
		}
		cueText(&b, p.text, c.text, vtt)
		joined, last = joined+1, c.text.End
		if b.empty() || endsSentence(text) {
			flush()
		}
	}
	flush()
	d.add(blocks)
	return nil
}

// timing is the line of a cue that says when it is shown.
var timing = regexp.MustCompile(`^[ \t]*(\d+:)?\d+:\d+[.,]\d+[ \t]*-->[ \t]*(\d+:)?\d+:\d+[.,]\d+`)

// cues finds the text of each cue: the lines between its timing and an empty line.
func cues(text string) []cue {
	var out []cue
	at, start, end := 0, -1, -1
	for l := range strings.Lines(text) {
		content := strings.TrimRight(l, "\r\n")
		timed := strings.Contains(content, "-->") && timing.MatchString(content)
		switch {
		case timed || strings.TrimSpace(content) == "":
			if start >= 0 && end > start {
				out = append(out, cue{bitext.Span{Start: start, End: end}})
			}
			start = -1
			if timed {
				start, end = at+len(l), -1
			}
		case start >= 0:
			end = at + len(content)
		}
		at += len(l)
	}
	if start >= 0 && end > start {
		out = append(out, cue{bitext.Span{Start: start, End: end}})
	}
	return out
}

var (
	// cueTag is a tag of SubRip's customary set, or an override of the ASS format.
	cueTag = regexp.MustCompile(`(?i)</?(?:[biu]|s|font(?:\s[^<>]*)?)>|\{\\[^{}]*\}`)
	// vttTag is any tag of a WebVTT cue, a time among them.
	vttTag  = regexp.MustCompile(`<[^<>\n]*>|&[a-zA-Z0-9#]+;`)
	tagName = regexp.MustCompile(`^</?([a-zA-Z]+)`)
)

// cueText gives a cue's text to a builder, its tags as codes.
func cueText(b *builder, text string, span bitext.Span, vtt bool) {
	tags := cueTag
	if vtt {
		tags = vttTag
	}
	s := span.In(text)
	if !strings.ContainsAny(s, "<{&") {
		cueLines(b, text, span)
		return
	}
	at := 0
	for _, m := range tags.FindAllStringIndex(s, -1) {
		cueLines(b, text, bitext.Span{Start: span.Start + at, End: span.Start + m[0]})
		at = m[1]
		tag, source := s[m[0]:m[1]], bitext.Span{Start: span.Start + m[0], End: span.Start + m[1]}
		name := tagName.FindStringSubmatch(tag)
		switch {
		case tag[0] == '&':
			b.addEscaped(html.UnescapeString(tag), source)
		case name == nil:
			b.alone("tag", "", source)
		case tag[1] == '/':
			b.close(cueTypes(name[1]), source)
		default:
			b.open(cueTypes(name[1]), source)
		}
	}
	cueLines(b, text, bitext.Span{Start: span.Start + at, End: span.End})
}

// cueTypes names the type of a tag's code.
func cueTypes(name string) string {
	if t := htmlTypes[strings.ToLower(name)]; t != "" {
		return t
	}
	return strings.ToLower(name)
}

// cueLines gives plain text to a builder, each line end as "\n".
func cueLines(b *builder, text string, span bitext.Span) {
	for span.Len() > 0 {
		s := span.In(text)
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			b.add(s, span)
			return
		}
		b.add(s[:i], bitext.Span{Start: span.Start, End: span.Start + i})
		n := 1
		if strings.HasPrefix(s[i:], "\r\n") {
			n = 2
		}
		b.addEscaped("\n", bitext.Span{Start: span.Start + i, End: span.Start + i + n})
		span.Start += i + n
	}
}

// endsSentence reports whether a cue ends where a sentence may.
func endsSentence(s string) bool {
	s = strings.TrimRight(untagged(s), " \t\r\n\u00a0\u202f»\"”’')]♪")
	last, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || strings.ContainsRune(".!?…:;", last)
}

// startsSpeech reports whether a cue begins a new speaker's words.
func startsSpeech(s string) bool {
	s = untagged(s)
	return isItem(s) || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "—")
}

// untagged is a cue's text without its tags.
func untagged(s string) string {
	if !strings.ContainsAny(s, "<{&") {
		return s
	}
	return cueTag.ReplaceAllString(vttTag.ReplaceAllString(s, ""), "")
}

func renderSubRip(b *Block, t target) string {
	return renderCue(b, t, func(s string) string { return s })
}

func renderWebVTT(b *Block, t target) string { return renderCue(b, t, textEscaper.Replace) }

// renderCue writes a translation with no line of its cues empty, at their beginnings and
// ends neither.
func renderCue(b *Block, t target, escape func(string) string) string {
	atStart := true // of a cue
	return t.spliceBefore(b, func(s, markup string) string {
		s = lineFeeds(s)
		if atStart {
			s = strings.TrimLeft(s, " \t\n")
		}
		ends := markup == "" || strings.Contains(markup, "-->")
		if ends {
			s = strings.TrimRight(s, " \t\n")
		}
		atStart = ends || atStart && s == ""
		return withNewlines(escape(withoutEmptyLines(s)), b.newline)
	})
}

// withoutEmptyLines is s without the lines within it that would end a cue.
func withoutEmptyLines(s string) string {
	if strings.Count(s, "\n") < 2 {
		return s
	}
	lines := strings.Split(s, "\n")
	last := lines[len(lines)-1]
	kept := slices.DeleteFunc(lines[1:len(lines)-1], blank)
	return strings.Join(append(append(lines[:1], kept...), last), "\n")
}

// lineFeeds makes every line end a line feed.
func lineFeeds(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// spread places the cue ends that a translation lacks where they fall in proportion to
// the source, each at a space: for a translation that came through a file which keeps no
// codes.
func spread(b *Block, text string, found []bitext.Code) []bitext.Code {
	taken := map[string]bool{}
	for _, c := range found {
		taken[c.ID] = true
	}
	at := 0
	for _, c := range b.Codes {
		if c.Type != "cue" || taken[c.ID] {
			continue
		}
		want := len(text) * c.Span.Start / len(b.Text)
		best := -1
		for i := at; i < len(text); i++ {
			if text[i] == ' ' && (best < 0 || distance(i, want) < distance(best, want)) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		c.Span = bitext.Span{Start: best, End: best + 1}
		found = append(found, c)
		at = best + 1
	}
	return found
}

func distance(a, b int) int { return max(a-b, b-a) }
