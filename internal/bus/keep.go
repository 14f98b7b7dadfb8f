package bus

import (
	"context"
	"time"
)

// keep reports every message held for longer than half an interval as in progress, so
// that the server gives it to nobody else, until the context ends.
//
// A message that is worked on for longer than hang is reported no more: another worker
// shall have it. One that waits in the queue is reported however long it waits, unless
// everybody who could take it hangs.
func (w *Worker) keep(ctx context.Context, interval, hang time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			for _, h := range keepable(w.held.all(), now, hang, w.cfg.Workers) {
				if now.Sub(h.taken) > interval/2 {
					// An error here means the connection is down: the message will come again.
					_ = h.progress()
				}
			}
		}
	}
}

// keepable lists the messages that do not hang; none when as many hang as there are
// workers.
func keepable(all []*held, now time.Time, hang time.Duration, workers int) []*held {
	out := all[:0]
	for _, h := range all {
		if begun := h.begun.Load(); begun == 0 || now.Sub(time.Unix(0, begun)) <= hang {
			out = append(out, h)
		}
	}
	if len(all)-len(out) >= workers {
		return nil
	}
	return out
}
