package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// ops serves what operators ask a program for.
type ops struct {
	http.Server
	listener net.Listener
}

// listen opens the address at once, so that a port in use is an error at the start.
func listen(address string, handler http.Handler) (*ops, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for health and metrics on %s: %w", address, err)
	}
	return &ops{listener: l, Server: http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}}, nil
}

// address gives HOST:PORT as it really is.
func (o *ops) address() string { return o.listener.Addr().String() }

// serve answers until the context ends.
func (o *ops) serve(ctx context.Context) error {
	stopped := context.AfterFunc(ctx, func() { _ = o.Close() })
	defer stopped()
	if err := o.Serve(o.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve health and metrics: %w", err)
	}
	return nil
}

// opsHandler answers /healthz while the program runs, /readyz while it can work, and
// /metrics.
func opsHandler(m *metrics, ready func() error) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "Readout\n\n/healthz  the program runs\n/readyz   it can work\n/metrics  its numbers, for Prometheus\n")
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := ready(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}
