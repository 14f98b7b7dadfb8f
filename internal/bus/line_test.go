package bus_test

import (
	"context"
	"flag"
	"fmt"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"readout/internal/bus"
	"readout/internal/bus/server"
)

func TestMain(m *testing.M) {
	// The tests wait for the clocks of their servers most of the time.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

// line is a real server with one stream of work, one of results and one of dead letters.
type line struct {
	conn    *bus.Conn
	srv     *server.Server
	options server.Options
}

// ackWait is long enough for a loaded machine and short enough to be waited for.
const ackWait = 600 * time.Millisecond

func topology() bus.Topology {
	stream := func(name, subjects string) jetstream.StreamConfig {
		return jetstream.StreamConfig{Name: name, Subjects: []string{subjects}, AllowDirect: true, Duplicates: time.Minute}
	}
	return bus.Topology{
		Streams: []jetstream.StreamConfig{stream("WORK", "work.>"), stream("RESULT", "result.>"), stream("DEAD", "dead.>")},
		Consumers: []bus.Durable{{Stream: "WORK", Config: jetstream.ConsumerConfig{
			Durable: "worker", AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxDeliver: 20, MaxAckPending: 10_000}}},
	}
}

// newLine starts a server with the topology, changed as told.
func newLine(t testing.TB, change ...func(*bus.Topology)) *line {
	t.Helper()
	l := &line{options: server.Options{Listen: "127.0.0.1:0", Dir: t.TempDir()}}
	l.start(t)
	l.options.Listen = net.JoinHostPort("127.0.0.1", strconv.Itoa(l.srv.Addr().(*net.TCPAddr).Port))
	t.Cleanup(func() { l.srv.Stop() })
	l.conn = l.connect(t)
	want := topology()
	for _, c := range change {
		c(&want)
	}
	l.provision(t, want)
	return l
}

// start starts the server, again on the port and with the data it had before.
func (l *line) start(t testing.TB) {
	t.Helper()
	srv, err := server.Start(l.options)
	if err != nil {
		t.Fatal(err)
	}
	l.srv = srv
}

func (l *line) provision(t testing.TB, want bus.Topology) {
	t.Helper()
	if _, err := l.conn.Provision(t.Context(), want, true); err != nil {
		t.Fatal(err)
	}
}

func (l *line) connect(t testing.TB) *bus.Conn {
	t.Helper()
	conn, err := bus.Connect(t.Context(), bus.Config{URL: l.srv.ClientURL(), Name: t.Name()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// publish puts n messages of work, work.0 to work.n-1, in their order.
func (l *line) publish(t testing.TB, n int) {
	t.Helper()
	for i := range n {
		l.put(t, bus.Message{Subject: fmt.Sprintf("work.%d", i), Data: fmt.Appendf(nil, "item %d", i)})
	}
}

func (l *line) put(t testing.TB, m bus.Message) bus.Stored {
	t.Helper()
	stored, err := l.conn.Publish(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func (l *line) lag(t testing.TB) bus.Lag {
	t.Helper()
	lag, err := l.conn.Lag(t.Context(), "WORK", "worker")
	if err != nil {
		t.Fatal(err)
	}
	return lag
}

// stored lists the messages of a stream.
func (l *line) stored(t testing.TB, stream string) []bus.Record {
	t.Helper()
	all, err := l.conn.After(t.Context(), stream, ">", 0)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// config is that of a worker on the stream of work.
func config(handle bus.Handler) bus.WorkerConfig {
	return bus.WorkerConfig{Stream: "WORK", Durable: "worker", Handle: handle, Bury: bury, Workers: 4, Prefetch: 16, AckWait: ackWait,
		Attempts: 3, RetryAfter: 50 * time.Millisecond, PullWait: 400 * time.Millisecond, Drain: 10 * time.Second}
}

// echo is a handler that stores one result for each message, once.
func (l *line) echo(ctx context.Context, d *bus.Delivery) error {
	subject := "result." + d.Subject
	_, err := l.conn.Publish(ctx, bus.Message{Subject: subject, Data: d.Data, Expect: &bus.Expectation{Filter: subject}})
	return ignoreConflict(err)
}

func bury(d *bus.Delivery, f bus.Failure) (bus.Message, error) {
	subject := fmt.Sprintf("dead.%s.%d", f.Reason, d.Sequence)
	return bus.Message{Subject: subject, Data: d.Data, Headers: map[string]string{"error": f.Err.Error()},
		Expect: &bus.Expectation{Filter: subject}}, nil
}

// running is a worker at work.
type running struct {
	*bus.Worker
	stop func() error // stops it and gives what Run returned
}

func run(t testing.TB, conn *bus.Conn, cfg bus.WorkerConfig) running {
	t.Helper()
	w := bus.NewWorker(conn, cfg)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	r := running{Worker: w, stop: sync.OnceValue(func() error { cancel(); return <-done })}
	t.Cleanup(func() { _ = r.stop() })
	return r
}

// until waits for a condition.
func until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(20 * time.Second); !holds(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// spend lets time pass: the work of a handler.
func spend(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// journal notes what became of the deliveries.
type journal struct {
	mu      sync.Mutex
	entries []entry
}

type entry struct {
	subject string
	attempt int
	result  bus.Result
	err     error
	at      time.Time
}

func (j *journal) observe(d *bus.Delivery, o bus.Outcome) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, entry{d.Subject, d.Attempt, o.Result, o.Err, time.Now()})
}

func (j *journal) all() []entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]entry(nil), j.entries...)
}

// count gives how often a result was noted.
func (j *journal) count(r bus.Result) int {
	n := 0
	for _, e := range j.all() {
		if e.result == r {
			n++
		}
	}
	return n
}

// raw is a JetStream client past the bus.
func raw(t testing.TB, url string) jetstream.JetStream {
	t.Helper()
	nc, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return js
}
