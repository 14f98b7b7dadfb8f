package bus_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/internal/bus"
)

// Under load a worker that stops finishes what it has taken, and nothing of that comes
// a second time.
func TestStoppingFinishesWhatIsHeld(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	const n = 400
	l.publish(t, n)
	var j journal
	slow := config(func(ctx context.Context, _ *bus.Delivery) error { return spend(ctx, 2*time.Millisecond) })
	slow.Observe, slow.Prefetch = j.observe, 64
	first := run(t, l.connect(t), slow)
	until(t, "it is under load", func() bool { return j.count(bus.Done) > 50 && first.Held() > 10 })
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}
	done := j.count(bus.Done)
	if lag := l.lag(t); lag.AckPending != 0 || int(lag.Floor) != done || lag.Pending != uint64(n-done) {
		t.Errorf("after %d: %+v", done, lag)
	}
	second := run(t, l.connect(t), slow)
	until(t, "all are done", func() bool { return j.count(bus.Done) == n })
	if err := second.stop(); err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	for _, e := range j.all() {
		if seen[e.subject] || e.attempt != 1 {
			t.Errorf("%s came again, as attempt %d", e.subject, e.attempt)
		}
		seen[e.subject] = true
	}
}

// What cannot be finished in time is given back at once, not after the server's
// patience.
func TestStoppingGivesBackTheRest(t *testing.T) {
	t.Parallel()
	l := newLine(t, func(top *bus.Topology) { top.Consumers[0].Config.AckWait = time.Minute })
	const n = 20
	l.publish(t, n)
	var j journal
	stuck := config(func(ctx context.Context, _ *bus.Delivery) error {
		<-ctx.Done()
		return ctx.Err()
	})
	stuck.AckWait, stuck.Drain, stuck.Observe = time.Minute, 300*time.Millisecond, j.observe
	w := run(t, l.connect(t), stuck)
	until(t, "it holds something", func() bool { return w.Held() == 16 })
	begin := time.Now()
	if err := w.stop(); !errors.Is(err, bus.ErrDrain) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(begin); took > 5*time.Second || w.Held() != 0 || j.count(bus.Returned) < 16 {
		t.Errorf("stopping took %s and left %d; %d were given back", took, w.Held(), j.count(bus.Returned))
	}
	healthy := config(l.echo)
	run(t, l.connect(t), healthy)
	until(t, "another has done all", func() bool { return l.lag(t).Floor == n })
}

// A worker that stops while nothing can be stored gives its messages back once. Its own
// last request must not bring them again: each time would cost an attempt.
func TestStoppingWhileNothingCanBeStored(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	const n = 4
	l.publish(t, n)
	var j journal
	var tried atomic.Int64
	cfg := config(func(context.Context, *bus.Delivery) error {
		tried.Add(1)
		return bus.ErrUnavailable
	})
	cfg.Observe = j.observe
	w := run(t, l.connect(t), cfg)
	until(t, "all are held", func() bool { return tried.Load() > 2*n })
	if err := w.stop(); err != nil {
		t.Error(err)
	}
	if j.count(bus.Returned) != n || len(j.all()) != n {
		t.Errorf("outcomes: %+v", j.all())
	}
	var second journal
	healthy := config(l.echo)
	healthy.Observe = second.observe
	run(t, l.connect(t), healthy)
	until(t, "another has done all", func() bool { return second.count(bus.Done) == n })
	for _, e := range second.all() {
		if e.attempt != 2 {
			t.Errorf("%s: attempt %d", e.subject, e.attempt)
		}
	}
}

// A program has to end even when its handlers do not.
func TestStoppingDoesNotWaitForHandlersThatHang(t *testing.T) {
	t.Parallel()
	l := newLine(t, func(top *bus.Topology) { top.Consumers[0].Config.AckWait = time.Minute })
	l.publish(t, 10)
	release := make(chan struct{})
	letGo := sync.OnceFunc(func() { close(release) })
	defer letGo()
	var begun atomic.Int64
	cfg := config(func(context.Context, *bus.Delivery) error {
		begun.Add(1)
		<-release
		return nil
	})
	cfg.AckWait, cfg.Drain = time.Minute, 100*time.Millisecond
	w := run(t, l.connect(t), cfg)
	until(t, "all workers hang", func() bool { return begun.Load() == 4 && w.Held() == 10 })
	begin := time.Now()
	err := w.stop()
	if took := time.Since(begin); !errors.Is(err, bus.ErrDrain) || took > 8*time.Second {
		t.Errorf("%v after %s", err, took)
	}
	run(t, l.connect(t), config(l.echo))
	until(t, "another has done all", func() bool { return l.lag(t).Floor == 10 })
	letGo()
}

func TestAnIdleWorkerStopsSoon(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	cfg := config(l.echo)
	cfg.PullWait = time.Second
	w := run(t, l.conn, cfg)
	until(t, "it asks", func() bool { return l.lag(t).Waiting == 1 })
	begin := time.Now()
	if err := w.stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("took %s", took)
	}
}

// A server that is away must not keep a program from ending.
func TestStoppingDuringAnOutage(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 10)
	var felt atomic.Int64
	cfg := config(func(ctx context.Context, d *bus.Delivery) error {
		err := bus.ErrUnavailable
		felt.Add(1)
		return err
	})
	cfg.Drain = time.Second
	w := run(t, l.connect(t), cfg)
	until(t, "work is held", func() bool { return felt.Load() > 4 })
	l.srv.Stop()
	begin := time.Now()
	_ = w.stop() // whether the acknowledgements came through is not known
	if took := time.Since(begin); took > 9*time.Second {
		t.Errorf("took %s", took)
	}
}
