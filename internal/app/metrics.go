package app

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"readout/internal/bus"
)

// metrics are the numbers of one program, by stage.
type metrics struct {
	registry    *prometheus.Registry
	in          *prometheus.CounterVec
	out         *prometheus.CounterVec
	retried     *prometheus.CounterVec
	returned    *prometheus.CounterVec
	dead        *prometheus.CounterVec
	redelivered *prometheus.CounterVec
	stalls      *prometheus.CounterVec
	handler     *prometheus.HistogramVec
	endToEnd    *prometheus.HistogramVec
	pending     *prometheus.GaugeVec
	ackPending  *prometheus.GaugeVec
	held        *prometheus.GaugeVec
}

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry()}
	counter := func(name, help string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "readout_" + name, Help: help}, []string{"stage"})
		m.registry.MustRegister(c)
		return c
	}
	gauge := func(name, help string) *prometheus.GaugeVec {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "readout_" + name, Help: help}, []string{"stage"})
		m.registry.MustRegister(g)
		return g
	}
	histogram := func(name, help string) *prometheus.HistogramVec {
		h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "readout_" + name, Help: help,
			Buckets: prometheus.ExponentialBuckets(0.0001, 2.5, 16)}, []string{"stage"})
		m.registry.MustRegister(h)
		return h
	}
	m.in = counter("in_total", "Messages delivered to the stage.")
	m.out = counter("out_total", "Events the stage has stored.")
	m.retried = counter("retried_total", "Messages to be tried again later.")
	m.returned = counter("returned_total", "Messages given back because the program stops.")
	m.dead = counter("dead_total", "Messages that became dead letters.")
	m.redelivered = counter("redelivered_total", "Messages delivered to the stage for a second time or more.")
	m.stalls = counter("stalls_total", "Times the consumer had messages and did not deliver them.")
	m.handler = histogram("handler_seconds", "Time to handle one message, its results stored.")
	m.endToEnd = histogram("end_to_end_seconds", "Time from the submission being stored to the stage being done with it.")
	m.pending = gauge("pending", "Messages that wait for the stage, in the whole cluster.")
	m.ackPending = gauge("ack_pending", "Messages delivered and not yet finished, in the whole cluster.")
	m.held = gauge("held", "Messages that this program holds.")
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// start makes every series of a stage appear with the value 0.
func (m *metrics) start(stage string) {
	for _, c := range []*prometheus.CounterVec{m.in, m.out, m.retried, m.returned, m.dead, m.redelivered, m.stalls} {
		c.WithLabelValues(stage)
	}
	for _, g := range []*prometheus.GaugeVec{m.pending, m.ackPending, m.held} {
		g.WithLabelValues(stage)
	}
	m.handler.WithLabelValues(stage)
	m.endToEnd.WithLabelValues(stage)
}

// settled counts what became of a delivery.
func (m *metrics) settled(stage string, d *bus.Delivery, o bus.Outcome) {
	m.in.WithLabelValues(stage).Inc()
	if d.Attempt > 1 {
		m.redelivered.WithLabelValues(stage).Inc()
	}
	m.handler.WithLabelValues(stage).Observe(o.Took.Seconds())
	switch o.Result {
	case bus.Retried:
		m.retried.WithLabelValues(stage).Inc()
	case bus.Returned:
		m.returned.WithLabelValues(stage).Inc()
	case bus.Dead:
		m.dead.WithLabelValues(stage).Inc()
	}
}

// finished counts what a stage made of a message that was received at a time.
func (m *metrics) finished(stage string, events int, received time.Time) {
	m.out.WithLabelValues(stage).Add(float64(events))
	m.endToEnd.WithLabelValues(stage).Observe(time.Since(received).Seconds())
}
