package app

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/pflag"

	"readout/internal/bus"
	"readout/internal/bus/server"
)

// Config is what a person can set. Defaults gives values that need no setting.
type Config struct {
	Server    string
	InProcess nats.InProcessConnProvider // set by "readout up" alone
	Creds     string
	NKey      string
	CA        string
	Cert      string
	Key       string
	Inbox     string

	Ops       string
	Workers   int
	Attempts  int
	AckWait   time.Duration
	Limit     time.Duration
	Drain     time.Duration
	Replicas  int
	Provision bool
	Narrow    bool
	Threshold float64
	// MaxSubmissions bounds the disk that publishers can fill, in bytes; 0 leaves it to
	// the server's own limit.
	MaxSubmissions int64
	LogLevel       string
	// Actors is a file with a table of actors of one's own, empty for none.
	Actors string
}

// Defaults gives the configuration of a program that nobody configured.
func Defaults() Config {
	return Config{
		Server: "nats://" + server.DefaultListen, Ops: "127.0.0.1:0", Attempts: 8, AckWait: 30 * time.Second,
		Limit: 30 * time.Second, Drain: 25 * time.Second, Replicas: 1, Provision: true, Threshold: 0.5, LogLevel: "info",
	}
}

// ConnectionFlags adds the flags that say how to reach the server.
func (c *Config) ConnectionFlags(fs *pflag.FlagSet) {
	fs.StringVar(&c.Server, "server", c.Server, "NATS `URL`; several are separated by commas")
	fs.StringVar(&c.Creds, "nats-creds", c.Creds, "`FILE` with a NATS user's JWT and seed")
	fs.StringVar(&c.NKey, "nats-nkey", c.NKey, "`FILE` with a NATS user's nkey seed")
	fs.StringVar(&c.CA, "nats-ca", c.CA, "PEM `FILE` with the certificate authority of the server")
	fs.StringVar(&c.Cert, "nats-cert", c.Cert, "PEM `FILE` with this program's certificate")
	fs.StringVar(&c.Key, "nats-key", c.Key, "PEM `FILE` with the key of --nats-cert")
	fs.StringVar(&c.Inbox, "nats-inbox", c.Inbox, "`PREFIX` of reply subjects, for users with an inbox of their own")
}

// ServiceFlags adds the flags of a service.
func (c *Config) ServiceFlags(fs *pflag.FlagSet) {
	fs.StringVar(&c.Ops, "ops", c.Ops, "`HOST:PORT` of /healthz, /readyz and /metrics; port 0 takes any free one")
	fs.IntVar(&c.Workers, "workers", c.Workers, "articles worked on at a time; 0 chooses for the stage")
	c.TopologyFlags(fs)
	fs.IntVar(&c.Attempts, "attempts", c.Attempts, "tries before an article becomes a dead letter")
	fs.DurationVar(&c.Limit, "limit", c.Limit, "how long one article may take")
	fs.DurationVar(&c.Drain, "drain", c.Drain, "how long a stopping program may finish what it holds")
	fs.BoolVar(&c.Provision, "provision", c.Provision, "make missing streams and consumers at the start")
	fs.Float64Var(&c.Threshold, "threshold", c.Threshold, "confidence from which a finding makes an alert, 0 to 1")
	fs.StringVar(&c.LogLevel, "log-level", c.LogLevel, "debug, info, warn or error")
}

// ReadingFlags adds the flags of a program that reads articles.
func (c *Config) ReadingFlags(fs *pflag.FlagSet) {
	fs.StringVar(&c.Actors, "actors", c.Actors, "`FILE` with parties and office-holders to add to the table of the program")
}

// TopologyFlags adds the flags that shape streams and consumers.
func (c *Config) TopologyFlags(fs *pflag.FlagSet) {
	fs.DurationVar(&c.AckWait, "ack-wait", c.AckWait, "how long after a crash another worker takes over")
	fs.IntVar(&c.Replicas, "replicas", c.Replicas, "servers that keep a copy of each stream: 1, 3 or 5")
	fs.BoolVar(&c.Narrow, "narrow", c.Narrow, "let provisioning narrow the limits of streams, which may delete messages")
	fs.Int64Var(&c.MaxSubmissions, "max-submissions", c.MaxSubmissions, "`BYTES` of submissions to keep at most, beyond which publishers are refused; 0 for no limit")
}

// serverEnv is the environment twin of --server; the other flags' follow from their
// names.
const serverEnv = "READOUT_NATS_URL"

// EnvName gives the environment variable that stands in for a flag.
func EnvName(flag string) string {
	if flag == "server" {
		return serverEnv
	}
	return "READOUT_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// FromEnvironment sets every flag that the command line left alone from its environment
// twin.
func FromEnvironment(fs *pflag.FlagSet) error {
	var failed error
	fs.VisitAll(func(f *pflag.Flag) {
		value, ok := os.LookupEnv(EnvName(f.Name))
		if f.Changed || !ok || failed != nil {
			return
		}
		if err := fs.Set(f.Name, value); err != nil {
			failed = fmt.Errorf("%s=%q: %w", EnvName(f.Name), value, err)
		}
	})
	return failed
}

// Check says what is wrong with the configuration.
func (c *Config) Check() error {
	switch {
	case c.Replicas != 1 && c.Replicas != 3 && c.Replicas != 5:
		return fmt.Errorf("--replicas %d: want 1, 3 or 5", c.Replicas)
	case c.Attempts < 1:
		return fmt.Errorf("--attempts %d: want at least 1", c.Attempts)
	case c.AckWait < 100*time.Millisecond || c.Limit <= 0 || c.Drain <= 0:
		return fmt.Errorf("--ack-wait, --limit and --drain want a positive duration such as 30s")
	case c.Threshold < 0 || c.Threshold > 1:
		return fmt.Errorf("--threshold %g: want a number from 0 to 1", c.Threshold)
	case (c.Cert == "") != (c.Key == ""):
		return fmt.Errorf("--nats-cert and --nats-key go together")
	}
	return nil
}

// Bus gives the part of the configuration that says how to reach the server.
func (c *Config) Bus(name string) bus.Config {
	return bus.Config{URL: c.Server, Name: name, Credentials: c.Creds, NKey: c.NKey, CA: c.CA, Cert: c.Cert,
		Key: c.Key, InboxPrefix: c.Inbox, InProcess: c.InProcess}
}
