// Package exchange carries a glossary between drogman and other tools: TBX, tables (CSV,
// TSV, XLSX) in the dialects of the trade, and UTX.
//
// Read turns a file into a glossary, Write a glossary into a file. Both say what did not
// get through: no format can hold everything, and nothing is dropped in silence. An
// invalid file is refused with every fault, each with its place and the rule it breaks.
package exchange

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"drogman/glossary"
)

// Format is one row of the table of formats.
type Format struct {
	Name      string // as --from and --to take it
	Extension string // of the files it writes, with its dot
	// Carries are the fields that survive Write and Read; see fieldsOf for their names.
	Carries []string

	read  func(*importer, []byte)
	write func(*exporter)
}

// Formats is the table of formats. The first whose Extension fits a file name, and that
// can read, reads it unless Options.Format says otherwise.
var Formats = []Format{
	{Name: "tbx", Extension: ".tbx", Carries: allFields, read: readTBX, write: writeDCA},
	{Name: "tbx-dct", Extension: ".tbx", Carries: allFields, read: readTBX, write: writeDCT},
	{Name: "csv", Extension: ".csv", Carries: tableFields, read: readTable, write: writeCSV},
	{Name: "tsv", Extension: ".tsv", Carries: tableFields, read: readTable, write: writeTSV},
	{Name: "excel", Extension: ".csv", Carries: tableFields, read: readTable, write: writeExcel},
	{Name: "xlsx", Extension: ".xlsx", Carries: tableFields, read: readXLSX, write: writeXLSX},
	{Name: "omegat", Extension: ".txt", Carries: omegatFields, read: readTable, write: writeOmegaT},
	{Name: "deepl", Extension: ".tsv", Carries: pairFields, read: readTable, write: writeDeepL},
	{Name: "google", Extension: ".csv", Carries: googleFields, read: readTable, write: writeGoogle},
	{Name: "microsoft", Extension: ".tsv", Carries: pairFields, read: readTable, write: writeMicrosoft},
	{Name: "weblate", Extension: ".csv", Carries: weblateFields, read: readTable, write: writeWeblate},
	{Name: "utx", Extension: ".utx", Carries: utxFields, read: readUTX, write: writeUTX},
}

// Options say what a file does not say itself. Zero values are found out from the file.
type Options struct {
	Format         string       // a Format's name; empty: by the file's name and first bytes
	Source, Target language.Tag // for columns without a heading, and to choose the source
	Type           glossary.Type
}

// Loss is one thing that did not get through.
type Loss struct {
	Concept string // its ID or first term
	Field   string // a field of the model, or what the file calls it
	Value   string
}

// maxSize bounds what is read of one file, in bytes.
const maxSize = 1 << 30

// Read reads the glossary in r; name is the file's name for faults and for telling the
// format. The error joins *glossary.Error values; the glossary is nil where there is one.
func Read(r io.Reader, name string, opt Options) (*glossary.Glossary, []Loss, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, nil, err
	}
	if len(data) > maxSize {
		return nil, nil, &glossary.Error{Code: "exchange-too-large", Place: glossary.Place{File: name}}
	}
	format, err := formatOf(name, data, opt.Format)
	if err != nil {
		return nil, nil, err
	}
	im := &importer{name: name, opt: opt, seen: map[language.Tag]bool{}}
	if im.opt.Type == "" {
		im.opt.Type = glossary.Terms
	}
	format.read(im, data)
	im.checkTerms()
	if len(im.faults) > 0 {
		return nil, nil, errors.Join(im.faults...)
	}
	return im.glossary(), im.lost, nil
}

// Write writes g in a format and returns what the format cannot say. Terms in languages
// other than the source and the first target are for TBX only.
func Write(w io.Writer, g *glossary.Glossary, format string) ([]Loss, error) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == format })
	if i < 0 {
		return nil, unknownFormat("", format)
	}
	ex := &exporter{g: g, carries: Formats[i].Carries, source: g.Source, target: firstTarget(g)}
	if g.Domain != "" && !slices.Contains(ex.carries, "glossary") {
		ex.lost = append(ex.lost, Loss{"", "glossary", g.Domain})
	}
	for _, c := range g.Concepts {
		for _, f := range fieldsOf(c, g) {
			if !slices.Contains(Formats[i].Carries, f.Field) {
				ex.lost = append(ex.lost, f)
			}
		}
	}
	Formats[i].write(ex)
	if ex.err != nil {
		return nil, ex.err
	}
	_, err := w.Write(ex.out.Bytes())
	return ex.lost, err
}

// Names lists the names of the formats.
func Names() []string {
	var names []string
	for _, f := range Formats {
		names = append(names, f.Name)
	}
	return names
}

// formatOf tells the format: as named, else by the first bytes (XML, a ZIP, UTX), else by
// the extension, else a table.
func formatOf(file string, data []byte, name string) (Format, error) {
	if name == "" {
		name = guess(file, data)
	}
	for _, f := range Formats {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, unknownFormat(file, name)
}

func guess(file string, data []byte) string {
	head := strings.TrimLeft(decode(data[:min(len(data), 512)]), "\ufeff \t\r\n")
	switch {
	case strings.HasPrefix(head, "<"):
		return "tbx"
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "xlsx"
	case strings.HasPrefix(head, "#UTX"):
		return "utx"
	}
	extension := strings.ToLower(filepath.Ext(file))
	for _, f := range Formats {
		if f.Extension == extension {
			return f.Name
		}
	}
	return "csv"
}

func unknownFormat(file, name string) error {
	return &glossary.Error{Code: "exchange-format", Place: glossary.Place{File: file}, Have: name, Want: strings.Join(Names(), ", ")}
}

// importer gathers what a reader finds.
type importer struct {
	name     string
	opt      Options
	concepts []*glossary.Concept
	order    []language.Tag // languages in the order they were met
	seen     map[language.Tag]bool
	domain   string
	lost     []Loss
	faults   []error
}

// maxTerm is the longest a term may be, in bytes: a glossary file takes no longer one.
const maxTerm = 1000

// checkTerms refuses what no glossary file can hold as a term.
func (im *importer) checkTerms() {
	for _, c := range im.concepts {
		for _, terms := range c.Terms {
			for _, t := range terms {
				switch {
				case len(t.Text) > maxTerm:
					im.fault(t.Place.Line, t.Place.Column, "exchange-long-term", strings.ToValidUTF8(t.Text[:30], "")+"…", "")
				case strings.ContainsFunc(t.Text, unicode.IsControl):
					im.fault(t.Place.Line, t.Place.Column, "exchange-control", strconv.Quote(t.Text), "")
				}
			}
		}
	}
}

// maxFaults bounds the faults of one file that are told.
const maxFaults = 100

func (im *importer) fault(line, column int, code, have, want string) {
	if len(im.faults) < maxFaults {
		place := glossary.Place{File: im.name, Line: line, Column: column}
		im.faults = append(im.faults, &glossary.Error{Code: code, Place: place, Have: have, Want: want})
	}
}

func (im *importer) lose(concept, field, value string) {
	im.lost = append(im.lost, Loss{concept, field, value})
}

// language reads a tag; what is none is a fault.
func (im *importer) language(text string, line, column int) language.Tag {
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		im.fault(line, column, "exchange-language", text, "")
		return language.Und
	}
	return tag
}

// meet notes that a language occurs.
func (im *importer) meet(tag language.Tag) {
	if !im.seen[tag] {
		im.seen[tag] = true
		im.order = append(im.order, tag)
	}
}

// glossary makes the result. The source is the one asked for (or its regional kin), else
// the first language met; all others are targets, the one asked for first.
func (im *importer) glossary() *glossary.Glossary {
	g := &glossary.Glossary{Source: pick(im.order, im.opt.Source), Domain: im.domain, Concepts: im.concepts}
	if g.Source == language.Und && len(im.order) > 0 {
		g.Source = im.order[0]
	}
	target := pick(im.order, im.opt.Target)
	if target != language.Und && target != g.Source {
		g.Targets = append(g.Targets, target)
	}
	for _, tag := range im.order {
		if tag != g.Source && tag != target {
			g.Targets = append(g.Targets, tag)
		}
	}
	return g
}

// pick finds want among the tags: itself, else one with the same base language.
func pick(tags []language.Tag, want language.Tag) language.Tag {
	if want == language.Und || slices.Contains(tags, want) {
		return want
	}
	base, _ := want.Base()
	for _, tag := range tags {
		if b, _ := tag.Base(); b == base {
			return tag
		}
	}
	return language.Und
}

// exporter is a glossary being written.
type exporter struct {
	g              *glossary.Glossary
	source, target language.Tag
	carries        []string // the fields of the format
	out            bytes.Buffer
	lost           []Loss
	err            error
}

func (ex *exporter) lose(c *glossary.Concept, field, value string) {
	ex.lost = append(ex.lost, Loss{name(c, ex.g), field, value})
}

func firstTarget(g *glossary.Glossary) language.Tag {
	if len(g.Targets) == 0 {
		return language.Und
	}
	return g.Targets[0]
}

// name is what a person calls a concept: its preferred source term, else its ID.
func name(c *glossary.Concept, g *glossary.Glossary) string {
	if terms := c.In(g.Source); len(terms) > 0 {
		return terms[0].Text
	}
	return c.ID
}

// Codes are the codes of all errors that Read and Write return.
var Codes = []string{
	"exchange-format", "exchange-too-large", "exchange-language", "exchange-long-term", "exchange-control",
	"xml-malformed", "tbx-entity", "xml-too-deep",
	"tbx-root", "tbx-dialect", "tbx-element", "tbx-missing-element", "tbx-text", "tbx-attribute",
	"tbx-missing-attribute", "tbx-value", "tbx-id", "tbx-duplicate-id", "tbx-reference",
	"tbx-style", "tbx-category", "tbx-level",
	"table-empty", "table-columns", "table-quote", "table-row", "xlsx-unreadable",
	"utx-header", "utx-status",
}
