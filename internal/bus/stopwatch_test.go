package bus

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestStopwatch gives each attempt its own limit, whether it shares a context or not.
func TestStopwatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		work, end := context.WithCancel(t.Context())
		defer end()
		s := &stopwatch{work: work, limit: time.Second}
		defer s.discard()
		for _, took := range []time.Duration{900, 900, 1100, 900, 2000, 1100, 1} {
			took *= time.Millisecond
			ctx := s.start()
			child, cancel := context.WithTimeoutCause(ctx, time.Hour, errors.New("never"))
			if until, ok := ctx.Deadline(); !ok || time.Until(until) != time.Second {
				t.Errorf("the attempt ends in %s, %t", time.Until(until), ok)
			}
			time.Sleep(took)
			synctest.Wait()
			over := took > time.Second
			if got := errors.Is(ctx.Err(), context.DeadlineExceeded); got != over || (ctx.Err() == nil) == over {
				t.Errorf("after %s: %v", took, ctx.Err())
			}
			if (child.Err() != nil) != over || over && !errors.Is(context.Cause(child), context.DeadlineExceeded) {
				t.Errorf("after %s a child: %v, %v", took, child.Err(), context.Cause(child))
			}
			cancel()
			s.stop()
			time.Sleep(3 * time.Second) // what is between attempts counts for none
		}
		ctx := s.start()
		end()
		if !errors.Is(ctx.Err(), context.Canceled) {
			t.Errorf("when the work ends: %v", ctx.Err())
		}
		s.stop()
	})
}
