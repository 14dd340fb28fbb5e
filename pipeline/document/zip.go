package document

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"io/fs"
	"path"
	"strings"

	"drogman/pipeline/bitext"
)

// Zip containers: Office Open XML, OpenDocument, EPUB. Entries with text become parts;
// merging deflates those that changed and copies every other as it lies in the archive,
// so nothing in it is so much as inflated. What an archive says of itself is believed
// only as far as it can be checked while reading.

const (
	maxEntries = 10_000
	maxPart    = 128 << 20 // bytes of an entry that is read
	maxTotal   = 256 << 20 // bytes of all of them
	maxRatio   = 300       // inflated to deflated, where more than ratioFrom bytes are inflated
	ratioFrom  = 8 << 20
)

// container is an opened archive.
type container struct {
	reader *zip.Reader
	files  map[string]*zip.File
	parts  map[*zip.File]*part
	total  int64
}

// openZip opens the document's bytes as an archive and checks its directory.
func (d *Document) openZip() (*container, error) {
	data := d.parts[0].text
	d.parts = nil
	r, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	switch {
	case strings.HasPrefix(data, "\xd0\xcf\x11\xe0"):
		return nil, &Error{Code: "zip-old-office"}
	case err != nil:
		return nil, &Error{Code: "zip-malformed", Have: strings.ToValidUTF8(data[:min(len(data), 8)], "?"), Err: err}
	case len(r.File) > maxEntries:
		return nil, &Error{Code: "document-too-large", Have: itoa(len(r.File)), Want: itoa(maxEntries)}
	}
	c := &container{reader: r, files: map[string]*zip.File{}, parts: map[*zip.File]*part{}}
	folded := map[string]bool{}
	for _, f := range r.File {
		switch {
		case unsafeName(f.Name):
			return nil, &Error{Code: "zip-unsafe-name", Have: f.Name}
		case folded[strings.ToLower(f.Name)]:
			return nil, &Error{Code: "zip-duplicate", Have: f.Name}
		}
		folded[strings.ToLower(f.Name)] = true
		c.files[f.Name] = f
	}
	d.container = c
	return c, nil
}

// unsafeName reports whether an entry's name could point outside the archive.
func unsafeName(name string) bool {
	if strings.ContainsAny(name, "\\\x00") || path.IsAbs(name) || len(name) > 1 && name[1] == ':' {
		return true
	}
	for _, p := range strings.Split(name, "/") {
		if p == ".." {
			return true
		}
	}
	return false
}

// part reads an entry, nil if the archive has none of that name.
func (d *Document) part(name string) (*part, error) {
	c := d.container
	f := c.files[name]
	if f == nil {
		return nil, nil
	}
	if p := c.parts[f]; p != nil {
		return p, nil
	}
	if !f.Mode().IsRegular() || f.Mode()&fs.ModeSymlink != 0 {
		return nil, &Error{Code: "zip-not-regular", Have: name}
	}
	if f.Flags&1 != 0 {
		return nil, &Error{Code: "zip-encrypted", Have: name}
	}
	r, err := f.Open()
	if err != nil {
		return nil, &Error{Code: "zip-malformed", Have: name, Err: err}
	}
	defer r.Close()
	data, err := c.inflate(r, f)
	if err != nil {
		return nil, err
	}
	text, e, err := Decode(data, xmlEncoding(data))
	if err != nil {
		return nil, err
	}
	p := &part{name: name, text: text, encoding: e}
	c.parts[f] = p
	d.parts = append(d.parts, p)
	return p, nil
}

// xmlEncoding is the encoding of an XML entry: what it declares, else UTF-8; a byte order
// mark overrules either.
func xmlEncoding(data []byte) string {
	if name := declaredXML(data); name != "" && !strings.HasPrefix(strings.ToLower(name), "utf") {
		return name
	}
	return "utf-8"
}

// inflate reads an entry within the bounds.
func (c *container) inflate(r io.Reader, f *zip.File) ([]byte, error) {
	limit := min(maxPart, maxTotal-c.total)
	if f.CompressedSize64 < maxPart {
		limit = min(limit, max(ratioFrom, int64(f.CompressedSize64)*maxRatio))
	}
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(r, limit+1))
	c.total += n
	if n > limit {
		return nil, &Error{Code: "zip-bomb", Have: f.Name, Want: itoa(int(limit))}
	}
	if err != nil {
		return nil, &Error{Code: "zip-malformed", Have: f.Name, Err: err}
	}
	return out.Bytes(), nil
}

// writeZip writes the archive with the edited parts anew and every other entry copied.
func (d *Document) writeZip(w *bufio.Writer, edits map[*part][]edit) error {
	z := zip.NewWriter(w)
	for _, f := range d.container.reader.File {
		p := d.container.parts[f]
		var text string
		if p != nil {
			text = splice(p.text, bitext.Span{End: len(p.text)}, edits[p])
		}
		if p == nil || text == p.text {
			if err := z.Copy(f); err != nil {
				return &Error{Code: "zip-malformed", File: d.Name, Have: f.Name, Err: err}
			}
			continue
		}
		data, err := p.encoding.encode(text)
		if err != nil {
			return &Error{Code: "encoding-unmappable", File: d.Name, Want: p.encoding.Name(), Err: err}
		}
		header := f.FileHeader
		header.CRC32, header.CompressedSize64, header.UncompressedSize64 = 0, 0, 0
		entry, err := z.CreateHeader(&header)
		if err != nil {
			return &Error{Code: "zip-malformed", File: d.Name, Have: f.Name, Err: err}
		}
		io.WriteString(entry, p.encoding.bom)
		entry.Write(data)
	}
	z.SetComment(d.container.reader.Comment)
	return z.Close()
}
