package bus

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// TailDurable is Tail that remembers its place on the server under a name: a reader
// that comes back goes on after the last message that fn has returned nil for. It is
// bound to a consumer of that name, or makes one that begins at from. A message may come
// twice when the connection is lost in the moment after fn.
func (c *Conn) TailDurable(ctx context.Context, stream, durable string, filters []string, from Start, fn func(Record) error) error {
	if err := c.bind(ctx, stream, durable, filters, from); err != nil {
		return fmt.Errorf("follow %s as %s: %w", stream, durable, err)
	}
	// One message at a time: more would wait for fn here, while the server's patience
	// with them runs out.
	in, err := c.source(stream, durable, 1, tailWait)
	if err != nil {
		return err
	}
	defer in.close()
	var result error
	take := func(m *nats.Msg) error {
		result = c.handOver(stream, m, fn)
		return result
	}
	for failures := 0; ctx.Err() == nil; {
		if err := in.ask(ctx, 1, maxHeldBytes, take); err == nil {
			failures = 0
			continue
		}
		if result != nil {
			return fmt.Errorf("follow %s as %s: %w", stream, durable, result)
		}
		failures++
		pause(ctx, backoff(failures, pullRetryBase, pullRetryMax))
	}
	return c.settleLate(in)
}

// handOver gives a message to fn and acknowledges it; one that fn fails on comes again.
func (c *Conn) handOver(stream string, m *nats.Msg, fn func(Record) error) error {
	h, err := hold(c.nc, m, stream)
	if err != nil {
		return err
	}
	if err := fn(h.Record); err != nil {
		return errors.Join(err, h.giveBack())
	}
	return h.done()
}

// settleLate gives back what came after the context ended, and waits until the server
// has read the acknowledgements.
func (c *Conn) settleLate(in *source) error {
	for len(in.in) > 0 {
		if m := <-in.in; isDelivery(m) {
			_ = c.nc.Publish(m.Reply, wordAgain) // fails only on a closed connection
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), flushTimeout)
	defer cancel()
	return c.Flush(ctx)
}

// bind makes sure that the durable consumer is there and reads what is asked for. It
// looks first: a reader who may not make consumers is bound to the one made for it.
func (c *Conn) bind(ctx context.Context, stream, durable string, filters []string, from Start) error {
	consumer, err := c.js.Consumer(ctx, stream, durable)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		cfg := startAt(from)
		cfg.Durable, cfg.FilterSubjects, cfg.AckPolicy = durable, filters, jetstream.AckExplicitPolicy
		consumer, err = c.js.CreateOrUpdateConsumer(ctx, stream, cfg)
	}
	if err != nil {
		return sorted(err)
	}
	have := subjectsOf(consumer.CachedInfo().Config)
	if len(filters) > 0 && !sameSet(have, filters) {
		return fmt.Errorf("it is there already and reads %q, not %q: choose another name, or delete it", have, filters)
	}
	return nil
}

// subjectsOf gives the subjects a consumer reads.
func subjectsOf(cfg jetstream.ConsumerConfig) []string {
	if cfg.FilterSubject != "" {
		return []string{cfg.FilterSubject}
	}
	return cfg.FilterSubjects
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
