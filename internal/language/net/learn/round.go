package learn

import (
	"math"

	"readout/internal/language/net"
)

func largest(w []float32) (most float64) {
	for _, v := range w {
		most = max(most, math.Abs(float64(v)))
	}
	return most
}

func rounded(v, step float64) byte {
	return byte(int8(max(-127, min(127, math.Round(v/step)))))
}

// RoundTable rounds a table to 8 bits whose steps are a whole number of units, of which
// one makes so many.
func RoundTable(w []float32, one float64) ([]byte, int16) {
	u := max(1, math.Ceil(largest(w)*one/127))
	out := make([]byte, len(w))
	for i, v := range w {
		out[i] = rounded(float64(v), u/one)
	}
	return out, int16(u)
}

// RoundMatrix rounds a matrix to 8 bits column by column. Its input comes in units of
// which one makes so many.
func RoundMatrix(w, bias []float32, in, out int, one float64) net.Weights {
	m := net.Weights{In: in, Out: out, W: make([]byte, in*out), Bias: make([]int32, out), Scale: make([]float32, out)}
	for j := range out {
		most := 1e-9
		for k := range in {
			most = max(most, math.Abs(float64(w[k*out+j])))
		}
		step := most / 127
		for k := range in {
			m.W[k*out+j] = rounded(float64(w[k*out+j]), step)
		}
		m.Scale[j] = float32(step / one)
		m.Bias[j] = int32(math.Round(float64(bias[j]) / float64(m.Scale[j])))
	}
	return m
}

// Round rounds both kinds of weights of a direction of a recurrent layer.
func (l *LSTM) Round(one float64) (input, recurrent net.Weights) {
	both := append(append([]float32(nil), l.wx.W...), l.wh.W...)
	w := RoundMatrix(both, l.b.W, l.in+l.h, 4*l.h, one)
	at := l.in * w.Out
	return net.Weights{In: l.in, Out: w.Out, W: w.W[:at], Bias: w.Bias, Scale: w.Scale}, net.Weights{In: l.h, Out: w.Out, W: w.W[at:]}
}

// Round rounds a product.
func (a *Affine) Round(one float64) net.Weights {
	return RoundMatrix(a.W.W, a.B.W, a.W.Rows, a.W.Cols, one)
}
