package bitext

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"testing"

	"drogman/seeds/devdata"
)

// fuzzReader hunts for a file that makes a reader panic, loop, or yield an error without a
// code; what it reads without error and can write comes back the same.
func fuzzReader(f *testing.F, name string) {
	format, err := FormatFor(name)
	if err != nil {
		f.Fatal(err)
	}
	if format.Writes() {
		for i, u := range hardUnits() {
			if file, err := written(format, u); err == nil && i%9 == 0 {
				f.Add(file)
				f.Add(file[:len(file)*i/1000])
			}
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		for u, err := range Read(bytes.NewReader(file), "x", format) {
			var coded *Error
			if err != nil && (!errors.As(err, &coded) || coded.Code == "") {
				t.Fatalf("no code: %v", err)
			}
			if err != nil || !format.Writes() {
				continue
			}
			if got, err := there(format, u); err == nil && (len(got) != 1 || got[0].Source != u.Source || got[0].Target != u.Target) {
				t.Fatalf("%+v came back as %+v", u, got)
			}
		}
		for range Validate(bytes.NewReader(file), "x", format, ReadOptions{}) {
		}
	})
}

func FuzzReadXLIFF(f *testing.F)   { fuzzReader(f, "xliff") }
func FuzzReadXLIFF12(f *testing.F) { fuzzReader(f, "xliff-1.2") }
func FuzzReadTMX(f *testing.F)     { fuzzReader(f, "tmx") }
func FuzzReadTSV(f *testing.F)     { fuzzReader(f, "tsv") }
func FuzzReadCSV(f *testing.F)     { fuzzReader(f, "csv") }
func FuzzReadJSONL(f *testing.F)   { fuzzReader(f, "jsonl") }
func FuzzReadPO(f *testing.F)      { fuzzReader(f, "po") }
func FuzzReadWMT(f *testing.F)     { fuzzReader(f, "wmt") }

// What the scanner calls well-formed, encoding/xml does too, with the same text and the
// same elements.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{
		"<a/>", "<a b='1' c=\"&lt;&#65;\">x<!-- c --><![CDATA[<y>]]>&amp;</a>", "<?xml version='1.0'?>\r\n<a\n/>\n",
		"<x:a xmlns:x='u' x:b=''/>", "<!DOCTYPE a SYSTEM 'x'><a>é</a>", "<a xmlns='u'><b xmlns=''/></a>", "<a b='\t\n'>\r</a>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		ours, err := outline(file)
		if err != nil {
			return
		}
		theirs, err := outlineOfLibrary(file)
		if err != nil {
			t.Fatalf("accepted, but encoding/xml says %v", err)
		}
		if ours != theirs {
			t.Fatalf("read as %q, by encoding/xml as %q", ours, theirs)
		}
	})
}

// outline tells elements and text of a file as a string.
func outline(file []byte) (string, error) {
	var b bytes.Buffer
	s := newScanner(bytes.NewReader(file), "x", false)
	s.in = newInput(bytes.NewReader(nil), "x")
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t.kind {
		case startTag:
			b.WriteString("<" + t.name.space + " " + t.name.local + ">")
		case endTag:
			b.WriteString("</>")
		case charData:
			b.Write(t.text)
		}
	}
}

func outlineOfLibrary(file []byte) (string, error) {
	var b bytes.Buffer
	d := xml.NewDecoder(bytes.NewReader(file))
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			b.WriteString("<" + t.Name.Space + " " + t.Name.Local + ">")
		case xml.EndElement:
			b.WriteString("</>")
		case xml.CharData:
			b.Write(t)
		}
	}
}

// A file cut off at any byte gives an error, never a panic and never success; cut inside
// the text of lines it gives fewer units.
func TestTruncated(t *testing.T) {
	f, _ := FormatFor("xliff")
	file, err := os.ReadFile(devdata.Path(t, "formats", "sample-min-2.1.xlf"))
	if err != nil {
		t.Fatal(err)
	}
	file = bytes.TrimSpace(file)
	for n := range file {
		failed := false
		for _, err := range Read(bytes.NewReader(file[:n]), "x", f) {
			failed = failed || err != nil
		}
		if !failed {
			t.Fatalf("cut at byte %d of %d it is accepted", n, len(file))
		}
	}
}
