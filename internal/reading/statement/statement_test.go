package statement_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/language"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// read gives the statements of a text, one a line: kind, act, speaker, content.
func read(text string) string {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	var lines []string
	for i := range d.Findings.Statements {
		lines = append(lines, line(&d.Findings.Statements[i]))
	}
	return strings.Join(lines, "\n")
}

func line(s *events.Statement) string {
	var parts []string
	for _, p := range s.Parts {
		parts = append(parts, p.Text)
	}
	return fmt.Sprintf("%s %s, %s: %s", s.Kind, s.Act, s.Speaker.Name, strings.Join(parts, " | "))
}

func TestStatements(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"indirect", "Ada Reen said that the road was closed.",
			"indirect claim, Ada Reen: that the road was closed"},
		{"direct, inverted", `"The road is closed," said Ada Reen.`,
			`direct claim, Ada Reen: "The road is closed,"`},
		{"mixed", `Ada Reen warned that Varland would "wait for an answer".`,
			`mixed warning, Ada Reen: that Varland would "wait for an answer"`},
		{"both sides", `"We will wait," Ada Reen said, "but not for ever."`,
			`direct promise, Ada Reen: "We will wait," | "but not for ever."`},
		{"before the attribution without marks", "The road was closed, the army said.",
			"indirect claim, army: The road was closed"},
		{"according to, behind", "The road was closed, according to Ada Reen.",
			"indirect claim, Ada Reen: The road was closed"},
		{"according to, before", "According to Ada Reen, the road was closed.",
			"indirect claim, Ada Reen: the road was closed"},
		{"the object of a cue", "Varland's army accused Keth of closing the road.",
			"indirect accusation, Varland's army: Keth of closing the road"},
		{"two words are one cue", "Ada Reen called for a longer truce.",
			"indirect demand, Ada Reen: a longer truce"},
		{"what is called something and what it is called", `Ada Reen branded the plan "a trap".`,
			`mixed criticism, Ada Reen: the plan "a trap"`},
		{"a listener", "Ada Reen told reporters in Tal that the road was closed.",
			"indirect claim, Ada Reen: that the road was closed"},
		{"a pronoun", "Ada Reen came to Tal. She said the road was closed.",
			"indirect claim, Ada Reen: the road was closed"},
		{"two attributions of one subject", "Ada Reen said the road was closed and called for a truce.",
			"indirect claim, Ada Reen: the road was closed\nindirect demand, Ada Reen: a truce"},
		{"an aside behind the subject", "Ada Reen, who was in Tal, said the road was closed.",
			"indirect claim, Ada Reen: the road was closed"},
		{"sentences of one quotation are one statement", `"The road is closed," Ada Reen said. "It will stay so. We are sorry."`,
			`direct admission, Ada Reen: "The road is closed," | "It will stay so. We are sorry."`},
		{"a quotation goes on in the next paragraph", "Ada Reen said: \"The road is closed.\n\n\"It will stay so.\"",
			`direct claim, Ada Reen: "The road is closed. | "It will stay so."`},
		{"a quotation of the same speaker", "\"The road is closed,\" Ada Reen said.\n\n\"It will stay so.\"",
			"direct claim, Ada Reen: \"The road is closed,\"\ndirect claim, Ada Reen: \"It will stay so.\""},
		{"announced by a colon", "Ada Reen added:\n\n\"The road is closed.\"",
			`direct claim, Ada Reen: "The road is closed."`},
		{"a speaker without a name", "A shepherd from the valley said the road was closed.",
			"indirect claim, : the road was closed"},
		{"the cue ends what was said before it", "Ada Reen said the road was closed and called for a truce. He left.",
			"indirect claim, Ada Reen: the road was closed\nindirect demand, Ada Reen: a truce"},
		{"a headline with a colon", "Reen: The road is closed\n\nA text follows here.",
			"indirect claim, Reen: The road is closed"},
		{"signed behind a dash", "“The road is closed and we are sorry.” ― Ada Reen\n\n“We will wait for it.” – Pell Oran",
			"direct admission, Ada Reen: “The road is closed and we are sorry.”\ndirect promise, Pell Oran: “We will wait for it.”"},
		{"an interview", "REEN: The road is closed.\n\nORAN: Will it stay so?\n\nREEN: It will.",
			"indirect claim, REEN: The road is closed.\nindirect question, ORAN: Will it stay so?\nindirect claim, REEN: It will."},
		{"an odd mark spoils one paragraph", "\"The road is closed, Ada Reen said.\n\n\"We wait,\" Pell Oran said.",
			`direct claim, Pell Oran: "We wait,"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(tt.text); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestNoStatements(t *testing.T) {
	for name, text := range map[string]string{
		"a noun that looks like a cue": "Varland won five states and the claims of Keth were settled.",
		"nobody is said to have said":  `The so-called "silent road" was closed.`,
		"what was not said":            "Ada Reen did not say whether the road was closed.",
		"declined to say":              "Ada Reen declined to say whether the road was closed.",
		"told, not telling":            "Ada Reen was told that the road was closed.",
		"a time is no content":         "On Friday, the army said.",
		"a place behind a dash":        "“The Silent Road” – a film from Varland.",
		"letters name nobody":          "Q: Is the road closed?\n\nA: It is.\n\nQ: Will it stay so?\n\nA: It will.",
		"a list is no interview":       "WHAT: A market.\n\nWHERE: Tal.\n\nWHEN: Friday.",
		"navigation":                   "Ada Reen said\n\nPrevious Post Next Post",
	} {
		if got := read(text); got != "" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

// TestNestedSpeech keeps the outermost speaker: what he reports another to have said is
// a part of his statement.
func TestNestedSpeech(t *testing.T) {
	got := read("Ada Reen said the army had claimed a victory.")
	if want := "indirect claim, Ada Reen: the army had claimed a victory"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestIDs(t *testing.T) {
	text := "Ada Reen said the road was closed. Ada Reen said the road was closed."
	ids := func() []string {
		d := language.New(text, nil)
		english.Pipeline().Annotate(d)
		var out []string
		for _, s := range d.Findings.Statements {
			out = append(out, s.ID)
		}
		return out
	}
	first, second := ids(), ids()
	if len(first) != 2 || first[0] == first[1] || first[0] != second[0] || first[1] != second[1] {
		t.Errorf("got %v, then %v: want two ids, the same each time", first, second)
	}
}
