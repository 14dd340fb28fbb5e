package main

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"drogman/locales"
	"drogman/pipeline/bitext"
)

// alignPair is two files, translations of each other; stem is that of the output file.
type alignPair struct{ source, target, stem string }

// alignPairs are the pairs of files to align: the two named, those of two folders (see
// folderPairs), or those of a list. The latter two are a batch.
func (w *world) alignPairs(o *alignOptions, languages bitext.Languages) (pairs []alignPair, batch bool, err error) {
	if o.pairs != "" {
		if o.source != "" || o.target != "" {
			return nil, false, usage("usage-align-sides", nil)
		}
		pairs, err = listedPairs(o.pairs)
		return pairs, true, err
	}
	if o.source == "" || o.target == "" || o.source == "-" && o.target == "-" {
		return nil, false, usage("usage-align-sides", nil)
	}
	if isFolder(o.source) && isFolder(o.target) {
		pairs, err = w.folderPairs(o.source, o.target, languages)
		return pairs, true, err
	}
	stem := withoutExtension(filepath.Base(o.source))
	if o.source == "-" {
		stem = "align"
	}
	return []alignPair{{o.source, o.target, stem}}, false, nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// listedPairs reads a list of pairs, source, tab, target, relative to the list's folder.
func listedPairs(list string) ([]alignPair, error) {
	data, err := os.ReadFile(list)
	if err != nil {
		return nil, &fault{id: "document-failed", file: list, err: err}
	}
	var pairs []alignPair
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		n++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 2 {
			return nil, &usageError{id: "align-list-line", values: locales.M{"Have": line}, file: list, line: n}
		}
		source, target := strings.TrimSpace(fields[0]), strings.TrimSpace(fields[1])
		pairs = append(pairs, alignPair{beside(list, source), beside(list, target), filepath.ToSlash(source)})
	}
	return named(pairs, list)
}

func beside(file, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(file), filepath.FromSlash(name))
}

// folderPairs pairs the files of two folders that lie at the same path, whatever their
// extensions, and whether or not their names end in their language (a.fr.md and a.en.md);
// in one folder for both sides they must. What has no partner is told of.
func (w *world) folderPairs(source, target string, languages bitext.Languages) ([]alignPair, error) {
	a, errA := os.Stat(source)
	b, errB := os.Stat(target)
	same := errA == nil && errB == nil && os.SameFile(a, b)
	sources, err := filesBySide(source, languages.Source, same)
	if err != nil {
		return nil, err
	}
	targets, err := filesBySide(target, languages.Target, same)
	if err != nil {
		return nil, err
	}
	pairs := partners(sources, targets, func(f sideFile) string { return f.rel }, nil)
	pairs = partners(sources, targets, func(f sideFile) string { return withoutExtension(f.rel) }, pairs)
	slices.SortFunc(pairs, func(a, b alignPair) int { return strings.Compare(a.stem, b.stem) })
	w.tellAlone(slices.Concat(sources, targets))
	return named(pairs, source)
}

// partners adds the pairs of files that no other of either side has the name of.
func partners(sources, targets []sideFile, name func(sideFile) string, pairs []alignPair) []alignPair {
	of := func(files []sideFile) map[string][]int {
		out := map[string][]int{}
		for i, f := range files {
			if !f.taken {
				out[name(f)] = append(out[name(f)], i)
			}
		}
		return out
	}
	there := of(targets)
	for n, here := range of(sources) {
		if len(here) == 1 && len(there[n]) == 1 {
			s, t := &sources[here[0]], &targets[there[n][0]]
			s.taken, t.taken = true, true
			pairs = append(pairs, alignPair{s.file, t.file, s.rel})
		}
	}
	return pairs
}

// tellAlone names the files that are left out because they have no partner.
func (w *world) tellAlone(files []sideFile) {
	files = slices.DeleteFunc(files, func(f sideFile) bool { return f.taken })
	most := placesOfOne
	if w.verbose {
		most = len(files)
	}
	for _, f := range files[:min(len(files), most)] {
		w.narrate("align-alone", locales.M{"Have": f.file})
	}
	if n := len(files) - most; n > 0 {
		w.narrate("align-alone-more", locales.M{"Count": n})
	}
}

// sideFile is a file of one side's folder.
type sideFile struct {
	file  string
	rel   string // its slash-separated path in the folder, without a language at its end
	taken bool
}

// filesBySide are the files of a folder, in order; if marked, those alone whose name ends
// in the language.
func filesBySide(folder string, tag language.Tag, marked bool) ([]sideFile, error) {
	files, err := expand(folder, "**")
	var out []sideFile
	for _, f := range files {
		rel, err := filepath.Rel(folder, f)
		if err != nil {
			return nil, err
		}
		rel = filepath.ToSlash(rel)
		short, found := withoutLanguage(rel, tag)
		if found || !marked {
			out = append(out, sideFile{file: f, rel: short})
		}
	}
	return out, err
}

// withoutLanguage takes the language off a name, whatever its region: a.fr.md, a_fr-CA.md
// and a-FR.md are a.md.
func withoutLanguage(name string, tag language.Tag) (short string, found bool) {
	const longest = 12 // zh-Hant-TW and the like
	stem, extension := withoutExtension(name), path.Ext(name)
	for cut := max(1, len(stem)-longest); cut < len(stem); cut++ { // the longest: fr_FR, not FR
		if !strings.ContainsRune("._-", rune(stem[cut])) {
			continue
		}
		if suffix, err := language.Parse(stem[cut+1:]); err == nil && sameBase(suffix, tag) {
			return stem[:cut] + extension, true
		}
	}
	return name, false
}

// named gives each pair an output of its own, and refuses to find none.
func named(pairs []alignPair, where string) ([]alignPair, error) {
	if len(pairs) == 0 {
		return nil, usage("usage-align-no-pairs", locales.M{"Have": where})
	}
	inputs := make([]batchInput, len(pairs))
	for i, p := range pairs {
		inputs[i].stem = path.Base(p.stem)
		if filepath.IsLocal(filepath.FromSlash(p.stem)) {
			inputs[i].stem = path.Clean(p.stem)
		}
	}
	nameOutputs(inputs)
	for i := range pairs {
		pairs[i].stem = inputs[i].stem
	}
	return pairs, nil
}
