package main

import (
	"drogman/pipeline"
	"drogman/pipeline/bitext"
	"drogman/pipeline/document"
	"drogman/pipeline/suspect"
)

// notice is suspect places of one kind, of which a person should know and that stop nothing.
type notice struct {
	suspect.Finding // the first of them
	count           int
	file            string
	line, column    int    // 0 if unknown
	block           string // that holds the first, named where no line can be
}

func (n *notice) Error() string { return n.Code }

// MessageID names the message that tells a person of it.
func (n *notice) MessageID() string { return n.Code }

// Position is where it stands.
func (n *notice) Position() (file string, line, column int) { return n.file, n.line, n.column }

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
		w.complain(&notice{s.Finding, s.Count, s.File.Name, line, column, block})
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
	notices := map[string]*notice{}
	for i := range units {
		u := &units[i]
		for f := range suspect.Find(u.Target) {
			if notices[f.Code] == nil {
				order = append(order, f.Code)
				notices[f.Code] = &notice{f, 0, u.Place.File, u.Place.Line, u.Place.Column, u.ID}
			}
			notices[f.Code].count++
		}
	}
	for _, code := range order {
		w.complain(notices[code])
	}
}
