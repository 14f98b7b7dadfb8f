package main

import (
	"math"
	"math/rand/v2"

	"readout/internal/language/chain"
)

// sorter fits the weights by which a name is told to be of a sort, by stochastic gradients,
// each weight with a rate of its own.
type sorter struct {
	bits       int
	rate, hide float64
	w, g, sum  [][chain.Width]float32
	rounds     int
}

func newSorter(bits int, rate, hide float64) *sorter {
	room := func() [][chain.Width]float32 { return make([][chain.Width]float32, 1<<bits) }
	return &sorter{bits: bits, rate: rate, hide: hide, w: room(), g: room(), sum: room()}
}

// learn goes over the names some times and keeps the mean of the weights at the ends of
// all rounds but the first. Some features are hidden each time, so that none is relied on
// alone: the names of the news are others than those of the treebank.
func (s *sorter) learn(all []example, epochs int, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 5))
	var rows []uint32
	for epoch := range epochs {
		for _, i := range r.Perm(len(all)) {
			rows = rows[:0]
			for _, row := range all[i].rows {
				if r.Float64() >= s.hide {
					rows = append(rows, row)
				}
			}
			s.step(rows, all[i].kind)
		}
		if epoch == 0 && epochs > 1 {
			continue
		}
		s.rounds++
		for i := range s.sum {
			for y, w := range s.w[i] {
				s.sum[i][y] += w
			}
		}
	}
}

func (s *sorter) step(rows []uint32, kind uint8) {
	var p [chain.Width]float64
	for _, row := range rows {
		for y, w := range s.w[row] {
			p[y] += float64(w)
		}
	}
	top, z := p[0], 0.0
	for _, v := range p {
		top = max(top, v)
	}
	for y, v := range p {
		p[y] = math.Exp(v - top)
		z += p[y]
	}
	for y := range p {
		p[y] /= z
		if uint8(y) == kind {
			p[y]--
		}
		if math.Abs(p[y]) < 0.001 {
			p[y] = 0
		}
	}
	for _, row := range rows {
		w, g := &s.w[row], &s.g[row]
		for y, d := range p {
			if d != 0 {
				g[y] += float32(d * d)
				w[y] -= float32(s.rate * d / math.Sqrt(float64(g[y])+0.1))
			}
		}
	}
}

// model gives the mean weights in whole steps, made smaller by the share that was hidden.
func (s *sorter) model() *chain.Model {
	m := &chain.Model{Labels: chain.Width, Rows: make([]chain.Row, 1<<s.bits),
		Move: make([]int16, chain.Classes*chain.Classes*chain.Width*chain.Width)}
	scale := (1 - s.hide) * chain.Step / float64(max(s.rounds, 1))
	for i := range m.Rows {
		for y, w := range s.sum[i] {
			m.Rows[i][y] = int8(max(-127, min(127, math.Round(float64(w)*scale))))
		}
	}
	return m
}
