package segment_test

import (
	"fmt"
	"log"
	"strings"

	"golang.org/x/text/language"

	"drogman/pipeline/segment"
)

func Example() {
	s, err := segment.New(language.French)
	if err != nil {
		log.Fatal(err)
	}
	text := "M. Dupont est venu, cf. p. 12. Il a dit : « Quoi ? »\nPuis rien."
	for span := range s.Segments(text) {
		fmt.Println(span, segment.Trim(text, span).In(text))
	}
	// Output:
	// {0 31} M. Dupont est venu, cf. p. 12.
	// {31 55} Il a dit : « Quoi ? »
	// {55 65} Puis rien.
}

// A stream of any length is segmented in bounded memory.
func ExampleSegmenter_Scan() {
	s, err := segment.New(language.English)
	if err != nil {
		log.Fatal(err)
	}
	for segment, err := range s.Scan(strings.NewReader("Mr. Smith left. So did I.")) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%d %q\n", segment.Start, segment.Text)
	}
	// Output:
	// 0 "Mr. Smith left. "
	// 16 "So did I."
}

// Explain names the rule that decided at each candidate.
func ExampleSegmenter_Explain() {
	s, err := segment.New(language.French, segment.WithNoBreak("Cie.| Blanc"))
	if err != nil {
		log.Fatal(err)
	}
	for d := range s.Explain("L'art. 3 vise la Cie. Blanc. Elle paie.") {
		fmt.Println(d.At, d.Break, d.Rule)
	}
	// Output:
	// 6 false abbreviation
	// 21 false user
	// 28 true full-stop
}

// Rules from an SRX file stand for the segmenter's own.
func ExampleWithSRX() {
	x, err := segment.ReadSRX(strings.NewReader(`<srx xmlns="http://www.lisa.org/srx20" version="2.0">
		<header segmentsubflows="yes" cascade="yes"/><body>
		<languagerules><languagerule languagerulename="all">
		<rule break="no"><beforebreak>\bvol\.</beforebreak><afterbreak>\s</afterbreak></rule>
		<rule break="yes"><beforebreak>\.</beforebreak><afterbreak>\s</afterbreak></rule>
		</languagerule></languagerules>
		<maprules><languagemap languagepattern=".*" languagerulename="all"/></maprules></body></srx>`), "rules.srx")
	if err != nil {
		log.Fatal(err)
	}
	s, err := segment.New(language.French, segment.WithSRX(x))
	if err != nil {
		log.Fatal(err)
	}
	text := "Le vol. Deux est perdu. Le premier reste."
	for span := range s.Segments(text) {
		fmt.Println(segment.Trim(text, span).In(text))
	}
	// Output:
	// Le vol. Deux est perdu.
	// Le premier reste.
}
