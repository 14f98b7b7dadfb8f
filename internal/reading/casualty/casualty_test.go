package casualty_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"readout/internal/language"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// read gives the figures of a text, one a line: status, qualifier, value, bounds, people,
// side, source.
func read(text string) string {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	var lines []string
	for i := range d.Findings.Casualties {
		x := &d.Findings.Casualties[i]
		lines = append(lines, fmt.Sprintf("%s %s %s [%s-%s] %s of %s by %s", x.Status, x.Qualifier, number(x.Value), number(x.Low), number(x.High), x.Population, name(x.Side), name(x.Source)))
	}
	return strings.Join(lines, "\n")
}

func number(n *int64) string {
	if n == nil {
		return "?"
	}
	return strconv.FormatInt(*n, 10)
}

func name(a *events.Actor) string {
	if a == nil {
		return "-"
	}
	return a.Name
}

func TestFigures(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"plain", "Twelve soldiers were killed.", "killed  12 [12-12] soldiers of - by -"},
		{"at least", "At least 40 soldiers were killed, Ada Reen said.", "killed at least 40 [40-?] soldiers of - by Ada Reen"},
		{"more than", "More than 95,000 people have been killed.", "killed more than 95000 [95000-?] people of - by -"},
		{"about", "About 300 people were wounded.", "wounded about 300 [?-?] people of - by -"},
		{"up to", "Up to 30 people are missing.", "missing up to 30 [?-30] people of - by -"},
		{"vague", "Dozens of villagers were injured.", "wounded vague ? [?-?] of villagers of - by -"},
		{"the verb before", "The fire killed two hundred people.", "killed  200 [200-200] people of - by -"},
		{"whose", "Keth's army lost 17 Varland soldiers dead.", "killed  17 [17-17] Varland soldiers of Varland by -"},
		{"words with a hyphen", "Twenty-three miners died.", "killed  23 [23-23]  of - by -"},
		{"according to", "Some 20 people were displaced, according to the Red Cross.", "displaced about 20 [?-?] people of - by Red Cross"},
		{"two figures", "At least 12 soldiers were killed and 30 wounded.",
			"killed at least 12 [12-?] soldiers of - by -\nwounded  30 [30-30]  of - by -"},
		{"a list goes on", "The fire killed 28 people, including 17 soldiers.",
			"killed  28 [28-28] people of - by -\nkilled  17 [17-17] soldiers of - by -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(tt.text); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestNoFigures(t *testing.T) {
	for name, text := range map[string]string{
		"nobody is hurt":      "At least 40 soldiers arrived in Tal.",
		"an age":              "A 40-year-old man was killed.",
		"an age behind aged":  "A man aged 40 was killed.",
		"a year":              "The protests of 2014 killed the plan.",
		"a day":               "He was killed on March 4.",
		"a measure":           "He was killed 12 km from Tal.",
		"too long a number":   "The fire killed 99999999999999999999999 people.",
		"things":              "Keth destroyed 14 tanks and killed the talks.",
		"money":               "It cost $40 to bury the dead.",
		"a share":             "Some 20% of the villages are displaced.",
		"a date of the event": "The attack of 7 October killed hope.",
	} {
		if got := read(text); got != "" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
