package bitext_test

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

func ExampleRead() {
	file := strings.NewReader("id\tsource\ttarget\n1\tOui.\tYes.\n2\tNon.\t\n")
	tsv, _ := bitext.FormatFor("memory.tsv")
	for unit, err := range bitext.Read(file, "memory.tsv", tsv) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s: %q is %q\n", unit.ID, unit.Source, unit.Target)
	}
	// Output:
	// 1: "Oui." is "Yes."
	// 2: "Non." is ""
}

func ExampleNewWriter() {
	tmx, _ := bitext.FormatFor("tmx")
	w, _ := bitext.NewWriter(os.Stdout, tmx, bitext.Header{
		Languages: bitext.Languages{Source: language.French, Target: language.English}, Version: "1.0",
	})
	w.Write(bitext.Unit{ID: "1", Source: "Oui.", Target: "Yes.", State: bitext.Translated})
	w.Close()
	// Output:
	// <?xml version="1.0" encoding="UTF-8"?>
	// <!DOCTYPE tmx SYSTEM "tmx14.dtd">
	// <tmx version="1.4">
	// <header creationtool="drogman" creationtoolversion="1.0" segtype="sentence" o-tmf="drogman" adminlang="en" srclang="fr" datatype="plaintext">
	// <prop type="drogman:target-language">en</prop>
	// </header>
	// <body>
	// <tu tuid="1">
	// <tuv xml:lang="fr"><seg>Oui.</seg></tuv>
	// <tuv xml:lang="en"><seg>Yes.</seg></tuv>
	// </tu>
	// </body>
	// </tmx>
}

// The bytes of the file stay as they are, but for the target.
func ExampleUpdate() {
	file := "msgid  \"Oui\"\nmsgstr \"\"\n"
	po, _ := bitext.FormatFor("po")
	err := bitext.Update(strings.NewReader(file), os.Stdout, "x.po", po, bitext.ReadOptions{}, func(u bitext.Unit) bitext.Unit {
		u.Target, u.State = "Yes", bitext.Translated
		return u
	}, nil)
	fmt.Println(err)
	// Output:
	// msgid  "Oui"
	// msgstr "Yes"
	// <nil>
}

func ExampleValidate() {
	file := `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="fr">
<file id="f"><unit id="u"><segment><source>Oui<ph id="1" dataRef="d1"/></source></segment></unit></file></xliff>`
	xliff, _ := bitext.FormatFor("xliff")
	for fault := range bitext.Validate(strings.NewReader(file), "x.xlf", xliff, bitext.ReadOptions{}) {
		fmt.Println(fault)
	}
	// Output:
	// x.xlf:2:47: xliff-data-missing: have "d1", want "dataRef"
}
