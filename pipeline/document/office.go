package document

import (
	"path"
	"slices"
	"strings"
)

// The packages of Office Open XML (ECMA-376 Part 2): what each part is, its content type
// says. Macros, embedded files and pictures are copied as they lie in the archive.

// partRole says how parts of a content type are read.
type partRole struct {
	typ     string // how the content type ends
	dialect *dialect
	kind    Kind
}

// Parts are read in this order: styles for the language they declare, then the body.
var (
	wordRoles = []partRole{
		{"wordprocessingml.styles+xml", &wordDialect, ""},
		{"wordprocessingml.settings+xml", &wordDialect, ""},
		{"wordprocessingml.document.main+xml", &wordDialect, ""},
		{"ms-word.document.macroEnabled.main+xml", &wordDialect, ""},
		{"wordprocessingml.template.main+xml", &wordDialect, ""},
		{"wordprocessingml.header+xml", &wordDialect, ""},
		{"wordprocessingml.footer+xml", &wordDialect, ""},
		{"wordprocessingml.footnotes+xml", &wordDialect, Note},
		{"wordprocessingml.endnotes+xml", &wordDialect, Note},
		{"drawingml.diagramData+xml", &drawingDialect, ""},
		{"drawingml.chart+xml", &drawingDialect, ""},
	}
	wordComments = []partRole{{"wordprocessingml.comments+xml", &wordDialect, Note}}
	slideRoles   = []partRole{
		{"presentationml.slide+xml", &drawingDialect, ""},
		{"presentationml.notesSlide+xml", &drawingDialect, Note},
		{"drawingml.diagramData+xml", &drawingDialect, ""},
		{"drawingml.chart+xml", &drawingDialect, ""},
	}
	sheetRoles = []partRole{
		{"spreadsheetml.sharedStrings+xml", &sheetDialect, Cell},
		{"spreadsheetml.worksheet+xml", &sheetDialect, Cell},
		{"drawingml.drawing+xml", &drawingDialect, ""},
		{"drawing+xml", &drawingDialect, ""},
		{"drawingml.chart+xml", &drawingDialect, ""},
	}
	sheetComments = []partRole{{"spreadsheetml.comments+xml", &sheetDialect, Note}}
)

func readDOCX(d *Document, o Options) error {
	return d.readPackage(withComments(wordRoles, wordComments, o))
}

func readPPTX(d *Document, _ Options) error { return d.readPackage(slideRoles) }

func readXLSX(d *Document, o Options) error {
	return d.readPackage(withComments(sheetRoles, sheetComments, o))
}

func withComments(roles, comments []partRole, o Options) []partRole {
	if o.Comments {
		return slices.Concat(roles, comments)
	}
	return roles
}

// readPackage reads the parts of a package that have a role.
func (d *Document) readPackage(roles []partRole) error {
	if _, err := d.openZip(); err != nil {
		return err
	}
	if err := d.mainPart(); err != nil {
		return err
	}
	types, err := d.contentTypes()
	if err != nil {
		return err
	}
	if err := d.coreProperties(); err != nil {
		return err
	}
	for _, role := range roles {
		for _, name := range types[role.typ] {
			p, err := d.part(name)
			if err == nil && p != nil {
				err = d.readRuns(p, role.dialect, role.kind)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// mainPart checks that the part the package is about is there.
func (d *Document) mainPart() error {
	const name = "_rels/.rels"
	p, err := d.part(name)
	if err != nil {
		return err
	}
	if p == nil {
		return &Error{Code: "part-missing", Want: name}
	}
	return scanXML(p.text, func(t token) error {
		all := attributesOf(p.text, t.span)
		if t.kind == tokenClose || !strings.HasSuffix(valueOf(all, "Type"), "/officeDocument") || valueOf(all, "TargetMode") == "External" {
			return nil
		}
		target := strings.TrimPrefix(valueOf(all, "Target"), "/")
		if d.container.files[target] == nil && d.container.files[path.Clean(target)] == nil && d.container.files["xl/sharedStrings.xml"] == nil {
			return &Error{Code: "part-missing", Want: target}
		}
		return nil
	})
}

// contentTypes returns the names of parts by the role their content type gives them, in
// the order of their numbers (slide2 before slide10).
func (d *Document) contentTypes() (map[string][]string, error) {
	const name = "[Content_Types].xml"
	p, err := d.part(name)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, &Error{Code: "part-missing", Want: name}
	}
	types := map[string][]string{}
	add := func(part, typ string) {
		for _, roles := range [][]partRole{wordRoles, wordComments, slideRoles, sheetRoles, sheetComments} {
			for _, role := range roles {
				if strings.HasSuffix(typ, "."+role.typ) && !slices.Contains(types[role.typ], part) {
					types[role.typ] = append(types[role.typ], part)
				}
			}
		}
	}
	err = scanXML(p.text, func(t token) error {
		if t.name == "Override" && t.kind != tokenClose {
			all := attributesOf(p.text, t.span)
			add(strings.TrimPrefix(valueOf(all, "PartName"), "/"), valueOf(all, "ContentType"))
		}
		return nil
	})
	if d.container.files["xl/sharedStrings.xml"] != nil {
		add("xl/sharedStrings.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml")
	}
	for _, names := range types {
		slices.SortFunc(names, compareNumbered)
	}
	return types, inPart(err, p)
}

// compareNumbered orders names that differ in a number by that number.
func compareNumbered(a, b string) int {
	if len(a) != len(b) && strings.TrimRight(strings.TrimSuffix(a, ".xml"), "0123456789") == strings.TrimRight(strings.TrimSuffix(b, ".xml"), "0123456789") {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// coreProperties reads a package's title and the like, and the language it declares.
func (d *Document) coreProperties() error {
	p, err := d.part("docProps/core.xml")
	if err != nil || p == nil {
		return err
	}
	return d.readLabels(p)
}
