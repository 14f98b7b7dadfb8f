// Package learn fits the weights of a chain to sequences with the right labels. It sums in
// floating point, with fixed seeds and in one goroutine, so that the same sequences give the
// same weights on the same kind of machine; what it gives away is in whole steps.
package learn

import (
	"math"
	"math/rand/v2"

	"readout/internal/language/chain"
)

// Sequence is an example in the form in which it is learnt from: the rows of its features,
// token after token, and the right labels.
type Sequence struct {
	Rows   []uint32
	Ends   []int32 // where in rows each token ends
	Class  []uint8
	Labels []uint8
	Fixed  []bool // the label is known: it is none
}

// Mark sets the labels of a stretch, as far as it lies in the sequence and is free.
func (s *Sequence) Mark(from, to int, begin uint8) {
	for i := max(from, 0); i < min(to, len(s.Labels)); i++ {
		switch {
		case s.Labels[i] != 0:
		case i == from || i == 0 || s.Labels[i-1] == 0:
			s.Labels[i] = begin
		default:
			s.Labels[i] = begin + 1
		}
	}
	s.Mend()
}

// Mend lets every stretch begin with the label of a beginning.
func (s *Sequence) Mend() {
	for i, y := range s.Labels {
		if y > 0 && y%2 == 0 && (i == 0 || s.Labels[i-1] != y && s.Labels[i-1] != y-1) {
			s.Labels[i] = y - 1
		}
	}
}

const width = chain.Width

// cell is the weights of a feature beside the sums of their squared gradients, so that both
// lie in one line of the cache.
type cell struct{ w, g [width]float32 }

// Learner fits the weights of a chain by stochastic gradients, each weight with a rate of
// its own (AdaGrad).
type Learner struct {
	labels    int
	bits      int
	rate      float32
	cells     []cell
	total     [][width]float32
	move      []cell // one a pair of classes and label before
	moveTotal [][width]float32
	epochs    int
	favour    float64 // what a wrong "none" costs in the margin

	score, alpha, beta [][width]float64
	exp                [][width * width]float64
	scale              []float64
}

// New makes a learner of a chain with some labels and 2^bits rows, all weights nought.
func New(labels, bits int, rate float64) *Learner {
	m := chain.Classes * chain.Classes * width
	return &Learner{labels: labels, bits: bits, rate: float32(rate), cells: make([]cell, 1<<bits), total: make([][width]float32, 1<<bits),
		move: make([]cell, m), moveTotal: make([][width]float32, m)}
}

// Learn goes over the sequences some times and keeps the mean of the weights at the ends
// of all rounds but the first.
func (l *Learner) Learn(all []Sequence, epochs int, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 7))
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	for epoch := range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			l.step(&all[i])
		}
		if epoch > 0 || epochs == 1 {
			l.epochs++
			sum(l.total, l.cells)
			sum(l.moveTotal, l.move)
		}
	}
}

func sum(into [][width]float32, cells []cell) {
	for i := range cells {
		for y, w := range cells[i].w {
			into[i][y] += w
		}
	}
}

func (l *Learner) room(n int) {
	if cap(l.score) < n {
		l.score, l.alpha, l.beta = make([][width]float64, n), make([][width]float64, n), make([][width]float64, n)
		l.exp, l.scale = make([][width * width]float64, n), make([]float64, n)
	}
	l.score, l.alpha, l.beta, l.exp, l.scale = l.score[:n], l.alpha[:n], l.beta[:n], l.exp[:n], l.scale[:n]
}

// step moves the weights against the gradient of one sequence.
func (l *Learner) step(s *Sequence) {
	n, k := len(s.Ends), l.labels
	if n == 0 {
		return
	}
	l.room(n)
	from := int32(0)
	for i := range n {
		var sum [width]float32
		for _, row := range s.Rows[from:s.Ends[i]] {
			w := &l.cells[row].w
			for y := range w {
				sum[y] += w[y]
			}
		}
		from = s.Ends[i]
		if s.Labels[i] != 0 {
			sum[0] += float32(l.favour)
		}
		top := sum[0]
		for y := 1; y < k; y++ {
			top = max(top, sum[y])
		}
		for y := range k {
			l.score[i][y] = math.Exp(float64(sum[y] - top))
			if s.Fixed != nil && s.Fixed[i] && y > 0 {
				l.score[i][y] = 0
			}
		}
		if i > 0 {
			l.moves(i, s)
		}
	}
	Sums(l.labels, l.alpha, l.beta, l.score, l.exp)
	l.update(s)
}

func (l *Learner) moves(i int, s *Sequence) {
	at := chain.MoveAt(s.Class[i-1], s.Class[i]) / width
	for b := range l.labels {
		for y := range l.labels {
			v := 0.0
			if chain.Allowed(b, y) {
				v = math.Exp(float64(l.move[at+b].w[y]))
			}
			l.exp[i][b*width+y] = v
		}
	}
}

// small is the gradient below which a token teaches nothing.
const small = 0.01

// tiny is the gradient below which a label of such a token teaches nothing.
const tiny = 0.001

func (l *Learner) update(s *Sequence) {
	k := l.labels
	from := int32(0)
	for i := range s.Ends {
		var p [width]float64
		var z float64
		for y := range k {
			p[y] = l.alpha[i][y] * l.beta[i][y]
			z += p[y]
		}
		most := 0.0
		for y := range k {
			p[y] /= z
			if uint8(y) == s.Labels[i] {
				p[y]--
			}
			most = max(most, math.Abs(p[y]))
		}
		if most > small {
			for _, row := range s.Rows[from:s.Ends[i]] {
				c := &l.cells[row]
				for y, d := range p {
					if d > tiny || d < -tiny {
						l.nudge(c, y, float32(d))
					}
				}
			}
		}
		from = s.Ends[i]
		if i > 0 {
			l.updateMove(s, i)
		}
	}
}

func (l *Learner) updateMove(s *Sequence, i int) {
	k := l.labels
	var p [width * width]float64
	var z float64
	for b := range k {
		for y := range k {
			v := l.alpha[i-1][b] * l.exp[i][b*width+y] * l.score[i][y] * l.beta[i][y]
			p[b*width+y] = v
			z += v
		}
	}
	if z == 0 {
		return
	}
	at := chain.MoveAt(s.Class[i-1], s.Class[i]) / width
	for b := range k {
		for y := range k {
			d := p[b*width+y] / z
			if int(s.Labels[i-1]) == b && int(s.Labels[i]) == y {
				d--
			}
			if math.Abs(d) > small {
				l.nudge(&l.move[at+b], y, float32(d))
			}
		}
	}
}

func (l *Learner) nudge(c *cell, y int, d float32) {
	sum := c.g[y] + d*d
	c.g[y] = sum
	c.w[y] -= l.rate * d / float32(math.Sqrt(float64(sum+0.1)))
}

// Model gives the mean weights in whole steps. Those under half a step are gone.
func (l *Learner) Model() *chain.Model {
	m := &chain.Model{Labels: l.labels, Rows: make([]chain.Row, 1<<l.bits), Move: make([]int16, len(l.move)*width)}
	n := float32(max(l.epochs, 1))
	for i := range m.Rows {
		for y := range l.labels {
			m.Rows[i][y] = int8(whole(l.total[i][y]/n, 127))
		}
	}
	for i := range m.Move {
		m.Move[i] = int16(whole(l.moveTotal[i/width][i%width]/n, 3000))
	}
	return m
}

func whole(w float32, most float64) float64 {
	return math.Max(-most, math.Min(most, math.Round(float64(w)*chain.Step)))
}
