package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

// source asks one consumer for messages. It keeps one subscription for all requests, so
// that a message which comes late, after its request was given up, is not lost until
// the server's patience ends.
//
// The client's own Fetch takes an empty message with a header "Status" for a note of
// the server and drops it together with the rest of the batch; any publisher can send
// one. A source goes by the address for the acknowledgement, which only the server can
// put there.
type source struct {
	nc          *nats.Conn
	sub         *nats.Subscription
	in          chan *nats.Msg
	next, inbox string
	requests    uint64
	// wait is how long a request stays open; the heartbeat comes twice in that time.
	wait time.Duration
	// heard is told of every answer.
	heard func()
}

var (
	errSilent       = errors.New("no heartbeat from the consumer")
	errNotConnected = errors.New("not connected")
)

// source makes a source for a consumer that never holds more than room messages.
func (c *Conn) source(stream, consumer string, room int, wait time.Duration) (*source, error) {
	s := &source{nc: c.nc, next: api + "CONSUMER.MSG.NEXT." + stream + "." + consumer, inbox: c.nc.NewInbox(),
		in: make(chan *nats.Msg, backlog(room)), wait: wait, heard: func() {}}
	var err error
	if s.sub, err = c.nc.ChanSubscribe(s.inbox+".*", s.in); err != nil {
		return nil, fmt.Errorf("open consumer %s of %s: %w", consumer, stream, err)
	}
	return s, nil
}

// backlog is the room for what comes when so many messages are asked for at a time. An
// old request may still be served beside a new one, and each ends with a note; what
// finds no room is dropped.
func backlog(room int) int { return 4*room + 64 }

// close ends the subscription; it fails only when the connection is closed already.
func (s *source) close() { _ = s.sub.Unsubscribe() }

// ask makes one request for a number of messages and of bytes and hands over what comes
// until the request ends. Each request ends by itself, so that no lost answer can stall
// the reader for longer than the heartbeat. An error of take ends it at once.
func (s *source) ask(ctx context.Context, n, bytes int, take func(*nats.Msg) error) error {
	if !s.nc.IsConnected() {
		return errNotConnected // requests kept back until later would all be served at once
	}
	s.requests++
	reply := s.inbox + "." + strconv.FormatUint(s.requests, 10)
	if err := s.nc.PublishRequest(s.next, reply, s.request(n, bytes)); err != nil {
		return fmt.Errorf("ask for messages: %w", err)
	}
	silence := time.NewTimer(s.wait)
	defer silence.Stop()
	for last := time.Now(); ; {
		select {
		case m := <-s.in:
			last = time.Now()
			s.heard()
			if isDelivery(m) {
				if err := take(m); err != nil {
					return err
				}
				if n--; n == 0 {
					return nil
				}
			} else if m.Subject == reply {
				if ended, err := noted(m); ended {
					return err
				}
			}
		case <-silence.C:
			quiet := time.Since(last)
			if quiet >= s.wait {
				return errSilent
			}
			silence.Reset(s.wait - quiet)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *source) request(n, bytes int) []byte {
	// Numbers alone cannot fail to encode.
	body, _ := json.Marshal(map[string]int64{"batch": int64(n), "max_bytes": int64(bytes),
		"expires": int64(s.wait), "idle_heartbeat": int64(s.wait / 2)})
	return body
}

// isDelivery tells a message of the stream from a note of the server.
func isDelivery(m *nats.Msg) bool { return strings.HasPrefix(m.Reply, "$JS.ACK.") }

// noted reads a note of the server: whether it ends the request, and whether the
// consumer has to be looked for again.
func noted(m *nats.Msg) (ended bool, err error) {
	status, description := m.Header.Get(statusHeader), m.Header.Get(descriptionHeader)
	switch {
	case status == "100": // a heartbeat
		return false, nil
	case status == "404", status == "408": // none there; none came in time
		return true, nil
	case status == "409" && (strings.HasPrefix(description, "Message Size Exceeds") || strings.HasPrefix(description, "Batch Completed")):
		return true, nil
	default: // deleted, moved, shut down, too many requests
		return true, fmt.Errorf("the consumer answers %s %s", status, description)
	}
}
