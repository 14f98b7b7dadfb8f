package bus

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Lag is how far a consumer is behind its stream.
type Lag struct {
	// Pending is the number of messages not yet delivered.
	Pending uint64
	// AckPending is the number delivered and not yet finished.
	AckPending int
	// Redelivered is the number of those that were delivered more than once.
	Redelivered int
	// Waiting is the number of requests for messages that the server holds.
	Waiting int
	// Delivered and Floor are sequence numbers of the stream: the last one delivered,
	// and the one up to which everything is finished.
	Delivered, Floor uint64
}

// Lag asks the server how far a consumer is behind.
func (c *Conn) Lag(ctx context.Context, stream, durable string) (Lag, error) {
	consumer, err := c.js.Consumer(ctx, stream, durable)
	if err != nil {
		return Lag{}, fmt.Errorf("look up consumer %s of %s: %w", durable, stream, err)
	}
	info := consumer.CachedInfo()
	return Lag{Pending: info.NumPending, AckPending: info.NumAckPending, Redelivered: info.NumRedelivered,
		Waiting: info.NumWaiting, Delivered: info.Delivered.Stream, Floor: info.AckFloor.Stream}, nil
}

// Size is what a stream holds.
type Size struct {
	Messages, Bytes, First, Last uint64
	// Subjects is the number of different subjects.
	Subjects uint64
	// Replicas is how many servers keep a copy.
	Replicas int
}

// Size asks the server what a stream holds; ErrNotFound when there is no such stream.
func (c *Conn) Size(ctx context.Context, stream string) (Size, error) {
	s, err := c.js.Stream(ctx, stream)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		err = ErrNotFound
	}
	if err != nil {
		return Size{}, fmt.Errorf("look up stream %s: %w", stream, err)
	}
	info := s.CachedInfo()
	return Size{Messages: info.State.Msgs, Bytes: info.State.Bytes, First: info.State.FirstSeq, Last: info.State.LastSeq,
		Subjects: info.State.NumSubjects, Replicas: info.Config.Replicas}, nil
}

// Watchdog looks at a worker's consumer every interval and reports its lag. When
// messages wait on the server, the worker has room and yet nothing has come for longer
// than patience, the consumer is stalled: it says so.
type Watchdog struct {
	Interval, Patience time.Duration
	// Report is told the lag, whether the consumer is stalled, and the error of asking.
	Report func(lag Lag, stalled bool, err error)
}

// Watch runs until the context ends.
func (w *Worker) Watch(ctx context.Context, dog Watchdog) {
	tick := time.NewTicker(dog.Interval)
	defer tick.Stop()
	for {
		lag, err := w.conn.Lag(ctx, w.cfg.Stream, w.cfg.Durable)
		if ctx.Err() != nil {
			return
		}
		silent := time.Since(w.Heard()) > dog.Patience
		dog.Report(lag, err == nil && silent && lag.Pending > 0 && w.Held() < w.cfg.Prefetch/2, err)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
