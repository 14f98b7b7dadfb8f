package main

import (
	"math"
	"sort"

	"readout/internal/language/chain"
	"readout/internal/reading/statement/relation"
)

// offer is a possible relation of a train article and whether it is right.
type offer struct {
	facts relation.Facts
	right bool
}

func offersOf(all []*article, m *relation.Models) (out []offer) {
	f := relation.NewFinder(m)
	for _, a := range all {
		for _, w := range a.windows {
			gold := a.in(w)
			for _, r := range f.Offer(a.doc, w) {
				out = append(out, offer{r.Facts, a.right(gold, &r)})
			}
		}
	}
	return out
}

// right says whether a relation agrees with one of the gold: most of its content, and the
// speaker.
func (a *article) right(gold []gold, r *relation.Relation) bool {
	for i := range gold {
		if gold[i].whole().Overlaps(r.Cue) && a.agree(&gold[i], r) {
			return true
		}
	}
	return false
}

const (
	bins      = 48
	deep      = 5
	leafLeast = 25
	shrink    = 0.08
	ridge     = 4
)

// booster grows trees on the gradients of the logistic loss.
type booster struct {
	offers []offer
	limits [][]int32 // of the bins of each fact
	binned [][]uint8 // by fact, by offer
	score  []float64
	grad   []float64
	hess   []float64
	out    *relation.Trees
}

func (s *settings) grow(offers []offer) *relation.Trees {
	b := &booster{offers: offers, score: make([]float64, len(offers)), grad: make([]float64, len(offers)), hess: make([]float64, len(offers)), out: &relation.Trees{}}
	b.bin()
	right := 1.0
	for _, o := range offers {
		if o.right {
			right++
		}
	}
	base := math.Log(right / (float64(len(offers)) - right + 2))
	b.out.Base = int32(math.Round(base * chain.Unit))
	for i := range b.score {
		b.score[i] = base
	}
	for range s.trees {
		b.tree()
	}
	return b.out
}

// bin sorts the values of each fact into bins of like size.
func (b *booster) bin() {
	for f := range len(relation.Facts{}) {
		values := make([]int32, len(b.offers))
		for i := range b.offers {
			values[i] = b.offers[i].facts[f]
		}
		sorted := append([]int32(nil), values...)
		sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
		var limits []int32
		for k := 1; k < bins; k++ {
			v := sorted[len(sorted)*k/bins]
			if len(limits) == 0 || v > limits[len(limits)-1] {
				limits = append(limits, v)
			}
		}
		of := make([]uint8, len(values))
		for i, v := range values {
			of[i] = uint8(sort.Search(len(limits), func(k int) bool { return v <= limits[k] }))
		}
		b.limits, b.binned = append(b.limits, limits), append(b.binned, of)
	}
}

func (b *booster) tree() {
	rows := make([]int32, len(b.offers))
	for i := range rows {
		rows[i] = int32(i)
		p := 1 / (1 + math.Exp(-b.score[i]))
		y := 0.0
		if b.offers[i].right {
			y = 1
		}
		b.grad[i], b.hess[i] = p-y, p*(1-p)
	}
	b.out.Roots = append(b.out.Roots, b.node(rows, deep))
}

// node grows a part of a tree on some rows and gives its place.
func (b *booster) node(rows []int32, depth int) int32 {
	at := int32(len(b.out.Nodes))
	b.out.Nodes = append(b.out.Nodes, relation.Node{Fact: -1})
	var g, h float64
	for _, i := range rows {
		g += b.grad[i]
		h += b.hess[i]
	}
	fact, bin := -1, 0
	if depth > 0 && len(rows) >= 2*leafLeast {
		fact, bin = b.split(rows, g, h)
	}
	if fact < 0 {
		value := math.Round(-g / (h + ridge) * shrink * chain.Unit)
		b.out.Nodes[at].Value = int32(value)
		for _, i := range rows {
			b.score[i] += value / chain.Unit
		}
		return at
	}
	var left, right []int32
	for _, i := range rows {
		if int(b.binned[fact][i]) <= bin {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	l := b.node(left, depth-1)
	r := b.node(right, depth-1)
	b.out.Nodes[at] = relation.Node{Fact: int16(fact), Limit: b.limits[fact][bin], Left: l, Right: r}
	return at
}

// split gives the question that parts the rows best, -1 for none.
func (b *booster) split(rows []int32, g, h float64) (fact, bin int) {
	fact = -1
	best := 1e-3
	for f := range b.binned {
		var sums [bins][3]float64
		of := b.binned[f]
		for _, i := range rows {
			s := &sums[of[i]]
			s[0] += b.grad[i]
			s[1] += b.hess[i]
			s[2]++
		}
		var lg, lh, n float64
		for k := range b.limits[f] {
			lg, lh, n = lg+sums[k][0], lh+sums[k][1], n+sums[k][2]
			if n < leafLeast || float64(len(rows))-n < leafLeast {
				continue
			}
			gain := lg*lg/(lh+ridge) + (g-lg)*(g-lg)/(h-lh+ridge) - g*g/(h+ridge)
			if gain > best {
				best, fact, bin = gain, f, k
			}
		}
	}
	return fact, bin
}
