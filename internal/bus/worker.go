package bus

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"
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
// it obeys its context. What it returns decides what becomes of the message:
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
	// Prefetch is how many messages are held at a time, those worked on included.
	Prefetch int
	// AckWait is that of the consumer: messages held longer are reported in progress.
	AckWait time.Duration
	// Attempts is how often a message is tried before it becomes a dead letter.
	Attempts int
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
	set(&cfg.Limit, 30*time.Second)
	set(&cfg.Drain, 25*time.Second)
	set(&cfg.PullWait, 2*time.Second)
	if cfg.Workers <= 0 {
		cfg.Workers = 64
	}
	if cfg.Prefetch < cfg.Workers {
		cfg.Prefetch = 4 * cfg.Workers
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
	conn  *Conn
	cfg   WorkerConfig
	slots chan struct{} // one token for each message that may still be taken
	queue chan *held
	held  holding
	lane  sync.Mutex   // held while a suspect is worked on
	heard atomic.Int64 // when the consumer last answered, in Unix nanoseconds
}

// NewWorker makes a worker; Run starts it.
func NewWorker(conn *Conn, cfg WorkerConfig) *Worker {
	cfg = cfg.withDefaults()
	w := &Worker{conn: conn, cfg: cfg, slots: make(chan struct{}, cfg.Prefetch), queue: make(chan *held, cfg.Prefetch)}
	for range cfg.Prefetch {
		w.slots <- struct{}{}
	}
	return w
}

// Heard gives when the consumer last answered; the zero time before it ever did.
func (w *Worker) Heard() time.Time {
	if n := w.heard.Load(); n != 0 {
		return time.Unix(0, n)
	}
	return time.Time{}
}

// Held gives the number of messages taken and not yet finished.
func (w *Worker) Held() int { return cap(w.slots) - len(w.slots) }

// Run works until the context ends. It then takes no more, finishes what it holds
// within the drain time, gives back the rest, and waits until the server has read its
// acknowledgements. The error is nil when everything was finished.
func (w *Worker) Run(ctx context.Context) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(w.cfg.Drain, stop) })()
	var workers, keeper sync.WaitGroup
	for range w.cfg.Workers {
		workers.Go(func() { w.work(work, ctx.Done()) })
	}
	keeper.Go(func() { w.held.keep(work, w.cfg.AckWait/3, w.cfg.Limit+w.cfg.AckWait) })
	w.pull(ctx)
	close(w.queue)
	workers.Wait()
	late := work.Err() != nil
	stop()
	keeper.Wait()
	if err := w.flush(ctx); err != nil {
		return err
	}
	if late {
		return fmt.Errorf("%s: %w after %s: the rest was given back", w.cfg.Durable, ErrDrain, w.cfg.Drain)
	}
	return nil
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

// ErrDrain means that a stopping worker could not finish what it held in time.
var ErrDrain = errors.New("the drain time is over")

const flushTimeout = 5 * time.Second

// pull asks for messages, as many as there are free slots, until the context ends. It
// asks again when half of the slots are free: a request costs more than a message. Each
// request ends by itself, so no lost answer can stall the worker for longer.
func (w *Worker) pull(ctx context.Context) {
	var consumer jetstream.Consumer
	for failures := 0; ctx.Err() == nil; {
		n := w.reserve(ctx)
		if n == 0 {
			return
		}
		var err error
		if consumer == nil {
			consumer, err = w.conn.js.Consumer(ctx, w.cfg.Stream, w.cfg.Durable)
		}
		taken := 0
		if err == nil {
			taken, err = w.fetch(consumer, n)
		}
		w.release(n - taken)
		if err == nil {
			failures = 0
			continue
		}
		// Look the consumer up again: it may have been made anew, or moved.
		consumer = nil
		failures++
		pause(ctx, backoff(failures, pullRetryBase, pullRetryMax))
	}
}

const (
	pullRetryBase = 50 * time.Millisecond
	pullRetryMax  = 2 * time.Second
)

// fetch makes one request and queues what it brings.
func (w *Worker) fetch(consumer jetstream.Consumer, n int) (taken int, err error) {
	batch, err := consumer.Fetch(n, jetstream.FetchMaxWait(w.cfg.PullWait), jetstream.FetchHeartbeat(w.cfg.PullWait/2))
	if err != nil {
		return 0, err
	}
	for m := range batch.Messages() {
		w.heard.Store(time.Now().UnixNano())
		h, err := hold(m, w.cfg.Stream)
		if err != nil {
			// Not a message of a stream: nothing to acknowledge.
			continue
		}
		taken++
		w.held.add(h)
		w.queue <- h
	}
	if err := batch.Error(); err != nil {
		return taken, err
	}
	w.heard.Store(time.Now().UnixNano())
	return taken, nil
}

// reserve waits until half of the slots are free and takes those that are; 0 when the
// context has ended.
func (w *Worker) reserve(ctx context.Context) int {
	n := 0
	for want := (cap(w.slots) + 1) / 2; n < want; n++ {
		select {
		case <-w.slots:
		case <-ctx.Done():
			w.release(n)
			return 0
		}
	}
	for {
		select {
		case <-w.slots:
			n++
		default:
			return n
		}
	}
}

func (w *Worker) release(n int) {
	for range n {
		w.slots <- struct{}{}
	}
}
