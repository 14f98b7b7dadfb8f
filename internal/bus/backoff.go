package bus

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff gives the delay before the attempt after the n-th: it doubles from base up to
// limit, and a random half of it keeps those that failed together from coming back
// together.
func backoff(n int, base, limit time.Duration) time.Duration {
	d := limit
	if n < 32 && base<<(n-1) < limit && base<<(n-1) > 0 {
		d = base << (n - 1)
	}
	return d/2 + rand.N(d/2+1)
}

// pause waits, but no longer than the context lives.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
