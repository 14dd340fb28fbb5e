package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"drogman/locales"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
	"drogman/pipeline/segment"
)

// segmentFlags are the flags of drogman segment.
type segmentFlags struct {
	lang, format, layout, srx, encoding string
	breaks, noBreaks                    []string
	explain, exportSRX                  bool
}

// segmentCommand is the filter text → sentences, one a line.
func (w *world) segmentCommand() *cobra.Command {
	var f segmentFlags
	c := w.command("segment", func(args []string) error { return w.segment(f, args) })
	flags := c.Flags()
	flags.StringVarP(&f.lang, "language", "l", "", w.text("flag.segment.language"))
	flags.StringVar(&f.format, "format", "text", w.text("flag.segment.format"))
	flags.StringVar(&f.layout, "layout", "detect", w.text("flag.segment.layout"))
	flags.StringVar(&f.srx, "srx", "", w.text("flag.segment.srx"))
	flags.StringVar(&f.encoding, "encoding", "", w.text("flag.run.encoding"))
	flags.StringArrayVar(&f.breaks, "break", nil, w.text("flag.segment.break"))
	flags.StringArrayVar(&f.noBreaks, "no-break", nil, w.text("flag.segment.no-break"))
	flags.BoolVar(&f.explain, "explain", false, w.text("flag.segment.explain"))
	flags.BoolVar(&f.exportSRX, "export-srx", false, w.text("flag.segment.export-srx"))
	return c
}

var layouts = map[string]segment.Layout{"detect": segment.Detect, "kept": segment.Kept, "flat": segment.Flat}

func (w *world) segment(f segmentFlags, files []string) error {
	if f.format != "text" && f.format != "jsonl" {
		return usage("usage-format", locales.M{"Have": f.format, "Want": "text, jsonl"})
	}
	if _, ok := layouts[f.layout]; !ok {
		return usage("usage-layout", locales.M{"Have": f.layout})
	}
	s, lang, err := w.segmenter(f)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w.out, 1<<16)
	if f.exportSRX {
		return errors.Join(segment.ExportSRX(out, lang), out.Flush())
	}
	job := &segmentJob{world: w, segmentFlags: f, segmenter: s, out: out, several: len(files) > 1}
	if len(files) == 0 {
		files = []string{"-"}
	}
	for _, name := range files {
		if err := job.do(name); err != nil {
			return errors.Join(&fault{id: "document-failed", file: name, err: err}, out.Flush())
		}
	}
	return out.Flush()
}

// segmenter makes the segmenter that the flags and the configuration describe.
func (w *world) segmenter(f segmentFlags) (*segment.Segmenter, language.Tag, error) {
	conf, err := w.loadConfig()
	if err != nil {
		return nil, language.Und, err
	}
	if f.lang != "" {
		if conf.Source, err = parseLanguage(f.lang); err != nil {
			return nil, language.Und, err
		}
	}
	options := []segment.Option{
		segment.WithLayout(layouts[f.layout]),
		segment.WithAbbreviations(conf.Segment.Abbreviations...),
		segment.WithBreak(append(conf.Segment.Break, f.breaks...)...),
		segment.WithNoBreak(append(conf.Segment.NoBreak, f.noBreaks...)...),
	}
	if f.srx != "" {
		x, err := readSRX(f.srx)
		if err != nil {
			return nil, language.Und, err
		}
		options = append(options, segment.WithSRX(x))
	}
	s, err := segment.New(conf.Source, options...)
	return s, conf.Source, err
}

func readSRX(name string) (*segment.SRX, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, &fault{id: "document-failed", file: name, err: err}
	}
	defer file.Close()
	return segment.ReadSRX(bufio.NewReader(file), name)
}

// segmentJob writes the segments of one file after the other.
type segmentJob struct {
	*world
	segmentFlags
	segmenter *segment.Segmenter
	out       *bufio.Writer
	several   bool // more than one file
	buf       []byte
}

// do segments a file, or standard input for "-".
func (j *segmentJob) do(name string) error {
	in := j.in
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	text, err := openText(in, j.encoding)
	if err != nil {
		return err
	}
	if j.explain {
		return j.explainText(name, text)
	}
	return j.writeSegments(name, text)
}

func (j *segmentJob) writeSegments(name string, text *textInput) error {
	n := 0
	for s, err := range j.segmenter.Scan(text) {
		if err != nil {
			return err
		}
		if j.ctx.Err() != nil {
			return errInterrupted
		}
		span := segment.Trim(s.Text, bitext.Span{End: len(s.Text)})
		if span.Len() > 0 {
			n++
			if err := j.write(name, n, s, span, text); err != nil {
				return err
			}
		}
		text.pass(s.Text)
	}
	return nil
}

// segmentLine is one line of the output: a contract with other people's scripts.
type segmentLine struct {
	File  string `json:"file,omitempty"` // where there are several
	ID    string `json:"id"`
	Start int64  `json:"start"` // bytes in the input
	End   int64  `json:"end"`
	Text  string `json:"text"`
}

func (j *segmentJob) write(name string, n int, s segment.Segment, span bitext.Span, text *textInput) error {
	if j.format == "text" {
		j.buf = appendLine(j.buf[:0], span.In(s.Text))
		_, err := j.out.Write(j.buf)
		return err
	}
	line := segmentLine{ID: fmt.Sprint(n), Text: span.In(s.Text)}
	if j.several {
		line.File = name
	}
	line.Start = text.offset(s.Start, s.Text[:span.Start])
	line.End = line.Start + text.width(line.Text)
	return j.json(line)
}

func (j *segmentJob) json(value any) error {
	encoder := json.NewEncoder(j.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// appendLine adds the segment as one line: a line break within it becomes a space, with
// the white space on both sides of it.
func appendLine(line []byte, text string) []byte {
	for {
		at := lineBreak(text)
		if at < 0 {
			line = append(line, text...)
			return append(line, '\n')
		}
		line = append(line, strings.TrimRight(text[:at], " \t")...)
		line = append(line, ' ')
		text = strings.TrimLeft(text[at:], " \t\n\r\f\v\u2028\u2029")
	}
}

// lineBreak is where the first line break of the text is, or -1.
func lineBreak(text string) int {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c > '\r' && c != 0xE2:
		case '\n' <= c && c <= '\r', strings.HasPrefix(text[i:], "\u2028"), strings.HasPrefix(text[i:], "\u2029"):
			return i
		}
	}
	return -1
}

// explanation is one line of --explain as JSON.
type explanation struct {
	File     string     `json:"file,omitempty"`
	At       int64      `json:"at"` // byte in the input
	Break    bool       `json:"break"`
	Rule     string     `json:"rule"`
	Odds     float64    `json:"odds,omitempty"`
	Evidence []evidence `json:"evidence,omitempty"`
}

type evidence struct {
	Name   string  `json:"name"`
	Weight float64 `json:"weight"`
}

// explainText writes what was decided at each candidate: its place, ║ for a break or · for
// none, the rule, and the text on both sides.
func (j *segmentJob) explainText(name string, in *textInput) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	text := string(data)
	line, from := 1, 0
	for d := range j.segmenter.Explain(text) {
		if j.format == "jsonl" {
			err = j.json(j.explanation(name, d, in.offset(0, text[:d.At])))
		} else {
			line += strings.Count(text[from:d.At], "\n")
			from = d.At
			column := 1 + utf8.RuneCountInString(text[strings.LastIndexByte(text[:d.At], '\n')+1:d.At])
			err = j.explainLine(name, line, column, d, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (j *segmentJob) explanation(name string, d segment.Decision, at int64) explanation {
	e := explanation{At: at, Break: d.Break, Rule: d.Rule, Odds: d.Odds}
	if j.several {
		e.File = name
	}
	for _, clue := range d.Evidence {
		e.Evidence = append(e.Evidence, evidence(clue))
	}
	return e
}

func (j *segmentJob) explainLine(name string, line, column int, d segment.Decision, text string) error {
	sign := "·"
	if d.Break {
		sign = "║"
	}
	odds := ""
	if len(d.Evidence) > 0 {
		odds = fmt.Sprintf(" %+.1f", d.Odds)
	}
	if j.several {
		fmt.Fprintf(j.out, "%s:", name)
	}
	const context = 30
	before := []rune(text[max(0, d.At-4*context):d.At])
	after := []rune(text[d.At:min(len(text), d.At+4*context)])
	left := string(before[max(0, len(before)-context):])
	right := string(after[:min(len(after), context)])
	visible := strings.NewReplacer("\n", "⏎", "\r", "", "\t", "⇥", "\uFFFD", "")
	_, err := fmt.Fprintf(j.out, "%d:%d\t%s\t%s%s\t%s%s%s\n", line, column, sign, d.Rule, odds, visible.Replace(left), sign, visible.Replace(right))
	return err
}

// textInput is a text as UTF-8 and the way back to the offsets of the bytes it was read
// from.
type textInput struct {
	io.Reader
	bom    int            // bytes before the text
	wide   func(rune) int // bytes of a rune in the input; nil for UTF-8
	passed int64          // bytes of the input before the segment in hand, where wide
}

// peeked is how much of an input is looked at to settle its encoding.
const peeked = 1 << 20

// openText settles the encoding of an input. One that is UTF-8 streams; any other is read
// whole.
func openText(in io.Reader, encoding string) (*textInput, error) {
	r := bufio.NewReaderSize(in, peeked)
	head, err := r.Peek(peeked)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if encoding == "" && startsUTF8(head, err == io.EOF) && bytes.IndexByte(head, 0) < 0 {
		bom := len(head) - len(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")))
		_, err := r.Discard(bom)
		return &textInput{Reader: &validUTF8{r: r}, bom: bom}, err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	text, e, err := document.Decode(data, encoding)
	if err != nil {
		return nil, err
	}
	t := &textInput{Reader: strings.NewReader(text), wide: runeWidth(e.Name())}
	if t.bom = len(data) - int(t.width(text)); t.bom < 0 || t.bom > 3 {
		t.bom, t.wide = 0, nil // an encoding of other widths: the offsets are those of UTF-8
	}
	return t, nil
}

// startsUTF8 reports whether the bytes are UTF-8, or begin so if there are more to come.
func startsUTF8(head []byte, whole bool) bool {
	for i := 0; !whole && i < utf8.UTFMax && len(head) > 0 && !utf8.RuneStart(head[len(head)-1]); i++ {
		head = head[:len(head)-1]
	}
	if !whole && len(head) > 0 {
		head = head[:len(head)-1]
	}
	return utf8.Valid(head)
}

// runeWidth is how many bytes a rune has in an encoding: UTF-16 or one byte a rune. nil
// stands for UTF-8.
func runeWidth(encoding string) func(rune) int {
	switch encoding {
	case "utf-8":
		return nil
	case "utf-16le", "utf-16be":
		return func(r rune) int {
			if r > 0xFFFF {
				return 4
			}
			return 2
		}
	}
	return func(rune) int { return 1 }
}

// width is how many bytes of the input the text was.
func (t *textInput) width(text string) (n int64) {
	if t.wide == nil {
		return int64(len(text))
	}
	for _, r := range text {
		n += int64(t.wide(r))
	}
	return n
}

// offset is where in the input the text behind a skipped one begins, which begins at
// start in the text as UTF-8.
func (t *textInput) offset(start int64, skipped string) int64 {
	if t.wide == nil {
		return int64(t.bom) + start + int64(len(skipped))
	}
	return int64(t.bom) + t.passed + t.width(skipped)
}

// pass counts a text that is done with.
func (t *textInput) pass(text string) {
	if t.wide != nil {
		t.passed += t.width(text)
	}
}

// validUTF8 is a reader that fails at bytes that are not UTF-8.
type validUTF8 struct {
	r    io.Reader
	cut  [utf8.UTFMax]byte // the first bytes of a rune that the last read cut in two
	have int               // how many
	done int64             // bytes read
}

func (v *validUTF8) Read(p []byte) (n int, err error) {
	n, err = v.r.Read(p)
	if !v.valid(p[:n]) || err == io.EOF && v.have > 0 {
		return 0, &fault{id: "segment-not-utf8", values: locales.M{"Have": v.done}}
	}
	v.done += int64(n)
	return n, err
}

func (v *validUTF8) valid(chunk []byte) bool {
	for v.have > 0 && len(chunk) > 0 {
		v.cut[v.have] = chunk[0]
		v.have, chunk = v.have+1, chunk[1:]
		if utf8.FullRune(v.cut[:v.have]) {
			if !utf8.Valid(v.cut[:v.have]) {
				return false
			}
			v.have = 0
		}
	}
	for k := 1; k < utf8.UTFMax && k <= len(chunk); k++ {
		if last := chunk[len(chunk)-k:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				v.have = copy(v.cut[:], last)
				chunk = chunk[:len(chunk)-k]
			}
			break
		}
	}
	return utf8.Valid(chunk)
}
