package bus_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"readout/internal/bus"
)

// reader collects what it is given.
type reader struct {
	mu  sync.Mutex
	got []uint64
}

func (r *reader) take(m bus.Record) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, m.Sequence)
	return nil
}

func (r *reader) read() []uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.got)
}

// following runs a reader until the test ends or it is stopped.
func following(t *testing.T, read func(context.Context) error) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error, 1)
	go func() { result <- read(ctx) }()
	stop = sync.OnceValue(func() error { cancel(); return <-result })
	t.Cleanup(func() { _ = stop() })
	return stop
}

func numbers(from, to uint64) []uint64 {
	var out []uint64
	for n := from; n <= to; n++ {
		out = append(out, n)
	}
	return out
}

func TestTailBeginsWhereItIsTold(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 5)
	third, err := l.conn.At(t.Context(), "WORK", 3)
	if err != nil {
		t.Fatal(err)
	}
	starts := map[string]struct {
		from  bus.Start
		first uint64
	}{"all": {bus.Start{}, 1}, "sequence": {bus.Start{Sequence: 4}, 4}, "time": {bus.Start{Time: third.Stored}, 3}, "new": {bus.Start{New: true}, 6}}
	readers := map[string]*reader{}
	for name, c := range starts {
		r := &reader{}
		readers[name] = r
		ready := make(chan struct{})
		following(t, func(ctx context.Context) error {
			close(ready)
			return l.conn.Tail(ctx, "WORK", c.from, nil, r.take)
		})
		<-ready
	}
	// The reader of new messages has fixed its beginning once its consumer is there.
	until(t, "all have a consumer", func() bool {
		info, err := raw(t, l.srv.ClientURL()).Stream(t.Context(), "WORK")
		return err == nil && info.CachedInfo().State.Consumers == 1+len(starts)
	})
	l.publish(t, 3)
	for name, c := range starts {
		want := numbers(c.first, 8)
		until(t, name+" has read all", func() bool { return len(readers[name].read()) >= len(want) })
		if got := readers[name].read(); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestTailFiltersAndStops(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 6)
	failure := errors.New("the reader has had enough")
	var got []string
	err := l.conn.Tail(t.Context(), "WORK", bus.Start{}, []string{"work.1", "work.3", "work.5"}, func(r bus.Record) error {
		if got = append(got, r.Subject+" "+string(r.Data)); len(got) == 2 {
			return failure
		}
		return nil
	})
	if !errors.Is(err, failure) || !slices.Equal(got, []string{"work.1 item 1", "work.3 item 3"}) {
		t.Errorf("got %q, %v", got, err)
	}
	if err := l.conn.Tail(t.Context(), "NOBODY", bus.Start{}, nil, nil); !errors.Is(err, bus.ErrNotFound) {
		t.Errorf("no stream: %v", err)
	}
}

func TestTailsSurviveARestart(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	var plain, durable reader
	stop := following(t, func(ctx context.Context) error { return l.conn.Tail(ctx, "WORK", bus.Start{}, nil, plain.take) })
	stopDurable := following(t, func(ctx context.Context) error {
		return l.conn.TailDurable(ctx, "WORK", "paper", nil, bus.Start{}, durable.take)
	})
	both := func(n int) func() bool {
		return func() bool { return len(plain.read()) >= n && len(durable.read()) >= n }
	}
	for round := 1; round <= 2; round++ {
		l.publish(t, 10)
		until(t, "both have read", both(10*round))
		l.srv.Stop()
		until(t, "the connection is lost", func() bool { return !l.conn.Connected() })
		l.start(t)
		until(t, "the connection is back", l.conn.Connected)
	}
	l.publish(t, 10)
	until(t, "both have read the rest", both(30))
	if err := errors.Join(stop(), stopDurable()); err != nil {
		t.Error(err)
	}
	if got := plain.read(); !slices.Equal(got, numbers(1, 30)) {
		t.Errorf("plain: %v", got)
	}
	// An acknowledgement may be lost with the connection, so a message may come twice.
	if got := slices.Compact(durable.read()); !slices.Equal(got, numbers(1, 30)) {
		t.Errorf("durable: %v", durable.read())
	}
}

func TestDurableRemembersItsPlace(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 6)
	failure := errors.New("the paper is out")
	var got []uint64
	read := func(r bus.Record) error {
		if len(got) == 2 && r.Sequence == 5 {
			return failure
		}
		got = append(got, r.Sequence)
		return nil
	}
	filters := []string{"work.2", "work.3", "work.4", "work.5"}
	if err := l.conn.TailDurable(t.Context(), "WORK", "paper", filters, bus.Start{}, read); !errors.Is(err, failure) {
		t.Fatal(err)
	}
	var rest reader
	stop := following(t, func(ctx context.Context) error {
		return l.conn.TailDurable(ctx, "WORK", "paper", nil, bus.Start{New: true}, rest.take)
	})
	until(t, "the rest is read", func() bool { return len(rest.read()) == 2 })
	if err := stop(); err != nil {
		t.Error(err)
	}
	if all := append(got, rest.read()...); !slices.Equal(all, numbers(3, 6)) {
		t.Errorf("read %v", all)
	}
	if lag, err := l.conn.Lag(t.Context(), "WORK", "paper"); err != nil || lag.AckPending != 0 || lag.Floor != 6 {
		t.Errorf("lag %+v, %v", lag, err)
	}
	other := l.conn.TailDurable(t.Context(), "WORK", "paper", []string{"work.1"}, bus.Start{}, rest.take)
	if other == nil {
		t.Error("other subjects under the same name are no error")
	}
}

func TestScanReadsWhatIsStored(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	if err := l.conn.Scan(t.Context(), "RESULT", nil, nil); err != nil {
		t.Errorf("an empty stream: %v", err)
	}
	l.fill(t, "a", 700, 10)
	l.fill(t, "b", 3, 10)
	for _, c := range []struct {
		filters []string
		want    int
	}{{nil, 703}, {[]string{"result.a.*"}, 700}, {[]string{"result.b.*"}, 3}, {[]string{"result.a.7", "result.b.*"}, 4}, {[]string{"result.none.*"}, 0}} {
		n := 0
		err := l.conn.Scan(t.Context(), "RESULT", c.filters, func(bus.Record) error {
			n++
			// What comes while it reads is not read: it would never end.
			_, err := l.conn.Publish(t.Context(), bus.Message{Subject: "result.later.1"})
			return err
		})
		if err != nil || n != c.want {
			t.Errorf("%v: %d messages, %v, want %d", c.filters, n, err, c.want)
		}
		if err := l.conn.PurgeSubject(t.Context(), "RESULT", "result.later.1"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestScanEndsEarly(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.fill(t, "a", 10, 10)
	failure := errors.New("found it")
	if err := l.conn.Scan(t.Context(), "RESULT", nil, func(bus.Record) error { return failure }); !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := l.conn.Scan(ctx, "RESULT", nil, func(bus.Record) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a part for the whole: %v", err)
	}
	var got []string
	tenth := bus.Start{Sequence: 10}
	err = l.conn.ScanFrom(t.Context(), "RESULT", tenth, nil, func(r bus.Record) error {
		got = append(got, fmt.Sprint(r.Sequence))
		return nil
	})
	if err != nil || !slices.Equal(got, []string{"10"}) {
		t.Errorf("from the tenth: %v, %v", got, err)
	}
	late := bus.Start{Time: time.Now().Add(time.Hour)}
	if err := l.conn.ScanFrom(t.Context(), "RESULT", late, nil, func(bus.Record) error { return failure }); err != nil {
		t.Errorf("from tomorrow: %v", err)
	}
}

// The last message before the call may be deleted, and others come while it reads. There
// are more than one request brings, so that the newcomers are counted as left to read.
func TestScanEndsWithoutItsLastMessage(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	const stored = 600
	l.fill(t, "a", stored, 10)
	l.fill(t, "b", 1, 10)
	if err := l.conn.Delete(t.Context(), "RESULT", stored+1); err != nil {
		t.Fatal(err)
	}
	n := 0
	err := l.conn.Scan(t.Context(), "RESULT", nil, func(bus.Record) error {
		if n++; n > 1 {
			return nil
		}
		_, err := l.conn.Publish(t.Context(), bus.Message{Subject: "result.later"})
		return err
	})
	if err != nil || n != stored {
		t.Errorf("%d messages, %v", n, err)
	}
}
