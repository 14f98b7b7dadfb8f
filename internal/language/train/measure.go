package main

import (
	"fmt"
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
			for t := range b.Lens[k] {
				r := t*b.B + k
				w := b.words[r]
				row := n.arc.s[t*width : t*width+b.Lens[k]+1]
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
				copy(out, n.rb.W)
				for i, v := range z {
					for j := range out {
						out[j] += v * n.rel.W[i*rels+j]
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
