package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"readout/internal/language"
	"readout/internal/language/name"
	"readout/internal/reading/mention"
	"readout/internal/reading/mention/rank"
	"readout/internal/reading/quotation"
)

// byGender teaches from news that nobody annotated: where he or she has one candidate of
// that gender only, and the gender of all persons is known, gender gives the answer away.
// It is then hidden, so that the model learns to find the answer without it.
type byGender struct {
	model *rank.Model
	out   []example
}

// news gives the examples of the articles of a file.
func news(path string, model *rank.Model) ([][]example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out [][]example
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var a struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		g := byGender{model: model}
		language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, name.Annotator{},
			quotation.Annotator{}, mention.Annotator{Chooser: &g}}.Annotate(language.New(a.Text, nil))
		out = append(out, g.out)
	}
	return out, lines.Err()
}

// near is how many sentences back nobody of unknown gender may be named.
const near = 1

// Choose answers by the model, and keeps an example where gender decides.
func (g *byGender) Choose(d *language.Document, token, sentence int, class rank.Class, all []rank.Candidate) (int, int) {
	best, margin := g.model.Choose(d, token, sentence, class, all)
	want := map[rank.Class]byte{rank.He: 'm', rank.She: 'f'}[class]
	if want == 0 {
		return best, margin
	}
	hidden := make([]rank.Candidate, 0, len(all))
	answer, others := -1, 0
	for _, c := range all {
		switch person := c.Sort == rank.Person || c.Sort == rank.Unknown && c.Named; {
		case c.Gender == want && answer >= 0, person && c.Named && c.Gender == 0 && sentence-c.Sentence <= near:
			return best, margin
		case c.Gender == want:
			answer = len(hidden)
		case c.Gender != 0:
			others++
		}
		c.Gender = 0
		if rank.Possible(class, &c) {
			hidden = append(hidden, c)
		}
	}
	if answer < 0 || answer >= len(hidden) || others == 0 {
		return best, margin
	}
	e := example{class: class, rows: rank.Rows(d, token, sentence, class, hidden), right: make([]bool, len(hidden)+1)}
	e.right[answer+1] = true
	g.out = append(g.out, e)
	return best, margin
}
