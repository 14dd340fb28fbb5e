package align

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Error is what is wrong with a file of word pairs or of decisions.
type Error struct {
	Code string // one of Codes
	File string
	Line int // 1-based; 0 for the whole file
	Have string
	Want string
	Err  error // the cause, may be nil
}

// Codes are all the codes an Error can carry.
var Codes = []string{"align-pairs-line", "align-pairs-weight", "align-pairs-unreadable", "align-decisions-malformed", "align-decisions-version"}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d: %s: have %q, want %q", e.File, e.Line, e.Code, e.Have, e.Want)
}

// MessageID names the message that tells a person of the error.
func (e *Error) MessageID() string { return e.Code }

// Position is where the error stands; a line of 0 is the whole file.
func (e *Error) Position() (file string, line, column int) { return e.File, e.Line, 0 }

func (e *Error) Unwrap() error { return e.Err }

// pairWeight is the weight of a pair whose file gives none.
const pairWeight = .7

// maxLine is the longest line of a file of pairs, in bytes.
const maxLine = 1 << 20

// ReadPairs reads word pairs, one a line: source, tab, target and, if wanted, tab and a
// weight from 0 to 1; or as hunalign's dictionaries have them, target @ source. Empty
// lines and those beginning with # are passed over.
func ReadPairs(r io.Reader, name string) ([]Pair, error) {
	var pairs []Pair
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		p, err := parsePair(line)
		if err != nil {
			err.File, err.Line = name, n
			return nil, err
		}
		pairs = append(pairs, p)
	}
	if err := lines.Err(); err != nil {
		return nil, &Error{Code: "align-pairs-unreadable", File: name, Have: err.Error(), Err: err}
	}
	return pairs, nil
}

func parsePair(line string) (Pair, *Error) {
	if fields := strings.Split(line, "\t"); len(fields) > 1 {
		p := Pair{fields[0], fields[1], pairWeight}
		if len(fields) > 2 && fields[2] != "" {
			weight, err := strconv.ParseFloat(fields[2], 64)
			if err != nil || !(weight >= 0 && weight <= 1) {
				return p, &Error{Code: "align-pairs-weight", Have: fields[2], Want: "0–1"}
			}
			p.Weight = weight
		}
		return p, nil
	}
	if target, source, found := strings.Cut(line, " @ "); found {
		return Pair{source, target, pairWeight}, nil
	}
	return Pair{}, &Error{Code: "align-pairs-line", Have: line}
}
