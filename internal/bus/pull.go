package bus

import (
	"context"
	"time"

	"github.com/nats-io/nats.go"
)

const (
	pullRetryBase = 50 * time.Millisecond
	pullRetryMax  = 2 * time.Second
	// maxHeldBytes bounds the memory of a worker against many large messages at a time.
	maxHeldBytes = 64 << 20
)

// pull asks for messages, as many as there is room for, until the context ends. It asks
// again when half of the room is free: a request costs more than a message. The last
// request is waited for, so that what is on its way is not lost until the server's
// patience ends.
func (w *Worker) pull(ctx context.Context, in *source) {
	defer in.close()
	for failures := 0; ctx.Err() == nil; {
		count, bytes := w.room(ctx)
		if count == 0 {
			return
		}
		if err := in.ask(context.WithoutCancel(ctx), count, bytes, w.take); err != nil {
			failures++
			pause(ctx, backoff(failures, pullRetryBase, pullRetryMax))
			continue
		}
		failures = 0
	}
}

// take queues a message. One that cannot be taken is left to the server's patience.
func (w *Worker) take(m *nats.Msg) error {
	h, err := hold(w.conn.nc, m, w.cfg.Stream)
	if err != nil || !w.held.add(h) {
		return nil // not of a stream: nothing to acknowledge; or held already
	}
	select {
	case w.queue <- h:
	default:
		w.held.remove(h)
	}
	return nil
}

// room waits until half of what may be held is free and gives how many messages and
// bytes may be asked for; 0 when the context has ended.
func (w *Worker) room(ctx context.Context) (count, bytes int) {
	for ctx.Err() == nil {
		if count, bytes := w.held.size(); w.roomy(count, bytes) {
			return w.cfg.Prefetch - count, maxHeldBytes - bytes
		}
		select {
		case <-w.freed:
		case <-ctx.Done():
		}
	}
	return 0, 0
}

// roomy says whether it is worth to ask for more. Half of the bytes is more than the
// largest message the server takes.
func (w *Worker) roomy(count, bytes int) bool {
	return count <= w.cfg.Prefetch/2 && bytes <= maxHeldBytes/2
}

// letGo forgets a message, tells of it, and makes room for the next.
func (w *Worker) letGo(h *held, o Outcome) {
	if w.roomy(w.held.remove(h)) {
		select {
		case w.freed <- struct{}{}:
		default:
		}
	}
	w.cfg.Observe(&h.Delivery, o)
}
