package bus

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Record is a stored message.
type Record struct {
	Subject string
	// Headers are those it was published with, and those the server added; nil where there
	// are none.
	Headers  Headers
	Data     []byte
	Sequence uint64
	Stored   time.Time
}

// ErrNotFound means that no stored message fits.
var ErrNotFound = errors.New("no such message")

// Headers of an answer to a direct read.
const (
	statusHeader       = "Status"
	descriptionHeader  = "Description"
	pendingHeader      = "Nats-Num-Pending"
	statusNotFound     = "404"
	statusEndOfBatch   = "204"
	statusBadDirectGet = "408"
	statusNobody       = "503"
)

// stamp gives what the server says in a header. It appends its own to those of the
// message, and a publisher may have put one of the same name there before.
func stamp(h nats.Header, name string) string {
	if values := h[name]; len(values) > 0 {
		return values[len(values)-1]
	}
	return ""
}

// isMessage tells an answer that carries a stored message from one that only carries a
// status. A publisher may send a header named Status, but the server's stamp is put on
// messages alone.
func isMessage(answer *nats.Msg) bool { return stamp(answer.Header, jetstream.SequenceHeader) != "" }

// direct reads the answer to a direct read.
func direct(answer *nats.Msg) (Record, error) {
	if !isMessage(answer) {
		return Record{}, refusal(answer)
	}
	sequence, err := strconv.ParseUint(stamp(answer.Header, jetstream.SequenceHeader), 10, 64)
	if err != nil {
		return Record{}, fmt.Errorf("direct read: sequence: %w", err)
	}
	stored, err := time.Parse(time.RFC3339Nano, stamp(answer.Header, jetstream.TimeStampHeaer))
	if err != nil {
		return Record{}, fmt.Errorf("direct read: time: %w", err)
	}
	return Record{Subject: stamp(answer.Header, jetstream.SubjectHeader), Headers: Headers(answer.Header),
		Data: answer.Data, Sequence: sequence, Stored: stored}, nil
}

// refusal gives the error in an answer that carries no message.
func refusal(answer *nats.Msg) error {
	status := answer.Header.Get(statusHeader)
	err := fmt.Errorf("direct read: %s %s", status, answer.Header.Get(descriptionHeader))
	switch status {
	case statusNotFound:
		return ErrNotFound
	case statusBadDirectGet:
		return err
	case statusNobody:
		return fmt.Errorf("%w: %w", ErrUnavailable, nats.ErrNoResponders)
	default:
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
}

// Headers are the headers of a stored message.
type Headers map[string][]string

// Get gives the first value of a header, empty where there is none: it is what was
// published; what the server adds stands behind it.
func (h Headers) Get(name string) string {
	if values := h[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Firsts gives the first value of each header.
func (h Headers) Firsts() map[string]string {
	out := make(map[string]string, len(h))
	for name := range h {
		out[name] = h.Get(name)
	}
	return out
}
