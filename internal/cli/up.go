package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"readout/internal/app"
	"readout/internal/bus"
	"readout/internal/bus/server"
	"readout/internal/samples"
	"readout/pkg/events"
)

const upHelp = `up runs a whole Readout in one process: a NATS server with JetStream, and the three
services on it. The data stay in --data and are there again at the next start.

It listens on this machine alone unless told otherwise. With --samples it plays in a few
articles of its own, so that alerts are seen at once; starting it again makes no second
alert.

  readout up
  readout up --data /var/lib/readout --nats 0.0.0.0:4222 --http 0.0.0.0:8222`

// upOptions are the flags of up.
type upOptions struct {
	data, nats, http string
	samples, sync    bool
	log              string
	actors           string
}

func (s *session) up() *cobra.Command {
	o, reading := upOptions{}, app.Defaults()
	cmd := &cobra.Command{Use: "up", Short: "Run a whole Readout on this machine", Long: upHelp, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.actors = reading.Actors
			return s.runUp(cmd, o)
		}}
	cmd.Flags().StringVar(&o.data, "data", "data", "`DIR` for the data")
	cmd.Flags().StringVar(&o.nats, "nats", server.DefaultListen, "`HOST:PORT` of the NATS server")
	cmd.Flags().StringVar(&o.http, "http", "127.0.0.1:8222", "`HOST:PORT` of health and metrics")
	reading.ReadingFlags(cmd.Flags())
	cmd.Flags().BoolVar(&o.samples, "samples", false, "play in sample articles and show their alerts")
	cmd.Flags().BoolVar(&o.sync, "sync-always", false, "write each message to the disk before confirming it: safe against power failure, ten times slower")
	cmd.Flags().StringVar(&o.log, "log-level", "warn", "debug, info, warn or error")
	return s.printing(cmd)
}

func (s *session) runUp(cmd *cobra.Command, o upOptions) error {
	log, err := app.Logger(o.log)
	if err != nil {
		return app.UsageError(err)
	}
	if err := os.MkdirAll(o.data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	srv, err := server.Start(server.Options{Listen: o.nats, Dir: filepath.Join(o.data, "nats"), SyncAlways: o.sync})
	if err != nil {
		return err
	}
	defer srv.Stop()
	cfg := app.Defaults()
	cfg.Ops, cfg.InProcess, cfg.Server, cfg.Actors = o.http, srv, srv.ClientURL(), o.actors
	var extra sync.WaitGroup
	defer extra.Wait()
	ctx, stop := context.WithCancelCause(cmd.Context())
	defer stop(nil)
	err = app.Run(ctx, cfg, log, func(up app.Started) {
		s.greet(cmd.ErrOrStderr(), o, srv.ClientURL(), up)
		if o.samples {
			extra.Go(func() {
				if err := s.play(ctx, cmd.OutOrStdout(), cmd.ErrOrStderr(), cfg); err != nil && ctx.Err() == nil {
					stop(fmt.Errorf("play the samples: %w", err))
				}
			})
		}
	}, app.Ingester(), app.Annotator(), app.Notifier())
	stop(nil)
	return err
}

// greet says where everything is and what to do next.
func (s *session) greet(w io.Writer, o upOptions, url string, up app.Started) {
	flag := ""
	if url != "nats://"+server.DefaultListen {
		flag = " --server " + url
	}
	fmt.Fprintf(w, `Readout is up.
  NATS             %s   (data in %s)
  health, metrics  http://%s
  publish          readout publish article.txt%s
  watch            readout watch%s
  stop             Ctrl-C
`, url, o.data, up.Ops, flag, flag)
	for name, address := range map[string]string{"--nats": o.nats, "--http": o.http} {
		if host, _, err := net.SplitHostPort(address); err == nil && !loopback(host) {
			fmt.Fprintf(w, "Warning: %s %s can be reached from other machines, without a password.\n", name, address)
		}
	}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// play publishes the samples and shows alerts as they come.
func (s *session) play(ctx context.Context, out, notes io.Writer, cfg app.Config) error {
	conn, err := bus.Connect(ctx, cfg.Bus("readout samples"))
	if err != nil {
		return err
	}
	defer conn.Close()
	before, err := conn.Size(ctx, events.StreamAlerts)
	if err != nil {
		return err
	}
	all, err := samples.All()
	if err != nil {
		return err
	}
	for _, sample := range all {
		if _, err := conn.Publish(ctx, submission(sample.Source, sample.Data)); err != nil {
			return err
		}
		// One after the other, as a day brings them: a revision behind what it revises.
		if err := idle(ctx, conn); err != nil {
			return err
		}
	}
	fmt.Fprintf(notes, "Played in %d sample articles; known ones make no second alert.\n", len(all))
	p := s.printer(out)
	return conn.Tail(ctx, events.StreamAlerts, bus.Start{Sequence: before.Last + 1}, nil, p.alert)
}

// idle waits until nothing is pending at any stage.
func idle(ctx context.Context, conn *bus.Conn) error {
	for {
		busy := false
		for _, d := range app.Topology(app.Defaults()).Consumers {
			lag, err := conn.Lag(ctx, d.Stream, d.Config.Durable)
			if err != nil {
				return err
			}
			busy = busy || lag.Pending > 0 || lag.AckPending > 0
		}
		if !busy {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), context.Cause(ctx))
		case <-time.After(5 * time.Millisecond):
		}
	}
}
