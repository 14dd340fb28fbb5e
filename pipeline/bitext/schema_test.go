package bitext

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"drogman/seeds/devdata"
)

// What we write passes the official schemas, judged by tools that are not ours.
func TestOutputIsValid(t *testing.T) {
	formats := func(parts ...string) string { return devdata.Path(t, append([]string{"formats"}, parts...)...) }
	catalog := filepath.Join(t.TempDir(), "catalog.xml")
	found, _ := filepath.Glob(formats("oasis-xliff", "xliff-21", "schemas", "informativeCopiesOf3rdPartySchemas", "w3c", "xml.xsd"))
	if len(found) > 0 { // the schemas import it from the net
		os.WriteFile(catalog, fmt.Appendf(nil, `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><system systemId="http://www.w3.org/2001/xml.xsd" uri="file://%[1]s"/><uri name="http://www.w3.org/2001/xml.xsd" uri="file://%[1]s"/></catalog>`, found[0]), 0o666)
	}
	for _, c := range []struct {
		format string
		tool   []string
	}{
		{"xliff", []string{"xmllint", "--noout", "--schema", formats("oasis-xliff", "xliff-21", "schemas", "xliff_core_2.0.xsd")}},
		{"xliff-2.2", []string{"xmllint", "--noout", "--nonet", "--schema", formats("oasis-xliff", "xliff-22", "schemas", "xliff_core_2.2.xsd")}},
		{"xliff-1.2", []string{"xmllint", "--noout", "--nonet", "--schema", formats("schemas", "catalog", "xliff", "xliff-core-1.2-strict.xsd")}},
		{"tmx", []string{"xmllint", "--noout", "--nonet", "--dtdvalid", formats("schemas", "catalog", "tmx", "tmx14.dtd")}},
		{"po", []string{"msgfmt", "--check-header", "-o", os.DevNull}},
	} {
		t.Run(c.format, func(t *testing.T) {
			if _, err := exec.LookPath(c.tool[0]); err != nil {
				t.Skip("needs " + c.tool[0])
			}
			f, _ := FormatFor(c.format)
			file, err := written(f, hardUnits()...)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "out"+f.Name)
			if err := os.WriteFile(path, file, 0o666); err != nil {
				t.Fatal(err)
			}
			command := exec.Command(c.tool[0], append(c.tool[1:], path)...)
			command.Env = append(os.Environ(), "XML_CATALOG_FILES="+catalog)
			out, err := command.CombinedOutput()
			if err != nil {
				t.Errorf("%v: %.1500s", err, out)
			}
			for e := range Validate(bytes.NewReader(file), "out", f, ReadOptions{}) {
				t.Errorf("our own validator: %v", e)
			}
		})
	}
}

// The schema of JSON Lines names every key that is written, and no other.
func TestJSONSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "schema", "unit.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	named := map[string]map[string]any{"": schema.Properties}
	for list, def := range map[string]string{"terms": "occurrence", "sourceCodes": "code", "targetCodes": "code", "matches": "match", "notes": "note", "fields": "field"} {
		named[list] = schema.Defs[def].Properties
	}
	f, _ := FormatFor("jsonl")
	file, err := written(f, hardUnits()...)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatal(err)
		}
		checkKeys(t, named, "", object)
	}
}

func checkKeys(t *testing.T, named map[string]map[string]any, list string, object map[string]any) {
	t.Helper()
	for key, value := range object {
		if named[list][key] == nil {
			t.Errorf("the schema does not name %q in %q", key, list)
		}
		items, _ := value.([]any)
		for _, item := range items {
			checkKeys(t, named, key, item.(map[string]any))
		}
	}
}

// The table of docs/formats.md is this one. UPDATE=1 writes it.
func TestFormatsDocument(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "formats.md")
	const begin, end = "<!-- formats: written by the test of pipeline/bitext -->\n", "<!-- end of formats -->\n"
	table := begin + formatsTable() + end
	document, err := os.ReadFile(path)
	before, rest, found := strings.Cut(string(document), begin)
	_, after, closed := strings.Cut(rest, end)
	if err != nil || !found || !closed {
		before, after = "# Bilingual files\n\n", ""
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(before+table+after), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err != nil || !strings.Contains(string(document), table) {
		t.Errorf("%s is not the table of the program: run the test with UPDATE=1", path)
	}
}

func formatsTable() string {
	var b strings.Builder
	yes := func(is bool) string { return pick(is, "yes", "–") }
	b.WriteString("| name | format | extensions | reads | writes | splices | codes | state | validated by | does not keep |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, f := range Formats {
		lost := "–"
		if f.Writes() && f.Keeps != allParts {
			lost = (allParts &^ f.Keeps).String()
		}
		own := f.Writes()
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", f.Name, f.Title, strings.Join(f.Extensions, " "),
			yes(f.Reads()), yes(f.Writes()), yes(f.Splices()), yes(!own || f.Keeps&PartCodes != 0), yes(!own || f.Keeps&PartState != 0),
			validatedBy(f), lost)
	}
	return b.String()
}

// validatedBy says how validate checks a format: by the rules of its standard or by
// reading it.
func validatedBy(f Format) string {
	if f.validate == nil {
		return "reading"
	}
	return "its rules"
}
