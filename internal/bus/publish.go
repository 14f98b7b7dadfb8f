package bus

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Message is what goes out.
type Message struct {
	Subject string
	// ID lets the server drop a second copy sent within its duplicate window. It is a
	// first filter only: what must not happen twice states an Expectation.
	ID string
	// Headers are sent as they are.
	Headers map[string]string
	Data    []byte
	// Expect makes the write conditional; nil for a plain write.
	Expect *Expectation
}

// Expectation is what a write expects of the stream.
type Expectation struct {
	// Filter is the set of subjects it looks at; it may hold wildcards and has to cover
	// the subject of the message.
	Filter string
	// Sequence is that of the last message in the set, 0 for none.
	Sequence uint64
}

// Stored says where a message is stored.
type Stored struct {
	Sequence uint64
	// Duplicate is true where the server knew the id already and stored nothing.
	Duplicate bool
}

var (
	// ErrConflict means that the expectation of a write did not hold. Nothing was
	// stored: read again, decide again.
	ErrConflict = errors.New("somebody else wrote first")
	// ErrUnavailable means that the broker could not say it stored the message: it may
	// have or not. It wraps the cause.
	ErrUnavailable = errors.New("the broker did not confirm the message")
	// ErrRefused means that the stream will never take the message: too large, say.
	ErrRefused = errors.New("the stream refuses the message")
)

// Publish sends a message and waits until it is stored.
func (c *Conn) Publish(ctx context.Context, m Message) (Stored, error) {
	out := &nats.Msg{Subject: m.Subject, Data: m.Data, Header: make(nats.Header, len(m.Headers)+3)}
	for k, v := range m.Headers {
		out.Header[k] = []string{v}
	}
	var options []jetstream.PublishOpt
	if m.ID != "" {
		options = append(options, jetstream.WithMsgID(m.ID))
	}
	if m.Expect != nil {
		options = append(options, jetstream.WithExpectLastSequenceForSubject(m.Expect.Sequence, m.Expect.Filter))
	}
	future, err := c.js.PublishMsgAsync(out, options...)
	if err != nil {
		return Stored{}, publishError(m.Subject, err)
	}
	select {
	case ack := <-future.Ok():
		return Stored{Sequence: ack.Sequence, Duplicate: ack.Duplicate}, nil
	case err := <-future.Err():
		return Stored{}, publishError(m.Subject, err)
	case <-ctx.Done():
		return Stored{}, publishError(m.Subject, ctx.Err())
	}
}

// publishError sorts what the server and the client say into the three errors that
// somebody decides on.
func publishError(subject string, err error) error {
	kind := ErrUnavailable
	var api *jetstream.APIError
	switch {
	case errors.As(err, &api):
		switch api.ErrorCode {
		case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
			kind = ErrConflict
		case jetstream.JSErrCodeStreamMessageExceedsMaximum, codeHeaderTooLarge:
			kind = ErrRefused
		}
	case errors.Is(err, nats.ErrMaxPayload), errors.Is(err, nats.ErrBadSubject):
		kind = ErrRefused
	}
	return fmt.Errorf("publish on %s: %w: %w", subject, kind, err)
}

// codeHeaderTooLarge is an error of the server that the client has no name for.
const codeHeaderTooLarge jetstream.ErrorCode = 10097
