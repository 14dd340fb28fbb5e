package bitext

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// A table (TSV, CSV, XLSX) begins with a row of column names. The writer's columns are
//
//	id source target document state note FIELD… more
//
// with a column for each field named in Header.Columns, or else carried by the first
// unit. What has no column of its own is in more, as one JSON object with the keys of
// JSONL; it is empty for most units. note holds a unit's only note; several, or one with
// a category or author, stand in more as well. The cells of a unit with codes show them as
// tags (see tags.go), and more says what they are. The reader needs source, takes the columns
// in any order and in any case of letters, and makes a field of each column it does not know.
// Where there is no source, the columns of the languages asked for are source and target. An
// empty state is that of a file which says nothing of states.

var tableColumns = []string{"id", "source", "target", "document", "state", "note"}

// tableLayout turns units into rows of cells and back.
type tableLayout struct {
	columns []string // all of them, in order
	index   map[string]int
}

func newTableLayout(columns []string) *tableLayout {
	t := &tableLayout{columns: columns, index: map[string]int{}}
	for i, c := range columns {
		t.index[c] = i
	}
	return t
}

// layoutFor is the layout of a new table whose first unit is u.
func layoutFor(h Header, u *Unit) *tableLayout {
	columns := slices.Clone(tableColumns)
	fields := h.Columns
	if fields == nil && u != nil {
		for _, f := range u.Fields {
			fields = append(fields, f.Name)
		}
	}
	for _, name := range fields {
		if known := columnName(name); known != "" && known == name && !slices.Contains(columns, name) && name != "more" {
			columns = append(columns, name)
		}
	}
	return newTableLayout(append(columns, "more"))
}

// row makes the cells of a unit. Fields stand in their columns if that gives them back in
// their order (each name once, no value empty); otherwise they go to more.
func (t *tableLayout) row(u *Unit) []string {
	cells := make([]string, len(t.columns))
	shown, rest := beside(u)
	cells[0], cells[1], cells[2], cells[3] = u.ID, shown.Source, shown.Target, u.Document
	if u.State != Initial || u.Target != "" {
		cells[4] = u.State.String()
	}
	rest.Terms, rest.Start, rest.End = nil, nil, nil
	var notes []string
	for _, n := range u.Notes {
		notes = append(notes, n.Text)
	}
	cells[5] = strings.Join(notes, "\n")
	if len(u.Notes) == 1 && u.Notes[0] == (Note{Text: cells[5]}) && cells[5] != "" {
		rest.Notes = nil
	}
	if t.columnsHold(u.Fields) {
		for _, f := range u.Fields {
			cells[t.index[f.Name]] = f.Value
		}
		rest.Fields = nil
	}
	if more := encodeRest(rest); more != "{}" {
		cells[len(cells)-1] = more
	}
	return cells
}

func encodeRest(rest besideCells) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.Encode(rest)
	return strings.TrimSuffix(b.String(), "\n")
}

func (t *tableLayout) columnsHold(fields []Field) bool {
	last := len(tableColumns) - 1
	for _, f := range fields {
		i, ok := t.index[f.Name]
		if !ok || i <= last || i == len(t.columns)-1 || f.Value == "" {
			return false
		}
		last = i
	}
	return true
}

// rowCodes is what else a row says, for writing into it: how its codes stand, and more.
type rowCodes struct {
	*cellCodes
	rest   besideCells
	stated bool // the row has a state
}

// unit makes a unit of a row; place is where the row begins.
func (t *tableLayout) unit(cells []string, place Place) (Unit, rowCodes, error) {
	u := Unit{Place: place}
	if len(cells) > len(t.columns) {
		if rest := strings.Join(cells[len(t.columns):], "\t"); strings.Trim(rest, "\t") != "" {
			return u, rowCodes{}, &Error{Code: "table-cells", Place: place, Have: rest}
		}
		cells = cells[:len(t.columns)]
	}
	more, stated := "", false
	for i, cell := range cells {
		switch t.columns[i] {
		case "id":
			u.ID = cell
		case "source":
			u.Source = cell
		case "target":
			u.Target = cell
		case "document":
			u.Document = cell
		case "note":
			if cell != "" {
				u.Notes = []Note{{Text: cell}}
			}
		case "state":
			state, ok := ParseState(cell)
			if !ok && cell != "" {
				return u, rowCodes{}, &Error{Code: "table-state", Place: place, Unit: u.ID, Have: shown(cell), Want: strings.Join(stateNames[:], ", ")}
			}
			u.State, stated = state, ok
		case "more":
			more = cell
		default:
			if cell != "" {
				u.Fields = append(u.Fields, Field{t.columns[i], cell})
			}
		}
	}
	codes, err := t.addMore(&u, more)
	if codes.stated = stated; !stated {
		u.State = defaultState(u.Target)
	}
	return u, codes, err
}

func (t *tableLayout) addMore(u *Unit, more string) (codes rowCodes, err error) {
	if more == "" {
		codes.cellCodes = codesOfCells(u)
		return codes, nil
	}
	if err := json.Unmarshal([]byte(more), &codes.rest); err != nil {
		return codes, &Error{Code: "more-syntax", Place: u.Place, Unit: u.ID, Have: more, Err: err}
	}
	notes, fields := u.Notes, u.Fields
	u.Notes = nil
	var have, want string
	if codes.cellCodes, have, want = codes.rest.fill(u); want != "" {
		return codes, &Error{Code: "more-syntax", Place: u.Place, Unit: u.ID, Have: have, Want: want}
	}
	if u.Notes == nil {
		u.Notes = notes
	}
	u.Fields = append(fields, u.Fields...)
	return codes, nil
}

// tableSite is where the cells of target, state and more stand; write makes a cell.
type tableSite struct {
	target, state, more Span
	write               func(string) string
	codes               rowCodes
}

func (s *tableSite) cuts(_ []byte, old, changed *Unit) ([]cut, error) {
	var list []cut
	cell, spans, err := s.codes.target(changed)
	if err != nil {
		return nil, err
	}
	if !sameText(old, changed) {
		if s.target.Start < 0 {
			return nil, &Error{Code: "splice-no-place", Place: changed.Place, Unit: changed.ID, Have: "target"}
		}
		list = append(list, cut{s.target, s.write(cell)})
	}
	if s.codes.tags == nil && len(old.TargetCodes)+len(spans) > 0 {
		s.codes.rest.TargetCodes = jsonCodes(spans)
		list = append(list, cut{s.more, s.write(encodeRest(s.codes.rest))})
	}
	unsaid := !s.codes.stated && changed.State != defaultState(changed.Target)
	if (changed.State != old.State || unsaid) && s.state.Start >= 0 {
		list = append(list, cut{s.state, s.write(changed.State.String())})
	}
	slices.SortFunc(list, func(a, b cut) int { return a.at.Start - b.at.Start })
	return list, nil
}

// site makes a row's site; at is where the row stands, cells where they stand in it.
func (t *tableLayout) site(at int64, cells []Span, codes rowCodes, write func(string) string) *tableSite {
	span := func(column string) Span {
		i, ok := t.index[column]
		if !ok || i >= len(cells) {
			return Span{-1, -1}
		}
		return Span{int(at) + cells[i].Start, int(at) + cells[i].End}
	}
	return &tableSite{span("target"), span("state"), span("more"), write, codes}
}

// TSV: UTF-8, a row a line, cells between tabs. In a cell a tab is written \t, a line
// feed \n, a carriage return \r and a backslash \\; a backslash before anything else
// stands for itself.

type tsvWriter struct {
	out    *bufio.Writer
	header Header
	layout *tableLayout
}

func writeTSV(w io.Writer, h Header) Writer {
	return &tsvWriter{out: bufio.NewWriterSize(w, 64<<10), header: h}
}

func (w *tsvWriter) Write(u Unit) error {
	if w.layout == nil {
		w.layout = layoutFor(w.header, &u)
		w.row(w.layout.columns)
	}
	return w.row(w.layout.row(&u))
}

func (w *tsvWriter) row(cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			w.out.WriteByte('\t')
		}
		tsvEscaper.WriteString(w.out, cell)
	}
	return w.out.WriteByte('\n')
}

var tsvEscaper = strings.NewReplacer("\t", `\t`, "\n", `\n`, "\r", `\r`, `\`, `\\`)

func (w *tsvWriter) Close() error {
	if w.layout == nil {
		w.row(layoutFor(w.header, nil).columns)
	}
	return w.out.Flush()
}

func tsvUnescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case '\\':
			b.WriteByte('\\')
		default:
			b.WriteByte('\\')
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func readTSV(in *input, yield func(Unit, error) bool) {
	if err := in.decodeText(nil); err != nil {
		yield(Unit{}, err)
		return
	}
	in.findLineEnd()
	var layout *tableLayout
	notUTF8 := false
	for {
		line, err := in.readLine()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil && len(line) == 0 {
			continue
		}
		if e := (*Error)(nil); errors.As(err, &e) && e.Code == "file-not-utf8" {
			if notUTF8 { // a table saved in another encoding is one fault, not one for each row
				continue
			}
			notUTF8 = true
		}
		var cells []string
		var spans []Span
		at := 0
		for cell := range strings.SplitSeq(string(line), "\t") {
			cells = append(cells, tsvUnescape(cell))
			spans = append(spans, Span{at, at + len(cell)})
			at += len(cell) + 1
		}
		if layout == nil {
			if err == nil {
				layout, err = readLayout(cells, in.options.Languages, in.place(0))
			}
			if err != nil {
				yield(Unit{}, err)
				return
			}
			continue
		}
		var u Unit
		var codes rowCodes
		if err == nil {
			u, codes, err = layout.unit(cells, in.place(0))
		}
		if in.whole != nil && err == nil {
			in.site = layout.site(in.off, spans, codes, tsvEscaper.Replace)
		}
		if !yield(u, err) || line == nil {
			return
		}
	}
}

// readLayout makes a layout of a header row. Columns without a name may be several: a
// spreadsheet leaves them at the end.
func readLayout(header []string, wanted Languages, place Place) (*tableLayout, error) {
	columns := make([]string, len(header))
	for i, c := range header {
		columns[i] = columnName(c)
	}
	if !slices.Contains(columns, "source") {
		nameByLanguage(columns, wanted)
	}
	seen := map[string]bool{}
	for i, c := range columns {
		if c != "" && seen[c] {
			return nil, &Error{Code: "table-column-repeated", Place: place, Have: header[i]}
		}
		seen[c] = true
	}
	if !seen["source"] {
		return nil, &Error{Code: "table-header", Place: place, Have: strings.Join(header, " "), Want: "id source target"}
	}
	return newTableLayout(columns), nil
}

// columnName is a column's name: one of ours, in whatever case of letters, or another as it is.
func columnName(name string) string {
	lower := strings.ToLower(strings.TrimSpace(name))
	if lower == "more" || slices.Contains(tableColumns, lower) {
		return lower
	}
	return name
}

// nameByLanguage names the columns of two languages source and target.
func nameByLanguage(columns []string, wanted Languages) {
	for i, c := range columns {
		tag := tagString(parseLanguage(strings.ReplaceAll(strings.TrimSpace(c), "_", "-")))
		switch {
		case tag == "":
		case tag == tagString(wanted.Source):
			columns[i] = "source"
		case tag == tagString(wanted.Target):
			columns[i] = "target"
		}
	}
}
