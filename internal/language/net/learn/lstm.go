package learn

import "math/rand/v2"

// LSTM is one direction of a recurrent layer, with what its gradient needs.
type LSTM struct {
	in, h     int
	back      bool
	wx, wh, b *Param

	gates, cell, cellTanh, grad, turned []float32
	px, ph                              Packed
	dh, dc                              []float32
}

// NewLSTM makes one direction of a layer; back reads from the end.
func NewLSTM(name string, in, h int, back bool, r *rand.Rand) *LSTM {
	l := &LSTM{in: in, h: h, back: back, wx: Matrix(name+".x", in, 4*h, r), wh: Matrix(name+".h", h, 4*h, r), b: NewParam(name+".b", 1, 4*h, 0, r)}
	for i := h; i < 2*h; i++ {
		l.b.W[i] = 1 // remember at first
	}
	return l
}

// Params gives its weights.
func (l *LSTM) Params() []*Param { return []*Param{l.wx, l.wh, l.b} }

// Grow gives a slice of n zeros.
func Grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/2)
	}
	s = s[:n]
	clear(s)
	return s
}

// times calls a function for each time in the order of reading, with the time before, -1
// for none.
func (l *LSTM) times(t int, do func(t, before int)) {
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

// Forward writes the states of the words into out, from a column on.
func (l *LSTM) Forward(x []float32, b *Steps, out []float32, ldo, off int) {
	n, h := b.Rows, l.h
	l.gates = Grow(l.gates, n*4*h)
	l.cell, l.cellTanh = Grow(l.cell, n*h), Grow(l.cellTanh, n*h)
	for i := range n {
		copy(l.gates[i*4*h:], l.b.W)
	}
	l.px.Pack(l.wx.W, 4*h, l.in, 4*h)
	Product(l.gates, 4*h, x, l.in, &l.px, n)
	l.ph.Pack(l.wh.W, 4*h, h, 4*h)
	l.times(b.T, func(t, before int) {
		first := t * b.B
		if before >= 0 {
			Product(l.gates[first*4*h:], 4*h, out[before*b.B*ldo+off:], ldo, &l.ph, b.B)
		}
		for s := range b.B {
			r := first + s
			if t >= b.Lens[s] {
				clear(out[r*ldo+off : r*ldo+off+h])
				continue
			}
			g := l.gates[r*4*h : (r+1)*4*h]
			c, tc, o := l.cell[r*h:(r+1)*h], l.cellTanh[r*h:(r+1)*h], out[r*ldo+off:r*ldo+off+h]
			var old []float32
			if before >= 0 {
				old = l.cell[(before*b.B+s)*h : (before*b.B+s+1)*h]
			}
			for j := range c {
				in, keep, show, new := Sigmoid(g[j]), Sigmoid(g[h+j]), Sigmoid(g[2*h+j]), Tanh(g[3*h+j])
				g[j], g[h+j], g[2*h+j], g[3*h+j] = in, keep, show, new
				v := in * new
				if old != nil {
					v += keep * old[j]
				}
				c[j] = v
				tc[j] = Tanh(v)
				o[j] = show * tc[j]
			}
		}
	})
}

// Backward takes the gradient of what Forward wrote and adds that of x and of the
// weights.
func (l *LSTM) Backward(x []float32, b *Steps, out, dout []float32, ldo, off int, dx []float32) {
	n, h := b.Rows, l.h
	l.grad = Grow(l.grad, n*4*h)
	l.dh, l.dc = Grow(l.dh, b.B*h), Grow(l.dc, b.B*h)
	l.ph.PackTurned(l.wh.W, 4*h, 4*h, h)
	other := *l
	other.back = !l.back
	other.times(b.T, func(t, _ int) {
		before := t - 1
		if l.back {
			before = t + 1
		}
		if before >= b.T {
			before = -1
		}
		first := t * b.B
		for s := range b.B {
			dh, dc := l.dh[s*h:(s+1)*h], l.dc[s*h:(s+1)*h]
			r := first + s
			if t >= b.Lens[s] {
				clear(dh)
				clear(dc)
				continue
			}
			g, dg := l.gates[r*4*h:(r+1)*4*h], l.grad[r*4*h:(r+1)*4*h]
			tc, do := l.cellTanh[r*h:(r+1)*h], dout[r*ldo+off:r*ldo+off+h]
			var old []float32
			if before >= 0 {
				old = l.cell[(before*b.B+s)*h : (before*b.B+s+1)*h]
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
		Product(l.dh, h, l.grad[first*4*h:], 4*h, &l.ph, b.B)
	})
	l.weights(x, b, out, ldo, off, dx)
}

// weights adds the gradients of the weights and of the input.
func (l *LSTM) weights(x []float32, b *Steps, out []float32, ldo, off int, dx []float32) {
	n, h := b.Rows, l.h
	for i := range n {
		Add(l.b.G, l.grad[i*4*h:(i+1)*4*h])
	}
	l.turned = Grow(l.turned, n*max(l.in, h))
	Turn(l.turned, x, l.in, n, l.in)
	l.px.Pack(l.grad, 4*h, n, 4*h)
	Product(l.wx.G, 4*h, l.turned, n, &l.px, l.in)
	if m := n - b.B; m > 0 {
		states, grads := out[off:], l.grad[b.B*4*h:]
		if l.back {
			states, grads = out[b.B*ldo+off:], l.grad
		}
		Turn(l.turned, states, ldo, m, h)
		l.px.Pack(grads, 4*h, m, 4*h)
		Product(l.wh.G, 4*h, l.turned, m, &l.px, h)
	}
	l.px.PackTurned(l.wx.W, 4*h, 4*h, l.in)
	Product(dx, l.in, l.grad, 4*h, &l.px, n)
}
