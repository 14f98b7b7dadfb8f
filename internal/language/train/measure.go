package main

import (
	"encoding/gob"
	"fmt"
	"os"
	"sort"
)

// score counts what is right.
type score struct{ n, upos, xpos, head, label int }

func (s score) String() string {
	p := func(k int) float64 { return 100 * float64(k) / float64(s.n) }
	return fmt.Sprintf("UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f", p(s.upos), p(s.xpos), p(s.head), p(s.label))
}

func best(x []float32) int {
	at := 0
	for i, v := range x {
		if v > x[at] {
			at = i
		}
	}
	return at
}

// measure counts what the network gets right, each word with its best head: while
// training, nothing makes the heads a tree.
func (n *network) measure(all []sentence) (s score) {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return len(all[i]) < len(all[j]) })
	for from := 0; from < len(order); from += 16 {
		b := newBatch(all, order[from:min(from+16, len(order))])
		n.forward(b, false)
		z, out := make([]float32, labels), make([]float32, rels)
		for k := range b.of {
			width := n.scores(b, k)
			for t := range b.lens[k] {
				r := t*b.b + k
				w := b.words[r]
				row := n.arc.s[t*width : t*width+b.lens[k]+1]
				row[t+1] = -1e9
				head := int32(best(row)) - 1
				s.n++
				tags := n.tags[r*(upos+xpos) : (r+1)*(upos+xpos)]
				if best(tags[:upos]) == int(w.upos) {
					s.upos++
				}
				if best(tags[upos:]) == int(w.xpos) {
					s.xpos++
				}
				if head != w.head {
					continue
				}
				s.head++
				n.label(z, b, r, b.headRow(r, head))
				copy(out, n.rb.w)
				for i, v := range z {
					for j := range out {
						out[j] += v * n.rel.w[i*rels+j]
					}
				}
				if best(out) == int(w.rel) {
					s.label++
				}
			}
		}
	}
	return s
}

// full is the network with all its weights, as it was trained.
type full struct {
	Words, Raw []string
	Vectors    []float32
	Weights    map[string][]float32
}

func (n *network) save(path string, words, raw *lexicon) error {
	x := full{Words: words.names, Raw: raw.names, Vectors: n.vectors, Weights: map[string][]float32{}}
	for _, p := range n.params() {
		x.Weights[p.name] = p.w
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewEncoder(f).Encode(x)
}

// near gives the words whose vectors lie nearest to that of a word.
func near(raw *lexicon, v []float32, name string) (list []string) {
	const dim = 64
	id := int(raw.ids[name])
	sim := make([]float32, len(raw.names))
	for i := range sim {
		var dot, sq float32
		for j := range dim {
			dot += v[i*dim+j] * v[id*dim+j]
			sq += v[i*dim+j] * v[i*dim+j]
		}
		sim[i] = dot / sqrt(sq+1e-9)
	}
	order := make([]int, len(sim))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return sim[order[i]] > sim[order[j]] })
	for _, i := range order[1:8] {
		list = append(list, raw.names[i])
	}
	return list
}
