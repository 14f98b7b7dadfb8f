package bus

import (
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Errors of the server that the client has no name for. All but the first pass by
// themselves: a cluster is choosing its leaders, or has too few servers yet.
const (
	codeNoSuchSequence  jetstream.ErrorCode = 10043
	codeNoPeers         jetstream.ErrorCode = 10005
	codeNotAssigned     jetstream.ErrorCode = 10007
	codeNotLeader       jetstream.ErrorCode = 10009
	codeStreamOffline   jetstream.ErrorCode = 10118
	codeConsumerOffline jetstream.ErrorCode = 10119
)

// sorted marks the error of a request to the server as ErrNotFound or ErrUnavailable
// where it is one. Whatever is not an answer of the server is an outage.
func sorted(err error) error {
	var verdict *jetstream.APIError
	var own jetstream.JetStreamError
	switch {
	case errors.Is(err, jetstream.ErrMsgNotFound), errors.Is(err, jetstream.ErrStreamNotFound), errors.Is(err, jetstream.ErrConsumerNotFound):
		return fmt.Errorf("%w: %w", ErrNotFound, err)
	case errors.As(err, &verdict) && verdict.ErrorCode == codeNoSuchSequence:
		return fmt.Errorf("%w: %w", ErrNotFound, err)
	case verdict != nil && !passing(verdict):
		return err
	case verdict == nil && errors.As(err, &own) && !errors.Is(err, jetstream.ErrNoStreamResponse):
		return err // the client refuses to ask such a thing
	default:
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
}

// passing says whether a refusal of the server passes by itself.
func passing(verdict *jetstream.APIError) bool {
	switch verdict.ErrorCode {
	case codeNoPeers, codeNotAssigned, codeNotLeader, codeStreamOffline, codeConsumerOffline:
		return true
	default:
		return verdict.Code == 503
	}
}
