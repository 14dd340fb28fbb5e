package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"

	"drogman/pipeline/align"
)

// The review page is one file that needs no network and may reach none: its policy allows
// the page's own script, by its hash, and nothing else.

//go:embed align_review.html
var reviewHTML string

//go:embed align_review.js
var reviewScript string

var reviewTemplate = template.Must(template.New("review").Parse(reviewHTML))

// reviewData is what the script of the page works on. Sentences are given with their
// fingerprints, by which decisions name them.
type reviewData struct {
	Title   string            `json:"title"`
	File    string            `json:"file"` // name the decisions are saved under
	Key     string            `json:"key"`  // of the texts and their alignment, for work kept in the browser
	Source  []reviewSentence  `json:"source"`
	Target  []reviewSentence  `json:"target"`
	Beads   []reviewBead      `json:"beads"`
	Message map[string]string `json:"message"`
}

type reviewSentence struct {
	Text  string `json:"text"`
	Print string `json:"print"`
}

type reviewBead struct {
	Source     [2]int  `json:"source"` // first sentence, and the one after the last
	Target     [2]int  `json:"target"`
	Confidence float64 `json:"confidence"`
	Decided    bool    `json:"decided"`
	Moved      bool    `json:"moved"`
}

// writeReview writes the page on which a person corrects an alignment. Beads that were
// decided before stay decided.
func (j *alignJob) writeReview(out io.Writer, a *alignment) error {
	data := reviewData{
		Title: a.pair.source + " – " + a.pair.target, File: a.pair.stem + ".decisions.json",
		Source: reviewSentences(a.source), Target: reviewSentences(a.target), Message: j.reviewMessages(),
		Beads: make([]reviewBead, len(a.beads)),
	}
	decided := map[align.Bead]bool{}
	for _, b := range a.decided {
		decided[b] = true
	}
	for i, b := range a.beads {
		data.Beads[i] = reviewBead{
			Source: [2]int{b.Source.Start, b.Source.End}, Target: [2]int{b.Target.Start, b.Target.End},
			Confidence: b.Confidence, Decided: decided[b], Moved: b.Kind == align.Moved,
		}
	}
	data.Key = data.fingerprint()
	sum := sha256.Sum256([]byte(reviewScript))
	return reviewTemplate.Execute(out, map[string]any{
		"Data": data, "Title": data.Title, "Reader": j.say.Language().String(),
		"SourceLanguage": j.languages.Source.String(), "TargetLanguage": j.languages.Target.String(),
		"Policy":  "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		"Script":  template.JS(reviewScript),
		"Acts":    j.reviewActs(),
		"Heading": j.text("align-review-heading"), "Help": j.text("align-review-help"), "Explain": j.text("align-review-explain"),
		"Left": j.text("align-review-left"), "Search": j.text("align-review-search"), "Afresh": j.text("align-review-afresh"),
		"Close": j.text("align-review-close"), "NoScript": j.text("align-review-no-script"),
	})
}

// fingerprint names the texts and their alignment.
func (d *reviewData) fingerprint() string {
	h := sha256.New()
	for _, s := range slices.Concat(d.Source, []reviewSentence{{}}, d.Target) {
		io.WriteString(h, s.Print+"\n")
	}
	fmt.Fprint(h, d.Beads)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

// reviewAct is something that a person can do on the page; the script knows it by its name.
type reviewAct struct {
	Act    string
	Keys   []string
	Button string // may be empty
	Help   string
}

func (j *alignJob) reviewActs() []reviewAct {
	return []reviewAct{
		{"down", []string{"↓", "j"}, "", j.text("align-review.down")},
		{"up", []string{"↑", "k"}, "", j.text("align-review.up")},
		{"next", []string{"n"}, j.text("align-review.button.next"), j.text("align-review.next")},
		{"previous", []string{"p"}, "", j.text("align-review.previous")},
		{"order", []string{"o"}, "", j.text("align-review.order")},
		{"good", []string{"g", "⏎"}, j.text("align-review.button.good"), j.text("align-review.good")},
		{"forget", []string{"x"}, "", j.text("align-review.forget")},
		{"mergeBefore", []string{"M"}, j.text("align-review.button.merge-before"), j.text("align-review.merge-before")},
		{"merge", []string{"m"}, j.text("align-review.button.merge"), j.text("align-review.merge")},
		{"split", []string{"s"}, j.text("align-review.button.split"), j.text("align-review.split")},
		{"sourceLess", []string{"←", "["}, j.text("align-review.button.source-less"), j.text("align-review.source-less")},
		{"sourceMore", []string{"→", "]"}, j.text("align-review.button.source-more"), j.text("align-review.source-more")},
		{"targetLess", []string{"⇧←", "<"}, j.text("align-review.button.target-less"), j.text("align-review.target-less")},
		{"targetMore", []string{"⇧→", ">"}, j.text("align-review.button.target-more"), j.text("align-review.target-more")},
		{"undo", []string{"u", "Ctrl Z"}, j.text("align-review.button.undo"), j.text("align-review.undo")},
		{"redo", []string{"U", "Ctrl Y"}, "", j.text("align-review.redo")},
		{"search", []string{"/"}, "", j.text("align-review.search")},
		{"save", []string{"w", "Ctrl S"}, j.text("align-review.button.save"), j.text("align-review.save")},
		{"help", []string{"?", "h"}, j.text("align-review.button.help"), j.text("align-review.help")},
	}
}

// reviewMessages are what the script itself has to say.
func (j *alignJob) reviewMessages() map[string]string {
	return map[string]string{
		"decided":    j.text("align-review-decided"),
		"left":       j.text("align-review-left"),
		"none":       j.text("align-review-none"),
		"saved":      j.text("align-review-saved"),
		"unsaved":    j.text("align-review-unsaved"),
		"unkept":     j.text("align-review-unkept"),
		"restored":   j.text("align-review-restored"),
		"apart":      j.text("align-review-apart"),
		"moved":      j.text("align-review-moved"),
		"omitted":    j.text("align-review-omitted"),
		"added":      j.text("align-review-added"),
		"nothing":    j.text("align-review-nothing"),
		"textOrder":  j.text("align-review-text-order"),
		"worstFirst": j.text("align-review-worst-first"),
	}
}

func reviewSentences(sentences []string) []reviewSentence {
	out := make([]reviewSentence, len(sentences))
	for i, s := range sentences {
		out[i] = reviewSentence{s, align.Fingerprint(s)}
	}
	return out
}
