// Package server runs a real NATS server with JetStream inside this process: for the
// one-program mode, where a newcomer needs nothing else, and for tests.
//
// It listens on the loopback address unless told otherwise, and keeps its streams in a
// folder that it takes for itself: every article and alert of Readout, those of
// "General Oru denied the claim" included, is there again after a restart.
package server

import (
	"errors"
	"fmt"
	"net"
	"os"
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

const (
	startTimeout = 30 * time.Second
	readyTick    = 25 * time.Millisecond
)

// Server is a running server.
type Server struct {
	*server.Server
	lock *os.File
}

// Start runs a server and waits until it takes connections and its streams are there.
func Start(o Options) (*Server, error) {
	conf, err := o.config()
	if err != nil {
		return nil, err
	}
	lock, err := lockDir(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("start NATS server: %w", err)
	}
	inner, err := server.NewServer(conf)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make NATS server: %w", err), lock.Close())
	}
	s := &Server{Server: inner, lock: lock}
	log := newListener(o.Log)
	inner.SetLoggerV2(log, false, false, false)
	if err := s.start(log.fatal); err != nil {
		s.Stop()
		return nil, fmt.Errorf("start NATS server on %s with data in %s: %w", net.JoinHostPort(conf.Host, strconv.Itoa(conf.Port)), o.Dir, err)
	}
	return s, nil
}

// start waits until the server is ready, or says that it never will be.
func (s *Server) start(fatal <-chan error) error {
	s.Server.Start()
	deadline := time.After(startTimeout)
	for !s.ReadyForConnections(readyTick) {
		select {
		case err := <-fatal:
			return err
		case <-deadline:
			return fmt.Errorf("not ready within %s", startTimeout)
		default:
		}
	}
	select {
	case err := <-fatal:
		return err
	default:
	}
	if !s.JetStreamEnabled() {
		return errors.New("JetStream did not start")
	}
	return nil
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

// Stop shuts the server down and waits until its data are written. A second call does
// nothing.
func (s *Server) Stop() {
	s.Shutdown()
	s.WaitForShutdown()
	_ = s.lock.Close() // it was never written to
}
