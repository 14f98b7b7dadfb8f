package net

import "math"

// panel is how many columns of a matrix stand together. Within a panel two rows lie
// interleaved: w[0][0] w[1][0] w[0][1] w[1][1] ...
const panel = 16

// multiplyPlain is multiply without vectors.
func multiplyPlain(sum []int32, ldsum int, x []int16, ldx int, w []int16, pairs int) {
	for i := range 4 {
		row := x[i*ldx : i*ldx+2*pairs]
		var acc [panel]int32
		for p := 0; p < len(row); p += 2 {
			a, b := int32(row[p]), int32(row[p+1])
			if a == 0 && b == 0 {
				continue
			}
			pair := w[p*panel : p*panel+2*panel : p*panel+2*panel]
			for j := range panel {
				acc[j] += a*int32(pair[2*j]) + b*int32(pair[2*j+1])
			}
		}
		out := sum[i*ldsum : i*ldsum+panel]
		for j, v := range acc {
			out[j] += v
		}
	}
}

// unit is what a state of 1 is in whole numbers.
const unit = 1024

// gatesPlain is gates without vectors: the same steps on the same numbers.
func gatesPlain(sum []int32, scale, cell []float32, state []int16) {
	n := len(cell)
	for j := range cell {
		in := sigmoid(float32(sum[j]) * scale[j])
		keep := sigmoid(float32(sum[n+j]) * scale[n+j])
		show := sigmoid(float32(sum[2*n+j]) * scale[2*n+j])
		next := tanh(float32(sum[3*n+j]) * scale[3*n+j])
		cell[j] = float32(in*next) + float32(keep*cell[j])
		state[j] = int16(math.RoundToEven(float64(float32(float32(show*tanh(cell[j])) * unit))))
	}
}

// tanh is the hyperbolic tangent to 1e-4, the function that the network is trained with.
// The conversions keep a compiler from joining a product and a sum, which would round
// once instead of twice.
func tanh(x float32) float32 {
	x = max(-4.97, min(4.97, x))
	s := float32(x * x)
	top := float32(378 + s)
	top = float32(17325 + float32(s*top))
	top = float32(135135 + float32(s*top))
	bottom := float32(3150 + float32(28*s))
	bottom = float32(62370 + float32(s*bottom))
	bottom = float32(135135 + float32(s*bottom))
	return float32(float32(x*top) / bottom)
}

func sigmoid(x float32) float32 { return float32(0.5 + float32(0.5*tanh(float32(0.5*x)))) }

// valuesPlain is values without vectors.
func valuesPlain(sum []int32, scale, out []float32) {
	for i := range out {
		out[i] = float32(float32(sum[i]) * scale[i])
	}
}

// roundPlain is round without vectors.
func roundPlain(a, b []float32, out []int16, slope, unit, bound float32) {
	for i := range out {
		v := float32(a[i] + b[i])
		v = max(v, float32(v*slope))
		v = max(-bound, min(bound, float32(v*unit)))
		out[i] = int16(math.RoundToEven(float64(v)))
	}
}

// sumRowsPlain is sumRows without vectors.
func sumRowsPlain(out, table []int16, rows []int32) {
	for _, r := range rows {
		row := table[int(r)*len(out):][:len(out)]
		for j, v := range row {
			out[j] += v
		}
	}
}
