package ledger

import (
	"strconv"
	"strings"

	"readout/pkg/events"
)

// titleWords is how many words of the quotation a title holds.
const titleWords = 12

// seal gives an alert its id and its title, which follow from the rest.
func seal(a *events.Alert) {
	a.ID = events.ID("al", a.Thread, strconv.Itoa(a.Seq), string(a.State))
	state := strings.ToUpper(strings.ReplaceAll(string(a.State), "_", " "))
	a.Title = "[" + state + "] " + a.Party.Name + ": " + short(a.Quote.Text)
	if a.Change != nil {
		a.Title += " (" + a.Change.From + " → " + a.Change.To + ")"
	}
}

// short gives the first words of a sentence, without its quotation marks.
func short(s string) string {
	words := strings.Fields(strings.NewReplacer(`"`, "", "“", "", "”", "").Replace(s))
	if len(words) > titleWords {
		return strings.Join(words[:titleWords], " ") + " …"
	}
	return strings.Join(words, " ")
}
