package chaos

import (
	"strings"
	"testing"

	"readout/internal/bus"
	"readout/pkg/events"
)

// verdict is what the streams hold after a run.
type verdict struct {
	articles    []*events.Article
	annotations map[string]*events.Annotation // by article id and revision
	dead        []*events.DeadLetter
	alerts      []*events.Alert
}

// judge reads every stream and says what is wrong with it.
func judge(t *testing.T, conn *bus.Conn, items []item) {
	t.Helper()
	v := &verdict{annotations: map[string]*events.Annotation{}}
	v.articles = read[events.Article](t, conn, events.StreamArticles, events.AllArticles)
	v.dead = read[events.DeadLetter](t, conn, events.StreamDead, events.AllDead)
	v.alerts = read[events.Alert](t, conn, events.StreamAlerts, events.AllAlerts)
	for _, a := range read[events.Annotation](t, conn, events.StreamAnnotations, events.AllAnnotations) {
		key := revisionKey(a.Article)
		if v.annotations[key] != nil {
			t.Errorf("%s is annotated twice", key)
		}
		v.annotations[key] = a
	}
	v.articlesOnce(t, items)
	v.deadArePoison(t, items)
	v.threads(t)
	t.Logf("%d items: %d articles stored, %d annotated, %d dead letters, %d alerts", len(items), len(v.articles), len(v.annotations), len(v.dead), len(v.alerts))
}

func revisionKey(a events.ArticleRef) string {
	return a.ID + " " + a.BodyHash
}

// read gives every event of a stream, in the order in which they were stored.
func read[T events.Article | events.Annotation | events.Alert | events.DeadLetter](t *testing.T, conn *bus.Conn, stream, subjects string) []*T {
	t.Helper()
	records, err := conn.After(t.Context(), stream, subjects, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []*T
	for _, r := range records {
		event, err := events.Decode[T](r.Data)
		if err != nil {
			t.Fatalf("%s %d: %v", stream, r.Sequence, err)
		}
		all = append(all, event)
	}
	return all
}

// articlesOnce wants every item that is no poison stored once, and annotated.
func (v *verdict) articlesOnce(t *testing.T, items []item) {
	t.Helper()
	stored := map[string]int{}
	var texts strings.Builder
	for _, a := range v.articles {
		key := revisionKey(a.ArticleRef)
		if stored[key]++; stored[key] > 1 {
			t.Errorf("article %s, revision %d is stored twice", a.ID, a.Revision)
		}
		texts.WriteString(string(a.Text))
		if poisoned := strings.Contains(string(a.Text), "FAULT-"); v.annotations[key] == nil && !poisoned {
			t.Errorf("article %s, revision %d is not annotated", a.ID, a.Revision)
		}
	}
	all := texts.String()
	for i, it := range items {
		if it.mark != "" && !it.poison && !strings.Contains(all, it.mark) {
			t.Errorf("item %d was accepted and is no article: %.120s", i, it.data)
		}
	}
}

// deadArePoison wants a dead letter for every poison item, and no other.
func (v *verdict) deadArePoison(t *testing.T, items []item) {
	t.Helper()
	var originals []string
	for _, d := range v.dead {
		original := string(d.Original)
		if !strings.Contains(original, "poison") {
			t.Errorf("a good article is a dead letter: %s: %s: %s", d.Stage, d.Reason, d.Error)
		}
		originals = append(originals, original)
	}
	for i, it := range items {
		if !it.poison {
			continue
		}
		n := 0
		for _, o := range originals {
			if strings.Contains(o, it.mark) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("poison item %d (%.60q) has %d dead letters, want 1", i, it.data, n)
		}
	}
}
