package bus

import (
	"context"
	"fmt"
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
	// Limit is how many may be delivered and not yet finished at a time.
	Limit int
	// Delivered and Floor are sequence numbers of the stream: the last one delivered,
	// and the one up to which everything is finished.
	Delivered, Floor uint64
}

// Lag asks the server how far a consumer is behind; ErrNotFound when there is no such
// consumer.
func (c *Conn) Lag(ctx context.Context, stream, durable string) (Lag, error) {
	consumer, err := c.js.Consumer(ctx, stream, durable)
	if err != nil {
		return Lag{}, fmt.Errorf("look up consumer %s of %s: %w", durable, stream, sorted(err))
	}
	info := consumer.CachedInfo()
	return Lag{Pending: info.NumPending, AckPending: info.NumAckPending, Redelivered: info.NumRedelivered,
		Waiting: info.NumWaiting, Limit: info.Config.MaxAckPending, Delivered: info.Delivered.Stream, Floor: info.AckFloor.Stream}, nil
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
	if err != nil {
		return Size{}, fmt.Errorf("look up stream %s: %w", stream, sorted(err))
	}
	info := s.CachedInfo()
	return Size{Messages: info.State.Msgs, Bytes: info.State.Bytes, First: info.State.FirstSeq, Last: info.State.LastSeq,
		Subjects: info.State.NumSubjects, Replicas: info.Config.Replicas}, nil
}
