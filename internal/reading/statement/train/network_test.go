package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"readout/internal/language"
	"readout/internal/reading/quotation"
	"readout/internal/reading/statement/relation"
)

// invented is a paragraph with its relations.
func invented() *article {
	d := language.New("Ada Reen said Varland would wait. \"We are ready,\" Pell Oran told Keth radio.", nil)
	language.Pipeline{language.Paragraphs{}, language.Words{}, language.Sentences{}, language.Syntax{}, quotation.Annotator{}}.Annotate(d)
	return &article{doc: d, windows: relation.Windows(d), gold: []gold{
		{cue: []relation.Stretch{{From: 2, To: 3}}, speaker: []relation.Stretch{{From: 0, To: 2}}, content: []relation.Stretch{{From: 3, To: 6}}},
		{cue: []relation.Stretch{{From: 15, To: 16}}, speaker: []relation.Stretch{{From: 13, To: 15}}, content: []relation.Stretch{{From: 8, To: 11}}},
	}}
}

// TestGradient compares the gradient of weights of every kind with what a small step does
// to the loss.
func TestGradient(t *testing.T) {
	all := examplesOf([]*article{invented()})
	n := newNetwork(1, 85)
	n.seen = make([]int32, relation.WordRows)
	for _, w := range all[0].sight.Words {
		n.seen[w] = leastSeen
	}
	loss := func() float64 {
		n.r = rand.New(rand.NewPCG(9, 9))
		for _, p := range n.params() {
			clear(p.G)
		}
		b := n.newBatch(all, false)
		cue, flat, role := n.learn(b)
		return (cue + flatShare*flat + roleShare*role) / float64(b.count)
	}
	loss()
	for _, p := range n.params() {
		grad := append([]float32(nil), p.G...)
		top := 0
		for i, g := range grad {
			if math.Abs(float64(g)) > math.Abs(float64(grad[top])) {
				top = i
			}
		}
		const step = 5e-3
		old := p.W[top]
		p.W[top] = old + step
		up := loss()
		p.W[top] = old - step
		down := loss()
		p.W[top] = old
		want := (up - down) / (2 * step)
		if got := float64(grad[top]); math.Abs(got-want) > 0.06*math.Abs(want)+3e-4 {
			t.Errorf("%s[%d]: got %.5f, want %.5f", p.Name, top, got, want)
		}
	}
}
