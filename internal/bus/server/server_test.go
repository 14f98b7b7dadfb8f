package server_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"readout/internal/bus/server"
)

// A server that is stopped leaves nothing running.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, o server.Options) *server.Server {
	t.Helper()
	s, err := server.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// fails checks that a server cannot start, soon, and that the error says why.
func fails(t *testing.T, o server.Options, why ...string) {
	t.Helper()
	begin := time.Now()
	s, err := server.Start(o)
	if err == nil {
		s.Stop()
		t.Fatalf("it started; want an error on %q", why)
	}
	for _, w := range why {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("got %q, want something on %q", err, w)
		}
	}
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("it took %s to say so", took)
	}
}

func stream(t *testing.T, s *server.Server) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return nc, js
}

func TestLoopbackByDefault(t *testing.T) {
	t.Parallel()
	host, _, err := net.SplitHostPort(server.DefaultListen)
	if err != nil || !net.ParseIP(host).IsLoopback() {
		t.Errorf("the default is %s", server.DefaultListen)
	}
	s := start(t, server.Options{Listen: "127.0.0.1:0", Dir: t.TempDir()})
	if addr := s.Addr().(*net.TCPAddr); !addr.IP.IsLoopback() || addr.Port == 0 {
		t.Errorf("it listens on %s", addr)
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	t.Parallel()
	for listen, why := range map[string]string{"nowhere": "HOST:PORT", "127.0.0.1:http": "number", "127.0.0.1:70000": "65535", "127.0.0.1:-5": "65535"} {
		fails(t, server.Options{Listen: listen, Dir: t.TempDir()}, why)
	}
}

func TestPortInUse(t *testing.T) {
	t.Parallel()
	s := start(t, server.Options{Listen: "127.0.0.1:0", Dir: t.TempDir()})
	fails(t, server.Options{Listen: s.Addr().String(), Dir: t.TempDir()}, "address already in use", s.Addr().String())
}

func TestDataFolderInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, server.Options{Listen: "127.0.0.1:0", Dir: dir})
	fails(t, server.Options{Listen: "127.0.0.1:0", Dir: dir}, "in use by another server", dir)
	s.Stop()
	start(t, server.Options{Listen: "127.0.0.1:0", Dir: dir})
}

func TestDataFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, server.Options{Listen: "127.0.0.1:0", Dir: filepath.Join(file, "data")}, "data folder", "not a directory")
	// The folder itself is fine; what is in the way is inside.
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "jetstream"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, server.Options{Listen: "127.0.0.1:0", Dir: dir}, "JetStream", dir)
	fails(t, server.Options{Listen: "127.0.0.1:0"}, "data folder")
}

func TestDataSurviveARestart(t *testing.T) {
	t.Parallel()
	for _, sync := range []bool{false, true} {
		o := server.Options{Listen: "127.0.0.1:0", Dir: t.TempDir(), SyncAlways: sync}
		first := start(t, o)
		nc, js := stream(t, first)
		if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "NEWS", Subjects: []string{"news.>"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := js.Publish(t.Context(), "news.1", []byte("General Oru denied the claim.")); err != nil {
			t.Fatal(err)
		}
		nc.Close()
		first.Stop()
		nc, js = stream(t, start(t, o))
		news, err := js.Stream(t.Context(), "NEWS")
		if err != nil {
			t.Fatal(err)
		}
		if m, err := news.GetMsg(t.Context(), 1); err != nil || string(m.Data) != "General Oru denied the claim." {
			t.Errorf("after the restart: %v, %v", m, err)
		}
		nc.Close()
	}
}

func TestStopTwice(t *testing.T) {
	t.Parallel()
	s := start(t, server.Options{Listen: "127.0.0.1:0", Dir: t.TempDir()})
	url := s.ClientURL()
	s.Stop()
	s.Stop()
	if _, err := nats.Connect(url); err == nil {
		t.Error("it still answers")
	}
}
