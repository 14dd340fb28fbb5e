package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"

	"drogman/locales"
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
}

// writeReview writes the page on which a person corrects an alignment. Beads that were
// decided before are full of confidence, and stay decided.
func (j *alignJob) writeReview(out io.Writer, a *alignment) error {
	data := reviewData{
		Title: a.pair.source + " – " + a.pair.target, File: a.pair.stem + ".decisions.json",
		Source: reviewSentences(a.source), Target: reviewSentences(a.target), Message: j.reviewMessages(),
	}
	for _, b := range a.beads {
		data.Beads = append(data.Beads, reviewBead{
			Source: [2]int{b.Source.Start, b.Source.End}, Target: [2]int{b.Target.Start, b.Target.End},
			Confidence: b.Confidence, Decided: j.decisions != "" && b.Confidence == 1,
		})
	}
	sum := sha256.Sum256([]byte(reviewScript))
	return reviewTemplate.Execute(out, map[string]any{
		"Data": data, "Title": data.Title, "Reader": j.say.Language().String(),
		"SourceLanguage": j.languages.Source.String(), "TargetLanguage": j.languages.Target.String(),
		"Policy":  "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		"Script":  template.JS(reviewScript),
		"Heading": j.text("align-review-heading"), "Help": j.text("align-review-help"), "Save": j.text("align-review-save"),
	})
}

func (j *alignJob) reviewMessages() map[string]string {
	return map[string]string{
		"decided": j.text("align-review-decided"),
		"left":    j.text("align-review-left"),
		"saved":   j.say.Text("align-review-saved", locales.M{}),
		"unsaved": j.text("align-review-unsaved"),
	}
}

func reviewSentences(sentences []string) []reviewSentence {
	out := make([]reviewSentence, len(sentences))
	for i, s := range sentences {
		out[i] = reviewSentence{s, align.Fingerprint(s)}
	}
	return out
}
