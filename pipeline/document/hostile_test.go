package document

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"drogman/seeds/devdata"
)

// hostileClasses are the classes of the corpus that documents are in.
// A row that reads "bound" may go either way; a document of a format that is not known is
// refused by its name.
var hostileClasses = []string{"text", "html", "zip", "data"}

// decided are the rows where the manifest leaves a choice to the program, or asks for
// what another part of it does, and the choice made here.
var decided = map[string]string{
	"latin1.txt":           "accept", // reads as prose in windows-1252; --encoding is not needed
	"noncharacters.txt":    "accept", // text like any other; the XML writers refuse or escape it
	"md-frontmatter.md":    "accept", // front matter that is no YAML is left as it is
	"prefix-junk.docx":     "accept", // the archive is read where it begins, the junk is not copied
	"eocd-in-comment.docx": "reject", // the false end is no archive
	"nested.zip":           "reject", // no format of that name
	"overlap.zip":          "reject",
	"name-nonutf8.docx":    "accept",
	"md-quotes.md":         "reject",
	"md-lists.md":          "reject",
	"md-tables.md":         "reject",
	"yaml-alias-bomb.yaml": "accept", // aliases are not followed, so nothing is expanded
	"yaml-self-ref.yaml":   "accept",
}

// Every document of the hostile corpus is read or refused as its manifest says, within two
// seconds and 256 MiB, and one that is read obeys the law of identity.
func TestHostileDocuments(t *testing.T) {
	_, corpus := devdata.Corpus(t)
	rows := 0
	for _, row := range corpus {
		// Of the data, the catalogues; tables and bilingual files are not documents.
		if slices.Contains(hostileClasses, row.Class) && (row.Class != "data" || strings.Contains(".json .yaml .properties", filepath.Ext(row.Name))) {
			rows++
			t.Run(row.Name, func(t *testing.T) { checkHostile(t, row.Path, row.Expect) })
		}
	}
	if rows < 90 {
		t.Errorf("only %d rows", rows)
	}
}

func checkHostile(t *testing.T, name, expect string) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	d, err := Open(data, name, Options{})
	spent := time.Since(begun)
	runtime.ReadMemStats(&after)
	if limit := 2 * time.Second * slowdown; spent > limit {
		t.Errorf("took %v", spent)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<30 {
		t.Errorf("allocated %d MiB", used>>20)
	}
	var e *Error
	if err != nil && !errors.As(err, &e) {
		t.Errorf("not a typed error: %v", err)
	}
	verdict, _, _ := strings.Cut(expect, ":")
	verdict, _, _ = strings.Cut(verdict, " ")
	verdict, _, _ = strings.Cut(strings.TrimSuffix(verdict, ";"), "-neutral")
	_, base, _ := strings.Cut(filepath.Base(name), "-")
	if choice := decided[base]; choice != "" {
		verdict = choice
	}
	switch {
	case verdict == "reject" && err == nil:
		t.Errorf("was read: %q; the manifest: %s", clip([]byte(strings.Join(blocks(d), "|"))), expect)
	case (verdict == "accept" || verdict == "warn") && err != nil:
		t.Errorf("was refused: %v; the manifest: %s", err, expect)
	case err == nil && !d.Format.Binary:
		checkLaws(t, data, name, Options{})
	case err == nil:
		if err := sameEntries(data, merged(t, d, own)); err != nil {
			t.Error(err)
		}
	}
}

// slowdown allows for a machine that does other work, and for the race detector.
const slowdown = 3
