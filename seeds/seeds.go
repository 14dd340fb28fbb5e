// Package seeds embeds the two projects that drogman can start a user with: Sample, a
// whole one to look at, and Starter, a small one to fill.
package seeds

import (
	"embed"
	"io/fs"
)

//go:embed drogman.yaml fr en glossary
var sample embed.FS

//go:embed starter
var starter embed.FS

var (
	// Sample is a finished project: a French news article (fr/alep.txt), a curated
	// glossary (glossary/*.yaml), a reference translation that obeys it, sentence by
	// sentence (en/alep.txt), and the configuration (drogman.yaml).
	Sample fs.FS = sample

	// Starter is a first project: a configuration and a glossary that explain themselves
	// (drogman.yaml, glossary/glossary.yaml) and an article (articles/exemple.txt).
	Starter = rooted(starter, "starter")
)

// rooted is the file system below a folder of an embedded one, whose absence would be a
// fault of this package.
func rooted(fsys fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(fsys, dir)
	if err != nil {
		panic(err)
	}
	return sub
}
