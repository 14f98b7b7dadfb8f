package app

import (
	"context"
	"time"

	"go.uber.org/zap"

	"readout/internal/annotate"
	"readout/internal/bus"
	"readout/internal/ingest"
	"readout/internal/language"
	"readout/internal/notify"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// Ingester takes submissions in and stores articles.
func Ingester() Stage {
	return Stage{Name: durableIngest, stream: events.StreamSubmissions, workers: 64, make: makeIngester}
}

func makeIngester(d deps) (bus.Handler, error) {
	service := ingest.New(archive{d.bus})
	log := d.log.With(zap.String("stage", durableIngest))
	return func(ctx context.Context, m *bus.Delivery) error {
		begin := time.Now()
		source, err := events.SourceOf(m.Subject)
		if err != nil {
			return events.Reject("bad_subject", err)
		}
		result, err := service.Handle(ctx, ingest.Delivery{Source: source, Data: m.Data, Sequence: m.Sequence,
			Received: m.Stored, Trace: events.ChildTrace(m.Headers.Get(events.HeaderTrace))})
		if err != nil {
			return err
		}
		d.metrics.finished(durableIngest, result.Stored(), m.Stored)
		log.Info("article", zap.String("article", result.Article.ID), zap.Int("revision", result.Article.Revision),
			zap.String("outcome", string(result.Outcome)), zap.String("source", source), zap.Uint64("sequence", m.Sequence),
			zap.Int("attempt", m.Attempt), zap.Duration("took", time.Since(begin)))
		return nil
	}, nil
}

// Annotator reads articles and stores what it finds.
func Annotator() Stage {
	return annotatorStage(func(cfg *Config) (language.Annotator, string, error) {
		reader, err := english.Open(cfg.Actors)
		return faults(reader.Pipeline()), reader.Version(), err
	})
}

// annotatorOf makes the stage with finders of one's own.
func annotatorOf(pipeline language.Annotator, version string) Stage {
	return annotatorStage(func(*Config) (language.Annotator, string, error) { return pipeline, version, nil })
}

func annotatorStage(finders func(*Config) (language.Annotator, string, error)) Stage {
	return Stage{Name: durableAnnotate, stream: events.StreamArticles, workers: 32, make: func(d deps) (bus.Handler, error) {
		pipeline, version, err := finders(&d.cfg)
		if err != nil {
			return nil, err
		}
		return makeAnnotator(d, annotate.New(pipeline, version, annotate.Options{Limit: d.cfg.Limit * 2 / 3}))
	}}
}

// maxHanging is how many articles may hang in a finder before the program ends itself:
// a fresh process is better than one whose cores are taken.
const maxHanging = 8

func makeAnnotator(d deps, service *annotate.Service) (bus.Handler, error) {
	log := d.log.With(zap.String("stage", durableAnnotate))
	return func(ctx context.Context, m *bus.Delivery) error {
		begin := time.Now()
		article, err := events.Decode[events.Article](m.Data)
		if err != nil {
			return events.Reject("bad_event", err)
		}
		annotation, err := service.Annotate(ctx, article)
		if n := service.Abandoned(); n >= maxHanging {
			d.fail(hanging(n))
		}
		if err != nil {
			return err
		}
		if _, err := storeAnnotation(ctx, d.bus, annotation); err != nil {
			return err
		}
		d.metrics.finished(durableAnnotate, 1, article.Received)
		log.Info("article", zap.String("article", article.ID), zap.Int("revision", article.Revision),
			zap.Int("statements", len(annotation.Statements)), zap.Int("conditions", len(annotation.Conditions)),
			zap.Int("denials", len(annotation.Denials)), zap.Int("sanctions", len(annotation.Sanctions)),
			zap.Int("casualties", len(annotation.Casualties)), zap.Int("attempt", m.Attempt), zap.Duration("took", time.Since(begin)))
		return nil
	}, nil
}

// Notifier compares what was found with what is known and stores alerts.
func Notifier() Stage {
	return Stage{Name: durableNotify, stream: events.StreamAnnotations, workers: 64, make: makeNotifier}
}

func makeNotifier(d deps) (bus.Handler, error) {
	service := notify.New(alertLog{d.bus}, notify.Options{MinConfidence: d.cfg.Threshold})
	log := d.log.With(zap.String("stage", durableNotify))
	return func(ctx context.Context, m *bus.Delivery) error {
		begin := time.Now()
		annotation, err := events.Decode[events.Annotation](m.Data)
		if err != nil {
			return events.Reject("bad_event", err)
		}
		result, err := service.Handle(ctx, annotation)
		if err != nil {
			return err
		}
		d.metrics.finished(durableNotify, len(result.Alerts), annotation.Article.Received)
		log.Info("article", zap.String("article", annotation.Article.ID), zap.Int("revision", annotation.Article.Revision),
			zap.Int("alerts", len(result.Alerts)), zap.Int("repeats", result.Repeats), zap.Int("conflicts", result.Conflicts),
			zap.Int("attempt", m.Attempt), zap.Duration("took", time.Since(begin)))
		return nil
	}, nil
}

// undertaker buries the messages that no worker could finish. It runs beside every
// stage, so that it is there whenever anything is.
var undertaker = Stage{Name: durableBury, stream: events.StreamAdvisories, workers: 1, make: func(d deps) (bus.Handler, error) {
	return d.bus.Undertaker(letters{maxPayload: d.bus.MaxPayload(), now: time.Now}.bury), nil
}}
