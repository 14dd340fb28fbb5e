package document

import (
	"errors"
	"testing"
)

var encodingCases = []struct {
	name, data, label string
	text, encoding    string // or
	code              string
}{
	{name: "UTF-8", data: "été", text: "été", encoding: "utf-8"},
	{name: "UTF-8 with BOM", data: "\xef\xbb\xbfété", text: "été", encoding: "utf-8"},
	{name: "UTF-16LE", data: "\xff\xfea\x00\xe9\x00", text: "aé", encoding: "utf-16le"},
	{name: "UTF-16BE", data: "\xfe\xff\x00a\x00\xe9", text: "aé", encoding: "utf-16be"},
	{name: "UTF-16LE without BOM, named", data: "a\x00\xe9\x00", label: "utf-16le", text: "aé", encoding: "utf-16le"},
	{name: "windows-1252 guessed", data: "D\xe9j\xe0 l\x92\x9cuvre \x96 5 \x80.", text: "Déjà l’œuvre – 5 €.", encoding: "windows-1252"},
	{name: "latin1 means windows-1252", data: "l\x92\x9cuvre", label: "latin1", text: "l’œuvre", encoding: "windows-1252"},
	{name: "ISO-8859-15", data: "5 \xa4", label: "iso-8859-15", text: "5 €", encoding: "iso-8859-15"},
	{name: "form feed and no final newline", data: "a\fb", text: "a\fb", encoding: "utf-8"},
	{name: "NUL, encoding named", data: "a\x00b", label: "utf-8", text: "a\x00b", encoding: "utf-8"},
	{name: "NUL", data: "a\x00b.\n", code: "document-not-text"},
	{name: "UTF-16 without BOM", data: "D\x00\xe9\x00j\x00", code: "document-not-text"},
	{name: "UTF-32", data: "\xff\xfe\x00\x00a\x00\x00\x00", code: "encoding-unknown"},
	{name: "unknown name", data: "a", label: "klingon", code: "encoding-unknown"},
	{name: "stray continuation bytes", data: "abc \x80\xbf def", code: "encoding-undecided"},
	{name: "overlong forms", data: "a\xc0\xafb\xe0\x80\xafc", code: "encoding-undecided"},
	{name: "surrogates in UTF-8", data: "a\xed\xa0\xbd\xed\xb8\x80b", code: "encoding-undecided"},
	{name: "invalid in the named encoding", data: "caf\xe9", label: "utf-8", code: "encoding-invalid"},
	{name: "half a UTF-16 character", data: "\xff\xfea\x00b", code: "encoding-invalid"},
}

func TestDecode(t *testing.T) {
	for _, c := range encodingCases {
		t.Run(c.name, func(t *testing.T) {
			text, e, err := Decode([]byte(c.data), c.label)
			if c.code != "" {
				var want *Error
				if !errors.As(err, &want) || want.Code != c.code {
					t.Fatalf("%q, %v: want %s", text, err, c.code)
				}
				return
			}
			if err != nil || text != c.text || e.Name() != c.encoding {
				t.Fatalf("%q, %s, %v", text, e.Name(), err)
			}
			back, err := e.encode(text)
			if e.bom+string(back) != c.data || err != nil {
				t.Errorf("back to %q, %v", back, err)
			}
		})
	}
}
