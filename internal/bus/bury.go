package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Undertaker handles the server's advisories on messages that were delivered as often
// as they may be and never finished: those whose worker died each time, before it could
// say anything. It stores the dead letter that nobody else was left to store.
func (c *Conn) Undertaker(bury func(*Delivery, Failure) (Message, error)) Handler {
	return func(ctx context.Context, d *Delivery) error {
		var advisory struct {
			Stream     string `json:"stream"`
			Consumer   string `json:"consumer"`
			Sequence   uint64 `json:"stream_seq"`
			Deliveries int    `json:"deliveries"`
		}
		if err := json.Unmarshal(d.Data, &advisory); err != nil {
			return &failure{"bad_advisory", fmt.Errorf("read advisory: %w", err)}
		}
		lost, err := c.At(ctx, advisory.Stream, advisory.Sequence)
		if errors.Is(err, ErrNotFound) {
			return nil // gone by the limits of its stream: there is nothing left to keep
		}
		if err != nil {
			return err
		}
		return c.lay(ctx, bury, &Delivery{Record: lost, Stream: advisory.Stream, Attempt: advisory.Deliveries},
			Failure{ReasonAbandoned, fmt.Errorf("%s: delivered %d times and never finished: its worker died or hung each time",
				advisory.Consumer, advisory.Deliveries)})
	}
}

// lay makes a dead letter and stores it. A conflict means that the same letter is there
// already: a crash came between storing it and saying so.
func (c *Conn) lay(ctx context.Context, bury func(*Delivery, Failure) (Message, error), d *Delivery, f Failure) (err error) {
	defer recoverAs(&err)
	letter, err := bury(d, f)
	if err != nil {
		return fmt.Errorf("make the dead letter: %w", err)
	}
	if _, err = c.Publish(ctx, letter); errors.Is(err, ErrConflict) {
		return nil
	}
	return err
}
