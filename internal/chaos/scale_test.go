package chaos

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

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
	for i := range b.N {
		it := encode(events.Submission{ID: fmt.Sprint("calm-", i), Title: "A calm day",
			Text: events.Text(fmt.Sprintf("The harbour was calm on day %d.", i)), Language: "en"}, "")
		var published atomic.Int64
		feed(b, conn, []item{it}, &published)
	}
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
