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
		t.Skip("a browser starts for each case")
	}
	browser := findBrowser(t)
	source := []string{"Un.", "Deux.", "Trois </script><b>.", "Quatre."}
	target := []string{"One.", "Two.", "Three & four.", "Five."}
	span := func(i, j int) align.Span { return align.Span{Start: i, End: j} }
	for _, c := range []struct {
		keys string
		want []align.Bead // decided
	}{
		{"g", []align.Bead{{Source: span(2, 3), Target: span(2, 3)}}}, // the page opens at the least sure
		{"m", []align.Bead{{Source: span(2, 4), Target: span(2, 4)}}},
		{"M", []align.Bead{{Source: span(1, 3), Target: span(1, 3)}}},
		{"ms", []align.Bead{{Source: span(2, 3), Target: span(2, 3)}, {Source: span(3, 4), Target: span(3, 4)}}},
		{"s", []align.Bead{{Source: span(2, 3), Target: span(2, 2)}, {Source: span(3, 3), Target: span(2, 3)}}},
		{"]", []align.Bead{{Source: span(2, 4), Target: span(2, 3)}, {Source: span(4, 4), Target: span(3, 4)}}},
		{"k>", []align.Bead{{Source: span(1, 2), Target: span(1, 3)}, {Source: span(2, 3), Target: span(3, 3)}}},
		{"mu", nil},
		{"gg", []align.Bead{{Source: span(1, 2), Target: span(1, 2)}, {Source: span(2, 3), Target: span(2, 3)}}}, // on to the next doubtful
	} {
		var page bytes.Buffer
		job := &alignJob{world: testWorld(t), alignOptions: &alignOptions{}}
		a := &alignment{source: source, target: target}
		for i := range source {
			a.beads = append(a.beads, align.Bead{Source: span(i, i+1), Target: span(i, i+1), Confidence: []float64{.99, .8, .1, .95}[i]})
		}
		if err := job.writeReview(&page, a); err != nil {
			t.Fatal(err)
		}
		if c.keys == "g" && !strings.Contains(dump(t, browser, page.String()), "Trois &lt;/script&gt;") {
			t.Error("under its own policy the page's script does not show the sentences")
		}
		got := press(t, browser, page.String(), c.keys)
		want := align.Decide(source, target, c.want)
		if g, w := fmt.Sprint(got.Beads), fmt.Sprint(want.Beads); g != w {
			t.Errorf("keys %q save\n%s, want\n%s", c.keys, g, w)
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

// press opens the page, presses the keys and returns the decisions.
func press(t *testing.T, browser, page, keys string) *align.Decisions {
	t.Helper()
	driver := `<script>
for (const key of ` + "`" + keys + "`" + `) document.dispatchEvent(new KeyboardEvent("keydown", { key }));
const out = document.createElement("pre"); out.id = "out"; out.textContent = JSON.stringify(decisions()); document.body.append(out);
</script></html>`
	page = policyLine.ReplaceAllString(page, "") // it forbids the driver, as it should
	dom := dump(t, browser, strings.Replace(page, "</html>", driver, 1))
	_, rest, found := strings.Cut(dom, `<pre id="out">`)
	text, _, _ := strings.Cut(rest, "</pre>")
	d := new(align.Decisions)
	if err := json.Unmarshal([]byte(html.UnescapeString(text)), d); err != nil || !found {
		t.Fatalf("no decisions in the page: %v\n%s", err, dom)
	}
	return d
}

// dump is the page as it stands in the browser once its scripts have run.
func dump(t *testing.T, browser, page string) string {
	t.Helper()
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
