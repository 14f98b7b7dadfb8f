package bus

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/nats-io/nats.go/jetstream"
)

// provisionConsumer makes a consumer, or lays what is wanted over the one that stands.
func (c *Conn) provisionConsumer(ctx context.Context, d Durable) ([]Change, error) {
	consumer, err := c.js.Consumer(ctx, d.Stream, d.Config.Durable)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		_, err = c.js.CreateConsumer(ctx, d.Stream, d.Config)
		if !errors.Is(err, jetstream.ErrConsumerExists) {
			return nil, err
		}
		// Another program made it in the same moment: compare with that one.
		consumer, err = c.js.Consumer(ctx, d.Stream, d.Config.Durable)
	}
	if err != nil {
		return nil, err
	}
	return c.adjust(ctx, d, consumer.CachedInfo().Config)
}

var errFixed = errors.New("the server cannot change that")

// adjust changes a consumer that stands.
func (c *Conn) adjust(ctx context.Context, d Durable, have jetstream.ConsumerConfig) ([]Change, error) {
	if field, from, to := fixed(have, d.Config); field != "" {
		return nil, fmt.Errorf("its %s is %s, %s is wanted, and %w: delete the consumer "+
			"(nats consumer rm %s %s) and start again; it then reads the stream from where it is configured to begin",
			field, from, to, errFixed, d.Stream, d.Config.Durable)
	}
	merged, changes := adjusted(have, d)
	if len(changes) == 0 {
		return nil, nil
	}
	_, err := c.js.UpdateConsumer(ctx, d.Stream, merged)
	return changes, err
}

// fixed finds a difference that the server cannot mend.
func fixed(have, want jetstream.ConsumerConfig) (field, from, to string) {
	switch {
	case have.DeliverPolicy != want.DeliverPolicy:
		return "deliver policy", have.DeliverPolicy.String(), want.DeliverPolicy.String()
	case have.OptStartSeq != want.OptStartSeq:
		return "first sequence", fmt.Sprint(have.OptStartSeq), fmt.Sprint(want.OptStartSeq)
	case have.AckPolicy != want.AckPolicy:
		return "acknowledgement policy", have.AckPolicy.String(), want.AckPolicy.String()
	case have.ReplayPolicy != want.ReplayPolicy:
		return "replay policy", have.ReplayPolicy.String(), want.ReplayPolicy.String()
	case have.MemoryStorage != want.MemoryStorage:
		return "memory storage", fmt.Sprint(have.MemoryStorage), fmt.Sprint(want.MemoryStorage)
	default:
		return "", "", ""
	}
}

// adjusted gives the configuration to apply: what stands, with what is wanted laid over
// it. What is not said stays as the server has it.
func adjusted(have jetstream.ConsumerConfig, d Durable) (jetstream.ConsumerConfig, []Change) {
	var changes []Change
	want, out := d.Config, have
	note := func(field string, from, to any) {
		changes = append(changes, Change{Stream: d.Stream, Field: "consumer " + want.Durable + ": " + field,
			From: fmt.Sprint(from), To: fmt.Sprint(to)})
	}
	if want.AckWait > 0 && have.AckWait != want.AckWait {
		note("ack wait", have.AckWait, want.AckWait)
		out.AckWait = want.AckWait
	}
	if want.MaxDeliver != 0 && have.MaxDeliver != want.MaxDeliver {
		note("max deliver", have.MaxDeliver, want.MaxDeliver)
		out.MaxDeliver = want.MaxDeliver
	}
	if want.MaxAckPending != 0 && have.MaxAckPending != want.MaxAckPending {
		note("max ack pending", have.MaxAckPending, want.MaxAckPending)
		out.MaxAckPending = want.MaxAckPending
	}
	if !slices.Equal(have.BackOff, want.BackOff) {
		note("backoff", have.BackOff, want.BackOff)
		out.BackOff = want.BackOff
	}
	if !sameSet(subjectsOf(have), subjectsOf(want)) {
		note("subjects", subjectsOf(have), subjectsOf(want))
		out.FilterSubject, out.FilterSubjects = want.FilterSubject, want.FilterSubjects
	}
	return out, changes
}
