// Command notifier compares what was found with what has been said before and alerts
// subscribers on what is new, once.
package main

import (
	"os"

	"readout/internal/app"
)

const help = `notifier reads what the annotators found and publishes an alert on
readout.alerts.<kind>.<state>.<party>.<thread> for each condition, denial, sanction or
casualty figure that is new. The stream of alerts is its only memory: an alert is stored
under the condition that nobody stored another one first, so neither a crash nor a second
notifier makes it twice.

Run as many as you like: they share the work.`

func main() {
	os.Exit(app.Execute(app.Command("notifier", "Alert on what is new", help, app.Notifier())))
}
