package cli

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"readout/internal/app"
	"readout/internal/bus"
	"readout/pkg/events"
)

const deadHelp = `dead looks after the messages that could not be handled. Each is kept with the stage and
the reason, the error, the attempts and the original bytes.

  readout dead list --stage ingest
  readout dead show dl_0123456789abcdef01234567
  readout dead retry dl_0123456789abcdef01234567     once the cause is mended
  readout dead drop --reason not_json --all --yes`

// deadOptions are the flags that choose letters.
type deadOptions struct {
	stage, reason string
	all, yes      bool
}

func (s *session) dead() *cobra.Command {
	o := &deadOptions{}
	dead := &cobra.Command{Use: "dead", Short: "See, retry or drop what could not be handled", Long: deadHelp}
	add := func(use, short string, run func(*cobra.Command, *bus.Conn, []letter) error, choose bool) {
		cmd := &cobra.Command{Use: use, Short: short, RunE: func(cmd *cobra.Command, ids []string) error {
			if choose && len(ids) == 0 && !o.all {
				return app.UsageError(errors.New("say which: ids, or --all with --stage or --reason if you like"))
			}
			return s.withLetters(cmd, ids, o, run)
		}}
		cmd.Flags().StringVar(&o.stage, "stage", "", "only of this `STAGE`: ingest, annotate or notify")
		cmd.Flags().StringVar(&o.reason, "reason", "", "only for this `REASON`, such as not_json")
		if choose {
			cmd.Flags().BoolVar(&o.all, "all", false, "all that fit")
		}
		if use == "drop [ID...]" {
			cmd.Flags().BoolVar(&o.yes, "yes", false, "do not ask")
		}
		dead.AddCommand(s.remote(cmd))
	}
	add("list [ID...]", "List dead letters", s.listDead, false)
	add("show ID...", "Show dead letters whole", s.showDead, true)
	add("retry [ID...]", "Send the originals in again and remove the letters", s.retryDead, true)
	add("drop [ID...]", "Remove dead letters", func(cmd *cobra.Command, conn *bus.Conn, list []letter) error {
		return s.dropDead(cmd, conn, list, o.yes)
	}, true)
	return dead
}

// letter is a dead letter and its place.
type letter struct {
	*events.DeadLetter
	place uint64
}

// withLetters finds the letters that were chosen and does something with them.
func (s *session) withLetters(cmd *cobra.Command, ids []string, o *deadOptions, run func(*cobra.Command, *bus.Conn, []letter) error) error {
	conn, err := s.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer conn.Close()
	filters := []string{events.DeadFilter(o.stage, o.reason, "")}
	if len(ids) > 0 {
		filters = nil
		for _, id := range ids {
			filters = append(filters, events.DeadFilter(o.stage, o.reason, id))
		}
	}
	var list []letter
	err = conn.Scan(cmd.Context(), events.StreamDead, filters, func(r bus.Record) error {
		l, err := events.Decode[events.DeadLetter](r.Data)
		if err != nil {
			return fmt.Errorf("read dead letter %d: %w", r.Sequence, err)
		}
		list = append(list, letter{l, r.Sequence})
		return nil
	})
	if err != nil {
		return err
	}
	if len(list) < len(ids) {
		return fmt.Errorf("found %d of %d letters: 'readout dead list' shows those that are there", len(list), len(ids))
	}
	return run(cmd, conn, list)
}

func (s *session) listDead(cmd *cobra.Command, _ *bus.Conn, list []letter) error {
	p := s.printer(cmd.OutOrStdout())
	if p.readable && len(list) == 0 {
		return p.text("No dead letters.\n")
	}
	for _, l := range list {
		if !p.readable {
			if err := p.line(l.DeadLetter); err != nil {
				return err
			}
			continue
		}
		if err := p.text("%s  %s  %-8s %-20s %s\n", l.ID, l.Died.Local().Format(time.DateTime), l.Stage, l.Reason, oneLine(l.Error)); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) showDead(cmd *cobra.Command, _ *bus.Conn, list []letter) error {
	p := s.printer(cmd.OutOrStdout())
	for _, l := range list {
		if !p.readable {
			if err := p.line(l.DeadLetter); err != nil {
				return err
			}
			continue
		}
		original := string(l.Original)
		if !utf8.ValidString(original) {
			original = fmt.Sprintf("%q", l.Original)
		}
		if err := p.text("%s\n  stage     %s\n  reason    %s\n  error     %s\n  attempts  %d\n  subject   %s\n  stored    %s %d, %d bytes\n  received  %s\n  died      %s\n\n%s\n\n",
			p.in(bold, l.ID), l.Stage, l.Reason, harmless(l.Error), l.Attempts, harmless(l.Subject), l.Stream, l.Sequence, l.Size,
			l.Received.Local().Format(time.DateTime), l.Died.Local().Format(time.DateTime), harmless(original)); err != nil {
			return err
		}
	}
	return nil
}

// retryDead sends the originals in again, where they came in before. The letter goes only
// once that is stored.
func (s *session) retryDead(cmd *cobra.Command, conn *bus.Conn, list []letter) error {
	p := s.printer(cmd.OutOrStdout())
	for _, l := range list {
		stored, err := retry(cmd.Context(), conn, l)
		if err != nil {
			return fmt.Errorf("retry %s: %w", l.ID, err)
		}
		if err := s.settled(p, "retried", l, stored.Sequence); err != nil {
			return err
		}
	}
	return nil
}

func retry(ctx context.Context, conn *bus.Conn, l letter) (bus.Stored, error) {
	original := l.Original
	if l.Truncated {
		r, err := conn.At(ctx, l.Stream, l.Sequence)
		if err != nil {
			return bus.Stored{}, fmt.Errorf("the letter holds a part of the original, and the whole is gone: %w", err)
		}
		original = r.Data
	}
	stored, err := conn.Publish(ctx, bus.Message{Subject: l.Subject, Headers: l.Headers, Data: original})
	if err != nil {
		return stored, err
	}
	return stored, conn.Delete(ctx, events.StreamDead, l.place)
}

func (s *session) dropDead(cmd *cobra.Command, conn *bus.Conn, list []letter, yes bool) error {
	if !yes && len(list) > 0 {
		if !terminal(cmd.OutOrStdout()) {
			return app.UsageError(errors.New("dropping asks first: use a terminal, or --yes"))
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Drop %d dead letters for good? [y/N] ", len(list))
		var answer string
		if _, err := fmt.Fscanln(cmd.InOrStdin(), &answer); err != nil || answer != "y" && answer != "yes" {
			return errors.New("nothing was dropped")
		}
	}
	p := s.printer(cmd.OutOrStdout())
	for _, l := range list {
		if err := conn.Delete(cmd.Context(), events.StreamDead, l.place); err != nil {
			return fmt.Errorf("drop %s: %w", l.ID, err)
		}
		if err := s.settled(p, "dropped", l, 0); err != nil {
			return err
		}
	}
	return nil
}

// settled prints what became of a letter.
func (s *session) settled(p *printer, what string, l letter, sequence uint64) error {
	if !p.readable {
		return p.line(struct {
			ID       string `json:"id"`
			Result   string `json:"result"`
			Sequence uint64 `json:"sequence,omitempty"`
		}{l.ID, what, sequence})
	}
	return p.text("%s  %s\n", l.ID, what)
}

// oneLine gives the first line of an error, harmless and short.
func oneLine(s string) string {
	s = harmless(firstLine(s))
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}

func firstLine(s string) string {
	for i := range s {
		if s[i] == '\n' {
			return s[:i]
		}
	}
	return s
}
