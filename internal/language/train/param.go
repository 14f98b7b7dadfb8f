package main

import (
	"math"
	"math/rand/v2"
)

// param is a matrix that is trained, with its gradient and what Adam remembers.
type param struct {
	name       string
	rows, cols int
	w, g, m, v []float32
	touched    []int32 // the rows whose gradient is not zero, for tables
	marked     []bool
}

func newParam(name string, rows, cols int, scale float32, r *rand.Rand) *param {
	n := rows * cols
	p := &param{name: name, rows: rows, cols: cols, w: make([]float32, n), g: make([]float32, n), m: make([]float32, n), v: make([]float32, n)}
	for i := range p.w {
		p.w[i] = (r.Float32()*2 - 1) * scale
	}
	return p
}

// table makes a param of which each step touches few rows.
func table(name string, rows, cols int, scale float32, r *rand.Rand) *param {
	p := newParam(name, rows, cols, scale, r)
	p.marked = make([]bool, rows)
	return p
}

func matrix(name string, in, out int, r *rand.Rand) *param {
	return newParam(name, in, out, float32(math.Sqrt(6/float64(in+out))), r)
}

func (p *param) row(i int) []float32     { return p.w[i*p.cols : (i+1)*p.cols] }
func (p *param) gradRow(i int) []float32 { return p.g[i*p.cols : (i+1)*p.cols] }

func (p *param) touch(i int32) {
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

// norm adds the squares of the gradient.
func (p *param) norm() (sum float64) {
	add := func(g []float32) {
		var s float32
		for _, v := range g {
			s += v * v
		}
		sum += float64(s)
	}
	if p.marked == nil {
		add(p.g)
		return sum
	}
	for _, i := range p.touched {
		add(p.gradRow(int(i)))
	}
	return sum
}

// step moves the weights against the gradient and clears it.
func (p *param) step(rate, scale float32) {
	if p.marked == nil {
		p.adam(0, len(p.w), rate, scale)
		return
	}
	for _, i := range p.touched {
		p.adam(int(i)*p.cols, int(i+1)*p.cols, rate, scale)
		p.marked[i] = false
	}
	p.touched = p.touched[:0]
}

func (p *param) adam(from, to int, rate, scale float32) {
	w, g, m, v := p.w[from:to], p.g[from:to], p.m[from:to], p.v[from:to]
	for i := range w {
		d := g[i] * scale
		g[i] = 0
		m[i] = beta1*m[i] + (1-beta1)*d
		v[i] = beta2*v[i] + (1-beta2)*d*d
		w[i] -= rate * m[i] / (sqrt(v[i]) + tiny)
	}
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// tanh is near the hyperbolic tangent, to 1e-4.
func tanh(x float32) float32 {
	x = max(-4.97, min(4.97, x))
	s := x * x
	return x * (135135 + s*(17325+s*(378+s))) / (135135 + s*(62370+s*(3150+28*s)))
}

func sigmoid(x float32) float32 { return 0.5 + 0.5*tanh(0.5*x) }
