package main

import (
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"readout/internal/language/net"
	"readout/internal/language/net/learn"
)

func sample(r *rand.Rand) []sentence {
	var all []sentence
	for _, n := range []int{7, 5, 6, 7, 3} {
		s := make(sentence, n)
		for i := range s {
			s[i] = word{id: int32(r.IntN(9)), vector: int32(r.IntN(3)) - 1, upos: int32(r.IntN(17)), xpos: int32(r.IntN(50)), rel: int32(r.IntN(50))}
			s[i].head = int32(i) - 1
			if i > 2 && r.IntN(2) == 0 {
				s[i].head = int32(i) - 3
			}
			for a := range s[i].affix {
				s[i].affix[a] = int32(r.IntN(net.Buckets[a]))
			}
		}
		all = append(all, s)
	}
	return all
}

// TestGradient compares the gradient of weights of every kind with what a small step
// does to the loss.
func TestGradient(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	vectors := make([]float32, 3*net.VectorWidth)
	for i := range vectors {
		vectors[i] = r.Float32() - 0.5
	}
	n := newNetwork(10, vectors, 1)
	all := sample(r)
	b := newBatch(all, []int{0, 1, 2, 3, 4})
	loss := func() float64 {
		n.r = rand.New(rand.NewPCG(9, 9))
		for _, p := range n.params() {
			clear(p.G)
		}
		return n.learn(b)
	}
	start := loss()
	for _, p := range n.params() {
		grad := append([]float32(nil), p.G...)
		order := make([]int, len(grad))
		for i := range order {
			order[i] = i
		}
		sort.SliceStable(order, func(i, j int) bool {
			return math.Abs(float64(grad[order[i]])) > math.Abs(float64(grad[order[j]]))
		})
		for k, i := range order {
			if k == 8 {
				t.Errorf("%s: a kink beside each of the steepest weights", p.Name)
				break
			}
			up, down := slopes(p, i, start, loss)
			if math.Abs(up-down) > 0.1*math.Abs(up+down)/2 {
				continue // the activation has a kink within the step: there is no one slope
			}
			if got, want := float64(grad[i]), (up+down)/2; math.Abs(got-want) > 0.06*math.Abs(want)+3e-4 {
				t.Errorf("%s[%d]: got %.5f, want %.5f", p.Name, i, got, want)
			}
			break
		}
	}
}

// slopes gives how fast the loss rises for a small step of a weight up, and one down.
func slopes(p *learn.Param, i int, start float64, loss func() float64) (up, down float64) {
	const step = 5e-3
	old := p.W[i]
	p.W[i] = old + step
	up = (loss() - start) / step
	p.W[i] = old - step
	down = (start - loss()) / step
	p.W[i] = old
	return up, down
}
