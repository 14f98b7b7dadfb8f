package main

import (
	"readout/internal/language/chain/learn"
	"readout/internal/reading/statement/relation"
)

// cueSequences gives the sequences of the first chain.
func cueSequences(all []*article, bits int, rare *counter) []learn.Sequence {
	var out []learn.Sequence
	for _, a := range all {
		for _, w := range a.windows {
			e := relation.CueExample(a.doc, w)
			s := pack(e, bits, rare)
			for _, g := range a.in(w) {
				for _, c := range g.cue {
					s.Mark(c.From-w.From, c.To-w.From, relation.CueBegin)
				}
			}
			out = append(out, s)
		}
	}
	return out
}

// roleSequences gives the sequences of the second chain: for every cue that the first one
// offers, and for those it missed.
func roleSequences(all []*article, f *relation.Finder, bits int, rare *counter) []learn.Sequence {
	var out []learn.Sequence
	for _, a := range all {
		for _, w := range a.windows {
			gold := a.in(w)
			var also []relation.Stretch
			for _, g := range gold {
				if c := g.whole(); c.To <= w.To {
					also = append(also, c)
				}
			}
			cues, examples := f.Cues(a.doc, w, also)
			for i, c := range cues {
				g := match(gold, c)
				s := pack(examples[i], bits, rare)
				s.Fixed = make([]bool, len(s.Ends))
				for k := c.From; k < c.To; k++ {
					s.Fixed[k-examples[i].From] = true
				}
				if g != nil {
					for _, x := range g.content {
						s.Mark(x.From-examples[i].From, x.To-examples[i].From, relation.ContentBegin)
					}
					for _, x := range g.speaker {
						s.Mark(x.From-examples[i].From, x.To-examples[i].From, relation.SpeakerBegin)
					}
				}
				for k, fixed := range s.Fixed {
					if fixed {
						s.Labels[k] = 0
					}
				}
				s.Mend()
				out = append(out, s)
			}
		}
	}
	return out
}

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

func pack(e relation.Example, bits int, rare *counter) learn.Sequence {
	s := learn.Sequence{Class: e.Class, Labels: make([]uint8, len(e.Class))}
	mask := uint32(1)<<bits - 1
	for _, features := range e.Features {
		for _, f := range features {
			if rare == nil || rare.often(f) {
				s.Rows = append(s.Rows, f&mask)
			}
		}
		s.Ends = append(s.Ends, int32(len(s.Rows)))
	}
	return s
}

// counter counts features, roughly: two that share a place count together.
type counter struct {
	seen  []uint8
	least uint8
}

func newCounter(least uint8) *counter { return &counter{make([]uint8, 1<<26), least} }

func (c *counter) place(f uint32) uint32 { return (f ^ f>>27*0x9E3779B1) & (1<<26 - 1) }

func (c *counter) add(features [][]uint32) {
	for _, token := range features {
		for _, f := range token {
			if p := c.place(f); c.seen[p] < 255 {
				c.seen[p]++
			}
		}
	}
}

func (c *counter) often(f uint32) bool { return c.seen[c.place(f)] >= c.least }
