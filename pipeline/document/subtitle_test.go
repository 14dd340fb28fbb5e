package document

import (
	"slices"
	"testing"

	"drogman/pipeline/bitext"
)

var subtitleCases = []struct {
	name, file, text string
	want             []string
}{
	{"a sentence over two cues", "x.srt", "1\n00:00:01,000 --> 00:00:02,000\nIl est parti\n\n2\n00:00:02,000 --> 00:00:03,000\nhier soir.\n\n3\n00:00:03,000 --> 00:00:04,000\nFin.\n",
		[]string{"Il est parti{1:\n}hier soir.", "Fin."}},
	{"two lines, CRLF, tags", "x.srt", "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Oui,\r\npeut-être</i> <pas>.\r\n", []string{"{1}Oui,\npeut-être{/1} <pas>."}},
	{"dialogue", "x.srt", "1\n00:00:01,000 --> 00:00:02,000\nTu viens\n\n2\n00:00:02,000 --> 00:00:03,000\n- Non\n", []string{"Tu viens", "- Non"}},
	{"WebVTT", "x.vtt", "WEBVTT\n\nNOTE rien\n\nSTYLE\n::cue {}\n\nid\n00:01.000 --> 00:02.000 line:0\n<v Anne>Toi &amp; <00:01.500>moi</v>\n",
		[]string{"Toi & {1:}moi"}},
	{"no final line end", "x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nOui", []string{"Oui"}},
	{"header only", "x.vtt", "WEBVTT", nil},
}

func TestSubtitles(t *testing.T) {
	for _, c := range subtitleCases {
		t.Run(c.name, func(t *testing.T) {
			d := checkLaws(t, []byte(c.text), c.file, Options{})
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			checkRewritten(t, d)
		})
	}
}

// A translation without codes gets its cue ends in proportion.
func TestCueEndsAreSpread(t *testing.T) {
	d, _ := Open([]byte(subtitleCases[0].text), "x.srt", Options{})
	got := merged(t, d, func(b *Block) (string, []bitext.Code, bool) {
		return "He left yesterday evening.", nil, b.Text != "Fin."
	})
	const want = "1\n00:00:01,000 --> 00:00:02,000\nHe left yesterday\n\n2\n00:00:02,000 --> 00:00:03,000\nevening.\n\n3\n00:00:03,000 --> 00:00:04,000\nFin.\n"
	if string(got) != want {
		t.Errorf("got %q", got)
	}
}

func FuzzSubtitles(f *testing.F) {
	for _, c := range subtitleCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkLaws(t, data, "x.srt", Options{})
		checkLaws(t, data, "x.vtt", Options{})
	})
}
