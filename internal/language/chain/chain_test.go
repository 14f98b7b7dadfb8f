package chain

import (
	"reflect"
	"testing"
)

// small is a model in which feature 1 speaks for a beginning, 2 for what is inside.
func small() *Model {
	m := &Model{Labels: 3, Rows: make([]Row, 8), Move: make([]int16, Classes*Classes*Width*Width)}
	m.Rows[1] = Row{-64, 64, 0}
	m.Rows[2] = Row{-64, 0, 64}
	m.Move[MoveAt(0, 0)+1*Width+2] = 32
	return m
}

func TestBest(t *testing.T) {
	for _, tt := range []struct {
		name     string
		features [][]uint32
		want     []uint8
	}{
		{"a beginning and what is inside", [][]uint32{{0}, {1}, {2}, {0}}, []uint8{0, 1, 2, 0}},
		{"nothing is inside without a beginning", [][]uint32{{2}, {0}, {0}}, []uint8{1, 0, 0}},
		{"nothing", [][]uint32{{}, {}}, []uint8{0, 0}},
	} {
		var l Lattice
		m := small()
		l.Reset(m, len(tt.features))
		for i, f := range tt.features {
			l.Class[i] = 0
			m.Score(&l.Scores[i], f)
			l.Scores[i][0] += 300
		}
		l.Sum()
		for i := range tt.features {
			sum := int32(Never)
			for y := range m.Labels {
				sum = Plus(sum, l.Log(i, y))
			}
			if sum < -8 || sum > 8 {
				t.Errorf("%s: the probabilities of token %d sum to exp(%d/%d)", tt.name, i, sum, Unit)
			}
		}
		got := make([]uint8, len(tt.features))
		if l.Best(got); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestFile(t *testing.T) {
	b := small().Append(nil)
	m, rest, err := Read(append(b, 7))
	if err != nil || !reflect.DeepEqual(m, small()) || len(rest) != 1 {
		t.Errorf("got %v, %v left, %v", m, rest, err)
	}
	for n := range b {
		if _, _, err := Read(b[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are read as a model", n, len(b))
		}
	}
}
