package bus

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// Result is what became of a delivery.
type Result string

// The results.
const (
	Done     Result = "done"     // handled and acknowledged
	Retried  Result = "retried"  // to be delivered again after a delay
	Dead     Result = "dead"     // stored as a dead letter
	Returned Result = "returned" // given back at once, because the worker stops
)

// Outcome says what became of a delivery.
type Outcome struct {
	Result Result
	// Took is the time from taking the message up to the acknowledgement, the wait for
	// a free worker left out.
	Took time.Duration
	// Err is the error of the handler; nil when it succeeded.
	Err error
}

// Failure is why a message is given up.
type Failure struct {
	// Reason is one word for machines.
	Reason string
	Err    error
}

// The reasons that the bus itself gives.
const (
	ReasonPanic     = "panic"
	ReasonTimeout   = "timeout"
	ReasonExhausted = "attempts_exhausted"
	ReasonAbandoned = "max_deliveries"
	ReasonRefused   = "refused_by_stream"
)

// failure is an error with a reason that comes from the bus itself.
type failure struct {
	reason string
	err    error
}

func (f *failure) Error() string  { return f.err.Error() }
func (f *failure) Unwrap() error  { return f.err }
func (f *failure) Reason() string { return f.reason }

// work handles queued messages until the queue is closed and empty.
func (w *Worker) work(ctx context.Context, stopping <-chan struct{}) {
	for h := range w.queue {
		begin := time.Now()
		err := w.attempt(ctx, stopping, h)
		result, err := w.settle(ctx, h, err)
		w.held.remove(h)
		w.release(1)
		w.cfg.Observe(&h.Delivery, Outcome{Result: result, Took: time.Since(begin), Err: err})
	}
}

const (
	holdBase = 50 * time.Millisecond
	holdMax  = 5 * time.Second
)

// attempt has a message handled. While the broker is unavailable it holds the message
// and tries again, for as long as the worker is not stopping.
func (w *Worker) attempt(ctx context.Context, stopping <-chan struct{}, h *held) error {
	for round := 1; ; round++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err := w.start(ctx, h)
		if !errors.Is(err, ErrUnavailable) {
			return err
		}
		select {
		case <-stopping:
			return err
		case <-time.After(backoff(round, holdBase, holdMax)):
			h.since.Store(time.Now().UnixNano())
		}
	}
}

// start calls the handler; a suspect is marked first, and started alone.
func (w *Worker) start(ctx context.Context, h *held) error {
	if w.cfg.Suspects == nil || h.Attempt < suspectFrom {
		return w.call(ctx, h)
	}
	return w.callSuspect(ctx, h)
}

// call runs the handler once, within the time limit. A panic is the message's failure
// alone.
func (w *Worker) call(ctx context.Context, h *held) (err error) {
	ctx, cancel := context.WithTimeout(ctx, w.cfg.Limit)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = &failure{ReasonPanic, fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
		}
	}()
	return w.cfg.Handle(ctx, &h.Delivery)
}

// settle tells the server what to do with a message, and gives what became of it.
func (w *Worker) settle(ctx context.Context, h *held, err error) (Result, error) {
	var reasoned interface{ Reason() string }
	switch {
	case err == nil:
		return Done, h.msg.Ack()
	case ctx.Err() != nil, errors.Is(err, ErrUnavailable):
		return Returned, errors.Join(err, h.msg.Nak())
	case errors.As(err, &reasoned):
		return w.bury(ctx, h, Failure{reasoned.Reason(), err})
	case errors.Is(err, ErrRefused):
		return w.bury(ctx, h, Failure{ReasonRefused, err})
	case h.Attempt < w.cfg.Attempts:
		return Retried, errors.Join(err, h.msg.NakWithDelay(backoff(h.Attempt, retryBase, retryMax)))
	case errors.Is(err, context.DeadlineExceeded):
		return w.bury(ctx, h, Failure{ReasonTimeout, err})
	default:
		return w.bury(ctx, h, Failure{ReasonExhausted, err})
	}
}

const (
	retryBase = time.Second
	retryMax  = 5 * time.Minute
)

// bury stores the dead letter of a message, then ends its deliveries. A dead letter
// that cannot be stored leaves the message where it is.
func (w *Worker) bury(ctx context.Context, h *held, f Failure) (Result, error) {
	letter, err := w.cfg.Bury(&h.Delivery, f)
	if err == nil {
		_, err = w.conn.Publish(ctx, letter)
	}
	// A conflict means that the same letter is there already: a crash came between
	// storing it and ending the deliveries.
	if err != nil && !errors.Is(err, ErrConflict) {
		return Retried, errors.Join(f.Err, err, h.msg.NakWithDelay(backoff(h.Attempt, retryBase, retryMax)))
	}
	return Dead, errors.Join(f.Err, h.msg.TermWithReason(f.Reason))
}
