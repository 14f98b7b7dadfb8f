package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// Record is a stored message.
type Record struct {
	Subject  string
	Headers  map[string]string
	Data     []byte
	Sequence uint64
	Stored   time.Time
}

// ErrNotFound means that no stored message fits.
var ErrNotFound = errors.New("no such message")

// Last gives the newest message on a set of subjects, which may hold wildcards;
// ErrNotFound when there is none. In a cluster the answer may be a moment old: write
// with an Expectation to be sure.
func (c *Conn) Last(ctx context.Context, stream, filter string) (Record, error) {
	// The client's own call puts the subject into the address of the request, where
	// wildcards cannot stand; the server takes it in the body as well.
	body, err := json.Marshal(map[string]string{"last_by_subj": filter})
	if err != nil {
		return Record{}, err
	}
	answer, err := c.nc.RequestWithContext(ctx, "$JS.API.DIRECT.GET."+stream, body)
	if err == nil && answer.Header.Get("Status") == "404" {
		err = ErrNotFound
	}
	if err != nil {
		return Record{}, fmt.Errorf("read the last message on %s: %w", filter, err)
	}
	return direct(answer)
}

// direct reads the answer to a direct request.
func direct(answer *nats.Msg) (Record, error) {
	if status := answer.Header.Get("Status"); status != "" {
		return Record{}, fmt.Errorf("direct read: %s %s", status, answer.Header.Get("Description"))
	}
	sequence, err := strconv.ParseUint(answer.Header.Get(jetstream.SequenceHeader), 10, 64)
	if err != nil {
		return Record{}, fmt.Errorf("direct read: sequence: %w", err)
	}
	stored, err := time.Parse(time.RFC3339Nano, answer.Header.Get(jetstream.TimeStampHeaer))
	if err != nil {
		return Record{}, fmt.Errorf("direct read: time: %w", err)
	}
	return record(&jetstream.RawStreamMsg{Subject: answer.Header.Get(jetstream.SubjectHeader), Sequence: sequence,
		Header: answer.Header, Data: answer.Data, Time: stored}), nil
}

// page is how many messages one request of After asks for.
const page = 512

// After gives the messages on a set of subjects stored after a sequence number, oldest
// first. It may miss those of the last moment in a cluster, as Last may.
func (c *Conn) After(ctx context.Context, stream, filter string, sequence uint64) ([]Record, error) {
	var all []Record
	for {
		found, err := c.collect(jetstreamext.GetBatch(ctx, c.js, stream, page,
			jetstreamext.GetBatchSubject(filter), jetstreamext.GetBatchSeq(sequence+1)))
		if errors.Is(err, ErrNotFound) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s after %d: %w", filter, sequence, err)
		}
		all = append(all, found...)
		if len(found) < page {
			return all, nil
		}
		sequence = found[len(found)-1].Sequence
	}
}

// At gives the message with a sequence number, ErrNotFound when it is not there.
func (c *Conn) At(ctx context.Context, stream string, sequence uint64) (Record, error) {
	s, err := c.js.Stream(ctx, stream)
	if err != nil {
		return Record{}, fmt.Errorf("read message %d of %s: %w", sequence, stream, err)
	}
	m, err := s.GetMsg(ctx, sequence)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		err = ErrNotFound
	}
	if err != nil {
		return Record{}, fmt.Errorf("read message %d of %s: %w", sequence, stream, err)
	}
	return record(m), nil
}

// Delete removes one message; ErrNotFound when it is not there.
func (c *Conn) Delete(ctx context.Context, stream string, sequence uint64) error {
	s, err := c.js.Stream(ctx, stream)
	if err == nil {
		err = s.DeleteMsg(ctx, sequence)
	}
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("delete message %d of %s: %w", sequence, stream, err)
	}
	return nil
}

// collect drains an answer of several messages; ErrNotFound when it holds none.
func (c *Conn) collect(messages func(func(*jetstream.RawStreamMsg, error) bool), err error) ([]Record, error) {
	if err != nil {
		return nil, err
	}
	var all []Record
	for m, err := range messages {
		if errors.Is(err, jetstreamext.ErrNoMessages) || errors.Is(err, jetstream.ErrMsgNotFound) {
			break
		}
		if err != nil {
			return nil, err
		}
		all = append(all, record(m))
	}
	if len(all) == 0 {
		return nil, ErrNotFound
	}
	return all, nil
}

func record(m *jetstream.RawStreamMsg) Record {
	r := Record{Subject: m.Subject, Data: m.Data, Sequence: m.Sequence, Stored: m.Time, Headers: map[string]string{}}
	for k := range m.Header {
		r.Headers[k] = m.Header.Get(k)
	}
	return r
}
