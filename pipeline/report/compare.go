package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"drogman/pipeline/check"
)

// Delivery is one of two translations that are compared.
type Delivery struct {
	Name   string         `json:"name"`
	Scores check.Scores   `json:"scores"`
	Counts map[string]int `json:"counts"` // errors and warnings, by code
}

// Compare writes two deliveries side by side, as text or json: the scores, the findings
// by rule, and the concepts that the two treat differently.
func Compare(w io.Writer, format string, o Options, a, b Delivery) error {
	switch format {
	case "json":
		data, err := marshal(map[string]Delivery{"a": a, "b": b})
		if err == nil {
			_, err = fmt.Fprintf(w, "%s\n", data)
		}
		return err
	case "text":
		return compareText(w, o, a, b)
	}
	return ErrFormat
}

func compareText(w io.Writer, o Options, a, b Delivery) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	percent := func(x float64) string { return o.Say("report.percent", map[string]any{"Have": 100 * x}) }
	row := func(name, x, y string) { fmt.Fprintf(t, "%s\t%s\t%s\n", visible(name), x, y) }
	row("", visible(a.Name), visible(b.Name))
	row(o.Say("report.success", nil), percent(a.Scores.Success), percent(b.Scores.Success))
	row(o.Say("report.consistency", nil), percent(a.Scores.Consistency), percent(b.Scores.Consistency))
	codes := maps.Clone(a.Counts)
	maps.Copy(codes, b.Counts)
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		row(code, fmt.Sprint(a.Counts[code]), fmt.Sprint(b.Counts[code]))
	}
	for _, d := range differences(a.Scores, b.Scores) {
		row(d.concept, fmt.Sprintf("%d/%d", d.a.Answered, d.a.Terms), fmt.Sprintf("%d/%d", d.b.Answered, d.b.Terms))
	}
	return t.Flush()
}

type difference struct {
	concept string
	a, b    check.ConceptScore
}

// differences are the concepts answered more often by one than by the other, by ID.
func differences(a, b check.Scores) []difference {
	both := map[string]*difference{}
	at := func(id string) *difference {
		if both[id] == nil {
			both[id] = &difference{concept: id}
		}
		return both[id]
	}
	for _, c := range a.Concepts {
		at(c.Concept).a = c
	}
	for _, c := range b.Concepts {
		at(c.Concept).b = c
	}
	var list []difference
	for _, id := range slices.Sorted(maps.Keys(both)) {
		if d := both[id]; d.a.Answered != d.b.Answered || d.a.Terms != d.b.Terms {
			list = append(list, *d)
		}
	}
	return list
}
