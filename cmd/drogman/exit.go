package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"drogman/glossary"
	"drogman/locales"
	"drogman/pipeline/align"
	"drogman/pipeline/segment"
)

// Exit codes, the same for every verb.
const (
	exitClean       = 0
	exitFindings    = 1   // the work was done and found faults
	exitUsage       = 2   // the command line, the configuration or the glossary is wrong
	exitFailed      = 3   // the work, or a part of it, could not be done
	exitInterrupted = 130 // Ctrl-C
)

var (
	errFindings    = errors.New("findings")              // report printed, faults found
	errReported    = errors.New("could not do the work") // every reason has been printed
	errInterrupted = errors.New("interrupted")
)

// exitCode is the one switch that decides how the program ends.
func exitCode(err error) int {
	var usage *usageError
	var glossaryFault *glossary.Error
	var segmentFault *segment.Error
	var alignFault *align.Error
	switch {
	case err == nil, isBrokenPipe(err):
		return exitClean
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &usage), errors.As(err, &glossaryFault), errors.As(err, &segmentFault), errors.As(err, &alignFault):
		return exitUsage
	}
	return exitFailed
}

// isBrokenPipe: whoever read our output has had enough; that is success.
func isBrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// usageError is a fault of the command line or of drogman.yaml, told by a message.
type usageError struct {
	id           string
	values       locales.M
	file         string
	line, column int
}

// usage is a fault of the command line.
func usage(id string, values locales.M) error { return &usageError{id: id, values: values} }

func (e *usageError) Error() string { return fmt.Sprint(e.id, " ", e.values) }

// MessageID names the message that tells a person of the error.
func (e *usageError) MessageID() string { return e.id }

// Position is where in a file the fault stands; empty for the command line.
func (e *usageError) Position() (file string, line, column int) { return e.file, e.line, e.column }

// fault is work that could not be done, told by a message.
type fault struct {
	id     string
	values locales.M
	file   string // that the work was on, may be empty
	err    error  // the cause, may be nil
}

func (e *fault) Error() string {
	if e.err != nil {
		return e.id + ": " + e.err.Error()
	}
	return fmt.Sprint(e.id, " ", e.values)
}

// MessageID names the message that tells a person of the error.
func (e *fault) MessageID() string { return e.id }

// Position is the cause's, if it knows one, else the file alone.
func (e *fault) Position() (file string, line, column int) {
	var placed interface{ Position() (string, int, int) }
	if errors.As(e.err, &placed) {
		if file, line, column = placed.Position(); file != "" {
			return file, line, column
		}
	}
	return e.file, 0, 0
}

func (e *fault) Unwrap() error { return e.err }

// complain prints an error on stderr, one line for each error of a joined one: the place,
// the sentence in the reader's language, and its code where `drogman explain` has more to
// say of it.
func (w *world) complain(err error) {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			w.complain(e)
		}
		return
	}
	fmt.Fprintln(w.err, visible(w.sentence(err)))
}

func (w *world) sentence(err error) string {
	if errors.Is(err, errInterrupted) {
		return "drogman: " + w.text("interrupted")
	}
	var b strings.Builder
	var placed interface{ Position() (string, int, int) }
	if errors.As(err, &placed) {
		b.WriteString(place(placed.Position()))
	}
	if b.Len() == 0 {
		b.WriteString("drogman: ")
	}
	b.WriteString(w.tell(err))
	var coded locales.Coded
	if errors.As(err, &coded) {
		if _, err := w.say.Lookup(coded.MessageID()+papers, nil); err == nil {
			fmt.Fprintf(&b, " [%s]", coded.MessageID())
		}
	}
	return b.String()
}

// tell writes the sentence of an error; our own carry their values in a map.
func (w *world) tell(err error) string {
	var u *usageError
	if errors.As(err, &u) {
		return w.say.Text(u.id, u.values)
	}
	var n *notice
	if errors.As(err, &n) {
		return w.say.Text(n.Code, locales.M{"Have": n.Have}) +
			w.say.Text("suspects-where", locales.M{"Block": n.block, "Times": n.count})
	}
	var f *fault
	if errors.As(err, &f) {
		values := locales.M{}
		for k, v := range f.values {
			values[k] = v
		}
		if f.err != nil {
			values["Cause"] = w.tell(f.err)
		}
		return w.say.Text(f.id, values)
	}
	switch { // what the operating system says, in the reader's language
	case errors.Is(err, fs.ErrNotExist):
		return w.text("file-missing")
	case errors.Is(err, fs.ErrPermission):
		return w.text("file-forbidden")
	case errors.Is(err, syscall.EISDIR):
		return w.text("file-is-folder")
	}
	return w.say.Error(err)
}

// place is "file:line:column: ", without the parts that are not known.
func place(file string, line, column int) string {
	file = strings.ReplaceAll(file, "\n", "<U+000A>")
	switch {
	case file == "":
		return ""
	case line == 0:
		return file + ": "
	case column == 0:
		return fmt.Sprintf("%s:%d: ", file, line)
	}
	return fmt.Sprintf("%s:%d:%d: ", file, line, column)
}
