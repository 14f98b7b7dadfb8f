package learn

import (
	"math"
	"math/rand/v2"
)

// Leak is the slope of the activation below zero.
const Leak = 0.1

// Activate lessens what is below zero.
func Activate(x []float32) {
	for i, v := range x {
		if v < 0 {
			x[i] = Leak * v
		}
	}
}

// Bias fills rows with a bias.
func Bias(x, b []float32) {
	for i := 0; i < len(x); i += len(b) {
		copy(x[i:], b)
	}
}

// Times multiplies number by number.
func Times(x, mask []float32) {
	for i, m := range mask {
		x[i] *= m
	}
}

// Dropout sets numbers to nothing, so many of 256, and raises the others to make up for
// them. It fills a mask that does the same to the gradient.
func Dropout(x, mask []float32, share byte, r *rand.Rand) []float32 {
	mask = Grow(mask, len(x))
	up := 1 / (1 - float32(share)/256)
	for i := 0; i < len(x); i += 8 {
		bits := r.Uint64()
		for j := i; j < min(i+8, len(x)); j++ {
			if byte(bits) >= share {
				mask[j] = up
			}
			bits >>= 8
			x[j] *= mask[j]
		}
	}
	return mask
}

// Affine is a product with its bias.
type Affine struct {
	W, B   *Param
	p      Packed
	turned []float32
}

// NewAffine makes a product; the columns are a multiple of Panel.
func NewAffine(name string, in, out int, r *rand.Rand) *Affine {
	return &Affine{W: Matrix(name, in, out, r), B: NewParam(name+".b", 1, out, 0, r)}
}

// Params gives its weights.
func (a *Affine) Params() []*Param { return []*Param{a.W, a.B} }

// Forward fills y with the products of some rows.
func (a *Affine) Forward(y, x []float32, ldx, rows int) {
	n := a.W.Cols
	Bias(y[:rows*n], a.B.W)
	a.p.Pack(a.W.W, n, a.W.Rows, n)
	Product(y, n, x, ldx, &a.p, rows)
}

// Backward adds the gradients of the weights and, unless dx is nil, of the input.
func (a *Affine) Backward(dx []float32, lddx int, dy, x []float32, ldx, rows int) {
	in, n := a.W.Rows, a.W.Cols
	for r := range rows {
		Add(a.B.G, dy[r*n:(r+1)*n])
	}
	a.turned = Grow(a.turned, rows*in)
	Turn(a.turned, x, ldx, rows, in)
	a.p.Pack(dy, n, rows, n)
	Product(a.W.G, n, a.turned, rows, &a.p, in)
	if dx != nil {
		a.p.PackTurned(a.W.W, n, n, in)
		Product(dx, lddx, dy, n, &a.p, rows)
	}
}

// Soften turns scores into the gradient of the loss for a right answer, times a scale, and
// gives the loss.
func Soften(x []float32, right int, scale float32) float64 {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var sum float32
	want := x[right]
	for i, v := range x {
		e := float32(math.Exp(float64(v - top)))
		x[i] = e
		sum += e
	}
	k := scale / sum
	for i := range x {
		x[i] *= k
	}
	x[right] -= scale
	return math.Log(float64(sum)) - float64(want-top)
}

// Add adds number by number. There are as many as in src, a multiple of 8.
func Add(dst, src []float32) {
	_ = dst[len(src)-1]
	addTo(&dst[0], &src[0], len(src))
}
