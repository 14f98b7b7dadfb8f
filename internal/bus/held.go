package bus

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// held is a message that this process holds: waiting in the queue or being worked on.
type held struct {
	Delivery
	msg   jetstream.Msg
	since atomic.Int64 // when it was taken, or last tried in place, in Unix nanoseconds
}

func hold(m jetstream.Msg, stream string) (*held, error) {
	meta, err := m.Metadata()
	if err != nil {
		return nil, fmt.Errorf("read metadata: %w", err)
	}
	h := &held{msg: m}
	h.since.Store(time.Now().UnixNano())
	h.Record = Record{Subject: m.Subject(), Data: m.Data(), Sequence: meta.Sequence.Stream, Stored: meta.Timestamp, Headers: map[string]string{}}
	for k := range m.Headers() {
		h.Headers[k] = m.Headers().Get(k)
	}
	h.Stream = stream
	h.Attempt = int(meta.NumDelivered)
	return h, nil
}

// holding is the set of messages held. The server is told of each before it would give
// it to another worker.
type holding struct {
	mu  sync.Mutex
	set map[*held]struct{}
}

func (s *holding) add(h *held) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set == nil {
		s.set = map[*held]struct{}{}
	}
	s.set[h] = struct{}{}
}

func (s *holding) remove(h *held) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.set, h)
}

// keep reports every message held for longer than one interval as in progress, until
// the context ends. A message held for longer than limit hangs: it is reported no more,
// so that another worker gets it.
func (s *holding) keep(ctx context.Context, interval, limit time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			for _, h := range s.between(now.Add(-limit), now.Add(-interval/2)) {
				// An error here means the connection is down: the message will come again.
				_ = h.msg.InProgress()
			}
		}
	}
}

// between lists the messages taken after one time and before another.
func (s *holding) between(after, before time.Time) []*held {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*held
	for h := range s.set {
		if since := h.since.Load(); since > after.UnixNano() && since < before.UnixNano() {
			out = append(out, h)
		}
	}
	return out
}
