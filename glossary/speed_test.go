package glossary

import (
	"os"
	"strconv"
	"syscall"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
	"runtime/pprof"
)

func cpuNow() float64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Sec) + float64(u.Utime.Usec)/1e6
}

func TestSpeedTmp(t *testing.T) {
	if os.Getenv("SPEED") == "" {
		t.Skip()
	}
	n, _ := strconv.Atoi(os.Getenv("SPEED"))
	var lines []string
	size := 0
	for _, s := range goldSegments(t, dataDir(t)) {
		line := norm.NFC.String(s.fr)
		lines = append(lines, line)
		size += len(line)
	}
	g := termGlossary(manyTerms(t, n), Terms, No)
	m, _ := g.Compile(language.French)
	var found []Occurrence
	best := 1e9
	count := 0
	f, _ := os.Create("/tmp/gl/cpu.prof")
	pprof.StartCPUProfile(f)
	for range 200 {
		t0 := cpuNow()
		count = 0
		for _, line := range lines {
			found = m.Append(found[:0], line)
			count += len(found)
		}
		best = min(best, cpuNow()-t0)
	}
	pprof.StopCPUProfile()
	t0 := cpuNow()
	tokens := 0
	for _, line := range lines {
		for i := 0; ; {
			tok, ok := nextToken(line, i)
			if !ok {
				break
			}
			i = tok.end
			tokens++
		}
	}
	d := cpuNow() - t0
	t.Logf("%d terms: %.1f MB/s, %d hits; tokens only %.1f MB/s, %d tokens", n, float64(size)/1e6/best, count, float64(size)/1e6/d, tokens)
}
