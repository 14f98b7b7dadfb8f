package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/pkg/events"
)

// log is a Log in memory: the conditions of its writes hold as those of a stream do.
type log struct {
	mu      sync.Mutex
	entries []Entry
	// before is called once before each write, outside of the lock.
	before func()
	// fail is what the next writes answer: after is true where they are stored all the
	// same, and only the answer is lost.
	fail  []error
	after bool
	reads int
}

func (l *log) After(_ context.Context, kind events.Kind, party string, place uint64) ([]Entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
	return l.since(kind, party, place), nil
}

func (l *log) since(kind events.Kind, party string, place uint64) []Entry {
	var out []Entry
	for _, e := range l.entries {
		if e.Alert.Kind == kind && e.Alert.Party.ID == party && e.Place > place {
			out = append(out, e)
		}
	}
	return out
}

func (l *log) Append(_ context.Context, alert *events.Alert, expected uint64) (uint64, error) {
	if l.before != nil {
		l.before()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var lost error
	if len(l.fail) > 0 {
		lost, l.fail = l.fail[0], l.fail[1:]
		if !l.after {
			return 0, lost
		}
	}
	if len(l.since(alert.Kind, alert.Party.ID, expected)) > 0 {
		return 0, fmt.Errorf("write: %w", ErrConflict)
	}
	place := uint64(len(l.entries) + 1)
	l.entries = append(l.entries, Entry{alert, place})
	return place, lost
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// service makes a worker on a log, with a clock that stands still.
func service(l *log) *Service {
	return New(l, Options{MinConfidence: 0.5, Now: func() time.Time { return noon }, Pause: func(context.Context, time.Duration) {}})
}

// sets makes an annotation in which a party sets conditions.
func sets(party string, words ...string) *events.Annotation {
	a := &events.Annotation{Article: events.ArticleRef{ID: "ar_1", Received: noon}}
	for i, w := range words {
		a.Conditions = append(a.Conditions, events.Condition{
			Finding: events.Finding{ID: fmt.Sprint("co_", i), Span: events.Span{Text: w}, Confidence: 0.8},
			Setter:  events.Actor{Name: party, Party: &events.Party{ID: party, Name: party}}, Type: events.RequirementCondition, Polarity: events.Positive})
	}
	return a
}

const (
	ridge     = "We will not sign unless Ostreya withdraws its artillery from the eastern ridge"
	ridgeToo  = "Varland will sign only if artillery is withdrawn from the eastern ridge by Ostreya"
	prisoners = "We will not sign unless the prisoners of the autumn are released"
)

func handle(t *testing.T, s *Service, a *events.Annotation) Result {
	t.Helper()
	r, err := s.Handle(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAlertsAreStoredOnce(t *testing.T) {
	l := &log{}
	s := service(l)
	if r := handle(t, s, sets("varland", ridge, prisoners)); len(r.Alerts) != 2 || r.Repeats != 0 || !r.Alerts[0].Alerted.Equal(noon) {
		t.Errorf("at first: %+v", r)
	}
	for name, worker := range map[string]*Service{"the same worker": s, "a worker that starts anew": service(l)} {
		if r := handle(t, worker, sets("varland", ridge, prisoners)); len(r.Alerts) != 0 || r.Repeats != 2 {
			t.Errorf("%s, delivered again: %+v", name, r)
		}
		if r := handle(t, worker, sets("varland", ridgeToo)); len(r.Alerts) != 0 || r.Repeats != 1 {
			t.Errorf("%s, in other words: %+v", name, r)
		}
	}
	if r := handle(t, s, sets("keth", ridge)); len(r.Alerts) != 1 {
		t.Errorf("another party: %+v", r)
	}
	if len(l.entries) != 3 {
		t.Errorf("%d alerts are stored, want 3", len(l.entries))
	}
}

// TestTwoWordings has two workers decide on two wordings of one new condition in the same
// moment: both have read, neither has written.
func TestTwoWordings(t *testing.T) {
	l := &log{}
	var both sync.WaitGroup
	both.Add(2)
	var once [2]sync.Once
	meet := func(i int) func() {
		return func() { once[i].Do(func() { both.Done(); both.Wait() }) }
	}
	var results [2]Result
	var workers sync.WaitGroup
	for i, words := range []string{ridge, ridgeToo} {
		s := service(l)
		s.log = meeting{l, meet(i)}
		workers.Go(func() { results[i] = handle(t, s, sets("varland", words)) })
	}
	workers.Wait()
	if len(l.entries) != 1 || len(results[0].Alerts)+len(results[1].Alerts) != 1 || results[0].Conflicts+results[1].Conflicts != 1 || results[0].Repeats+results[1].Repeats != 1 {
		t.Errorf("%d alerts, results %+v: want one thread, and the other worker to see it", len(l.entries), results)
	}
}

// meeting is a log whose writes wait for somebody else's.
type meeting struct {
	*log
	wait func()
}

func (m meeting) Append(ctx context.Context, alert *events.Alert, expected uint64) (uint64, error) {
	m.wait()
	return m.log.Append(ctx, alert, expected)
}

// TestLostAnswer has an alert stored and the answer lost: the annotation is delivered
// again, and the same worker must not store it twice.
func TestLostAnswer(t *testing.T) {
	for _, stored := range []bool{true, false} {
		l := &log{fail: []error{errors.New("no answer")}, after: stored}
		s := service(l)
		if _, err := s.Handle(t.Context(), sets("varland", ridge)); err == nil || !strings.Contains(err.Error(), "no answer") {
			t.Fatalf("stored %t: got %v", stored, err)
		}
		handle(t, s, sets("varland", ridge))
		if len(l.entries) != 1 {
			t.Errorf("stored %t: %d alerts after the second delivery, want 1", stored, len(l.entries))
		}
	}
}

// TestOvertaken has other workers come first, for ever and for a while.
func TestOvertaken(t *testing.T) {
	l := &log{}
	other := 0
	overtake := func() {
		other++
		a := events.Alert{Kind: events.KindCondition, Party: events.Party{ID: "varland"}, Thread: fmt.Sprint(other)}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.entries = append(l.entries, Entry{&a, uint64(len(l.entries) + 1)})
	}
	l.before = overtake
	if _, err := service(l).Handle(t.Context(), sets("varland", ridge)); err == nil || other != maxRounds {
		t.Errorf("overtaken for ever: %v after %d rounds, want an error after %d", err, other, maxRounds)
	}
	l.before = func() {
		if other < maxRounds+5 {
			overtake()
		}
	}
	if r := handle(t, service(l), sets("varland", ridge)); len(r.Alerts) != 1 || r.Conflicts != 5 {
		t.Errorf("overtaken five times: %+v", r)
	}
}

// TestLaggingReplica has reads show nothing new after a conflict: the worker waits before
// it asks again, and gives up with its context.
func TestLaggingReplica(t *testing.T) {
	l := &log{fail: []error{ErrConflict, ErrConflict, ErrConflict}}
	s := service(l)
	var waited []time.Duration
	s.options.Pause = func(_ context.Context, d time.Duration) { waited = append(waited, d) }
	if r := handle(t, s, sets("varland", ridge)); len(r.Alerts) != 1 || r.Conflicts != 3 {
		t.Errorf("%+v", r)
	}
	for i, d := range waited {
		if low := pauseBase << i; d < low/2 || d > 2*low {
			t.Errorf("wait %d is %s, want about %s", i, d, low)
		}
	}
	if len(waited) != 3 {
		t.Errorf("%d waits, want 3", len(waited))
	}
	l.fail = []error{ErrConflict, ErrConflict}
	ctx, cancel := context.WithCancel(t.Context())
	s.options.Pause = func(context.Context, time.Duration) { cancel() }
	if _, err := s.Handle(ctx, sets("varland", prisoners)); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped while waiting: %v", err)
	}
}

// TestMemory reads a party once, and again only after it was forgotten.
func TestMemory(t *testing.T) {
	l := &log{}
	s := New(l, Options{MinConfidence: 0.5, Parties: 1})
	for _, step := range []struct {
		party string
		reads int
	}{{"varland", 1}, {"varland", 1}, {"keth", 2}, {"varland", 3}} {
		handle(t, s, sets(step.party, ridge))
		if l.reads != step.reads {
			t.Errorf("%s: %d reads, want %d", step.party, l.reads, step.reads)
		}
	}
	if len(l.entries) != 2 {
		t.Errorf("%d alerts, want 2", len(l.entries))
	}
}

func TestUnsureMakesNoAlert(t *testing.T) {
	l := &log{}
	a := sets("varland", ridge)
	a.Conditions[0].Confidence = 0.4
	if r := handle(t, service(l), a); len(r.Alerts)+r.Repeats+len(l.entries) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestPauseEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	pause(ctx, time.Hour) // returns, or the test runs out of time
	pause(t.Context(), time.Nanosecond)
}
