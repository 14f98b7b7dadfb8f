package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// api is where JetStream is asked.
const api = "$JS.API."

// Last gives the newest message on a set of subjects, which may hold wildcards;
// ErrNotFound when there is none. In a cluster the answer may be a moment old: write
// with an Expectation to be sure.
func (c *Conn) Last(ctx context.Context, stream, filter string) (Record, error) {
	// The client's own call puts the subject into the address of the request, where
	// wildcards cannot stand; the server takes it in the body as well.
	r, err := c.readDirect(ctx, stream, map[string]any{"last_by_subj": filter})
	if err != nil {
		return Record{}, fmt.Errorf("read the last message on %s: %w", filter, err)
	}
	return r, nil
}

// At gives the message with a sequence number, ErrNotFound when it is not there, nor
// perhaps the whole stream.
func (c *Conn) At(ctx context.Context, stream string, sequence uint64) (Record, error) {
	r, err := c.readDirect(ctx, stream, map[string]any{"seq": sequence})
	if errors.Is(err, ErrNotFound) || errors.Is(err, nats.ErrNoResponders) {
		// A replica that is behind may have answered, or nobody for a stream that was
		// deleted. Whoever asks for one message gives it up when it is not there, so the
		// leader has the last word.
		err = c.confirmMissing(ctx, stream, sequence)
	}
	if err != nil {
		return Record{}, fmt.Errorf("read message %d of %s: %w", sequence, stream, err)
	}
	return r, nil
}

// confirmMissing asks the leader of a stream for a message; ErrNotFound when it has
// none either.
func (c *Conn) confirmMissing(ctx context.Context, stream string, sequence uint64) error {
	if err := c.order(ctx, "STREAM.MSG.GET."+stream, map[string]any{"seq": sequence}); err != nil {
		return err
	}
	return fmt.Errorf("%w: the leader has it, its replicas do not answer with it", ErrUnavailable)
}

// Delete removes one message; ErrNotFound when it is not there.
func (c *Conn) Delete(ctx context.Context, stream string, sequence uint64) error {
	err := c.order(ctx, "STREAM.MSG.DELETE."+stream, map[string]any{"seq": sequence, "no_erase": true})
	if err != nil {
		return fmt.Errorf("delete message %d of %s: %w", sequence, stream, err)
	}
	return nil
}

// PurgeSubject removes all messages on a set of subjects, which may hold wildcards.
func (c *Conn) PurgeSubject(ctx context.Context, stream, filter string) error {
	if filter == "" {
		return fmt.Errorf("purge %s: no subject is given, and the server would take that for all", stream)
	}
	if err := c.order(ctx, "STREAM.PURGE."+stream, map[string]any{"filter": filter}); err != nil {
		return fmt.Errorf("purge %s of %s: %w", filter, stream, err)
	}
	return nil
}

// order has the server do something and gives its verdict.
func (c *Conn) order(ctx context.Context, what string, how map[string]any) error {
	answer, err := c.request(ctx, api+what, how)
	if err != nil {
		return err
	}
	if answer.Header.Get(statusHeader) != "" {
		return refusal(answer)
	}
	var verdict struct {
		Error *jetstream.APIError `json:"error"`
	}
	if err := json.Unmarshal(answer.Data, &verdict); err != nil {
		return fmt.Errorf("read the server's verdict: %w", err)
	}
	if verdict.Error != nil {
		return sorted(verdict.Error)
	}
	return nil
}

func (c *Conn) readDirect(ctx context.Context, stream string, what map[string]any) (Record, error) {
	answer, err := c.request(ctx, api+"DIRECT.GET."+stream, what)
	if err != nil {
		return Record{}, err
	}
	return direct(answer)
}

// request asks the server one thing. No answer is an outage, whatever the cause.
func (c *Conn) request(ctx context.Context, subject string, what map[string]any) (*nats.Msg, error) {
	body, err := json.Marshal(what)
	if err != nil {
		return nil, err
	}
	var answer *nats.Msg
	err = c.mail.each(ctx, subject, body, 1, func(m *nats.Msg) (bool, error) {
		answer = m
		return false, nil
	})
	return answer, err
}
