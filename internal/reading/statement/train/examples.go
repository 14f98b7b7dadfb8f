package main

import (
	"readout/internal/reading/statement/relation"
)

// cueSequences gives the sequences of the first chain.
func cueSequences(all []*article, bits int, rare *counter) []sequence {
	var out []sequence
	for _, a := range all {
		for _, w := range a.windows {
			e := relation.CueExample(a.doc, w)
			s := pack(e, bits, rare)
			for _, g := range a.in(w) {
				for _, c := range g.cue {
					s.mark(c, w.From, relation.CueBegin)
				}
			}
			out = append(out, s)
		}
	}
	return out
}

// roleSequences gives the sequences of the second chain: for every cue that the first one
// offers, and for those it missed.
func roleSequences(all []*article, f *relation.Finder, bits int, rare *counter) []sequence {
	var out []sequence
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
				s.fixed = make([]bool, len(s.ends))
				for k := c.From; k < c.To; k++ {
					s.fixed[k-examples[i].From] = true
				}
				if g != nil {
					for _, x := range g.content {
						s.mark(x, examples[i].From, relation.ContentBegin)
					}
					for _, x := range g.speaker {
						s.mark(x, examples[i].From, relation.SpeakerBegin)
					}
				}
				for k, fixed := range s.fixed {
					if fixed {
						s.labels[k] = 0
					}
				}
				s.mend()
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

// mend lets every stretch begin with the label of a beginning.
func (s *sequence) mend() {
	for i, y := range s.labels {
		if y > 0 && y%2 == 0 && (i == 0 || s.labels[i-1] != y && s.labels[i-1] != y-1) {
			s.labels[i] = y - 1
		}
	}
}

// mark sets the labels of a stretch, as far as it lies in the sequence and is free.
func (s *sequence) mark(x relation.Stretch, from int, begin uint8) {
	for i := max(x.From-from, 0); i < min(x.To-from, len(s.labels)); i++ {
		switch {
		case s.labels[i] != 0:
		case i+from == x.From || i == 0 || s.labels[i-1] == 0:
			s.labels[i] = begin
		default:
			s.labels[i] = begin + 1
		}
	}
	s.mend()
}

func pack(e relation.Example, bits int, rare *counter) sequence {
	s := sequence{class: e.Class, labels: make([]uint8, len(e.Class))}
	mask := uint32(1)<<bits - 1
	for _, features := range e.Features {
		for _, f := range features {
			if rare == nil || rare.often(f) {
				s.rows = append(s.rows, f&mask)
			}
		}
		s.ends = append(s.ends, int32(len(s.rows)))
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
