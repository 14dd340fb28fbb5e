package segment

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
	"unicode/utf8"

	"drogman/pipeline/bitext"
	"drogman/seeds/devdata"

	"golang.org/x/text/language"
)

// goldDoc is one text and the byte offsets at which its sentences begin.
type goldDoc struct {
	text   string
	starts []int
}

// readGold reads one set of gold sentence boundaries, or skips the test.
func readGold(t testing.TB, name string) []goldDoc {
	raw, err := os.ReadFile(devdata.Path(t, "segment", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Docs []struct {
			Text   string
			Starts []int // in code points
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	var docs []goldDoc
	for _, d := range file.Docs {
		doc := goldDoc{text: d.Text}
		runes := 0
		want := d.Starts
		for i := range d.Text {
			if len(want) > 0 && runes == want[0] {
				doc.starts, want = append(doc.starts, visible(d.Text, i)), want[1:]
			}
			runes++
		}
		docs = append(docs, doc)
	}
	return docs
}

// visible is the first visible byte at or after the offset.
func visible(text string, i int) int {
	return Trim(text, bitext.Span{Start: i, End: len(text)}).Start
}

// score is the tally of boundaries within documents.
type score struct{ right, wrong, missed int }

func (s score) f1() float64 { return 200 * float64(s.right) / float64(2*s.right+s.wrong+s.missed) }

// tally compares a segmenter's boundaries with the gold ones; each difference is shown.
func tally(docs []goldDoc, s *Segmenter, show func(kind, before, after string)) (sum score) {
	for _, d := range docs {
		var have []int
		for span := range s.Segments(d.text) {
			if at := visible(d.text, span.Start); span.Start > 0 && at < len(d.text) {
				have = append(have, at)
			}
		}
		for _, at := range have {
			if slices.Contains(d.starts, at) {
				sum.right++
			} else {
				sum.wrong++
				show("wrong", d.text[back(d.text, at):at], d.text[at:min(len(d.text), at+50)])
			}
		}
		for _, at := range d.starts[1:] {
			if !slices.Contains(have, at) {
				sum.missed++
				show("missed", d.text[back(d.text, at):at], d.text[at:min(len(d.text), at+50)])
			}
		}
	}
	return sum
}

func back(text string, i int) int {
	i = max(0, i-60)
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// TestQuality holds the boundary F1 on the development sets above a floor a little
// under what was measured (docs/quality.md).
func TestQuality(t *testing.T) {
	for _, c := range []struct {
		set    string
		lang   language.Tag
		layout Layout
		floor  float64
	}{
		{"fr_gsd.dev", language.French, Kept, 98.0},
		{"fr_gsd.dev", language.French, Detect, 99.2}, // the tie-breaker knows these sentences
		{"fr_gsd_p5.dev", language.French, Detect, 97.7},
		{"fr_sequoia.dev", language.French, Kept, 91.0},
		{"fr_sequoia.dev", language.French, Detect, 98.6}, // and these
		{"fr_sequoia_p5.dev", language.French, Detect, 90.5},
		{"fr_legal_constit.dev", language.French, Detect, 95.1},
		{"en_ewt.dev", language.English, Detect, 83.6},
		{"en_ewt_par.dev", language.English, Detect, 91.0},
	} {
		t.Run(c.set, func(t *testing.T) {
			s, err := New(c.lang, WithLayout(c.layout))
			if err != nil {
				t.Fatal(err)
			}
			sum := tally(readGold(t, c.set), s, func(kind, before, after string) {
				if testing.Verbose() {
					t.Logf("%s\t%q ║ %q", kind, before, after)
				}
			})
			t.Logf("F1 %.2f %+v", sum.f1(), sum)
			if sum.f1() < c.floor {
				t.Errorf("F1 %.2f, floor %.2f", sum.f1(), c.floor)
			}
		})
	}
}
