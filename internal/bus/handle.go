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

// errLimit means that an attempt took all the time it had.
var errLimit = errors.New("the time limit of an attempt is over")

// work handles queued messages until the queue is closed and empty.
func (w *Worker) work(ctx context.Context, stopping <-chan struct{}) {
	limit := &stopwatch{work: ctx, limit: w.cfg.Limit}
	defer limit.discard()
	for h := range w.queue {
		begin := time.Now()
		err := w.insist(ctx, stopping, func() error { return w.start(limit, h) })
		result, err := w.settle(ctx, stopping, h, err)
		w.letGo(h, Outcome{Result: result, Took: time.Since(begin), Err: err})
	}
}

const (
	holdBase = 50 * time.Millisecond
	holdMax  = 2 * time.Second
)

// insist does something, and does it again for as long as the broker is not there for
// it and the worker is not stopping.
func (w *Worker) insist(ctx context.Context, stopping <-chan struct{}, do func() error) error {
	for round := 1; ; round++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err := do()
		if !w.outage(err) {
			return err
		}
		select {
		case <-stopping:
			return err
		case <-time.After(backoff(round, holdBase, holdMax)):
		}
	}
}

// outage says whether an error is the broker's fault and not the message's. A handler
// that spends all its time and is cut off while publishing meets ErrUnavailable too,
// and would be tried for ever: while the server is connected, that is a time-out.
func (w *Worker) outage(err error) bool {
	return errors.Is(err, ErrUnavailable) && !(errors.Is(err, errLimit) && w.conn.Connected())
}

// start calls the handler; a suspect is marked first, and started alone.
func (w *Worker) start(limit *stopwatch, h *held) error {
	if w.cfg.Suspects == nil || h.Attempt < suspectFrom {
		return w.call(limit, h)
	}
	return w.callSuspect(limit, h)
}

// call runs the handler once, within the time limit. A panic is the message's failure
// alone.
func (w *Worker) call(limit *stopwatch, h *held) (err error) {
	h.begun.Store(time.Now().UnixNano())
	defer h.begun.Store(0)
	ctx := limit.start()
	defer limit.stop()
	defer recoverAs(&err)
	err = w.cfg.Handle(ctx, &h.Delivery)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", errLimit, err)
	}
	return err
}

// recoverAs makes an error of a panic.
func recoverAs(err *error) {
	if p := recover(); p != nil {
		*err = &failure{ReasonPanic, fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
	}
}

// settle tells the server what to do with a message, and gives what became of it.
func (w *Worker) settle(ctx context.Context, stopping <-chan struct{}, h *held, err error) (Result, error) {
	var reasoned interface{ Reason() string }
	switch {
	case err == nil:
		return Done, h.done()
	case ctx.Err() != nil, w.outage(err):
		return Returned, errors.Join(err, w.giveBack(h))
	case errors.As(err, &reasoned):
		return w.bury(ctx, stopping, h, Failure{reasoned.Reason(), err})
	case errors.Is(err, ErrRefused):
		return w.bury(ctx, stopping, h, Failure{ReasonRefused, err})
	case h.Attempt < w.cfg.Attempts:
		return Retried, errors.Join(err, h.again(backoff(h.Attempt, w.cfg.RetryAfter, retryMax)))
	case errors.Is(err, errLimit), errors.Is(err, context.DeadlineExceeded):
		return w.bury(ctx, stopping, h, Failure{ReasonTimeout, err})
	default:
		return w.bury(ctx, stopping, h, Failure{ReasonExhausted, err})
	}
}

// giveBack lets another worker have a message at once. It waits until this one asks for
// no more: it would get the message itself, again and again, and use up its attempts.
func (w *Worker) giveBack(h *held) error {
	<-w.pulled
	return h.giveBack()
}

const retryMax = 5 * time.Minute

// bury stores the dead letter of a message, then ends its deliveries. A dead letter
// that cannot be stored leaves the message where it is.
func (w *Worker) bury(ctx context.Context, stopping <-chan struct{}, h *held, f Failure) (Result, error) {
	err := w.insist(ctx, stopping, func() error { return w.conn.lay(ctx, w.cfg.Bury, &h.Delivery, f) })
	switch {
	case err == nil:
		return Dead, errors.Join(f.Err, h.end(f.Reason))
	case ctx.Err() != nil, w.outage(err):
		return Returned, errors.Join(f.Err, err, w.giveBack(h))
	default:
		return Retried, errors.Join(f.Err, err, h.again(backoff(h.Attempt, w.cfg.RetryAfter, retryMax)))
	}
}
