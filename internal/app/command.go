package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"golang.org/x/term"
)

// The exit codes of all programs.
const (
	ExitOK      = 0
	ExitFailure = 1
	ExitUsage   = 2
)

// Command makes the command line of a program that runs one stage.
func Command(name, short, long string, stage Stage) *cobra.Command {
	cfg := Defaults()
	cmd := &cobra.Command{
		Use: name, Short: short, Long: long + environmentHelp, Args: cobra.NoArgs, SilenceUsage: true, SilenceErrors: true,
		PreRunE: func(cmd *cobra.Command, _ []string) error { return usage(FromEnvironment(cmd.Flags())) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.Check(); err != nil {
				return usage(err)
			}
			log, err := Logger(cfg.LogLevel)
			if err != nil {
				return usage(err)
			}
			return Run(cmd.Context(), cfg, log, func(Started) {}, stage)
		},
	}
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	cfg.ConnectionFlags(cmd.Flags())
	cfg.ServiceFlags(cmd.Flags())
	if stage.Name == durableAnnotate {
		cfg.ReadingFlags(cmd.Flags())
	}
	return cmd
}

const environmentHelp = `

Every flag has an environment twin: READOUT_ and the flag's name in capitals, "-" as
"_"; that of --server is READOUT_NATS_URL. The command line wins.

SIGTERM and SIGINT stop the program in order: it takes no more articles, finishes those
it holds, and exits with 0. It exits with 1 when it cannot go on, with 2 when it was
called wrongly.`

// usageError is the error of a program that was called wrongly.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// UsageError marks an error as one of the call: the program exits with ExitUsage.
func UsageError(err error) error { return usage(err) }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

// Execute runs a command until it ends or a signal stops it, and gives the exit code. A
// second signal ends the program at once.
func Execute(cmd *cobra.Command) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	context.AfterFunc(ctx, stop)
	checkArguments(cmd)
	called, err := cmd.ExecuteContextC(ctx)
	if err == nil {
		return ExitOK
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v\n", cmd.Name(), err)
	if errors.As(err, new(usageError)) {
		fmt.Fprintf(cmd.ErrOrStderr(), "Try '%s --help'.\n", called.CommandPath())
		return ExitUsage
	}
	return ExitFailure
}

// checkArguments has wrong arguments and unknown commands end as errors of the call.
func checkArguments(cmd *cobra.Command) {
	check := cmd.Args
	switch {
	case check == nil && cmd.HasSubCommands():
		check = noSuchCommand
		if cmd.RunE == nil && cmd.Run == nil {
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	case check == nil:
		check = cobra.ArbitraryArgs
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error { return usage(check(cmd, args)) }
	for _, sub := range cmd.Commands() {
		checkArguments(sub)
	}
}

// noSuchCommand refuses what stands where a command should, and says what may be meant.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("there is no command %q", args[0])
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("%w: did you mean %s?", err, strings.Join(near, " or "))
	}
	return err
}

// Logger makes the program's log on the standard error: JSON lines, or readable ones on
// a terminal.
func Logger(level string) (*zap.Logger, error) {
	at, err := zapcore.ParseLevel(level)
	if err != nil {
		return nil, fmt.Errorf("--log-level %q: want debug, info, warn or error", level)
	}
	encoding := zap.NewProductionEncoderConfig()
	encoding.EncodeTime, encoding.EncodeDuration = zapcore.ISO8601TimeEncoder, zapcore.StringDurationEncoder
	encoder := zapcore.NewJSONEncoder(encoding)
	if term.IsTerminal(int(os.Stderr.Fd())) {
		encoding.EncodeLevel = zapcore.CapitalColorLevelEncoder
		encoder = zapcore.NewConsoleEncoder(encoding)
	}
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(os.Stderr), at)), nil
}
