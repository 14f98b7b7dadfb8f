package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"readout/internal/app"
	"readout/internal/bus"
	"readout/pkg/events"
)

const statusHelp = `status shows the streams, how far each stage is behind, and the dead letters. It ends with 1
when something is missing.`

// state is what status prints.
type state struct {
	Streams   []streamState   `json:"streams"`
	Consumers []consumerState `json:"consumers"`
	Dead      []deadState     `json:"dead"`
	Missing   []string        `json:"missing,omitempty"`
}

type streamState struct {
	Name     string `json:"name"`
	Messages uint64 `json:"messages"`
	Bytes    uint64 `json:"bytes"`
	First    uint64 `json:"first"`
	Last     uint64 `json:"last"`
	Replicas int    `json:"replicas"`
}

type consumerState struct {
	Name        string `json:"name"`
	Stream      string `json:"stream"`
	Pending     uint64 `json:"pending"`
	AckPending  int    `json:"ack_pending"`
	Redelivered int    `json:"redelivered"`
}

type deadState struct {
	Stage   string `json:"stage"`
	Reason  string `json:"reason"`
	Letters int    `json:"letters"`
}

func (s *session) status() *cobra.Command {
	cmd := &cobra.Command{Use: "status", Short: "See streams, lag and dead letters", Long: statusHelp, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			conn, err := s.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer conn.Close()
			now, err := inspect(cmd.Context(), conn)
			if err != nil {
				return err
			}
			p := s.printer(cmd.OutOrStdout())
			if p.readable {
				err = p.text("%s", now.view())
			} else {
				err = p.line(now)
			}
			if err == nil && len(now.Missing) > 0 {
				err = fmt.Errorf("missing: %s. Start the services, or run 'readout provision'", strings.Join(now.Missing, ", "))
			}
			return err
		}}
	return s.remote(cmd)
}

// inspect asks the server for the state of everything.
func inspect(ctx context.Context, conn *bus.Conn) (*state, error) {
	now := &state{}
	topology := app.Topology(app.Defaults())
	for _, c := range topology.Streams {
		size, err := conn.Size(ctx, c.Name)
		if errors.Is(err, bus.ErrNotFound) {
			now.Missing = append(now.Missing, "stream "+c.Name)
			continue
		}
		if err != nil {
			return nil, err
		}
		now.Streams = append(now.Streams, streamState{c.Name, size.Messages, size.Bytes, size.First, size.Last, size.Replicas})
	}
	for _, c := range topology.Consumers {
		lag, err := conn.Lag(ctx, c.Stream, c.Config.Durable)
		if err != nil {
			now.Missing = append(now.Missing, "consumer "+c.Config.Durable)
			continue
		}
		now.Consumers = append(now.Consumers, consumerState{c.Config.Durable, c.Stream, lag.Pending, lag.AckPending, lag.Redelivered})
	}
	return now, now.countDead(ctx, conn)
}

// countDead counts the dead letters by stage and reason.
func (now *state) countDead(ctx context.Context, conn *bus.Conn) error {
	at := map[string]int{}
	err := conn.Scan(ctx, events.StreamDead, nil, func(r bus.Record) error {
		stage, reason, err := events.ParseDead(r.Subject)
		if err != nil {
			return nil
		}
		key := stage + "." + reason
		i, ok := at[key]
		if !ok {
			i = len(now.Dead)
			at[key] = i
			now.Dead = append(now.Dead, deadState{Stage: stage, Reason: reason})
		}
		now.Dead[i].Letters++
		return nil
	})
	if errors.Is(err, bus.ErrNotFound) {
		return nil
	}
	return err
}

func (now *state) view() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %12s %14s %10s %10s %8s\n", "stream", "messages", "bytes", "first", "last", "replicas")
	for _, s := range now.Streams {
		fmt.Fprintf(&b, "%-12s %12d %14d %10d %10d %8d\n", s.Name, s.Messages, s.Bytes, s.First, s.Last, s.Replicas)
	}
	fmt.Fprintf(&b, "\n%-12s %12s %14s %12s\n", "stage", "pending", "in work", "redelivered")
	for _, c := range now.Consumers {
		fmt.Fprintf(&b, "%-12s %12d %14d %12d\n", c.Name, c.Pending, c.AckPending, c.Redelivered)
	}
	if len(now.Dead) == 0 {
		fmt.Fprint(&b, "\nNo dead letters.\n")
		return b.String()
	}
	fmt.Fprintf(&b, "\n%-12s %-24s %8s\n", "dead at", "reason", "letters")
	for _, d := range now.Dead {
		fmt.Fprintf(&b, "%-12s %-24s %8d\n", d.Stage, d.Reason, d.Letters)
	}
	return b.String()
}
