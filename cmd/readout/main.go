// Command readout is all of Readout for one person: a server with the three services on
// it, and the command line to publish, watch, read and look after it.
package main

import (
	"os"

	"readout/internal/app"
	"readout/internal/cli"
)

func main() { os.Exit(app.Execute(cli.New())) }
