// Package report shows what was found to people and to machines: findings as text for a
// terminal, as JSON, SARIF, JUnit or GitHub annotations for tools, as an HTML page for a
// reviser; and the reading page of a prepared document.
//
// It renders findings of any origin: a bilingual file that was checked, a glossary that
// was linted. A finding without texts is shown by its place and its message alone. Every
// word a person reads comes from the caller through Say; only machine formats have words
// of their own.
package report

import (
	"errors"
	"io"

	"drogman/glossary"
	"drogman/pipeline/bitext"
	"drogman/pipeline/check"
)

// Writer writes findings as they come. Close ends the report; it does not close the
// writer below.
type Writer interface {
	Add(check.Finding) error
	Close(Summary) error
}

// Summary is what is known only when all findings have been written.
type Summary struct {
	Files    []string      // that were read
	Scores   *check.Scores // nil where there was no glossary
	Silenced int           // findings known to the baseline or covered by a waiver
}

// Options say how a report speaks and looks.
type Options struct {
	Say    Say
	Reader string // BCP 47 tag of the language of Say
	// Message writes the sentence of a finding; nil means Say with the finding's code.
	Message   func(*check.Finding) string
	Color     bool   // text: emphasise with terminal colours
	Version   string // of the program, for the formats that name their tool
	Title     string // HTML
	Languages bitext.Languages
	// Glossary gives the entries that the HTML page shows beside findings; may be nil.
	Glossary *glossary.Glossary
}

func (o *Options) message(f *check.Finding) string {
	if o.Message != nil {
		return o.Message(f)
	}
	return o.Say(f.Code, f)
}

// Formats are the names of all formats, the one for people first.
var Formats = []string{"text", "json", "sarif", "junit", "github", "html"}

// ErrFormat says that there is no format of that name.
var ErrFormat = errors.New("report: no such format")

// New begins a report in one of Formats.
func New(w io.Writer, format string, o Options) (Writer, error) {
	switch format {
	case "text":
		return newText(w, o), nil
	case "json":
		return newJSON(w), nil
	case "sarif":
		return &sarif{w: w, o: o}, nil
	case "junit":
		return &junit{w: w, o: o}, nil
	case "github":
		return &github{w: w, o: o}, nil
	case "html":
		return newHTML(w, o), nil
	}
	return nil, ErrFormat
}
