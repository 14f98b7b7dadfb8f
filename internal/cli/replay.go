package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"readout/internal/app"
)

const replayHelp = `replay takes stored submissions through the line again, in this process, through the same
ids: what is stored already is recognised, what is missing is filled in, and no alert is
doubled. Use it after a new version of the finders, or after a stream was lost.

  readout replay --from 2026-03-01
  readout replay --from 120000 --to 130000`

func (s *session) replay() *cobra.Command {
	from, to := "", uint64(0)
	cmd := &cobra.Command{Use: "replay --from TIME|SEQ", Short: "Take stored articles through the line again", Long: replayHelp, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			start, err := parseStart(from, time.Now())
			if err != nil || from == "" {
				return app.UsageError(fmt.Errorf("--from %w", orMissing(err)))
			}
			conn, err := s.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer conn.Close()
			notes := cmd.ErrOrStderr()
			done, err := app.Replay(cmd.Context(), conn, s.cfg, start, to, func(r app.Replayed) {
				if terminal(notes) {
					fmt.Fprintf(notes, "\r%d submissions, %d new alerts", r.Submissions, r.Alerts)
				}
			})
			if terminal(notes) {
				fmt.Fprintln(notes)
			}
			if err != nil {
				return err
			}
			p := s.printer(cmd.OutOrStdout())
			if !p.readable {
				return p.line(done)
			}
			return p.text("%d submissions: %d articles, %d annotations and %d alerts were new; %d submissions are refused as before.\n",
				done.Submissions, done.Articles, done.Annotations, done.Alerts, done.Refused)
		}}
	cmd.Flags().StringVar(&from, "from", "", "all, a time (RFC 3339, a date, or 2h for two hours ago), or a sequence number")
	cmd.Flags().Uint64Var(&to, "to", 0, "last sequence number; 0 goes up to the newest")
	s.cfg.ReadingFlags(cmd.Flags())
	return s.remote(cmd)
}

func orMissing(err error) error {
	if err == nil {
		return fmt.Errorf("is missing: say where to begin, or all")
	}
	return err
}
