package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"
)

// TestUpToDate makes the lexicon anew and compares it with the embedded one.
func TestUpToDate(t *testing.T) {
	dir := os.Getenv("DROGMAN_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "term", "hunspell-fr-7.0.forms.tsv.gz"))
	if err != nil {
		t.Skipf("forms absent (%v): set DROGMAN_DATA", err)
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
