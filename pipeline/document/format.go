package document

import (
	"path/filepath"
	"strings"
)

// Format is one kind of document: a row of the table of formats.
type Format struct {
	Name       string   // "markdown"; what Options.Format says
	Extensions []string // with the dot, in lower case
	// Binary formats are containers that settle their own encoding.
	Binary bool
	// Streams says that Blocks reads the format without holding the document in memory.
	Streams bool
	// references says that a character the encoding lacks can be written by reference.
	references bool

	read func(*Document, Options) error
	// declared finds the encoding that a document's first bytes name, "" if they do not.
	declared func([]byte) string
}

// formats is the table of formats: one row, one file.
var formats = []Format{
	{Name: "text", Extensions: []string{".txt", ".text"}, Streams: true, read: readText},
	{Name: "markdown", Extensions: []string{".md", ".markdown", ".mdown", ".mkd"}, read: readMarkdown},
	{Name: "html", Extensions: []string{".html", ".htm"}, read: readHTML, declared: declaredHTML, references: true},
	{Name: "xhtml", Extensions: []string{".xhtml", ".xht"}, read: readXHTMLFile, declared: declaredXML, references: true},
	{Name: "xml", Extensions: []string{".xml"}, read: readXML, declared: declaredXML, references: true},
	{Name: "srt", Extensions: []string{".srt"}, read: readSubRip},
	{Name: "vtt", Extensions: []string{".vtt"}, read: readWebVTT},
	{Name: "json", Extensions: []string{".json"}, read: readJSON, declared: alwaysUTF8},
	{Name: "yaml", Extensions: []string{".yaml", ".yml"}, read: readYAML, declared: alwaysUTF8},
	{Name: "properties", Extensions: []string{".properties"}, read: readProperties, references: true},
	{Name: "docx", Extensions: []string{".docx", ".docm", ".dotx"}, Binary: true, read: readDOCX},
	{Name: "pptx", Extensions: []string{".pptx", ".pptm", ".ppsx"}, Binary: true, read: readPPTX},
	{Name: "xlsx", Extensions: []string{".xlsx", ".xlsm"}, Binary: true, read: readXLSX},
	{Name: "odt", Extensions: []string{".odt", ".ott", ".odp", ".ods", ".odg"}, Binary: true, read: readODF},
	{Name: "epub", Extensions: []string{".epub"}, Binary: true, read: readEPUB},
	{Name: "po", Extensions: []string{".po", ".pot"}, read: readPO},
}

// alwaysUTF8 is the declaration of a format whose standard knows no other encoding
// (RFC 8259, section 8.1; YAML 1.2.2, section 5.2, but for UTF-16 with its mark).
func alwaysUTF8([]byte) string { return "utf-8" }

// Formats returns the table of formats.
func Formats() []Format { return formats }

// FormatFor returns the format of a file by its name, whatever the case of its letters.
func FormatFor(path string) (Format, bool) {
	ext := strings.ToLower(filepath.Ext(path))
	for _, f := range formats {
		for _, e := range f.Extensions {
			if e == ext {
				return f, true
			}
		}
	}
	return Format{}, false
}

// FormatNamed returns the format with the given name.
func FormatNamed(name string) (Format, bool) {
	for _, f := range formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
