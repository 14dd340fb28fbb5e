package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/bmatcuk/doublestar/v4"
	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline/check"
)

const configName = "drogman.yaml"

// config is drogman.yaml: what the batch reads, under which glossary, and what it writes.
// Paths in it are relative to the folder the file lies in.
type config struct {
	file, dir string // where it was found; empty where there is none

	Version  int               `yaml:"version" json:"version"`
	Source   language.Tag      `yaml:"source" json:"source"`
	Target   language.Tag      `yaml:"target" json:"target"`
	Input    []input           `yaml:"input" json:"input"`
	Glossary []string          `yaml:"glossary" json:"glossary"`
	Emit     []string          `yaml:"emit,flow" json:"emit"`
	Out      string            `yaml:"out" json:"out"`
	Corpus   bool              `yaml:"corpus" json:"corpus"`
	Check    map[string]string `yaml:"check" json:"check"`
	Segment  segmentConfig     `yaml:"segment" json:"segment"`
}

// input is one glob of source documents. Output is where merge puts the translations and
// Translation where a finished one already lies, to be aligned with; in both {path} stands
// for the part of a document's path from the glob's first wildcard on.
type input struct {
	Path        string `yaml:"path" json:"path"`
	Output      string `yaml:"output,omitempty" json:"output,omitempty"`
	Translation string `yaml:"translation,omitempty" json:"translation,omitempty"`
	Encoding    string `yaml:"encoding,omitempty" json:"encoding,omitempty"`
	// How the documents are read: see reading.
	Profile  string   `yaml:"profile,omitempty" json:"profile,omitempty"`
	Rules    string   `yaml:"rules,omitempty" json:"rules,omitempty"`
	Keys     []string `yaml:"keys,omitempty" json:"keys,omitempty"`
	Comments bool     `yaml:"comments,omitempty" json:"comments,omitempty"`
}

// segmentConfig is what a project knows about its sentences that the tables do not.
type segmentConfig struct {
	Abbreviations []string `yaml:"abbreviations,omitempty" json:"abbreviations"`
	Break         []string `yaml:"break,omitempty" json:"break"`
	NoBreak       []string `yaml:"no-break,omitempty" json:"no-break"`
}

func defaultConfig() *config {
	return &config{
		Version:  1,
		Source:   language.French,
		Target:   language.English,
		Glossary: []string{"glossary/*.yaml"},
		Emit:     []string{"xliff", "tmx", "tsv", "jsonl", "po", "html"},
		Out:      "out/",
		Corpus:   true,
	}
}

// loadConfig reads --config, or drogman.yaml in the working directory or the nearest one
// above it. Without any file it returns the defaults.
func (w *world) loadConfig() (*config, error) {
	path := w.configPath
	if path == "" {
		path = findUpward(configName)
	}
	if path == "" {
		w.detail("config-defaults", nil)
		return defaultConfig(), nil
	}
	w.detail("config-used", locales.M{"File": path})
	data, err := readSmall(path, maxConfig)
	if err != nil {
		return nil, &usageError{id: "config-unreadable", values: locales.M{"Have": path, "Cause": w.tell(err)}}
	}
	return parseConfig(path, data)
}

// maxConfig bounds drogman.yaml, in bytes.
const maxConfig = 1 << 20

// readSmall reads a file that has no business being larger than limit bytes.
func readSmall(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = usage("file-too-large", locales.M{"Have": path, "Count": limit})
	}
	return data, err
}

// findUpward returns the path of the nearest file of that name, from the working
// directory to the root; empty if there is none.
func findUpward(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for rel := ""; ; rel = filepath.Join("..", rel) {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return filepath.Join(rel, name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return ""
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// parseConfig reads a configuration. Every fault is found, not only the first; each is a
// usageError with line and column.
func parseConfig(file string, data []byte) (*config, error) {
	c := defaultConfig()
	c.file, c.dir = file, filepath.Dir(file)
	r := &configReader{file: file}
	var doc, more yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	if err := decoder.Decode(&doc); err != nil && err != io.EOF {
		return nil, &usageError{id: "config-yaml", file: file, line: yamlErrorLine(err), values: locales.M{"Have": err.Error()}}
	}
	if err := decoder.Decode(&more); err != io.EOF {
		return nil, &usageError{id: "config-one-document", file: file, line: more.Line}
	}
	r.plain(&doc)
	if len(doc.Content) > 0 && len(r.faults) == 0 {
		r.mapping(doc.Content[0], "", map[string]func(*yaml.Node){
			"version":  func(n *yaml.Node) { r.version(n) },
			"source":   func(n *yaml.Node) { c.Source = r.language(n) },
			"target":   func(n *yaml.Node) { c.Target = r.language(n) },
			"input":    func(n *yaml.Node) { c.Input = r.inputs(n) },
			"glossary": func(n *yaml.Node) { c.Glossary = r.patterns(n) },
			"emit":     func(n *yaml.Node) { c.Emit = r.formats(n) },
			"out":      func(n *yaml.Node) { c.Out = r.text(n) },
			"corpus":   func(n *yaml.Node) { c.Corpus = r.yesNo(n) },
			"check":    func(n *yaml.Node) { c.Check = r.severities(n) },
			"segment": func(n *yaml.Node) {
				r.mapping(n, "segment", map[string]func(*yaml.Node){
					"abbreviations": func(n *yaml.Node) { c.Segment.Abbreviations = r.texts(n) },
					"break":         func(n *yaml.Node) { c.Segment.Break = r.texts(n) },
					"no-break":      func(n *yaml.Node) { c.Segment.NoBreak = r.texts(n) },
				})
			},
		})
	}
	if err := errors.Join(r.faults...); err != nil {
		return nil, err
	}
	return c, nil
}

// configReader turns YAML nodes into values and collects what is wrong with them.
type configReader struct {
	file   string
	faults []error
}

func (r *configReader) fault(n *yaml.Node, id string, values locales.M) {
	r.faults = append(r.faults, &usageError{id: id, values: values, file: r.file, line: n.Line, column: n.Column})
}

// plain refuses what YAML can say and a configuration has no use for.
func (r *configReader) plain(n *yaml.Node) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.fault(n, "config-alias", nil)
	case n.Style&yaml.TaggedStyle != 0:
		r.fault(n, "config-tag", locales.M{"Have": n.Tag})
	}
	for _, child := range n.Content {
		r.plain(child)
	}
}

func (r *configReader) mapping(n *yaml.Node, parent string, fields map[string]func(*yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "config-not-a-map", locales.M{"Have": parent})
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, known := fields[key.Value]
		switch first, twice := seen[key.Value]; {
		case twice:
			r.fault(key, "config-duplicate-key", locales.M{"Have": key.Value, "Line": first})
		case !known:
			known := slices.Sorted(maps.Keys(fields))
			r.fault(key, "config-unknown-key", locales.M{"Have": key.Value, "Want": glossary.Nearest(key.Value, known)})
		default:
			read(value)
		}
		seen[key.Value] = key.Line
	}
}

func (r *configReader) text(n *yaml.Node) string {
	switch {
	case n.Kind != yaml.ScalarNode || n.Tag == "!!null":
		r.fault(n, "config-not-a-text", nil)
	case strings.ContainsFunc(n.Value, unicode.IsControl):
		r.fault(n, "config-control", locales.M{"Have": strconv.Quote(n.Value)})
	default:
		return n.Value
	}
	return ""
}

// texts reads a list of strings; a single string is a list of one.
func (r *configReader) texts(n *yaml.Node) []string {
	if n.Kind != yaml.SequenceNode {
		return []string{r.text(n)}
	}
	list := []string{}
	for _, item := range n.Content {
		list = append(list, r.text(item))
	}
	return list
}

func (r *configReader) yesNo(n *yaml.Node) bool {
	var b bool
	if err := n.Decode(&b); err != nil {
		r.fault(n, "config-not-a-bool", locales.M{"Have": n.Value})
	}
	return b
}

func (r *configReader) version(n *yaml.Node) {
	if v, err := strconv.Atoi(n.Value); err != nil || v != 1 {
		r.fault(n, "config-version", locales.M{"Have": n.Value})
	}
}

func (r *configReader) language(n *yaml.Node) language.Tag {
	text := r.text(n)
	tag, err := language.Parse(text)
	if err != nil && text != "" {
		r.fault(n, "config-language", locales.M{"Have": n.Value})
	}
	return tag
}

// inputs reads globs: each a string or a map.
func (r *configReader) inputs(n *yaml.Node) []input {
	items := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		items = n.Content
	}
	var list []input
	for _, item := range items {
		var in input
		if item.Kind == yaml.ScalarNode {
			in.Path = r.text(item)
		} else {
			r.mapping(item, "input", map[string]func(*yaml.Node){
				"path":        func(n *yaml.Node) { in.Path = r.text(n) },
				"output":      func(n *yaml.Node) { in.Output = r.text(n) },
				"translation": func(n *yaml.Node) { in.Translation = r.text(n) },
				"encoding":    func(n *yaml.Node) { in.Encoding = r.text(n) },
				"profile":     func(n *yaml.Node) { in.Profile = r.text(n) },
				"rules":       func(n *yaml.Node) { in.Rules = r.text(n) },
				"keys":        func(n *yaml.Node) { in.Keys = r.texts(n) },
				"comments":    func(n *yaml.Node) { in.Comments = r.yesNo(n) },
			})
		}
		if in.Path == "" {
			r.fault(item, "config-input-path", nil)
		}
		r.pattern(item, in.Path)
		list = append(list, in)
	}
	return list
}

// severities reads a map of check's rules to severities.
func (r *configReader) severities(n *yaml.Node) map[string]string {
	m := map[string]string{}
	fields := map[string]func(*yaml.Node){}
	for _, rule := range check.Rules {
		fields[rule.Code] = func(n *yaml.Node) {
			m[rule.Code] = r.text(n)
			if _, err := parseSeverity(m[rule.Code]); err != nil {
				r.fault(n, "usage-severity", locales.M{"Have": n.Value})
			}
		}
	}
	r.mapping(n, "check", fields)
	return m
}

// patterns reads globs.
func (r *configReader) patterns(n *yaml.Node) []string {
	list := r.texts(n)
	for _, pattern := range list {
		r.pattern(n, pattern)
	}
	return list
}

func (r *configReader) pattern(n *yaml.Node, pattern string) {
	if !doublestar.ValidatePathPattern(pattern) {
		r.fault(n, "usage-bad-pattern", locales.M{"Have": pattern})
	}
}

// formats reads names of formats that run can emit.
func (r *configReader) formats(n *yaml.Node) []string {
	list := r.texts(n)
	for _, name := range list {
		if !slices.Contains(emitNames(), name) {
			r.fault(n, "usage-unknown-format", locales.M{"Have": name, "Want": strings.Join(emitNames(), ", ")})
		}
	}
	return list
}

// yamlErrorLine finds the line in yaml.v3's "yaml: line 3: …"; 0 if there is none.
func yamlErrorLine(err error) int {
	_, rest, ok := strings.Cut(err.Error(), "line ")
	if !ok {
		return 0
	}
	digits, _, _ := strings.Cut(rest, ":")
	line, _ := strconv.Atoi(digits)
	return line
}
