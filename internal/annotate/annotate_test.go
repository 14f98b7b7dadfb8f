package annotate

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"readout/internal/language"
	"readout/pkg/events"
)

// finder is an annotator made of a function.
type finder func(*language.Document)

func (f finder) Annotate(d *language.Document) { f(d) }

func article(text string) *events.Article {
	return &events.Article{ArticleRef: events.ArticleRef{ID: "ar_1", Revision: 2, Language: "en"}, Text: events.Text(text)}
}

// reason gives the word for machines of a rejection, empty for any other error.
func reason(err error) string {
	if r := (*events.Rejection)(nil); errors.As(err, &r) {
		return r.Why
	}
	return ""
}

func TestAnnotate(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	whole := finder(func(d *language.Document) {
		var st events.Statement
		st.Span = d.Span(language.Range{End: len(d.Text)})
		d.Findings.Statements = append(d.Findings.Statements, st)
	})
	s := New(whole, "test-1", Options{Now: func() time.Time { return now }})
	got, err := s.Annotate(t.Context(), article("Zoë waits."))
	if err != nil {
		t.Fatal(err)
	}
	if got.Pipeline != "test-1" || !got.Annotated.Equal(now) || got.Article.ID != "ar_1" || got.Schema != events.Schema {
		t.Errorf("got %+v", got)
	}
	if span := got.Statements[0].Span; span.End != 10 || span.Text != "Zoë waits." {
		t.Errorf("got %+v", span)
	}
	again, _ := s.Annotate(t.Context(), article("Zoë waits."))
	other, _ := New(whole, "test-2", Options{}).Annotate(t.Context(), article("Zoë waits."))
	if again.ID != got.ID || other.ID == got.ID {
		t.Errorf("ids %s, again %s, of another pipeline %s", got.ID, again.ID, other.ID)
	}
}

func TestDate(t *testing.T) {
	early, late := time.Date(2020, 5, 1, 0, 0, 0, 0, time.UTC), time.Date(2021, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name                string
		published, modified *time.Time
		want                time.Time
	}{
		{"published", &early, &late, early},
		{"modified alone", nil, &late, late},
		{"not known", nil, nil, time.Time{}},
	} {
		var got time.Time
		a := article("A text.")
		a.Published, a.Modified = tt.published, tt.modified
		if _, err := New(finder(func(d *language.Document) { got = d.Published }), "test", Options{}).Annotate(t.Context(), a); err != nil || !got.Equal(tt.want) {
			t.Errorf("%s: got %s, %v", tt.name, got, err)
		}
	}
}

func TestNothingRuns(t *testing.T) {
	for _, pipeline := range []language.Annotator{language.Pipeline{}, language.Pipeline(nil)} {
		got, err := New(pipeline, "none", Options{}).Annotate(t.Context(), article("A text."))
		if err != nil {
			t.Fatal(err)
		}
		data, err := events.Encode(got)
		if err != nil || !strings.Contains(string(data), `"statements":[],"conditions":[],"denials":[],"sanctions":[],"casualties":[]`) {
			t.Errorf("got %s, %v", data, err)
		}
	}
}

func TestOtherLanguagesAreNotRead(t *testing.T) {
	for tag, read := range map[string]bool{"en": true, "en-GB": true, "de": false, "und": false, "": false, "enm": false} {
		ran := false
		a := article("Ein Text.")
		a.Language = tag
		got, err := New(finder(func(*language.Document) { ran = true }), "test", Options{}).Annotate(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if warned := len(got.Warnings) == 1 && got.Warnings[0] == WarningUnsupported; ran != read || warned == read {
			t.Errorf("%q: read %v, warnings %v", tag, ran, got.Warnings)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	var seen string
	s := New(finder(func(d *language.Document) { seen = d.Text }), "test", Options{MaxText: 100})
	for name, tt := range map[string]struct {
		text   string
		length int
		warned bool
	}{
		"short enough":         {strings.Repeat("é", 100), 100, false},
		"too long":             {strings.Repeat("é", 101), 100, true},
		"at the end of a line": {strings.Repeat("a", 95) + "\n" + strings.Repeat("b", 95), 95, true},
	} {
		_, warnings, err := s.Read(t.Context(), tt.text, time.Time{})
		if err != nil || utf8.RuneCountInString(seen) != tt.length || (len(warnings) == 1) != tt.warned {
			t.Errorf("%s: read %d, warnings %v, %v", name, utf8.RuneCountInString(seen), warnings, err)
		}
	}
}

func TestPanicRejectsTheArticle(t *testing.T) {
	s := New(finder(func(d *language.Document) { _ = d.Tokens[7] }), "test", Options{})
	_, err := s.Annotate(t.Context(), article("A text."))
	if reason(err) != ReasonPanic || !strings.Contains(err.Error(), "index out of range") || !strings.Contains(err.Error(), "TestPanicRejectsTheArticle") {
		t.Errorf("got %v", err)
	}
	if lines := strings.Count(err.Error(), "\n"); lines > frames+1 {
		t.Errorf("%d lines: %v", lines, err)
	}
}

// TestTimeout gives up a reading that notices, and leaves one behind that does not.
func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		polite := finder(func(d *language.Document) {
			for !d.Cancelled() {
				time.Sleep(time.Millisecond)
			}
		})
		s := New(language.Pipeline{polite, finder(func(*language.Document) { t.Error("the next annotator ran") })}, "test", Options{Limit: time.Second})
		if _, err := s.Annotate(t.Context(), article("A text.")); reason(err) != ReasonTimeout || s.Abandoned() != 0 {
			t.Errorf("got %v, %d abandoned", err, s.Abandoned())
		}
		held := make(chan struct{})
		s = New(finder(func(*language.Document) { <-held }), "test", Options{Limit: time.Second})
		if _, err := s.Annotate(t.Context(), article("A text.")); reason(err) != ReasonTimeout || s.Abandoned() != 1 {
			t.Errorf("got %v, %d abandoned", err, s.Abandoned())
		}
		close(held)
		synctest.Wait()
		if s.Abandoned() != 0 {
			t.Errorf("%d abandoned after the end", s.Abandoned())
		}
	})
}

func TestEndedContextIsNoRejection(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := New(finder(func(*language.Document) {
		cancel()
		<-ctx.Done()
	}), "test", Options{})
	if _, err := s.Annotate(ctx, article("A text.")); !errors.Is(err, context.Canceled) || reason(err) != "" {
		t.Errorf("got %v: a stopped program tries the article again", err)
	}
}
