package chaos

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"readout/internal/app"
	"readout/internal/bus"
	"readout/pkg/events"
)

// The defaults are the short form, which runs with every test; "make chaos" runs the
// long one.
var (
	seed     = flag.Uint64("seed", 0, "seed of the chance; 0 takes one from the clock")
	articles = flag.Int("articles", 800, "articles to publish")
	kills    = flag.Int("kills", 8, "workers to kill")
	restarts = flag.Int("restarts", 1, "times to kill the server")
)

// quiet is how long the line may take to come to rest after the last kill.
const quiet = 3 * time.Minute

// ackWait is how soon a dead worker's messages are taken over.
const ackWait = "2s"

func TestChaos(t *testing.T) { chaos(t, 1) }

func TestChaosCluster(t *testing.T) { chaos(t, 3) }

func chaos(t *testing.T, size int) {
	s := *seed
	if s == 0 {
		s = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d: repeat with -run '^%s$' -seed %d -articles %d -kills %d -restarts %d", s, t.Name(), s, *articles, *kills, *restarts)
	chance := rand.New(rand.NewPCG(s, 1))
	items := plan(chance, *articles)
	nats := startServers(t, size)
	conn := provision(t, nats, size)
	workers := startWorkers(t, nats, map[string]int{"ingester": 2, "annotator": 3, "notifier": 2})

	var published atomic.Int64
	var feeding sync.WaitGroup
	feeding.Go(func() { feed(t, conn, items, &published) })
	murder(t, chance, nats, workers, &published, len(items))
	feeding.Wait()

	await(t, conn, quiet)
	for _, p := range workers {
		p.ready(t)
		if code, took := p.stop(syscall.SIGTERM); code != 0 {
			t.Errorf("%s ended with %d after %s", p.name, code, took)
		}
	}
	judge(t, conn, items)
}

// provision makes the streams, with as many replicas as there are servers.
func provision(t testing.TB, s *servers, size int) *bus.Conn {
	t.Helper()
	conn, err := bus.Connect(t.Context(), bus.Config{URL: s.url(), Name: "chaos"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	cfg := app.Defaults()
	cfg.Replicas, cfg.AckWait = size, 2*time.Second
	if _, err := conn.Provision(t.Context(), app.Topology(cfg), false); err != nil {
		t.Fatal(err)
	}
	return conn
}

func startWorkers(t *testing.T, s *servers, counts map[string]int) []*process {
	t.Helper()
	var all []*process
	for _, name := range []string{"ingester", "annotator", "notifier"} {
		for range counts[name] {
			all = append(all, start(t, name, nil, "--server", s.url(), "--provision=false", "--ack-wait", ackWait, "--limit", "3s"))
		}
	}
	return all
}

// feed publishes every item and waits for each to be confirmed, again and again while
// the server is down.
func feed(t testing.TB, conn *bus.Conn, items []item, published *atomic.Int64) {
	queue := make(chan int)
	var senders sync.WaitGroup
	for range 16 {
		senders.Go(func() {
			for i := range queue {
				confirm(t, conn, items[i], i)
				published.Add(1)
			}
		})
	}
	for i := range items {
		queue <- i
	}
	close(queue)
	senders.Wait()
}

func confirm(t testing.TB, conn *bus.Conn, it item, i int) {
	m := bus.Message{Subject: events.SubmitSubject(it.source), ID: fmt.Sprintf("item-%d", i), Data: it.data}
	for {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		_, err := conn.Publish(ctx, m)
		cancel()
		if err == nil || t.Context().Err() != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// murder kills workers, and now and then a server, spread over the whole run.
func murder(t *testing.T, chance *rand.Rand, nats *servers, workers []*process, published *atomic.Int64, total int) {
	deeds := make([]bool, *kills+*restarts) // true for a server
	for i := range *restarts {
		deeds[i] = true
	}
	chance.Shuffle(len(deeds), func(i, j int) { deeds[i], deeds[j] = deeds[j], deeds[i] })
	for i, server := range deeds {
		// The first half of the deeds waits for articles to be published, the second half
		// falls into the time when the line works them off.
		for due := int64(min(2*i*total/len(deeds), total)); published.Load() < due && t.Context().Err() == nil; {
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(time.Duration(50+chance.IntN(250)) * time.Millisecond)
		if server {
			nats.killOne(chance)
			continue
		}
		workers[chance.IntN(len(workers))].kill()
	}
}

// await waits until nothing is pending at any stage.
func await(t testing.TB, conn *bus.Conn, patience time.Duration) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for calm := 0; calm < 3; {
		if busy := pending(t, conn); busy == "" {
			calm++
		} else if calm = 0; time.Now().After(deadline) {
			t.Fatalf("the line did not come to rest within %s: %s", patience, busy)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// pending says what is left to do; nothing when all is done.
func pending(t testing.TB, conn *bus.Conn) string {
	left := ""
	for _, d := range app.Topology(app.Defaults()).Consumers {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		lag, err := conn.Lag(ctx, d.Stream, d.Config.Durable)
		cancel()
		if err != nil || lag.Pending > 0 || lag.AckPending > 0 {
			left += fmt.Sprintf("%s: %+v %v; ", d.Config.Durable, lag, err)
		}
	}
	return left
}
