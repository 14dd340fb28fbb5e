package exchange_test

import (
	"fmt"
	"os"
	"strings"

	"drogman/glossary/exchange"
)

// A table of Excel's becomes a set of equivalent terms for Google. What that cannot say is listed.
func Example() {
	table := "français;anglais;domaine\ncessez-le-feu;ceasefire;guerre\n"
	g, _, err := exchange.Read(strings.NewReader(table), "liste.csv", exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	lost, err := exchange.Write(os.Stdout, g, "google")
	fmt.Println(lost, err)
	// Output:
	// fr,en,pos,description
	// cessez-le-feu,ceasefire,,
	// [{cessez-le-feu domain guerre}] <nil>
}
