package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"readout/internal/app"
	"readout/internal/bus"
)

const rootHelp = `Readout reads the news and tells you when somebody sets a new condition, denies something,
imposes a sanction or gives a figure of casualties. Once, however often it is reported.

Start it, publish an article, watch for alerts:

  readout up --samples                      a whole Readout on this machine
  readout publish article.txt               an article in
  readout watch --kind condition            alerts out

Every command but up and annotate talks to a server: --server URL, or READOUT_NATS_URL, or
the one that "readout up" starts. Every flag has an environment twin, READOUT_ and its name
in capitals.`

// session is what the commands share: where the server is and how to print.
type session struct {
	cfg  app.Config
	json bool
}

// New makes the command line.
func New() *cobra.Command {
	s := &session{cfg: app.Defaults()}
	root := &cobra.Command{
		Use: "readout", Short: "Alerts on new conditions and denials in the news", Long: rootHelp,
		SilenceUsage: true, SilenceErrors: true, Version: version(),
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := app.FromEnvironment(cmd.Flags()); err != nil {
				return app.UsageError(err)
			}
			return nil
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return app.UsageError(err) })
	root.AddCommand(s.up(), s.publish(), s.watch(), s.annotate(), s.dead(), s.replay(), s.status(), s.provision())
	return root
}

// remote adds the flags of a command that talks to a server.
func (s *session) remote(cmd *cobra.Command) *cobra.Command {
	s.cfg.ConnectionFlags(cmd.Flags())
	return s.printing(cmd)
}

// printing adds the flag of a command that prints records.
func (s *session) printing(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().BoolVar(&s.json, "json", false, "print JSON lines, as is done in a pipe")
	return cmd
}

// connectWait is how long a command waits for the server.
const connectWait = 5 * time.Second

// connect reaches the server, or says how to have one.
func (s *session) connect(ctx context.Context) (*bus.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectWait)
	defer cancel()
	conn, err := bus.Connect(ctx, s.cfg.Bus("readout"))
	if err != nil {
		return nil, fmt.Errorf("%w\nStart one with 'readout up', or say where it is with --server or %s", err, app.EnvName("server"))
	}
	return conn, nil
}

// readable says whether output goes to a person: to a terminal, and not as JSON.
func (s *session) readable(out io.Writer) bool { return !s.json && terminal(out) }

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colours says whether a terminal wants colours.
func colours(w io.Writer) bool { return terminal(w) && os.Getenv("NO_COLOR") == "" }
