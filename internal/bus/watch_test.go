package bus_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"readout/internal/bus"
)

// watch runs the watchdog of a worker and notes what it says.
func watch(t *testing.T, w *bus.Worker) *reports {
	t.Helper()
	var r reports
	ctx, cancel := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() {
		w.Watch(ctx, bus.Watchdog{Interval: 20 * time.Millisecond, Patience: 200 * time.Millisecond, Report: r.note})
	})
	t.Cleanup(func() { cancel(); watching.Wait() })
	return &r
}

type reports struct {
	mu      sync.Mutex
	n       int
	stalled int
	last    bus.Lag
	err     error
}

func (r *reports) note(lag bus.Lag, stalled bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	if stalled {
		r.stalled++
	}
	r.last, r.err = lag, err
}

func (r *reports) read() (n, stalled int, last bus.Lag, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n, r.stalled, r.last, r.err
}

func TestWatchdogSeesAStall(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 3)
	// A worker that was never started asks for nothing, as one does whose pull is lost.
	r := watch(t, bus.NewWorker(l.conn, config(l.echo)))
	until(t, "it barks", func() bool { _, stalled, _, _ := r.read(); return stalled > 0 })
	if _, _, lag, err := r.read(); err != nil || lag.Pending != 3 || lag.Limit != 10_000 {
		t.Errorf("lag %+v, %v", lag, err)
	}
}

func TestWatchdogIsQuiet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		handle func(*line) bus.Handler
	}{
		{"at work", func(l *line) bus.Handler { return l.echo }},
		{"full of slow work", func(*line) bus.Handler {
			return func(ctx context.Context, _ *bus.Delivery) error { return spend(ctx, 400*time.Millisecond) }
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLine(t)
			l.publish(t, 40)
			cfg := config(c.handle(l))
			cfg.Prefetch = 4
			w := run(t, l.conn, cfg)
			r := watch(t, w.Worker)
			until(t, "it has looked often", func() bool { n, _, _, _ := r.read(); return n > 40 })
			if n, stalled, _, err := r.read(); stalled > 0 || err != nil {
				t.Errorf("%d of %d reports cry stall, %v", stalled, n, err)
			}
			if time.Since(w.Heard()) > 5*time.Second {
				t.Errorf("heard last at %s", w.Heard())
			}
		})
	}
}

func TestWatchdogReportsAnUnknownConsumer(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	cfg := config(l.echo)
	cfg.Durable = "nobody"
	w := bus.NewWorker(l.conn, cfg)
	r := watch(t, w)
	until(t, "it says so", func() bool { _, _, _, err := r.read(); return err != nil })
	if _, stalled, _, _ := r.read(); stalled > 0 || !w.Heard().IsZero() || w.Held() != 0 {
		t.Errorf("stalled %d, heard %s", stalled, w.Heard())
	}
}
