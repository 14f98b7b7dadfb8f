package net

// Matrix is a trained product: of a row of states with weights, plus a bias.
type Matrix struct {
	// In and Out are the numbers of rows and columns, multiples of 2 and of panel.
	In, Out int
	// weights are packed in panels; what a sum times scale gives is the value.
	weights []int16
	bias    []int32
	scale   []float32
}

// pack lays weights out as the kernel reads them; they come row after row.
func pack(w []int8, in, out int) []int16 {
	p := make([]int16, in*out)
	for k := range in {
		for j := range out {
			p[j/panel*in*panel+k/2*2*panel+j%panel*2+k%2] = int16(w[k*out+j])
		}
	}
	return p
}

// add adds the products of some rows, a multiple of four, to sums.
func (m *Matrix) add(sum []int32, x []int16, ldx, rows int) {
	multiplyAll(sum, m.Out, x, ldx, m.weights, m.In, m.Out, rows)
}

func multiplyAll(sum []int32, ldsum int, x []int16, ldx int, w []int16, in, out, rows int) {
	for j := 0; j < out; j += panel {
		p := w[j*in : (j+panel)*in]
		for i := 0; i < rows; i += 4 {
			multiply(sum[i*ldsum+j:], ldsum, x[i*ldx:], ldx, p, in/2)
		}
	}
}

// apply fills sums with bias and products.
func (m *Matrix) apply(sum []int32, x []int16, ldx, rows int) {
	for i := range rows {
		copy(sum[i*m.Out:(i+1)*m.Out], m.bias)
	}
	m.add(sum, x, ldx, rows)
}
