package main

import "math/rand/v2"

// lstm is one direction of a recurrent layer. Its rows are ordered by time: the words at
// one place of all sentences of a batch stand together.
type lstm struct {
	in, h     int
	back      bool
	wx, wh, b *param

	gates, cell, cellTanh, grad, turned []float32
	px, ph                              packed
	dh, dc                              []float32
}

func newLSTM(name string, in, h int, back bool, r *rand.Rand) *lstm {
	l := &lstm{in: in, h: h, back: back, wx: matrix(name+".x", in, 4*h, r), wh: matrix(name+".h", h, 4*h, r), b: newParam(name+".b", 1, 4*h, 0, r)}
	for i := h; i < 2*h; i++ {
		l.b.w[i] = 1 // remember at first
	}
	return l
}

func (l *lstm) params() []*param { return []*param{l.wx, l.wh, l.b} }

// grow gives a slice of n zeros.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

// times calls a function for each time in the order of reading, with the time before, -1
// for none.
func (l *lstm) times(t int, do func(t, before int)) {
	for k := range t {
		switch {
		case !l.back:
			do(k, k-1)
		case k == 0:
			do(t-1, -1)
		default:
			do(t-1-k, t-k)
		}
	}
}

// forward writes the states of the words into out, from a column on.
func (l *lstm) forward(x []float32, b *batch, out []float32, ldo, off int) {
	n, h := b.rows, l.h
	l.gates = grow(l.gates, n*4*h)
	l.cell, l.cellTanh = grow(l.cell, n*h), grow(l.cellTanh, n*h)
	for i := range n {
		copy(l.gates[i*4*h:], l.b.w)
	}
	l.px.pack(l.wx.w, 4*h, l.in, 4*h)
	product(l.gates, 4*h, x, l.in, &l.px, n)
	l.ph.pack(l.wh.w, 4*h, h, 4*h)
	l.times(b.t, func(t, before int) {
		first := t * b.b
		if before >= 0 {
			product(l.gates[first*4*h:], 4*h, out[before*b.b*ldo+off:], ldo, &l.ph, b.b)
		}
		for s := range b.b {
			r := first + s
			if t >= b.lens[s] {
				clear(out[r*ldo+off : r*ldo+off+h])
				continue
			}
			g := l.gates[r*4*h : (r+1)*4*h]
			c, tc, o := l.cell[r*h:(r+1)*h], l.cellTanh[r*h:(r+1)*h], out[r*ldo+off:r*ldo+off+h]
			var old []float32
			if before >= 0 {
				old = l.cell[(before*b.b+s)*h : (before*b.b+s+1)*h]
			}
			for j := range c {
				in, keep, show, new := sigmoid(g[j]), sigmoid(g[h+j]), sigmoid(g[2*h+j]), tanh(g[3*h+j])
				g[j], g[h+j], g[2*h+j], g[3*h+j] = in, keep, show, new
				v := in * new
				if old != nil {
					v += keep * old[j]
				}
				c[j] = v
				tc[j] = tanh(v)
				o[j] = show * tc[j]
			}
		}
	})
}

// backward takes the gradient of what forward wrote and adds that of x and of the
// weights.
func (l *lstm) backward(x []float32, b *batch, out, dout []float32, ldo, off int, dx []float32) {
	n, h := b.rows, l.h
	l.grad = grow(l.grad, n*4*h)
	l.dh, l.dc = grow(l.dh, b.b*h), grow(l.dc, b.b*h)
	l.ph.packTurned(l.wh.w, 4*h, 4*h, h)
	other := *l
	other.back = !l.back
	other.times(b.t, func(t, _ int) {
		before := t - 1
		if l.back {
			before = t + 1
		}
		if before >= b.t {
			before = -1
		}
		first := t * b.b
		for s := range b.b {
			dh, dc := l.dh[s*h:(s+1)*h], l.dc[s*h:(s+1)*h]
			r := first + s
			if t >= b.lens[s] {
				clear(dh)
				clear(dc)
				continue
			}
			g, dg := l.gates[r*4*h:(r+1)*4*h], l.grad[r*4*h:(r+1)*4*h]
			tc, do := l.cellTanh[r*h:(r+1)*h], dout[r*ldo+off:r*ldo+off+h]
			var old []float32
			if before >= 0 {
				old = l.cell[(before*b.b+s)*h : (before*b.b+s+1)*h]
			}
			for j := range dh {
				in, keep, show, new := g[j], g[h+j], g[2*h+j], g[3*h+j]
				d := dh[j] + do[j]
				dcell := dc[j] + d*show*(1-tc[j]*tc[j])
				dg[2*h+j] = d * tc[j] * show * (1 - show)
				dg[j] = dcell * new * in * (1 - in)
				dg[3*h+j] = dcell * in * (1 - new*new)
				if old != nil {
					dg[h+j] = dcell * old[j] * keep * (1 - keep)
				}
				dc[j] = dcell * keep
			}
		}
		clear(l.dh)
		product(l.dh, h, l.grad[first*4*h:], 4*h, &l.ph, b.b)
	})
	l.weights(x, b, out, ldo, off, dx)
}

// weights adds the gradients of the weights and of the input.
func (l *lstm) weights(x []float32, b *batch, out []float32, ldo, off int, dx []float32) {
	n, h := b.rows, l.h
	for i := range n {
		for j, v := range l.grad[i*4*h : (i+1)*4*h] {
			l.b.g[j] += v
		}
	}
	l.turned = grow(l.turned, n*max(l.in, h))
	turn(l.turned, x, l.in, n, l.in)
	l.px.pack(l.grad, 4*h, n, 4*h)
	product(l.wx.g, 4*h, l.turned, n, &l.px, l.in)
	if m := n - b.b; m > 0 {
		states, grads := out[off:], l.grad[b.b*4*h:]
		if l.back {
			states, grads = out[b.b*ldo+off:], l.grad
		}
		turn(l.turned, states, ldo, m, h)
		l.px.pack(grads, 4*h, m, 4*h)
		product(l.wh.g, 4*h, l.turned, m, &l.px, h)
	}
	l.px.packTurned(l.wx.w, 4*h, 4*h, l.in)
	product(dx, l.in, l.grad, 4*h, &l.px, n)
}
