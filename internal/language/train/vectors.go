package main

import (
	"math"
	"math/rand/v2"

	"readout/internal/language/net"
	"readout/internal/language/net/learn"
)

const (
	reach    = 2 // words to each side that a vector foretells
	wrong    = 5 // words drawn for each right one
	rounds   = 6
	leastRaw = 4 // how often a word has to occur
)

// learnVectors gives the vectors of the words of the texts: each foretells its
// neighbours, with weights of their own for each place, so that words of like syntax come
// to lie together.
func learnVectors(text [][]string) (*lexicon, []float32) {
	count := map[string]int{}
	total := 0
	for _, s := range text {
		for _, w := range s {
			count[w]++
			total++
		}
	}
	raw := newLexicon(count, leastRaw)
	const dim = net.VectorWidth
	r := rand.New(rand.NewPCG(7, 7))
	in := make([]float32, len(raw.names)*dim)
	for i := range in {
		in[i] = (r.Float32() - 0.5) / dim
	}
	var out [2 * reach][]float32
	for i := range out {
		out[i] = make([]float32, len(raw.names)*dim)
	}
	draw := drawer(raw)
	done, all := 0, total*rounds
	var grad [dim]float32
	for range rounds {
		for _, s := range text {
			ids := make([]int32, 0, len(s))
			for _, w := range s {
				ids = append(ids, raw.ids[w])
			}
			for i, id := range ids {
				done++
				f := float64(count[s[i]]) / float64(total)
				if id == 0 || f > 1e-3 && r.Float64() > math.Sqrt(1e-3/f) {
					continue
				}
				rate := 0.05 * max(0.02, 1-float32(done)/float32(all))
				v := in[int(id)*dim:][:dim]
				for place, off := range [2 * reach]int{-2, -1, 1, 2} {
					if i+off < 0 || i+off >= len(ids) || ids[i+off] == 0 {
						continue
					}
					clear(grad[:])
					for k := range 1 + wrong {
						target, label := ids[i+off], float32(1)
						if k > 0 {
							if target, label = draw[r.Uint32()%uint32(len(draw))], 0; target == ids[i+off] {
								continue
							}
						}
						o := out[place][int(target)*dim:][:dim]
						var dot float32
						for j := range v {
							dot += v[j] * o[j]
						}
						g := rate * (label - learn.Sigmoid(dot))
						for j := range v {
							grad[j] += g * o[j]
							o[j] += g * v[j]
						}
					}
					for j := range v {
						v[j] += grad[j]
					}
				}
			}
		}
	}
	even(in, dim)
	return raw, in
}

// even brings the vectors to a like length, so that no word outweighs the trained ones.
func even(in []float32, dim int) {
	var sum float64
	for _, v := range in {
		sum += float64(v) * float64(v)
	}
	scale := float32(0.25 / math.Sqrt(sum/float64(len(in))))
	for i := range in {
		in[i] = max(-1, min(1, in[i]*scale))
	}
	clear(in[:dim])
}

// drawer lists words as often as they are to be drawn: by the power 3/4 of their number.
func drawer(raw *lexicon) []int32 {
	var sum float64
	for _, n := range raw.count {
		sum += math.Pow(float64(n), 0.75)
	}
	var list []int32
	for i, n := range raw.count {
		for range int(1e6*math.Pow(float64(n), 0.75)/sum) + 1 {
			if i > 0 {
				list = append(list, int32(i))
			}
		}
	}
	return list
}
