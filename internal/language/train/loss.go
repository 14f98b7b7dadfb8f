package main

import "math"

// arcWork is what the scores of the arcs of one sentence need.
type arcWork struct {
	q, h, dq, dh, s, turned []float32
	p                       packed
	dh1, dh2, drop          []float32
}

// soften turns scores into the gradient of the loss for a right answer, times a scale, and
// gives the loss.
func soften(x []float32, right int, scale float32) float64 {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	var sum float32
	want := x[right]
	for i, v := range x {
		e := float32(math.Exp(float64(v - top)))
		x[i] = e
		sum += e
	}
	k := scale / sum
	for i := range x {
		x[i] *= k
	}
	x[right] -= scale
	return math.Log(float64(sum)) - float64(want-top)
}

// learn computes the loss of a batch and adds its gradients.
func (n *network) learn(b *batch) (loss float64) {
	n.forward(b, true)
	scale := 1 / float32(b.count)
	n.dtags = append(n.dtags[:0], n.tags...)
	for r := range b.rows {
		t := n.dtags[r*(upos+xpos) : (r+1)*(upos+xpos)]
		w := b.words[r]
		if w == nil {
			clear(t)
			continue
		}
		loss += soften(t[:upos], int(w.upos), scale)
		loss += soften(t[upos:], int(w.xpos), scale)
	}
	n.dmix = grow(n.dmix, b.rows*mixed)
	n.dq = grow(n.dq, b.rows*arcs)
	for s := range len(b.of) {
		loss += n.learnArcs(b, s, scale)
	}
	loss += n.learnLabels(b, scale)
	n.backward(b)
	return loss / float64(b.count)
}

// scores fills the scores of all heads of the words of a sentence; the first is the root.
func (n *network) scores(b *batch, s int) (width int) {
	a, l := &n.arc, b.lens[s]
	width = (l + 1 + panel - 1) / panel * panel
	a.q, a.h, a.s = grow(a.q, l*arcs), grow(a.h, (l+1)*arcs), grow(a.s, l*width)
	copy(a.h, n.root.w[:arcs])
	for t := range l {
		r := t*b.b + s
		copy(a.q[t*arcs:], n.q[r*arcs:(r+1)*arcs])
		copy(a.h[(t+1)*arcs:], n.mixes[r*mixed+headAt:r*mixed+headAt+arcs])
	}
	a.p.packTurned(a.h, arcs, arcs, l+1)
	product(a.s, width, a.q, arcs, &a.p, l)
	return width
}

func (n *network) learnArcs(b *batch, s int, scale float32) (loss float64) {
	width := n.scores(b, s)
	a, l := &n.arc, b.lens[s]
	for t := range l {
		row := a.s[t*width : (t+1)*width]
		row[t+1] = -1e9 // no word is its own head
		loss += soften(row[:l+1], int(b.words[t*b.b+s].head)+1, scale)
		row[t+1] = 0
		clear(row[l+1:])
	}
	// dq = ds h, dh = ds' q
	a.dq = grow(a.dq, l*arcs)
	a.p.pack(a.h, arcs, l+1, arcs)
	product(a.dq, arcs, a.s, width, &a.p, l)
	a.turned = grow(a.turned, width*l)
	turn(a.turned, a.s, width, l, l+1)
	a.dh = grow(a.dh, (l+1)*arcs)
	a.p.pack(a.q, arcs, l, arcs)
	product(a.dh, arcs, a.turned, l, &a.p, l+1)
	for j := range arcs {
		n.root.g[j] += a.dh[j]
	}
	for t := range l {
		r := t*b.b + s
		copy(n.dq[r*arcs:], a.dq[t*arcs:(t+1)*arcs])
		d := n.dmix[r*mixed+headAt : r*mixed+headAt+arcs]
		for j := range d {
			d[j] += a.dh[(t+1)*arcs+j]
		}
	}
	return loss
}

// label fills the sum of both sides of an arc.
func (n *network) label(z []float32, b *batch, r, head int) {
	dep := n.mixes[r*mixed+depLabel:][:labels]
	side := n.root.w[arcs:]
	if head >= 0 {
		side = n.mixes[head*mixed+headLab:][:labels]
	}
	for j := range z {
		z[j] = dep[j] + side[j]
	}
	activate(z)
}

// headRow gives the row of the head of a word, -1 for the root.
func (b *batch) headRow(r int, head int32) int {
	if head < 0 {
		return -1
	}
	return int(head)*b.b + r%b.b
}

func (n *network) learnLabels(b *batch, scale float32) (loss float64) {
	n.z = grow(n.z, b.rows*labels)
	for r, w := range b.words {
		if w != nil {
			n.label(n.z[r*labels:(r+1)*labels], b, r, b.headRow(r, w.head))
		}
	}
	n.zmask = n.dropout(n.z, n.zmask, true)
	n.out = grow(n.out, b.rows*rels)
	bias(n.out, n.rb.w)
	n.p.pack(n.rel.w, rels, labels, rels)
	product(n.out, rels, n.z, labels, &n.p, b.rows)
	for r, w := range b.words {
		o := n.out[r*rels : (r+1)*rels]
		if w == nil {
			clear(o)
			continue
		}
		loss += soften(o, int(w.rel), scale)
	}
	n.dz = grow(n.dz, b.rows*labels)
	n.affine(n.rel, n.rb, n.z, labels, n.out, rels, b.rows, n.dz, labels)
	times(n.dz, n.zmask)
	for r, w := range b.words {
		if w == nil {
			continue
		}
		z, dz := n.z[r*labels:(r+1)*labels], n.dz[r*labels:(r+1)*labels]
		side := n.root.g[arcs:]
		if h := b.headRow(r, w.head); h >= 0 {
			side = n.dmix[h*mixed+headLab:][:labels]
		}
		dep := n.dmix[r*mixed+depLabel:][:labels]
		for j, d := range dz {
			if z[j] < 0 {
				d *= leak
			}
			dep[j] += d
			side[j] += d
		}
	}
	return loss
}
