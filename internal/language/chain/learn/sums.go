package learn

import "readout/internal/language/chain"

// Sums goes forward and backward over the tokens of a sequence with k labels each. score
// holds what each label weighs by itself, exp at [i][b*Width+y] what label y of token i
// weighs behind label b. It fills alpha and beta: their product is, up to a factor of each
// token, the probability of a label.
func Sums(k int, alpha, beta, score [][width]float64, exp [][width * width]float64) {
	n := len(score)
	for i := range n {
		var total float64
		for y := range k {
			var sum float64
			if i == 0 {
				if chain.Allowed(0, y) {
					sum = 1
				}
			} else {
				for b := range k {
					sum += alpha[i-1][b] * exp[i][b*width+y]
				}
			}
			alpha[i][y] = sum * score[i][y]
			total += alpha[i][y]
		}
		for y := range k {
			alpha[i][y] /= total
		}
	}
	for y := range k {
		beta[n-1][y] = 1
	}
	for i := n - 2; i >= 0; i-- {
		var total float64
		for b := range k {
			var sum float64
			for y := range k {
				sum += exp[i+1][b*width+y] * score[i+1][y] * beta[i+1][y]
			}
			beta[i][b] = sum
			total += sum
		}
		for b := range k {
			beta[i][b] /= total
		}
	}
}
