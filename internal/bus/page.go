package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	// pageMessages and pageBytes bound the answer to one request of After, so that it
	// fits the client's buffers.
	pageMessages = 512
	pageBytes    = 4 << 20
)

// After gives the messages on a set of subjects stored after a sequence number, oldest
// first. It may miss those of the last moment in a cluster, as Last may; it never gives
// a part for the whole.
func (c *Conn) After(ctx context.Context, stream, filter string, sequence uint64) ([]Record, error) {
	var all []Record
	for {
		p, err := c.page(ctx, stream, filter, sequence)
		if err != nil {
			return nil, fmt.Errorf("read %s after %d: %w", filter, sequence, err)
		}
		all = append(all, p.records...)
		if p.pending == 0 || len(p.records) == 0 {
			return all, nil
		}
		sequence = p.last()
	}
}

// page is the answer to one request: some messages, and how many are left. It ends
// after a number of messages, a number of bytes, or when there are no more; only the
// closing note says which.
type page struct {
	records []Record
	pending uint64
}

func (p *page) last() uint64 {
	if len(p.records) == 0 {
		return 0
	}
	return p.records[len(p.records)-1].Sequence
}

func (c *Conn) page(ctx context.Context, stream, filter string, after uint64) (*page, error) {
	body, err := json.Marshal(map[string]any{"next_by_subj": filter, "seq": after + 1, "batch": pageMessages, "max_bytes": pageBytes})
	if err != nil {
		return nil, err
	}
	var p page
	return &p, c.mail.each(ctx, api+"DIRECT.GET."+stream, body, pageMessages+1, p.take)
}

// take takes one answer: a message, or the note that ends the page.
func (p *page) take(answer *nats.Msg) (more bool, err error) {
	if isMessage(answer) {
		return true, p.add(answer)
	}
	return false, p.close(answer)
}

// add takes a message, if it is the one that follows the last.
func (p *page) add(answer *nats.Msg) error {
	r, err := direct(answer)
	if err != nil {
		return err
	}
	if err := p.follows(answer); err != nil {
		return err
	}
	p.records = append(p.records, r)
	return nil
}

// close takes the note that ends an answer.
func (p *page) close(answer *nats.Msg) error {
	if answer.Header.Get(statusHeader) != statusEndOfBatch {
		if err := refusal(answer); !errors.Is(err, ErrNotFound) {
			return err
		}
		return nil
	}
	var err error
	if p.pending, err = strconv.ParseUint(answer.Header.Get(pendingHeader), 10, 64); err != nil {
		return fmt.Errorf("direct read: messages left: %w", err)
	}
	return p.follows(answer)
}

// follows checks that nothing is missing between the last message and an answer: each
// names the one sent before it.
func (p *page) follows(answer *nats.Msg) error {
	before, err := strconv.ParseUint(stamp(answer.Header, jetstream.LastSequenceHeader), 10, 64)
	if err != nil {
		return fmt.Errorf("direct read: message before: %w", err)
	}
	if before != p.last() {
		return fmt.Errorf("%w: part of the answer is missing after message %d", ErrUnavailable, p.last())
	}
	return nil
}
