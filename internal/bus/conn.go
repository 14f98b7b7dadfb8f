package bus

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Config says how to reach the server. The zero value reaches a server on this machine.
type Config struct {
	// URL lists one or more servers, separated by commas.
	URL string
	// Name is shown in the server's list of connections.
	Name string
	// Credentials is a file with a user's JWT and seed; NKey one with a seed alone.
	Credentials, NKey string
	// CA, Cert and Key are PEM files for TLS.
	CA, Cert, Key string
	// InboxPrefix is where replies go, for users who may not read others' replies.
	InboxPrefix string
	// InProcess connects to a server inside this process instead of URL.
	InProcess nats.InProcessConnProvider
	// Notice is told of lost and restored connections; nil for nobody.
	Notice func(event string, err error)
}

const (
	// reconnectWait and its jitter keep a thousand workers from knocking at once.
	reconnectWait   = 250 * time.Millisecond
	reconnectJitter = 500 * time.Millisecond
	// pingInterval finds a server that is gone without a word, two pings unanswered,
	// within half a minute; the client's own default takes six.
	pingInterval = 10 * time.Second
	// answerTimeout bounds each request and each write: one that is lost with a
	// connection, or with the leader of a stream, is never answered.
	answerTimeout = 5 * time.Second
)

// Conn is a connection to the broker. It is safe for concurrent use.
type Conn struct {
	nc     *nats.Conn
	js     jetstream.JetStream
	mail   *mailbox
	acks   *acks
	closed chan struct{}
	// failed is why the last try to connect did not succeed; nil before any has failed.
	failed atomic.Pointer[error]
}

// Connect reaches the server, waiting for one that is not up yet until the context
// ends. Once connected it reconnects for ever; only a server that twice refuses the
// credentials ends it.
func Connect(ctx context.Context, cfg Config) (*Conn, error) {
	c := &Conn{closed: make(chan struct{}), acks: newAcks()}
	options, err := c.options(cfg)
	if err != nil {
		return nil, err
	}
	if cfg.URL == "" {
		cfg.URL = nats.DefaultURL
	}
	if c.nc, err = nats.Connect(cfg.URL, options...); err != nil {
		return nil, fmt.Errorf("connect to %s: %w", cfg.URL, err)
	}
	if err = c.await(ctx); err == nil {
		err = c.open()
	}
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("connect to %s: %w", cfg.URL, err)
	}
	return c, nil
}

// open makes what requests go through.
func (c *Conn) open() (err error) {
	c.js, err = jetstream.New(c.nc, jetstream.WithDefaultTimeout(answerTimeout))
	if err != nil {
		return fmt.Errorf("open jetstream: %w", err)
	}
	if c.mail, err = newMailbox(c.nc); err != nil {
		return err
	}
	return c.acks.listen(c.nc)
}

func (c *Conn) options(cfg Config) ([]nats.Option, error) {
	options := append(c.events(cfg.Notice),
		nats.Name(cfg.Name),
		nats.MaxReconnects(-1),
		nats.RetryOnFailedConnect(true),
		nats.ReconnectWait(reconnectWait),
		nats.ReconnectJitter(reconnectJitter, reconnectJitter),
		nats.PingInterval(pingInterval))
	if cfg.InboxPrefix != "" {
		options = append(options, nats.CustomInboxPrefix(cfg.InboxPrefix))
	}
	if cfg.InProcess != nil {
		options = append(options, nats.InProcessServer(cfg.InProcess))
	}
	return appendIdentity(options, cfg)
}

// events gives the options that tell what happens to the connection.
func (c *Conn) events(notice func(string, error)) []nats.Option {
	if notice == nil {
		notice = func(string, error) {}
	}
	return []nats.Option{
		nats.ConnectHandler(func(*nats.Conn) { notice("connected", nil) }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			c.acks.lost()
			notice("disconnected", err)
		}),
		nats.ReconnectHandler(func(*nats.Conn) { notice("reconnected", nil) }),
		nats.ReconnectErrHandler(func(_ *nats.Conn, err error) {
			c.failed.Store(&err)
			notice("still trying to connect", err)
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { notice("server error", err) }),
		nats.ClosedHandler(func(*nats.Conn) { close(c.closed) }),
	}
}

// await waits for the first connection.
func (c *Conn) await(ctx context.Context) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !c.nc.IsConnected() {
		select {
		case <-c.closed:
			return errors.Join(nats.ErrConnectionClosed, c.nc.LastError())
		case <-ctx.Done():
			return c.unreached(ctx.Err())
		case <-tick.C:
		}
	}
	return nil
}

// unreached says why there is no connection yet: what the last try met, else that time
// is over.
func (c *Conn) unreached(over error) error {
	if failed := c.failed.Load(); failed != nil {
		return fmt.Errorf("%w (%w)", *failed, over)
	}
	return errors.Join(over, c.nc.LastError())
}

// Connected says whether the server can be reached at this moment.
func (c *Conn) Connected() bool { return c.nc.IsConnected() }

// Closed is closed when the connection is closed for good: a program that did not ask
// for it has to exit.
func (c *Conn) Closed() <-chan struct{} { return c.closed }

// MaxPayload is the size in bytes of the largest message the server takes.
func (c *Conn) MaxPayload() int64 { return c.nc.MaxPayload() }

// Flush waits until the server has read everything written so far: acknowledgements
// above all.
func (c *Conn) Flush(ctx context.Context) error { return c.nc.FlushWithContext(ctx) }

// Close ends the connection and waits until nothing of it runs any more.
func (c *Conn) Close() {
	c.nc.Close()
	<-c.closed
}
