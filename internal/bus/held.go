package bus

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
)

// held is a message that this process holds: waiting in the queue or being worked on.
type held struct {
	Delivery
	nc    *nats.Conn
	reply string
	taken time.Time
	begun atomic.Int64 // when the handler was called last, in Unix nanoseconds; 0 while it waits
}

func hold(nc *nats.Conn, m *nats.Msg, stream string) (*held, error) {
	meta, err := m.Metadata()
	if err != nil {
		return nil, fmt.Errorf("read metadata: %w", err)
	}
	return &held{nc: nc, reply: m.Reply, taken: time.Now(),
		Delivery: Delivery{Record: delivered(m, meta), Stream: stream, Attempt: int(meta.NumDelivered)}}, nil
}

// delivered reads a message that a consumer delivered.
func delivered(m *nats.Msg, meta *nats.MsgMetadata) Record {
	return Record{Subject: m.Subject, Headers: Headers(m.Header), Data: m.Data, Sequence: meta.Sequence.Stream, Stored: meta.Timestamp}
}

// The words to the server about a message.
var (
	wordDone     = []byte("+ACK")
	wordAgain    = []byte("-NAK")
	wordProgress = []byte("+WPI")
)

func (h *held) done() error     { return h.nc.Publish(h.reply, wordDone) }
func (h *held) giveBack() error { return h.nc.Publish(h.reply, wordAgain) }
func (h *held) progress() error { return h.nc.Publish(h.reply, wordProgress) }

func (h *held) again(after time.Duration) error {
	return h.nc.Publish(h.reply, fmt.Appendf(nil, `-NAK {"delay": %d}`, after.Nanoseconds()))
}

func (h *held) end(reason string) error {
	return h.nc.Publish(h.reply, []byte("+TERM "+reason))
}

// size is about what the message takes in memory.
func (h *held) size() int { return len(h.Data) + len(h.Subject) + 1024 }

// holding is the set of messages held, by their sequence numbers.
type holding struct {
	mu    sync.Mutex
	set   map[uint64]*held
	bytes int
}

// add takes a message in. It is false when the message is held already: the server has
// delivered it again because an outage kept it from hearing of the first. Whoever works
// on it goes on, and any acknowledgement counts for all deliveries.
func (s *holding) add(h *held) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set == nil {
		s.set = map[uint64]*held{}
	}
	if s.set[h.Sequence] != nil {
		return false
	}
	s.set[h.Sequence] = h
	s.bytes += h.size()
	return true
}

// remove lets a message go and gives what is left.
func (s *holding) remove(h *held) (count, bytes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set[h.Sequence] == h {
		delete(s.set, h.Sequence)
		s.bytes -= h.size()
	}
	return len(s.set), s.bytes
}

func (s *holding) size() (count, bytes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.set), s.bytes
}

// all lists what is held.
func (s *holding) all() []*held {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*held, 0, len(s.set))
	for _, h := range s.set {
		out = append(out, h)
	}
	return out
}
