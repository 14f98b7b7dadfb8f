package bus

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Topology is the streams and durable consumers that a program needs.
type Topology struct {
	Streams   []jetstream.StreamConfig
	Consumers []Durable
}

// Durable is a consumer that remembers its place.
type Durable struct {
	Stream string
	Config jetstream.ConsumerConfig
}

// Change is one difference between what stands on the server and what is wanted.
type Change struct {
	// Stream and Field say what differs.
	Stream, Field string
	// From is what stood there, To what was wanted.
	From, To string
	// Kept is true where From was left as it is: To is narrower and narrowing was not
	// allowed, or a stream cannot change it.
	Kept bool
}

func (c Change) String() string {
	verb := "changed"
	if c.Kept {
		verb = "kept"
	}
	return fmt.Sprintf("%s: %s: %s -> %s (%s)", c.Stream, c.Field, c.From, c.To, verb)
}

// Provision makes the streams and consumers that are missing and widens those that are
// too narrow. A limit is narrowed only where narrow is true, since that may delete
// messages. It may run any number of times and at the same time as another one, and it
// waits a while for a cluster that has just been started.
func (c *Conn) Provision(ctx context.Context, t Topology, narrow bool) ([]Change, error) {
	var changes []Change
	for _, want := range t.Streams {
		done, err := patient(ctx, func(ctx context.Context) ([]Change, error) { return c.provisionStream(ctx, want, narrow) })
		changes = append(changes, done...)
		if err != nil {
			return changes, fmt.Errorf("provision stream %s: %w", want.Name, err)
		}
	}
	for _, d := range t.Consumers {
		done, err := patient(ctx, func(ctx context.Context) ([]Change, error) { return c.provisionConsumer(ctx, d) })
		changes = append(changes, done...)
		if err != nil {
			return changes, fmt.Errorf("provision consumer %s of %s: %w", d.Config.Durable, d.Stream, err)
		}
	}
	return changes, nil
}

// Check looks whether the streams and consumers are there and changes nothing: for a
// program that may not provision.
func (c *Conn) Check(ctx context.Context, t Topology) error {
	for _, want := range t.Streams {
		if _, err := c.Size(ctx, want.Name); err != nil {
			return err
		}
	}
	for _, d := range t.Consumers {
		if _, err := c.Lag(ctx, d.Stream, d.Config.Durable); err != nil {
			return err
		}
	}
	return nil
}

// provisionPatience is how long to wait for a cluster to choose its leaders.
const provisionPatience = 30 * time.Second

// patient does something again for as long as the broker is not there for it. A cluster
// that has just been started answers that it is not ready, or not at all: each try has a
// time of its own.
func patient(ctx context.Context, do func(context.Context) ([]Change, error)) ([]Change, error) {
	ctx, cancel := context.WithTimeout(ctx, provisionPatience)
	defer cancel()
	for round := 1; ; round++ {
		try, done := context.WithTimeout(ctx, answerTimeout)
		changes, err := do(try)
		done()
		if err == nil || ctx.Err() != nil || errors.Is(err, errFixed) || !errors.Is(sorted(err), ErrUnavailable) {
			return changes, err
		}
		pause(ctx, backoff(round, holdBase, holdMax))
	}
}

func (c *Conn) provisionStream(ctx context.Context, want jetstream.StreamConfig, narrow bool) ([]Change, error) {
	stream, err := c.js.Stream(ctx, want.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		_, err = c.js.CreateStream(ctx, want)
		if !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return nil, err
		}
		// Another program made it in the same moment: compare with that one.
		stream, err = c.js.Stream(ctx, want.Name)
	}
	if err != nil {
		return nil, err
	}
	merged, changes := merge(stream.CachedInfo().Config, want, narrow)
	if !slices.ContainsFunc(changes, func(c Change) bool { return !c.Kept }) {
		return changes, nil
	}
	_, err = c.js.UpdateStream(ctx, merged)
	return changes, err
}
