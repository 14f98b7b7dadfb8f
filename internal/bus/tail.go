package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Start is where reading begins. The zero value begins with the oldest message.
type Start struct {
	// Sequence is the number of the first message wanted; 0 for no matter.
	Sequence uint64
	// Time is when the first message wanted was stored; the zero time for no matter.
	Time time.Time
	// New leaves out everything that is stored already.
	New bool
}

// Tail hands over the messages on some subjects (all when there are no filters) in
// their order, first those stored, then those to come, each once. It survives restarts
// of the server and returns nil when the context ends. An error of fn ends it.
func (c *Conn) Tail(ctx context.Context, stream string, from Start, filters []string, fn func(Record) error) error {
	t, err := c.newTail(ctx, stream, from, filters, fn)
	if err != nil {
		return err
	}
	if err := t.run(ctx); err != nil && ctx.Err() == nil {
		return fmt.Errorf("follow %s: %w", stream, err)
	}
	return nil
}

// Scan hands over the messages on some subjects (all when there are no filters) that
// are stored at the moment of the call, in their order, each once.
func (c *Conn) Scan(ctx context.Context, stream string, filters []string, fn func(Record) error) error {
	return c.ScanFrom(ctx, stream, Start{}, filters, fn)
}

// ScanFrom is Scan that begins elsewhere than with the oldest message.
func (c *Conn) ScanFrom(ctx context.Context, stream string, from Start, filters []string, fn func(Record) error) error {
	t, err := c.newTail(ctx, stream, from, filters, fn)
	if err != nil {
		return err
	}
	if t.until == 0 {
		return nil // an empty stream
	}
	t.ends = true
	if err := t.run(ctx); err != nil {
		return fmt.Errorf("read %s: %w", stream, err)
	}
	return ctx.Err()
}

// tail reads a stream in order through a consumer without acknowledgements, which it
// makes anew, after the last message it has handed over, whenever anything is amiss.
type tail struct {
	conn    *Conn
	stream  string
	from    Start
	filters []string
	fn      func(Record) error
	until   uint64 // the last sequence number of the stream when it was opened
	ends    bool   // whether to stop there
	last    uint64 // the last one handed over
	ordinal uint64 // what the consumer counted it as
	result  error  // what fn returned
}

var (
	errDone = errors.New("nothing more to read")
	errGap  = errors.New("messages are missing between the last and this one")
)

func (c *Conn) newTail(ctx context.Context, stream string, from Start, filters []string, fn func(Record) error) (*tail, error) {
	size, err := c.Size(ctx, stream)
	if err != nil {
		return nil, err
	}
	if from.New {
		from = Start{Sequence: size.Last + 1}
	}
	return &tail{conn: c, stream: stream, from: from, filters: filters, fn: fn, until: size.Last}, nil
}

const (
	tailWait  = 5 * time.Second
	tailBatch = 256
	// tailForgotten is when the server drops the consumer of a reader that is gone.
	tailForgotten = time.Minute
)

// run reads until fn fails, the end is reached, or the context ends.
func (t *tail) run(ctx context.Context) error {
	for failures := 0; ctx.Err() == nil; failures++ {
		before := t.last
		err := t.read(ctx)
		switch {
		case t.result != nil:
			return t.result
		case errors.Is(err, errDone):
			return nil
		case t.last > before:
			failures = 0
		}
		pause(ctx, backoff(failures+1, pullRetryBase, pullRetryMax))
	}
	return nil
}

// read makes a consumer and reads until anything is amiss.
func (t *tail) read(ctx context.Context) error {
	consumer, err := t.conn.js.CreateConsumer(ctx, t.stream, t.config())
	if err != nil {
		return err
	}
	info := consumer.CachedInfo()
	defer t.forget(info.Name)
	if t.ends && info.NumPending == 0 {
		return errDone
	}
	in, err := t.conn.source(t.stream, info.Name, tailBatch, tailWait)
	if err != nil {
		return err
	}
	defer in.close()
	t.ordinal = 0
	for {
		if err := in.ask(ctx, tailBatch, maxHeldBytes, t.take); err != nil {
			return err
		}
	}
}

func (t *tail) config() jetstream.ConsumerConfig {
	cfg := startAt(t.from)
	if t.last > 0 {
		cfg = startAt(Start{Sequence: t.last + 1})
	}
	cfg.FilterSubjects = t.filters
	cfg.AckPolicy, cfg.MemoryStorage, cfg.Replicas = jetstream.AckNonePolicy, true, 1
	cfg.InactiveThreshold = tailForgotten
	return cfg
}

// startAt gives a consumer that begins at a place.
func startAt(from Start) jetstream.ConsumerConfig {
	switch {
	case from.Sequence > 0:
		return jetstream.ConsumerConfig{DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: from.Sequence}
	case !from.Time.IsZero():
		return jetstream.ConsumerConfig{DeliverPolicy: jetstream.DeliverByStartTimePolicy, OptStartTime: &from.Time}
	case from.New:
		return jetstream.ConsumerConfig{DeliverPolicy: jetstream.DeliverNewPolicy}
	default:
		return jetstream.ConsumerConfig{DeliverPolicy: jetstream.DeliverAllPolicy}
	}
}

// take hands over a message, if it is the one that follows the last.
func (t *tail) take(m *nats.Msg) error {
	meta, err := m.Metadata()
	if err != nil {
		return err
	}
	if meta.Sequence.Consumer != t.ordinal+1 {
		return errGap
	}
	if t.ends && meta.Sequence.Stream > t.until {
		return errDone
	}
	if t.result = t.fn(delivered(m, meta)); t.result != nil {
		return t.result
	}
	t.ordinal, t.last = meta.Sequence.Consumer, meta.Sequence.Stream
	if t.ends && (meta.NumPending == 0 || t.last == t.until) {
		return errDone
	}
	return nil
}

// forget deletes the consumer. One that cannot be deleted now is dropped by the server
// later.
func (t *tail) forget(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = t.conn.js.DeleteConsumer(ctx, t.stream, name)
}
