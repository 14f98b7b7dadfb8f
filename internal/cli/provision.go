package cli

import (
	"github.com/spf13/cobra"

	"readout/internal/app"
)

const provisionHelp = `provision makes the streams and consumers that are missing, and widens those that are too
narrow. The services do so themselves at their start, unless they run with
--provision=false. Narrowing a limit may delete messages and needs --narrow.

  readout provision --replicas 3`

func (s *session) provision() *cobra.Command {
	cmd := &cobra.Command{Use: "provision", Short: "Make streams and consumers", Long: provisionHelp, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.cfg.Check(); err != nil {
				return app.UsageError(err)
			}
			conn, err := s.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer conn.Close()
			changes, err := conn.Provision(cmd.Context(), app.Topology(s.cfg), s.cfg.Narrow)
			if err != nil {
				return err
			}
			p := s.printer(cmd.OutOrStdout())
			for _, c := range changes {
				if p.readable {
					err = p.text("%s\n", c)
				} else {
					err = p.line(c)
				}
				if err != nil {
					return err
				}
			}
			if p.readable {
				return p.text("Everything is there.\n")
			}
			return nil
		}}
	s.cfg.TopologyFlags(cmd.Flags())
	return s.remote(cmd)
}
