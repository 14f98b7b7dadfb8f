package bus_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"readout/internal/bus"
)

func ignoreConflict(err error) error {
	if errors.Is(err, bus.ErrConflict) {
		return nil
	}
	return err
}

// rejection is an error with a reason, as a service returns it.
type rejection string

func (r rejection) Error() string  { return "rejected: " + string(r) }
func (r rejection) Reason() string { return string(r) }

func TestMessagesAreHandledOnce(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	const n = 500
	l.publish(t, n)
	var j journal
	cfg := config(l.echo)
	cfg.Observe = j.observe
	w := run(t, l.conn, cfg)
	until(t, "all are handled", func() bool { return j.count(bus.Done) == n })
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	if lag := l.lag(t); lag.Pending != 0 || lag.AckPending != 0 || lag.Floor != n {
		t.Errorf("left behind: %+v", lag)
	}
	if got := len(l.stored(t, "RESULT")); got != n || len(j.all()) != n || w.Held() != 0 {
		t.Errorf("%d results of %d deliveries, %d held", got, len(j.all()), w.Held())
	}
}

func TestAcknowledgedOnlyAfterTheHandlerReturned(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 1)
	working, goOn := make(chan struct{}), make(chan struct{})
	run(t, l.conn, config(func(context.Context, *bus.Delivery) error {
		close(working)
		<-goOn
		return nil
	}))
	<-working
	if lag := l.lag(t); lag.AckPending != 1 || lag.Floor != 0 {
		t.Errorf("while it works: %+v", lag)
	}
	close(goOn)
	until(t, "it is acknowledged", func() bool { return l.lag(t).Floor == 1 })
}

func TestErrorsAreTriedAgainLater(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 1)
	var j journal
	cfg := config(func(_ context.Context, d *bus.Delivery) error {
		if d.Attempt < 3 {
			return errors.New("not yet")
		}
		return nil
	})
	cfg.Observe, cfg.RetryAfter = j.observe, 300*time.Millisecond
	run(t, l.conn, cfg)
	until(t, "it succeeds", func() bool { return j.count(bus.Done) == 1 })
	all := j.all()
	if len(all) != 3 || all[0].result != bus.Retried || all[1].result != bus.Retried {
		t.Fatalf("outcomes: %+v", all)
	}
	// A half of the delay is chance; the other half is certain, and doubles.
	for i, least := range []time.Duration{150 * time.Millisecond, 300 * time.Millisecond} {
		if waited := all[i+1].at.Sub(all[i].at); waited < least {
			t.Errorf("attempt %d came after %s, want at least %s", i+2, waited, least)
		}
	}
}

func TestWhatCannotSucceedBecomesADeadLetter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, reason string
		attempts     int
		handle       bus.Handler
	}{
		{"error after error", bus.ReasonExhausted, 2, func(context.Context, *bus.Delivery) error { return errors.New("never") }},
		{"too slow", bus.ReasonTimeout, 2, func(ctx context.Context, _ *bus.Delivery) error { return spend(ctx, time.Minute) }},
		{"rejected", "not_json", 1, func(context.Context, *bus.Delivery) error { return fmt.Errorf("read: %w", rejection("not_json")) }},
		{"panic", bus.ReasonPanic, 1, func(context.Context, *bus.Delivery) error { panic("boom") }},
		{"out of range", bus.ReasonPanic, 1, func(_ context.Context, d *bus.Delivery) error { return errors.New(d.Subject[len(d.Subject):][:1]) }},
		{"refused", bus.ReasonRefused, 1, func(context.Context, *bus.Delivery) error { return fmt.Errorf("store: %w", bus.ErrRefused) }},
		{"slow and cut off while storing", bus.ReasonTimeout, 2, func(ctx context.Context, _ *bus.Delivery) error {
			return fmt.Errorf("%w: %w", bus.ErrUnavailable, spend(ctx, time.Minute))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dies(t, c.handle, c.reason, c.attempts)
		})
	}
}

// dies checks that a message which a handler cannot cope with becomes one dead letter,
// and that its neighbours do not suffer.
func dies(t *testing.T, handle bus.Handler, reason string, attempts int) {
	l := newLine(t)
	l.publish(t, 5)
	var j journal
	cfg := config(func(ctx context.Context, d *bus.Delivery) error {
		if d.Subject == "work.2" {
			return handle(ctx, d)
		}
		return nil
	})
	cfg.Observe, cfg.Attempts, cfg.Limit = j.observe, 2, 200*time.Millisecond
	run(t, l.conn, cfg)
	until(t, "all are settled", func() bool { return j.count(bus.Done) == 4 && j.count(bus.Dead) == 1 })
	until(t, "nothing is delivered any more", func() bool { return l.lag(t).Floor == 5 })
	letters := l.stored(t, "DEAD")
	if len(letters) != 1 || letters[0].Subject != "dead."+reason+".3" || string(letters[0].Data) != "item 2" {
		t.Fatalf("dead letters: %+v", letters)
	}
	if got := j.count(bus.Retried); got != attempts-1 {
		t.Errorf("tried %d times, want %d", got+1, attempts)
	}
}

func TestADeadLetterThatIsThereAlreadyIsEnough(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 1)
	l.put(t, bus.Message{Subject: "dead.not_json.1", Data: []byte("from before the crash")})
	var j journal
	cfg := config(func(context.Context, *bus.Delivery) error { return rejection("not_json") })
	cfg.Observe = j.observe
	run(t, l.conn, cfg)
	until(t, "it is dead", func() bool { return j.count(bus.Dead) == 1 && l.lag(t).Floor == 1 })
	if letters := l.stored(t, "DEAD"); len(letters) != 1 || len(j.all()) != 1 {
		t.Errorf("%d letters after %d outcomes", len(letters), len(j.all()))
	}
}

func TestAMessageWithoutALetterStays(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	l.publish(t, 1)
	var tries atomic.Int64
	var j journal
	cfg := config(func(context.Context, *bus.Delivery) error { return rejection("not_json") })
	cfg.Observe = j.observe
	cfg.Bury = func(d *bus.Delivery, f bus.Failure) (bus.Message, error) {
		switch tries.Add(1) {
		case 1:
			panic("cannot be written")
		case 2:
			return bus.Message{}, errors.New("cannot be written")
		}
		return bury(d, f)
	}
	run(t, l.conn, cfg)
	until(t, "the letter is written", func() bool { return j.count(bus.Dead) == 1 })
	if j.count(bus.Retried) != 2 {
		t.Errorf("outcomes: %+v", j.all())
	}
	if !strings.Contains(j.all()[0].err.Error(), "cannot be written") {
		t.Errorf("the error hides why: %v", j.all()[0].err)
	}
}

// An empty message with a header "Status" looks like a note of the server. It must
// neither be lost nor take its neighbours with it.
func TestHostileHeadersStopNothing(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	hostile := []string{"100", "400", "404", "408", "409", "503", "garbage"}
	for i, status := range hostile {
		l.put(t, bus.Message{Subject: fmt.Sprintf("work.%d", i), Headers: map[string]string{"Status": status,
			"Description": "Consumer Deleted", "Nats-Sequence": "9999", "Nats-Subject": "work.forged", "Nats-Num-Pending": "x", "Nats-Last-Sequence": "7"}})
	}
	var j journal
	cfg := config(l.echo)
	cfg.Observe = j.observe
	run(t, l.conn, cfg)
	until(t, "all are handled", func() bool { return j.count(bus.Done) == len(hostile) })
	if slices.ContainsFunc(j.all(), func(e entry) bool { return e.attempt != 1 }) {
		t.Errorf("some came twice: %+v", j.all())
	}
	for i, r := range l.stored(t, "WORK") {
		if r.Sequence != uint64(i+1) || r.Subject != fmt.Sprintf("work.%d", i) || r.Headers.Get("Status") != hostile[i] {
			t.Errorf("read back: %+v", r)
		}
	}
	if last, err := l.conn.Last(t.Context(), "WORK", "work.*"); err != nil || last.Sequence != uint64(len(hostile)) {
		t.Errorf("last: %+v, %v", last, err)
	}
}
