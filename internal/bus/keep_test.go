package bus_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/internal/bus"
)

func TestSlowWorkIsNotGivenToAnother(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 1)
	var calls atomic.Int64
	handle := func(ctx context.Context, _ *bus.Delivery) error {
		calls.Add(1)
		return spend(ctx, 3*ackWait)
	}
	run(t, l.connect(t), config(handle))
	run(t, l.connect(t), config(handle))
	until(t, "it is done", func() bool { return l.lag(t).Floor == 1 })
	if calls.Load() != 1 {
		t.Errorf("%d calls", calls.Load())
	}
}

// The clock of the server runs from the delivery into the queue, not from the call.
func TestWaitingInTheQueueIsNotDeliveredAgain(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	const n = 8
	l.publish(t, n)
	var j journal
	cfg := config(func(ctx context.Context, _ *bus.Delivery) error { return spend(ctx, ackWait/2) })
	// The last waits for far longer than one attempt may take.
	cfg.Workers, cfg.Prefetch, cfg.Limit, cfg.Observe = 1, n, ackWait, j.observe
	run(t, l.conn, cfg)
	until(t, "all are done", func() bool { return l.lag(t).Floor == n })
	if all := j.all(); len(all) != n || l.lag(t).Redelivered != 0 {
		t.Errorf("%d deliveries of %d messages: %+v", len(all), n, all)
	}
}

// A handler that hangs keeps its message from nobody, nor what waits behind it.
func TestHangingWorkIsGivenToAnother(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 3)
	release := make(chan struct{})
	var begun atomic.Int64
	cfg := config(func(context.Context, *bus.Delivery) error {
		begun.Add(1)
		<-release // whatever its context says
		return nil
	})
	cfg.Workers, cfg.Prefetch, cfg.Limit = 1, 3, 100*time.Millisecond
	hanging := run(t, l.connect(t), cfg)
	t.Cleanup(sync.OnceFunc(func() { close(release) }))
	until(t, "it hangs with all three", func() bool { return begun.Load() == 1 && hanging.Held() == 3 })
	var j journal
	healthy := config(l.echo)
	healthy.Observe = j.observe
	run(t, l.connect(t), healthy)
	until(t, "the other has all", func() bool { return j.count(bus.Done) == 3 })
	for _, e := range j.all() {
		if e.attempt < 2 {
			t.Errorf("%s: attempt %d", e.subject, e.attempt)
		}
	}
	if begun.Load() != 1 {
		t.Errorf("the hanging worker began %d times", begun.Load())
	}
}

// When the server delivers again what hangs here, and nobody else is there to have it,
// it is not begun a second time: one message would take all the workers.
func TestHangingWorkIsNotBegunTwiceHere(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 1)
	release := make(chan struct{})
	letGo := sync.OnceFunc(func() { close(release) })
	t.Cleanup(letGo)
	var begun atomic.Int64
	var j journal
	cfg := config(func(context.Context, *bus.Delivery) error {
		begun.Add(1)
		<-release
		return nil
	})
	cfg.Limit, cfg.Observe = 100*time.Millisecond, j.observe
	w := run(t, l.conn, cfg)
	t.Cleanup(letGo)
	until(t, "it is delivered again", func() bool { return l.lag(t).Redelivered == 1 })
	letGo()
	until(t, "it is done", func() bool { return l.lag(t).Floor == 1 })
	if err := w.stop(); err != nil || begun.Load() != 1 || len(j.all()) != 1 {
		t.Errorf("begun %d times, outcomes %+v, %v", begun.Load(), j.all(), err)
	}
}
