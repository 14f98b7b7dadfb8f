package bus

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nats-io/nats.go"
)

// mailbox is where the answers to requests come in: one subscription for all of them.
// The client's own calls take an empty message with a header "Status: 503", which any
// publisher can store, for the news that nobody answers.
type mailbox struct {
	nc     *nats.Conn
	prefix string

	mu   sync.Mutex
	last uint64
	open map[string]chan *nats.Msg
}

func newMailbox(nc *nats.Conn) (*mailbox, error) {
	b := &mailbox{nc: nc, open: map[string]chan *nats.Msg{}}
	var err error
	if b.prefix, err = openInbox(nc, b.deliver); err != nil {
		return nil, fmt.Errorf("open mailbox: %w", err)
	}
	return b, nil
}

// openInbox has everything handed over that comes to an inbox of its own, and gives what
// the subjects of that begin with.
func openInbox(nc *nats.Conn, deliver nats.MsgHandler) (prefix string, err error) {
	prefix = nc.NewInbox() + "."
	sub, err := nc.Subscribe(prefix+"*", deliver)
	if err != nil {
		return "", err
	}
	// What may come is bounded by what is asked for, not by how much of it may wait.
	return prefix, sub.SetPendingLimits(-1, -1)
}

// send asks for up to n answers. The letter box has to be closed by the name given.
func (b *mailbox) send(subject string, body []byte, n int) (name string, in <-chan *nats.Msg, err error) {
	letters := make(chan *nats.Msg, n)
	b.mu.Lock()
	b.last++
	name = strconv.FormatUint(b.last, 36)
	b.open[name] = letters
	b.mu.Unlock()
	if err := b.nc.PublishRequest(subject, b.prefix+name, body); err != nil {
		b.close(name)
		return "", nil, err
	}
	return name, letters, nil
}

func (b *mailbox) close(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.open, name)
}

// deliver puts an answer where it is waited for. One too many, or too late, is dropped.
func (b *mailbox) deliver(m *nats.Msg) {
	b.mu.Lock()
	letters := b.open[strings.TrimPrefix(m.Subject, b.prefix)]
	b.mu.Unlock()
	select {
	case letters <- m:
	default:
	}
}

// each makes a request for up to n answers and hands them over, until more is false.
func (b *mailbox) each(ctx context.Context, subject string, body []byte, n int, take func(*nats.Msg) (more bool, err error)) error {
	if !b.nc.IsConnected() {
		return fmt.Errorf("%w: %w", ErrUnavailable, errNotConnected)
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	name, in, err := b.send(subject, body, n)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	defer b.close(name)
	for {
		select {
		case m := <-in:
			if more, err := take(m); !more || err != nil {
				return err
			}
		case <-ctx.Done():
			return fmt.Errorf("%w: no answer on %s: %w", ErrUnavailable, subject, ctx.Err())
		}
	}
}
