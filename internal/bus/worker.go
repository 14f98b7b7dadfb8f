package bus

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Delivery is a message handed to a worker.
type Delivery struct {
	Record
	// Stream is where it is stored.
	Stream string
	// Attempt counts how often it has been delivered, from 1.
	Attempt int
}

// Handler works on one message. It returns only when everything it made is stored, and
// it obeys its context, which is good for nothing once it has returned. What it returns
// decides what becomes of the message:
//
//	nil                        acknowledged
//	an error with Reason()     dead letter at once
//	ErrUnavailable within      held and tried again in place
//	any other error            tried again later; a dead letter after the last attempt
type Handler func(context.Context, *Delivery) error

// WorkerConfig says what a worker reads and how.
type WorkerConfig struct {
	Stream, Durable string
	Handle          Handler
	// Bury makes the dead letter of a message that is given up.
	Bury func(*Delivery, Failure) (Message, error)
	// Suspects is where messages that may kill the worker are marked; nil for nowhere.
	Suspects *Suspects
	// Observe is told what became of each delivery; it must not block.
	Observe func(*Delivery, Outcome)
	// Workers is how many messages are worked on at a time.
	Workers int
	// Prefetch is how many messages are held at a time, those worked on included. Many
	// make fewer requests and larger reads; few leave more to other processes.
	Prefetch int
	// AckWait is that of the consumer: messages held longer are reported in progress.
	AckWait time.Duration
	// Attempts is how often a message is tried before it becomes a dead letter.
	Attempts int
	// RetryAfter is about how long the second attempt waits; each further one waits
	// twice as long.
	RetryAfter time.Duration
	// Limit is how long one attempt may take.
	Limit time.Duration
	// Drain is how long a stopping worker may take to finish what it holds.
	Drain time.Duration
	// PullWait is how long one request for messages stays open; a stopping worker may
	// have to wait for it. The server's heartbeat comes twice in that time.
	PullWait time.Duration
}

func (cfg WorkerConfig) withDefaults() WorkerConfig {
	set := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	set(&cfg.AckWait, 30*time.Second)
	set(&cfg.RetryAfter, time.Second)
	set(&cfg.Limit, 30*time.Second)
	set(&cfg.Drain, 25*time.Second)
	set(&cfg.PullWait, 2*time.Second)
	if cfg.Workers <= 0 {
		cfg.Workers = 64
	}
	if cfg.Prefetch < cfg.Workers {
		cfg.Prefetch = 16 * cfg.Workers
	}
	if cfg.Attempts <= 0 {
		cfg.Attempts = 8
	}
	if cfg.Observe == nil {
		cfg.Observe = func(*Delivery, Outcome) {}
	}
	return cfg
}

// Worker pulls the messages of one durable consumer and has them handled. Any number
// of workers, in any number of processes, may share a consumer.
type Worker struct {
	conn   *Conn
	cfg    WorkerConfig
	queue  chan *held
	held   holding
	freed  chan struct{} // told when there is room for more
	pulled chan struct{} // closed when no more is asked for
	lane   chan struct{} // holds one token, for the suspect that is worked on
	heard  atomic.Int64  // when the consumer last answered, in Unix nanoseconds
}

// NewWorker makes a worker; Run starts it, once.
func NewWorker(conn *Conn, cfg WorkerConfig) *Worker {
	cfg = cfg.withDefaults()
	return &Worker{conn: conn, cfg: cfg, queue: make(chan *held, backlog(cfg.Prefetch)),
		freed: make(chan struct{}, 1), pulled: make(chan struct{}), lane: make(chan struct{}, 1)}
}

// Heard gives when the consumer last answered; the zero time before it ever did.
func (w *Worker) Heard() time.Time {
	if n := w.heard.Load(); n != 0 {
		return time.Unix(0, n)
	}
	return time.Time{}
}

// Held gives the number of messages taken and not yet finished.
func (w *Worker) Held() int {
	count, _ := w.held.size()
	return count
}

var (
	// ErrDrain means that a stopping worker could not finish what it held in time.
	ErrDrain = errors.New("the drain time is over")
	// errHang is joined to it when handlers did not even obey their context.
	errHang = errors.New("handlers hang")
)

const (
	flushTimeout = 5 * time.Second
	// grace is how long handlers may take to notice that the drain time is over.
	grace = 2 * time.Second
)

// Run works until the context ends. It then takes no more, finishes what it holds
// within the drain time, gives back the rest, and waits until the server has read its
// acknowledgements. The error is nil when everything was finished.
func (w *Worker) Run(ctx context.Context) error {
	in, err := w.conn.source(w.cfg.Stream, w.cfg.Durable, w.cfg.Prefetch, w.cfg.PullWait)
	if err != nil {
		return err
	}
	in.heard = func() { w.heard.Store(time.Now().UnixNano()) }
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(w.cfg.Drain, stop) })()
	var workers, keeper sync.WaitGroup
	for range w.cfg.Workers {
		workers.Go(func() { w.work(work, ctx.Done()) })
	}
	keeper.Go(func() { w.keep(work, w.cfg.AckWait/3, w.cfg.Limit+w.cfg.AckWait) })
	w.pull(ctx, in)
	close(w.pulled)
	close(w.queue)
	late := w.finish(work, &workers)
	stop()
	keeper.Wait()
	return errors.Join(late, w.flush(ctx))
}

// finish waits for the workers. When the drain time ends first, it gives back what is
// still held, at last even what is worked on by handlers that do not obey.
func (w *Worker) finish(work context.Context, workers *sync.WaitGroup) error {
	finished := make(chan struct{})
	go func() {
		workers.Wait()
		close(finished)
	}()
	select {
	case <-finished:
		return nil
	case <-work.Done():
	}
	for h := range w.queue {
		w.letGo(h, Outcome{Result: Returned, Err: errors.Join(ErrDrain, w.giveBack(h))})
	}
	late := fmt.Errorf("%s: %w after %s: the rest was given back", w.cfg.Durable, ErrDrain, w.cfg.Drain)
	select {
	case <-finished:
		return late
	case <-time.After(grace):
	}
	hung := w.held.all()
	for _, h := range hung {
		late = errors.Join(late, w.giveBack(h))
	}
	return errors.Join(late, fmt.Errorf("%s: %w: %d", w.cfg.Durable, errHang, len(hung)))
}

// flush waits until the server has read the acknowledgements.
func (w *Worker) flush(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
	defer cancel()
	if err := w.conn.Flush(ctx); err != nil {
		return fmt.Errorf("flush acknowledgements of %s: %w", w.cfg.Durable, err)
	}
	return nil
}
