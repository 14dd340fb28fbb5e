package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"drogman/locales"
	"drogman/pipeline"
	"drogman/pipeline/align"
	"drogman/pipeline/align/words"
)

// report tells on stderr what came out: how many beads of each kind, how sure, what has no
// partner, which places to look at, and whether the texts seem to be translations at all.
// If they do not, it returns errFindings.
func (j *alignJob) report(a *alignment) error {
	j.summary(a)
	switch {
	case len(a.beads) == 0:
		return nil
	case slices.Equal(a.source, a.target):
		j.narrate("align-identical", locales.M{"Source": a.pair.source, "Target": a.pair.target})
		return nil
	case align.Unrelated(a.beads):
		j.complain(&fault{id: "align-unrelated", values: locales.M{"Source": a.pair.source, "Target": a.pair.target}})
		return errFindings
	}
	j.doubtLanguages(a)
	j.tellAll(a)
	return nil
}

// doubtLanguages tells of texts that are plainly not in the languages they are said to be in.
func (j *alignJob) doubtLanguages(a *alignment) {
	said := j.languages
	source, target := words.Fitting(said.Source, said.Target, a.source, a.target)
	switch {
	case sameBase(source, said.Source) && sameBase(target, said.Target):
	case sameBase(source, said.Target) && sameBase(target, said.Source):
		j.narrate("align-exchanged", locales.M{"Source": a.pair.source, "Target": a.pair.target})
	default:
		j.narrate("align-other-languages", locales.M{"Source": a.pair.source, "Target": a.pair.target, "From": source, "To": target})
	}
}

// summary is one line on the whole.
func (j *alignJob) summary(a *alignment) {
	if len(a.beads) == 0 {
		j.narrate("align-empty", locales.M{"Source": a.pair.source, "Target": a.pair.target})
		return
	}
	kinds := map[string]int{}
	sum := 0.0
	for _, b := range a.beads {
		kinds[pipeline.Shape(b)]++
		sum += b.Confidence
	}
	names := slices.SortedFunc(maps.Keys(kinds), func(x, y string) int {
		return cmp.Or(cmp.Compare(kinds[y], kinds[x]), strings.Compare(x, y))
	})
	for i, n := range names {
		names[i] = fmt.Sprintf("%s × %d", n, kinds[n])
	}
	j.narrate("align-summary", locales.M{
		"Source": a.pair.source, "Target": a.pair.target, "Count": len(a.beads),
		"Kinds": strings.Join(names, ", "), "Percent": percent(sum / float64(len(a.beads))),
	})
}

// tellAll names the places to look at.
func (j *alignJob) tellAll(a *alignment) {
	passages := a.passages()
	j.tellGaps(a, passages[align.Omitted], passages[align.Added])
	j.tellPlaces(passages[align.Moved], "align-moved-more", func(p passage) {
		j.narrate("align-moved", locales.M{
			"Place": a.sourcePlace(p), "There": a.targetPlace(p), "Count": p.source.Len(), "Text": a.excerpt(p),
		})
	})
	j.tellPlaces(a.doubtful(), "align-suspicious-more", func(p passage) {
		j.narrate("align-suspicious", locales.M{
			"Place": a.sourcePlace(p), "There": a.targetPlace(p), "Kind": fmt.Sprintf("%d-%d", p.source.Len(), p.target.Len()),
			"Percent": percent(p.confidence), "Text": a.excerpt(p),
		})
	})
}

func percent(share float64) string { return fmt.Sprintf("%.0f", 100*share) }

// tellGaps says what has no translation and what translates nothing.
func (j *alignJob) tellGaps(a *alignment, omitted, added []passage) {
	if len(omitted)+len(added) == 0 {
		return
	}
	sources, targets := 0, 0
	for _, p := range omitted {
		sources += p.source.Len()
	}
	for _, p := range added {
		targets += p.target.Len()
	}
	j.narrate("align-gaps", locales.M{
		"Omitted": sources, "Sources": len(a.source), "Added": targets, "Targets": len(a.target),
	})
	j.tellPlaces(omitted, "align-omitted-more", func(p passage) {
		j.narrate("align-omitted", locales.M{"Place": a.sourcePlace(p), "Count": p.source.Len(), "Percent": percent(p.confidence), "Text": a.excerpt(p)})
	})
	j.tellPlaces(added, "align-added-more", func(p passage) {
		j.narrate("align-added", locales.M{"Place": a.targetPlace(p), "Count": p.target.Len(), "Percent": percent(p.confidence), "Text": a.excerpt(p)})
	})
	if !j.crossing && long(omitted) && long(added) {
		j.narrate("align-try-crossing", nil)
	}
}

func long(passages []passage) bool {
	return slices.ContainsFunc(passages, func(p passage) bool { return p.source.Len()+p.target.Len() > 1 })
}

// So many places of each sort are told, of a batch's pair and of a single one; -v tells all.
const (
	placesOfMany = 2
	placesOfOne  = 5
)

// tellPlaces tells of the first few places, and how many more there are.
func (j *alignJob) tellPlaces(places []passage, more string, tell func(passage)) {
	most := placesOfOne
	switch {
	case j.verbose:
		most = len(places)
	case j.outFolder != "":
		most = placesOfMany
	}
	for _, p := range places[:min(len(places), most)] {
		tell(p)
	}
	if n := len(places) - most; n > 0 {
		j.narrate(more, locales.M{"Count": n})
	}
}

// passage is neighbouring beads that are told of as one.
type passage struct {
	source, target align.Span
	confidence     float64 // the mean of the beads'
	beads          int
}

// passages are the omitted, added and moved passages, those with most sentences that are
// surely so first.
func (a *alignment) passages() map[align.Kind][]passage {
	out := map[align.Kind][]passage{}
	last := align.Matched
	for _, b := range a.beads {
		if b.Kind != align.Matched {
			out[b.Kind] = extended(out[b.Kind], b, last == b.Kind)
		}
		last = b.Kind
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(x, y passage) int {
			size := func(p passage) float64 { return float64(p.source.Len()+p.target.Len()) * p.confidence }
			return cmp.Compare(size(y), size(x))
		})
	}
	return out
}

// extended adds a bead to the last passage if it goes on on both sides, else as a new one.
func extended(list []passage, b align.Bead, goesOn bool) []passage {
	if n := len(list); goesOn && list[n-1].source.End == b.Source.Start && list[n-1].target.End == b.Target.Start {
		p := &list[n-1]
		p.source.End, p.target.End = b.Source.End, b.Target.End
		p.confidence = (p.confidence*float64(p.beads) + b.Confidence) / float64(p.beads+1)
		p.beads++
		return list
	}
	return append(list, passage{b.Source, b.Target, b.Confidence, 1})
}

// suspicion is the confidence under which a bead of both sides is to be looked at.
const suspicion = .5

// doubtful are the beads of both sides that are probably wrong, the least sure first.
func (a *alignment) doubtful() (out []passage) {
	for _, b := range a.beads {
		if b.Confidence < suspicion && b.Source.Len() > 0 && b.Target.Len() > 0 {
			out = append(out, passage{b.Source, b.Target, b.Confidence, 1})
		}
	}
	slices.SortStableFunc(out, func(x, y passage) int { return cmp.Compare(x.confidence, y.confidence) })
	return out
}

// sourcePlace and targetPlace are the file of a side and the line on which a passage begins
// there.
func (a *alignment) sourcePlace(p passage) string {
	return lineOf(a.pair.source, a.sourceLine(p.source.Start))
}

func (a *alignment) targetPlace(p passage) string {
	return lineOf(a.pair.target, a.targetLine(p.target.Start))
}

func lineOf(file string, line int) string { return strings.TrimSuffix(place(file, line, 0), ": ") }

// excerpt is the beginning of the passage, in the source if it is there.
func (a *alignment) excerpt(p passage) string {
	const most = 60 // characters
	text := ""
	if p.source.Len() > 0 {
		text = a.source[p.source.Start]
	} else {
		text = a.target[p.target.Start]
	}
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }), " ")
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most])
		if at := strings.LastIndex(text, " "); at > len(text)/2 {
			text = text[:at]
		}
		text += " …"
	}
	return text
}
