// Package annotate reads one article within bounds, whatever it contains. It is given the
// annotators to run and turns an Article into an Annotation.
//
// A text that is too long is read up to a limit; one that takes too long or makes an
// annotator panic is rejected, and harms nothing but itself.
package annotate

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"readout/internal/language"
	"readout/pkg/events"
)

// Options bound the reading; the zero value has defaults.
type Options struct {
	// MaxText is how much of a text is read, in code points.
	MaxText int
	// Limit is how long one article may take.
	Limit time.Duration
	// Now tells the time; time.Now if nil.
	Now func() time.Time
}

const (
	defaultMaxText = 200_000
	defaultLimit   = 10 * time.Second
)

// The reasons for which a reading is given up, and the warnings of one that is not whole.
const (
	ReasonPanic        = "panic"
	ReasonTimeout      = "timeout"
	WarningTruncated   = "text_truncated"
	WarningUnsupported = "language_unsupported"
)

// Service reads articles. It is safe for concurrent use if its annotators are.
type Service struct {
	pipeline  language.Annotator
	version   string
	options   Options
	abandoned atomic.Int64
}

// New makes a service that runs a pipeline; version names it in every annotation.
func New(pipeline language.Annotator, version string, o Options) *Service {
	if o.MaxText <= 0 {
		o.MaxText = defaultMaxText
	}
	if o.Limit <= 0 {
		o.Limit = defaultLimit
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Service{pipeline: pipeline, version: version, options: o}
}

// Abandoned gives the number of readings that were given up and run on all the same. They
// hold a core each: a program with too many of them does best to end.
func (s *Service) Abandoned() int { return int(s.abandoned.Load()) }

// Annotate reads one revision of an article.
func (s *Service) Annotate(ctx context.Context, a *events.Article) (*events.Annotation, error) {
	out := &events.Annotation{
		Schema: events.Schema, ID: events.ID("an", a.ID, fmt.Sprint(a.Revision), s.version),
		Article: a.ArticleRef, Pipeline: s.version, Findings: None(),
	}
	if base, _, _ := strings.Cut(a.Language, "-"); base != "en" {
		out.Warnings = []string{WarningUnsupported}
		out.Annotated = s.options.Now().UTC()
		return out, nil
	}
	var err error
	if out.Findings, out.Warnings, err = s.Read(ctx, string(a.Text), day(a)); err != nil {
		return nil, err
	}
	out.Annotated = s.options.Now().UTC()
	return out, nil
}

// day gives when an article was brought out, by which the holders of offices are known;
// zero where the article does not tell.
func day(a *events.Article) time.Time {
	switch {
	case a.Published != nil:
		return *a.Published
	case a.Modified != nil:
		return *a.Modified
	}
	return time.Time{}
}

// Read gives the findings of a text, whose spans point into exactly that text, and
// warnings. published is when it was brought out, zero where that is not known. Its error
// is a rejection, or that of the context.
func (s *Service) Read(ctx context.Context, text string, published time.Time) (events.Findings, []string, error) {
	text, warnings := s.bound(text)
	ctx, cancel := context.WithTimeoutCause(ctx, s.options.Limit, errTimeout)
	defer cancel()
	done := make(chan reading, 1)
	d := language.New(text, func() bool { return ctx.Err() != nil })
	d.Published = published
	go func() { done <- s.run(d) }()
	select {
	case r := <-done:
		if r.err == nil && ctx.Err() != nil {
			r.err = s.given(ctx)
		}
		return r.findings, warnings, r.err
	case <-ctx.Done():
	}
	// The annotators ask now and then whether to stop; one that does not is left behind.
	select {
	case <-done:
	case <-time.After(grace):
		s.abandoned.Add(1)
		go func() {
			<-done
			s.abandoned.Add(-1)
		}()
	}
	return None(), warnings, s.given(ctx)
}

// grace is how long an annotator may take to notice that it is to stop.
const grace = 200 * time.Millisecond

var errTimeout = errors.New("reading takes too long")

// given is the error of a reading that was given up.
func (s *Service) given(ctx context.Context) error {
	if cause := context.Cause(ctx); errors.Is(cause, errTimeout) {
		return events.Reject(ReasonTimeout, fmt.Errorf("%w: more than %s", cause, s.options.Limit))
	}
	return ctx.Err()
}

// reading is what comes out of a run of the pipeline.
type reading struct {
	findings events.Findings
	err      error
}

// run reads a document; a panic becomes an error.
func (s *Service) run(d *language.Document) (r reading) {
	defer func() {
		if p := recover(); p != nil {
			r = reading{None(), events.Reject(ReasonPanic, fmt.Errorf("a finder panicked: %v\n%s", p, trace()))}
		}
	}()
	d.Findings = None()
	s.pipeline.Annotate(d)
	return reading{findings: d.Findings}
}

// frames is how many calls of a panic are told.
const frames = 8

// trace tells the calls in our own rooms that led to a panic, the last one first: they
// name the finder.
func trace() string {
	callers := make([]uintptr, 64)
	calls := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	var out strings.Builder
	for told := 0; told < frames; {
		call, more := calls.Next()
		if strings.HasPrefix(call.Function, "readout/") {
			fmt.Fprintf(&out, "%s line %d\n", call.Function, call.Line)
			told++
		}
		if !more {
			break
		}
	}
	return out.String()
}

// None gives findings whose lists are empty and not missing.
func None() events.Findings {
	return events.Findings{Statements: []events.Statement{}, Conditions: []events.Condition{}, Denials: []events.Denial{},
		Sanctions: []events.Sanction{}, Casualties: []events.CasualtyFigure{}}
}

// bound cuts a text to the length that is read, at the end of a line if one is near.
func (s *Service) bound(text string) (string, []string) {
	if len(text) <= s.options.MaxText || utf8.RuneCountInString(text) <= s.options.MaxText {
		return text, nil
	}
	n := 0
	for at := range text {
		if n == s.options.MaxText {
			text = text[:at]
			break
		}
		n++
	}
	if i := strings.LastIndexByte(text, '\n'); i > len(text)*9/10 {
		text = text[:i]
	}
	return text, []string{WarningTruncated}
}
