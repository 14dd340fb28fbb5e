package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"drogman/locales"
)

// world is all that a verb may know of what is outside the program: its streams, its
// environment, the clock, the reader's language, and the options that every verb shares.
// Results go to out; narration, progress and complaints go to err.
type world struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	now      func() time.Time
	say      *locales.Printer

	configPath string
	lang       string
	color      string
	jobs       int
	quiet      bool
	verbose    bool
}

func newWorld(in io.Reader, out, err io.Writer, getenv func(string) string) *world {
	return &world{ctx: context.Background(), in: in, out: out, err: err, getenv: getenv, now: time.Now}
}

// main runs one command line and returns the exit code.
func (w *world) main(args []string) int {
	signal.Ignore(syscall.SIGPIPE) // else a reader who has had enough kills us, files half written: see isBrokenPipe
	ctx, stop := signal.NotifyContext(w.ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	w.ctx = ctx
	w.in = &interruptible{ctx: ctx, from: w.in}
	w.say = locales.For(langFlag(args), w.getenv("LC_ALL"), w.getenv("LC_MESSAGES"), w.getenv("LANG"))
	root := w.rootCommand()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil {
		err = errInterrupted
	}
	if err != nil && !errors.Is(err, errFindings) && !errors.Is(err, errReported) && !isBrokenPipe(err) {
		w.complain(err)
	}
	return exitCode(err)
}

// langFlag finds --lang before the flags are parsed: the help that parsing may print is
// already in the reader's language.
func langFlag(args []string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// rootCommand builds the tree of verbs, one file each.
func (w *world) rootCommand() *cobra.Command {
	root := w.command("drogman", nil)
	root.Args = w.unknownVerb
	flags := root.PersistentFlags()
	flags.StringVarP(&w.configPath, "config", "c", "", w.text("flag.config"))
	flags.StringVar(&w.lang, "lang", "", w.text("flag.lang"))
	flags.StringVar(&w.color, "color", "auto", w.text("flag.color"))
	flags.IntVar(&w.jobs, "jobs", runtime.GOMAXPROCS(0), w.text("flag.jobs"))
	flags.BoolVarP(&w.quiet, "quiet", "q", false, w.text("flag.quiet"))
	flags.BoolVarP(&w.verbose, "verbose", "v", false, w.text("flag.verbose"))
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return w.checkGlobalFlags() }

	everyday := []*cobra.Command{w.initCommand(), w.runCommand(), w.checkCommand(), w.mergeCommand()}
	stages := []*cobra.Command{
		w.segmentCommand(), w.annotateCommand(), w.alignCommand(), w.convertCommand(), w.validateCommand(),
	}
	support := []*cobra.Command{w.explainCommand(), w.configCommand(), w.completionCommand(), w.versionCommand()}
	w.group(root, "everyday", everyday)
	w.group(root, "stages", stages)
	w.group(root, "glossary", []*cobra.Command{w.glossaryCommand()})
	w.group(root, "support", support)
	w.localiseUsage(root)
	return root
}

func (w *world) group(root *cobra.Command, id string, commands []*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: id, Title: w.text("group." + id)})
	for _, c := range commands {
		c.GroupID = id
		root.AddCommand(c)
	}
}

func (w *world) checkGlobalFlags() error {
	if w.jobs < 1 {
		return usage("usage-jobs", locales.M{"Have": w.jobs})
	}
	if _, ok := locales.Spoken(w.lang); w.lang != "" && !ok {
		return usage("usage-lang", locales.M{"Have": w.lang})
	}
	if w.color != "auto" && w.color != "always" && w.color != "never" {
		return usage("usage-color", locales.M{"Have": w.color})
	}
	return nil
}

// text writes a message that needs no values.
func (w *world) text(id string) string { return w.say.Text(id, nil) }

// colored reports whether output to stream is to be coloured: --color, then NO_COLOR
// (no-color.org), then whether the stream is a terminal.
func (w *world) colored(stream io.Writer) bool {
	switch {
	case w.color != "auto":
		return w.color == "always"
	case w.getenv("NO_COLOR") != "" || w.getenv("TERM") == "dumb":
		return false
	}
	return isTerminal(stream)
}

func isTerminal(stream io.Writer) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// interruptible is standard input that a waiting Ctrl-C need not wait for: a Read under
// way when the context ends returns its error, and what arrives later is nobody's.
type interruptible struct {
	ctx  context.Context
	from io.Reader
	got  chan []byte // what one Read of from brought
	err  error       // that Read's error, set before got is sent
	rest []byte      // brought and not yet given out
}

func (r *interruptible) Read(p []byte) (int, error) {
	if len(r.rest) == 0 && r.err != nil {
		return 0, r.err
	}
	if len(r.rest) == 0 {
		if r.got == nil {
			r.got = make(chan []byte, 1)
		}
		go func() {
			buffer := make([]byte, 64<<10)
			n, err := r.from.Read(buffer)
			r.err = err
			r.got <- buffer[:n]
		}()
		select {
		case r.rest = <-r.got:
		case <-r.ctx.Done():
			return 0, errInterrupted
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	if n == 0 {
		return 0, r.err
	}
	return n, nil
}
