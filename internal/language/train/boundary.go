package main

import (
	"readout/internal/language"
	"readout/internal/language/boundary"
	"readout/internal/language/treebank"
)

const (
	boundaryRounds = 12
	boundaryScale  = 4
)

// boundaryWeights learns where sentences end, as an averaged perceptron.
func boundaryWeights(bank []treebank.Sentence) []byte {
	var w, sum [boundary.Size]float64
	step := 1.0
	for range boundaryRounds {
		for _, doc := range treebank.Documents(bank) {
			p := treebank.Rebuild(doc)
			end := map[int]bool{}
			for _, s := range p.Sentences {
				end[s.Start] = true
			}
			d := language.New(p.Text, nil)
			language.Pipeline{language.Paragraphs{}, language.Words{}}.Annotate(d)
			var room [boundary.Most]uint32
			d.Divide(func(token int, place *boundary.Place) bool {
				f := place.Features(room[:0])
				var score float64
				for _, i := range f {
					score += w[i]
				}
				want := end[d.Tokens[token+1].Start]
				if (score > 0) != want || score < 2 && score > -2 {
					by := 1.0
					if !want {
						by = -1
					}
					for _, i := range f {
						w[i] += by
						sum[i] += by * step
					}
				}
				step++
				return want
			})
		}
	}
	out := make([]byte, boundary.Size)
	for i := range out {
		v := (w[i] - sum[i]/step) * boundaryScale
		out[i] = byte(int8(max(-127, min(127, v))))
	}
	return out
}
