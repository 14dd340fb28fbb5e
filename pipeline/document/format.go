package document

import (
	"fmt"
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
	// unwritable finds in a translation what the format has no way to write, "" if nothing;
	// nil: it can write everything.
	unwritable func(text string) string
	// references says that a character the encoding lacks can be written by reference.
	references bool

	read func(*Document, Options) error
	// declared finds the encoding that a document's first bytes name, "" if they do not.
	declared func([]byte) string
}

// formats is the table of formats: one row, one file.
var formats = []Format{
	{Name: "text", Extensions: []string{".txt", ".text"}, Streams: true, read: readText, unwritable: findNUL},
	{Name: "markdown", Extensions: []string{".md", ".markdown", ".mdown", ".mkd"}, read: readMarkdown, unwritable: findNUL},
	{Name: "html", Extensions: []string{".html", ".htm"}, read: readHTML, declared: declaredHTML, references: true, unwritable: findNoXML},
	{Name: "xhtml", Extensions: []string{".xhtml", ".xht"}, read: readXHTMLFile, declared: declaredXML, references: true, unwritable: findNoXML},
	{Name: "xml", Extensions: []string{".xml"}, read: readXML, declared: declaredXML, references: true, unwritable: findNoXML},
	{Name: "srt", Extensions: []string{".srt"}, read: readSubRip, unwritable: findSubRip},
	{Name: "vtt", Extensions: []string{".vtt"}, read: readWebVTT, unwritable: findNUL},
	{Name: "json", Extensions: []string{".json"}, read: readJSON, declared: alwaysUTF8},
	{Name: "yaml", Extensions: []string{".yaml", ".yml"}, read: readYAML, declared: alwaysUTF8},
	{Name: "properties", Extensions: []string{".properties"}, read: readProperties, references: true},
	{Name: "docx", Extensions: []string{".docx", ".docm", ".dotx"}, Binary: true, read: readDOCX, unwritable: findNoXML},
	{Name: "pptx", Extensions: []string{".pptx", ".pptm", ".ppsx"}, Binary: true, read: readPPTX, unwritable: findNoXML},
	{Name: "xlsx", Extensions: []string{".xlsx", ".xlsm"}, Binary: true, read: readXLSX, unwritable: findNoXML},
	{Name: "odt", Extensions: []string{".odt", ".ott", ".odp", ".ods", ".odg"}, Binary: true, read: readODF, unwritable: findNoXML},
	{Name: "epub", Extensions: []string{".epub"}, Binary: true, read: readEPUB, unwritable: findNoXML},
	{Name: "po", Extensions: []string{".po", ".pot"}, read: readPO, unwritable: findNUL},
}

// alwaysUTF8 is the declaration of a format whose standard knows no other encoding
// (RFC 8259, section 8.1; YAML 1.2.2, section 5.2, but for UTF-16 with its mark).
func alwaysUTF8([]byte) string { return "utf-8" }

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

// findNUL finds a NUL, which would make a text look like something else.
func findNUL(text string) string {
	if strings.Contains(text, "\x00") {
		return "U+0000"
	}
	return ""
}

// findSubRip finds a line that would begin another subtitle, and a tag, for which the format
// has no escape: the tags that the source has are codes.
func findSubRip(text string) string {
	if !strings.Contains(text, "-->") && !strings.ContainsAny(text, "<{\x00") {
		return ""
	}
	for l := range strings.Lines(text) {
		if timing.MatchString(l) {
			return strings.TrimSpace(l)
		}
	}
	if tag := cueTag.FindString(text); tag != "" {
		return tag
	}
	return findNUL(text)
}

// findNoXML finds a character that XML 1.0 excludes (production 2, Char), and HTML with it.
func findNoXML(text string) string {
	for _, r := range text {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff' {
			return fmt.Sprintf("U+%04X", r)
		}
	}
	return ""
}
