package rank

import (
	"errors"

	"readout/internal/language"
)

// Model is the learnt weights. It is not changed once it is read.
type Model struct{ weights []int8 }

// version changes with the form of the file and with the facts.
const version = 1

var errFile = errors.New("not the weights of this version")

// Append writes weights behind some bytes.
func Append(b []byte, weights []int8) []byte {
	b = append(b, 'R', 'N', 'K', version)
	for _, w := range weights {
		b = append(b, byte(w))
	}
	return b
}

// Read gives the model that Append wrote.
func Read(b []byte) (*Model, error) {
	if len(b) != 4+rows || string(b[:3]) != "RNK" || b[3] != version {
		return nil, errFile
	}
	m := &Model{weights: make([]int8, rows)}
	for i, w := range b[4:] {
		m.weights[i] = int8(w)
	}
	return m, nil
}

// Rows gives, for nobody and then for every candidate, the rows of what is known of it.
// The candidates are those that are possible, in the order of the text.
func Rows(d *language.Document, token, sentence int, class Class, candidates []Candidate) [][]uint32 {
	out := make([][]uint32, len(candidates)+1)
	f := facts{Document: d, at: token, sentence: sentence, class: class}
	f.nobody(len(candidates))
	out[0] = f.rows
	for i := range candidates {
		f.rows = nil
		f.pair(&candidates[i], len(candidates)-1-i)
		out[i+1] = f.rows
	}
	return out
}

// Size is how many rows there are.
const Size = rows

// Choose gives the index of the best candidate, -1 for nobody, and by how much it is
// better than the next, nobody included.
func (m *Model) Choose(d *language.Document, token, sentence int, class Class, candidates []Candidate) (best, margin int) {
	f := facts{Document: d, at: token, sentence: sentence, class: class, rows: make([]uint32, 0, 64)}
	f.nobody(len(candidates))
	best, top, second := -1, m.sum(f.rows), int(-1<<31)
	if class == It && Somebody(d, token) {
		top = second
	}
	nearer := 0
	for i := len(candidates) - 1; i >= 0; i-- {
		if !Possible(class, &candidates[i]) {
			continue
		}
		f.rows = f.rows[:0]
		f.pair(&candidates[i], nearer)
		nearer++
		switch s := m.sum(f.rows); {
		case s > top:
			best, top, second = i, s, top
		case s > second:
			second = s
		}
	}
	return best, top - second
}

// Somebody says whether a token cannot mean nobody: what speaks or owns something is
// somebody, unlike the "it" that rains.
func Somebody(d *language.Document, token int) bool {
	return d.Tokens[token].Rel == language.RelNmodPoss || Speaks(d, token)
}

func (m *Model) sum(rows []uint32) (s int) {
	for _, r := range rows {
		s += int(m.weights[r])
	}
	return s
}
