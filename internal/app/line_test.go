package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"

	"readout/internal/app"
	"readout/internal/bus"
	"readout/internal/bus/server"
	"readout/pkg/events"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// line is the three stages in this process on a real server.
type line struct {
	*testing.T
	conn *bus.Conn
	ops  string
	stop func() error
}

func start(t *testing.T, srv *server.Server) *line {
	t.Helper()
	cfg := app.Defaults()
	cfg.Server = srv.ClientURL()
	ctx, cancel := context.WithCancel(context.Background())
	up, done := make(chan app.Started, 1), make(chan error, 1)
	go func() {
		done <- app.Run(ctx, cfg, zap.NewNop(), func(s app.Started) { up <- s }, app.Ingester(), app.Annotator(), app.Notifier())
	}()
	l := &line{T: t}
	select {
	case s := <-up:
		l.ops = s.Ops
	case err := <-done:
		t.Fatal(err)
	}
	conn, err := bus.Connect(t.Context(), bus.Config{URL: srv.ClientURL()})
	if err != nil {
		t.Fatal(err)
	}
	l.conn = conn
	stopped := false
	l.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		conn.Close()
		cancel()
		return <-done
	}
	t.Cleanup(func() {
		if err := l.stop(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func newServer(t *testing.T) *server.Server {
	t.Helper()
	srv, err := server.Start(server.Options{Listen: "127.0.0.1:0", Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Stop)
	return srv
}

// submit publishes articles and waits until the line is at rest.
func (l *line) submit(trace string, articles ...string) {
	l.Helper()
	for _, a := range articles {
		headers := map[string]string{}
		if trace != "" {
			headers[events.HeaderTrace] = trace
		}
		if _, err := l.conn.Publish(l.Context(), bus.Message{Subject: events.SubmitSubject("wire"), Headers: headers, Data: []byte(a)}); err != nil {
			l.Fatal(err)
		}
	}
	l.rest()
}

func (l *line) rest() {
	l.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for calm := 0; calm < 2; {
		busy := ""
		for _, d := range app.Topology(app.Defaults()).Consumers {
			lag, err := l.conn.Lag(l.Context(), d.Stream, d.Config.Durable)
			if err != nil {
				l.Fatal(err)
			}
			if lag.Pending > 0 || lag.AckPending > 0 {
				busy += fmt.Sprintf("%s %+v ", d.Config.Durable, lag)
			}
		}
		if calm++; busy != "" {
			calm = 0
		}
		if time.Now().After(deadline) {
			l.Fatalf("the line does not come to rest: %s", busy)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (l *line) stored(stream, subjects string) []bus.Record {
	l.Helper()
	records, err := l.conn.After(l.Context(), stream, subjects, 0)
	if err != nil {
		l.Fatal(err)
	}
	return records
}

const border = `{"id":"border-1","publisher":"Border Wire","url":"https://border.example/1","title":"Talks at the border","language":"en",
"published":"2026-03-02T09:00:00Z","desk_ref":{"id":77},
"text":"Talks at the border\n\n\"Varland will not sign the accord unless Ostreya opens the northern bridge,\" Varland's foreign minister Ada Reen said.\n\nOstreya's army denied the loss of the bridge.\n\nAt least 14 soldiers were killed on Monday, the army said.\n\nKeth imposed sanctions on Ostreya's oil exports."}`

// TestNoSecondAlert publishes an article twice, restarts everything, and publishes it a
// third time, under another id and from another source.
func TestNoSecondAlert(t *testing.T) {
	srv := newServer(t)
	first := start(t, srv)
	first.submit("", border, border)
	alerts := len(first.stored(events.StreamAlerts, events.AllAlerts))
	if alerts < 4 {
		t.Fatalf("%d alerts", alerts)
	}
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}
	second := start(t, srv)
	second.submit("", border, strings.Replace(border, "border-1", "elsewhere-9", 1))
	if got := len(second.stored(events.StreamAlerts, events.AllAlerts)); got != alerts {
		t.Errorf("%d alerts, want %d as before", got, alerts)
	}
	articles := second.stored(events.StreamArticles, events.AllArticles)
	last, err := events.Decode[events.Article](articles[len(articles)-1].Data)
	if err != nil || last.CopyOf == "" {
		t.Errorf("the copy is not known as one: %+v, %v", last.ArticleRef, err)
	}
	second.submit("", strings.Replace(border, "the army said.", "the army said.\\n\\n\\\"Varland will leave the talks unless the prisoners return,\\\" Reen said.", 1))
	if got := len(second.stored(events.StreamAlerts, events.AllAlerts)); got != alerts+1 {
		t.Errorf("%d alerts after a revision with one new condition, want %d", got, alerts+1)
	}
}

// TestBadInput publishes what no article is, past every check on the way, and wants a
// dead letter for each, or a refusal.
func TestBadInput(t *testing.T) {
	l := start(t, newServer(t))
	for _, tt := range []struct{ name, data, reason string }{
		{"empty", ``, "empty"},
		{"not JSON", `Talks at the border`, "not_json"},
		{"another major version", `{"schema":9,"text":"a"}`, "wrong_schema"},
		{"deep", `{"text":` + strings.Repeat("[", 400_000), "too_deep"},
		{"not UTF-8", "{\"text\":\"\xff\"}", "invalid_utf8"},
		{"a NUL", `{"text":"a\u0000b"}`, "control_characters"},
		{"half a pair", `{"text":"\udc00"}`, "lone_surrogate"},
		{"a long line", `{"text":"` + strings.Repeat("a", 100_000) + `"}`, "line_too_long"},
		{"a turned direction", `{"text":"a\u202eb"}`, "bidi_controls"},
		{"a future date", `{"text":"a","published":"2999-01-01T00:00:00Z"}`, "future_date"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := len(l.stored(events.StreamDead, events.AllDead))
			l.submit("", tt.data)
			dead := l.stored(events.StreamDead, events.AllDead)
			if len(dead) != before+1 {
				t.Fatalf("%d dead letters, want one more than %d", len(dead), before)
			}
			letter, err := events.Decode[events.DeadLetter](dead[before].Data)
			if err != nil {
				t.Fatal(err)
			}
			if letter.Reason != tt.reason || letter.Stage != "ingest" || string(letter.Original) != tt.data || letter.Error == "" || letter.Attempts != 1 {
				t.Errorf("letter %+v", letter)
			}
		})
	}
	t.Run("6 MiB", func(t *testing.T) {
		_, err := l.conn.Publish(t.Context(), bus.Message{Subject: events.SubmitSubject("wire"), Data: make([]byte, 6<<20)})
		if err == nil || !strings.Contains(err.Error(), "refuses") {
			t.Errorf("got %v, want a refusal", err)
		}
	})
	t.Run("a revision older than the stored one", func(t *testing.T) {
		before := len(l.stored(events.StreamDead, events.AllDead))
		l.submit("", `{"id":"r","text":"The bridge is open.","modified":"2026-03-02T10:00:00Z"}`)
		l.submit("", `{"id":"r","text":"The bridge is closed.","modified":"2026-03-02T09:00:00Z"}`)
		dead := l.stored(events.StreamDead, events.AllDead)
		if len(dead) != before+1 || !strings.Contains(dead[before].Subject, "stale_revision") {
			t.Errorf("dead letters %d, want one stale revision more than %d", len(dead), before)
		}
	})
}

// TestOps asks what an operator asks.
func TestOps(t *testing.T) {
	srv := newServer(t)
	l := start(t, srv)
	l.submit("", border, `not JSON`)
	get := func(path string) (int, string) {
		t.Helper()
		response, err := http.Get("http://" + l.ops + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
	await := func(path string, code int, words string) {
		t.Helper()
		deadline := time.Now().Add(15 * time.Second)
		for {
			got, body := get(path)
			if got == code && strings.Contains(body, words) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: %d %q, want %d %q", path, got, body, code, words)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	await("/healthz", 200, "ok")
	await("/readyz", 200, "ready")
	await("/", 200, "/metrics")
	_, metrics := get("/metrics")
	for _, want := range []string{`readout_in_total{stage="ingest"} 2`, `readout_out_total{stage="ingest"} 1`, `readout_dead_total{stage="ingest"} 1`,
		`readout_in_total{stage="annotate"} 1`, `readout_redelivered_total{stage="notify"} 0`, `readout_stalls_total{stage="notify"} 0`,
		`readout_handler_seconds_count{stage="notify"} 1`, `readout_end_to_end_seconds_count{stage="notify"} 1`,
		`readout_pending{stage="annotate"}`, `readout_ack_pending{stage="annotate"}`, `readout_retried_total{stage="annotate"} 0`} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
	srv.Stop()
	await("/readyz", http.StatusServiceUnavailable, "not connected")
	if err := l.stop(); err == nil || !strings.Contains(err.Error(), "flush") {
		t.Errorf("stopped without a server: %v, want word of the acknowledgements that could not be sent", err)
	}
	http.DefaultClient.CloseIdleConnections()
}

// TestStopBeforeItWorks stops a program that is still looking for its server: that is no
// failure. One that runs out of patience by itself is.
func TestStopBeforeItWorks(t *testing.T) {
	cfg := app.Defaults()
	cfg.Server = "nats://127.0.0.1:1"
	run := func(ctx context.Context) error {
		return app.Run(ctx, cfg, zap.NewNop(), func(app.Started) { t.Error("it works without a server") }, app.Ingester())
	}
	stopped, stop := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, stop)
	if err := run(stopped); err != nil {
		t.Errorf("stopped: %v", err)
	}
	over, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := run(over); err == nil {
		t.Error("no error without a server")
	}
}

// TestReplayFillsHoles takes an alert and an annotation away and has them come back.
func TestReplayFillsHoles(t *testing.T) {
	l := start(t, newServer(t))
	l.submit("", border, strings.Replace(border, "northern", "southern", 1))
	alerts := l.stored(events.StreamAlerts, events.AllAlerts)
	replay := func() app.Replayed {
		t.Helper()
		done, err := app.Replay(t.Context(), l.conn, app.Defaults(), bus.Start{}, 0, func(app.Replayed) {})
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	if done := replay(); done != (app.Replayed{Submissions: 2}) {
		t.Errorf("a replay of what is all there: %+v", done)
	}
	gone := alerts[len(alerts)-1]
	if err := l.conn.Delete(t.Context(), events.StreamAlerts, gone.Sequence); err != nil {
		t.Fatal(err)
	}
	annotation := l.stored(events.StreamAnnotations, events.AllAnnotations)[0]
	if err := l.conn.Delete(t.Context(), events.StreamAnnotations, annotation.Sequence); err != nil {
		t.Fatal(err)
	}
	done := replay()
	l.rest()
	after := l.stored(events.StreamAlerts, events.AllAlerts)
	if done.Annotations != 1 || len(after) != len(alerts) {
		t.Errorf("%+v, %d alerts, want %d", done, len(after), len(alerts))
	}
	if a, b := idOf(t, gone), idOf(t, after[len(after)-1]); a != b {
		t.Errorf("alert %s came back as %s", a, b)
	}
}

func idOf(t *testing.T, r bus.Record) string {
	t.Helper()
	var event struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(r.Data, &event); err != nil {
		t.Fatal(err)
	}
	return event.ID
}
