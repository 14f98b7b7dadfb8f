package bus_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"readout/internal/bus"
)

// fill publishes n messages at the same time, on result.SET.i.
func (l *line) fill(t testing.TB, set string, n, size int) {
	t.Helper()
	next := make(chan int)
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			for i := range next {
				_, err := l.conn.Publish(t.Context(), bus.Message{Subject: fmt.Sprintf("result.%s.%d", set, i), Data: make([]byte, size)})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// ordered checks that there are n messages of the size, each after the one before.
func ordered(t *testing.T, records []bus.Record, n, size int) {
	t.Helper()
	if len(records) != n {
		t.Errorf("%d messages, want %d", len(records), n)
	}
	before := uint64(0)
	for _, r := range records {
		if r.Sequence <= before || len(r.Data) != size || r.Stored.IsZero() {
			t.Fatalf("message %d of %d bytes after %d", r.Sequence, len(r.Data), before)
		}
		before = r.Sequence
	}
}

func TestAfterGivesEverything(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ n, size int }{{0, 0}, {1, 0}, {511, 1}, {512, 1}, {513, 1}, {1300, 10}, {40, 300_000}, {2, 5 << 20}} {
		t.Run(fmt.Sprintf("%d of %d bytes", c.n, c.size), func(t *testing.T) {
			l := newLine(t)
			l.put(t, bus.Message{Subject: "result.other"})
			l.fill(t, "a", c.n, c.size)
			l.put(t, bus.Message{Subject: "result.other"})
			all, err := l.conn.After(t.Context(), "RESULT", "result.a.*", 0)
			if err != nil {
				t.Fatal(err)
			}
			ordered(t, all, c.n, c.size)
			for _, from := range []int{c.n / 2, c.n} {
				rest, err := l.conn.After(t.Context(), "RESULT", "result.a.*", uint64(from)+1)
				if err != nil {
					t.Fatal(err)
				}
				ordered(t, rest, c.n-from, c.size)
			}
		})
	}
}

func TestReadingWhatIsNotThere(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 3)
	if err := l.conn.Delete(t.Context(), "WORK", 2); err != nil {
		t.Fatal(err)
	}
	_, last := l.conn.Last(t.Context(), "WORK", "work.nobody.*")
	_, at := l.conn.At(t.Context(), "WORK", 2)
	_, beyond := l.conn.At(t.Context(), "WORK", 99)
	_, size := l.conn.Size(t.Context(), "NOBODY")
	_, lag := l.conn.Lag(t.Context(), "WORK", "nobody")
	for what, err := range map[string]error{"last": last, "at": at, "beyond": beyond, "size": size, "lag": lag,
		"delete": l.conn.Delete(t.Context(), "WORK", 2), "purge": l.conn.PurgeSubject(t.Context(), "NOBODY", ">")} {
		if !errors.Is(err, bus.ErrNotFound) || errors.Is(err, bus.ErrUnavailable) {
			t.Errorf("%s: %v", what, err)
		}
	}
	all, err := l.conn.After(t.Context(), "WORK", "work.*", 0)
	if err != nil || len(all) != 2 || all[1].Sequence != 3 {
		t.Errorf("after: %+v, %v", all, err)
	}
}

func TestLastTakesWildcards(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	for _, subject := range []string{"result.a.x.1", "result.a.y.1", "result.b.x.1", "result.a.x.2"} {
		l.put(t, bus.Message{Subject: subject, Data: []byte(subject), Headers: map[string]string{"of": subject}})
	}
	for filter, want := range map[string]string{"result.>": "result.a.x.2", "result.a.y.*": "result.a.y.1", "result.*.x.1": "result.b.x.1",
		"result.b.>": "result.b.x.1", "result.a.y.1": "result.a.y.1"} {
		r, err := l.conn.Last(t.Context(), "RESULT", filter)
		if err != nil || r.Subject != want || string(r.Data) != want || r.Headers.Get("of") != want {
			t.Errorf("%s: %+v, %v", filter, r, err)
		}
	}
}

func TestPurgeSubject(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.fill(t, "a", 5, 1)
	l.fill(t, "b", 5, 1)
	if err := l.conn.PurgeSubject(t.Context(), "RESULT", "result.a.*"); err != nil {
		t.Fatal(err)
	}
	if err := l.conn.PurgeSubject(t.Context(), "RESULT", ""); err == nil {
		t.Error("no subject at all is taken for all of them")
	}
	size, err := l.conn.Size(t.Context(), "RESULT")
	if err != nil || size.Messages != 5 || size.Last != 10 || size.Subjects != 5 || size.Replicas != 1 {
		t.Errorf("%+v, %v", size, err)
	}
}
