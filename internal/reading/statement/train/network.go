package main

import (
	"math/rand/v2"

	"readout/internal/language"
	"readout/internal/language/net/learn"
	"readout/internal/reading/statement/relation"
)

// The sizes of the network.
const (
	wordWidth  = 48
	fieldWidth = 16
	hidden     = 64 // of each direction
	sideWidth  = 64 // of a pair
	heads      = 16 // columns of the labels: cue, then flat
	flatAt     = 3
	sided      = heads + 2*sideWidth
	pairLeak   = 0.125
)

// network reads a paragraph with one recurrent layer in both directions, over the states
// of the parser.
type network struct {
	word, field *learn.Param
	layer       [2]*learn.LSTM
	sides       *learn.Affine // labels of the token; the token as a cue; as a part
	pair        *learn.Param
	out         *learn.Affine
	cueMoves    *learn.Param
	roleMoves   *learn.Param

	seen  []int32 // how often each row of a word was seen
	r     *rand.Rand
	drop  byte
	steps int
	work
}

// work is what one batch needs.
type work struct {
	x, dx, xmask        []float32
	h, d, dh, hmask     []float32
	y, dy               []float32
	z, dz, zmask, o, do []float32
	lat                 lattice
	rows                [][relation.PairFields]int32
}

func inWidth() int { return language.StateWidth() + wordWidth + fieldWidth }

func newNetwork(seed uint64, drop byte) *network {
	r := rand.New(rand.NewPCG(seed, 11))
	n := &network{r: r, drop: drop}
	n.word = learn.Table("word", relation.WordRows, wordWidth, 0.3, r)
	n.field = learn.Table("field", relation.FieldRows, fieldWidth, 0.2, r)
	n.layer[0] = learn.NewLSTM("on", inWidth(), hidden, false, r)
	n.layer[1] = learn.NewLSTM("back", inWidth(), hidden, true, r)
	n.sides = learn.NewAffine("sides", 2*hidden, sided, r)
	n.pair = learn.Table("pair", relation.PairRows, sideWidth, 0.1, r)
	n.out = learn.NewAffine("out", sideWidth, heads, r)
	n.cueMoves, n.roleMoves = newMoves("cuemoves", r), newMoves("rolemoves", r)
	return n
}

func (n *network) params() []*learn.Param {
	all := []*learn.Param{n.word, n.field, n.pair, n.cueMoves, n.roleMoves}
	all = append(append(all, n.layer[0].Params()...), n.layer[1].Params()...)
	return append(append(all, n.sides.Params()...), n.out.Params()...)
}

// batch is some windows that are read together.
type batch struct {
	*learn.Steps
	of    []*example
	words []int32 // rows of the words, hidden ones 0, by row
	count int
}

func (n *network) newBatch(of []*example, train bool) *batch {
	lens := make([]int, len(of))
	for i, e := range of {
		lens[i] = len(e.sight.Words)
	}
	b := &batch{Steps: learn.NewSteps(lens), of: of}
	b.words = make([]int32, b.Rows)
	for s, e := range of {
		b.count += len(e.sight.Words)
		for t, w := range e.sight.Words {
			if c := n.seen[w]; c >= leastSeen && !(train && n.r.Float32() < 0.25/(0.25+float32(c))) {
				b.words[t*b.B+s] = w
			}
		}
	}
	return b
}

// forward fills labels and sides of all tokens.
func (n *network) forward(b *batch, train bool) {
	in, sw := inWidth(), language.StateWidth()
	n.x = learn.Grow(n.x, b.Rows*in)
	for s, e := range b.of {
		for t := range e.sight.Words {
			r := t*b.B + s
			x := n.x[r*in : (r+1)*in]
			for j, v := range e.sight.States[t*sw : (t+1)*sw] {
				x[j] = float32(v) / 128
			}
			copy(x[sw:], n.word.Row(int(b.words[r])))
			f := x[sw+wordWidth:]
			for _, row := range e.sight.Fields[t] {
				learn.Add(f, n.field.Row(int(row)))
			}
		}
	}
	if train {
		n.xmask = learn.Dropout(n.x, n.xmask, n.drop, n.r)
	}
	n.h = learn.Grow(n.h, b.Rows*2*hidden)
	for k, l := range n.layer {
		l.Forward(n.x, b.Steps, n.h, 2*hidden, k*hidden)
	}
	n.d = append(n.d[:0], n.h...)
	if train {
		n.hmask = learn.Dropout(n.d, n.hmask, n.drop, n.r)
	}
	n.y = learn.Grow(n.y, b.Rows*sided)
	n.sides.Forward(n.y, n.d, 2*hidden, b.Rows)
}

// backward takes the gradient of labels and sides to the weights.
func (n *network) backward(b *batch) {
	in, sw := inWidth(), language.StateWidth()
	n.dh = learn.Grow(n.dh, b.Rows*2*hidden)
	n.sides.Backward(n.dh, 2*hidden, n.dy, n.d, 2*hidden, b.Rows)
	learn.Times(n.dh, n.hmask)
	n.dx = learn.Grow(n.dx, b.Rows*in)
	for k, l := range n.layer {
		l.Backward(n.x, b.Steps, n.h, n.dh, 2*hidden, k*hidden, n.dx)
	}
	learn.Times(n.dx, n.xmask)
	for s, e := range b.of {
		for t := range e.sight.Words {
			r := t*b.B + s
			d := n.dx[r*in+sw : (r+1)*in]
			add(n.word, b.words[r], d[:wordWidth])
			for _, row := range e.sight.Fields[t] {
				add(n.field, row, d[wordWidth:])
			}
		}
	}
}

func add(p *learn.Param, row int32, d []float32) {
	p.Touch(row)
	learn.Add(p.GradRow(int(row)), d[:p.Cols])
}

// column gathers some columns of the rows of one sequence of the batch, and scatter puts
// them back.
func (b *batch) column(dst, y []float32, s, from, k int) {
	for t := range b.Lens[s] {
		copy(dst[t*k:(t+1)*k], y[(t*b.B+s)*sided+from:])
	}
}

func (b *batch) scatter(dy, src []float32, s, from, k int) {
	for t := range b.Lens[s] {
		copy(dy[(t*b.B+s)*sided+from:][:k], src[t*k:(t+1)*k])
	}
}

// learn computes the loss of a batch and adds its gradients.
func (n *network) learn(b *batch) (cue, flat, role float64) {
	n.forward(b, true)
	n.dy = learn.Grow(n.dy, b.Rows*sided)
	scale := 1 / float32(b.count)
	for s, e := range b.of {
		l := len(e.sight.Words)
		n.o = learn.Grow(n.o, l*3)
		b.column(n.o, n.y, s, 0, 3)
		n.lat.sums(n.o, 3, l, 3, e.sight.Class, n.cueMoves, nil)
		offered := e.golds
		if n.steps > warm {
			offered = e.offered(&n.lat)
		}
		cue += n.lat.learn(n.o, 3, l, 3, e.sight.Class, e.cues, n.cueMoves, scale)
		b.scatter(n.dy, n.o, s, 0, 3)
		for t := range l {
			r := t*b.B + s
			d := n.dy[r*sided+flatAt : r*sided+flatAt+5]
			copy(d, n.y[r*sided+flatAt:])
			flat += learn.Soften(d, int(e.flat[t]), scale*flatShare)
		}
		for _, c := range offered {
			role += n.learnRoles(b, s, e, c, scale*roleShare)
		}
	}
	n.backward(b)
	return cue, flat, role
}

const (
	flatShare = 0.3
	roleShare = 0.3
)

// scores fills the scores of the parts of a cue, one row a token, and gives the main word
// of the cue and the first token.
func (n *network) scores(b *batch, s int, e *example, from, to int, train bool) (head, low int) {
	head, low, n.rows = e.sight.Pairs(from, to, n.rows)
	k := len(n.rows)
	n.z = learn.Grow(n.z, k*sideWidth)
	a := n.y[(head*b.B+s)*sided+heads:][:sideWidth]
	for i := range n.rows {
		z := n.z[i*sideWidth : (i+1)*sideWidth]
		c := n.y[((low+i)*b.B+s)*sided+heads+sideWidth:][:sideWidth]
		copy(z, a)
		learn.Add(z, c)
		for _, row := range n.rows[i] {
			learn.Add(z, n.pair.Row(int(row)))
		}
		for j, v := range z {
			if v < 0 {
				z[j] = v * pairLeak
			}
		}
	}
	if train {
		n.dz = append(n.dz[:0], n.z...)
		n.zmask = learn.Dropout(n.z, n.zmask, n.drop/2, n.r)
	}
	n.do = learn.Grow(n.do, k*heads)
	n.out.Forward(n.do, n.z, sideWidth, k)
	return head, low
}

// learnRoles adds the gradients of the parts of one cue.
func (n *network) learnRoles(b *batch, s int, e *example, c span, scale float32) float64 {
	head, low := n.scores(b, s, e, c.from, c.to, true)
	k := len(n.rows)
	class := e.sight.Class[low : low+k]
	labels := e.roles(c, low, k)
	n.lat.sums(n.do, heads, k, 5, class, n.roleMoves, func(i int) bool { return i+low >= c.from && i+low < c.to })
	loss := n.lat.learn(n.do, heads, k, 5, class, labels, n.roleMoves, scale)
	for i := range k {
		clear(n.do[i*heads+5 : (i+1)*heads])
	}
	for i := max(c.from-low, 0); i < c.to-low; i++ {
		clear(n.do[i*heads : (i+1)*heads])
	}
	raw := n.dz
	dz := learn.Grow(n.o, k*sideWidth)
	n.out.Backward(dz, sideWidth, n.do, n.z, sideWidth, k)
	learn.Times(dz, n.zmask)
	da := n.dy[(head*b.B+s)*sided+heads:][:sideWidth]
	for i := range k {
		d, z := dz[i*sideWidth:(i+1)*sideWidth], raw[i*sideWidth:(i+1)*sideWidth]
		for j := range d {
			if z[j] < 0 {
				d[j] *= pairLeak
			}
		}
		learn.Add(da, d)
		learn.Add(n.dy[((low+i)*b.B+s)*sided+heads+sideWidth:], d)
		for _, row := range n.rows[i] {
			add(n.pair, row, d)
		}
	}
	n.o = dz
	return loss
}
