package document

import (
	"path"
	"slices"
	"strings"

	"drogman/pipeline/bitext"
)

// EPUB 2 and 3: the chapters in the order of the spine, the rest of the XHTML after them,
// the title and description of the package, and the labels of the old table of contents
// (NCX). Scripts, styles and pictures are copied as they lie in the archive.

func readEPUB(d *Document, _ Options) error {
	if _, err := d.openZip(); err != nil {
		return err
	}
	root, err := d.rootFile()
	if err != nil {
		return err
	}
	chapters, contents, err := d.manifest(root)
	if err != nil {
		return err
	}
	if err := d.readLabels(root); err != nil {
		return err
	}
	for _, name := range chapters {
		p, err := d.part(name)
		if err == nil && p != nil {
			err = readXHTML(d, p)
		}
		if err != nil {
			return err
		}
	}
	if contents == nil {
		return nil
	}
	return d.readLabels(contents)
}

// rootFile finds the package document.
func (d *Document) rootFile() (*part, error) {
	const name = "META-INF/container.xml"
	p, err := d.part(name)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, &Error{Code: "part-missing", Want: name}
	}
	var root string
	err = scanXML(p.text, func(t token) error {
		if t.name == "rootfile" && root == "" {
			root = valueOf(attributesOf(p.text, t.span), "full-path")
		}
		return nil
	})
	if err != nil {
		return nil, inPart(err, p)
	}
	p, err = d.part(root)
	if err == nil && p == nil {
		err = &Error{Code: "part-missing", Want: root}
	}
	return p, err
}

// manifest returns the names of the XHTML entries, those of the spine first, and the NCX.
func (d *Document) manifest(root *part) (chapters []string, contents *part, err error) {
	names := map[string]string{} // by ID
	var spine, all []string
	ncx := ""
	err = scanXML(root.text, func(t token) error {
		at := attributesOf(root.text, t.span)
		switch {
		case t.kind == tokenClose:
		case t.name == "item" || strings.HasSuffix(t.name, ":item"):
			name := path.Join(path.Dir(root.name), valueOf(at, "href"))
			switch valueOf(at, "media-type") {
			case "application/xhtml+xml":
				names[valueOf(at, "id")] = name
				all = append(all, name)
			case "application/x-dtbncx+xml":
				ncx = name
			}
		case t.name == "itemref" || strings.HasSuffix(t.name, ":itemref"):
			spine = append(spine, names[valueOf(at, "idref")])
		}
		return nil
	})
	if err != nil {
		return nil, nil, inPart(err, root)
	}
	seen := map[string]bool{"": true}
	for _, name := range append(spine, all...) {
		if !seen[name] {
			chapters = append(chapters, name)
		}
		seen[name] = true
	}
	contents, err = d.part(ncx)
	return chapters, contents, err
}

// labelText are the elements that hold text in an EPUB's package document and table of
// contents, and in the core properties of Office Open XML.
var labelText = map[string]Kind{"dc:title": Title, "dc:description": Title, "dc:subject": Title,
	"cp:keywords": Title, "cp:category": Title, "text": Title}

// readLabels reads the elements of a part that hold text, and the language it declares.
func (d *Document) readLabels(p *part) error {
	m := newMarkup(d, p, &vocabulary{unescape: unescapeXML, treat: func(t token, _ []attribute) treatment {
		if kind, ok := labelText[t.name]; ok {
			return treatment{flow: flowBlock, kind: kind}
		}
		if slices.Contains([]string{"dc", "dcterms", "cp"}, prefixOf(t.name)) && t.name != "cp:coreProperties" || t.name == "meta" {
			return treatment{flow: flowBarrier}
		}
		return treatment{flow: flowBlock}
	}})
	start := 0
	err := scanXML(p.text, func(t token) error {
		if t.name == "dc:language" && t.kind == tokenOpen {
			start = t.span.End
		} else if t.name == "dc:language" && t.kind == tokenClose {
			d.languages = append(d.languages, languagePlace{p, bitext.Span{Start: start, End: t.span.Start}, writeTag})
		}
		m.token(t)
		return nil
	})
	if err != nil {
		return inPart(err, p)
	}
	d.add(m.finish())
	return nil
}

// prefixOf is the namespace prefix of a name, "" if it has none.
func prefixOf(name string) string {
	prefix, _, ok := strings.Cut(name, ":")
	if !ok {
		return ""
	}
	return prefix
}
