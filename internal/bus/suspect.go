package bus

import (
	"context"
	"errors"
	"fmt"
	"strconv"
)

// Suspects is where a stage marks the messages that may kill its workers.
//
// When a process dies, everything it held is delivered again, the guilty message and
// its innocent neighbours alike, and the number of deliveries says nothing about whose
// fault it was. So a message that comes back for the second time is a suspect: it is
// marked before it is started, and suspects are started one at a time. A message that
// was started often and never finished is guilty; its neighbours were never started.
type Suspects struct {
	// Stream keeps the marks.
	Stream string
	// Subject is what the sequence number of a message is put behind.
	Subject string
}

const (
	// suspectFrom is the delivery from which a message is a suspect. The second one has
	// many innocent causes: a restart of the server, a worker that was stopped.
	suspectFrom = 3
	// maxStarts is how often a suspect may be started without being finished.
	maxStarts = 3
)

// ReasonKiller is the reason of a message whose worker died each time it was started.
const ReasonKiller = "worker_died"

// callSuspect marks a message, handles it and, when it could say what went wrong, takes
// the mark back: what returns an error has not killed anybody.
func (w *Worker) callSuspect(limit *stopwatch, h *held) error {
	ctx := limit.work
	select {
	case w.lane <- struct{}{}:
		defer func() { <-w.lane }()
	case <-ctx.Done():
		return ctx.Err()
	}
	subject := w.cfg.Suspects.Subject + "." + strconv.FormatUint(h.Sequence, 10)
	starts, err := w.starts(ctx, subject)
	if err != nil {
		return err
	}
	if starts >= maxStarts {
		return &failure{ReasonKiller, fmt.Errorf("started %d times and never finished: its worker died or hung each time", starts)}
	}
	if err := w.mark(ctx, subject, starts+1); err != nil {
		return err
	}
	if err = w.call(limit, h); err == nil {
		return nil
	}
	// The end of the drain time is no death either, so it must not keep the mark there.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace/2)
	defer cancel()
	return errors.Join(err, w.mark(ctx, subject, starts))
}

// starts gives how often a message was started since it became a suspect.
func (w *Worker) starts(ctx context.Context, subject string) (int, error) {
	last, err := w.conn.Last(ctx, w.cfg.Suspects.Stream, subject)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(string(last.Data))
	if err != nil {
		return 0, fmt.Errorf("read mark on %s: %w", subject, err)
	}
	return n, nil
}

func (w *Worker) mark(ctx context.Context, subject string, starts int) error {
	_, err := w.conn.Publish(ctx, Message{Subject: subject, Data: strconv.AppendInt(nil, int64(starts), 10)})
	return err
}
