package bus

import (
	"errors"
	"fmt"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The verdicts that a healthy single server does not give at will.
func TestVerdicts(t *testing.T) {
	api := func(status int, code jetstream.ErrorCode) error {
		return fmt.Errorf("nats: %w", &jetstream.APIError{Code: status, ErrorCode: code})
	}
	for _, c := range []struct {
		name            string
		err             error
		publish, sorted error
	}{
		{"the same id is under way", api(409, 10158), ErrUnavailable, nil},
		{"the same subject is under way", api(503, 10163), ErrUnavailable, ErrUnavailable},
		{"too many requests", api(429, 10167), ErrUnavailable, nil},
		{"no space on the disk", api(500, 10047), ErrUnavailable, nil},
		{"wrong last sequence, in a cluster", api(400, 10164), ErrConflict, nil},
		{"an expectation without a sequence", api(400, 10193), ErrRefused, nil},
		{"no leader", api(503, 10008), ErrUnavailable, ErrUnavailable},
		{"too few servers yet", api(400, 10005), ErrUnavailable, ErrUnavailable},
		{"no such stream", jetstream.ErrStreamNotFound, ErrUnavailable, ErrNotFound},
		{"nobody answers", nats.ErrNoResponders, ErrUnavailable, ErrUnavailable},
		{"too late", nats.ErrTimeout, ErrUnavailable, ErrUnavailable},
		{"a bad name", jetstream.ErrInvalidStreamName, ErrUnavailable, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			only(t, "publish", publishError("news.1", c.err), c.publish)
			only(t, "request", sorted(c.err), c.sorted)
		})
	}
}

// only checks that an error is the one wanted and none of the others; nil for none.
func only(t *testing.T, what string, err, want error) {
	t.Helper()
	for _, kind := range []error{ErrConflict, ErrUnavailable, ErrRefused, ErrNotFound} {
		if got := errors.Is(err, kind); got != (kind == want) {
			t.Errorf("%s: %q is %q: %t", what, err, kind, got)
		}
	}
}
