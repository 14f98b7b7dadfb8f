package main

import "readout/internal/language/net/learn"

// arcWork is what the scores of the arcs of one sentence need.
type arcWork struct {
	q, h, dq, dh, s, turned []float32
	p                       learn.Packed
	dh1, dh2, drop          []float32
}

// learn computes the loss of a batch and adds its gradients.
func (n *network) learn(b *batch) (loss float64) {
	n.forward(b, true)
	scale := 1 / float32(b.count)
	n.dtags = append(n.dtags[:0], n.tags...)
	for r := range b.Rows {
		t := n.dtags[r*(upos+xpos) : (r+1)*(upos+xpos)]
		w := b.words[r]
		if w == nil {
			clear(t)
			continue
		}
		loss += learn.Soften(t[:upos], int(w.upos), scale)
		loss += learn.Soften(t[upos:], int(w.xpos), scale)
	}
	n.dmix = learn.Grow(n.dmix, b.Rows*mixed)
	n.dq = learn.Grow(n.dq, b.Rows*arcs)
	for s := range len(b.of) {
		loss += n.learnArcs(b, s, scale)
	}
	loss += n.learnLabels(b, scale)
	n.backward(b)
	return loss / float64(b.count)
}

// scores fills the scores of all heads of the words of a sentence; the first is the root.
func (n *network) scores(b *batch, s int) (width int) {
	a, l := &n.arc, b.Lens[s]
	width = (l + 1 + learn.Panel - 1) / learn.Panel * learn.Panel
	a.q, a.h, a.s = learn.Grow(a.q, l*arcs), learn.Grow(a.h, (l+1)*arcs), learn.Grow(a.s, l*width)
	copy(a.h, n.root.W[:arcs])
	for t := range l {
		r := t*b.B + s
		copy(a.q[t*arcs:], n.q[r*arcs:(r+1)*arcs])
		copy(a.h[(t+1)*arcs:], n.mixes[r*mixed+headAt:r*mixed+headAt+arcs])
	}
	a.p.PackTurned(a.h, arcs, arcs, l+1)
	learn.Product(a.s, width, a.q, arcs, &a.p, l)
	return width
}

func (n *network) learnArcs(b *batch, s int, scale float32) (loss float64) {
	width := n.scores(b, s)
	a, l := &n.arc, b.Lens[s]
	for t := range l {
		row := a.s[t*width : (t+1)*width]
		row[t+1] = -1e9 // no word is its own head
		loss += learn.Soften(row[:l+1], int(b.words[t*b.B+s].head)+1, scale)
		row[t+1] = 0
		clear(row[l+1:])
	}
	// dq = ds h, dh = ds' q
	a.dq = learn.Grow(a.dq, l*arcs)
	a.p.Pack(a.h, arcs, l+1, arcs)
	learn.Product(a.dq, arcs, a.s, width, &a.p, l)
	a.turned = learn.Grow(a.turned, width*l)
	learn.Turn(a.turned, a.s, width, l, l+1)
	a.dh = learn.Grow(a.dh, (l+1)*arcs)
	a.p.Pack(a.q, arcs, l, arcs)
	learn.Product(a.dh, arcs, a.turned, l, &a.p, l+1)
	for j := range arcs {
		n.root.G[j] += a.dh[j]
	}
	for t := range l {
		r := t*b.B + s
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
	side := n.root.W[arcs:]
	if head >= 0 {
		side = n.mixes[head*mixed+headLab:][:labels]
	}
	for j := range z {
		z[j] = dep[j] + side[j]
	}
	learn.Activate(z)
}

// headRow gives the row of the head of a word, -1 for the root.
func (b *batch) headRow(r int, head int32) int {
	if head < 0 {
		return -1
	}
	return int(head)*b.B + r%b.B
}

func (n *network) learnLabels(b *batch, scale float32) (loss float64) {
	n.z = learn.Grow(n.z, b.Rows*labels)
	for r, w := range b.words {
		if w != nil {
			n.label(n.z[r*labels:(r+1)*labels], b, r, b.headRow(r, w.head))
		}
	}
	n.zmask = n.dropout(n.z, n.zmask, true)
	n.out = learn.Grow(n.out, b.Rows*rels)
	learn.Bias(n.out, n.rb.W)
	n.p.Pack(n.rel.W, rels, labels, rels)
	learn.Product(n.out, rels, n.z, labels, &n.p, b.Rows)
	for r, w := range b.words {
		o := n.out[r*rels : (r+1)*rels]
		if w == nil {
			clear(o)
			continue
		}
		loss += learn.Soften(o, int(w.rel), scale)
	}
	n.dz = learn.Grow(n.dz, b.Rows*labels)
	n.affine(n.rel, n.rb, n.z, labels, n.out, rels, b.Rows, n.dz, labels)
	learn.Times(n.dz, n.zmask)
	for r, w := range b.words {
		if w == nil {
			continue
		}
		z, dz := n.z[r*labels:(r+1)*labels], n.dz[r*labels:(r+1)*labels]
		side := n.root.G[arcs:]
		if h := b.headRow(r, w.head); h >= 0 {
			side = n.dmix[h*mixed+headLab:][:labels]
		}
		dep := n.dmix[r*mixed+depLabel:][:labels]
		for j, d := range dz {
			if z[j] < 0 {
				d *= learn.Leak
			}
			dep[j] += d
			side[j] += d
		}
	}
	return loss
}
