package statement_test

import (
	"strings"
	"testing"

	"readout/internal/language"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// statements gives the statements of a text.
func statements(text string) []events.Statement {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	return d.Findings.Statements
}

func TestActs(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Ada Reen said the road was closed.", "claim"},
		{`"We will never accept the plan," Ada Reen said.`, "rejection"},
		{`"We will keep the pass open," Ada Reen said.`, "promise"},
		{`"We did not fire on the camp," Ada Reen said.`, "denial"},
		{`"We had no choice," Ada Reen said.`, "claim"},
		{`"We do not know who fired," Ada Reen said.`, "claim"},
		{"Ada Reen told reporters that Ostreya must withdraw its troops.", "demand"},
		{`"Somebody must have seen them," Ada Reen said.`, "claim"},
		{`"If the shelling goes on, we will strike the bridges," Ada Reen said.`, "threat condition"},
		{`"If the road is opened, we will sign," Ada Reen said.`, "condition promise"},
		{"Ada Reen accused Keth of closing the road.", "accusation"},
		{"Ada Reen urged Keth to open the road.", "demand"},
		{"Ada Reen threatened to close the road.", "threat"},
		{"Ada Reen welcomed the talks.", "praise"},
		{"Ada Reen hopes that the road will open.", "hope"},
		{"Ada Reen rejected the report that the bridge had fallen.", "denial"},
		{"Ada Reen rejected the plan.", "rejection"},
	} {
		all := statements(tt.text)
		if len(all) == 0 {
			t.Errorf("%s: no statement", tt.text)
			continue
		}
		got := []string{string(all[0].Act)}
		if len(all[0].Acts) > 0 {
			got = nil
			for _, a := range all[0].Acts {
				got = append(got, string(a))
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", tt.text, got, tt.want)
		}
	}
}

func TestVia(t *testing.T) {
	for _, tt := range []struct{ text, speaker, via string }{
		{"The Tal Ledger reported that Ada Reen said the road was closed.", "Ada Reen", "Tal Ledger"},
		{"Keth state media quoted Ada Reen as saying the road was closed.", "Ada Reen", "Keth state media"},
		{"Ada Reen was quoted by Keth Radio as saying the road was closed.", "Ada Reen", "Keth Radio"},
		{`"The road is closed," Ada Reen was quoted as saying by Keth Radio.`, "Ada Reen", "Keth Radio"},
		{"Ada Reen said the road was closed, according to Keth Radio.", "Ada Reen", "Keth Radio"},
		{"Karl Bo told the Ledger that Ada Reen had said the road was closed.", "Ada Reen", "Karl Bo"},
		{"Ada Reen said the road was closed.", "Ada Reen", ""},
	} {
		found := false
		for _, s := range statements(tt.text) {
			var via []string
			for _, a := range s.Via {
				via = append(via, a.Name)
			}
			found = found || s.Speaker.Name == tt.speaker && strings.Join(via, ", ") == tt.via
		}
		if !found {
			t.Errorf("%s: nothing by %s via %q", tt.text, tt.speaker, tt.via)
		}
	}
	if all := statements("Ada Reen said that Karl Bo would say the road was closed."); len(all) != 1 {
		t.Errorf("what somebody will say is not said: got %d statements", len(all))
	}
}

func TestDocuments(t *testing.T) {
	for text, want := range map[string]events.ActorType{
		"The report says the road was closed.":                events.ActorDocument,
		"The poll found that most people wanted a truce.":     events.ActorDocument,
		"Ada Reen's letter said the road was closed.":         events.ActorPerson,
		"Ada Reen, who wrote the report, said it was closed.": events.ActorPerson,
	} {
		if all := statements(text); len(all) == 0 || all[0].Speaker.Type != want {
			t.Errorf("%s: got %+v", text, all)
		}
	}
}

func TestPolarity(t *testing.T) {
	for text, want := range map[string]string{
		"Ada Reen said the road was closed.":                    "positive certain",
		"Ada Reen said the road was not closed.":                "negative negated",
		"Ada Reen said the road might be closed.":               "positive possible",
		"Ada Reen called for a longer truce.":                   " ",
		"Ada Reen said that Keth must open the road.":           "positive unknown",
		`"If the road is opened, we will sign," Ada Reen said.`: "positive conditional",
		`"Is the road closed?" Ada Reen asked.`:                 " unknown",
	} {
		all := statements(text)
		if len(all) == 0 {
			t.Errorf("%s: no statement", text)
		} else if got := string(all[0].Polarity) + " " + all[0].Factuality; got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestSides(t *testing.T) {
	if s := statements("Ada Reen told reporters that the road was closed.")[0]; s.Addressee == nil || s.Addressee.Mention.Text != "reporters" {
		t.Errorf("addressee %+v", s.Addressee)
	}
	if s := statements("Ada Reen accused Keth of closing the road.")[0]; s.Target == nil || s.Target.Name != "Keth" {
		t.Errorf("target %+v", s.Target)
	}
	if s := statements("Ada Reen said the road was closed.")[0]; s.Target != nil || s.Addressee != nil {
		t.Errorf("got %+v", s)
	}
}

func TestSilence(t *testing.T) {
	for text, want := range map[string]int{
		"He did not say that.":                        0,
		"Nobody said that the road was closed.":       0,
		"Ada Reen said that the road was not closed.": 1,
	} {
		if got := len(statements(text)); got != want {
			t.Errorf("%s: %d statements", text, got)
		}
	}
}

// TestRetold gives a condition that one reports of another to that other alone.
func TestRetold(t *testing.T) {
	d := language.New("Keth Radio reported that Ada Reen said Varland would not sign unless the road was opened.", nil)
	english.Pipeline().Annotate(d)
	c := d.Findings.Conditions
	if len(c) != 1 || c[0].Setter.Name != "Ada Reen" || c[0].ReportedBy == nil || c[0].ReportedBy.Name != "Keth Radio" {
		t.Errorf("got %+v", c)
	}
}
