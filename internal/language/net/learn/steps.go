package learn

// Steps is the shape of a batch: B sequences of at most T places, Lens long. The rows of
// one place of all sequences stand together.
type Steps struct {
	B, T, Rows int
	Lens       []int
}

// NewSteps gives the shape of sequences of some lengths; their number is filled up to a
// multiple of four.
func NewSteps(lens []int) *Steps {
	s := &Steps{B: (len(lens) + 3) &^ 3}
	s.Lens = make([]int, s.B)
	copy(s.Lens, lens)
	for _, n := range lens {
		s.T = max(s.T, n)
	}
	s.Rows = s.B * s.T
	return s
}
