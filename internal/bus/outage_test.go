package bus_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"readout/internal/bus"
)

// The server goes away in the middle of the work and comes back. The messages at hand
// are held and finished, the others come as if nothing had been.
func TestOutageLosesNothing(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	const n = 400
	l.publish(t, n)
	var j journal
	var began, failed atomic.Int64
	halfway, down := make(chan struct{}), make(chan struct{})
	cfg := config(func(ctx context.Context, d *bus.Delivery) error {
		switch call := began.Add(1); {
		case call == n/2:
			close(halfway)
		case call > n/2:
			<-down
		}
		err := l.echo(ctx, d)
		if errors.Is(err, bus.ErrUnavailable) {
			failed.Add(1)
		}
		return err
	})
	cfg.Observe, cfg.Workers, cfg.Prefetch = j.observe, 8, 32
	run(t, l.conn, cfg)
	<-halfway
	l.srv.Stop()
	close(down)
	until(t, "the outage is felt", func() bool { return failed.Load() > 0 })
	l.start(t)
	until(t, "all are finished", func() bool { return l.conn.Connected() && l.lag(t).Floor == n })
	if got := len(l.stored(t, "RESULT")); got != n {
		t.Errorf("%d results, want %d", got, n)
	}
	if j.count(bus.Retried)+j.count(bus.Dead) > 0 || len(l.stored(t, "DEAD")) > 0 {
		t.Errorf("the outage cost attempts: %d retried, %d dead", j.count(bus.Retried), j.count(bus.Dead))
	}
}

// Reading fails in an outage as writing does, and is held as well.
func TestOutageIsNoFailureOfReading(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.srv.Stop()
	until(t, "it is gone", func() bool { return !l.conn.Connected() })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, last := l.conn.Last(ctx, "WORK", "work.*")
	_, after := l.conn.After(ctx, "WORK", "work.*", 0)
	_, at := l.conn.At(ctx, "WORK", 1)
	_, size := l.conn.Size(ctx, "WORK")
	_, lag := l.conn.Lag(ctx, "WORK", "worker")
	for what, err := range map[string]error{"last": last, "after": after, "at": at, "size": size, "lag": lag,
		"delete": l.conn.Delete(ctx, "WORK", 1), "purge": l.conn.PurgeSubject(ctx, "WORK", "work.*")} {
		if !errors.Is(err, bus.ErrUnavailable) || errors.Is(err, bus.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A stream that is missing, or full, is an outage too: somebody will mend it.
func TestWorkWaitsForTheStreamOfResults(t *testing.T) {
	t.Parallel()
	full := jetstream.StreamConfig{Name: "RESULT", Subjects: []string{"result.>"}, MaxBytes: 200, Discard: jetstream.DiscardNew, AllowDirect: true}
	for _, c := range []struct {
		name   string
		at     *jetstream.StreamConfig // what stands at first
		served int                     // how many results fit
	}{
		{"missing", nil, 0},
		{"full", &full, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLine(t, func(top *bus.Topology) {
				top.Streams = append(top.Streams[:1], top.Streams[2])
				if c.at != nil {
					top.Streams = append(top.Streams, *c.at)
				}
			})
			const n = 12
			l.publish(t, n)
			var j journal
			var refused atomic.Int64
			cfg := config(func(ctx context.Context, d *bus.Delivery) error {
				err := l.echo(ctx, d)
				if errors.Is(err, bus.ErrUnavailable) {
					refused.Add(1)
				}
				return err
			})
			cfg.Observe = j.observe
			run(t, l.conn, cfg)
			until(t, "it is felt", func() bool { return refused.Load() > 4 })
			if got := len(j.all()); got > c.served {
				t.Errorf("%d deliveries were settled while nothing could be stored", got)
			}
			l.provision(t, topology())
			until(t, "all are done", func() bool { return j.count(bus.Done) == n })
			if len(j.all()) != n || len(l.stored(t, "RESULT")) != n {
				t.Errorf("%d outcomes, %d results", len(j.all()), len(l.stored(t, "RESULT")))
			}
		})
	}
}

// A result that will never fit is the message's failure.
func TestAResultTooLargeIsADeadLetter(t *testing.T) {
	t.Parallel()
	l := newLine(t, func(top *bus.Topology) { top.Streams[1].MaxMsgSize = 100 })
	l.put(t, bus.Message{Subject: "work.large", Data: []byte(strings.Repeat("x", 500))})
	var j journal
	cfg := config(l.echo)
	cfg.Observe = j.observe
	run(t, l.conn, cfg)
	until(t, "it is dead", func() bool { return j.count(bus.Dead) == 1 })
	if letters := l.stored(t, "DEAD"); len(letters) != 1 || letters[0].Subject != "dead.refused_by_stream.1" || len(letters[0].Data) != 500 {
		t.Errorf("dead letters: %+v", letters)
	}
}
