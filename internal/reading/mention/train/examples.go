package main

import (
	"readout/internal/language"
	"readout/internal/reading/mention"
	"readout/internal/reading/mention/gum"
	"readout/internal/reading/mention/rank"
	"readout/internal/reading/quotation"
)

// example is a word that asks: what is known of nobody and of each candidate, and who is
// meant.
type example struct {
	class rank.Class
	rows  [][]uint32 // the first is nobody
	right []bool
}

// teacher answers from the chains of the corpus, and keeps the examples.
type teacher struct {
	chains *gum.Document
	out    []example
}

// examples gives those of each document of a file.
func examples(path string) ([][]example, error) {
	documents, err := gum.Read(path, language.Pipeline{})
	if err != nil {
		return nil, err
	}
	out := make([][]example, len(documents))
	for i := range documents {
		t := teacher{chains: &documents[i]}
		language.Pipeline{quotation.Annotator{}, mention.Annotator{Chooser: &t}}.Annotate(documents[i].Document)
		out[i] = t.out
	}
	return out, nil
}

// possible gives the candidates that a word may stand for.
func possible(class rank.Class, candidates []rank.Candidate) (out []rank.Candidate) {
	for i := range candidates {
		if rank.Possible(class, &candidates[i]) {
			out = append(out, candidates[i])
		}
	}
	return out
}

// Choose gives the candidate that is of the same chain, the nearest one.
func (t *teacher) Choose(d *language.Document, token, sentence int, class rank.Class, all []rank.Candidate) (int, int) {
	candidates := possible(class, all)
	chain, marked := t.chains.Chain[token]
	e := example{class: class, rows: rank.Rows(d, token, sentence, class, candidates), right: make([]bool, len(candidates)+1)}
	best := -1
	for i := range candidates {
		of := t.chains.Chain
		if candidates[i].Joint {
			of = t.chains.Joint
		}
		if c, ok := of[candidates[i].Token]; ok && marked && c == chain {
			e.right[i+1], best = true, i
		}
	}
	e.right[0] = best < 0
	t.out = append(t.out, e)
	return place(all, candidates, best), 1 << 20
}

// place gives the index among all candidates of one of those that are possible.
func place(all, candidates []rank.Candidate, best int) int {
	if best < 0 {
		return -1
	}
	for i := range all {
		if all[i].Entity == candidates[best].Entity {
			return i
		}
	}
	return -1
}
