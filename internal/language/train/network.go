package main

import (
	"math/rand/v2"

	"readout/internal/language/net"
)

// The sizes of the network. All are multiples of a panel.
const (
	state    = 128 // of each direction of each layer
	arcs     = 96
	labels   = 128
	upos     = 32 // columns; the tags fill the first of them
	xpos     = 64
	rels     = 64
	arcStart = 0
	headAt   = arcs
	depLabel = 2 * arcs
	headLab  = 2*arcs + labels
	mixed    = 2*arcs + 2*labels
)

// network reads a sentence with two recurrent layers in both directions. The states of
// both give the tags, those of the second heads and relations.
type network struct {
	word    *param
	vectors []float32 // not trained
	affix   [net.Affixes]*param
	layer   [2][2]*lstm
	tag, tb *param
	tag2    *param // what the second layer adds to the tags
	mix, mb *param
	turn    *param // between dependents and heads
	turnb   *param
	root    *param // the head of roots: arcs and labels
	rel, rb *param

	r *rand.Rand
	work
}

// work is what one batch needs.
type work struct {
	x, dx, xmask       []float32
	h1, d1, m1         []float32
	h2, d2, m2         []float32
	tags, dtags        []float32
	mixes, dmix, mmask []float32
	q, dq              []float32
	z, dz, zmask       []float32
	out                []float32
	turned             []float32
	p                  packed
	arc                arcWork
}

func newNetwork(words int, vectors []float32, seed uint64) *network {
	r := rand.New(rand.NewPCG(seed, 1))
	n := &network{r: r, vectors: vectors}
	n.word = table("word", words, net.WordWidth, 0.3, r)
	for a := range n.affix {
		n.affix[a] = table("affix"+string(rune('0'+a)), net.Buckets[a], net.Widths[a], 0.3, r)
	}
	for k, in := range [2]int{net.Width, 2 * state} {
		name := "layer" + string(rune('0'+k))
		n.layer[k][0] = newLSTM(name+".on", in, state, false, r)
		n.layer[k][1] = newLSTM(name+".back", in, state, true, r)
	}
	n.tag, n.tb = matrix("tag", 2*state, upos+xpos, r), newParam("tag.b", 1, upos+xpos, 0, r)
	n.tag2 = newParam("tag2", 2*state, upos+xpos, 0, r)
	n.mix, n.mb = matrix("mix", 2*state, mixed, r), newParam("mix.b", 1, mixed, 0, r)
	n.turn, n.turnb = matrix("turn", arcs, arcs, r), newParam("turn.b", 1, arcs, 0, r)
	n.root = newParam("root", 1, arcs+labels, 0.3, r)
	n.rel, n.rb = matrix("rel", labels, rels, r), newParam("rel.b", 1, rels, 0, r)
	return n
}

func (n *network) params() (all []*param) {
	all = append(all, n.word)
	all = append(all, n.affix[:]...)
	for _, l := range n.layer {
		all = append(append(all, l[0].params()...), l[1].params()...)
	}
	return append(all, n.tag, n.tb, n.tag2, n.mix, n.mb, n.turn, n.turnb, n.root, n.rel, n.rb)
}

// dropout fills a mask and applies it; without training it does nothing.
func (n *network) dropout(x, mask []float32, train bool) []float32 {
	if !train {
		return mask
	}
	mask = grow(mask, len(x))
	const keep = 1.0 - 84.0/256
	for i := 0; i < len(x); i += 8 {
		bits := n.r.Uint64()
		for j := i; j < min(i+8, len(x)); j++ {
			if byte(bits) >= 84 {
				mask[j] = 1 / keep
			}
			bits >>= 8
			x[j] *= mask[j]
		}
	}
	return mask
}

// dropArcs drops from the sides of the arcs; those of the labels are dropped once both
// are summed.
func (n *network) dropArcs(rows int) []float32 {
	drop := grow(n.arc.turned, rows*2*arcs)
	for r := range rows {
		copy(drop[r*2*arcs:(r+1)*2*arcs], n.mixes[r*mixed:])
	}
	n.arc.drop = n.dropout(drop, n.arc.drop, true)
	mask := grow(n.mmask, rows*mixed)
	for r := range rows {
		copy(n.mixes[r*mixed:], drop[r*2*arcs:(r+1)*2*arcs])
		copy(mask[r*mixed:], n.arc.drop[r*2*arcs:(r+1)*2*arcs])
		for j := 2 * arcs; j < mixed; j++ {
			mask[r*mixed+j] = 1
		}
	}
	n.arc.turned = drop
	return mask
}

func times(x, mask []float32) {
	for i, m := range mask {
		x[i] *= m
	}
}

func bias(x, b []float32) {
	for i := 0; i < len(x); i += len(b) {
		copy(x[i:], b)
	}
}

// leak is the slope of the activation below zero.
const leak = 0.1

func activate(x []float32) {
	for i, v := range x {
		if v < 0 {
			x[i] = leak * v
		}
	}
}

// embed fills the input of a batch.
func (n *network) embed(b *batch, train bool) {
	n.x = grow(n.x, b.rows*net.Width)
	for r := range b.rows {
		w := b.words[r]
		if w == nil {
			continue
		}
		x := n.x[r*net.Width : (r+1)*net.Width]
		copy(x, n.word.row(int(b.ids[r])))
		if w.vector >= 0 {
			copy(x[net.WordWidth:], n.vectors[int(w.vector)*net.VectorWidth:][:net.VectorWidth])
		}
		at := net.WordWidth + net.VectorWidth
		for a, row := range w.affix {
			copy(x[at:], n.affix[a].row(int(row)))
			at += net.Widths[a]
		}
	}
	n.xmask = n.dropout(n.x, n.xmask, train)
}

// forward computes everything but the scores of arcs and relations.
func (n *network) forward(b *batch, train bool) {
	n.embed(b, train)
	n.h1, n.h2 = grow(n.h1, b.rows*2*state), grow(n.h2, b.rows*2*state)
	for k, l := range n.layer[0] {
		l.forward(n.x, b, n.h1, 2*state, k*state)
	}
	// The states before dropout are what the recurrence needs again in backward.
	n.d1 = append(n.d1[:0], n.h1...)
	n.m1 = n.dropout(n.d1, n.m1, train)
	n.tags = grow(n.tags, b.rows*(upos+xpos))
	bias(n.tags, n.tb.w)
	n.p.pack(n.tag.w, upos+xpos, 2*state, upos+xpos)
	product(n.tags, upos+xpos, n.d1, 2*state, &n.p, b.rows)
	for k, l := range n.layer[1] {
		l.forward(n.d1, b, n.h2, 2*state, k*state)
	}
	n.d2 = append(n.d2[:0], n.h2...)
	n.m2 = n.dropout(n.d2, n.m2, train)
	n.p.pack(n.tag2.w, upos+xpos, 2*state, upos+xpos)
	product(n.tags, upos+xpos, n.d2, 2*state, &n.p, b.rows)
	n.mixes = grow(n.mixes, b.rows*mixed)
	bias(n.mixes, n.mb.w)
	n.p.pack(n.mix.w, mixed, 2*state, mixed)
	product(n.mixes, mixed, n.d2, 2*state, &n.p, b.rows)
	for r := range b.rows {
		activate(n.mixes[r*mixed : r*mixed+2*arcs])
	}
	if train {
		n.mmask = n.dropArcs(b.rows)
	}
	n.q = grow(n.q, b.rows*arcs)
	bias(n.q, n.turnb.w)
	n.p.pack(n.turn.w, arcs, arcs, arcs)
	product(n.q, arcs, n.mixes, mixed, &n.p, b.rows)
}

// affine adds the gradients of a product: of its weights, its bias and its input.
func (n *network) affine(w, b *param, x []float32, ldx int, dy []float32, ldy, rows int, dx []float32, lddx int) {
	if b != nil {
		for r := range rows {
			for j, v := range dy[r*ldy : r*ldy+w.cols] {
				b.g[j] += v
			}
		}
	}
	n.turned = grow(n.turned, rows*w.rows)
	turn(n.turned, x, ldx, rows, w.rows)
	n.p.pack(dy, ldy, rows, w.cols)
	product(w.g, w.cols, n.turned, rows, &n.p, w.rows)
	n.p.packTurned(w.w, w.cols, w.cols, w.rows)
	product(dx, lddx, dy, ldy, &n.p, rows)
}

// backward takes the gradients of tags, arcs and relations to all weights.
func (n *network) backward(b *batch) {
	// q = turn(D)
	n.affine(n.turn, n.turnb, n.mixes, mixed, n.dq, arcs, b.rows, n.dmix, mixed)
	times(n.dmix, n.mmask)
	for r := range b.rows {
		row, d := n.mixes[r*mixed:], n.dmix[r*mixed:]
		for j := range 2 * arcs {
			if row[j] < 0 {
				d[j] *= leak
			}
		}
	}
	dh2 := grow(n.x2(), b.rows*2*state)
	n.affine(n.mix, n.mb, n.d2, 2*state, n.dmix, mixed, b.rows, dh2, 2*state)
	n.affine(n.tag2, nil, n.d2, 2*state, n.dtags, upos+xpos, b.rows, dh2, 2*state)
	times(dh2, n.m2)
	dh1 := grow(n.x1(), b.rows*2*state)
	for k, l := range n.layer[1] {
		l.backward(n.d1, b, n.h2, dh2, 2*state, k*state, dh1)
	}
	n.affine(n.tag, n.tb, n.d1, 2*state, n.dtags, upos+xpos, b.rows, dh1, 2*state)
	times(dh1, n.m1)
	n.dx = grow(n.dx, b.rows*net.Width)
	for k, l := range n.layer[0] {
		l.backward(n.x, b, n.h1, dh1, 2*state, k*state, n.dx)
	}
	times(n.dx, n.xmask)
	n.arc.dh1, n.arc.dh2 = dh1, dh2
	n.unembed(b)
}

func (n *network) x1() []float32 { return n.arc.dh1 }
func (n *network) x2() []float32 { return n.arc.dh2 }

// unembed adds the gradients of the input to the tables.
func (n *network) unembed(b *batch) {
	add := func(p *param, row int32, d []float32) {
		p.touch(row)
		for j, v := range p.gradRow(int(row)) {
			p.gradRow(int(row))[j] = v + d[j]
		}
	}
	for r := range b.rows {
		w := b.words[r]
		if w == nil {
			continue
		}
		d := n.dx[r*net.Width : (r+1)*net.Width]
		add(n.word, b.ids[r], d)
		at := net.WordWidth + net.VectorWidth
		for a, row := range w.affix {
			add(n.affix[a], row, d[at:])
			at += net.Widths[a]
		}
	}
}
