package extract_test

import (
	"fmt"

	"golang.org/x/text/language"

	"drogman/glossary/extract"
)

func Example() {
	corpus := []extract.Segment{
		{Source: "La frappe aérienne a échoué.", Target: "The airstrike failed."},
		{Source: "Deux frappes aériennes de nuit.", Target: "Two airstrikes by night."},
		{Source: "Il pleut de nuit.", Target: "It rains by night."},
	}
	found := extract.Candidates(corpus, extract.Options{Source: language.French, Target: language.English})
	extract.Translate(found, corpus, language.French, language.English, 1)
	fmt.Println(found[0].Text, found[0].Count, found[0].Targets[0].Text)
	// Output: frappe aérienne 2 airstrike
}
