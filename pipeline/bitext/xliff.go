package bitext

import (
	"errors"
	"hash/maphash"
	"io"
	"strings"

	"golang.org/x/text/language"
)

const nsXLIFF12 = "urn:oasis:names:tc:xliff:document:1.2"

// xliffAlias are the namespaces of versions that kept the elements and renamed the whole: 1.1
// is read as 1.2, 2.2 as 2.1.
var xliffAlias = map[string]string{"urn:oasis:names:tc:xliff:document:1.1": nsXLIFF12, nsXLIFF22: nsXLIFF2}

// readXLIFF reads XLIFF of any version, deciding by the root element's namespace: a file's
// name says little (.xlf is 1.2 and 2.x alike).
func readXLIFF(in *input, yield func(Unit, error) bool) {
	s, err := in.xml()
	if err != nil {
		yield(Unit{}, err)
		return
	}
	s.alias = xliffAlias
	r := &xliffReader{scanner: s, yield: yield}
	if err := r.read(); err != nil && !errors.Is(err, errStopped) {
		yield(Unit{}, err)
	}
}

// errStopped ends the reading of a file whose reader was told to stop.
var errStopped = errors.New("stopped")

// root reads up to the root element's start tag.
func (s *scanner) root() (*xmlToken, error) {
	for {
		t, err := s.next()
		if err != nil {
			return nil, s.truncated(err)
		}
		if t.kind == startTag {
			return t, nil
		}
	}
}

// rest reads to the end of the file after the root element.
func (s *scanner) rest() error {
	for {
		if _, err := s.next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// xliffReader reads one file. Errors of a unit are yielded in its place; errors of the
// file are returned.
type xliffReader struct {
	*scanner
	yield    func(Unit, error) bool
	langs    Languages
	trgLang  Span // where an XLIFF 2 file that does not say its target language can
	document string
	ids      idSet // of the open file's units
}

func (r *xliffReader) read() error {
	root, err := r.root()
	if err != nil {
		return err
	}
	place := r.here()
	switch {
	case root.name == xmlName{nsXLIFF2, "xliff"}:
		err = r.read2(root)
	case root.name.local == "xliff" && (root.name.space == nsXLIFF12 || root.name.space == "" && strings.HasPrefix(root.get("version"), "1.")):
		err = r.read12(root)
	default:
		return &Error{Code: "xliff-root", Place: place, Have: root.name.space + " " + root.name.local, Want: nsXLIFF2}
	}
	if err != nil {
		return err
	}
	return r.rest()
}

func (r *xliffReader) emit(u Unit, err error) error {
	if !r.yield(u, err) {
		return errStopped
	}
	return nil
}

// newID notes a unit's ID and reports whether it is new in its file.
func (r *xliffReader) newID(id string) bool { return r.ids.add(id) }

// idSet remembers IDs by a hash of 64 bits, so that a file of millions of units stays
// small in memory: among ten million the odds of a false repetition are one in 300,000.
type idSet struct {
	seed maphash.Seed
	seen map[uint64]struct{}
}

func newIDSet() idSet { return idSet{maphash.MakeSeed(), map[uint64]struct{}{}} }

// add reports whether the ID is new.
func (s *idSet) add(id string) bool {
	h := maphash.String(s.seed, id)
	if _, ok := s.seen[h]; ok {
		return false
	}
	s.seen[h] = struct{}{}
	return true
}

// fault makes an error at the token last read.
func (s *scanner) fault(code, have, want string) *Error {
	return &Error{Code: code, Place: s.here(), Have: shown(have), Want: want}
}

// language reads a language attribute; an empty one is the zero tag.
func (s *scanner) language(value string) (language.Tag, error) {
	if value == "" {
		return language.Tag{}, nil
	}
	tag, err := language.Parse(strings.ReplaceAll(value, "_", "-"))
	var unknown language.ValueError // well-formed, but a subtag is not registered
	if err != nil && !errors.As(err, &unknown) {
		return tag, s.fault("language-tag", value, "BCP 47")
	}
	return tag, nil
}
