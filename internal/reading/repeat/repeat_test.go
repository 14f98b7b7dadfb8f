package repeat_test

import (
	"testing"

	"readout/internal/language"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// groups gives the groups of the findings of one kind in a text.
func groups(text string, kind events.Kind) []string {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	var out []string
	switch kind {
	case events.KindCondition:
		for _, f := range d.Findings.Conditions {
			out = append(out, f.Group)
		}
	case events.KindDenial:
		for _, f := range d.Findings.Denials {
			out = append(out, f.Group)
		}
	case events.KindSanction:
		for _, f := range d.Findings.Sanctions {
			out = append(out, f.Group)
		}
	case events.KindCasualty:
		for _, f := range d.Findings.Casualties {
			out = append(out, f.Group)
		}
	}
	return out
}

func TestGroups(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		kind       events.Kind
		same       bool
	}{
		{"a headline and its report", "Keth imposes sanctions on Ostreya\n\nKeth imposed sanctions on Ostreya's shipping on Tuesday.", events.KindSanction, true},
		{"sanctions on two", "Keth imposed sanctions on Ostreya. Keth imposed sanctions on Varland.", events.KindSanction, false},
		{"a figure told twice", "Twelve soldiers were killed. Reen wept. The 12 people died in Tal.", events.KindCasualty, true},
		{"two figures", "Twelve soldiers were killed. Thirteen people died in Tal.", events.KindCasualty, false},
		{"a condition in other words", `"We will not reopen the valley road unless Ostreya withdraws its guns," Ada Reen said. Ada Reen said the valley road would reopen only if Ostreya withdrew its guns.`, events.KindCondition, true},
		{"the condition of another", `"We will not sign unless the valley road is opened," Ada Reen said. "We will not sign unless the valley road is opened," Pell Oran said.`, events.KindCondition, false},
		{"another condition", `"We will not sign unless the valley road is opened," Ada Reen said. "We will not leave unless the hostages come home," Ada Reen said.`, events.KindCondition, false},
		{"a denial told twice", "Keth denied the loss of the northern bridge. Keth has denied losing the northern bridge.", events.KindDenial, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := groups(tt.text, tt.kind)
			if len(got) != 2 || (got[0] != "" && got[0] == got[1]) != tt.same || !tt.same && got[0]+got[1] != "" {
				t.Errorf("got %q", got)
			}
		})
	}
}
