package main

import (
	"math"
	"math/rand/v2"

	"readout/internal/language/chain"
	chains "readout/internal/language/chain/learn"
	"readout/internal/language/net/learn"
)

// width is the room for the labels of a token.
const width = chain.Width

// lattice computes the loss of a sequence whose labels depend on the ones before.
type lattice struct {
	alpha, beta, score [][width]float64
	exp                [][width * width]float64
}

// newMoves makes the weights of one label behind another, by the classes of the tokens.
func newMoves(name string, r *rand.Rand) *learn.Param {
	return learn.NewParam(name, chain.Classes*chain.Classes*width, width, 0, r)
}

// sums goes forward and backward over the scores of n tokens, ld apart.
func (l *lattice) sums(x []float32, ld, n, k int, class []uint8, moves *learn.Param, fixed func(int) bool) {
	if cap(l.alpha) < n {
		l.alpha, l.beta, l.score = make([][width]float64, n), make([][width]float64, n), make([][width]float64, n)
		l.exp = make([][width * width]float64, n)
	}
	l.alpha, l.beta, l.score, l.exp = l.alpha[:n], l.beta[:n], l.score[:n], l.exp[:n]
	for i := range n {
		row := x[i*ld : i*ld+k]
		top := row[0]
		for _, v := range row {
			top = max(top, v)
		}
		for y, v := range row {
			l.score[i][y] = math.Exp(float64(v - top))
			if y > 0 && fixed != nil && fixed(i) {
				l.score[i][y] = 0
			}
		}
		if i > 0 {
			at := chain.MoveAt(class[i-1], class[i]) / width
			for b := range k {
				for y := range k {
					l.exp[i][b*width+y] = 0
					if chain.Allowed(b, y) {
						l.exp[i][b*width+y] = math.Exp(float64(moves.W[(at+b)*width+y]))
					}
				}
			}
		}
	}
	chains.Sums(k, l.alpha, l.beta, l.score, l.exp)
}

// least is what a probability is taken for at least.
const least = 1e-30

// probability gives that of a label.
func (l *lattice) probability(i, y, k int) float64 {
	z := 0.0
	for b := range k {
		z += l.alpha[i][b] * l.beta[i][b]
	}
	return l.alpha[i][y] * l.beta[i][y] / z
}

// learn turns scores into the gradient of the loss, times a scale, and adds that of the
// moves. The sums have been made. It gives the loss: less the logarithm of the probability
// of the right labels, each behind the one before.
func (l *lattice) learn(x []float32, ld, n, k int, class, labels []uint8, moves *learn.Param, scale float32) (loss float64) {
	before := 1.0 // the probability of the right label before
	for i := range n {
		z := 0.0
		for y := range k {
			z += l.alpha[i][y] * l.beta[i][y]
		}
		right := l.alpha[i][labels[i]] * l.beta[i][labels[i]] / z
		for y := range k {
			p := l.alpha[i][y] * l.beta[i][y] / z
			if y == int(labels[i]) {
				p--
			}
			x[i*ld+y] = float32(p) * scale
		}
		if i == 0 {
			loss -= math.Log(max(right, least))
			before = right
			continue
		}
		var p [width * width]float64
		z = 0
		for b := range k {
			for y := range k {
				v := l.alpha[i-1][b] * l.exp[i][b*width+y] * l.score[i][y] * l.beta[i][y]
				p[b*width+y] = v
				z += v
			}
		}
		at := chain.MoveAt(class[i-1], class[i]) / width
		for b := range k {
			for y := range k {
				d := p[b*width+y] / z
				if b == int(labels[i-1]) && y == int(labels[i]) {
					loss -= math.Log(max(d, least) / max(before, least))
					d--
				}
				moves.G[(at+b)*width+y] += float32(d) * scale
			}
		}
		before = right
	}
	return loss
}
