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

// suspect marks a message before it is started and gives an error when it has been
// started too often.
func (w *Worker) suspect(ctx context.Context, h *held) error {
	subject := w.cfg.Suspects.Subject + "." + strconv.FormatUint(h.Sequence, 10)
	starts := 0
	last, err := w.conn.Last(ctx, w.cfg.Suspects.Stream, subject)
	switch {
	case errors.Is(err, ErrNotFound):
	case err != nil:
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	default:
		if starts, err = strconv.Atoi(string(last.Data)); err != nil {
			return fmt.Errorf("read mark on %s: %w", subject, err)
		}
	}
	if starts >= maxStarts {
		return &failure{ReasonKiller, fmt.Errorf("started %d times and never finished: its worker died or hung each time", starts)}
	}
	_, err = w.conn.Publish(ctx, Message{Subject: subject, Data: strconv.AppendInt(nil, int64(starts+1), 10)})
	return err
}
