package condition_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/language"
	"readout/internal/reading/english"
)

// read gives the conditions of a text, one a line: rule, type, setter, what is required.
func read(text string) string {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	var lines []string
	for _, c := range d.Findings.Conditions {
		requires := ""
		if len(c.Requires) > 0 {
			requires = c.Requires[0].Text
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s, %s: %s", strings.TrimPrefix(c.Rule, "condition."), c.Type, c.Setter.Name, requires)))
	}
	return strings.Join(lines, "\n")
}

func TestConditions(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"unless", `"Varland will not sign unless Keth withdraws its guns," Ada Reen said.`,
			"subordinate conditional_threat, Ada Reen: Keth withdraws its guns"},
		{"unless, first", `"Unless Keth withdraws its guns, Varland will not sign," Ada Reen said.`,
			"subordinate conditional_threat, Ada Reen: Keth withdraws its guns"},
		{"only if", `"We will sign only if the road is opened," Ada Reen said.`,
			"subordinate requirement, Ada Reen: the road is opened"},
		{"an offer", "Ada Reen said Varland would sign if the road was opened.",
			"subordinate if_then_offer, Ada Reen: the road was opened"},
		{"a threat", `"If the shelling goes on, we will strike the bridges," Ada Reen said.`,
			"subordinate conditional_threat, Ada Reen: the shelling goes on"},
		{"as long as", "Ada Reen said the road would stay open as long as the truce held.",
			"subordinate conditional_commitment, Ada Reen: the truce held"},
		{"in exchange for", "Ada Reen said Varland would free them in exchange for grain.",
			"subordinate if_then_offer, Ada Reen: grain"},
		{"not until", `"We will not talk until the guns are silent," Ada Reen said.`,
			"subordinate sequence, Ada Reen: the guns are silent"},
		{"on condition that", "Ada Reen said Varland would sign on condition that the road was opened.",
			"subordinate qualified_acceptance, Ada Reen: the road was opened"},
		{"it depends", "Ada Reen said a meeting depended on progress in Tal.",
			"depends necessity, Ada Reen: progress in Tal"},
		{"yes, but", `"We are for it, but there are nuances," Ada Reen said.`,
			"qualified qualified_acceptance, Ada Reen:"},
		{"two options", `"There are two options for them: leave or starve," Ada Reen said.`,
			"options ultimatum, Ada Reen:"},
		{"none asked", `Ada Reen called for a truce with "no conditions".`,
			"no_conditions unconditional, Ada Reen:"},
		{"announced", "Ada Reen set out a number of tough conditions for peace.",
			"announced announced_unspecified, Ada Reen:"},
		{"demanded by somebody named", "Keth demanded that Varland open the road.",
			"demand requirement, Keth:"},
		{"insisted, with a duty", "Ada Reen insisted that the guns must leave the ridge.",
			"modal requirement, Ada Reen:"},
		{"told by the narrator", "Varland has ruled out a truce until the guns are silent.",
			"narrated sequence, Varland: the guns are silent"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(tt.text); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestNoConditions(t *testing.T) {
	for name, text := range map[string]string{
		"if that means whether":      "Ada Reen asked if the road was open.",
		"unclear if":                 `"It is unclear if the road is open," Ada Reen said.`,
		"the narrator's if":          "The road is dark if the moon is new.",
		"if possible":                "Ada Reen said she would come on Friday if possible.",
		"until without a refusal":    "Ada Reen said she had waited until Friday.",
		"insisted on how things are": "Ada Reen insisted that the guns left the ridge.",
		"a noun":                     "Ada Reen read a list of demands.",
		"conditions of weather":      "Conditions on the road were poor.",
		"a must":                     `"It is a must for visitors," Ada Reen said.`,
	} {
		if got := read(text); got != "" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestSides(t *testing.T) {
	d := language.New(`"Varland will not sign unless Keth withdraws its guns," Ada Reen said.`, nil)
	english.Pipeline().Annotate(d)
	c := d.Findings.Conditions[0]
	if c.On != "Varland will not sign" || c.Antecedent.Text != "Keth withdraws its guns" || c.Statement == "" || c.Setter.Mention.Text != "Ada Reen" {
		t.Errorf("got %+v", c)
	}
}
