package app_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"readout/internal/bus"
	"readout/internal/schema"
	"readout/pkg/events"
)

// streams are those that hold what the documents describe.
var streams = []string{events.StreamSubmissions, events.StreamArticles, events.StreamAnnotations, events.StreamAlerts, events.StreamDead}

// spread is an article over many lines, with fields of its own that no newsroom else has.
const spread = `{
  "publisher": "Hill Wire", "title": "Terms for the pass", "language": "en",
  "desk_ref": {
    "id": 78, "tags": ["pass", "\"snow\""]
  },
  "Text": "not the text", "re\u0061ch": 1.50, "": null,
  "text": "“Varland will not open the pass unless Ostreya returns the guns 🛡️,” said the Café envoy of Varland.\n\nOstreya's army denied the loss of the pass.\n\nMore than 30 civilians were wounded in the pass, Ostreya said."
}`

// TestLineKeepsToItsDocuments holds every message of every stream to the JSON Schemas and
// the AsyncAPI document: subject, headers, data, and that the three agree.
func TestLineKeepsToItsDocuments(t *testing.T) {
	l := start(t, newServer(t))
	trace := events.NewTrace()
	good := []string{border, spread,
		strings.Replace(border, "the army said.", "the army said.\\n\\nReen added: \\\"Varland will leave the talks unless the prisoners return.\\\"", 1), // a revision
		`{"id":"border-2","publisher":"Second Wire","language":"en","title":"Toll rises","text":"At least 20 soldiers were killed, Ostreya's army said."}`,
		strings.Replace(border, "border-1", "copy-1", 1)}
	l.submit(trace, good...)
	l.submit(trace, `not JSON`, ``, "\xff", strings.Repeat("[", 400_000), `{"title":"no text"}`)
	counts := map[string]int{}
	for _, stream := range streams {
		for _, r := range l.stored(stream, ">") {
			counts[stream]++
			bad := stream == events.StreamSubmissions && r.Sequence > uint64(len(good))
			if err := schema.CheckMessage(r.Subject, r.Headers.Firsts(), r.Data); (err != nil) != bad {
				t.Errorf("%s %d: want an error %t, got %v", stream, r.Sequence, bad, err)
			}
			if got := r.Headers.Get(events.HeaderTrace); got[:35] != trace[:35] {
				t.Errorf("%s %d: trace %s, want that of the submission, %s", stream, r.Sequence, got, trace)
			}
			if stream != events.StreamSubmissions && bytes.ContainsAny(r.Data, "\r\n") {
				t.Errorf("%s %d: on several lines", stream, r.Sequence)
			}
		}
	}
	if counts[events.StreamArticles] != len(good) || counts[events.StreamAnnotations] != len(good) || counts[events.StreamDead] != 5 || counts[events.StreamAlerts] < 7 {
		t.Errorf("counts %v", counts)
	}
	l.checkAlerts()
	l.checkSpans()
}

// checkAlerts wants an alert of every kind, and the publishers' own fields in it.
func (l *line) checkAlerts() {
	l.Helper()
	kinds, publishers := map[events.Kind]int{}, map[string]int{}
	for _, r := range l.stored(events.StreamAlerts, events.AllAlerts) {
		a := decoded[events.Alert](l, r)
		kinds[a.Kind]++
		publishers[a.Article.Publisher]++
		want := map[string]string{
			"Border Wire": `{"desk_ref":{"id":77}}`,
			"Hill Wire":   `{"":null,"Text":"not the text","desk_ref":{"id":78,"tags":["pass","\"snow\""]},"reach":1.50}`,
			"Second Wire": `null`,
		}
		extra, err := json.Marshal(a.Article.Extra)
		if err != nil || string(extra) != want[a.Article.Publisher] {
			l.Errorf("alert of %s: the publisher's own fields arrive as %s, %v", a.Article.Publisher, extra, err)
		}
	}
	for _, k := range events.Kinds() {
		if kinds[k] == 0 {
			l.Errorf("no alert on a %s: %v", k, kinds)
		}
	}
	if len(publishers) != 3 {
		l.Errorf("alerts of %v, want some of each of three publishers", publishers)
	}
}

// checkSpans wants at every span of every finding the words that stand in the article.
func (l *line) checkSpans() {
	l.Helper()
	texts, spans := map[string][]rune{}, 0
	key := func(a events.ArticleRef) string { return a.ID + a.BodyHash }
	for _, r := range l.stored(events.StreamArticles, events.AllArticles) {
		a := decoded[events.Article](l, r)
		texts[key(a.ArticleRef)] = []rune(a.Text)
	}
	for _, r := range l.stored(events.StreamAnnotations, events.AllAnnotations) {
		text := texts[key(decoded[events.Annotation](l, r).Article)]
		var value any
		if err := json.Unmarshal(r.Data, &value); err != nil {
			l.Fatal(err)
		}
		walkSpans(value, func(s events.Span) {
			if spans++; s.Start < 0 || s.End > len(text) || s.Start > s.End || string(text[s.Start:s.End]) != s.Text {
				l.Errorf("%d to %d is not %q", s.Start, s.End, s.Text)
			}
		})
	}
	if spans < 30 {
		l.Errorf("only %d spans", spans)
	}
}

// walkSpans visits whatever has the form of a span.
func walkSpans(v any, visit func(events.Span)) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			walkSpans(item, visit)
		}
	case map[string]any:
		if start, ok := v["start"].(float64); ok {
			visit(events.Span{Start: int(start), End: int(v["end"].(float64)), Text: v["text"].(string)})
		}
		for _, field := range v {
			walkSpans(field, visit)
		}
	}
}

func decoded[T events.Article | events.Annotation | events.Alert | events.DeadLetter](l *line, r bus.Record) *T {
	l.Helper()
	event, err := events.Decode[T](r.Data)
	if err != nil {
		l.Fatal(err)
	}
	return event
}
