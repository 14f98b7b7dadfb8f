package bus_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"readout/internal/bus"
)

// The benchmarks set the bus beside the bare client on the same server:
//
//	go test -run '^$' -bench . -benchtime 100000x ./internal/bus/
const (
	benchSize    = 5000 // bytes of an article
	benchWorkers = 64
)

// benchHeaders are as many as an event carries.
func benchHeaders() map[string]string {
	h := map[string]string{}
	for i := range 8 {
		h[fmt.Sprintf("ce-header-%d", i)] = "a value of some length"
	}
	return h
}

// share has workers do something b.N times in all.
func share(b *testing.B, do func(i int) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range benchWorkers {
		all.Go(func() {
			for i := int(next.Add(1)); i <= b.N; i = int(next.Add(1)) {
				if err := do(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	rate(b)
}

func rate(b *testing.B) { b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msgs/s") }

func BenchmarkPublish(b *testing.B) {
	data, headers := make([]byte, benchSize), benchHeaders()
	b.Run("raw", func(b *testing.B) {
		l := newLine(b)
		js := raw(b, l.srv.ClientURL())
		b.ReportAllocs()
		b.ResetTimer()
		share(b, func(i int) error { return rawPublish(js, "result."+strconv.Itoa(i), data, headers) })
	})
	b.Run("bus", func(b *testing.B) {
		l := newLine(b)
		b.ReportAllocs()
		b.ResetTimer()
		share(b, func(i int) error {
			subject := "result." + strconv.Itoa(i)
			_, err := l.conn.Publish(b.Context(), bus.Message{Subject: subject, Data: data, Headers: headers, Expect: &bus.Expectation{Filter: subject}})
			return err
		})
	})
}

// rawPublish is what a program without the bus would do.
func rawPublish(js jetstream.JetStream, subject string, data []byte, headers map[string]string) error {
	m := &nats.Msg{Subject: subject, Data: data, Header: nats.Header{}}
	for k, v := range headers {
		m.Header.Set(k, v)
	}
	future, err := js.PublishMsgAsync(m, jetstream.WithExpectLastSequenceForSubject(0, subject))
	if err != nil {
		return err
	}
	select {
	case <-future.Ok():
		return nil
	case err := <-future.Err():
		return err
	}
}

// benchLine is a line with b.N messages of work. The server is patient: on a machine
// that stands still for a moment it would deliver again, and the figures be wrong.
func benchLine(b *testing.B) *line {
	l := newLine(b, func(top *bus.Topology) { top.Consumers[0].Config.AckWait = time.Minute })
	data, headers := make([]byte, benchSize), benchHeaders()
	share(b, func(i int) error {
		_, err := l.conn.Publish(b.Context(), bus.Message{Subject: "work." + strconv.Itoa(i), Data: data, Headers: headers})
		return err
	})
	b.ReportAllocs()
	b.ResetTimer()
	return l
}

func BenchmarkConsume(b *testing.B) {
	b.Run("raw", func(b *testing.B) {
		l := benchLine(b)
		rawWork(b, l, func(jetstream.Msg) error { return nil })
	})
	b.Run("bus", func(b *testing.B) {
		l := benchLine(b)
		busWork(b, l, func(context.Context, *bus.Delivery) error { return nil })
	})
}

func BenchmarkEcho(b *testing.B) {
	b.Run("raw", func(b *testing.B) {
		l := benchLine(b)
		js := raw(b, l.srv.ClientURL())
		headers := benchHeaders()
		rawWork(b, l, func(m jetstream.Msg) error { return rawPublish(js, "result."+m.Subject(), m.Data(), headers) })
	})
	b.Run("bus", func(b *testing.B) {
		l := benchLine(b)
		conn := l.connect(b)
		headers := benchHeaders()
		busWork(b, l, func(ctx context.Context, d *bus.Delivery) error {
			subject := "result." + d.Subject
			_, err := conn.Publish(ctx, bus.Message{Subject: subject, Data: d.Data, Headers: headers, Expect: &bus.Expectation{Filter: subject}})
			return err
		})
	})
}

// rawWork has the messages of work handled by the client's own Consume and as many
// goroutines as the bus has workers.
func rawWork(b *testing.B, l *line, handle func(jetstream.Msg) error) {
	consumer, err := raw(b, l.srv.ClientURL()).Consumer(b.Context(), "WORK", "worker")
	if err != nil {
		b.Fatal(err)
	}
	queue := make(chan jetstream.Msg, 4*benchWorkers)
	var left, workers sync.WaitGroup
	left.Add(b.N)
	for range benchWorkers {
		workers.Go(func() {
			for m := range queue {
				if err := handle(m); err != nil {
					b.Error(err)
				}
				if err := m.Ack(); err != nil {
					b.Error(err)
				}
				left.Done()
			}
		})
	}
	consuming, err := consumer.Consume(func(m jetstream.Msg) { queue <- m }, jetstream.PullMaxMessages(500))
	if err != nil {
		b.Fatal(err)
	}
	left.Wait()
	b.StopTimer()
	rate(b)
	consuming.Stop()
	<-consuming.Closed()
	close(queue)
	workers.Wait()
}

func busWork(b *testing.B, l *line, handle bus.Handler) {
	var left sync.WaitGroup
	left.Add(b.N)
	cfg := config(handle)
	cfg.Workers, cfg.AckWait = benchWorkers, 0
	cfg.Observe = func(_ *bus.Delivery, o bus.Outcome) {
		if o.Err != nil {
			b.Error(o.Err)
		}
		left.Done()
	}
	w := run(b, l.conn, cfg)
	left.Wait()
	b.StopTimer()
	rate(b)
	if err := w.stop(); err != nil {
		b.Error(err)
	}
}

// BenchmarkRead is what a decision costs that looks at what is stored.
func BenchmarkRead(b *testing.B) {
	l := newLine(b)
	l.fill(b, "a", 10, 1000)
	b.Run("last", func(b *testing.B) {
		b.ReportAllocs()
		share(b, func(int) error { _, err := l.conn.Last(b.Context(), "RESULT", "result.a.*"); return err })
	})
	b.Run("after, ten", func(b *testing.B) {
		b.ReportAllocs()
		share(b, func(int) error { _, err := l.conn.After(b.Context(), "RESULT", "result.a.*", 0); return err })
	})
	b.Run("after, none", func(b *testing.B) {
		b.ReportAllocs()
		share(b, func(int) error { _, err := l.conn.After(b.Context(), "RESULT", "result.a.*", 10); return err })
	})
}

// BenchmarkConditional writes under the condition that nothing else has come in a set of
// subjects, of which so many are there already: the price of a party with many threads.
func BenchmarkConditional(b *testing.B) {
	for _, there := range []int{10, 100, 1000, 10_000} {
		b.Run(strconv.Itoa(there), func(b *testing.B) {
			l := newLine(b)
			data := make([]byte, 2000)
			last := uint64(0)
			write := func(i int, expect *bus.Expectation) {
				stored, err := l.conn.Publish(b.Context(), bus.Message{Subject: "result.a." + strconv.Itoa(i), Data: data, Expect: expect})
				if err != nil {
					b.Fatal(err)
				}
				last = stored.Sequence
			}
			for i := range there {
				write(i, nil)
			}
			b.ResetTimer()
			for i := range b.N {
				write(i%there, &bus.Expectation{Filter: "result.a.*", Sequence: last})
			}
			rate(b)
		})
	}
}
