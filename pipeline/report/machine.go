package report

import (
	"bufio"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"drogman/pipeline/check"
)

// jsonReport writes findings as they come: {"findings":[…],"silenced":0,"scores":{…}}.
// docs/schema/findings.schema.json describes it.
type jsonReport struct {
	w     *bufio.Writer
	comma string
	err   error
}

func newJSON(w io.Writer) *jsonReport {
	j := &jsonReport{w: bufio.NewWriter(w), comma: "\n"}
	_, j.err = j.w.WriteString(`{"findings":[`)
	return j
}

// JSONFinding is a finding as the JSON report has it.
type JSONFinding struct {
	check.Finding
	Other       *JSONSpan `json:"other,omitempty"` // the phrase of the opposite side
	Fingerprint string    `json:"fingerprint"`
}

// JSONSpan is a half-open range of bytes.
type JSONSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

func (j *jsonReport) Add(f check.Finding) error {
	one := JSONFinding{Finding: f, Fingerprint: f.Fingerprint()}
	if f.Other.Len() > 0 {
		one.Other = &JSONSpan{f.Other.Start, f.Other.End}
	}
	data, err := marshal(one)
	if j.err == nil {
		j.err = err
	}
	if j.err == nil {
		_, j.err = j.w.WriteString(j.comma + string(data))
		j.comma = ",\n"
	}
	return j.err
}

func (j *jsonReport) Close(s Summary) error {
	scores, err := marshal(s.Scores)
	if j.err = or(j.err, err); j.err == nil {
		_, j.err = fmt.Fprintf(j.w, "\n],\"silenced\":%d,\"scores\":%s}\n", s.Silenced, scores)
	}
	return or(j.err, j.w.Flush())
}

// marshal is json.Marshal without turning < > & into escapes.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return []byte(strings.TrimSuffix(b.String(), "\n")), err
}

func or(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// sarif is the Static Analysis Results Interchange Format, version 2.1.0 (OASIS).
type sarif struct {
	w       io.Writer
	o       Options
	results []sarifResult
	rules   []sarifRule
	index   map[string]int
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifRule struct {
	ID    string    `json:"id"`
	Short sarifText `json:"shortDescription"`
	Full  sarifText `json:"fullDescription"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Properties   map[string]any    `json:"properties,omitempty"`
}

type sarifLocation struct {
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
}

var sarifLevels = map[check.Severity]string{
	check.Error: "error", check.Warning: "warning", check.Advisory: "note", check.Info: "note",
}

func (s *sarif) Add(f check.Finding) error {
	location := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{uriOf(f.File)}}}
	if f.Line > 0 {
		location.Physical.Region = &sarifRegion{f.Line, f.Column}
	}
	if f.Unit != "" {
		location.Logical = []sarifLogical{{f.Unit}}
	}
	result := sarifResult{
		RuleID: f.Code, RuleIndex: s.rule(f.Code), Level: sarifLevels[f.Severity],
		Message: sarifText{s.o.message(&f)}, Locations: []sarifLocation{location},
		Fingerprints: map[string]string{"drogman/v1": f.Fingerprint()},
	}
	if f.Texts.Source != "" {
		result.Properties = map[string]any{"source": f.Texts.Source, "target": f.Texts.Target, "side": f.Side, "start": f.Start, "end": f.End}
	}
	s.results = append(s.results, result)
	return nil
}

// uriOf is a path as a relative URI reference.
func uriOf(path string) string {
	return (&url.URL{Path: filepath.ToSlash(path)}).String()
}

func (s *sarif) rule(code string) int {
	if i, ok := s.index[code]; ok {
		return i
	}
	if s.index == nil {
		s.index = map[string]int{}
	}
	s.index[code] = len(s.rules)
	papers := s.o.Say(code+".explain", nil)
	first, _, _ := strings.Cut(papers, "\n")
	s.rules = append(s.rules, sarifRule{code, sarifText{first}, sarifText{papers}})
	return s.index[code]
}

func (s *sarif) Close(Summary) error {
	driver := map[string]any{"name": "drogman", "rules": orEmpty(s.rules)}
	if s.o.Version != "" {
		driver["version"] = s.o.Version
	}
	run := map[string]any{
		"tool": map[string]any{"driver": driver}, "results": orEmpty(s.results),
		"columnKind": "unicodeCodePoints",
	}
	data, err := marshal(map[string]any{
		"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		"version": "2.1.0", "runs": []any{run},
	})
	if err == nil {
		_, err = fmt.Fprintf(s.w, "%s\n", data)
	}
	return err
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// junit is the XML of JUnit as CI servers read it: a suite for each file, a failed case
// for each unit with an error or a warning. Advisories are written to the case's output.
type junit struct {
	w      io.Writer
	o      Options
	suites []*junitSuite
}

type junitSuite struct {
	XMLName  xml.Name     `xml:"testsuite"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Cases    []*junitCase `xml:"testcase"`
}

type junitCase struct {
	Name     string         `xml:"name,attr"`
	Class    string         `xml:"classname,attr"`
	File     string         `xml:"file,attr,omitempty"`
	Line     int            `xml:"line,attr,omitempty"`
	Failures []junitFailure `xml:"failure"`
	Output   string         `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func (j *junit) Add(f check.Finding) error {
	suite := j.suite(f.File)
	name := f.Unit
	if name == "" {
		name = strings.TrimSuffix(placeOf(&f), ": ")
	}
	one := suite.test(name, &f)
	message := visible(j.o.message(&f))
	body := visible(f.Texts.Source) + "\n" + visible(f.Texts.Target)
	if f.Severity < check.Warning {
		one.Output += f.Code + ": " + message + "\n"
		return nil
	}
	if len(one.Failures) == 0 {
		suite.Failures++
	}
	one.Failures = append(one.Failures, junitFailure{f.Code, message, body})
	return nil
}

func (j *junit) suite(file string) *junitSuite {
	for _, s := range j.suites {
		if s.Name == file {
			return s
		}
	}
	j.suites = append(j.suites, &junitSuite{Name: file})
	return j.suites[len(j.suites)-1]
}

// test returns the case of a unit; the findings of one unit come one after another, but
// for those about the batch.
func (s *junitSuite) test(name string, f *check.Finding) *junitCase {
	if n := len(s.Cases); n > 0 && s.Cases[n-1].Name == name {
		return s.Cases[n-1]
	}
	s.Tests++
	s.Cases = append(s.Cases, &junitCase{Name: name, Class: f.File, File: f.File, Line: f.Line})
	return s.Cases[len(s.Cases)-1]
}

// Close writes the document; a file without findings is a suite with one passed case.
func (j *junit) Close(s Summary) error {
	for _, file := range s.Files {
		if suite := j.suite(file); suite.Tests == 0 {
			suite.Tests, suite.Cases = 1, []*junitCase{{Name: file, Class: file}}
		}
	}
	doc := struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		Suites  []*junitSuite
	}{Name: "drogman check", Suites: j.suites}
	if _, err := io.WriteString(j.w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(j.w)
	e.Indent("", " ")
	if err := e.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(j.w, "\n")
	return err
}

// github writes workflow commands that GitHub shows as annotations on the lines.
type github struct {
	w io.Writer
	o Options
}

var githubLevels = map[check.Severity]string{
	check.Error: "error", check.Warning: "warning", check.Advisory: "notice", check.Info: "notice",
}

var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func (g *github) Add(f check.Finding) error {
	place := "file=" + githubProperty.Replace(f.File)
	if f.Line > 0 {
		place += fmt.Sprintf(",line=%d", f.Line)
	}
	if f.Column > 0 {
		place += fmt.Sprintf(",col=%d", f.Column)
	}
	message := g.o.message(&f)
	if f.Texts.Source != "" {
		message += "\n" + f.Texts.Source + "\n" + f.Texts.Target
	}
	_, err := fmt.Fprintf(g.w, "::%s %s,title=%s::%s\n", githubLevels[f.Severity], place, githubProperty.Replace(f.Code), githubData.Replace(message))
	return err
}

func (g *github) Close(Summary) error { return nil }
