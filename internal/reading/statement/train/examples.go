package main

import "readout/internal/reading/statement/relation"

// match gives the relation of the gold whose cue some tokens are, nil for none.
func match(gold []gold, c relation.Stretch) *gold {
	for i := range gold {
		if gold[i].whole() == c {
			return &gold[i]
		}
	}
	for i := range gold { // a cue with other ends has the same content
		if gold[i].whole().Overlaps(c) {
			return &gold[i]
		}
	}
	return nil
}
