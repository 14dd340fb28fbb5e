package seeds_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strings"
	"testing"

	"drogman/seeds"
)

// frenchSum is the digest of the article as it was received: it is never to be edited,
// its mistakes and mixed typography included.
const frenchSum = "aaff8a8d4912e304b88690f4f8e4920f898323d300b1d271928e473b32626f81"

func TestFrenchIsUnchanged(t *testing.T) {
	sum := sha256.Sum256([]byte(read(t, seeds.Sample, "fr/alep.txt")))
	if got := hex.EncodeToString(sum[:]); got != frenchSum {
		t.Errorf("fr/alep.txt has SHA-256 %s, want %s", got, frenchSum)
	}
}

func TestTranslationHasTheSameLines(t *testing.T) {
	french := strings.Split(read(t, seeds.Sample, "fr/alep.txt"), "\n")
	english := strings.Split(read(t, seeds.Sample, "en/alep.txt"), "\n")
	if len(french) != len(english) {
		t.Fatalf("%d lines of French, %d of English", len(french), len(english))
	}
	for i := range french {
		if (french[i] == "") != (english[i] == "") {
			t.Errorf("line %d is empty on one side only", i+1)
		}
	}
}

func TestStarterIsComplete(t *testing.T) {
	for _, name := range []string{"drogman.yaml", "glossary/glossary.yaml", "articles/exemple.txt"} {
		read(t, seeds.Starter, name)
	}
}

func read(t *testing.T, fsys fs.FS, name string) string {
	t.Helper()
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
