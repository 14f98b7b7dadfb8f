package bus_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"readout/internal/bus"
	"readout/internal/bus/server"
)

// newCluster starts three servers and gives a line on streams kept by all of them.
func newCluster(t *testing.T) (*line, []*line) {
	t.Helper()
	var ports []int
	for range 3 {
		_, port, err := net.SplitHostPort(freePort(t))
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(port)
		if err != nil {
			t.Fatal(err)
		}
		ports = append(ports, n)
	}
	nodes := make([]*line, 3)
	var starting sync.WaitGroup
	for i := range nodes {
		nodes[i] = &line{options: server.Options{Listen: freePort(t), Dir: t.TempDir(), Name: fmt.Sprintf("n%d", i),
			Cluster: &server.Cluster{Name: "test", Port: ports[i], Peers: ports}}}
		starting.Go(func() { nodes[i].start(t) })
	}
	starting.Wait()
	var urls []string
	for _, n := range nodes {
		t.Cleanup(func() { n.srv.Stop() })
		urls = append(urls, "nats://"+n.options.Listen)
	}
	conn, err := bus.Connect(t.Context(), bus.Config{URL: strings.Join(urls, ","), Name: t.Name()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	l := &line{conn: conn, srv: nodes[0].srv}
	want := topology()
	for i := range want.Streams {
		want.Streams[i].Replicas = 3
	}
	want.Consumers[0].Config.AckWait = 3 * time.Second
	l.provision(t, want)
	return l, nodes
}

// leader gives the server that leads a stream: the one whose loss is felt.
func leader(t *testing.T, nodes []*line, conn *bus.Conn, stream string) *line {
	t.Helper()
	var lead *line
	until(t, stream+" has a leader", func() bool {
		for _, n := range nodes {
			if n.srv.JetStreamIsStreamLeader("$G", stream) {
				lead = n
			}
		}
		return lead != nil
	})
	return lead
}

// One server of three is stopped in the middle of the work and comes back.
func TestAClusterLosesAServer(t *testing.T) {
	l, nodes := newCluster(t)
	n := 600
	if testing.Short() {
		n = 200
	}
	publishUntilStored(t, l.conn, n)
	var done atomic.Int64
	half, gone := make(chan struct{}), make(chan struct{})
	cfg := config(func(ctx context.Context, d *bus.Delivery) error {
		switch k := done.Add(1); {
		case k == int64(n/2):
			close(half)
		case k > int64(n/2):
			<-gone
		}
		if err := l.echo(ctx, d); err != nil || d.Sequence%10 > 0 {
			return err
		}
		return linkOnce(ctx, l.conn, d)
	})
	cfg.AckWait, cfg.Workers, cfg.Attempts, cfg.PullWait = 3*time.Second, 16, 100, time.Second
	var j journal
	cfg.Observe = j.observe
	run(t, l.conn, cfg)
	<-half
	victim := leader(t, nodes, l.conn, "RESULT")
	victim.srv.Stop()
	close(gone)
	until(t, "the rest goes on without it", func() bool { return j.count(bus.Done) > n/2+n/10 })
	victim.start(t)
	until(t, "all are finished", func() bool {
		lag, err := l.conn.Lag(t.Context(), "WORK", "worker")
		return err == nil && lag.Floor == uint64(n)
	})
	checkCluster(t, l.conn, n)
	if j.count(bus.Dead)+j.count(bus.Retried) > 0 {
		t.Errorf("the loss cost attempts: %+v", j.all())
	}
}

// publishUntilStored publishes work, as a publisher does that sees a cluster choose.
func publishUntilStored(t *testing.T, conn *bus.Conn, n int) {
	t.Helper()
	for i := range n {
		m := bus.Message{Subject: fmt.Sprintf("work.%d", i), ID: fmt.Sprint(i), Data: fmt.Appendf(nil, "item %d", i)}
		until(t, m.Subject+" is stored", func() bool { _, err := conn.Publish(t.Context(), m); return err == nil })
	}
}

// linkOnce appends a link to the chain for a message of work, unless it has one.
func linkOnce(ctx context.Context, conn *bus.Conn, d *bus.Delivery) error {
	own := fmt.Sprintf("result.chain.%d", d.Sequence)
	for {
		chain, err := conn.After(ctx, "RESULT", "result.chain.*", 0)
		if err != nil {
			return err
		}
		last := uint64(0)
		for _, r := range chain {
			if last = r.Sequence; r.Subject == own {
				return nil
			}
		}
		_, err = conn.Publish(ctx, bus.Message{Subject: own, Data: fmt.Append(nil, last),
			Expect: &bus.Expectation{Filter: "result.chain.*", Sequence: last}})
		if !errors.Is(err, bus.ErrConflict) {
			return err
		}
	}
}

func checkCluster(t *testing.T, conn *bus.Conn, n int) {
	t.Helper()
	var results, chain []bus.Record
	// A replica that has just come back may be a moment behind.
	until(t, "all results can be read", func() bool {
		var first, second error
		results, first = conn.After(t.Context(), "RESULT", "result.work.*", 0)
		chain, second = conn.After(t.Context(), "RESULT", "result.chain.*", 0)
		return errors.Join(first, second) == nil && len(results) >= n && len(chain) >= n/10
	})
	if len(results) != n {
		t.Errorf("%d results, want %d", len(results), n)
	}
	checkChain(t, chain, n/10)
}
