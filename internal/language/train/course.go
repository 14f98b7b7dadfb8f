package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// devParts are what is measured while training, for the eye alone.
var devParts = []string{"ewt-dev", "gum-dev"}

// course is what a network is trained on.
type course struct {
	gold, silver []sentence
	dev          map[string][]sentence
	seed         uint64
}

const (
	batchWords = 400
	// warm is how many steps the rate takes to rise, clip the most that the gradient of a
	// step may be.
	warm = 500
	clip = 2
)

// lesson gives the sentences of one epoch: all of the treebanks, and about as many words
// that were labelled.
func (c *course) lesson(r *rand.Rand) []sentence {
	all := append([]sentence(nil), c.gold...)
	room := 0
	for _, s := range c.gold {
		room += len(s)
	}
	for _, i := range r.Perm(len(c.silver)) {
		if room -= len(c.silver[i]); room < 0 {
			break
		}
		all = append(all, c.silver[i])
	}
	return all
}

// train reads the sentences some times; the rate falls to nothing on the way.
func (c *course) train(n *network, epochs, rate float64) {
	start := time.Now()
	r := rand.New(rand.NewPCG(c.seed, 2))
	per := len(batches(c.lesson(rand.New(rand.NewPCG(1, 1))), batchWords, rand.New(rand.NewPCG(1, 1))))
	steps := int(epochs * float64(per))
	step := 0
	for epoch := 1; step < steps; epoch++ {
		var loss float64
		lesson := c.lesson(r)
		order := batches(lesson, batchWords, r)
		for _, of := range order {
			b := newBatch(lesson, of)
			b.hide(r)
			loss += n.learn(b)
			n.step(float32(rate * min(1, float64(step+1)/warm) * max(0.005, 1-float64(step)/float64(steps))))
			step++
		}
		fmt.Printf("%2d  loss %.4f  %v", epoch, loss/float64(len(order)), time.Since(start).Round(time.Second))
		if epoch%3 == 0 || step >= steps {
			for _, name := range devParts {
				fmt.Printf("  %s %s", name, n.measure(c.dev[name]))
			}
		}
		fmt.Println()
	}
}

// step moves all weights against their gradients.
func (n *network) step(rate float32) {
	var sum float64
	for _, p := range n.params() {
		sum += p.Norm()
	}
	scale := float32(min(1, clip/math.Sqrt(sum+1e-12)))
	for _, p := range n.params() {
		p.Step(rate, scale)
	}
}
