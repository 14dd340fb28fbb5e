package exchange_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"drogman/glossary"
	"drogman/glossary/exchange"
	"drogman/seeds/devdata"
)

func readFile(t testing.TB, file string, opt exchange.Options) (*glossary.Glossary, []exchange.Loss, error) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return exchange.Read(f, filepath.Base(file), opt)
}

func TestOfficialTBX(t *testing.T) {
	for _, file := range []string{"DCA/Example_Astronomy_DCA_VALID.tbx", "DCT/Example_Astronomy_DCT_VALID.tbx"} {
		g, lost, err := readFile(t, devdata.Path(t, "formats", "tbx-basic", file), exchange.Options{Source: language.English})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		c := g.Concepts[0]
		en := c.Terms[language.English]
		if len(g.Concepts) != 45 || c.ID != "c1" || c.Domain != "General" || en[0].Text != "open cluster" || en[0].POS != "noun" ||
			en[1].Status != glossary.Deprecated || !strings.HasPrefix(c.Definition, "A group of stars formed together in the spiral arms") {
			t.Errorf("%s: %d concepts, the first %+v", file, len(g.Concepts), c)
		}
		if len(lost) == 0 {
			t.Errorf("%s: the transactions it has are not listed as lost", file)
		}
	}
}

func TestRealLists(t *testing.T) {
	for _, c := range []struct {
		file           string
		concepts, lost int
		term, want     string
	}{
		{"eurovoc.fr-en.tsv", 7317, 0, "financement à long terme", "long-term financing"},
		{"franceterme_recent.fr-en.tsv", 1161, 1, "manche", "bag"},
		{"canlaw_terms.fr-en.tsv", 15475, 3, "accusé", "accused"},
		{"countries.fr-en.tsv", 248, 1, "Allemagne", "Germany"},
	} {
		g, lost, err := readFile(t, devdata.Path(t, "term", c.file), exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(g.Concepts) != c.concepts || len(lost) != c.lost {
			t.Errorf("%s: %d concepts, %d lost %v", c.file, len(g.Concepts), len(lost), lost)
		}
		i := slices.IndexFunc(g.Concepts, func(k *glossary.Concept) bool { return k.Terms[language.French][0].Text == c.term })
		if got, _ := g.Concepts[i].Preferred(language.English); got.Text != c.want {
			t.Errorf("%s: %s is %q, want %q", c.file, c.term, got.Text, c.want)
		}
	}
}

// TestSchema: what we write is valid by the schema of ISO 30042:2019, where xmllint is.
func TestSchema(t *testing.T) {
	schema := devdata.Path(t, "formats", "schemas", "catalog", "tbx", "TBXcoreStructV03.rng")
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("no xmllint")
	}
	g, _, err := readFile(t, devdata.Path(t, "term", "franceterme_recent.fr-en.tsv"), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"tbx", "tbx-dct"} {
		var out bytes.Buffer
		if _, err := exchange.Write(&out, g, format); err != nil {
			t.Fatal(err)
		}
		lint := exec.Command(xmllint, "--noout", "--nonet", "--relaxng", schema, "-")
		lint.Stdin = &out
		if said, err := lint.CombinedOutput(); err != nil {
			t.Errorf("%s: %.500s", format, said)
		}
	}
}
