package check

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
	"go.uber.org/zap"

	"readout/internal/app"
	"readout/internal/bus"
	"readout/pkg/events"
)

var users = []string{"system", "operator", "publisher", "ingester", "annotator", "notifier", "desk-a", "desk-b"}

// keys makes a key for every user, puts the public ones into the environment, where the
// configuration looks for them, and gives the folder with the seeds.
func keys(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, user := range users {
		pair, err := nkeys.CreateUser()
		if err != nil {
			t.Fatal(err)
		}
		public, _ := pair.PublicKey()
		seed, _ := pair.Seed()
		if err := os.WriteFile(filepath.Join(dir, user+".nk"), seed, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(strings.ToUpper(strings.ReplaceAll(user, "-", "_"))+"_NKEY", public)
	}
	return dir
}

func freePorts(t *testing.T, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// launch starts a server with a shipped configuration; only addresses and the folder of
// the data are of the test.
func launch(t *testing.T, config string, change func(*server.Options)) *server.Server {
	t.Helper()
	opts, err := server.ProcessConfigFile(filepath.Join("..", "nats", config))
	if err != nil {
		t.Fatal(err)
	}
	if opts.StoreDir != "/data" || opts.MaxPayload != 8<<20 {
		t.Errorf("%s: store %q, payload %d", config, opts.StoreDir, opts.MaxPayload)
	}
	opts.Host, opts.Port, opts.HTTPHost, opts.HTTPPort = "127.0.0.1", server.RANDOM_PORT, "", 0
	opts.StoreDir, opts.NoSigs, opts.NoLog = t.TempDir(), true, true
	change(opts)
	s, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	return s
}

func ready(t *testing.T, s *server.Server) {
	t.Helper()
	if !s.ReadyForConnections(20 * time.Second) {
		t.Fatal("a server does not start")
	}
}

// single runs one server, with streams.
func single(t *testing.T) (url, seeds string) {
	t.Helper()
	seeds = keys(t)
	t.Setenv("SERVER_NAME", "nats-0")
	s := launch(t, "server.conf", func(*server.Options) {})
	ready(t, s)
	provision(t, s.ClientURL(), seeds, 1)
	return s.ClientURL(), seeds
}

func provision(t *testing.T, url, seeds string, replicas int) {
	t.Helper()
	conn := as(t, url, seeds, "operator", "")
	cfg := app.Defaults()
	cfg.Replicas = replicas
	if _, err := conn.Provision(t.Context(), app.Topology(cfg), false); err != nil {
		t.Fatal(err)
	}
}

func as(t *testing.T, url, seeds, user, inbox string) *bus.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	conn, err := bus.Connect(ctx, bus.Config{URL: url, NKey: filepath.Join(seeds, user+".nk"), InboxPrefix: inbox})
	if err != nil {
		t.Fatalf("connect as %s: %v", user, err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// TestLineUnderPermissions runs the services with the permissions they are given: an
// article goes in, an alert comes out, a bad one becomes a dead letter, and each desk
// reads its own topics.
func TestLineUnderPermissions(t *testing.T) {
	url, seeds := single(t)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 3)
	for user, stage := range map[string]app.Stage{"ingester": app.Ingester(), "annotator": app.Annotator(), "notifier": app.Notifier()} {
		cfg := app.Defaults()
		cfg.Server, cfg.NKey, cfg.Inbox, cfg.Provision = url, filepath.Join(seeds, user+".nk"), "_INBOX_"+user, false
		go func() { done <- app.Run(ctx, cfg, zap.NewNop(), func(app.Started) {}, stage) }()
	}
	publisher := as(t, url, seeds, "publisher", "_INBOX_publisher")
	for i, text := range []string{
		`{"id":"1","language":"en","text":"\"Varland will not sign unless Ostreya opens the bridge,\" Varland's foreign minister Ada Reen said."}`,
		`not JSON`,
	} {
		if _, err := publisher.Publish(ctx, bus.Message{Subject: events.SubmitSubject("wire"), ID: fmt.Sprint(i), Data: []byte(text)}); err != nil {
			t.Fatalf("publish: %v", err)
		}
	}
	operator := as(t, url, seeds, "operator", "")
	await(t, func() bool {
		alerts, err1 := operator.Size(ctx, events.StreamAlerts)
		dead, err2 := operator.Size(ctx, events.StreamDead)
		return err1 == nil && err2 == nil && alerts.Messages >= 1 && dead.Messages == 1
	})
	readAsDesk(t, operator, url, seeds, "desk-a", "varland", 1)
	readAsDesk(t, operator, url, seeds, "desk-b", "ostreya", 0)
	stop()
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// readAsDesk has the operator make the durable of a desk, and the desk read it.
func readAsDesk(t *testing.T, operator *bus.Conn, url, seeds, desk, party string, want int) {
	t.Helper()
	_, err := operator.Provision(t.Context(), bus.Topology{Consumers: []bus.Durable{{Stream: events.StreamAlerts,
		Config: jetstream.ConsumerConfig{Durable: desk, AckPolicy: jetstream.AckExplicitPolicy, FilterSubject: events.AlertFilter("", "", party)}}}}, false)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	got := 0
	err = as(t, url, seeds, desk, "_INBOX_"+desk).TailDurable(ctx, events.StreamAlerts, desk, []string{events.AlertFilter("", "", party)}, bus.Start{},
		func(bus.Record) error {
			got++
			return nil
		})
	if err != nil || got != want {
		t.Errorf("%s read %d alerts, %v; want %d", desk, got, err, want)
	}
}

func await(t *testing.T, reached func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !reached() {
		if time.Now().After(deadline) {
			t.Fatal("not reached in time")
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// TestForbidden has each user try what it may not do.
func TestForbidden(t *testing.T) {
	url, seeds := single(t)
	operator := as(t, url, seeds, "operator", "")
	for _, desk := range []string{"desk-a", "desk-b"} {
		_, err := operator.Provision(t.Context(), bus.Topology{Consumers: []bus.Durable{{Stream: events.StreamAlerts,
			Config: jetstream.ConsumerConfig{Durable: desk, AckPolicy: jetstream.AckExplicitPolicy}}}}, false)
		if err != nil {
			t.Fatal(err)
		}
	}
	inner := []string{events.ArticleSubject("ar_1", "wire"), events.AnnotationSubject("ar_1", "wire", 1, "x"),
		events.AlertSubject(events.KindDenial, events.StateNew, "russia", "th_1"), events.DeadSubject("ingest", "x", "dl_1")}
	make1 := "$JS.API.CONSUMER.CREATE.ALERTS.x"
	for user, subjects := range map[string][]string{
		"publisher": append([]string{make1, "$JS.API.DIRECT.GET.ALERTS", "$JS.API.STREAM.DELETE.ALERTS"}, inner...),
		"desk-a": append([]string{make1, "$JS.API.CONSUMER.MSG.NEXT.ALERTS.desk-b", "$JS.API.CONSUMER.INFO.ALERTS.desk-b", "$JS.ACK.ALERTS.desk-b.x",
			"$JS.API.DIRECT.GET.ALERTS", "$JS.API.STREAM.MSG.GET.ALERTS", events.SubmitSubject("wire")}, inner...),
		"ingester":  {make1, inner[1], inner[2], events.SubmitSubject("wire"), "$JS.API.DIRECT.GET.ALERTS", "$JS.API.CONSUMER.MSG.NEXT.ARTICLES.annotate"},
		"annotator": {make1, inner[0], inner[2], events.SubmitSubject("wire"), "$JS.API.DIRECT.GET.ALERTS", "$JS.API.CONSUMER.MSG.NEXT.ANNOTATIONS.notify"},
		"notifier":  {make1, inner[0], inner[1], events.SubmitSubject("wire"), "$JS.API.CONSUMER.MSG.NEXT.SUBMISSIONS.ingest", "$JS.API.STREAM.PURGE.ALERTS"},
	} {
		for _, subject := range subjects {
			if !refused(t, url, seeds, user, func(nc *nats.Conn) error { return nc.Publish(subject, []byte("{}")) }) {
				t.Errorf("%s may publish on %s", user, subject)
			}
		}
	}
	for user, subjects := range map[string][]string{
		"publisher": {"readout.>", events.AllAlerts, "_INBOX_desk-a.>", "_INBOX.>"},
		"desk-a":    {"readout.>", events.AllAlerts, "_INBOX_desk-b.>", ">", "$JS.EVENT.>"},
		"annotator": {"readout.>", "_INBOX_ingester.>"},
	} {
		for _, subject := range subjects {
			if !refused(t, url, seeds, user, func(nc *nats.Conn) error {
				_, err := nc.SubscribeSync(subject)
				return err
			}) {
				t.Errorf("%s may subscribe to %s", user, subject)
			}
		}
	}
	if refused(t, url, seeds, "publisher", func(nc *nats.Conn) error { return nc.Publish(events.SubmitSubject("wire"), []byte("{}")) }) {
		t.Error("a publisher may not submit")
	}
}

// refused says whether the server refuses what a user does.
func refused(t *testing.T, url, seeds, user string, do func(*nats.Conn) error) bool {
	t.Helper()
	option, err := nats.NkeyOptionFromSeed(filepath.Join(seeds, user+".nk"))
	if err != nil {
		t.Fatal(err)
	}
	violations := make(chan error, 8)
	nc, err := nats.Connect(url, option, nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { violations <- err }))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	if err := do(nc); err != nil {
		t.Fatal(err)
	}
	// The server answers in order: what it had to say is there when the flush returns.
	if err := nc.Flush(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-violations:
		return errors.Is(err, nats.ErrPermissionViolation)
	case <-time.After(100 * time.Millisecond):
		return false
	}
}

func TestStrangersStayOutside(t *testing.T) {
	url, _ := single(t)
	if nc, err := nats.Connect(url); err == nil {
		nc.Close()
		t.Error("a client without a key is let in")
	}
	stranger, _ := nkeys.CreateUser()
	seed, _ := stranger.Seed()
	file := filepath.Join(t.TempDir(), "stranger.nk")
	if err := os.WriteFile(file, seed, 0o600); err != nil {
		t.Fatal(err)
	}
	option, err := nats.NkeyOptionFromSeed(file)
	if err != nil {
		t.Fatal(err)
	}
	if nc, err := nats.Connect(url, option); err == nil {
		nc.Close()
		t.Error("a client with a strange key is let in")
	}
}

// TestCluster runs three servers with the shipped configuration and makes streams with
// three copies.
func TestCluster(t *testing.T) {
	seeds := keys(t)
	ports := freePorts(t, 3)
	t.Setenv("ROUTES", fmt.Sprintf(`["nats-route://127.0.0.1:%d", "nats-route://127.0.0.1:%d", "nats-route://127.0.0.1:%d"]`, ports[0], ports[1], ports[2]))
	var servers []*server.Server
	for i, port := range ports {
		t.Setenv("SERVER_NAME", fmt.Sprintf("nats-%d", i))
		servers = append(servers, launch(t, "cluster.conf", func(o *server.Options) {
			if o.Cluster.Name != "readout" || len(o.Routes) != 3 {
				t.Errorf("cluster %q with %d routes", o.Cluster.Name, len(o.Routes))
			}
			o.Cluster.Host, o.Cluster.Port = "127.0.0.1", port
		}))
	}
	for _, s := range servers {
		ready(t, s)
	}
	url := servers[0].ClientURL()
	provision(t, url, seeds, 3)
	size, err := as(t, url, seeds, "operator", "").Size(t.Context(), events.StreamAlerts)
	if err != nil || size.Replicas != 3 {
		t.Errorf("replicas %d, %v", size.Replicas, err)
	}
}
