package app

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"readout/internal/bus"
	"readout/internal/bus/server"
	"readout/internal/language"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// inFlight is how many articles are on the line at a time when it is saturated.
const inFlight = 1000

// rounds is how often the two lines take turns: the machine's speed drifts, and a ratio is
// only worth something between neighbours.
const rounds = 20

// BenchmarkLine sends 5 KB articles through three hops, as many as go: through a bare
// echo written against the client alone, and through Readout's three stages with the
// finders switched off, in turn, on one server with the same settings. It reports the
// medians, and the median of the ratios.
func BenchmarkLine(b *testing.B) {
	srv := benchServer(b)
	echo, line := startEcho(b, srv.ClientURL()), startLine(b, srv.ClientURL())
	defer line.stop()
	defer echo.stop()
	var echoes, lines, ratios []float64
	each := max(b.N/(2*rounds), 1)
	b.ResetTimer()
	for round := range rounds {
		e := saturate(b, echo, round*each, each)
		l := saturate(b, line, round*each, each)
		echoes, lines, ratios = append(echoes, e), append(lines, l), append(ratios, 100*l/e)
	}
	b.StopTimer()
	b.ReportMetric(median(echoes), "echo/s")
	b.ReportMetric(median(lines), "readout/s")
	b.ReportMetric(median(ratios), "ratio-%")
	b.ReportMetric(0, "ns/op")
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

// lineUnderTest is something that takes articles in and says when each came out.
type lineUnderTest struct {
	publish func(ctx context.Context, n int, data []byte) error
	out     <-chan struct{}
	stop    func()
}

// saturate sends n articles and gives how many a second came out at the other end.
func saturate(b *testing.B, line lineUnderTest, first, n int) float64 {
	window := make(chan struct{}, inFlight)
	begin := time.Now()
	var senders sync.WaitGroup
	next := make(chan int)
	for range 64 {
		senders.Go(func() {
			for i := range next {
				if err := line.publish(b.Context(), i, submission(i)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	senders.Go(func() {
		for i := range n {
			window <- struct{}{}
			next <- first + i
		}
		close(next)
	})
	for range n {
		<-line.out
		<-window
	}
	senders.Wait()
	return float64(n) / time.Since(begin).Seconds()
}

func benchServer(b *testing.B) *server.Server {
	b.Helper()
	srv, err := server.Start(server.Options{Listen: "127.0.0.1:0", Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(srv.Stop)
	return srv
}

// harbour is what all articles of the benchmark have in common: 5 KB like a news report.
var harbour = func() string {
	var text strings.Builder
	for i := 0; text.Len() < 4800; i++ {
		gap := " "
		if i%4 == 0 && i > 0 {
			gap = "\\n\\n"
		}
		fmt.Fprintf(&text, "%sThe council of the harbour met for the %d time this week and heard what its officers had to say about the works.", gap, i)
	}
	return text.String()
}()

// submission makes the n-th article.
func submission(n int) []byte {
	return fmt.Appendf(nil, `{"id":"harbour-%d","publisher":"Harbour Wire","url":"https://harbour.example/news/%d","title":"Report number %d","text":"Report number %d on the harbour.\n\n%s","language":"en"}`,
		n, n, n, n, harbour)
}

// startEcho runs three hops that do nothing but publish what they read and acknowledge.
func startEcho(b *testing.B, url string) lineUnderTest {
	// As with Readout: one connection for the hops, and the publisher's.
	inside, outside := echoClient(b, url), echoClient(b, url)
	var running []jetstream.ConsumeContext
	out := make(chan struct{}, inFlight)
	for hop := range 3 {
		name := fmt.Sprintf("HOP%d", hop)
		stream, err := inside.CreateStream(b.Context(), jetstream.StreamConfig{Name: name, Subjects: []string{strings.ToLower(name) + ".*"},
			Duplicates: duplicates, AllowDirect: true, Storage: jetstream.FileStorage})
		if err != nil {
			b.Fatal(err)
		}
		_ = stream
		consumer, err := inside.CreateConsumer(b.Context(), name, jetstream.ConsumerConfig{Durable: "echo", AckPolicy: jetstream.AckExplicitPolicy,
			AckWait: 30 * time.Second, MaxAckPending: maxAckPending})
		if err != nil {
			b.Fatal(err)
		}
		c, err := consumer.Consume(func(m jetstream.Msg) { echo(b, inside, m, hop, out) }, jetstream.PullMaxMessages(500),
			jetstream.PullExpiry(5*time.Second), jetstream.PullHeartbeat(time.Second))
		if err != nil {
			b.Fatal(err)
		}
		running = append(running, c)
	}
	return lineUnderTest{
		publish: func(ctx context.Context, n int, data []byte) error {
			_, err := outside.Publish(ctx, fmt.Sprintf("hop0.%d", n), data, jetstream.WithMsgID(fmt.Sprint(n)))
			return err
		},
		out: out,
		stop: func() {
			for _, c := range running {
				c.Stop()
			}
		},
	}
}

func echoClient(b *testing.B, url string) jetstream.JetStream {
	b.Helper()
	nc, err := nats.Connect(url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(nc.Close)
	js, err := jetstream.New(nc, jetstream.WithPublishAsyncMaxPending(4096))
	if err != nil {
		b.Fatal(err)
	}
	return js
}

// echo publishes a message to the next hop and acknowledges it once that is stored.
func echo(b *testing.B, js jetstream.JetStream, m jetstream.Msg, hop int, out chan<- struct{}) {
	if hop == 2 {
		_ = m.Ack()
		out <- struct{}{}
		return
	}
	id := m.Subject()[len("hop0."):]
	future, err := js.PublishAsync(fmt.Sprintf("hop%d.%s", hop+1, id), m.Data(), jetstream.WithMsgID(id))
	if err != nil {
		b.Error(err)
		return
	}
	go func() {
		select {
		case <-future.Ok():
			_ = m.Ack()
		case err := <-future.Err():
			b.Error(err)
		}
	}()
}

// startLine runs the three stages in this process, the finders switched off.
func startLine(b *testing.B, url string) lineUnderTest {
	cfg := Defaults()
	cfg.Server = url
	ctx, cancel := context.WithCancel(b.Context())
	out := make(chan struct{}, inFlight)
	last := Notifier()
	make0 := last.make
	last.make = func(d deps) (bus.Handler, error) {
		handle, err := make0(d)
		return func(ctx context.Context, m *bus.Delivery) error {
			defer func() { out <- struct{}{} }()
			return handle(ctx, m)
		}, err
	}
	up, done := make(chan struct{}), make(chan error, 1)
	go func() {
		done <- Run(ctx, cfg, benchLog(b), func(Started) { close(up) }, Ingester(), annotatorOf(language.Pipeline(nil), "off"), last)
	}()
	select {
	case <-up:
	case err := <-done:
		b.Fatal(err)
	}
	conn, err := bus.Connect(b.Context(), bus.Config{URL: url})
	if err != nil {
		b.Fatal(err)
	}
	return lineUnderTest{
		publish: func(ctx context.Context, n int, data []byte) error {
			_, err := conn.Publish(ctx, bus.Message{Subject: events.SubmitSubject("bench"), ID: fmt.Sprint(n), Data: data})
			return err
		},
		out: out,
		stop: func() {
			conn.Close()
			cancel()
			if err := <-done; err != nil {
				b.Error(err)
			}
		},
	}
}

// benchLog writes the usual line for each article, to nowhere.
func benchLog(b *testing.B) *zap.Logger {
	b.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = null.Close() })
	return zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()), null, zap.InfoLevel))
}

// BenchmarkLatency gives the time from publishing an article to its alert at a steady rate:
// of the line by itself, with one finder that costs next to nothing, and at a rate that two
// cores can read, with all of them.
func BenchmarkLatency(b *testing.B) {
	for _, rate := range []int{100, 1000} {
		b.Run(fmt.Sprintf("line-%d-per-second", rate), func(b *testing.B) { latency(b, rate, annotatorOf(unless{}, "unless")) })
	}
	b.Run("reading-20-per-second", func(b *testing.B) { latency(b, 20, annotatorOf(english.Pipeline(), english.Version)) })
}

// unless finds the condition of the benchmark's articles: what stands in the marks around
// the word, set by the state that begins it.
type unless struct{}

func (unless) Annotate(d *language.Document) {
	at := strings.Index(d.Text, " unless ")
	from, to := strings.LastIndexByte(d.Text[:at], '"')+1, at+strings.IndexByte(d.Text[at:], '"')
	setter, _, _ := strings.Cut(d.Text[from:to], " ")
	span := d.Span(language.Range{Start: from, End: to})
	d.Findings.Conditions = []events.Condition{{
		Finding: events.Finding{ID: events.ID("co", span.Text), Span: span, Confidence: 1, Rule: "unless"},
		Setter:  events.Actor{Name: setter, Party: &events.Party{ID: events.Token(setter), Name: setter}},
		Type:    events.ConditionalThreat, Polarity: events.Positive,
	}}
}

func latency(b *testing.B, rate int, annotator Stage) {
	srv := benchServer(b)
	cfg := Defaults()
	cfg.Server = srv.ClientURL()
	ctx, cancel := context.WithCancel(b.Context())
	up, done := make(chan struct{}), make(chan error, 1)
	go func() {
		done <- Run(ctx, cfg, benchLog(b), func(Started) { close(up) }, Ingester(), annotator, Notifier())
	}()
	<-up
	nc, err := nats.Connect(cfg.Server)
	if err != nil {
		b.Fatal(err)
	}
	defer nc.Close()
	var mu sync.Mutex
	sent, took := map[string]time.Time{}, []time.Duration(nil)
	all := make(chan struct{})
	_, err = nc.Subscribe(events.AllAlerts, func(m *nats.Msg) {
		now := time.Now()
		alert, err := events.Decode[events.Alert](m.Data)
		if err != nil {
			b.Error(err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if begin, ok := sent[alert.Article.Publisher]; ok {
			took = append(took, now.Sub(begin))
			delete(sent, alert.Article.Publisher)
		}
		if len(took) == b.N {
			close(all)
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	conn, err := bus.Connect(b.Context(), bus.Config{URL: cfg.Server})
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	b.ResetTimer()
	tick := time.NewTicker(time.Second / time.Duration(rate))
	var senders sync.WaitGroup
	for n := range b.N {
		<-tick.C
		who := fmt.Sprint("Wire ", n)
		mu.Lock()
		sent[who] = time.Now()
		mu.Unlock()
		senders.Go(func() {
			if _, err := conn.Publish(b.Context(), bus.Message{Subject: events.SubmitSubject("bench"), Data: conditional(n, who)}); err != nil {
				b.Error(err)
			}
		})
	}
	senders.Wait()
	select {
	case <-all:
	case <-time.After(30 * time.Second):
		b.Errorf("%d of %d articles made no alert", b.N-len(took), b.N)
	}
	b.StopTimer()
	slices.Sort(took)
	if len(took) > 0 {
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	}
	cancel()
	if err := <-done; err != nil {
		b.Error(err)
	}
}

// states are the parties of the benchmark: as in the news, not one but many set conditions.
var states = func() (all []string) {
	for _, head := range strings.Fields("Bar Dor Fen Gal Hul Jor Kam Lun Mor Nor") {
		for _, tail := range strings.Fields("adia ania eria ovia istan ora una elia aria onia") {
			all = append(all, head+tail)
		}
	}
	return all
}()

// conditional makes an article of usual length with one condition that no other has.
func conditional(n int, publisher string) []byte {
	var text strings.Builder
	setter := states[n%len(states)]
	fmt.Fprintf(&text, "Talks on the northern border have entered a new week.\n\n\"%s will not sign the accord unless Ostreya withdraws %d battalions from district %d,\" %s's foreign minister Ada Reen said.\n\n",
		setter, 100+n, n, setter)
	for i := 0; text.Len() < 4800; i++ {
		fmt.Fprintf(&text, "The council of the harbour met for the %d time this week and heard what its officers had to say about the works. ", i)
		if i%4 == 3 {
			text.WriteString("\n\n")
		}
	}
	data, err := events.Encode(events.Submission{ID: fmt.Sprintf("border-%d", n), Publisher: publisher, Title: "Talks on the border",
		Text: events.Text(text.String()), Language: "en"})
	if err != nil {
		panic(err) // a Submission of strings always encodes
	}
	return data
}
