package check

import (
	"cmp"
	"iter"
	"slices"

	"drogman/pipeline/bitext"
)

// Batch is one delivery being checked.
type Batch struct {
	checker    *Checker
	collectors []collector
	active     []*activeRule // of each collector
	spool      spool
	scores     scorekeeper
}

// collector gathers, unit by unit in order, what a rule about the whole batch needs, and
// says at the end what it finds. It may keep a few dozen bytes a unit, never its texts.
type collector interface {
	add(unit int, x *context)
	findings(report func(unit int, f Finding))
}

// Batch starts a delivery.
func (c *Checker) Batch() *Batch {
	b := &Batch{checker: c, scores: newScorekeeper()}
	for i := range c.rules {
		if r := &c.rules[i]; r.batch != nil {
			b.collectors = append(b.collectors, r.batch(c))
			b.active = append(b.active, r)
		}
	}
	return b
}

// Findings judges units and yields what is found: for each unit in turn, then for the
// batch. An error of the stream is yielded in its place and the stream goes on. Findings
// may be ranged over once.
func (b *Batch) Findings(units iter.Seq2[bitext.Unit, error]) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		defer b.spool.close()
		for judged := range b.checker.judged(units) {
			if judged.err != nil {
				if !yield(Finding{}, judged.err) {
					return
				}
				continue
			}
			if !b.take(judged.context, yield) {
				return
			}
		}
		b.close(yield)
	}
}

// take hands one judged unit to the collectors and its findings to the caller.
func (b *Batch) take(x *context, yield func(Finding, error) bool) bool {
	unit, err := b.spool.put(x.unit)
	if err != nil {
		yield(Finding{}, err)
		return false
	}
	for _, c := range b.collectors {
		c.add(unit, x)
	}
	b.scores.add(x)
	for _, f := range x.found {
		if !yield(f, nil) {
			return false
		}
	}
	return true
}

// close yields what the collectors find, rule by rule and in the order of the units.
func (b *Batch) close(yield func(Finding, error) bool) {
	type placed struct {
		unit int
		Finding
	}
	for i, c := range b.collectors {
		var found []placed
		c.findings(func(unit int, f Finding) {
			f.Code = b.active[i].Code
			if f.Severity == Off || f.Severity > b.active[i].severity {
				f.Severity = b.active[i].severity
			}
			found = append(found, placed{unit, f})
		})
		slices.SortStableFunc(found, func(a, b placed) int {
			return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.Start, b.Start))
		})
		for _, f := range found {
			u, err := b.spool.get(f.unit)
			if err == nil {
				place(&f.Finding, u)
			}
			if !yield(f.Finding, err) || err != nil {
				return
			}
		}
	}
}

// judgement is a judged unit, or an error of the stream in its place.
type judgement struct {
	context *context
	err     error
}

// chunkSize is how many units one goroutine judges at a time.
const chunkSize = 256

// judged judges units on several goroutines and yields them in order. Each chunk of the
// stream is judged as soon as the unit after it has been read, which its last unit needs
// as a neighbour; a queue as long as the number of workers bounds what is held.
func (c *Checker) judged(units iter.Seq2[bitext.Unit, error]) iter.Seq[judgement] {
	return func(yield func(judgement) bool) {
		stop := make(chan struct{})
		defer close(stop)
		queue := make(chan chan []judgement, max(1, c.options.Jobs))
		go c.feed(units, queue, stop)
		for done := range queue {
			for _, j := range <-done {
				if !yield(j) {
					return
				}
			}
		}
	}
}

// feed cuts the stream into chunks and starts a goroutine for each.
func (c *Checker) feed(units iter.Seq2[bitext.Unit, error], queue chan<- chan []judgement, stop <-chan struct{}) {
	defer close(queue)
	var before, chunk []read
	send := func(after *read) bool {
		done := make(chan []judgement, 1)
		select {
		case queue <- done:
		case <-stop:
			return false
		}
		go func(before, chunk []read) { done <- c.judgeChunk(before, chunk, after) }(before, chunk)
		before, chunk = chunk, nil
		return true
	}
	for u, err := range units {
		next := read{u, err}
		if len(chunk) == chunkSize && !send(&next) {
			return
		}
		chunk = append(chunk, next)
	}
	if len(chunk) > 0 {
		send(nil)
	}
}

// read is one step of the stream of units.
type read struct {
	unit bitext.Unit
	err  error
}

// judgeChunk judges the units of a chunk; before and after are what stands around it.
func (c *Checker) judgeChunk(before, chunk []read, after *read) []judgement {
	judged := make([]judgement, len(chunk))
	for i := range chunk {
		if judged[i].err = chunk[i].err; judged[i].err != nil {
			continue
		}
		var prev, next *read
		switch {
		case i > 0:
			prev = &chunk[i-1]
		case len(before) > 0:
			prev = &before[len(before)-1]
		}
		if next = after; i+1 < len(chunk) {
			next = &chunk[i+1]
		}
		u := &chunk[i].unit
		judged[i].context = c.judge(u, neighbour(u, prev), neighbour(u, next))
	}
	return judged
}

// neighbour returns the unit beside u if it is of the same document.
func neighbour(u *bitext.Unit, beside *read) *bitext.Unit {
	if beside == nil || beside.err != nil || beside.unit.Document != u.Document || beside.unit.Place.File != u.Place.File {
		return nil
	}
	return &beside.unit
}
