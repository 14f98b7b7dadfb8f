// Command generate writes the JSON Schemas of the events to docs/schema. It is run in the
// root of the repository.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"readout/internal/schema"
)

func main() {
	files, err := schema.Generate("pkg/events")
	for name, data := range files {
		if err == nil {
			err = os.WriteFile(filepath.Join("docs", "schema", name+".json"), data, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}
