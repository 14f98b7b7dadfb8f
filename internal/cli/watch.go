package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"readout/internal/app"
	"readout/internal/bus"
	"readout/pkg/events"
)

const watchHelp = `watch prints alerts as they come. Without --since it begins with the next one.

  readout watch                                     everything new
  readout watch --since all --kind condition        every condition so far, and on
  readout watch --since 2h --party russia --party ukraine
  readout watch --durable morning-desk              goes on where it stopped last time

--kind is condition, denial, sanction or casualty; --state new, figure_up or figure_down;
--party the id that stands in the subject, such as russia.`

// watchOptions are the flags of watch.
type watchOptions struct {
	since, durable         string
	kinds, states, parties []string
	lasts                  time.Duration
	count                  int
}

func (s *session) watch() *cobra.Command {
	o := watchOptions{}
	cmd := &cobra.Command{Use: "watch", Short: "See alerts as they come", Long: watchHelp, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.runWatch(cmd, o) }}
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", "all, a time (RFC 3339, a date, or 2h for two hours ago), or a sequence number")
	f.StringSliceVar(&o.kinds, "kind", nil, "only this `KIND`; may be repeated")
	f.StringSliceVar(&o.states, "state", nil, "only this `STATE`; may be repeated")
	f.StringSliceVar(&o.parties, "party", nil, "only this `PARTY`; may be repeated")
	f.DurationVar(&o.lasts, "for", 0, "end after this `DURATION`; 0 goes on")
	f.IntVar(&o.count, "count", 0, "end after `N` alerts; 0 goes on")
	f.StringVar(&o.durable, "durable", "", "remember the place under this `NAME` on the server")
	return s.remote(cmd)
}

func (s *session) runWatch(cmd *cobra.Command, o watchOptions) error {
	start, err := parseStart(o.since, time.Now())
	if err != nil {
		return app.UsageError(fmt.Errorf("--since %w", err))
	}
	if o.since == "" {
		start.New = true
	}
	filters, err := o.filters()
	if err != nil {
		return app.UsageError(err)
	}
	ctx, cancel := cmd.Context(), context.CancelFunc(func() {})
	if o.lasts > 0 {
		ctx, cancel = context.WithTimeout(ctx, o.lasts)
	}
	defer cancel()
	conn, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	p, seen := s.printer(cmd.OutOrStdout()), 0
	show := func(r bus.Record) error {
		if err := p.alert(r); err != nil {
			return err
		}
		if seen++; seen == o.count {
			cancel()
			return nil
		}
		return nil
	}
	if o.durable != "" {
		err = conn.TailDurable(ctx, events.StreamAlerts, o.durable, filters, start, show)
	} else {
		err = conn.Tail(ctx, events.StreamAlerts, start, filters, show)
	}
	if errors.Is(err, bus.ErrNotFound) {
		return fmt.Errorf("there is no stream of alerts on this server: %w\nStart the services, or make the streams with 'readout provision'", err)
	}
	return err
}

// filters gives the subjects to read: every combination of what was asked for.
func (o watchOptions) filters() ([]string, error) {
	if len(o.kinds)+len(o.states)+len(o.parties) == 0 {
		return nil, nil
	}
	var out []string
	for _, kind := range orAny(o.kinds) {
		if kind != "" && !known(kind) {
			return nil, fmt.Errorf("--kind %q: want condition, denial, sanction or casualty", kind)
		}
		for _, state := range orAny(o.states) {
			for _, party := range orAny(o.parties) {
				out = append(out, events.AlertFilter(events.Kind(kind), events.State(state), party))
			}
		}
	}
	return out, nil
}

func orAny(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

func known(kind string) bool {
	for _, k := range events.Kinds() {
		if string(k) == kind {
			return true
		}
	}
	return false
}

// parseStart reads where to begin: all, a time, a span of time before now, or a sequence
// number. Nothing begins with the oldest.
func parseStart(s string, now time.Time) (bus.Start, error) {
	if s == "" || s == "all" {
		return bus.Start{}, nil
	}
	if n, err := strconv.ParseUint(s, 10, 64); err == nil {
		return bus.Start{Sequence: max(n, 1)}, nil
	}
	if d, err := time.ParseDuration(s); err == nil && d > 0 {
		return bus.Start{Time: now.Add(-d)}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, time.Local); err == nil {
			return bus.Start{Time: t}, nil
		}
	}
	return bus.Start{}, fmt.Errorf("%q: want all, a time such as 2026-03-02T09:00:00Z or 2026-03-02, a span such as 2h, or a sequence number", s)
}
