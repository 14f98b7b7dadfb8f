package bus_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"readout/internal/bus"
)

const advisories = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.WORK.worker"

// withAdvisories adds the stream that keeps the server's advisories, and its consumer.
func withAdvisories(top *bus.Topology) {
	top.Consumers[0].Config.MaxDeliver = 2
	top.Streams = append(top.Streams,
		jetstream.StreamConfig{Name: "ADVISORIES", Subjects: []string{"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>"}, AllowDirect: true},
		jetstream.StreamConfig{Name: "SUSPECTS", Subjects: []string{"suspect.>"}, AllowDirect: true})
	top.Consumers = append(top.Consumers, bus.Durable{Stream: "ADVISORIES", Config: jetstream.ConsumerConfig{
		Durable: "bury", AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxDeliver: 20}})
}

// die takes all messages of work and ends without a word, as a killed process does.
func die(t *testing.T, l *line, want int) {
	t.Helper()
	nc, err := nats.Connect(l.srv.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	consumer, err := js.Consumer(t.Context(), "WORK", "worker")
	if err != nil {
		t.Fatal(err)
	}
	batch, err := consumer.Fetch(want, jetstream.FetchMaxWait(5*time.Second))
	if err != nil {
		t.Fatal(err)
	}
	got := 0
	for range batch.Messages() {
		got++
	}
	if got != want {
		t.Fatalf("%d messages were delivered, want %d", got, want)
	}
}

func undertaker(t *testing.T, l *line, j *journal) {
	cfg := config(l.conn.Undertaker(bury))
	cfg.Stream, cfg.Durable, cfg.Observe = "ADVISORIES", "bury", j.observe
	run(t, l.conn, cfg)
}

func TestUndertakerBuriesWhatNobodyFinished(t *testing.T) {
	t.Parallel()
	l := newLine(t, withAdvisories)
	l.put(t, bus.Message{Subject: "work.killer", Data: []byte("the original \x00\xff bytes")})
	die(t, l, 1)
	die(t, l, 1)
	var j journal
	undertaker(t, l, &j)
	// The server notices only when somebody asks.
	run(t, l.conn, config(l.echo))
	until(t, "the advisory is handled", func() bool { return j.count(bus.Done) == 1 })
	// Another advisory of the same kind makes no second letter.
	advise(t, l, "WORK", 1)
	until(t, "the second is handled", func() bool { return j.count(bus.Done) == 2 })
	letters := l.stored(t, "DEAD")
	if len(letters) != 1 || letters[0].Subject != "dead.max_deliveries.1" || string(letters[0].Data) != "the original \x00\xff bytes" {
		t.Errorf("dead letters: %+v", letters)
	}
	if !strings.Contains(letters[0].Headers.Get("error"), "worker: delivered 2 times") {
		t.Errorf("the letter says %q", letters[0].Headers.Get("error"))
	}
}

// advise publishes an advisory on a message.
func advise(t *testing.T, l *line, stream string, sequence uint64) {
	t.Helper()
	data, err := json.Marshal(map[string]any{"stream": stream, "consumer": "worker", "stream_seq": sequence, "deliveries": 2})
	if err != nil {
		t.Fatal(err)
	}
	l.put(t, bus.Message{Subject: advisories, Data: data})
}

func TestUndertakerHasNothingToBury(t *testing.T) {
	t.Parallel()
	l := newLine(t, withAdvisories)
	l.publish(t, 1)
	if err := l.conn.Delete(t.Context(), "WORK", 1); err != nil {
		t.Fatal(err)
	}
	advise(t, l, "WORK", 1)                                              // gone
	advise(t, l, "WORK", 99)                                             // never there
	advise(t, l, "NOBODY", 1)                                            // the whole stream was deleted
	l.put(t, bus.Message{Subject: advisories, Data: []byte("not json")}) // no advisory at all
	var j journal
	undertaker(t, l, &j)
	until(t, "all are settled", func() bool { return j.count(bus.Done) == 3 && j.count(bus.Dead) == 1 })
	if letters := l.stored(t, "DEAD"); len(letters) != 1 || letters[0].Subject != "dead.bad_advisory.4" {
		t.Errorf("dead letters: %+v", letters)
	}
}

// A message that kills each process it is started in is told from its neighbours, who
// were delivered as often as it.
func TestAKillerIsToldFromItsNeighbours(t *testing.T) {
	t.Parallel()
	l := newLine(t, withAdvisories, func(top *bus.Topology) { top.Consumers[0].Config.MaxDeliver = 20 })
	const n = 5
	l.publish(t, n)
	die(t, l, n)
	die(t, l, n)
	// What the marks look like after three processes died in the middle of work.2.
	l.put(t, bus.Message{Subject: "suspect.worker.3", Data: []byte("3")})
	var j journal
	cfg := config(func(ctx context.Context, d *bus.Delivery) error {
		if d.Subject == "work.2" {
			t.Error("the killer was started again")
		}
		if d.Subject == "work.1" && d.Attempt == 3 {
			return errors.New("no death, only an error")
		}
		return l.echo(ctx, d)
	})
	cfg.Observe, cfg.Attempts, cfg.Suspects = j.observe, 10, &bus.Suspects{Stream: "SUSPECTS", Subject: "suspect.worker"}
	run(t, l.conn, cfg)
	until(t, "all are settled", func() bool { return j.count(bus.Done) == n-1 && j.count(bus.Dead) == 1 })
	if letters := l.stored(t, "DEAD"); len(letters) != 1 || letters[0].Subject != "dead."+bus.ReasonKiller+".3" {
		t.Errorf("dead letters: %+v", letters)
	}
	for sequence, starts := range map[int]string{1: "1", 2: "1", 3: "3", 4: "1", 5: "1"} {
		mark, err := l.conn.Last(t.Context(), "SUSPECTS", fmt.Sprintf("suspect.worker.%d", sequence))
		if err != nil || string(mark.Data) != starts {
			t.Errorf("message %d: mark %q, %v, want %s", sequence, mark.Data, err, starts)
		}
	}
}

// What returns an error has not killed anybody, however often.
func TestASuspectThatReturnsIsAbsolved(t *testing.T) {
	t.Parallel()
	l := newLine(t, withAdvisories, func(top *bus.Topology) { top.Consumers[0].Config.MaxDeliver = 20 })
	l.publish(t, 1)
	die(t, l, 1)
	die(t, l, 1)
	var j journal
	cfg := config(func(context.Context, *bus.Delivery) error { return errors.New("never") })
	cfg.Observe, cfg.Attempts, cfg.RetryAfter = j.observe, 8, time.Millisecond
	cfg.Suspects = &bus.Suspects{Stream: "SUSPECTS", Subject: "suspect.worker"}
	run(t, l.conn, cfg)
	until(t, "it is dead", func() bool { return j.count(bus.Dead) == 1 })
	if letters := l.stored(t, "DEAD"); len(letters) != 1 || letters[0].Subject != "dead."+bus.ReasonExhausted+".1" {
		t.Errorf("dead letters: %+v", letters)
	}
}
