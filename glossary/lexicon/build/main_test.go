package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"testing"

	"drogman/seeds/devdata"
)

// TestUpToDate makes the lexicon anew and compares it with the embedded one.
func TestUpToDate(t *testing.T) {
	f, err := os.Open(devdata.Path(t, "term", "hunspell-fr-7.0.forms.tsv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lemmas, err := read(zipped)
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	write(&made, lemmas)
	kept, err := os.ReadFile("../fr.lex")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made.Bytes(), kept) {
		t.Errorf("fr.lex is not what the program makes: %d bytes, now %d", len(kept), made.Len())
	}
}
