package net

// What follows are the parts of a network, for those that read on from the states of this
// one with a network of their own.

// Unit is what 1 is in whole numbers in the input and the states of a recurrent layer.
const Unit = unit

// Recurrent is a recurrent layer that reads in both directions.
type Recurrent struct{ dirs [2]layer }

// NewRecurrent makes a layer ready, from the weights of its input and of its states in
// each direction.
func NewRecurrent(input, recurrent [2]Weights) *Recurrent {
	r := &Recurrent{}
	for dir := range r.dirs {
		r.dirs[dir] = newLayer(&input[dir], &recurrent[dir], dir == 1)
	}
	return r
}

// Width is how many numbers its states have.
func (r *Recurrent) Width() int { return 2 * r.dirs[0].state }

// Read fills the states of the rows of a group, those of one place of all its sequences
// together. lens are the lengths of the sequences.
func (r *Recurrent) Read(w *Scratch, x []int16, lens *[Group]int, rows int, out []int16) {
	clear(out[:rows*r.Width()])
	for dir := range r.dirs {
		l := &r.dirs[dir]
		w.sum = resize(w.sum, rows*4*l.state)
		l.input.apply(w.sum, x, l.input.In, rows)
		l.run(w, lens, rows, out[dir*l.state:], 2*l.state)
	}
}

// NewMatrix makes weights ready.
func NewMatrix(w *Weights) *Matrix {
	m := w.matrix()
	return &m
}

// Apply fills sums with the products of some rows, a multiple of four.
func (m *Matrix) Apply(sum []int32, x []int16, ldx, rows int) { m.apply(sum, x, ldx, rows) }

// Values turns the sums of one row, from a column on, into what they stand for. Their
// number and the column are multiples of 8.
func (m *Matrix) Values(sum []int32, from int, out []float32) {
	values(sum, m.scale[from:from+len(out)], out)
}

// Round gives values in whole numbers of a unit within a bound. Their number is a multiple
// of 8.
func Round(x []float32, out []int16, unit, bound float32) {
	round(x, nothing[:len(x)], out, 1, unit, bound)
}

// nothing is added in Round, which may be at most as wide.
var nothing [512]float32

// Sum fills out with the sum of some rows of a table, out wide.
func Sum(out, table []int16, rows []int32) { sumRows(out, table, rows) }

// Table gives rows of int8 in units.
func Table(w []byte, unit int16) []int16 {
	t := make([]int16, len(w))
	for i, v := range w {
		t[i] = int16(int8(v)) * unit
	}
	return t
}
