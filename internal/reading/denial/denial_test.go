package denial_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/language"
	"readout/internal/reading/english"
)

// read gives the denials of a text, one a line: rule, type, denier, what is denied.
func read(text string) string {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	var lines []string
	for _, x := range d.Findings.Denials {
		lines = append(lines, fmt.Sprintf("%s %s, %s: %s", strings.TrimPrefix(x.Rule, "denial."), x.Type, x.Denier.Name, x.Denied))
	}
	return strings.Join(lines, "\n")
}

func TestDenials(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"denied", `Keth's army denied the loss of the bridge, calling it "invented".`,
			"verb denial_of_fact, Keth's army: the loss of the bridge"},
		{"responsibility", "Keth denied any involvement in the fire.",
			"verb denial_of_responsibility, Keth: any involvement in the fire"},
		{"a proposal", "Ada Reen rejected the truce offered by Ostreya.",
			"verb rejection_of_proposal, Ada Reen: the truce offered by Ostreya"},
		{"a claim", "Ada Reen rejected reports of a retreat.",
			"verb denial_of_fact, Ada Reen: reports of a retreat"},
		{"conditions", "Ada Reen rejected the conditions as unfair.",
			"verb rejection_of_conditions, Ada Reen: the conditions as unfair"},
		{"two words are one verb", "Varland turned down an offer of talks.",
			"verb rejection_of_proposal, Varland: an offer of talks"},
		{"a refusal", "Varland refused to open the road.",
			"verb refusal, Varland: to open the road"},
		{"two verbs", "Varland rejected the truce and refused to open the road.",
			"verb rejection_of_proposal, Varland: the truce\nverb refusal, Varland: to open the road"},
		{"there is none", `"There is no siege of Tal," the army said.`,
			`negation denial_of_fact, army: "There is no siege of Tal,"`},
		{"a judgement", `"The report is completely false," Ada Reen said.`,
			`negation denial_of_fact, Ada Reen: "The report is completely false,"`},
		{"lying", `"Ostreya is lying about the ridge," Ada Reen said.`,
			`lying accusation_of_lying, Ada Reen: "Ostreya is lying about the ridge,"`},
		{"will not", `"We will never accept such terms," Ada Reen said.`,
			`refusal refusal, Ada Reen: "We will never accept such terms,"`},
		{"another who will not", "Ada Reen said Keth would not attend the talks.",
			"refusal refusal, Keth: Keth would not attend the talks"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(tt.text); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestNoDenials(t *testing.T) {
	for name, text := range map[string]string{
		"kept from somebody":       "The guards of Keth denied her entry to the hall.",
		"could not deny":           "Ada Reen could not deny the loss.",
		"foreseen":                 "Ada Reen is expected to reject the plan.",
		"was rejected, by nobody":  "Keth was rejected last year.",
		"a judge, not a denial":    "Ada Reen dismissed the minister.",
		"an evasive answer":        "Ada Reen declined to comment.",
		"confirm or deny":          "Ada Reen refused to confirm or deny the loss.",
		"a disputed thing":         "Varland sent guns to the disputed valley.",
		"a question":               `"Is there no siege of Tal, or are there none of them?" Ada Reen said.`,
		"a refusal with a way out": `"We will not sign unless the road is opened," Ada Reen said.`,
		"two words of scare marks": `Ada Reen spoke of a "false" dawn.`,
	} {
		if got := read(text); got != "" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
