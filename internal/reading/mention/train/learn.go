package main

import (
	"fmt"
	"math"

	"readout/internal/reading/mention/rank"
)

// unit is how many steps of the whole numbers make one of the model.
const unit = 24

// learn gives the weights that make the right candidates most probable: a log-linear
// model, by steps of Adagrad over the examples in their order.
func (s settings) learn(documents [][]example) []int8 {
	w, square := make([]float64, rank.Size), make([]float64, rank.Size)
	sum := make([]float64, rank.Size)
	slope := map[uint32]float64{}
	var touched []uint32
	for epoch := range s.epochs {
		for _, d := range documents {
			for i := range d {
				touched = gradient(&d[i], w, slope, touched[:0])
				for _, r := range touched {
					g := slope[r] + s.decay*w[r]
					square[r] += g * g
					w[r] -= s.rate * g / (1e-3 + math.Sqrt(square[r]))
				}
			}
		}
		if epoch >= s.epochs/2 {
			for r := range w {
				sum[r] += w[r]
			}
		}
	}
	out := make([]int8, rank.Size)
	for r := range out {
		out[r] = int8(max(-127, min(127, math.Round(unit*sum[r]/float64(s.epochs-s.epochs/2)))))
	}
	return out
}

// gradient fills the slope of the loss of an example and gives the rows it touches.
func gradient(e *example, w []float64, slope map[uint32]float64, touched []uint32) []uint32 {
	all, good := probabilities(e, w)
	clear(slope)
	for i, rows := range e.rows {
		g := all[i] - good[i]
		for _, r := range rows {
			if _, ok := slope[r]; !ok {
				touched = append(touched, r)
			}
			slope[r] += g
		}
	}
	return touched
}

// probabilities gives those of all answers, and those among the right ones.
func probabilities(e *example, w []float64) (all, good []float64) {
	all, good = make([]float64, len(e.rows)), make([]float64, len(e.rows))
	top := math.Inf(-1)
	for i, rows := range e.rows {
		for _, r := range rows {
			all[i] += w[r]
		}
		top = max(top, all[i])
	}
	total, right := 0.0, 0.0
	for i := range all {
		all[i] = math.Exp(all[i] - top)
		total += all[i]
		if e.right[i] {
			right += all[i]
		}
	}
	for i := range all {
		if e.right[i] && right > 0 {
			good[i] = all[i] / right
		}
		all[i] /= total
	}
	return all, good
}

// score counts links by the class of the word that asks.
type score struct {
	gold, found, right, asked [8]int
	// margins counts links and right ones by how sure they are.
	margins [8][8][2]int
}

func (s *score) add(weights []int8, documents [][]example) {
	for _, d := range documents {
		for i := range d {
			e := &d[i]
			best, margin := choose(e, weights)
			s.asked[e.class]++
			if !e.right[0] {
				s.gold[e.class]++
			}
			if best == 0 {
				continue
			}
			s.found[e.class]++
			m := min(margin/20, 7)
			s.margins[e.class][m][0]++
			if e.right[best] {
				s.right[e.class]++
				s.margins[e.class][m][1]++
			}
		}
	}
}

func choose(e *example, weights []int8) (best, margin int) {
	top, second := math.MinInt, math.MinInt
	for i, rows := range e.rows {
		sum := 0
		for _, r := range rows {
			sum += int(weights[r])
		}
		switch {
		case sum >= top:
			best, top, second = i, sum, top
		case sum > second:
			second = sum
		}
	}
	if second == math.MinInt {
		return best, 1000
	}
	return best, top - second
}

func (s *score) print() {
	for c, name := range []string{"", "he", "she", "it", "they", "noun"} {
		if name == "" {
			continue
		}
		p, r := part(s.right[c], s.found[c]), part(s.right[c], s.gold[c])
		fmt.Printf("  %-5s asked %5d linked in gold %5d found %5d  P %.1f R %.1f F1 %.1f ", name, s.asked[c], s.gold[c], s.found[c], p, r, 2*p*r/max(p+r, 1e-9))
		for _, m := range s.margins[c] {
			fmt.Printf(" %d/%.0f", m[0], part(m[1], m[0]))
		}
		fmt.Println()
	}
}

func part(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
