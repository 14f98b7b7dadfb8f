package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"readout/pkg/events"
)

// ErrConflict is what an Archive answers when another worker was first.
var ErrConflict = errors.New("another worker stored a revision first")

// Archive is where articles are kept.
type Archive interface {
	// Latest gives the revision of an article stored last, and its place; nil and 0
	// when there is none.
	Latest(ctx context.Context, article string) (*events.Article, uint64, error)
	// Append stores a revision if expected is still the place of the last one, 0 for
	// none; ErrConflict otherwise. When another article has just brought the same words,
	// and CopyOf does not say so, it stores nothing and gives the id of that article.
	Append(ctx context.Context, article *events.Article, expected uint64) (original string, err error)
}

// Delivery is one submission as it arrived.
type Delivery struct {
	// Source is the token of the subject it came on.
	Source string
	Data   []byte
	// Sequence is its place among the submissions.
	Sequence uint64
	Received time.Time
	// Trace is the traceparent of this step.
	Trace string
}

// Outcome is what a submission turned out to be.
type Outcome string

// The outcomes.
const (
	OutcomeNew       Outcome = "new"
	OutcomeRevision  Outcome = "revision"
	OutcomeLate      Outcome = "late_revision"
	OutcomeDuplicate Outcome = "duplicate"
)

// Result is what became of a submission.
type Result struct {
	Outcome Outcome
	// Article is what was stored; of a duplicate, the revision stored last.
	Article *events.Article
	// BodyHash identifies the words of the submission.
	BodyHash string
}

// Stored gives the number of events that were stored.
func (r Result) Stored() int {
	if r.Outcome == OutcomeDuplicate {
		return 0
	}
	return 1
}

// Service takes submissions in.
type Service struct{ archive Archive }

// New makes a service over an archive.
func New(archive Archive) *Service { return &Service{archive} }

// maxRounds is how often a revision is placed anew when other workers come first.
const maxRounds = 10

// Handle stores the article that a submission makes, unless it is known.
func (s *Service) Handle(ctx context.Context, d Delivery) (Result, error) {
	a, err := Check(d.Data, d.Source, d.Received)
	if err != nil {
		return Result{}, err
	}
	a.Submission, a.Trace, a.Revision = d.Sequence, d.Trace, 1
	// Most articles are new: store it as such, and look only if that fails.
	if err = s.append(ctx, a, 0); err == nil {
		return Result{OutcomeNew, a, a.BodyHash}, nil
	}
	for range maxRounds {
		if !errors.Is(err, ErrConflict) {
			return Result{}, fmt.Errorf("store article %s: %w", a.ID, err)
		}
		var result Result
		if result, err = s.revise(ctx, a); err == nil || !errors.Is(err, ErrConflict) {
			return result, err
		}
	}
	return Result{}, fmt.Errorf("store article %s: %w, %d times", a.ID, err, maxRounds)
}

// revise stores an article behind the revisions that are there already.
func (s *Service) revise(ctx context.Context, a *events.Article) (Result, error) {
	last, place, err := s.archive.Latest(ctx, a.ID)
	if err != nil {
		return Result{}, fmt.Errorf("read revisions of %s: %w", a.ID, err)
	}
	if last == nil {
		// A replica that lags behind: what refused the write is not there to be read yet.
		return Result{}, ErrConflict
	}
	if known(last, a) {
		return Result{OutcomeDuplicate, last, a.BodyHash}, nil
	}
	newest := newestOf(last)
	a.Late = a.Submission < newest.Submission
	if !a.Late && a.Modified != nil && newest.Modified != nil && a.Modified.Before(*newest.Modified) {
		return Result{}, events.Reject(ReasonStale, fmt.Errorf("this revision of %s was modified at %s, the stored one at %s: a newer one is there already",
			a.ID, a.Modified.Format(time.RFC3339), newest.Modified.Format(time.RFC3339)))
	}
	a.Revision = last.Revision + 1
	a.History = append(slices.Clone(last.History), line(last))
	if extra := len(a.History) - events.MaxHistory; extra > 0 {
		a.History = a.History[extra:]
	}
	if err := s.append(ctx, a, place); err != nil {
		return Result{}, err
	}
	if a.Late {
		return Result{OutcomeLate, a, a.BodyHash}, nil
	}
	return Result{OutcomeRevision, a, a.BodyHash}, nil
}

// append stores an article, as a copy if it is one.
func (s *Service) append(ctx context.Context, a *events.Article, expected uint64) error {
	original, err := s.archive.Append(ctx, a, expected)
	if err != nil || original == "" {
		return err
	}
	a.CopyOf = original
	_, err = s.archive.Append(ctx, a, expected)
	return err
}

// known says whether the words of a stand in the last revision or in one before it.
func known(last, a *events.Article) bool {
	return last.BodyHash == a.BodyHash ||
		slices.ContainsFunc(last.History, func(r events.Revision) bool { return r.BodyHash == a.BodyHash })
}

// newestOf gives the revision that was submitted last; a late one may stand behind it.
func newestOf(last *events.Article) events.Revision {
	return slices.MaxFunc(append(slices.Clone(last.History), line(last)), func(a, b events.Revision) int {
		return int(int64(a.Submission) - int64(b.Submission))
	})
}

func line(a *events.Article) events.Revision {
	return events.Revision{Revision: a.Revision, BodyHash: a.BodyHash, Modified: a.Modified, Submission: a.Submission}
}
