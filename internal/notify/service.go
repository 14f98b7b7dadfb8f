package notify

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"readout/internal/ledger"
	"readout/pkg/events"
)

// ErrConflict is what a Log answers when another alert was stored first.
var ErrConflict = errors.New("another worker stored an alert first")

// Entry is a stored alert and its place in the log.
type Entry struct {
	Alert *events.Alert
	Place uint64
}

// Log is the stream of alerts, seen as the ledger of each kind and party.
type Log interface {
	// After gives the alerts of a kind and party stored after a place, oldest first.
	After(ctx context.Context, kind events.Kind, party string, place uint64) ([]Entry, error)
	// Append stores an alert if expected is still the place of the last one of its kind
	// and party, 0 for none, and gives its place; ErrConflict otherwise.
	Append(ctx context.Context, alert *events.Alert, expected uint64) (uint64, error)
}

// Options say how a Service works; the zero value has defaults for all but the threshold.
type Options struct {
	// MinConfidence is the confidence from which a finding makes an alert.
	MinConfidence float64
	// Parties is how many pairs of a kind and a party are kept in memory.
	Parties int
	// Now tells the time; time.Now if nil.
	Now func() time.Time
	// Pause waits before another round; it ends early with the context.
	Pause func(context.Context, time.Duration)
}

const (
	defaultParties = 4096
	// maxRounds is how often one decision is made anew when other workers come first.
	maxRounds = 30
	pauseBase = 2 * time.Millisecond
	pauseMax  = 200 * time.Millisecond
)

// Result is what an annotation did.
type Result struct {
	// Alerts are those that were stored.
	Alerts []*events.Alert
	// Repeats is the number of claims that changed nothing.
	Repeats int
	// Conflicts is how often another worker came first.
	Conflicts int
}

// Service turns annotations into alerts. It is safe for concurrent use.
type Service struct {
	log     Log
	options Options
	mu      sync.Mutex // guards the finding and making of books
	books   *lru.Cache[string, *book]
}

// book is what is known of one kind and party. Its lock keeps the workers of one process
// from racing each other; those of others are held off by the log.
type book struct {
	sync.Mutex
	kind    events.Kind
	party   string
	read    bool
	threads ledger.Threads
}

// New makes a service over a log.
func New(log Log, options Options) *Service {
	if options.Parties <= 0 {
		options.Parties = defaultParties
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Pause == nil {
		options.Pause = pause
	}
	books, err := lru.New[string, *book](options.Parties)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	return &Service{log: log, options: options, books: books}
}

// Handle stores the alerts that follow from an annotation.
func (s *Service) Handle(ctx context.Context, a *events.Annotation) (Result, error) {
	var result Result
	for _, claim := range ledger.Claims(a, s.options.MinConfidence) {
		if err := s.settle(ctx, claim, &result); err != nil {
			return result, err
		}
	}
	return result, nil
}

// settle brings one claim into the ledger.
func (s *Service) settle(ctx context.Context, claim ledger.Claim, result *Result) error {
	b := s.book(claim.Kind, claim.Party.ID)
	b.Lock()
	defer b.Unlock()
	if !b.read {
		if err := s.refresh(ctx, b); err != nil {
			return err
		}
		b.read = true
	}
	for round := range maxRounds {
		alert := b.threads.Decide(claim)
		if alert == nil {
			result.Repeats++
			return nil
		}
		alert.Alerted = s.options.Now().UTC()
		place, err := s.log.Append(ctx, alert, b.threads.Place())
		if err == nil {
			b.threads.Apply(alert, place)
			result.Alerts = append(result.Alerts, alert)
			return nil
		}
		if !errors.Is(err, ErrConflict) {
			// It may be stored or not: read again before the next decision.
			b.read = false
			return fmt.Errorf("store alert %s: %w", alert.ID, err)
		}
		result.Conflicts++
		if err := s.catchUp(ctx, b, round); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s of %s: other workers came first %d times", claim.Kind, claim.Party.ID, maxRounds)
}

// catchUp reads what other workers stored. A replica that lags behind may not show it
// yet: then it waits a little, so as not to ask in vain.
func (s *Service) catchUp(ctx context.Context, b *book, round int) error {
	before := b.threads.Place()
	if err := s.refresh(ctx, b); err != nil {
		return err
	}
	if b.threads.Place() == before {
		wait := min(pauseBase<<min(round, 10), pauseMax)
		s.options.Pause(ctx, wait/2+rand.N(wait))
	}
	return ctx.Err()
}

func (s *Service) refresh(ctx context.Context, b *book) error {
	entries, err := s.log.After(ctx, b.kind, b.party, b.threads.Place())
	if err != nil {
		return fmt.Errorf("read alerts of %s %s: %w", b.party, b.kind, err)
	}
	for _, e := range entries {
		b.threads.Apply(e.Alert, e.Place)
	}
	return nil
}

// book gives the book of a kind and party, which may be new and unread.
func (s *Service) book(kind events.Kind, party string) *book {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := string(kind) + "." + party
	b, ok := s.books.Get(name)
	if !ok {
		b = &book{kind: kind, party: party}
		s.books.Add(name, b)
	}
	return b
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
