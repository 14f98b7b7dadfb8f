// Command evaluate prints the statements of annotated articles as readout annotate does,
// with both layers or with one of them.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"readout/internal/language"
	"readout/internal/reading/mention"
	"readout/internal/reading/quotation"
	"readout/internal/reading/statement"
	"readout/pkg/events"
)

func main() {
	layer := flag.String("layer", "both", "rules, trained or both")
	flag.Parse()
	without := map[string]statement.Layer{"both": statement.NoLayer, "rules": statement.TrainedLayer, "trained": statement.RuleLayer}
	if _, ok := without[*layer]; !ok || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "evaluate: want -layer rules|trained|both and one file")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), statement.Annotator{Without: without[*layer]}); err != nil {
		fmt.Fprintln(os.Stderr, "evaluate:", err)
		os.Exit(1)
	}
}

func run(path string, a statement.Annotator) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the corpora stand beside the repository: %w", err)
	}
	defer f.Close()
	pipeline := language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{},
		quotation.Annotator{}, mention.Annotator{}, a}
	out := json.NewEncoder(os.Stdout)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var in struct{ ID, Text string }
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		d := language.New(in.Text, nil)
		pipeline.Annotate(d)
		found := struct {
			ID         string             `json:"id"`
			Statements []events.Statement `json:"statements"`
		}{in.ID, d.Findings.Statements}
		if err := out.Encode(found); err != nil {
			return err
		}
	}
	return lines.Err()
}
