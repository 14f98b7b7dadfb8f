package app

import (
	"context"
	"errors"

	"readout/internal/annotate"
	"readout/internal/bus"
	"readout/internal/ingest"
	"readout/internal/notify"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// Replayed counts what a replay did.
type Replayed struct {
	Submissions int `json:"submissions"`
	// Articles, Annotations and Alerts are those that were missing.
	Articles    int `json:"articles"`
	Annotations int `json:"annotations"`
	Alerts      int `json:"alerts"`
	// Refused is the number of submissions that cannot be handled.
	Refused int `json:"refused"`
}

// Replay takes stored submissions through all stages again, one after the other, up to a
// sequence number (0: the newest). Ids and conditional writes are those of the line
// itself, so it may run beside it.
func Replay(ctx context.Context, conn *bus.Conn, cfg Config, from bus.Start, to uint64, progress func(Replayed)) (Replayed, error) {
	reader, err := english.Open(cfg.Actors)
	if err != nil {
		return Replayed{}, err
	}
	r := &replayer{
		archive: archive{conn}, ingest: ingest.New(archive{conn}), bus: conn,
		annotate: annotate.New(faults(reader.Pipeline()), reader.Version(), annotate.Options{}),
		notify:   notify.New(alertLog{conn}, notify.Options{MinConfidence: cfg.Threshold}),
	}
	err = conn.ScanFrom(ctx, events.StreamSubmissions, from, nil, func(m bus.Record) error {
		if to > 0 && m.Sequence > to {
			return errReplayed
		}
		err := r.submission(ctx, m)
		if rejection := new(events.Rejection); errors.As(err, &rejection) {
			r.done.Refused++
			err = nil
		}
		r.done.Submissions++
		progress(r.done)
		return err
	})
	if errors.Is(err, errReplayed) {
		err = nil
	}
	return r.done, err
}

// errReplayed ends a replay that has come to its last submission.
var errReplayed = errors.New("the last submission is replayed")

type replayer struct {
	archive  archive
	ingest   *ingest.Service
	annotate *annotate.Service
	notify   *notify.Service
	bus      *bus.Conn
	done     Replayed
}

func (r *replayer) submission(ctx context.Context, m bus.Record) error {
	article, err := r.article(ctx, m)
	if err != nil {
		return err
	}
	annotation, err := r.annotate.Annotate(ctx, article)
	if err != nil {
		return err
	}
	added, err := storeAnnotation(ctx, r.bus, annotation)
	if err != nil {
		return err
	}
	if added {
		r.done.Annotations++
	}
	result, err := r.notify.Handle(ctx, annotation)
	r.done.Alerts += len(result.Alerts)
	return err
}

// article gives the stored revision that a submission made, storing it if it is missing.
func (r *replayer) article(ctx context.Context, m bus.Record) (*events.Article, error) {
	source, err := events.SourceOf(m.Subject)
	if err != nil {
		return nil, events.Reject("bad_subject", err)
	}
	result, err := r.ingest.Handle(ctx, ingest.Delivery{Source: source, Data: m.Data, Sequence: m.Sequence, Received: m.Stored,
		Trace: events.ChildTrace(m.Headers.Get(events.HeaderTrace))})
	if err != nil {
		return nil, err
	}
	r.done.Articles += result.Stored()
	if result.Article.BodyHash == result.BodyHash {
		return result.Article, nil
	}
	earlier, err := r.archive.Revision(ctx, result.Article.ID, result.BodyHash)
	if earlier == nil && err == nil {
		earlier = result.Article // the limits of the stream took it: the newest stands for it
	}
	return earlier, err
}
