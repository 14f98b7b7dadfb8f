package chain

import "math"

// steps is how far apart two logarithms may lie for the smaller one to count.
const steps = 6 * Unit

// table holds log(1+exp(-d)), rounded. The function is smooth and the values are rounded to
// a coarse grid, so that the machine's own exponential does not show in it.
var table = logs()

func logs() (t [steps]int32) {
	for d := range t {
		t[d] = int32(math.Round(Unit * math.Log1p(math.Exp(-float64(d)/Unit))))
	}
	return t
}

// plus gives the logarithm of the sum of two numbers from their logarithms.
func plus(a, b int32) int32 {
	if a < b {
		a, b = b, a
	}
	if d := a - b; d < steps {
		return a + table[d]
	}
	return a
}

// Plus gives the logarithm of the sum of two numbers from their logarithms.
func Plus(a, b int32) int32 { return plus(a, b) }
