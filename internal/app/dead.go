package app

import (
	"strconv"
	"time"
	"unicode/utf8"

	"readout/internal/bus"
	"readout/pkg/events"
)

// stages says at which stage the messages of a stream are worked on.
var stages = map[string]string{
	events.StreamSubmissions: durableIngest,
	events.StreamArticles:    durableAnnotate,
	events.StreamAnnotations: durableNotify,
	events.StreamAdvisories:  durableBury,
}

const (
	maxError = 4 << 10
	// letterRoom is what a dead letter needs beside the original.
	letterRoom = 64 << 10
)

// letters makes dead letters for a server that takes messages up to a size.
type letters struct {
	maxPayload int64
	now        func() time.Time
}

// bury makes the message that stores a dead letter. Its subject holds an id made from
// the place of the original, and expects to be the first there: a message dies once.
func (l letters) bury(d *bus.Delivery, f bus.Failure) (bus.Message, error) {
	stage := stages[d.Stream]
	letter := events.DeadLetter{
		Schema: events.Schema, ID: events.ID("dl", d.Stream, strconv.FormatUint(d.Sequence, 10)),
		Stage: stage, Reason: f.Reason, Error: cut(f.Err.Error(), maxError), Attempts: d.Attempt,
		Subject: d.Subject, Stream: d.Stream, Sequence: d.Sequence, Original: append([]byte{}, d.Data...), Size: len(d.Data),
		Headers: kept(d.Headers.Firsts()), Received: d.Stored, Died: l.now(),
	}
	if room := (int(min(l.maxPayload, maxEvent)) - letterRoom) / 4 * 3; len(d.Data) > room {
		letter.Original, letter.Truncated = d.Data[:max(room, 0)], true
	}
	data, err := events.Encode(letter)
	if err != nil {
		return bus.Message{}, err
	}
	subject := events.DeadSubject(stage, f.Reason, letter.ID)
	envelope := events.Envelope{ID: letter.ID, Type: events.TypeDeadLetter, Source: "/readout/" + stage,
		Subject: letter.ID, Time: letter.Died, Trace: events.ChildTrace(d.Headers.Get(events.HeaderTrace))}
	return bus.Message{Subject: subject, ID: letter.ID, Headers: envelope.Headers(), Data: data,
		Expect: &bus.Expectation{Filter: subject}}, nil
}

// kept gives the headers that a retry has to carry: those of the event, not those that
// the server or the client put there for one delivery.
func kept(headers map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range headers {
		if len(k) > 5 && k[:5] == "Nats-" || len(v) > 1024 || !utf8.ValidString(v) {
			continue
		}
		out[k] = v
	}
	return out
}

// cut shortens a text to a number of bytes without breaking a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
