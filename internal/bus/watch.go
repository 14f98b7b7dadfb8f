package bus

import (
	"context"
	"time"
)

// Watchdog looks at a worker's consumer every interval and reports its lag. A consumer
// is stalled when messages wait on the server, the worker has room and the consumer may
// deliver, and yet nothing was delivered to anybody for longer than patience.
type Watchdog struct {
	Interval, Patience time.Duration
	// Report is told the lag, whether the consumer is stalled, and the error of asking.
	Report func(lag Lag, stalled bool, err error)
}

// Watch runs until the context ends.
func (w *Worker) Watch(ctx context.Context, dog Watchdog) {
	tick := time.NewTicker(dog.Interval)
	defer tick.Stop()
	var delivered uint64
	moved := time.Now()
	for {
		lag, err := w.conn.Lag(ctx, w.cfg.Stream, w.cfg.Durable)
		if ctx.Err() != nil {
			return
		}
		// An unknown lag, a full worker and one other people's work holds up are no stall.
		if err != nil || lag.Pending == 0 || lag.Delivered != delivered || w.full() || lag.AckPending >= lag.Limit && lag.Limit > 0 {
			moved, delivered = time.Now(), lag.Delivered
		}
		dog.Report(lag, time.Since(moved) > dog.Patience, err)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// full says whether the worker holds so much that it does not ask for more.
func (w *Worker) full() bool { return !w.roomy(w.held.size()) }
