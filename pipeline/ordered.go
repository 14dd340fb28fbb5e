package pipeline

import (
	"iter"
	"sync"
)

// ordered applies do to each value of in, on up to workers goroutines, and yields the
// results in the order of in: what comes out does not depend on the number of workers.
// At most twice as many values as workers are under way or waiting to be taken, so that
// memory is bounded by the size of the values. The values of in are taken by one
// goroutine at a time. Leaving the loop early stops the work.
func ordered[T, U any](workers int, in iter.Seq[T], do func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		type task struct {
			value  T
			result chan U
		}
		tasks := make(chan task)
		queue := make(chan chan U, 2*workers)
		stop := make(chan struct{})
		var wait sync.WaitGroup
		wait.Go(func() {
			defer close(queue)
			defer close(tasks)
			for value := range in {
				t := task{value, make(chan U, 1)}
				select {
				case queue <- t.result:
				case <-stop:
					return
				}
				select {
				case tasks <- t:
				case <-stop:
					return
				}
			}
		})
		for range workers {
			wait.Go(func() {
				for t := range tasks {
					t.result <- do(t.value)
				}
			})
		}
		defer wait.Wait()
		defer close(stop)
		for result := range queue {
			if !yield(<-result) {
				return
			}
		}
	}
}
