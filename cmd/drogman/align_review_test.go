package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"drogman/pipeline/align"
)

// The review page in a real browser: keys are pressed by a script that the test adds, and
// what the page would save is read out of the page. Skipped where no browser is installed.
func TestReviewPage(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser starts")
	}
	source := []string{"Un.", "Deux.", "Trois </script><b>.", "Quatre."}
	target := []string{"One.", "Two.", "Three & four.", "Five."}
	var beads []align.Bead
	for i, confidence := range []float64{.99, .8, .1, .95} {
		beads = append(beads, align.Bead{Source: span(i, i+1), Target: span(i, i+1), Confidence: confidence})
	}
	page := reviewPage(t, source, target, beads)
	if !strings.Contains(dump(t, page), "Trois &lt;/script&gt;") {
		t.Error("under its own policy the page's script does not show the sentences")
	}
	reviewed(t, page, source, target, []review{
		{"g", []align.Bead{{Source: span(2, 3), Target: span(2, 3)}}}, // the page opens at the least sure
		{"m", []align.Bead{{Source: span(2, 4), Target: span(2, 4)}}},
		{"M", []align.Bead{{Source: span(1, 3), Target: span(1, 3)}}},
		{"ms", []align.Bead{{Source: span(2, 3), Target: span(2, 3)}, {Source: span(3, 4), Target: span(3, 4)}}},
		{"s", []align.Bead{{Source: span(2, 3), Target: span(2, 2)}, {Source: span(3, 3), Target: span(2, 3)}}},
		{"]", []align.Bead{{Source: span(2, 4), Target: span(2, 3)}, {Source: span(4, 4), Target: span(3, 4)}}},
		{"k>", []align.Bead{{Source: span(1, 2), Target: span(1, 3)}, {Source: span(2, 3), Target: span(3, 3)}}},
		{"mu", nil},
		{"mgUuu", nil},
		{"muU", []align.Bead{{Source: span(2, 4), Target: span(2, 4)}}},
		{"mkjg", []align.Bead{{Source: span(2, 4), Target: span(2, 4)}}}, // g takes no decision back
		{"mx", nil},
		{"ng", []align.Bead{{Source: span(1, 2), Target: span(1, 2)}}}, // n passes over what one is not sure of
		{"npg", []align.Bead{{Source: span(2, 3), Target: span(2, 3)}}},
		{"jong", []align.Bead{{Source: span(1, 2), Target: span(1, 2)}}},                                         // round the end of the text
		{"gg", []align.Bead{{Source: span(1, 2), Target: span(1, 2)}, {Source: span(2, 3), Target: span(2, 3)}}}, // on to the next doubtful
	})
}

// A moved passage is merged with nothing, and split it is two gaps, each in its place.
func TestReviewMoved(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser starts")
	}
	source := []string{"Trois.", "Un.", "Deux."}
	target := []string{"One.", "Two.", "Three."}
	moved := align.Bead{Source: span(0, 1), Target: span(2, 3), Kind: align.Moved, Confidence: .5}
	beads := []align.Bead{moved, {Source: span(1, 2), Target: span(0, 1), Confidence: 1}, {Source: span(2, 3), Target: span(1, 2), Confidence: 1}}
	reviewed(t, reviewPage(t, source, target, beads), source, target, []review{
		{"m>", nil},
		{"g", []align.Bead{moved}},
		{"s", []align.Bead{{Source: span(0, 1), Target: span(0, 0)}, {Source: span(3, 3), Target: span(2, 3)}}},
		{"su", nil},
	})
}

func span(i, j int) align.Span { return align.Span{Start: i, End: j} }

// reviewPage is the page of an alignment.
func reviewPage(t *testing.T, source, target []string, beads []align.Bead) string {
	t.Helper()
	var page bytes.Buffer
	job := &alignJob{world: testWorld(t), alignOptions: &alignOptions{}}
	if err := job.writeReview(&page, &alignment{source: source, target: target, beads: beads}); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// review is some keys and the beads that are decided once they are pressed.
type review struct {
	keys string
	want []align.Bead
}

// reviewed presses the keys of each case on a fresh page.
func reviewed(t *testing.T, page string, source, target []string, cases []review) {
	t.Helper()
	var keys []string
	for _, c := range cases {
		keys = append(keys, c.keys)
	}
	for i, got := range press(t, page, keys) {
		want := align.Decide(source, target, cases[i].want)
		if g, w := fmt.Sprint(got.Beads), fmt.Sprint(want.Beads); g != w {
			t.Errorf("keys %q save\n%s, want\n%s", cases[i].keys, g, w)
		}
	}
}

func testWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(strings.NewReader(""), io.Discard, io.Discard, os.Getenv)
	w.main([]string{"version"})
	return w
}

func findBrowser(t *testing.T) string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no browser to open the page in: install chromium")
	return ""
}

var policyLine = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// press opens the page, and for each case presses its keys and returns the decisions.
func press(t *testing.T, page string, cases []string) []align.Decisions {
	t.Helper()
	list, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	driver := `<script>
const saved_ = ` + string(list) + `.map((keys) => {
  edit({ at: 0, removed: [...beads], added: data.beads });
  past = []; future = []; textOrder = false;
  go(suspects()[0]);
  for (const key of keys) document.dispatchEvent(new KeyboardEvent("keydown", { key }));
  return decisions();
});
const out = document.createElement("pre"); out.id = "out"; out.textContent = JSON.stringify(saved_); document.body.append(out);
</script></html>`
	page = policyLine.ReplaceAllString(page, "") // it forbids the driver, as it should
	dom := dump(t, strings.Replace(page, "</html>", driver, 1))
	_, rest, found := strings.Cut(dom, `<pre id="out">`)
	text, _, _ := strings.Cut(rest, "</pre>")
	var out []align.Decisions
	if err := json.Unmarshal([]byte(html.UnescapeString(text)), &out); err != nil || !found {
		t.Fatalf("no decisions in the page: %v\n%s", err, dom)
	}
	return out
}

// dump is the page as it stands in the browser once its scripts have run.
func dump(t *testing.T, page string) string {
	t.Helper()
	browser := findBrowser(t)
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	dom, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--user-data-dir="+t.TempDir(), "file://"+file).Output()
	if err != nil {
		t.Skip("the browser does not run here: ", err)
	}
	return string(dom)
}

func TestInOrder(t *testing.T) {
	items := []int{3, 1, 4, 1, 5, 9, 2, 6}
	for _, workers := range []int{1, 3} {
		var got []int
		for r := range inOrder(workers, items, func(i int) (int, error) { return i * i, nil }) {
			got = append(got, r.value)
		}
		if want := []int{9, 1, 16, 1, 25, 81, 4, 36}; !slices.Equal(got, want) {
			t.Errorf("%d workers: %v", workers, got)
		}
	}
}
