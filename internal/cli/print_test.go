package cli

import (
	"bufio"
	"strings"
	"testing"
	"time"

	"readout/internal/bus"
	"readout/pkg/events"
)

func TestParseStart(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for s, want := range map[string]bus.Start{
		"":                     {},
		"all":                  {},
		"0":                    {Sequence: 1},
		"120000":               {Sequence: 120000},
		"2h":                   {Time: now.Add(-2 * time.Hour)},
		"2026-03-01T09:00:00Z": {Time: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)},
		"2026-03-01":           {Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.Local)},
	} {
		if got, err := parseStart(s, now); err != nil || got.Sequence != want.Sequence || !got.Time.Equal(want.Time) {
			t.Errorf("%q: %+v, %v; want %+v", s, got, err, want)
		}
	}
	for _, s := range []string{"-2h", "tomorrow", "2026-13-01", "1.5"} {
		if got, err := parseStart(s, now); err == nil {
			t.Errorf("%q is taken for %+v", s, got)
		}
	}
}

func TestGuess(t *testing.T) {
	for in, want := range map[string]string{
		"The harbour closes.\n":              "text",
		"":                                   "text",
		"{\"text\":\"a\"}":                   "jsonl",
		"{\"text\":\"a\"}\n{\"text\":\"b\"}": "jsonl",
		"{\n  \"text\": \"a\"\n}\n":          "json",
		"\ufeff {\"text\":\"a\"}\n":          "jsonl",
	} {
		if got := guess(bufio.NewReader(strings.NewReader(in))); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestTitleOf(t *testing.T) {
	for text, want := range map[string]string{
		"Harbour closes\n\nIt is late.":    "Harbour closes",
		"Harbour closes\nIt is late.":      "",
		"It is late.":                      "",
		"\n\nHarbour closes\n \nIt is so.": "Harbour closes",
	} {
		if got := titleOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestHostileWordsStayWords prints an alert whose words try to clear the screen, to write
// backwards, and to break out of their line.
func TestHostileWordsStayWords(t *testing.T) {
	evil := "\x1b[2J\x1b]0;owned\x07wor\u202eds\nanother\tline\u200b\x00"
	a := &events.Alert{Kind: events.KindDenial, Title: "[NEW] " + evil, Quote: events.Span{Text: evil}, Thread: "th_1", Confidence: 0.5,
		Alerted: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC),
		Article: events.ArticleRef{Publisher: evil, URL: "https://a.example/" + evil},
		Denial:  &events.Denial{Denier: events.Actor{Name: evil, Role: "minister"}},
		Change:  &events.Change{PreviousQuote: evil}}
	view := (&printer{}).view(a)
	for _, c := range []string{"\x1b", "\x07", "\x00", "\u202e", "\u200b"} {
		if strings.Contains(view, c) {
			t.Errorf("%q reaches the terminal: %q", c, view)
		}
	}
	if n := strings.Count(view, "\n"); n != 6 {
		t.Errorf("%d lines, want 6: %q", n, view)
	}
	if plain := (&printer{}).view(a); strings.Contains(plain, bold) {
		t.Error("colours without a terminal")
	}
	if coloured := (&printer{colour: true}).view(a); !strings.HasPrefix(coloured, bold) {
		t.Error("no colours on a terminal")
	}
}
