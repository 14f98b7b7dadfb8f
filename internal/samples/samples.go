// Package samples holds a few articles of our own, about states that do not exist, so
// that a newcomer sees alerts at once: a condition, a denial of it, sanctions, casualty
// figures that rise, a copy by another publisher and a revision with one more condition.
package samples

import (
	"embed"
	"fmt"
	"path"
	"strings"
)

//go:embed news/*.json
var news embed.FS

// Sample is one submission and the source it comes from.
type Sample struct {
	Source string
	// Data is the submission as it is published.
	Data []byte
}

// All gives the samples in the order in which they are to be published. The source is
// the part of the file's name between the number and the ending.
func All() ([]Sample, error) {
	files, err := news.ReadDir("news")
	if err != nil {
		return nil, fmt.Errorf("read samples: %w", err)
	}
	var all []Sample
	for _, f := range files {
		data, err := news.ReadFile(path.Join("news", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("read sample %s: %w", f.Name(), err)
		}
		_, source, _ := strings.Cut(strings.TrimSuffix(f.Name(), ".json"), "-")
		all = append(all, Sample{Source: source, Data: data})
	}
	return all, nil
}
