// Package server runs a real NATS server with JetStream inside this process: for the
// one-program mode, where a newcomer needs nothing else, and for tests.
//
// It listens on the loopback address unless told otherwise.
package server

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Options say where the server listens and keeps its data.
type Options struct {
	// Listen is HOST:PORT; port 0 takes any free one. Empty listens on 127.0.0.1:4222.
	Listen string
	// Dir is where streams are kept.
	Dir string
	// Name is the server's name; needed in a cluster.
	Name string
	// SyncAlways writes every message to the disk before it is confirmed. Without it
	// the operating system does so within two minutes, and a power failure, unlike a
	// crash of the program, may lose the last messages.
	SyncAlways bool
	// Cluster joins several servers; nil runs one alone.
	Cluster *Cluster
	// Log receives what the server has to say; nil for silence.
	Log server.Logger
}

// Cluster says how a server finds its peers.
type Cluster struct {
	// Name is the same for all of them.
	Name string
	// Port is where this one listens for the others, on the loopback address.
	Port int
	// Peers are the ports of all of them.
	Peers []int
}

// MaxPayload is the size in bytes of the largest message: a dead letter holds a whole
// submission in base64 and more.
const MaxPayload = 8 << 20

// DefaultListen is where the server listens when nothing else is said.
const DefaultListen = "127.0.0.1:4222"

const startTimeout = 30 * time.Second

// Server is a running server.
type Server struct{ *server.Server }

// Start runs a server and waits until it takes connections.
func Start(o Options) (*Server, error) {
	conf, err := o.config()
	if err != nil {
		return nil, err
	}
	s, err := server.NewServer(conf)
	if err != nil {
		return nil, fmt.Errorf("make NATS server: %w", err)
	}
	if o.Log != nil {
		s.SetLoggerV2(o.Log, false, false, false)
	}
	s.Start()
	if !s.ReadyForConnections(startTimeout) {
		s.Shutdown()
		s.WaitForShutdown()
		return nil, fmt.Errorf("NATS server did not start on %s within %s: is the port in use?", o.Listen, startTimeout)
	}
	if !s.JetStreamEnabled() {
		s.Shutdown()
		s.WaitForShutdown()
		return nil, errors.New("NATS server started without JetStream: is the data folder writable, and used by no other server?")
	}
	return &Server{s}, nil
}

func (o Options) config() (*server.Options, error) {
	if o.Listen == "" {
		o.Listen = DefaultListen
	}
	host, portText, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return nil, fmt.Errorf("NATS address %q: want HOST:PORT: %w", o.Listen, err)
	}
	port, err := strconv.Atoi(portText)
	if err != nil || port < 0 || port > 65535 {
		return nil, fmt.Errorf("NATS address %q: the port is a number from 0 to 65535", o.Listen)
	}
	if port == 0 {
		port = server.RANDOM_PORT
	}
	conf := &server.Options{
		ServerName: o.Name, Host: host, Port: port, NoSigs: true, MaxPayload: MaxPayload,
		JetStream: true, StoreDir: o.Dir, SyncAlways: o.SyncAlways, NoLog: o.Log == nil,
	}
	if o.Cluster != nil {
		o.Cluster.apply(conf)
	}
	return conf, nil
}

func (c Cluster) apply(conf *server.Options) {
	conf.Cluster = server.ClusterOpts{Name: c.Name, Host: "127.0.0.1", Port: c.Port}
	for _, port := range c.Peers {
		conf.Routes = append(conf.Routes, server.RoutesFromStr(fmt.Sprintf("nats-route://127.0.0.1:%d", port))...)
	}
}

// Stop shuts the server down and waits until its data are written.
func (s *Server) Stop() {
	s.Shutdown()
	s.WaitForShutdown()
}
