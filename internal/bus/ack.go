package bus

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/segmentio/encoding/json"
)

// acks is where the server's words come in on what was published: one subscription for
// all writes under way. The client's own futures take 14 allocations more for each write
// (52 in place of 38), for channels, timers and the decoder of the standard library.
type acks struct {
	nc     *nats.Conn
	prefix string

	mu   sync.Mutex
	last uint64
	open map[uint64]*write
}

// write is a write under way. It is used again once nobody can answer it any more.
type write struct {
	answer chan *nats.Msg // nil in it for a connection that was lost
	timer  *time.Timer
}

var writes = sync.Pool{New: func() any {
	w := &write{answer: make(chan *nats.Msg, 1), timer: time.NewTimer(time.Hour)}
	w.timer.Stop()
	return w
}}

func newAcks() *acks { return &acks{open: map[uint64]*write{}} }

// listen makes a connection the one that is written to, once.
func (a *acks) listen(nc *nats.Conn) (err error) {
	a.nc = nc
	if a.prefix, err = openInbox(nc, a.deliver); err != nil {
		return fmt.Errorf("open acknowledgements: %w", err)
	}
	return nil
}

// publish sends a message and waits for what the server says of it. It sends nothing for
// a caller who has given up.
func (a *acks) publish(ctx context.Context, m *nats.Msg) (Stored, error) {
	if err := ctx.Err(); err != nil {
		return Stored{}, err
	}
	w := writes.Get().(*write)
	w.timer.Reset(answerTimeout)
	n := a.begin(w)
	defer a.end(n, w)
	m.Reply = a.prefix + strconv.FormatUint(n, 36)
	if err := a.nc.PublishMsg(m); err != nil {
		return Stored{}, err
	}
	select {
	case answer := <-w.answer:
		return stored(answer)
	case <-w.timer.C:
		return Stored{}, fmt.Errorf("no answer within %s", answerTimeout)
	case <-ctx.Done():
		return Stored{}, ctx.Err()
	}
}

func (a *acks) begin(w *write) uint64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last++
	a.open[a.last] = w
	return a.last
}

// end forgets a write. Answers are handed over under the lock, so that none can come for
// it behind this.
func (a *acks) end(n uint64, w *write) {
	a.mu.Lock()
	delete(a.open, n)
	a.mu.Unlock()
	w.timer.Stop()
	select {
	case <-w.answer:
	default:
	}
	writes.Put(w)
}

// deliver hands an answer to its write. One that comes too late is dropped.
func (a *acks) deliver(m *nats.Msg) {
	n, err := strconv.ParseUint(m.Subject[len(a.prefix):], 36, 64)
	if err != nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if w := a.open[n]; w != nil {
		w.hand(m)
	}
}

// lost tells every write under way that the connection it was sent on is gone: it may be
// stored or not, and no answer will come.
func (a *acks) lost() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, w := range a.open {
		w.hand(nil)
	}
}

func (w *write) hand(m *nats.Msg) {
	select {
	case w.answer <- m:
	default: // answered already
	}
}

// stored reads the server's word on a write.
func stored(answer *nats.Msg) (Stored, error) {
	if answer == nil {
		return Stored{}, nats.ErrDisconnected
	}
	if len(answer.Data) == 0 && answer.Header.Get(statusHeader) == statusNobody {
		return Stored{}, nats.ErrNoResponders
	}
	var ack struct {
		Stream    string              `json:"stream"`
		Sequence  uint64              `json:"seq"`
		Duplicate bool                `json:"duplicate"`
		Error     *jetstream.APIError `json:"error"`
	}
	switch err := json.Unmarshal(answer.Data, &ack); {
	case err != nil:
		return Stored{}, fmt.Errorf("read the answer: %w", err)
	case ack.Error != nil:
		return Stored{}, ack.Error
	case ack.Stream == "" || ack.Sequence == 0:
		return Stored{}, jetstream.ErrInvalidJSAck
	}
	return Stored{Sequence: ack.Sequence, Duplicate: ack.Duplicate}, nil
}
