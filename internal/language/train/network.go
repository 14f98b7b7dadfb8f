package main

import (
	"math/rand/v2"

	"readout/internal/language/net"
	"readout/internal/language/net/learn"
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
	word    *learn.Param
	vectors []float32 // not trained
	affix   [net.Affixes]*learn.Param
	layer   [2][2]*learn.LSTM
	tag, tb *learn.Param
	tag2    *learn.Param // what the second layer adds to the tags
	mix, mb *learn.Param
	turn    *learn.Param // between dependents and heads
	turnb   *learn.Param
	root    *learn.Param // the head of roots: arcs and labels
	rel, rb *learn.Param

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
	p                  learn.Packed
	arc                arcWork
}

func newNetwork(words int, vectors []float32, seed uint64) *network {
	r := rand.New(rand.NewPCG(seed, 1))
	n := &network{r: r, vectors: vectors}
	n.word = learn.Table("word", words, net.WordWidth, 0.3, r)
	for a := range n.affix {
		n.affix[a] = learn.Table("affix"+string(rune('0'+a)), net.Buckets[a], net.Widths[a], 0.3, r)
	}
	for k, in := range [2]int{net.Width, 2 * state} {
		name := "layer" + string(rune('0'+k))
		n.layer[k][0] = learn.NewLSTM(name+".on", in, state, false, r)
		n.layer[k][1] = learn.NewLSTM(name+".back", in, state, true, r)
	}
	n.tag, n.tb = learn.Matrix("tag", 2*state, upos+xpos, r), learn.NewParam("tag.b", 1, upos+xpos, 0, r)
	n.tag2 = learn.NewParam("tag2", 2*state, upos+xpos, 0, r)
	n.mix, n.mb = learn.Matrix("mix", 2*state, mixed, r), learn.NewParam("mix.b", 1, mixed, 0, r)
	n.turn, n.turnb = learn.Matrix("turn", arcs, arcs, r), learn.NewParam("turn.b", 1, arcs, 0, r)
	n.root = learn.NewParam("root", 1, arcs+labels, 0.3, r)
	n.rel, n.rb = learn.Matrix("rel", labels, rels, r), learn.NewParam("rel.b", 1, rels, 0, r)
	return n
}

func (n *network) params() (all []*learn.Param) {
	all = append(all, n.word)
	all = append(all, n.affix[:]...)
	for _, l := range n.layer {
		all = append(append(all, l[0].Params()...), l[1].Params()...)
	}
	return append(all, n.tag, n.tb, n.tag2, n.mix, n.mb, n.turn, n.turnb, n.root, n.rel, n.rb)
}

// dropout fills a mask and applies it; without training it does nothing.
func (n *network) dropout(x, mask []float32, train bool) []float32 {
	if !train {
		return mask
	}
	return learn.Dropout(x, mask, dropped, n.r)
}

// dropped is what is dropped, of 256.
const dropped = 84

// dropArcs drops from the sides of the arcs; those of the labels are dropped once both
// are summed.
func (n *network) dropArcs(rows int) []float32 {
	drop := learn.Grow(n.arc.turned, rows*2*arcs)
	for r := range rows {
		copy(drop[r*2*arcs:(r+1)*2*arcs], n.mixes[r*mixed:])
	}
	n.arc.drop = n.dropout(drop, n.arc.drop, true)
	mask := learn.Grow(n.mmask, rows*mixed)
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

// embed fills the input of a batch.
func (n *network) embed(b *batch, train bool) {
	n.x = learn.Grow(n.x, b.Rows*net.Width)
	for r := range b.Rows {
		w := b.words[r]
		if w == nil {
			continue
		}
		x := n.x[r*net.Width : (r+1)*net.Width]
		copy(x, n.word.Row(int(b.ids[r])))
		if w.vector >= 0 {
			copy(x[net.WordWidth:], n.vectors[int(w.vector)*net.VectorWidth:][:net.VectorWidth])
		}
		at := net.WordWidth + net.VectorWidth
		for a, row := range w.affix {
			copy(x[at:], n.affix[a].Row(int(row)))
			at += net.Widths[a]
		}
	}
	n.xmask = n.dropout(n.x, n.xmask, train)
}

// forward computes everything but the scores of arcs and relations.
func (n *network) forward(b *batch, train bool) {
	n.embed(b, train)
	n.h1, n.h2 = learn.Grow(n.h1, b.Rows*2*state), learn.Grow(n.h2, b.Rows*2*state)
	for k, l := range n.layer[0] {
		l.Forward(n.x, &b.Steps, n.h1, 2*state, k*state)
	}
	// The states before dropout are what the recurrence needs again in backward.
	n.d1 = append(n.d1[:0], n.h1...)
	n.m1 = n.dropout(n.d1, n.m1, train)
	n.tags = learn.Grow(n.tags, b.Rows*(upos+xpos))
	learn.Bias(n.tags, n.tb.W)
	n.p.Pack(n.tag.W, upos+xpos, 2*state, upos+xpos)
	learn.Product(n.tags, upos+xpos, n.d1, 2*state, &n.p, b.Rows)
	for k, l := range n.layer[1] {
		l.Forward(n.d1, &b.Steps, n.h2, 2*state, k*state)
	}
	n.d2 = append(n.d2[:0], n.h2...)
	n.m2 = n.dropout(n.d2, n.m2, train)
	n.p.Pack(n.tag2.W, upos+xpos, 2*state, upos+xpos)
	learn.Product(n.tags, upos+xpos, n.d2, 2*state, &n.p, b.Rows)
	n.mixes = learn.Grow(n.mixes, b.Rows*mixed)
	learn.Bias(n.mixes, n.mb.W)
	n.p.Pack(n.mix.W, mixed, 2*state, mixed)
	learn.Product(n.mixes, mixed, n.d2, 2*state, &n.p, b.Rows)
	for r := range b.Rows {
		learn.Activate(n.mixes[r*mixed : r*mixed+2*arcs])
	}
	if train {
		n.mmask = n.dropArcs(b.Rows)
	}
	n.q = learn.Grow(n.q, b.Rows*arcs)
	learn.Bias(n.q, n.turnb.W)
	n.p.Pack(n.turn.W, arcs, arcs, arcs)
	learn.Product(n.q, arcs, n.mixes, mixed, &n.p, b.Rows)
}

// affine adds the gradients of a product: of its weights, its bias and its input.
func (n *network) affine(w, b *learn.Param, x []float32, ldx int, dy []float32, ldy, rows int, dx []float32, lddx int) {
	if b != nil {
		for r := range rows {
			for j, v := range dy[r*ldy : r*ldy+w.Cols] {
				b.G[j] += v
			}
		}
	}
	n.turned = learn.Grow(n.turned, rows*w.Rows)
	learn.Turn(n.turned, x, ldx, rows, w.Rows)
	n.p.Pack(dy, ldy, rows, w.Cols)
	learn.Product(w.G, w.Cols, n.turned, rows, &n.p, w.Rows)
	n.p.PackTurned(w.W, w.Cols, w.Cols, w.Rows)
	learn.Product(dx, lddx, dy, ldy, &n.p, rows)
}

// backward takes the gradients of tags, arcs and relations to all weights.
func (n *network) backward(b *batch) {
	// q = learn.Turn(D)
	n.affine(n.turn, n.turnb, n.mixes, mixed, n.dq, arcs, b.Rows, n.dmix, mixed)
	learn.Times(n.dmix, n.mmask)
	for r := range b.Rows {
		row, d := n.mixes[r*mixed:], n.dmix[r*mixed:]
		for j := range 2 * arcs {
			if row[j] < 0 {
				d[j] *= learn.Leak
			}
		}
	}
	dh2 := learn.Grow(n.x2(), b.Rows*2*state)
	n.affine(n.mix, n.mb, n.d2, 2*state, n.dmix, mixed, b.Rows, dh2, 2*state)
	n.affine(n.tag2, nil, n.d2, 2*state, n.dtags, upos+xpos, b.Rows, dh2, 2*state)
	learn.Times(dh2, n.m2)
	dh1 := learn.Grow(n.x1(), b.Rows*2*state)
	for k, l := range n.layer[1] {
		l.Backward(n.d1, &b.Steps, n.h2, dh2, 2*state, k*state, dh1)
	}
	n.affine(n.tag, n.tb, n.d1, 2*state, n.dtags, upos+xpos, b.Rows, dh1, 2*state)
	learn.Times(dh1, n.m1)
	n.dx = learn.Grow(n.dx, b.Rows*net.Width)
	for k, l := range n.layer[0] {
		l.Backward(n.x, &b.Steps, n.h1, dh1, 2*state, k*state, n.dx)
	}
	learn.Times(n.dx, n.xmask)
	n.arc.dh1, n.arc.dh2 = dh1, dh2
	n.unembed(b)
}

func (n *network) x1() []float32 { return n.arc.dh1 }
func (n *network) x2() []float32 { return n.arc.dh2 }

// unembed adds the gradients of the input to the tables.
func (n *network) unembed(b *batch) {
	add := func(p *learn.Param, row int32, d []float32) {
		p.Touch(row)
		for j, v := range p.GradRow(int(row)) {
			p.GradRow(int(row))[j] = v + d[j]
		}
	}
	for r := range b.Rows {
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
