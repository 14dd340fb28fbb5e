// Command drogman prepares French texts for translation into English, keeps the
// glossary, and checks that translations obey it.
package main

import "os"

func main() { os.Exit(newWorld(os.Stdin, os.Stdout, os.Stderr, os.Getenv).main(os.Args[1:])) }
