package edit_test

import (
	"fmt"

	"golang.org/x/text/language"

	"drogman/glossary/edit"
)

func ExampleFormat() {
	file := "terms:\n  # the sea\n  mer: sea  \n\n\n  été: summer\n  eau: water\n"
	tidy, _ := edit.Format([]byte(file), edit.Options{Sort: true, Lang: language.French})
	fmt.Print(string(tidy))
	// Output:
	// terms:
	//   # the sea
	//   mer: sea
	//
	//   eau: water
	//   été: summer
}

func ExampleMerge() {
	base := "terms:\n  mer: sea\n"
	ours := "terms:\n  mer: sea\n  eau: water\n"
	theirs := "terms:\n  mer: ocean\n  vent: wind\n"
	merged, conflicts, _ := edit.Merge([]byte(base), []byte(ours), []byte(theirs))
	fmt.Print(string(merged), conflicts)
	// Output:
	// terms:
	//   mer: ocean
	//   vent: wind
	//   eau: water
	// 0
}
