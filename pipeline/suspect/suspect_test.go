package suspect

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"drogman/seeds/devdata"
)

var cases = []struct {
	text string
	want []string // code and what stands there
}{
	{"Paiement \u202e000,1\u202c euros\u2066.", []string{"text-bidi U+202E", "text-bidi U+202C", "text-bidi U+2066"}},
	{"\u2067قال\u2069 « oui »", nil},
	{"\u202bשלום\u202c, dit-il", nil},
	{"\u2067قال", []string{"text-bidi U+2067"}},
	{"قال\u200f: \u200eABC\u061c", nil}, // marks of direction
	{"می\u200cخواهم", nil},              // Persian needs it
	{"contr\u200bat, con\u00adtrat, con\u2060trat, co\u034fntrat", []string{"text-invisible U+200B", "text-invisible U+2060", "text-invisible U+034F"}},
	{"mot\u200b mot/\u200bmot", nil}, // places for a line to break
	{"👨\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", nil},
	{"a\U000e0041b \ufeffc", []string{"text-invisible U+E0041", "text-invisible U+FEFF"}},
	{"\u0441\u043entrat (cyrillique), contrat", []string{"text-mixed-script соntrat"}},
	{"Mос\u043aва", []string{"text-mixed-script Mосква"}}, // a Latin M
	{"Москва, Αθήνα, NF-κB, 5 μm, ΔT, γH2AX, iPhone’ы, Σx", nil},
	{"\u0391lep", []string{"text-mixed-script Αlep"}},
	{"caf\ufffd", []string{"text-damaged U+FFFD"}},
	{"DÃ©jÃ\u00a0 lâ\u0080\u0099Ã©tÃ©.", []string{"text-mojibake Ã©", "text-mojibake Ã\u00a0", "text-mojibake âU+0080U+0099", "text-mojibake Ã©", "text-mojibake Ã©",
		"text-control U+0080", "text-control U+0099"}},
	{"lâ€™Å“uvre, cÅ“ur, 10Â°, oui\u00a0: Â«\u00a0nonÂ\u00a0Â»", []string{"text-mojibake â€™", "text-mojibake Å“u", "text-mojibake Å“u", "text-mojibake 0Â°", "text-mojibake  Â«", "text-mojibake nÂ\u00a0"}},
	{"« LIBERTÉ », É…, NÃO, SÃO, « MANHÃ », „Å“, Å”, âge, ï, Â, à «\u00a0été\u00a0», “Å”", nil},
	{"a\x1b[2Jb\x07 l\u0092été", []string{"text-control U+001B", "text-control U+0007", "text-control U+0092"}},
	{"a\tb\r\nc\fd\u0085", nil},
	{"\ufffe\U0001ffff\ue000", []string{"text-noncharacter U+FFFE", "text-noncharacter U+1FFFF"}},
	{"L’œuvre — « où » : 5 € … ½ ﬁn N° 1ᵉʳ c’est-à-dire Ÿ Łódź Příliš", nil},
}

func TestFind(t *testing.T) {
	for _, c := range cases {
		var got []string
		for f := range Find(c.text) {
			got = append(got, f.Code+" "+f.Have)
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(c.want))
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", c.text, got, want)
		}
	}
}

// Real French and English texts (treebanks, a constitution, novels, news, statutes) hold
// nothing suspect.
func TestRealText(t *testing.T) {
	size := 0
	for _, folder := range []string{"segment", "align"} {
		err := filepath.WalkDir(devdata.Path(t, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			text := string(data)
			var gold struct{ Docs []struct{ Text string } }
			if json.Unmarshal(data, &gold) == nil {
				text = ""
				for _, d := range gold.Docs {
					text += d.Text + "\n"
				}
			}
			size += len(text)
			for line := range strings.Lines(text) {
				for f := range Find(line) {
					t.Errorf("%s: %+v in %q", path, f, line)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if size < 3<<20 {
		t.Errorf("only %d bytes", size)
	}
}

func BenchmarkFind(b *testing.B) {
	const sentence = "Le cessez-le-feu est entré en vigueur à Alep, a déclaré l’envoyé spécial ; « c’est un début ».\n"
	text := strings.Repeat(sentence, 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for f := range Find(text) {
			b.Fatal(f)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range cases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for f := range Find(text) {
			if f.Start < 0 || f.End <= f.Start || f.End > len(text) || !slices.Contains(Codes, f.Code) {
				t.Errorf("%q: %+v", text, f)
			}
		}
	})
}
