package bus_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"readout/internal/bus"
)

func TestPublishSaysWhyNot(t *testing.T) {
	t.Parallel()
	l := newLine(t, func(top *bus.Topology) {
		top.Streams = append(top.Streams,
			jetstream.StreamConfig{Name: "FULL", Subjects: []string{"full.>"}, MaxBytes: 64, Discard: jetstream.DiscardNew},
			jetstream.StreamConfig{Name: "SMALL", Subjects: []string{"small.>"}, MaxMsgSize: 64})
	})
	large := make([]byte, 1024)
	wide := map[string]string{"wide": strings.Repeat("x", 70_000)}
	for _, c := range []struct {
		name string
		m    bus.Message
		want error
		code jetstream.ErrorCode
	}{
		{"no stream", bus.Message{Subject: "nowhere.1"}, bus.ErrUnavailable, 0},
		{"full stream", bus.Message{Subject: "full.1", Data: large}, bus.ErrUnavailable, 10077},
		{"larger than the stream takes", bus.Message{Subject: "small.1", Data: large}, bus.ErrRefused, 10054},
		{"larger than the server takes", bus.Message{Subject: "work.1", Data: make([]byte, l.conn.MaxPayload()+1)}, bus.ErrRefused, 0},
		{"header larger than a stream takes", bus.Message{Subject: "work.1", Headers: wide}, bus.ErrRefused, 10097},
		{"subject longer than a line", bus.Message{Subject: "work." + strings.Repeat("x", 5000)}, bus.ErrRefused, 0},
		{"empty subject", bus.Message{}, bus.ErrRefused, 0},
		{"empty token", bus.Message{Subject: "work..1"}, bus.ErrRefused, 0},
		{"last token empty", bus.Message{Subject: "work."}, bus.ErrRefused, 0},
		{"space", bus.Message{Subject: "work.a b"}, bus.ErrRefused, 0},
		{"wildcard", bus.Message{Subject: "work.*"}, bus.ErrRefused, 0},
		{"broken header name", bus.Message{Subject: "work.1", Headers: map[string]string{"a\r\nb": "c"}}, bus.ErrRefused, 0},
		{"expectation that does not cover the subject", bus.Message{Subject: "work.1", Expect: &bus.Expectation{Filter: "work.2", Sequence: 3}}, bus.ErrConflict, 10071},
		{"conflict", bus.Message{Subject: "work.1", Expect: &bus.Expectation{Filter: "work.*", Sequence: 3}}, bus.ErrConflict, 10071},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := l.conn.Publish(t.Context(), c.m)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			var verdict *jetstream.APIError
			if c.code != 0 && (!errors.As(err, &verdict) || verdict.ErrorCode != c.code) {
				t.Errorf("got %v, want the server's code %d", err, c.code)
			}
		})
	}
	if n := len(l.stored(t, "WORK")); n != 0 || !l.conn.Connected() {
		t.Errorf("%d messages were stored, connected: %t", n, l.conn.Connected())
	}
}

func TestHeadersGoThrough(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.put(t, bus.Message{Subject: "work.1", Headers: map[string]string{"ce-id": "a1", "traceparent": "00-ab", "injected": "a\r\nNats-Rollup: all"}})
	r, err := l.conn.At(t.Context(), "WORK", 1)
	if err != nil || r.Headers.Get("ce-id") != "a1" || r.Headers.Get("traceparent") != "00-ab" || r.Headers.Get("Nats-Rollup") != "" {
		t.Errorf("read %+v, %v", r, err)
	}
}

func TestConflictStoresNothing(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	m := bus.Message{Subject: "result.a.1", Data: []byte("first"), Expect: &bus.Expectation{Filter: "result.a.*"}}
	opening := l.put(t, m)
	l.put(t, bus.Message{Subject: "result.b.1"}) // of another set, so it is in nobody's way
	m.Subject = "result.a.2"
	if _, err := l.conn.Publish(t.Context(), m); !errors.Is(err, bus.ErrConflict) {
		t.Fatalf("a second opening: got %v, want a conflict", err)
	}
	m.Expect = &bus.Expectation{Filter: "result.a.*", Sequence: opening.Sequence}
	second := l.put(t, m)
	if _, err := l.conn.Publish(t.Context(), m); !errors.Is(err, bus.ErrConflict) {
		t.Fatalf("a second change of the same state: got %v, want a conflict", err)
	}
	last, err := l.conn.Last(t.Context(), "RESULT", "result.a.*")
	if err != nil || last.Sequence != second.Sequence || last.Subject != "result.a.2" {
		t.Errorf("last = %+v, %v", last, err)
	}
}

// A PubAck that is lost makes the writer repeat itself. Without an expectation the server
// knows the id for a while; with one the expectation does not hold any more, however
// much later it comes. Neither stores it twice.
func TestARepeatedWriteIsNotASecondMessage(t *testing.T) {
	t.Parallel()
	l := newLine(t, func(top *bus.Topology) { top.Streams[1].Duplicates = 300 * time.Millisecond })
	plain := bus.Message{Subject: "result.plain", ID: "plain"}
	original := l.put(t, plain)
	if again, err := l.conn.Publish(t.Context(), plain); err != nil || !again.Duplicate || again.Sequence != original.Sequence {
		t.Errorf("a plain write within the window: %+v, %v", again, err)
	}
	for sequence := range uint64(2) {
		m := bus.Message{Subject: "result.a.1", ID: fmt.Sprintf("id-%d", sequence), Expect: &bus.Expectation{Filter: "result.a.*"}}
		if sequence > 0 {
			m.Expect.Sequence = sequence + 1
		}
		l.put(t, m)
		if again, err := l.conn.Publish(t.Context(), m); !again.Duplicate && !errors.Is(err, bus.ErrConflict) {
			t.Errorf("within the window: %+v, %v", again, err)
		}
		until(t, "the window is over", func() bool { return !l.put(t, bus.Message{Subject: "result.clock", ID: "clock"}).Duplicate })
		until(t, "the window is over again", func() bool { return !l.put(t, bus.Message{Subject: "result.clock", ID: "clock"}).Duplicate })
		if _, err := l.conn.Publish(t.Context(), m); !errors.Is(err, bus.ErrConflict) {
			t.Errorf("after the window: %v", err)
		}
	}
	all, err := l.conn.After(t.Context(), "RESULT", "result.a.*", 0)
	if err != nil || len(all) != 2 {
		t.Errorf("stored: %+v, %v", all, err)
	}
}

func TestOneOfTwoRacingWritersWins(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	conns := []*bus.Conn{l.conn, l.connect(t)}
	for round := range 50 {
		filter := fmt.Sprintf("result.%d.*", round)
		var won, lost atomic.Int64
		var writers sync.WaitGroup
		for i, conn := range conns {
			writers.Go(func() {
				_, err := conn.Publish(t.Context(), bus.Message{Subject: fmt.Sprintf("result.%d.%d", round, i), Expect: &bus.Expectation{Filter: filter}})
				switch {
				case err == nil:
					won.Add(1)
				case errors.Is(err, bus.ErrConflict):
					lost.Add(1)
				}
			})
		}
		writers.Wait()
		if won.Load() != 1 || lost.Load() != 1 {
			t.Fatalf("round %d: %d won, %d lost", round, won.Load(), lost.Load())
		}
	}
}

// Writers that read again after each conflict make a chain without gaps or forks.
func TestConflictsMakeAChain(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	const writers, links = 8, 15
	var all sync.WaitGroup
	for i := range writers {
		conn := l.connect(t)
		all.Go(func() {
			for range links {
				if err := link(t.Context(), conn, fmt.Sprintf("result.chain.%d", i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	checkChain(t, l.stored(t, "RESULT"), writers*links)
}

// link appends a message that names the place of the one before it.
func link(ctx context.Context, conn *bus.Conn, subject string) error {
	for {
		last, err := conn.Last(ctx, "RESULT", "result.chain.*")
		if err != nil && !errors.Is(err, bus.ErrNotFound) {
			return err
		}
		_, err = conn.Publish(ctx, bus.Message{Subject: subject, Data: fmt.Append(nil, last.Sequence),
			Expect: &bus.Expectation{Filter: "result.chain.*", Sequence: last.Sequence}})
		if !errors.Is(err, bus.ErrConflict) {
			return err
		}
	}
}

func checkChain(t *testing.T, chain []bus.Record, length int) {
	t.Helper()
	if len(chain) != length {
		t.Errorf("%d links, want %d", len(chain), length)
	}
	before := uint64(0)
	for _, r := range chain {
		if string(r.Data) != fmt.Sprint(before) {
			t.Fatalf("message %d follows %s, want %d", r.Sequence, r.Data, before)
		}
		before = r.Sequence
	}
}
