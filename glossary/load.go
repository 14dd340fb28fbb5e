package glossary

import (
	"bytes"
	"errors"
	"os"

	"golang.org/x/text/language"
)

// File is a glossary file: its name, for errors, and what it holds.
type File struct {
	Name string
	Data []byte
}

// LoadFiles reads the named files and loads them as one glossary.
func LoadFiles(paths ...string) (*Glossary, error) {
	var files []File
	var faults []error
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			faults = append(faults, &Error{Code: codeUnreadable, Place: Place{File: path}, Err: err})
			continue
		}
		files = append(files, File{path, data})
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return Load(files...)
}

// Load reads files of one glossary, in order. An entry of a later file may change one of
// an earlier file only by saying so with `refine: true`.
//
// The error joins every fault of every file, each an *Error; no glossary is returned
// where there is any.
func Load(files ...File) (*Glossary, error) {
	l := loader{glossary: &Glossary{}, byID: map[string]int{}, languages: map[string]language.Tag{}}
	var roots []*node
	for _, f := range files {
		root, faults := parse(f.Name, bytes.TrimPrefix(f.Data, []byte("\ufeff")))
		l.faults = append(l.faults, faults...)
		roots = append(roots, root)
	}
	for _, root := range roots {
		l.header(root)
	}
	if l.headed == (Place{}) && len(l.faults) == 0 {
		l.noHeader(files)
	}
	for _, root := range roots {
		l.sections(root)
	}
	if len(l.glossary.Targets) > 0 {
		l.concepts()
	}
	if len(l.faults) > 0 {
		return nil, errors.Join(l.faults...)
	}
	return l.glossary, nil
}

// loader gathers the concepts of the files and every fault on the way.
type loader struct {
	glossary *Glossary
	headed   Place // where the first header stands
	entries  []entry
	byID     map[string]int // place in entries
	// languages remembers which keys are languages; Und those that are none.
	languages map[string]language.Tag
	faults    []error
}

func (l *loader) fault(code string, place Place, have, want string) {
	l.faults = append(l.faults, &Error{Code: code, Place: place, Have: have, Want: want})
}

func (l *loader) noHeader(files []File) {
	place := Place{Line: 1, Column: 1}
	if len(files) > 0 {
		place.File = files[0].Name
	}
	l.fault(codeNoHeader, place, "", headerExample)
}

const headerExample = "glossary: {source: fr, target: en}"

// header reads the file's `glossary:` map. Files of one glossary may repeat it, with the
// same languages.
func (l *loader) header(root *node) {
	value := root.value("glossary")
	if value == nil {
		return
	}
	if value.kind != mapping {
		l.fault(codeWantsMap, value.place, "", headerExample)
		return
	}
	var source language.Tag
	var targets []language.Tag
	domain := ""
	for key, v := range value.pairs() {
		switch key.text {
		case "source":
			source = l.tag(v)
		case "target":
			for _, item := range v.list() {
				targets = append(targets, l.tag(item))
			}
		case "domain":
			domain = l.scalar(v)
		default:
			l.unknown(key, []string{"source", "target", "domain"})
		}
	}
	if source == language.Und || len(targets) == 0 {
		l.fault(codeWantsMap, value.place, "", headerExample)
		return
	}
	l.setHeader(value.place, source, targets, domain)
}

func (l *loader) setHeader(place Place, source language.Tag, targets []language.Tag, domain string) {
	g := l.glossary
	if l.headed == (Place{}) {
		g.Source, g.Targets, g.Domain, l.headed = source, targets, domain, place
		return
	}
	if source != g.Source || !equal(targets, g.Targets) {
		l.fault(codeOtherLanguages, place, languages(source, targets), languages(g.Source, g.Targets))
	}
}

func equal(a, b []language.Tag) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func languages(source language.Tag, targets []language.Tag) string {
	s := source.String() + " →"
	for _, t := range targets {
		s += " " + t.String()
	}
	return s
}

func (l *loader) tag(n *node) language.Tag {
	tag, err := language.Parse(l.scalar(n))
	if err != nil {
		l.fault(codeBadLanguage, n.place, n.text, "fr")
	}
	return tag
}

// scalar returns the text of a node that must be a single value.
func (l *loader) scalar(n *node) string {
	if n.kind != scalar {
		l.fault(codeWantsText, n.place, "", "")
	}
	return n.text
}

// unknown reports a key that is none of the known ones, with the nearest of them.
func (l *loader) unknown(key *node, known []string) {
	l.fault(codeUnknownField, key.place, key.text, Nearest(key.text, known))
}
