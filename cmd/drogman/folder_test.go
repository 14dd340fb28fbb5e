package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func testFolder(t *testing.T) *folder {
	t.Helper()
	f, err := openFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// files lists the files below a folder, temporary ones too.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, rel)
		}
		return err
	})
	return names
}

func TestFolderKeepsWithin(t *testing.T) {
	f := testFolder(t)
	outside := t.TempDir()
	os.Symlink(outside, filepath.Join(f.path, "link"))
	for _, name := range []string{"../x", "/etc/x", "a/../../x", "link/x", ".."} {
		if file, err := f.create(name); err == nil {
			file.Abort()
			t.Errorf("create(%q) is allowed", name)
		}
	}
	if left := files(t, outside); len(left) > 0 {
		t.Errorf("written outside: %q", left)
	}
}

func TestFileIsWholeOrAbsent(t *testing.T) {
	f := testFolder(t)
	write := func(text string, end func(*pending)) {
		file, err := f.create("deep/a.txt")
		if err != nil {
			t.Fatal(err)
		}
		file.WriteString(text)
		end(file)
	}
	commit := func(p *pending) {
		if err := p.Commit(); err != nil {
			t.Fatal(err)
		}
		p.Abort() // does nothing any more
	}
	write("never", (*pending).Abort)
	if got := files(t, f.path); len(got) > 0 {
		t.Errorf("an aborted file left %q", got)
	}
	write("old", commit)
	write("broken", (*pending).Abort)
	if got, _ := os.ReadFile(filepath.Join(f.path, "deep/a.txt")); string(got) != "old" {
		t.Errorf("after an aborted rewrite the file holds %q", got)
	}
	write("new", commit)
	if got, _ := os.ReadFile(filepath.Join(f.path, "deep/a.txt")); string(got) != "new" {
		t.Errorf("the file holds %q", got)
	}
	if got := files(t, f.path); len(got) != 1 {
		t.Errorf("left over: %q", got)
	}
}

// drogman runs a command line and returns what it printed.
func drogman(args ...string) (code int, out, err string) {
	return runIn(context.Background(), args...)
}

// runIn is drogman, until the context ends.
func runIn(ctx context.Context, args ...string) (code int, out, err string) {
	var stdout, stderr bytes.Buffer
	w := newWorld(strings.NewReader(""), &stdout, &stderr, func(string) string { return "" })
	w.ctx = ctx
	code = w.main(args)
	return code, stdout.String(), stderr.String()
}

// writeTexts writes n small documents and returns a pattern for them.
func writeTexts(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		text := fmt.Sprintf("Document %d. Alep est loin.\n", i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("t%03d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "*.txt")
}

// Two runs into one folder at once: each file is one run's, whole.
func TestRunsAtOnce(t *testing.T) {
	texts, out := writeTexts(t, 40), t.TempDir()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if code, _, err := drogman("run", "--out", out, "--emit", "tsv,xliff", texts); code != 0 {
				t.Errorf("exit %d: %s", code, err)
			}
		})
	}
	wait.Wait()
	got := files(t, out)
	if len(got) != 2*41 {
		t.Fatalf("%d files, want 82: %q", len(got), got)
	}
	for _, name := range got {
		data, _ := os.ReadFile(filepath.Join(out, name))
		if whole := strings.HasSuffix(string(data), "</xliff>\n") || strings.HasPrefix(string(data), "id\tsource"); !whole {
			t.Errorf("%s is torn", name)
		}
	}
}

// An interrupted run exits with 130 and leaves nothing unfinished.
func TestInterrupt(t *testing.T) {
	texts, out := writeTexts(t, 200), t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	code, _, stderr := runIn(ctx, "run", "--out", out, "--emit", "tsv", texts)
	if code != 130 || !strings.Contains(stderr, "interrupted") {
		t.Errorf("exit %d, %q", code, stderr)
	}
	for _, name := range files(t, out) {
		if strings.HasSuffix(name, ".tmp") || strings.HasPrefix(name, "corpus") {
			t.Errorf("left behind: %s", name)
		}
	}
}

// Ctrl-C is heard while standard input keeps a filter waiting.
func TestInterruptWaiting(t *testing.T) {
	never, _ := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	r := &interruptible{ctx: ctx, from: never}
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := r.Read(make([]byte, 1)); err != errInterrupted {
		t.Errorf("Read = %v", err)
	}
	whole := &interruptible{ctx: context.Background(), from: strings.NewReader(strings.Repeat("é", 100_000))}
	if data, err := io.ReadAll(whole); err != nil || len(data) != 200_000 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

// Files committed together are all there, whole; an error among them is not lost, and does
// not keep the others.
func TestCommits(t *testing.T) {
	f := testFolder(t)
	c := newCommits()
	for i := range 200 {
		file, err := f.create(fmt.Sprintf("%d.txt", i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(file, i)
		if i == 100 { // what bears its name cannot be replaced
			os.MkdirAll(filepath.Join(f.path, "100.txt", "full"), 0o777)
		}
		c.add(file)
	}
	if err := c.wait(); err == nil || !strings.Contains(err.Error(), "output-failed") {
		t.Errorf("error %v", err)
	}
	if left := files(t, f.path); len(left) != 199 {
		t.Errorf("%d files: %q", len(left), left)
	}
	for i := range 200 {
		if got, _ := os.ReadFile(filepath.Join(f.path, fmt.Sprintf("%d.txt", i))); i != 100 && string(got) != fmt.Sprint(i) {
			t.Errorf("%d holds %q", i, got)
		}
	}
}
