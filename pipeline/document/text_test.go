package document

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"drogman/pipeline/bitext"
)

var textCases = []struct {
	name, text string
	want       []string
}{
	{"empty", "", nil},
	{"one line", "Bonjour.", []string{"Bonjour."}},
	{"paragraphs", "Un.\n\nDeux.\r\n\r\n\tTrois. \n", []string{"Un.", "Deux.", "Trois."}},
	{"wrapped", "Le cessez-le-feu conclu hier soir\nà Genève n’a pas été respecté par\nles belligérants.\n",
		[]string{"Le cessez-le-feu conclu hier soir\nà Genève n’a pas été respecté par\nles belligérants."}},
	{"wrapped by hand", "Le ministre a déclaré lundi que la situation\nrestait préoccupante dans le nord du pays, où des combats ont repris.\n",
		[]string{"Le ministre a déclaré lundi que la situation\nrestait préoccupante dans le nord du pays, où des combats ont repris."}},
	{"a list without marks", "pommes\npoires\nune très longue ligne de fruits secs et confits\n",
		[]string{"pommes", "poires", "une très longue ligne de fruits secs et confits"}},
	{"wrapped, CRLF, indented", "  Le cessez-le-feu conclu hier soir\r\n  à Genève a tenu.\r\n", []string{"Le cessez-le-feu conclu hier soir\nà Genève a tenu."}},
	{"title over text", "Titre\nUn paragraphe assez long pour que le titre ait eu de la place.\n",
		[]string{"Titre", "Un paragraphe assez long pour que le titre ait eu de la place."}},
	{"list", "- un point de la liste\n- un autre point de liste\n", []string{"- un point de la liste", "- un autre point de liste"}},
	{"a line a paragraph", strings.Repeat("Très long. ", 20) + "\n" + strings.Repeat("Encore. ", 20),
		[]string{strings.TrimSpace(strings.Repeat("Très long. ", 20)), strings.TrimSpace(strings.Repeat("Encore. ", 20))}},
	{"placeholders", "Il y a {n} fichiers, %1$s et {{.X}}, 100 % de {mots sus}.\n", []string{"Il y a {1:{n}} fichiers, {2:%1$s} et {3:{{.X}}}, 100 % de {mots sus}."}},
	{"nothing but a placeholder", "{{content}}\n", []string{"{1:{{content}}}"}},
	{"form feed", "Un.\fDeux.", []string{"Un.", "Deux."}},
	{"paragraph separator", "Un.\u2029Deux.", []string{"Un.", "Deux."}},
	{"no-break spaces are text inside", "\u00a0Quoi\u00a0?\u00a0\n", []string{"Quoi\u00a0?"}},
}

func TestText(t *testing.T) {
	for _, c := range textCases {
		t.Run(c.name, func(t *testing.T) {
			d := checkLaws(t, []byte(c.text), "x.txt", Options{})
			if got := blocks(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			checkPseudo(t, d)
			var streamed []string
			for b, err := range Blocks(strings.NewReader(c.text), "x.txt", Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				streamed = append(streamed, show(b))
			}
			if !slices.Equal(streamed, c.want) {
				t.Errorf("streamed %q, want %q", streamed, c.want)
			}
		})
	}
}

func TestTextKeepsLineEnds(t *testing.T) {
	d, _ := Open([]byte("  Le cessez-le-feu conclu hier soir\r\n  à Genève a tenu.\r\n"), "x.txt", Options{})
	got := merged(t, d, func(b *Block) (string, []bitext.Code, bool) { return "The ceasefire\nheld.", nil, true })
	if want := "  The ceasefire\r\n  held.\r\n"; string(got) != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A line of many megabytes is cut, the same way streamed and in memory.
func TestOverlongLine(t *testing.T) {
	for _, text := range []string{strings.Repeat("Une phrase. ", 400_000), strings.Repeat("é", 2_000_001)} {
		d := checkLaws(t, []byte(text), "x.txt", Options{})
		if len(d.Blocks) < 4 {
			t.Errorf("%d blocks", len(d.Blocks))
		}
		i := 0
		for b, err := range Blocks(strings.NewReader(text), "x.txt", Options{}) {
			if err != nil || b.Text != d.Blocks[i].Text || b.ID != d.Blocks[i].ID || b.Span != d.Blocks[i].Span || len(b.Text) > maxLine {
				t.Fatal(i, b.ID, err)
			}
			i++
		}
	}
}

// endless gives numbered paragraphs, or one line without end, up to n bytes.
type endless struct {
	n, count int
	oneLine  bool
	rest     []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if e.n <= 0 {
		return 0, io.EOF
	}
	if len(e.rest) == 0 {
		e.count++
		e.rest = fmt.Appendf(nil, "%d %s", e.count, strings.Repeat(sentence, 6))
		if !e.oneLine {
			e.rest = append(e.rest, "\n\n"...)
		}
	}
	k := copy(p, e.rest)
	e.rest, e.n = e.rest[k:], e.n-k
	return k, nil
}

// A text of any size, even on one line, is streamed in memory that does not grow with it.
func TestStreamsInBoundedMemory(t *testing.T) {
	const size = 64 << 20
	for _, oneLine := range []bool{false, true} {
		var most, text uint64
		n := 0
		for b, err := range Blocks(&endless{n: size, oneLine: oneLine}, "x.txt", Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			text += uint64(len(b.Text))
			if n++; n%10000 == 0 || oneLine {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}
		if text < size*9/10 || most > 48<<20 {
			t.Errorf("%d blocks of %d MiB held %d MiB", n, text>>20, most>>20)
		}
		t.Logf("%d blocks of %d MiB held %d MiB", n, text>>20, most>>20)
	}
}

func TestIDsAreStable(t *testing.T) {
	before, _ := Open([]byte("Un.\n\nDeux.\n\nUn.\n"), "x.txt", Options{})
	after, _ := Open([]byte("Zéro.\n\nUn.\n\nDeux.\n\nUn.\n"), "x.txt", Options{})
	for i, b := range before.Blocks {
		if after.Blocks[i+1].ID != b.ID {
			t.Errorf("%q was %s, became %s", b.Text, b.ID, after.Blocks[i+1].ID)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, c := range textCases {
		f.Add([]byte(c.text))
	}
	f.Add([]byte("\xff\xfea\x00\r\x00\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := checkLaws(t, data, "x.txt", Options{})
		if d == nil {
			return
		}
		n := 0
		for b, err := range Blocks(strings.NewReader(string(data)), "x.txt", Options{}) {
			if err != nil || b.ID != d.Blocks[n].ID {
				t.Fatalf("streamed block %d: %q, %v", n, b.Text, err)
			}
			n++
		}
	})
}
