package schema

import (
	"strconv"

	"readout/pkg/events"
)

// claim is what subject and headers say about an event that the event says too.
type claim struct {
	subject string
	// id and about are the attributes id and subject of CloudEvents.
	id, about string
	// trace is a traceparent, empty where the event holds none.
	trace string
}

// claims gives what stands in an event that Readout made.
func claims(kind string, data []byte) (claim, error) {
	switch kind {
	case "article":
		return of(data, func(a *events.Article) claim {
			id := a.ID + "." + strconv.FormatUint(a.Submission, 10)
			return claim{events.ArticleSubject(a.ID, a.Source), id, a.ID, a.Trace}
		})
	case "annotation":
		return of(data, func(a *events.Annotation) claim {
			subject := events.AnnotationSubject(a.Article.ID, a.Article.Source, a.Article.Revision, a.Pipeline)
			return claim{subject, a.ID, a.Article.ID, a.Article.Trace}
		})
	case "alert":
		return of(data, func(a *events.Alert) claim {
			subject := events.AlertSubject(a.Kind, a.State, a.Party.ID, a.Thread)
			return claim{subject, a.ID, a.Thread, a.Article.Trace}
		})
	default:
		return of(data, func(l *events.DeadLetter) claim {
			subject := events.DeadSubject(l.Stage, l.Reason, l.ID)
			return claim{subject, l.ID, l.ID, l.Headers[events.HeaderTrace]}
		})
	}
}

// of reads an event and asks it.
func of[T events.Article | events.Annotation | events.Alert | events.DeadLetter](data []byte, ask func(*T) claim) (claim, error) {
	event, err := events.Decode[T](data)
	if err != nil {
		return claim{}, err
	}
	return ask(event), nil
}
