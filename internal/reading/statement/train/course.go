package main

import (
	"math"
	"math/rand/v2"
	"sort"

	chainlearn "readout/internal/language/chain/learn"
	"readout/internal/reading/statement/relation"
)

// span is some tokens of a window.
type span struct{ from, to int }

// example is a window with its labels.
type example struct {
	sight *relation.Sight
	from  int // the first token in the document
	cues  []uint8
	flat  []uint8
	gold  []gold
	golds []span // the cues
}

// leastSeen is how often a lemma has to occur to have a row of its own.
const leastSeen = 3

func examplesOf(all []*article) (out []*example) {
	for _, a := range all {
		for _, w := range a.windows {
			e := &example{sight: relation.NewSight(a.doc, w), from: w.From, gold: a.in(w)}
			cues, flat := chainlearn.Sequence{Labels: make([]uint8, w.Len())}, chainlearn.Sequence{Labels: make([]uint8, w.Len())}
			for _, g := range e.gold {
				if c := g.whole(); c.To <= w.To {
					e.golds = append(e.golds, span{c.From - w.From, c.To - w.From})
				}
				for _, c := range g.cue {
					cues.Mark(c.From-w.From, c.To-w.From, relation.CueBegin)
				}
				for _, c := range g.speaker {
					flat.Mark(c.From-w.From, c.To-w.From, relation.SpeakerBegin)
				}
			}
			for _, g := range e.gold {
				for _, c := range g.content {
					flat.Mark(c.From-w.From, c.To-w.From, relation.ContentBegin)
				}
			}
			e.cues, e.flat = cues.Labels, flat.Labels
			out = append(out, e)
		}
	}
	return out
}

// offered gives the cues to learn parts of: those of the gold and those that the network
// finds likely.
func (e *example) offered(l *lattice) []span {
	out := append([]span(nil), e.golds...)
	for i := range e.cues {
		if l.probability(i, 1, 3) < 0.1 {
			continue
		}
		c := span{i, i + 1}
		for c.to < len(e.cues) && c.to-c.from < 8 && l.probability(c.to, 2, 3) > 0.5 {
			c.to++
		}
		known := false
		for _, g := range e.golds {
			known = known || g == c
		}
		if !known {
			out = append(out, c)
		}
	}
	return out
}

// roles gives the labels of the parts of a cue.
func (e *example) roles(c span, low, k int) []uint8 {
	s := chainlearn.Sequence{Labels: make([]uint8, k)}
	if g := match(e.gold, relation.Stretch{From: c.from + e.from, To: c.to + e.from}); g != nil {
		for _, x := range g.content {
			s.Mark(x.From-e.from-low, x.To-e.from-low, relation.ContentBegin)
		}
		for _, x := range g.speaker {
			s.Mark(x.From-e.from-low, x.To-e.from-low, relation.SpeakerBegin)
		}
	}
	for i := max(c.from-low, 0); i < min(c.to-low, k); i++ {
		s.Labels[i] = 0
	}
	s.Mend()
	return s.Labels
}

// netSettings are those of the training of a network.
type netSettings struct {
	epochs     float64
	rate       float64
	drop       int
	batchWords int
	seed       uint64
}

const (
	warm = 300
	clip = 2
)

// teachNetwork fits a network on some examples; the rate falls to nothing on the way.
func teachNetwork(all []*example, o netSettings) *network {
	seen := make([]int32, relation.WordRows)
	for _, e := range all {
		for _, w := range e.sight.Words {
			seen[w]++
		}
	}
	seen[0] = 0
	n := newNetwork(o.seed, byte(o.drop))
	n.seen = seen
	r := rand.New(rand.NewPCG(o.seed, 12))
	per := len(batches(all, o.batchWords, r))
	steps, step := int(o.epochs*float64(per)), 0
	for epoch := 1; step < steps; epoch++ {
		var cue, flat, role float64
		words := 0
		for _, of := range batches(all, o.batchWords, r) {
			b := n.newBatch(of, true)
			c, f, p := n.learn(b)
			cue, flat, role, words = cue+c, flat+f, role+p, words+b.count
			n.step(float32(o.rate * min(1, float64(step+1)/warm) * max(0.01, 1-float64(step)/float64(steps))))
			step++
			n.steps = step
		}
		k := float64(words)
		tell("epoch %d: loss %.4f %.4f %.4f", epoch, cue/k, flat/k, role/k)
	}
	return n
}

func (n *network) step(rate float32) {
	sum := 0.0
	for _, p := range n.params() {
		sum += p.Norm()
	}
	scale := float32(min(1, clip/math.Sqrt(sum+1e-12)))
	for _, p := range n.params() {
		p.Step(rate, scale)
	}
}

// batches cuts examples into batches of some number of words, those of like length
// together, in random order.
func batches(all []*example, words int, r *rand.Rand) [][]*example {
	list := make([]*example, len(all))
	for i, k := range r.Perm(len(all)) {
		list[i] = all[k]
	}
	sort.SliceStable(list, func(i, j int) bool { return len(list[i].cues) < len(list[j].cues) })
	var out [][]*example
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && (to+1-from)*len(list[to].cues) <= words {
			to++
		}
		out = append(out, list[from:to])
		from = to
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// reportCues tells how well the network alone finds cues.
func (n *network) reportCues(all []*example) {
	for _, t := range []float64{0.3, 0.4, 0.5} {
		found, right, gold := n.measureCues(all, t)
		tell("cues from %.1f: %.1f (%.1f/%.1f)", t, f1(right, found, gold), 100*float64(right)/float64(max(found, 1)), 100*float64(right)/float64(max(gold, 1)))
	}
}

// measureCues counts the cues that the network alone finds from some probability on, and
// those that are exactly right.
func (n *network) measureCues(all []*example, threshold float64) (found, right, gold int) {
	list := append([]*example(nil), all...)
	sort.SliceStable(list, func(i, j int) bool { return len(list[i].cues) < len(list[j].cues) })
	for from := 0; from < len(list); from += 8 {
		b := n.newBatch(list[from:min(from+8, len(list))], false)
		n.forward(b, false)
		for s, e := range b.of {
			l := len(e.sight.Words)
			n.o = append(n.o[:0], make([]float32, l*3)...)
			b.column(n.o, n.y, s, 0, 3)
			n.lat.sums(n.o, 3, l, 3, e.sight.Class, n.cueMoves, nil)
			gold += len(e.golds)
			for i := range l {
				if n.lat.probability(i, 1, 3) < threshold {
					continue
				}
				c := span{i, i + 1}
				for c.to < l && n.lat.probability(c.to, 2, 3) > 0.5*n.lat.probability(c.to-1, min(2, c.to-i), 3) {
					c.to++
				}
				found++
				for _, g := range e.golds {
					if g == c {
						right++
						break
					}
				}
			}
		}
	}
	return
}
