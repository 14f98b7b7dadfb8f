package bus_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"readout/internal/bus"
)

func TestProvisionIsIdempotent(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	for range 3 {
		if changes, err := l.conn.Provision(t.Context(), topology(), true); err != nil || len(changes) > 0 {
			t.Errorf("again: %v, %v", changes, err)
		}
	}
}

func TestProvisionAtTheSameTime(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	want := topology()
	for i := range want.Streams {
		want.Streams[i].Name += "2"
		want.Streams[i].Subjects[0] = "two." + want.Streams[i].Subjects[0]
	}
	want.Consumers[0].Stream = "WORK2"
	var all sync.WaitGroup
	for range 8 {
		conn := l.connect(t)
		all.Go(func() {
			if _, err := conn.Provision(t.Context(), want, false); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := l.conn.Check(t.Context(), want); err != nil {
		t.Error(err)
	}
}

func TestProvisionWidensAndKeeps(t *testing.T) {
	t.Parallel()
	bounded := func(top *bus.Topology) {
		top.Streams[0].MaxAge, top.Streams[0].MaxBytes, top.Streams[0].MaxMsgSize = time.Hour, 1<<20, 1<<10
		top.Streams[0].Duplicates = time.Minute
		top.Streams[0].Subjects = []string{"work.>", "old.>"}
	}
	narrower := func(s *jetstream.StreamConfig) {
		s.MaxAge, s.MaxBytes, s.MaxMsgSize, s.Subjects = 30*time.Minute, 1<<19, 1<<9, []string{"work.>"}
	}
	for _, c := range []struct {
		name    string
		change  func(*jetstream.StreamConfig)
		narrow  bool
		want    []string // substrings of the changes, in their order
		age     time.Duration
		subject string
	}{
		{"wider", func(s *jetstream.StreamConfig) {
			s.MaxAge, s.MaxBytes, s.MaxMsgSize, s.Subjects = 0, 2<<20, 0, []string{"work.>", "old.>", "new.>"}
			s.Discard = jetstream.DiscardNew
		}, false, []string{"max age: 1h0m0s -> 0s (changed)", "max bytes: 1048576 -> 2097152 (changed)", "max message size: 1024 -> 0 (changed)",
			"subjects: [work.> old.>] -> [work.> old.> new.>] (changed)", "discard: DiscardOld -> DiscardNew (changed)"}, 0, "new.>"},
		{"narrower, not allowed", narrower, false, []string{"max age: 1h0m0s -> 30m0s (kept)", "max bytes: 1048576 -> 524288 (kept)",
			"max message size: 1024 -> 512 (kept)", "subjects: [old.>] -> none (kept)"}, time.Hour, "old.>"},
		{"narrower, allowed", narrower, true, []string{"max age: 1h0m0s -> 30m0s (changed)", "max bytes: 1048576 -> 524288 (changed)",
			"max message size: 1024 -> 512 (changed)", "subjects: [work.> old.>] -> [work.>] (changed)"}, 30 * time.Minute, "work.>"},
		{"what a stream cannot change", func(s *jetstream.StreamConfig) {
			s.Storage, s.Retention = jetstream.MemoryStorage, jetstream.WorkQueuePolicy
		}, true,
			[]string{"storage: File -> Memory (kept)", "retention: Limits -> WorkQueue (kept)"}, time.Hour, "old.>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLine(t, bounded)
			want := topology()
			bounded(&want)
			c.change(&want.Streams[0])
			changes, err := l.conn.Provision(t.Context(), want, c.narrow)
			if err != nil {
				t.Fatal(err)
			}
			checkChanges(t, changes, c.want)
			if have := streamConfig(t, l, "WORK"); have.MaxAge != c.age || !slices.Contains(have.Subjects, c.subject) {
				t.Errorf("stands: max age %s, subjects %v", have.MaxAge, have.Subjects)
			}
		})
	}
}

func checkChanges(t *testing.T, changes []bus.Change, want []string) {
	t.Helper()
	for i, c := range changes {
		if i >= len(want) || c.String() != c.Stream+": "+want[i] {
			t.Errorf("change %d: %s", i, c)
		}
	}
	if len(changes) != len(want) {
		t.Errorf("%d changes, want %d", len(changes), len(want))
	}
}

// streamConfig reads the configuration that stands, past the bus.
func streamConfig(t *testing.T, l *line, name string) jetstream.StreamConfig {
	t.Helper()
	stream, err := raw(t, l.srv.ClientURL()).Stream(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return stream.CachedInfo().Config
}

func TestProvisionChangesConsumers(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	want := topology()
	cfg := &want.Consumers[0].Config
	cfg.AckWait, cfg.MaxDeliver, cfg.MaxAckPending, cfg.FilterSubject = time.Minute, 30, 77, "work.*"
	changes, err := l.conn.Provision(t.Context(), want, false)
	if err != nil {
		t.Fatal(err)
	}
	checkChanges(t, changes, []string{"consumer worker: ack wait: 600ms -> 1m0s (changed)", "consumer worker: max deliver: 20 -> 30 (changed)",
		"consumer worker: max ack pending: 10000 -> 77 (changed)", "consumer worker: subjects: [] -> [work.*] (changed)"})
	if l.lag(t).Limit != 77 {
		t.Errorf("stands: %+v", l.lag(t))
	}
	if changes, err := l.conn.Provision(t.Context(), want, false); err != nil || len(changes) > 0 {
		t.Errorf("again: %v, %v", changes, err)
	}
}

func TestProvisionSaysWhatToDo(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	for name, change := range map[string]func(*jetstream.ConsumerConfig){
		"deliver policy":         func(c *jetstream.ConsumerConfig) { c.DeliverPolicy = jetstream.DeliverNewPolicy },
		"acknowledgement policy": func(c *jetstream.ConsumerConfig) { c.AckPolicy = jetstream.AckAllPolicy },
		"replay policy":          func(c *jetstream.ConsumerConfig) { c.ReplayPolicy = jetstream.ReplayOriginalPolicy },
		"memory storage":         func(c *jetstream.ConsumerConfig) { c.MemoryStorage = true },
	} {
		want := topology()
		change(&want.Consumers[0].Config)
		_, err := l.conn.Provision(t.Context(), want, true)
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "nats consumer rm WORK worker") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCheckChangesNothing(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	if err := l.conn.Check(t.Context(), topology()); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*bus.Topology){
		"stream OTHER":   func(top *bus.Topology) { top.Streams[1].Name = "OTHER" },
		"consumer other": func(top *bus.Topology) { top.Consumers[0].Config.Durable = "other" },
	} {
		want := topology()
		change(&want)
		err := l.conn.Check(t.Context(), want)
		if !errors.Is(err, bus.ErrNotFound) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		if again := l.conn.Check(t.Context(), want); again == nil {
			t.Errorf("%s: checking made it", name)
		}
	}
}
