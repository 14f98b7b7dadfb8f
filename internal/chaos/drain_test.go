package chaos

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"readout/internal/bus"
	"readout/pkg/events"
)

// drainDeadline is how long a stopping worker may take.
const drainDeadline = 10 * time.Second

// TestStopUnderLoad stops every worker in the middle of its work, as a cluster does when
// it rolls out a new version, and wants nothing done twice.
func TestStopUnderLoad(t *testing.T) {
	nats := startServers(t, 1)
	conn := provision(t, nats, 1)
	slow := []string{"READOUT_FAULT_DELAY=5ms", "READOUT_DRAIN=" + drainDeadline.String()}
	launch := func() []*process {
		var all []*process
		for _, name := range []string{"ingester", "annotator", "notifier"} {
			all = append(all, start(t, name, slow, "--server", nats.url(), "--provision=false", "--ack-wait", ackWait))
		}
		return all
	}
	const n = 3000
	var items []item
	for i := range n {
		items = append(items, encode(events.Submission{ID: fmt.Sprint("calm-", i), Title: "A calm day",
			Text: events.Text(fmt.Sprintf("The harbour was calm on day %d.", i)), Language: "en"}, ""))
	}
	var published atomic.Int64
	workers := launch()
	go feed(t, conn, items, &published)
	for published.Load() < n/2 {
		time.Sleep(time.Millisecond)
	}
	for _, p := range workers {
		code, took := p.stop(syscall.SIGTERM)
		t.Logf("%s stopped in %s", p.name, took)
		if code != 0 || took > drainDeadline {
			t.Errorf("%s ended with %d after %s, want 0 within %s", p.name, code, took, drainDeadline)
		}
	}
	second := launch()
	for published.Load() < n {
		time.Sleep(time.Millisecond)
	}
	await(t, conn, quiet)
	if got := count(t, conn, events.StreamAnnotations); got != n {
		t.Errorf("%d annotations, want %d", got, n)
	}
	for _, p := range append(workers, second...) {
		// A message that was handed out and given back unfinished may come twice; one that
		// was finished may not.
		if again := repeats(t, p.log.Name()); again > 0 {
			t.Errorf("%s handled %d messages that had been delivered before", p.name, again)
		}
	}
}

// repeats counts the lines of a log on articles that were not new to the line.
func repeats(t *testing.T, log string) int {
	t.Helper()
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		if strings.Contains(line, `"msg":"article"`) && !strings.Contains(line, `"attempt":1,`) {
			n++
		}
	}
	return n
}

// count gives the number of messages in a stream.
func count(t testing.TB, conn *bus.Conn, stream string) int {
	t.Helper()
	size, err := conn.Size(t.Context(), stream)
	if err != nil {
		t.Fatal(err)
	}
	return int(size.Messages)
}
