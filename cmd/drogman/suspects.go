package main

import (
	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
	"drogman/pipeline/suspect"
)

// notice is something that a person should look at and that stops nothing, told by a message.
type notice struct {
	id           string
	values       locales.M
	file         string
	line, column int // 0 if unknown
}

func (n *notice) Error() string { return n.id }

// MessageID names the message that tells a person of it.
func (n *notice) MessageID() string { return n.id }

// Position is where it stands.
func (n *notice) Position() (file string, line, column int) { return n.file, n.line, n.column }

// noticeOf is the notice of suspect places of one kind: the first of them, and how many.
// The block is named where no line can be.
func noticeOf(f suspect.Finding, count int, file string, line, column int, block string) *notice {
	return &notice{f.Code, locales.M{"Have": f.Have, "Times": count, "Block": block}, file, line, column}
}

// warn tells what is suspect in a document: one line for each kind, at its first place.
func (w *world) warn(found pipeline.Suspects) {
	if w.quiet {
		return
	}
	for _, s := range found {
		block := ""
		line, column := locate(s.File, s.Offset)
		if line == 0 {
			block = s.Block
		}
		w.complain(noticeOf(s.Finding, s.Count, s.File.Name, line, column, block))
	}
}

// locate finds the line and column of an offset; 0 where the document has none, or cannot
// be read again.
func locate(file *pipeline.File, offset int) (line, column int) {
	r, err := file.Open()
	if err != nil {
		return 0, 0
	}
	defer r.Close()
	line, column, _ = document.Locate(r, file.Name, file.Options, offset)
	return line, column
}

// warnOfTargets tells what is suspect in translations, each kind at the first unit that
// has it.
func (w *world) warnOfTargets(units []bitext.Unit) {
	if w.quiet {
		return
	}
	var order []string
	first, count := map[string]*notice{}, map[string]int{}
	for i := range units {
		u := &units[i]
		for f := range suspect.Find(u.Target) {
			if count[f.Code]++; count[f.Code] == 1 {
				order = append(order, f.Code)
				first[f.Code] = noticeOf(f, 1, u.Place.File, u.Place.Line, u.Place.Column, u.ID)
			}
		}
	}
	for _, code := range order {
		first[code].values["Times"] = count[code]
		w.complain(first[code])
	}
}
