package check

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
)

// Fingerprint identifies a finding from run to run: it is made from the rule, the
// document, the unit, the concept and the words, not from where the unit stands in its
// file, so that an edit elsewhere changes no other fingerprint.
func (f *Finding) Fingerprint() string {
	document := f.Document
	if document == "" {
		document = f.File
	}
	h := sha256.New()
	for _, part := range []string{f.Code, document, f.Unit, f.Concept, string(f.Side), f.Have, f.Want} {
		io.WriteString(h, part)
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Baseline is the set of findings that are known and not to be reported again, with how
// often each was found: one more of the same is news.
type Baseline map[string]int

// baselineFile is how a baseline is written.
type baselineFile struct {
	Version  int      `json:"version"`
	Findings Baseline `json:"findings"` // by fingerprint
}

// ReadBaseline reads what Baseline.Write wrote; name is the file's, for the error.
func ReadBaseline(r io.Reader, name string) (Baseline, error) {
	var file baselineFile
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, &Fault{Code: codeBadBaseline, File: name, Have: err.Error(), Err: err}
	}
	if file.Version != 1 {
		return nil, &Fault{Code: codeBadBaseline, File: name, Have: "version"}
	}
	return file.Findings, nil
}

// Add notes one finding.
func (b Baseline) Add(f *Finding) { b[f.Fingerprint()]++ }

// Take reports whether the finding is known, and uses up one of its places.
func (b Baseline) Take(f *Finding) bool {
	key := f.Fingerprint()
	if b[key] == 0 {
		return false
	}
	b[key]--
	return true
}

// Write writes the baseline as JSON, sorted by fingerprint, to be kept under version control.
func (b Baseline) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(baselineFile{1, b})
}
