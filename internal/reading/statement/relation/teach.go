package relation

import "readout/internal/language"

// Sight is a paragraph as the trainer of the network sees it.
type Sight struct {
	view view
	lens lens
	// States are those of the tokens, Words and Fields the rows of the tables, Class their
	// classes.
	States []int8
	Words  []int32
	Fields [][]int32
	Class  []uint8
}

// NewSight reads what the network is told of some tokens.
func NewSight(d *language.Document, w Stretch) *Sight {
	s := &Sight{States: d.States[w.From*language.StateWidth() : w.To*language.StateWidth()]}
	s.view.look(d, w.From, w.To)
	for i := range s.view.tokens {
		t := &s.view.tokens[i]
		s.Words = append(s.Words, t.wordRow())
		s.Fields = append(s.Fields, s.view.fields(nil, i))
		s.Class = append(s.Class, t.class)
	}
	return s
}

// Pairs gives how the tokens around a cue lie to it: its main word, the first token that
// is looked at, and the rows of all of them.
func (s *Sight) Pairs(from, to int, rows [][PairFields]int32) (head, low int, _ [][PairFields]int32) {
	low, high := s.lens.focus(&s.view, from, to)
	rows = rows[:0]
	for i := low; i < high; i++ {
		var r [PairFields]int32
		s.lens.pair(&r, i)
		rows = append(rows, r)
	}
	return s.lens.head, low, rows
}
