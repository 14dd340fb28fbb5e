package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/document"
)

// batchInput is one document of a batch.
type batchInput struct {
	pipeline.Source
	size int64
	stem string // of its output files: slash-separated, without extension
}

// expand returns the files a pattern matches, sorted; a relative one is taken from dir. A
// pattern that is a file's own name matches it, whatever characters it has and whatever
// kind of file it is; a wildcard matches regular files alone, and ** follows no links.
func expand(dir, pattern string) ([]string, error) {
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(dir, filepath.FromSlash(pattern))
	}
	if info, err := os.Stat(pattern); err == nil && !info.IsDir() {
		return []string{pattern}, nil
	}
	found, err := doublestar.FilepathGlob(pattern, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	if err != nil {
		return nil, usage("usage-bad-pattern", locales.M{"Have": pattern})
	}
	found = slices.DeleteFunc(found, func(file string) bool {
		info, err := os.Stat(file)
		return err != nil || !info.Mode().IsRegular()
	})
	slices.Sort(found)
	return found, nil
}

// batchInputs are the documents of a batch: the files named, else the configured ones.
// What lies in the output folder is no input, unless it is named.
func batchInputs(conf *config, files []string, flags reading, out string) ([]batchInput, error) {
	var inputs []batchInput
	configured, dir := conf.Input, conf.dir
	if len(files) > 0 {
		configured, dir = nil, ""
		for _, f := range files {
			configured = append(configured, input{Path: f})
		}
	}
	if len(configured) == 0 {
		return nil, usage("usage-no-input", nil)
	}
	seen := map[string]bool{}
	for _, in := range configured {
		found, err := expand(dir, in.Path)
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			found = slices.DeleteFunc(found, func(file string) bool { return lies(file, out) })
		}
		if len(found) == 0 && len(files) > 0 && !strings.ContainsAny(in.Path, "*?[{") {
			found = []string{in.Path} // named outright: left out with its reason, the others are done
		}
		if len(found) == 0 {
			return nil, usage("usage-no-match", locales.M{"Have": in.Path})
		}
		for _, file := range found {
			if !seen[file] {
				seen[file] = true
				how := in.reading(conf.dir)
				if len(files) > 0 {
					how = conf.readingOf(file)
				}
				options, err := flags.over(how).options()
				if err != nil {
					return nil, err
				}
				inputs = append(inputs, newInput(dir, in, file, options))
			}
		}
	}
	nameOutputs(inputs)
	return inputs, nil
}

// lies reports whether a file lies in a folder.
func lies(file, folder string) bool {
	rel, err := filepath.Rel(folder, file)
	return err == nil && filepath.IsLocal(rel)
}

func newInput(dir string, in input, file string, options document.Options) batchInput {
	name := filepath.ToSlash(file)
	if rel, err := filepath.Rel(dir, file); err == nil && filepath.IsLocal(rel) {
		name = filepath.ToSlash(rel)
	}
	name = strings.ToValidUTF8(name, "\ufffd")
	b := batchInput{stem: underGlob(dir, in.Path, file)}
	b.File = fileNamed(name, file, options)
	if info, err := os.Stat(file); err == nil {
		b.size = info.Size()
	}
	if in.Translation != "" {
		translation := strings.ReplaceAll(in.Translation, "{path}", b.stem)
		target := fileNamed(translation, filepath.Join(dir, filepath.FromSlash(translation)), options)
		b.Translation = &target
	}
	return b
}

// underGlob is the part of a file's path that the first wildcard of the pattern and what
// follows matched: "2024/a.txt" of articles/2024/a.txt under articles/**/*.txt.
func underGlob(dir, pattern, file string) string {
	if !filepath.IsAbs(pattern) {
		pattern = filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(pattern)))
	}
	base, _ := doublestar.SplitPattern(filepath.ToSlash(pattern))
	rel, err := filepath.Rel(filepath.FromSlash(base), file)
	if err != nil || !filepath.IsLocal(rel) {
		return filepath.Base(file)
	}
	return filepath.ToSlash(rel)
}

// nameOutputs takes the extension off each stem, but keeps it where two documents would
// then share one ("alep.txt" and "alep.md", or a document named corpus), and numbers what
// is still the same.
func nameOutputs(inputs []batchInput) {
	count := map[string]int{"corpus": 1}
	for _, in := range inputs {
		count[withoutExtension(in.stem)]++
	}
	taken := map[string]bool{}
	for i := range inputs {
		if short := withoutExtension(inputs[i].stem); count[short] == 1 {
			inputs[i].stem = short
		}
		inputs[i].stem = shortened(inputs[i].stem)
		for stem, n := inputs[i].stem, 2; taken[inputs[i].stem]; n++ {
			inputs[i].stem = stem + "-" + strconv.Itoa(n)
		}
		taken[inputs[i].stem] = true
	}
}

// maxName is how many bytes the name of an output file may have before its extension: with
// that and what a temporary name adds it stays under the 255 of most file systems.
const maxName = 200

// shortened is a stem whose name is not too long for a file's: the end of one that is gives
// way to a hash of it all.
func shortened(stem string) string {
	dir, name := path.Split(stem)
	if len(name) <= maxName {
		return stem
	}
	hash := fnv.New32a()
	hash.Write([]byte(name))
	return dir + strings.ToValidUTF8(name[:maxName-9], "") + fmt.Sprintf("~%08x", hash.Sum32())
}

func withoutExtension(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
