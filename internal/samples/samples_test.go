package samples

import (
	"testing"
	"time"

	"readout/internal/ingest"
)

func TestSamplesAreAccepted(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 6 {
		t.Fatalf("%d samples", len(all))
	}
	ids := map[string]int{}
	for i, s := range all {
		a, err := ingest.Check(s.Data, s.Source, time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Errorf("sample %d: %v", i+1, err)
			continue
		}
		if a.Language != "en" || a.Title == "" || a.URL == "" {
			t.Errorf("sample %d: %+v", i+1, a.ArticleRef)
		}
		ids[a.ID]++
	}
	if len(ids) != len(all)-1 {
		t.Errorf("%d articles in %d samples, want one that is revised", len(ids), len(all))
	}
}
