package main

import (
	"readout/internal/language"
	"readout/internal/language/chain/learn"
	"readout/internal/language/name"
	"readout/internal/language/name/gold"
)

// sequences gives what the sentences of a document teach the chain.
func sequences(t *name.Teacher, d *gold.Document, bits int) (out []learn.Sequence) {
	mask := uint32(1)<<bits - 1
	at := 0
	for k := range d.Sentences {
		first := d.Sentences[k].First
		e := t.Sentence(k)
		s := learn.Sequence{Class: e.Class, Labels: make([]uint8, len(e.Class)), Fixed: e.Closed}
		for _, features := range e.Features {
			for _, f := range features {
				s.Rows = append(s.Rows, f&mask)
			}
			s.Ends = append(s.Ends, int32(len(s.Rows)))
		}
		for ; at < len(d.Names) && d.Names[at].First < d.Sentences[k].Last; at++ {
			n, begin := &d.Names[at], uint8(name.NameBegin)
			if n.Type == language.TimeName {
				begin = name.TimeBegin
			}
			s.Mark(n.First-first, n.Last-first, begin)
		}
		for i, closed := range e.Closed {
			if closed {
				s.Labels[i] = name.None
			}
		}
		s.Mend()
		out = append(out, s)
	}
	return out
}

// example is a name with what it is.
type example struct {
	rows []uint32
	kind uint8
}

// examples gives the names of a document whose sort is known.
func examples(t *name.Teacher, d *gold.Document, bits int) (out []example) {
	mask := uint32(1)<<bits - 1
	for _, n := range d.Names {
		if !n.Known || n.Type == language.TimeName {
			continue
		}
		x := example{kind: uint8(n.Type)}
		for _, f := range t.Kind(name.Span{First: n.First, Last: n.Last}) {
			x.rows = append(x.rows, f&mask)
		}
		out = append(out, x)
	}
	return out
}
