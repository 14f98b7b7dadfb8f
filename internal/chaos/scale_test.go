package chaos

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"readout/internal/bus"
	"readout/pkg/events"
)

// BenchmarkAnnotators gives the throughput of the line with 1, 2, 4 and 8 annotator
// processes when reading an article costs 20 ms of waiting, four articles at a time in
// each process.
func BenchmarkAnnotators(b *testing.B) {
	for _, n := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { annotators(b, n) })
	}
}

func annotators(b *testing.B, n int) {
	nats := startServers(b, 1)
	conn := provision(b, nats, 1)
	start(b, "ingester", nil, "--server", nats.url(), "--provision=false")
	var items []item
	for i := range b.N {
		items = append(items, encode(events.Submission{ID: fmt.Sprint("calm-", i), Title: "A calm day",
			Text: events.Text(fmt.Sprintf("The harbour was calm on day %d.", i)), Language: "en"}, ""))
	}
	var published atomic.Int64
	feed(b, conn, items, &published)
	for count(b, conn, events.StreamArticles) < b.N {
		time.Sleep(time.Millisecond)
	}
	b.ResetTimer()
	for range n {
		start(b, "annotator", []string{"READOUT_FAULT_DELAY=20ms"}, "--server", nats.url(), "--provision=false", "--workers", "4")
	}
	for count(b, conn, events.StreamAnnotations) == 0 {
		time.Sleep(time.Millisecond)
	}
	begin := time.Now()
	for count(b, conn, events.StreamAnnotations) < b.N {
		time.Sleep(time.Millisecond)
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/time.Since(begin).Seconds(), "articles/s")
}

// BenchmarkMemory gives the memory of "readout up", server and services in one process:
// at rest, and at its highest while articles come in as fast as they go.
func BenchmarkMemory(b *testing.B) {
	ports := freePorts(b, 2)
	address := fmt.Sprintf("127.0.0.1:%d", ports[0])
	p := start(b, "readout", nil, "up", "--data", b.TempDir(), "--nats", address, "--http", fmt.Sprintf("127.0.0.1:%d", ports[1]))
	conn, err := bus.Connect(b.Context(), bus.Config{URL: "nats://" + address})
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	for count(b, conn, events.StreamAlerts) != 0 || pending(b, conn) != "" {
		time.Sleep(10 * time.Millisecond)
	}
	rest := memory(b, p, "VmRSS:")
	items := slices.DeleteFunc(plan(rand.New(rand.NewPCG(1, 1)), b.N), func(it item) bool { return it.poison })
	b.ResetTimer()
	var published atomic.Int64
	feed(b, conn, items, &published)
	await(b, conn, quiet)
	b.StopTimer()
	b.ReportMetric(rest, "MB-at-rest")
	b.ReportMetric(memory(b, p, "VmHWM:"), "MB-at-most")
}

// memory reads a line of the kernel's account of a process, in megabytes.
func memory(b *testing.B, p *process, line string) float64 {
	b.Helper()
	p.mu.Lock()
	pid := p.cmd.Process.Pid
	p.mu.Unlock()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), line)
	var kilobytes float64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		b.Fatal(err)
	}
	return kilobytes / 1024
}
