package sanction_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/language"
	"readout/internal/reading/english"
	"readout/pkg/events"
)

// read gives the sanctions of a text, one a line: status, imposer, target, sectors.
func read(text string) string {
	d := language.New(text, nil)
	english.Pipeline().Annotate(d)
	var lines []string
	for i := range d.Findings.Sanctions {
		x := &d.Findings.Sanctions[i]
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s > %s %s", x.Status, name(x.Imposer), x.Target.Name, strings.Join(x.Sectors, " "))))
	}
	return strings.Join(lines, "\n")
}

func name(a *events.Actor) string {
	if a == nil {
		return "-"
	}
	return a.Name
}

func TestSanctions(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"imposed", "Keth imposed further sanctions on Ostreya's oil and gas sectors.", "imposed Keth > Ostreya oil gas"},
		{"a person acts for his state", "Keth's president Sil Aro announced sanctions on Ostreya.", "imposed Keth > Ostreya"},
		{"called for", "Ada Reen called for sanctions on Keth.", "called_for - > Keth"},
		{"threatened", "Keth threatened sanctions against Ostreya.", "threatened Keth > Ostreya"},
		{"threatened to step up", "Keth has threatened to step up sanctions on Ostreya.", "threatened Keth > Ostreya"},
		{"lifted, passive", "Sanctions on Ostreya were lifted by Keth.", "lifted Keth > Ostreya"},
		{"the lifting of", "Varland's allies seek the lifting of US sanctions on Varland.", "called_for United States > Varland"},
		{"the owner stands before", "Varland said the EU sanctions on Keth would be extended.", "extended European Union > Keth"},
		{"the target stands before", "The council eased the Syria sanctions.", "eased council > Syria"},
		{"a pair of words", "Keth imposed an arms embargo on Ostreya.", "imposed Keth > Ostreya"},
		{"those of before", "Keth imposed sanctions on Ostreya. Ada Reen asked when the sanctions would be lifted.",
			"imposed Keth > Ostreya\nlifted Keth > Ostreya"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(tt.text); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestNoSanctions(t *testing.T) {
	for name, text := range map[string]string{
		"to approve":          "The council sanctioned the plan.",
		"nobody and nothing":  "The word sanctions has two meanings.",
		"a ban of no traffic": "Keth announced a travel guide.",
	} {
		if got := read(text); got != "" {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
