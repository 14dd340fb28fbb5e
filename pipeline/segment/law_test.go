package segment

import (
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"drogman/pipeline/bitext"

	"golang.org/x/text/language"
)

// spans are the segments without the white space at their ends, and without those that
// are nothing else.
func spans(s *Segmenter, text string) (list []bitext.Span) {
	for span := range s.Segments(text) {
		if span = Trim(text, span); span.Len() > 0 {
			list = append(list, span)
		}
	}
	return list
}

// FuzzLaws holds the laws of the package comment for any text whatever.
func FuzzLaws(f *testing.F) {
	var all []*Segmenter
	for _, lang := range []language.Tag{language.French, language.English, language.Japanese} {
		for _, layout := range []Layout{Detect, Kept, Flat} {
			s, err := New(lang, WithLayout(layout), WithBreak("zz|"), WithNoBreak("yy.|"))
			if err != nil {
				f.Fatal(err)
			}
			all = append(all, s)
		}
	}
	for _, list := range cases {
		for _, c := range list {
			text := strings.ReplaceAll(c.text, "‖", "")
			f.Add(text, text, uint8(0))
			f.Add(text, strings.ReplaceAll(text, "\n", " "), uint8(2))
		}
	}
	f.Add(strings.Repeat("ab ", MaxSegment/2), "c", uint8(1))
	f.Add(strings.Repeat("\x80", 2*MaxSegment), "", uint8(0))
	f.Add(strings.Repeat("a", 16*MaxSegment), "", uint8(1))
	f.Add(" \f zz \t. ", "\r\n \u00A0\n\xff", uint8(5))
	f.Fuzz(func(t *testing.T, a, b string, which uint8) {
		s := all[int(which)%len(all)]
		checkTiling(t, s, a)
		if have, want := spans(s, a+"\n"), spans(s, a); !slices.Equal(have, want) {
			t.Errorf("a final line break changes %v to %v", want, have)
		}
		checkParagraphs(t, s, a, b)
		checkStream(t, s, a+b)
	})
}

func checkTiling(t *testing.T, s *Segmenter, text string) {
	at := 0
	for span := range s.Segments(text) {
		if span.Start != at || span.End <= at {
			t.Fatalf("segment %v begins where none ended (%d)", span, at)
		}
		at = span.End
	}
	if at != len(text) {
		t.Fatalf("the last segment ends at %d of %d", at, len(text))
	}
}

// checkParagraphs: two paragraphs are segmented as each would be alone.
func checkParagraphs(t *testing.T, s *Segmenter, a, b string) {
	if max(len(a), len(b)) > MaxSegment/2 {
		return // a run of white space may be cut
	}
	want := spans(s, a)
	for _, span := range spans(s, b) {
		want = append(want, bitext.Span{Start: span.Start + len(a) + 2, End: span.End + len(a) + 2})
	}
	if have := spans(s, a+"\n\n"+b); !slices.Equal(have, want) {
		t.Errorf("two paragraphs together %v, apart %v: %q", have, want, a+"\n\n"+b)
	}
}

// checkStream: a stream has the segments of the whole.
func checkStream(t *testing.T, s *Segmenter, text string) {
	want := slices.Collect(s.Segments(text))
	var have []bitext.Span
	for segment, err := range s.scan(iotest.HalfReader(strings.NewReader(text)), 97+len(text)/8) {
		if err != nil {
			t.Fatal(err)
		}
		if segment.Text != text[segment.Start:segment.End] {
			t.Fatalf("text %q is not that of its span", segment.Text)
		}
		have = append(have, bitext.Span{Start: int(segment.Start), End: int(segment.End)})
	}
	if !slices.Equal(have, want) {
		t.Errorf("stream %v, memory %v", have, want)
	}
}

// TestStreamOfGold: the window may slide anywhere over real text.
func TestStreamOfGold(t *testing.T) {
	s, err := New(language.French)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{"fr_gsd.dev", "fr_legal_constit.dev"} {
		var all strings.Builder
		for _, d := range readGold(t, set) {
			all.WriteString(d.text + "\n")
		}
		checkStream(t, s, all.String())
	}
}

// TestPathological: repeats that make a segmenter look far again and again take no more
// than linear time. A tenth of the repeats bounds what the whole may take.
func TestPathological(t *testing.T) {
	for _, piece := range []string{
		"M. ", ". . .", "« ", "« »", "((((", ". ", ".", "...", "!", " ", "\n", "\t", "\n ", "a\n", "\" ", ". \" ",
		"A", "A ", "L'", "1. ", "- ", "… ", "é. ", "\u00A0", "\u2028", "[…] ", "Ab ", ".)", ". »",
	} {
		for _, layout := range []Layout{Kept, Flat} {
			s, err := New(language.French, WithLayout(layout))
			if err != nil {
				t.Fatal(err)
			}
			few := elapsed(s, strings.Repeat(piece, 6_000), 3, 0)
			limit := 40*few + 200*time.Millisecond
			if many := elapsed(s, strings.Repeat(piece, 60_000), 12, limit); many > limit {
				t.Errorf("%q: %v for 6,000, %v for 60,000", piece, few, many)
			}
		}
	}
}

// elapsed is the shortest of some runs, or the first that takes no more than enough: other
// work on the machine only makes one longer.
func elapsed(s *Segmenter, text string, runs int, enough time.Duration) time.Duration {
	best := time.Hour
	for range runs {
		start := time.Now()
		for range s.Segments(text) {
		}
		if best = min(best, time.Since(start)); best <= enough {
			break
		}
	}
	return best
}

// TestNoAllocation: a segment costs no allocation, only a walk does.
func TestNoAllocation(t *testing.T) {
	for _, layout := range []Layout{Kept, Flat} {
		s, err := New(language.French, WithLayout(layout))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Repeat("M. Dupont est venu, etc. Il est reparti ; Paul aussi. ", 500)
		got := testing.AllocsPerRun(5, func() {
			for range s.Segments(text) {
			}
		})
		if got > 3 {
			t.Errorf("layout %d: %v allocations", layout, got)
		}
	}
}
