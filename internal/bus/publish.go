package bus

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

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
	// ErrUnavailable means that the broker did not answer, or could not do its work: a
	// message may be stored or not. It wraps the cause.
	ErrUnavailable = errors.New("the broker is not available")
	// ErrRefused means that the stream will never take the message: too large, say.
	ErrRefused = errors.New("the stream refuses the message")
)

// Publish sends a message and waits until it is stored. While there is no connection it
// fails at once: what the client kept back would be sent later, even after the caller
// has given up and begun again.
func (c *Conn) Publish(ctx context.Context, m Message) (Stored, error) {
	if err := m.check(); err != nil {
		return Stored{}, fmt.Errorf("publish: %w: %w", ErrRefused, err)
	}
	if !c.nc.IsConnected() {
		return Stored{}, publishError(m.Subject, errNotConnected)
	}
	wire := m.wire()
	for try := 1; ; try++ {
		stored, err := c.acks.publish(ctx, wire)
		switch {
		case err == nil:
			return stored, nil
		case errors.Is(err, nats.ErrNoResponders) && try < noLeaderTries:
			pause(ctx, noLeaderWait) // a stream that is choosing its leader
		default:
			return Stored{}, publishError(m.Subject, err)
		}
	}
}

// While a stream in a cluster has no leader, nobody answers. A new one is there soon.
const (
	noLeaderTries = 3
	noLeaderWait  = 250 * time.Millisecond
)

// maxSubject is the length of the longest subject in bytes. The server hangs up on a
// client that sends a line of 4,096 bytes, which would harm everybody else's messages.
const maxSubject = 1024

// check finds what would harm the connection, or never be answered.
func (m Message) check() error {
	if len(m.Subject) > maxSubject {
		return fmt.Errorf("the subject %.40q... is %d bytes long, %d are allowed", m.Subject, len(m.Subject), maxSubject)
	}
	if !literal(m.Subject) {
		return fmt.Errorf("the subject %q is empty in part, or holds a space or a wildcard", m.Subject)
	}
	if m.Expect != nil && m.Expect.Filter == "" {
		return errors.New("it expects something of no subject")
	}
	for name := range m.Headers {
		if name == "" || strings.ContainsAny(name, ": \t\r\n") {
			return fmt.Errorf("the header name %.40q holds what a name cannot", name)
		}
	}
	return nil
}

// literal says whether one message can be published on a subject. It holds no empty
// token, and neither wildcards nor spaces anywhere.
func literal(subject string) bool {
	dot := true // a dot may neither begin the subject nor follow another
	for i := range len(subject) {
		switch c := subject[i]; {
		case c == '.' && dot, c <= ' ', c == '*', c == '>', c == 0x7f:
			return false
		default:
			dot = c == '.'
		}
	}
	return !dot
}

// wire gives the message as the client sends it. The client's own options write the same
// headers by way of closures and fmt.
func (m Message) wire() *nats.Msg {
	out := &nats.Msg{Subject: m.Subject, Data: m.Data, Header: make(nats.Header, len(m.Headers)+3)}
	values := make([]string, 0, len(m.Headers)+3)
	set := func(name, value string) {
		values = append(values, value)
		out.Header[name] = values[len(values)-1 : len(values) : len(values)]
	}
	for name, value := range m.Headers {
		set(name, value)
	}
	if m.ID != "" {
		set(jetstream.MsgIDHeader, m.ID)
	}
	if m.Expect != nil {
		set(jetstream.ExpectedLastSubjSeqHeader, strconv.FormatUint(m.Expect.Sequence, 10))
		set(jetstream.ExpectedLastSubjSeqSubjHeader, m.Expect.Filter)
	}
	return out
}

// Errors of the server that the client has no name for.
const (
	codeHeaderTooLarge   jetstream.ErrorCode = 10097
	codeExpectationWrong jetstream.ErrorCode = 10193
)

// publishError sorts what the server and the client say into the three errors that
// somebody decides on. What is not known is an outage: a stream that is missing or full
// (10077), a write of the same id or subject still under way (10158, 10163).
func publishError(subject string, err error) error {
	kind := ErrUnavailable
	var api *jetstream.APIError
	switch {
	case errors.As(err, &api):
		switch api.ErrorCode {
		case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
			kind = ErrConflict
		case jetstream.JSErrCodeStreamMessageExceedsMaximum, codeHeaderTooLarge, codeExpectationWrong:
			kind = ErrRefused
		}
	case errors.Is(err, nats.ErrMaxPayload), errors.Is(err, nats.ErrBadSubject):
		kind = ErrRefused
	}
	return fmt.Errorf("publish on %s: %w: %w", subject, kind, err)
}
