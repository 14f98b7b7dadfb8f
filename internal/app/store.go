package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"readout/internal/bus"
	"readout/internal/ingest"
	"readout/internal/notify"
	"readout/pkg/events"
)

// buffers hold what is being published.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// release gives a buffer back once the server has answered. Without an answer the client
// may still send the message again, and nobody else may write to it.
func release(buffer *[]byte, err error) {
	if err == nil || errors.Is(err, bus.ErrConflict) {
		buffers.Put(buffer)
	}
}

// archive is the stream of articles, as ingest sees it.
type archive struct{ bus *bus.Conn }

// Latest gives the newest stored revision of an article and its place.
func (a archive) Latest(ctx context.Context, article string) (*events.Article, uint64, error) {
	last, err := a.bus.Last(ctx, events.StreamArticles, events.ArticleRevisions(article))
	if errors.Is(err, bus.ErrNotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	stored, err := events.Decode[events.Article](last.Data)
	return stored, last.Sequence, err
}

// Append stores a revision, if expected is still the place of the one before. A new
// article carries its words as the id of the message: when another has just brought the
// same ones, the server stores nothing and says where that is.
func (a archive) Append(ctx context.Context, article *events.Article, expected uint64) (string, error) {
	words := ""
	if expected == 0 && article.CopyOf == "" {
		words = article.BodyHash
	}
	stored, err := a.append(ctx, article, expected, words)
	if err != nil || !stored.Duplicate {
		return "", conflict(err, ingest.ErrConflict)
	}
	first, err := a.bus.At(ctx, events.StreamArticles, stored.Sequence)
	if errors.Is(err, bus.ErrNotFound) {
		_, err = a.append(ctx, article, expected, "")
		return "", conflict(err, ingest.ErrConflict)
	}
	if err != nil {
		return "", err
	}
	original, err := events.Decode[events.Article](first.Data)
	if err == nil && original.ID == article.ID {
		err = ingest.ErrConflict // it is this very article, stored by an attempt before
	}
	if err != nil {
		return "", err
	}
	return original.ID, nil
}

func (a archive) append(ctx context.Context, article *events.Article, expected uint64, id string) (bus.Stored, error) {
	buffer := buffers.Get().(*[]byte)
	data, err := events.Append((*buffer)[:0], article)
	if err != nil {
		return bus.Stored{}, err
	}
	*buffer = data
	envelope := events.Envelope{ID: article.ID + "." + strconv.FormatUint(article.Submission, 10), Type: events.TypeArticle,
		Source: "/readout/" + durableIngest, Subject: article.ID, Time: article.Received, Trace: article.Trace}
	stored, err := a.bus.Publish(ctx, bus.Message{Subject: events.ArticleSubject(article.ID, article.Source), ID: id,
		Headers: envelope.Headers(), Data: data,
		Expect: &bus.Expectation{Filter: events.ArticleRevisions(article.ID), Sequence: expected}})
	release(buffer, err)
	return stored, err
}

// Revision gives the stored revision of an article that has some words; nil for none.
func (a archive) Revision(ctx context.Context, article, bodyHash string) (*events.Article, error) {
	records, err := a.bus.After(ctx, events.StreamArticles, events.ArticleRevisions(article), 0)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		if stored, err := events.Decode[events.Article](r.Data); err != nil || stored.BodyHash == bodyHash {
			return stored, err
		}
	}
	return nil, nil
}

// storeAnnotation stores the findings of one pipeline in one revision, and says whether
// they were not there before.
func storeAnnotation(ctx context.Context, conn *bus.Conn, a *events.Annotation) (bool, error) {
	buffer := buffers.Get().(*[]byte)
	data, err := events.Append((*buffer)[:0], a)
	if err != nil {
		return false, err
	}
	*buffer = data
	subject := events.AnnotationSubject(a.Article.ID, a.Article.Source, a.Article.Revision, a.Pipeline)
	envelope := events.Envelope{ID: a.ID, Type: events.TypeAnnotation, Source: "/readout/" + durableAnnotate,
		Subject: a.Article.ID, Time: a.Annotated, Trace: events.ChildTrace(a.Article.Trace)}
	_, err = conn.Publish(ctx, bus.Message{Subject: subject, Headers: envelope.Headers(), Data: data,
		Expect: &bus.Expectation{Filter: subject}})
	release(buffer, err)
	if errors.Is(err, bus.ErrConflict) {
		return false, nil // an earlier attempt stored it and died before it could say so
	}
	return err == nil, err
}

// alertLog is the stream of alerts, as notify sees it: the ledger of what was said.
type alertLog struct{ bus *bus.Conn }

// After gives the alerts of a kind and party stored after a place.
func (l alertLog) After(ctx context.Context, kind events.Kind, party string, place uint64) ([]notify.Entry, error) {
	records, err := l.bus.After(ctx, events.StreamAlerts, events.AlertFilter(kind, "", party), place)
	if err != nil {
		return nil, err
	}
	entries := make([]notify.Entry, len(records))
	for i, r := range records {
		alert, err := events.Decode[events.Alert](r.Data)
		if err != nil {
			return nil, fmt.Errorf("read alert %d: %w", r.Sequence, err)
		}
		entries[i] = notify.Entry{Alert: alert, Place: r.Sequence}
	}
	return entries, nil
}

// Append stores an alert, if expected is still the last place of its kind and party.
func (l alertLog) Append(ctx context.Context, alert *events.Alert, expected uint64) (uint64, error) {
	data, err := events.Encode(alert)
	if err != nil {
		return 0, err
	}
	envelope := events.Envelope{ID: alert.ID, Type: events.TypeAlert, Source: "/readout/" + durableNotify,
		Subject: alert.Thread, Time: alert.Alerted, Trace: events.ChildTrace(alert.Article.Trace)}
	stored, err := l.bus.Publish(ctx, bus.Message{Subject: events.AlertSubject(alert.Kind, alert.State, alert.Party.ID, alert.Thread),
		ID: alert.ID, Headers: envelope.Headers(), Data: data,
		Expect: &bus.Expectation{Filter: events.AlertFilter(alert.Kind, "", alert.Party.ID), Sequence: expected}})
	if err == nil && stored.Duplicate {
		err = bus.ErrConflict // known by its id a moment ago: look what became of it
	}
	return stored.Sequence, conflict(err, notify.ErrConflict)
}

// conflict turns the bus's word for a lost race into the service's own.
func conflict(err, own error) error {
	if errors.Is(err, bus.ErrConflict) {
		return own
	}
	return err
}

// hanging is the error that ends an annotator.
func hanging(n int) error {
	return fmt.Errorf("%d articles hang in a finder: ending, so that a fresh process takes over", n)
}
