// Command ingester takes submissions in: it cleans and identifies them and stores each
// as a new article, as a revision of an earlier one, or not at all when it is known.
package main

import (
	"os"

	"readout/internal/app"
)

const help = `ingester reads what publishers send to readout.submit.<source>. It checks and cleans
each text, gives it an id that does not change, says whether it is new, a revision or a
copy, and stores it for the annotators. What it cannot take becomes a dead letter.

Run as many as you like: they share the work.`

func main() {
	os.Exit(app.Execute(app.Command("ingester", "Take articles in", help, app.Ingester())))
}
