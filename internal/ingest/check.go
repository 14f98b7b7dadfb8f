package ingest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"readout/pkg/events"
)

// The reasons for which a submission is refused.
const (
	ReasonEmpty       = "empty"
	ReasonNotJSON     = "not_json"
	ReasonWrongSchema = "wrong_schema"
	ReasonTooLarge    = "too_large"
	ReasonTooDeep     = "too_deep"
	ReasonInvalidUTF8 = "invalid_utf8"
	ReasonSurrogate   = "lone_surrogate"
	ReasonNoText      = "no_text"
	ReasonControl     = "control_characters"
	ReasonLineTooLong = "line_too_long"
	ReasonBidi        = "bidi_controls"
	ReasonFutureDate  = "future_date"
	ReasonBadURL      = "bad_url"
	ReasonStale       = "stale_revision"
)

// maxAhead is how far ahead of its arrival an article may be dated: clocks and time
// zones differ.
const maxAhead = 24 * time.Hour

// inspection says which reason each error of events.Inspect stands for.
var inspection = []struct {
	err    error
	reason string
	advice string
}{
	{events.ErrEmpty, ReasonEmpty, "send a JSON object with at least \"text\""},
	{events.ErrTooLarge, ReasonTooLarge, "send the text alone, without pictures or markup"},
	{events.ErrTooDeep, ReasonTooDeep, "an article needs no nested data"},
	{events.ErrInvalidUTF8, ReasonInvalidUTF8, "convert the text to UTF-8 first"},
	{events.ErrSurrogate, ReasonSurrogate, "write the character itself, or both halves of the pair"},
	{events.ErrNotJSON, ReasonNotJSON, "send a JSON object with at least \"text\""},
}

// Check takes a submission apart and gives the article it makes, without a revision
// number: what needs no knowledge of other articles. Its errors are rejections.
func Check(data []byte, source string, received time.Time) (*events.Article, error) {
	fields, err := events.Inspect(data)
	if err != nil {
		return nil, refusal(err)
	}
	s, err := events.Decode[events.Submission](data)
	if errors.Is(err, events.ErrSchema) {
		return nil, events.Reject(ReasonWrongSchema, err)
	}
	if err != nil {
		return nil, events.Reject(ReasonNotJSON, err)
	}
	a := &events.Article{Schema: events.Schema}
	a.Source, a.Publisher, a.Received = events.Token(source), s.Publisher, received
	text, controls, err := cleanText(string(s.Text))
	if err != nil {
		return nil, err
	}
	if controls > 0 {
		a.Warnings = append(a.Warnings, fmt.Sprintf("%d control characters were left out of the text", controls))
	}
	a.Text = events.Text(text)
	if a.Title, err = cleanTitle(s.Title); err != nil {
		return nil, err
	}
	if a.URL, err = canonicalURL(s.URL, s.CanonicalURL); err != nil {
		return nil, events.Reject(ReasonBadURL, err)
	}
	if a.Published, err = date("published", s.Published, received); err != nil {
		return nil, err
	}
	if a.Modified, err = date("modified", s.Modified, received); err != nil {
		return nil, err
	}
	a.Language = languageOf(s.Language, text)
	a.BodyHash = bodyHash(a.Title, text)
	a.ID = identity(a, s.ID)
	a.Extra = extra(fields, a)
	return a, nil
}

func refusal(err error) error {
	for _, k := range inspection {
		if errors.Is(err, k.err) {
			return events.Reject(k.reason, fmt.Errorf("%w: %s", err, k.advice))
		}
	}
	return events.Reject(ReasonNotJSON, err)
}

// date gives a time of the submission, unless it lies in the future.
func date(name string, t *time.Time, received time.Time) (*time.Time, error) {
	if t == nil || t.IsZero() {
		return nil, nil
	}
	if t.After(received.Add(maxAhead)) {
		return nil, events.Reject(ReasonFutureDate, fmt.Errorf("%s is %s, which lies ahead of its arrival at %s: correct the date or leave it out",
			name, t.Format(time.RFC3339), received.Format(time.RFC3339)))
	}
	utc := t.UTC()
	return &utc, nil
}

// identity gives the id of an article: by the publisher's own, else by its address,
// else by its words.
func identity(a *events.Article, own string) string {
	switch {
	case strings.TrimSpace(own) != "":
		return events.ID("ar", "id", a.Source, strings.TrimSpace(own))
	case a.URL != "":
		return events.ID("ar", "url", a.URL)
	default:
		return events.ID("ar", "body", a.Source, a.BodyHash)
	}
}
