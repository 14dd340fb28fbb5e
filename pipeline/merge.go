package pipeline

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"drogman/pipeline/bitext"
)

// Original is a bilingual file that someone else made, and how it is to be read.
type Original struct {
	Name    string
	Format  bitext.Format
	Options bitext.ReadOptions
}

// Merged counts what became of units in a merge.
type Merged struct {
	Merged    int     // units whose target stands in what was written
	Stale     int     // units whose source the original no longer has
	Unknown   int     // units that the original does not have
	Refused   int     // units whose target cannot be written
	Ambiguous int     // texts of the original with several targets for one unit
	Locked    int     // units of the original that are final or locked, and keep another target
	Problems  []error // each of the stale, unknown, refused and ambiguous, at its place
	Left      []error // what has no translation, each at its place
}

// MergeBilingual writes a bilingual file with the targets and states of other units in it,
// and every other byte as it was. A unit is merged into the one with its ID and source, and
// of the same document where both name one; of several such units the first goes to the
// first, if they are as many as the original's or all the same. What is not merged is
// counted and named, and leaves its unit of the original as it was. Where the target is the
// original's own, its state may rise and not fall: many files say nothing of states.
//
// An original that cannot be read, or is of other languages, is an error.
func MergeBilingual(data []byte, w io.Writer, original Original, units []bitext.Unit) (Merged, error) {
	m := bilingualMerger{units: units, target: original.Options.Languages.Target, used: make([]bool, len(units)), index: map[place][]int{}, groups: map[group]*choice{},
		sources: map[string]string{}, documents: map[string]bool{}, languages: map[string]bool{}}
	for u, err := range bitext.ReadWith(bytes.NewReader(data), original.Name, original.Format, original.Options) {
		if err != nil {
			return Merged{}, err
		}
		m.know(&u)
	}
	if err := m.find(); err != nil {
		return Merged{}, err
	}
	err := bitext.Update(bytes.NewReader(data), w, original.Name, original.Format, original.Options, m.edit, m.unwritten)
	if err == nil {
		m.unused()
	}
	return m.Merged, err
}

// bilingualMerger knows the units of both sides.
type bilingualMerger struct {
	Merged
	units     []bitext.Unit
	used      []bool
	index     map[place][]int   // units by ID and source
	target    language.Tag      // asked for
	groups    map[group]*choice // of the original
	sources   map[string]string // of the original, by ID
	documents map[string]bool   // of the original; "" where a unit names none
	languages map[string]bool   // of the original's targets, without regions
}

// place is what a unit is sought by.
type place struct{ id, source string }

// group is what units of the original share if nothing tells them apart.
type group struct {
	place
	document, language, codes string
}

// choice is which units are for the units of a group: the nth for the nth, or one for all.
type choice struct {
	size      int // units of the original
	met       int // of them, so far
	made      bool
	units     []bitext.Unit
	ambiguous bool
}

func groupOf(u *bitext.Unit) group {
	var codes strings.Builder
	for _, c := range u.SourceCodes {
		fmt.Fprintf(&codes, "%d %q %v,", c.Kind, c.ID, c.Span)
	}
	return group{place{u.ID, u.Source}, u.Document, base(u.Languages.Target), codes.String()}
}

// base is a language without its region, empty if it is not known.
func base(tag language.Tag) string {
	if tag == language.Und {
		return ""
	}
	b, _ := tag.Base()
	return b.String()
}

// know notes a unit of the original.
func (m *bilingualMerger) know(u *bitext.Unit) {
	g := groupOf(u)
	if m.groups[g] == nil {
		m.groups[g] = &choice{}
	}
	m.groups[g].size++
	m.sources[u.ID] = u.Source
	m.documents[u.Document] = true
	m.languages[g.language] = true
}

// find makes the index of the units, and refuses those of a language that is not the
// original's.
func (m *bilingualMerger) find() error {
	own := slices.ContainsFunc(m.units, func(u bitext.Unit) bool { return m.documents[u.Document] })
	for i := range m.units {
		u := &m.units[i]
		if lang := base(u.Languages.Target); lang != "" && len(m.languages) > 0 && !m.languages[lang] && !m.languages[""] {
			for known := range m.languages {
				return &bitext.Error{Code: "languages-differ", Place: u.Place, Unit: u.ID, Have: lang, Want: known}
			}
		}
		if own && !m.documents[""] && u.Document != "" && !m.documents[u.Document] { // another original's
			m.used[i] = true
			continue
		}
		m.index[place{u.ID, u.Source}] = append(m.index[place{u.ID, u.Source}], i)
		if text := bitext.Untag(u.Source); len(u.SourceCodes) == 0 && text != u.Source {
			m.index[place{u.ID, text}] = append(m.index[place{u.ID, text}], i)
		}
	}
	return nil
}

// choose settles which units are for a unit of the original and those like it.
func (m *bilingualMerger) choose(u *bitext.Unit) *choice {
	g := groupOf(u)
	c := m.groups[g]
	if c.made {
		return c
	}
	c.made = true
	for _, i := range m.index[g.place] {
		if other, ok := fitting(u, m.units[i]); ok {
			m.used[i] = true
			c.units = append(c.units, other)
		}
	}
	if c.size == len(c.units) {
		return c
	}
	for _, other := range c.units {
		if !sameTarget(&other, &c.units[0]) {
			c.ambiguous = true
		}
	}
	c.units = c.units[:min(1, len(c.units))]
	return c
}

// fitting reports whether a unit is for one of the original, and gives it with the codes that
// its tags stand for.
func fitting(original *bitext.Unit, u bitext.Unit) (bitext.Unit, bool) {
	a, b := base(original.Languages.Target), base(u.Languages.Target)
	if a != b && a != "" && b != "" {
		return u, false
	}
	if u.Document != original.Document && u.Document != "" && original.Document != "" {
		return u, false
	}
	if len(u.SourceCodes) == 0 {
		if tagged, ok := bitext.Retag(u, original.SourceCodes); ok {
			return tagged, true
		}
		return u, u.Source == original.Source
	}
	return u, u.Source == original.Source && slices.EqualFunc(unmarked(u.SourceCodes), unmarked(original.SourceCodes), sameCode)
}

// unmarked are the codes that are markup of the document.
func unmarked(codes []bitext.Code) []bitext.Code {
	return slices.DeleteFunc(slices.Clone(codes), func(c bitext.Code) bool { return c.Mark })
}

func sameCode(a, b bitext.Code) bool { return a.Kind == b.Kind && a.ID == b.ID && a.Span == b.Span }

func sameTarget(a, b *bitext.Unit) bool {
	return a.Target == b.Target && slices.EqualFunc(a.TargetCodes, b.TargetCodes, sameCode)
}

// edit gives a unit of the original its target.
func (m *bilingualMerger) edit(u bitext.Unit) bitext.Unit {
	c := m.choose(&u)
	if len(c.units) == 0 {
		if blank(&u) {
			m.left(&u, u.Place)
		}
		return u
	}
	given := c.units[min(c.met, len(c.units)-1)]
	c.met++
	switch {
	case c.ambiguous:
		if c.met == 1 {
			m.Ambiguous++
			m.Problems = append(m.Problems, &bitext.Error{Code: "unit-ambiguous", Place: given.Place, Unit: given.ID, Want: given.Source})
		}
	case blank(&given):
		m.left(&u, given.Place)
	case sameTarget(&u, &given):
		m.Merged.Merged++
		if !locked(&u) {
			u.State, u.Place = max(u.State, given.State), given.Place
		}
	case locked(&u):
		m.Locked++
	default:
		return m.translated(u, &given)
	}
	return u
}

// blank reports whether a unit has no translation; white space translates only white space.
func blank(u *bitext.Unit) bool {
	return strings.TrimSpace(u.Target) == "" && strings.TrimSpace(u.Source) != ""
}

// locked reports whether tools are to leave the target of a unit alone.
func locked(u *bitext.Unit) bool {
	return u.State == bitext.Final || slices.ContainsFunc(u.Fields, func(f bitext.Field) bool {
		return f == bitext.Field{Name: "locked", Value: "yes"} || f == bitext.Field{Name: "unit.translate", Value: "no"}
	})
}

// translated is a unit of the original with a target, if its codes are those of the source.
// Marks stay where the original has them to be copied.
func (m *bilingualMerger) translated(u bitext.Unit, given *bitext.Unit) bitext.Unit {
	codes := given.TargetCodes
	if len(codes) == 0 {
		codes = bitext.ShownCodes(u.Source, unmarked(u.SourceCodes), given.Target)
	}
	fitted, fault := bitext.FitCodes(u.Source, u.SourceCodes, given.Target, codes)
	if fault != nil {
		fault.Place, fault.Unit = given.Place, given.ID
		m.refuse(fault)
		return u
	}
	out := u
	out.Target, out.State, out.Place, out.TargetCodes = given.Target, given.State, given.Place, nil
	if out.Languages.Target == language.Und {
		out.Languages.Target = cmp.Or(given.Languages.Target, m.target)
	}
	for _, c := range codes {
		if !c.Mark {
			c = u.SourceCodes[fitted[0].Index]
			c.Span, fitted = fitted[0].Span, fitted[1:]
		} else if !has(u.SourceCodes, c) && !has(u.TargetCodes, c) {
			continue
		}
		out.TargetCodes = append(out.TargetCodes, c)
	}
	m.Merged.Merged++
	return out
}

func has(codes []bitext.Code, c bitext.Code) bool {
	return slices.ContainsFunc(codes, func(o bitext.Code) bool { return o.Kind == c.Kind && o.ID == c.ID })
}

func (m *bilingualMerger) refuse(err error) {
	m.Refused++
	m.Problems = append(m.Problems, err)
}

// unwritten takes back a unit that edit has merged.
func (m *bilingualMerger) unwritten(err error) {
	m.Merged.Merged--
	m.refuse(err)
}

func (m *bilingualMerger) left(u *bitext.Unit, at bitext.Place) {
	m.Left = append(m.Left, &bitext.Error{Code: "unit-untranslated", Place: at, Unit: u.ID, Have: u.Source})
}

// unused tells of the units that were for none of the original; one without a translation
// has nothing to lose.
func (m *bilingualMerger) unused() {
	for i := range m.units {
		u := &m.units[i]
		if m.used[i] || blank(u) || u.Target == "" {
			continue
		}
		e := &bitext.Error{Code: "unit-unknown", Place: u.Place, Unit: u.ID, Want: u.Source}
		source, known := m.sources[u.ID]
		switch {
		case u.Document != "" && !m.documents[u.Document] && !m.documents[""]:
			e.Have = u.Document
			m.Unknown++
		case known || u.ID == "":
			e.Code, e.Have = "unit-stale", source
			m.Stale++
		default:
			m.Unknown++
		}
		m.Problems = append(m.Problems, e)
	}
}
