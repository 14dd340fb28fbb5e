package main

import (
	"fmt"
	"strings"
	"time"

	"drogman/locales"
	"drogman/pipeline/report"
)

// narrate tells on stderr what was done; -q silences it.
func (w *world) narrate(id string, values locales.M) {
	if !w.quiet {
		fmt.Fprintln(w.err, visible(w.say.Text(id, values)))
	}
}

// detail tells on stderr what is being done, with -v alone.
func (w *world) detail(id string, values locales.M) {
	if w.verbose && !w.quiet {
		fmt.Fprintln(w.err, visible(w.say.Text(id, values)))
	}
}

// visible is a message with what it quotes of names and texts made harmless to a terminal:
// control characters, and those that change the direction of text, are named.
func visible(message string) string {
	hidden := func(r rune) bool { return report.Steers(r) && r != '\n' && r != '\t' }
	if !strings.ContainsFunc(message, hidden) {
		return message
	}
	var out strings.Builder
	for _, r := range message {
		if hidden(r) {
			fmt.Fprintf(&out, "<U+%04X>", r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// progress is one line on a terminal, rewritten in place, with how much is done and when
// it will be over. It says nothing in the first second, nor where stderr is no terminal.
type progress struct {
	w     *world
	begun time.Time
	shown time.Time
	total int64 // bytes to do
	done  int64
	live  bool
}

func (w *world) newProgress(total int64) *progress {
	now := w.now()
	return &progress{w: w, begun: now, shown: now, total: total, live: !w.quiet && isTerminal(w.err)}
}

// add says that n more bytes are done.
func (p *progress) add(n int) {
	p.done += int64(n)
	now := p.w.now()
	if !p.live || p.total == 0 || now.Sub(p.begun) < time.Second || now.Sub(p.shown) < 200*time.Millisecond {
		return
	}
	p.shown = now
	spent := now.Sub(p.begun)
	left := time.Duration(float64(spent) * float64(p.total-p.done) / float64(max(p.done, 1)))
	fmt.Fprintf(p.w.err, "\r\x1b[K%s", p.w.say.Text("progress", locales.M{
		"Percent": min(100, 100*p.done/p.total), "Left": left.Round(time.Second).String(),
	}))
}

// end clears the line.
func (p *progress) end() {
	if p.live && p.shown != p.begun {
		fmt.Fprint(p.w.err, "\r\x1b[K")
	}
}
