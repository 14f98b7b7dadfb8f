package bus_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	natsserver "github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"readout/internal/bus"
	"readout/internal/bus/server"
)

// strict starts a server with rules of its own, past server.Start.
func strict(t *testing.T, change func(*natsserver.Options)) *natsserver.Server {
	t.Helper()
	o := &natsserver.Options{Host: "127.0.0.1", Port: natsserver.RANDOM_PORT, NoSigs: true, NoLog: true, JetStream: true, StoreDir: t.TempDir()}
	change(o)
	s, err := natsserver.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server did not start")
	}
	return s
}

// reaches checks that a connection can be made and used.
func reaches(t *testing.T, cfg bus.Config) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	conn, err := bus.Connect(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Provision(ctx, topology(), false); err != nil {
		t.Error(err)
	}
	if _, err := conn.Publish(ctx, bus.Message{Subject: "work.1"}); err != nil {
		t.Error(err)
	}
	if _, err := conn.Last(ctx, "WORK", "work.*"); err != nil {
		t.Error(err)
	}
}

// fails checks that a connection cannot be made, soon, and that the error says why.
func fails(t *testing.T, cfg bus.Config, why string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	conn, err := bus.Connect(ctx, cfg)
	if err == nil {
		conn.Close()
		t.Fatalf("connected; want an error on %q", why)
	}
	if !strings.Contains(strings.ToLower(err.Error()), why) {
		t.Errorf("got %q, want something on %q", err, why)
	}
}

// freePort gives an address that nobody listens on.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestConnectWaitsForAServer(t *testing.T) {
	t.Parallel()
	address, trying := freePort(t), make(chan struct{}, 100)
	result := make(chan error, 1)
	go func() {
		conn, err := bus.Connect(context.Background(), bus.Config{URL: "nats://" + address, Notice: func(string, error) {
			select {
			case trying <- struct{}{}:
			default:
			}
		}})
		if err == nil {
			conn.Close()
		}
		result <- err
	}()
	<-trying // it has knocked in vain
	srv, err := server.Start(server.Options{Listen: address, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Stop()
	if err := <-result; err != nil {
		t.Error(err)
	}
}

func TestConnectGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := bus.Connect(ctx, bus.Config{URL: "nats://" + freePort(t)}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	fails(t, bus.Config{URL: "nats://[broken"}, "missing ']'")
}

func TestWrongCredentialsAreSaid(t *testing.T) {
	t.Parallel()
	s := strict(t, func(o *natsserver.Options) { o.Username, o.Password = "oru", "secret" })
	fails(t, bus.Config{URL: s.ClientURL()}, "authorization violation")
	fails(t, bus.Config{URL: "nats://oru:guess@" + s.Addr().String()}, "authorization violation")
	reaches(t, bus.Config{URL: "nats://oru:secret@" + s.Addr().String()})
}

// seed makes a key and gives the file of its seed and its public half.
func seed(t *testing.T) (file, public string) {
	t.Helper()
	pair, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	secret, err := pair.Seed()
	if err != nil {
		t.Fatal(err)
	}
	if public, err = pair.PublicKey(); err != nil {
		t.Fatal(err)
	}
	return write(t, "user.nk", secret), public
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNKey(t *testing.T) {
	t.Parallel()
	file, public := seed(t)
	s := strict(t, func(o *natsserver.Options) { o.Nkeys = []*natsserver.NkeyUser{{Nkey: public}} })
	reaches(t, bus.Config{URL: s.ClientURL(), NKey: file})
	stranger, _ := seed(t)
	fails(t, bus.Config{URL: s.ClientURL(), NKey: stranger}, "authorization violation")
	fails(t, bus.Config{URL: s.ClientURL(), NKey: write(t, "broken.nk", []byte("not a seed"))}, "read nkey seed")
	fails(t, bus.Config{URL: s.ClientURL(), NKey: "/nowhere/user.nk"}, "read nkey seed")
}

func TestInboxPrefixIsKept(t *testing.T) {
	t.Parallel()
	s := strict(t, func(o *natsserver.Options) {
		o.Users = []*natsserver.User{{Username: "oru", Password: "secret", Permissions: &natsserver.Permissions{
			Subscribe: &natsserver.SubjectPermission{Allow: []string{"_INBOX_oru.>"}}}}}
	})
	reaches(t, bus.Config{URL: "nats://oru:secret@" + s.Addr().String(), InboxPrefix: "_INBOX_oru"})
}

func TestInProcess(t *testing.T) {
	t.Parallel()
	s := strict(t, func(o *natsserver.Options) { o.DontListen = true })
	reaches(t, bus.Config{InProcess: s})
}

func TestAClosedConnectionSaysSo(t *testing.T) {
	t.Parallel()
	l := newLine(t)
	conn, err := bus.Connect(t.Context(), bus.Config{URL: l.srv.ClientURL()})
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-conn.Closed():
		t.Error("closed from the beginning")
	default:
	}
	conn.Close()
	conn.Close()
	<-conn.Closed()
	if _, err := conn.Publish(t.Context(), bus.Message{Subject: "work.1"}); !errors.Is(err, bus.ErrUnavailable) {
		t.Errorf("publish: %v", err)
	}
	if err := bus.NewWorker(conn, config(l.echo)).Run(t.Context()); !errors.Is(err, nats.ErrConnectionClosed) {
		t.Errorf("run: %v", err)
	}
}

// A server that does not know the user any more ends the connection for good, so that
// the program can end too.
func TestLosingTheRightClosesTheConnection(t *testing.T) {
	t.Parallel()
	address := freePort(t)
	at := func(password string) func(*natsserver.Options) {
		return func(o *natsserver.Options) {
			_, port, _ := net.SplitHostPort(address)
			o.Port, _ = strconv.Atoi(port)
			o.Username, o.Password = "oru", password
		}
	}
	open := strict(t, at("secret"))
	conn, err := bus.Connect(t.Context(), bus.Config{URL: "nats://oru:secret@" + address})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	open.Shutdown()
	open.WaitForShutdown()
	strict(t, at("changed"))
	select {
	case <-conn.Closed():
	case <-time.After(15 * time.Second):
		t.Error("the connection is not closed")
	}
}
