package chaos

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// servers is one NATS server, or a cluster of three, each a process with its data on
// disk.
type servers struct {
	list []*process
	urls []string
}

// startServers runs n servers, 1 or 3.
func startServers(t testing.TB, n int) *servers {
	t.Helper()
	ports := freePorts(t, 2*n)
	var routes []string
	for i := range n {
		routes = append(routes, fmt.Sprintf("nats-route://127.0.0.1:%d", ports[n+i]))
	}
	s := &servers{}
	for i := range n {
		conf := fmt.Sprintf("server_name: s%d\nlisten: 127.0.0.1:%d\nmax_payload: 8MB\njetstream { store_dir: %q }\n", i, ports[i], t.TempDir())
		if n > 1 {
			conf += fmt.Sprintf("cluster { name: c, listen: 127.0.0.1:%d, routes: [%s] }\n", ports[n+i], strings.Join(routes, ", "))
		}
		file := filepath.Join(t.TempDir(), "nats.conf")
		if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
			t.Fatal(err)
		}
		s.list = append(s.list, start(t, "nats-server", nil, "-c", file))
		s.urls = append(s.urls, fmt.Sprintf("nats://127.0.0.1:%d", ports[i]))
	}
	return s
}

func (s *servers) url() string { return strings.Join(s.urls, ",") }

// killOne kills a server; it comes back by itself.
func (s *servers) killOne(chance *rand.Rand) { s.list[chance.IntN(len(s.list))].kill() }

// freePorts finds ports that nobody listens on.
func freePorts(t testing.TB, n int) []int {
	t.Helper()
	var ports []int
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
