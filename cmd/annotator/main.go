// Command annotator reads articles and stores what it finds in them: statements,
// conditions, denials, sanctions and casualty figures.
package main

import (
	"os"

	"readout/internal/app"
)

const help = `annotator reads articles as the ingesters store them and finds who said what: statements
with their speakers, conditions, denials, sanctions and casualty figures. It keeps no
state. A text that panics or takes too long becomes a dead letter and harms no other.

Run as many as you like: they share the work. This is the stage that needs the cores.`

func main() {
	os.Exit(app.Execute(app.Command("annotator", "Read articles", help, app.Annotator())))
}
