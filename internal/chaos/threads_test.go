package chaos

import (
	"testing"

	"readout/internal/app"
	"readout/internal/ledger"
	"readout/pkg/events"
)

// threads judges the alerts as a ledger: read from the start, each must be what its
// article changes in the threads as they were before it, and at the end no finding may be
// left that would change anything. So a thread that two workers opened under two wordings
// shows, and so does an alert that is missing.
func (v *verdict) threads(t *testing.T) {
	t.Helper()
	threshold := app.Defaults().Threshold
	books := map[string]*ledger.Threads{}
	book := func(kind events.Kind, party string) *ledger.Threads {
		key := string(kind) + " " + party
		if books[key] == nil {
			books[key] = &ledger.Threads{}
		}
		return books[key]
	}
	seen := map[string]bool{}
	for i, a := range v.alerts {
		if seen[a.ID] {
			t.Errorf("alert %s is stored twice: %s", a.ID, a.Title)
		}
		seen[a.ID] = true
		b := book(a.Kind, a.Party.ID)
		if !follows(b, v.annotations[revisionKey(a.Article)], a, threshold) {
			t.Errorf("alert %d says what was known: %s", i+1, a.Title)
		}
		b.Apply(a, uint64(i+1))
	}
	claims := 0
	for _, annotation := range v.annotations {
		for _, c := range ledger.Claims(annotation, threshold) {
			claims++
			if a := book(c.Kind, c.Party.ID).Decide(c); a != nil {
				t.Errorf("an alert is missing: %s", a.Title)
			}
		}
	}
	if len(v.alerts) < len(parties) || claims <= len(v.alerts) {
		t.Errorf("%d claims made %d alerts: too few to prove anything", claims, len(v.alerts))
	}
}

// follows says whether an alert is what a claim of its article makes of some threads.
func follows(b *ledger.Threads, annotation *events.Annotation, alert *events.Alert, threshold float64) bool {
	if annotation == nil {
		return false
	}
	for _, c := range ledger.Claims(annotation, threshold) {
		if c.Kind != alert.Kind || c.Party.ID != alert.Party.ID {
			continue
		}
		if a := b.Decide(c); a != nil && a.ID == alert.ID {
			return true
		}
	}
	return false
}
