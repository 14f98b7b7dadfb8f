package learn

import (
	"math"
	"math/rand/v2"
)

// Param is a matrix that is trained, with its gradient and what Adam remembers.
type Param struct {
	// Name tells it from the others of a network, by which its weights are kept.
	Name       string
	Rows, Cols int
	W, G       []float32
	m, v       []float32
	touched    []int32 // the rows whose gradient is not zero, for tables
	marked     []bool
}

// NewParam makes a matrix of weights by chance, up to a scale.
func NewParam(name string, rows, cols int, scale float32, r *rand.Rand) *Param {
	n := rows * cols
	p := &Param{Name: name, Rows: rows, Cols: cols, W: make([]float32, n), G: make([]float32, n), m: make([]float32, n), v: make([]float32, n)}
	for i := range p.W {
		p.W[i] = (r.Float32()*2 - 1) * scale
	}
	return p
}

// Table makes a matrix of which each step touches few rows.
func Table(name string, rows, cols int, scale float32, r *rand.Rand) *Param {
	p := NewParam(name, rows, cols, scale, r)
	p.marked = make([]bool, rows)
	return p
}

// Matrix makes the weights of a product, at the scale that keeps its sums as large as its input.
func Matrix(name string, in, out int, r *rand.Rand) *Param {
	return NewParam(name, in, out, float32(math.Sqrt(6/float64(in+out))), r)
}

// Row gives a row of the weights.
func (p *Param) Row(i int) []float32 { return p.W[i*p.Cols : (i+1)*p.Cols] }

// GradRow gives a row of the gradient.
func (p *Param) GradRow(i int) []float32 { return p.G[i*p.Cols : (i+1)*p.Cols] }

// Touch notes that the gradient of a row of a table is not zero.
func (p *Param) Touch(i int32) {
	if !p.marked[i] {
		p.marked[i] = true
		p.touched = append(p.touched, i)
	}
}

const (
	beta1 = 0.9
	beta2 = 0.98
	tiny  = 1e-7
)

// Norm adds the squares of the gradient.
func (p *Param) Norm() (sum float64) {
	add := func(g []float32) {
		var s float32
		for _, v := range g {
			s += v * v
		}
		sum += float64(s)
	}
	if p.marked == nil {
		add(p.G)
		return sum
	}
	for _, i := range p.touched {
		add(p.GradRow(int(i)))
	}
	return sum
}

// Step moves the weights against the gradient and clears it.
func (p *Param) Step(rate, scale float32) {
	if p.marked == nil {
		p.adam(0, len(p.W), rate, scale)
		return
	}
	for _, i := range p.touched {
		p.adam(int(i)*p.Cols, int(i+1)*p.Cols, rate, scale)
		p.marked[i] = false
	}
	p.touched = p.touched[:0]
}

func (p *Param) adam(from, to int, rate, scale float32) {
	w, g, m, v := p.W[from:to], p.G[from:to], p.m[from:to], p.v[from:to]
	for i := range w {
		d := g[i] * scale
		g[i] = 0
		m[i] = beta1*m[i] + (1-beta1)*d
		v[i] = beta2*v[i] + (1-beta2)*d*d
		w[i] -= rate * m[i] / (float32(math.Sqrt(float64(v[i]))) + tiny)
	}
}

// Tanh is near the hyperbolic tangent, to 1e-4.
func Tanh(x float32) float32 {
	x = max(-4.97, min(4.97, x))
	s := x * x
	return x * (135135 + s*(17325+s*(378+s))) / (135135 + s*(62370+s*(3150+28*s)))
}

// Sigmoid is the logistic function by Tanh.
func Sigmoid(x float32) float32 { return 0.5 + 0.5*Tanh(0.5*x) }
