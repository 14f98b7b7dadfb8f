package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"readout/internal/bus"
	"readout/pkg/events"
)

// Stage is one service on the line: what it reads, and how it is made.
type Stage struct {
	// Name is that of its durable consumer too.
	Name   string
	stream string
	// workers is how many messages it works on at a time unless told otherwise.
	workers int
	make    func(deps) (bus.Handler, error)
}

// deps is what a stage is made with.
type deps struct {
	cfg     Config
	bus     *bus.Conn
	log     *zap.Logger
	metrics *metrics
	// fail ends the program with an error.
	fail context.CancelCauseFunc
}

// Started tells what a program needs to be known of it once it works.
type Started struct {
	// Ops is HOST:PORT of health and metrics.
	Ops string
}

const (
	watchInterval = 5 * time.Second
	// patience is how long a consumer may be silent before the program is not ready.
	patience = 3 * pullWait
	pullWait = 2 * time.Second
)

// program is a running program.
type program struct {
	deps
	running []*running
}

// running is a stage at work.
type running struct {
	Stage
	worker *bus.Worker
	// unseen is the error of the last look at the consumer; nil when it was there.
	unseen atomic.Pointer[error]
}

// Run runs stages until the context ends, then lets them finish what they hold. It
// returns an error when the program cannot go on: the connection is closed for good, an
// address is taken, too many articles hang. started is called once it works.
func Run(ctx context.Context, cfg Config, log *zap.Logger, started func(Started), names ...Stage) error {
	if err := cfg.Check(); err != nil {
		return err
	}
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	p := &program{deps: deps{cfg: cfg, log: log, metrics: newMetrics(), fail: fail}}
	o, err := listen(cfg.Ops, opsHandler(p.metrics, p.ready))
	if err != nil {
		return err
	}
	serve, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := o.serve(serve); err != nil {
			fail(err)
		}
	})
	defer serving.Wait()
	defer hangUp()
	if err := p.connect(ctx, names); err != nil {
		return unlessStopped(ctx, err)
	}
	defer p.bus.Close()
	if err := p.prepare(ctx, names); err != nil {
		return unlessStopped(ctx, err)
	}
	log.Info("ready", zap.String("ops", o.address()), zap.String("server", cfg.Server))
	started(Started{Ops: o.address()})
	return p.work(ctx)
}

// unlessStopped drops the error of a start that was called off: a program that is stopped
// before it works has nothing left to do.
func unlessStopped(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), context.Canceled) {
		return nil
	}
	return err
}

// connect opens the connection. One is enough to read and to publish: no more is asked
// for than there is room for, so neither waits for the other, and what goes out together
// takes fewer system calls: some 4 % more articles a second than with two.
func (p *program) connect(ctx context.Context, names []Stage) error {
	var title []string
	for _, s := range names {
		title = append(title, s.Name)
	}
	conf := p.cfg.Bus("readout " + strings.Join(title, "+"))
	conf.Notice = func(event string, err error) {
		if err == nil || ctx.Err() != nil {
			p.log.Info(event)
			return
		}
		p.log.Warn(event, zap.Error(err))
	}
	var err error
	p.bus, err = bus.Connect(ctx, conf)
	return err
}

// prepare provisions the streams and makes the stages, and the undertaker beside them.
func (p *program) prepare(ctx context.Context, names []Stage) error {
	if err := p.provision(ctx); err != nil {
		return err
	}
	for _, s := range append(names, undertaker) {
		handle, err := s.make(p.deps)
		if err != nil {
			return fmt.Errorf("make stage %s: %w", s.Name, err)
		}
		p.metrics.start(s.Name)
		p.running = append(p.running, &running{Stage: s, worker: p.worker(s, handle)})
	}
	return nil
}

// provision makes what is missing; where that is left to others, it looks whether they
// have.
func (p *program) provision(ctx context.Context) error {
	if !p.cfg.Provision {
		return p.bus.Check(ctx, Topology(p.cfg))
	}
	changes, err := p.bus.Provision(ctx, Topology(p.cfg), p.cfg.Narrow)
	for _, c := range changes {
		p.log.Info("stream configuration", zap.Stringer("change", c))
	}
	return err
}

func (p *program) worker(s Stage, handle bus.Handler) *bus.Worker {
	workers := p.cfg.Workers
	if workers == 0 {
		workers = s.workers
	}
	log := p.log.With(zap.String("stage", s.Name))
	return bus.NewWorker(p.bus, bus.WorkerConfig{
		Stream: s.stream, Durable: s.Name, Handle: handle, Workers: workers, AckWait: p.cfg.AckWait,
		Attempts: p.cfg.Attempts, Limit: p.cfg.Limit, Drain: p.cfg.Drain, PullWait: pullWait,
		Suspects: &bus.Suspects{Stream: events.StreamSuspects, Subject: events.SuspectSubject(s.Name)},
		Bury:     letters{maxPayload: p.bus.MaxPayload(), now: time.Now}.bury,
		Observe: func(d *bus.Delivery, o bus.Outcome) {
			p.metrics.settled(s.Name, d, o)
			if o.Result != bus.Done || o.Err != nil {
				log.Warn("not handled", zap.String("result", string(o.Result)), zap.String("subject", d.Subject),
					zap.Uint64("sequence", d.Sequence), zap.Int("attempt", d.Attempt), zap.Duration("took", o.Took), zap.Error(o.Err))
			}
		},
	})
}

// work runs every stage and its watchdog until the context ends and all have drained.
func (p *program) work(ctx context.Context) error {
	var workers, watchers sync.WaitGroup
	errs := make([]error, len(p.running))
	watch, unwatch := context.WithCancel(context.WithoutCancel(ctx))
	for i, r := range p.running {
		workers.Go(func() { errs[i] = r.worker.Run(ctx) })
		watchers.Go(func() { p.watch(watch, r) })
	}
	watchers.Go(func() {
		select {
		case <-watch.Done():
		case <-p.bus.Closed():
			p.fail(errors.New("the connection to NATS is closed for good"))
		}
	})
	<-ctx.Done()
	p.log.Info("stopping: finishing what is held", zap.Duration("at most", p.cfg.Drain))
	workers.Wait()
	unwatch()
	watchers.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		errs = append(errs, cause)
	}
	return errors.Join(errs...)
}

// watch keeps the numbers on a stage's consumer, and says so when it is stalled.
func (p *program) watch(ctx context.Context, r *running) {
	r.worker.Watch(ctx, bus.Watchdog{Interval: watchInterval, Patience: patience, Report: func(lag bus.Lag, stalled bool, err error) {
		if err != nil {
			r.unseen.Store(&err)
			return
		}
		r.unseen.Store(nil)
		p.metrics.pending.WithLabelValues(r.Name).Set(float64(lag.Pending))
		p.metrics.ackPending.WithLabelValues(r.Name).Set(float64(lag.AckPending))
		p.metrics.held.WithLabelValues(r.Name).Set(float64(r.worker.Held()))
		if stalled {
			p.metrics.stalls.WithLabelValues(r.Name).Inc()
			p.log.Warn("the consumer is stalled: it has messages and delivers none", zap.String("stage", r.Name), zap.Uint64("pending", lag.Pending))
		}
	}})
}

// ready says why the program cannot work at this moment; nil when it can.
func (p *program) ready() error {
	if p.bus == nil || len(p.running) == 0 {
		return errors.New("starting")
	}
	if !p.bus.Connected() {
		return errors.New("not connected to NATS")
	}
	for _, r := range p.running {
		if err := r.unseen.Load(); err != nil {
			return fmt.Errorf("consumer %s: %w", r.Name, *err)
		}
		heard := r.worker.Heard()
		if heard.IsZero() {
			return fmt.Errorf("consumer %s has not answered yet", r.Name)
		}
		if silent := time.Since(heard); silent > patience && r.worker.Held() == 0 {
			return fmt.Errorf("consumer %s has not answered for %s", r.Name, silent.Round(time.Second))
		}
	}
	return nil
}
