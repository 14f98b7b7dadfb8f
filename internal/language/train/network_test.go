package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"readout/internal/language/net"
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
			clear(p.g)
		}
		return n.learn(b)
	}
	loss()
	for _, p := range n.params() {
		grad := append([]float32(nil), p.g...)
		top := 0
		for i, g := range grad {
			if math.Abs(float64(g)) > math.Abs(float64(grad[top])) {
				top = i
			}
		}
		const step = 5e-3
		old := p.w[top]
		p.w[top] = old + step
		up := loss()
		p.w[top] = old - step
		down := loss()
		p.w[top] = old
		want := (up - down) / (2 * step)
		if got := float64(grad[top]); math.Abs(got-want) > 0.06*math.Abs(want)+3e-4 {
			t.Errorf("%s[%d]: got %.5f, want %.5f", p.name, top, got, want)
		}
	}
}
