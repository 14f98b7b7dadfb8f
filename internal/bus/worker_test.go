package bus_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"readout/internal/bus"
	"readout/internal/bus/server"
)

// line is a real server with one stream of work, one of results and one of dead letters.
type line struct {
	conn *bus.Conn
	srv  *server.Server
}

var topology = bus.Topology{
	Streams: []jetstream.StreamConfig{
		{Name: "WORK", Subjects: []string{"work.>"}, AllowDirect: true},
		{Name: "RESULT", Subjects: []string{"result.>"}, AllowDirect: true},
		{Name: "DEAD", Subjects: []string{"dead.>"}, AllowDirect: true},
	},
	Consumers: []bus.Durable{{Stream: "WORK", Config: jetstream.ConsumerConfig{
		Durable: "worker", AckPolicy: jetstream.AckExplicitPolicy, AckWait: 500 * time.Millisecond, MaxDeliver: 5, MaxAckPending: 10_000}}},
}

func newLine(t *testing.T) *line {
	t.Helper()
	srv, err := server.Start(server.Options{Listen: "127.0.0.1:0", Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	conn := connect(t, srv.ClientURL())
	if _, err := conn.Provision(t.Context(), topology, false); err != nil {
		t.Fatal(err)
	}
	return &line{conn: conn, srv: srv}
}

func connect(t *testing.T, url string) *bus.Conn {
	t.Helper()
	conn, err := bus.Connect(t.Context(), bus.Config{URL: url, Name: t.Name()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

func (l *line) publish(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		if _, err := l.conn.Publish(t.Context(), bus.Message{Subject: fmt.Sprintf("work.%d", i), Data: fmt.Appendf(nil, "item %d", i)}); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *line) worker(handle bus.Handler) *bus.Worker {
	return bus.NewWorker(l.conn, bus.WorkerConfig{Stream: "WORK", Durable: "worker", Handle: handle, Bury: bury,
		Workers: 4, AckWait: 500 * time.Millisecond, Attempts: 3, PullWait: 300 * time.Millisecond, Drain: 5 * time.Second})
}

func bury(d *bus.Delivery, f bus.Failure) (bus.Message, error) {
	subject := fmt.Sprintf("dead.%s.%d", f.Reason, d.Sequence)
	return bus.Message{Subject: subject, Data: d.Data, Expect: &bus.Expectation{Filter: subject}}, nil
}

func TestMessagesAreHandledOnce(t *testing.T) {
	l := newLine(t)
	l.publish(t, 500)
	var handled atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	w := l.worker(func(ctx context.Context, d *bus.Delivery) error {
		if _, err := l.conn.Publish(ctx, bus.Message{Subject: "result." + d.Subject, Data: d.Data}); err != nil {
			return err
		}
		if handled.Add(1) == 500 {
			stop()
		}
		return nil
	})
	if err := w.Run(ctx); err != nil {
		t.Fatal(err)
	}
	lag, err := l.conn.Lag(t.Context(), "WORK", "worker")
	if err != nil {
		t.Fatal(err)
	}
	if lag.Pending != 0 || lag.AckPending != 0 || handled.Load() != 500 {
		t.Errorf("handled %d, left %+v", handled.Load(), lag)
	}
}

func TestConflictStoresNothing(t *testing.T) {
	l := newLine(t)
	m := bus.Message{Subject: "result.a.1", Data: []byte("first"), Expect: &bus.Expectation{Filter: "result.a.*"}}
	first, err := l.conn.Publish(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	m.Subject = "result.a.2"
	if _, err := l.conn.Publish(t.Context(), m); !errors.Is(err, bus.ErrConflict) {
		t.Fatalf("second write: got %v, want a conflict", err)
	}
	last, err := l.conn.Last(t.Context(), "RESULT", "result.a.*")
	if err != nil || last.Sequence != first.Sequence || string(last.Data) != "first" {
		t.Errorf("last = %+v, %v", last, err)
	}
	all, err := l.conn.After(t.Context(), "RESULT", "result.a.*", 0)
	if err != nil || len(all) != 1 {
		t.Errorf("after 0: %d messages, %v", len(all), err)
	}
	if _, err := l.conn.Last(t.Context(), "RESULT", "result.b.*"); !errors.Is(err, bus.ErrNotFound) {
		t.Errorf("nothing there: %v", err)
	}
}

func TestPoisonBecomesADeadLetter(t *testing.T) {
	l := newLine(t)
	l.publish(t, 3)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var settled atomic.Int64
	handle := func(_ context.Context, d *bus.Delivery) error {
		switch d.Subject {
		case "work.0":
			panic("boom")
		case "work.1":
			return errors.New("not today")
		}
		return nil
	}
	w := bus.NewWorker(l.conn, bus.WorkerConfig{Stream: "WORK", Durable: "worker", Handle: handle, Bury: bury, Attempts: 2,
		PullWait: 300 * time.Millisecond, Workers: 2, AckWait: time.Second,
		Observe: func(_ *bus.Delivery, o bus.Outcome) {
			if o.Result != bus.Retried && settled.Add(1) == 3 {
				stop()
			}
		}})
	if err := w.Run(ctx); err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{"dead.panic.1", "dead.attempts_exhausted.2"} {
		if r, err := l.conn.Last(t.Context(), "DEAD", subject); err != nil {
			t.Errorf("%s: %v", subject, err)
		} else if string(r.Data) == "" {
			t.Errorf("%s: empty", subject)
		}
	}
}
