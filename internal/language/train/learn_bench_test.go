package main

import (
	"math/rand/v2"
	"testing"

	"readout/internal/language/net"
)

// BenchmarkLearn trains on made-up sentences; words/s is what it reports.
func BenchmarkLearn(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 3))
	n := newNetwork(5000, make([]float32, 3*net.VectorWidth), 1)
	var all []sentence
	for range 16 {
		s := make(sentence, 25)
		for i := range s {
			s[i] = word{id: int32(r.IntN(4000)), vector: -1, head: int32(i) - 1}
		}
		all = append(all, s)
	}
	of := make([]int, len(all))
	for i := range of {
		of[i] = i
	}
	bt := newBatch(all, of)
	words := 0
	for b.Loop() {
		n.learn(bt)
		for _, p := range n.params() {
			p.Step(1e-4, 1)
		}
		words += bt.count
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
