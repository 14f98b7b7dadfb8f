package net

// Word is a word of a sentence: what it is, and what is found.
type Word struct {
	// Form is the word as it stands, Lower in lower case.
	Form, Lower string
	// Head is the index of its head in the sentence, -1 for the root.
	Head int32
	// UPOS, XPOS and Rel are numbers of the labels that the network was trained with.
	UPOS, XPOS, Rel uint8
	// State is filled with what the last recurrent layer knows of the word, in 128ths, as
	// far as it has room.
	State []int8
}

// Group is how many sentences are read at once.
const Group = 4

// work is what reading needs; it is kept from one group to the next.
type work struct {
	Scratch
	words              memo
	rows               []int32 // of the words in the memo
	h1, h2, q, z, d, h []int16
	sum2               []int32
	scores             []int32
	mix, none, turned  []float32
	value, value2      []float32
	packed             []int16
	trees              arborist
}

// Read fills what is found of some sentences, at most Group of them. It is quickest with
// sentences of like length.
func (m *Model) Read(group [][]Word) {
	w := m.pool.Get().(*work)
	defer m.pool.Put(w)
	t := 0
	for _, s := range group {
		t = max(t, len(s))
	}
	if t == 0 {
		return
	}
	rows := t * Group
	w.rows = resize(w.rows, rows)
	m.prepare(&w.words, group, w.rows)
	w.h1 = m.run(w, 0, group, rows, w.h1)
	w.h2 = m.run(w, 1, group, rows, w.h2)
	m.show(w, group)
	m.tag(w, group, rows)
	m.sides(w, rows)
	for s, sentence := range group {
		if len(sentence) > 0 {
			m.parse(w, sentence, s)
		}
	}
}

func zeros[T any](s []T, n int) []T {
	s = resize(s, n)
	clear(s)
	return s
}

// embed fills the input of a word.
func (m *Model) embed(w *Word, x []int16) {
	normal := Normal(w.Lower)
	at := m.rows[normal]
	fill(x[:WordWidth], m.tables[0], at.word, m.units[0])
	fill(x[WordWidth:WordWidth+VectorWidth], m.tables[1], at.vector, m.units[1])
	x = x[WordWidth+VectorWidth:]
	for a, r := range Hashes(w.Form, normal) {
		fill(x[:Widths[a]], m.tables[2+a], r, m.units[2+a])
		x = x[Widths[a]:]
	}
}

func fill(x []int16, table []int8, row int32, unit int16) {
	for i, v := range table[int(row)*len(x):][:len(x)] {
		x[i] = int16(v) * unit
	}
}

// run reads the group with one recurrent layer in both directions.
func (m *Model) run(w *work, k int, group [][]Word, rows int, out []int16) []int16 {
	out = zeros(out, rows*2*m.state)
	var lens [Group]int
	for s := range group {
		lens[s] = len(group[s])
	}
	for dir := range m.layers[k] {
		l := &m.layers[k][dir]
		w.sum = resize(w.sum, rows*4*l.state)
		if k == 0 {
			w.words.copy(w.sum, dir, group, w.rows, 4*l.state)
		} else {
			l.input.apply(w.sum, w.h1, 2*m.state, rows)
		}
		l.run(&w.Scratch, &lens, rows, out[dir*m.state:], 2*m.state)
	}
	return out
}

// Scratch is what a recurrent layer needs; it is kept from one group to the next.
type Scratch struct {
	sum  []int32
	cell []float32
}

// run reads the rows of a group, those of one place together, step by step: w.sum holds
// what the input adds to each. out begins at the column of this direction.
func (l *layer) run(w *Scratch, lens *[Group]int, rows int, out []int16, ld int) {
	n, t := l.state, rows/Group
	w.cell = zeros(w.cell, Group*n)
	for k := range t {
		now, before := k, k-1
		if l.back {
			now, before = t-1-k, t-k
		}
		sum := w.sum[now*Group*4*n : (now+1)*Group*4*n]
		if k > 0 {
			multiplyAll(sum, 4*n, out[before*Group*ld:], ld, l.recurrent, n, 4*n, Group)
		}
		for s, last := range lens {
			if now < last {
				gates(sum[s*4*n:(s+1)*4*n], l.input.scale, w.cell[s*n:(s+1)*n], out[(now*Group+s)*ld:][:n])
			}
		}
	}
}

// StateWidth is how many numbers a state has.
func (m *Model) StateWidth() int { return 2 * m.state }

// show fills the states of the words that have room for them.
func (m *Model) show(w *work, group [][]Word) {
	for s, sentence := range group {
		for i := range sentence {
			state := w.h2[(i*Group+s)*2*m.state:]
			for j := range sentence[i].State {
				sentence[i].State[j] = int8(min(state[j]>>3, 127))
			}
		}
	}
}

// tag fills the parts of speech: both layers have a say.
func (m *Model) tag(w *work, group [][]Word, rows int) {
	out := m.tags.Out
	w.sum, w.sum2 = resize(w.sum, rows*out), resize(w.sum2, rows*out)
	m.tags.apply(w.sum, w.h1, 2*m.state, rows)
	m.tags2.apply(w.sum2, w.h2, 2*m.state, rows)
	w.value, w.value2 = resize(w.value, out), resize(w.value2, out)
	for s, sentence := range group {
		for i := range sentence {
			r := i*Group + s
			values(w.sum[r*out:(r+1)*out], m.tags.scale, w.value)
			values(w.sum2[r*out:(r+1)*out], m.tags2.scale, w.value2)
			for j, v := range w.value2 {
				w.value[j] = float32(w.value[j] + v)
			}
			sentence[i].UPOS = uint8(top(w.value[:m.upos]))
			sentence[i].XPOS = uint8(top(w.value[m.xposFrom : m.xposFrom+m.xpos]))
		}
	}
}

// top gives the place of the greatest value.
func top(values []float32) int {
	at := 0
	for i, v := range values {
		if v > values[at] {
			at = i
		}
	}
	return at
}

const (
	// arcUnit is what 1 is in the sides of arcs, arcBound the most that one may be: with it
	// a sum of products stays within 32 bits.
	arcUnit  = 256
	arcBound = 4095
	// stateBound is the most that a state may be.
	stateBound = 32767
	leak       = 0.1
)

// sides computes each word as a dependent and as a head.
func (m *Model) sides(w *work, rows int) {
	out, arcs := m.mix.Out, m.arcs
	w.sum = resize(w.sum, rows*out)
	m.mix.apply(w.sum, w.h2, 2*m.state, rows)
	w.d, w.h = resize(w.d, rows*arcs), resize(w.h, rows*arcs)
	w.mix = resize(w.mix, rows*out)
	w.none = zeros(w.none, arcs)
	for r := range rows {
		mix := w.mix[r*out : (r+1)*out]
		values(w.sum[r*out:(r+1)*out], m.mix.scale, mix)
		round(mix[:arcs], w.none, w.d[r*arcs:(r+1)*arcs], leak, unit, stateBound)
		round(mix[arcs:2*arcs], w.none, w.h[r*arcs:(r+1)*arcs], leak, arcUnit, arcBound)
	}
	m.turn.apply(w.sum, w.d, arcs, rows)
	w.turned, w.q = resize(w.turned, arcs), resize(w.q, rows*arcs)
	for r := range rows {
		values(w.sum[r*arcs:(r+1)*arcs], m.turn.scale, w.turned)
		round(w.turned, w.none, w.q[r*arcs:(r+1)*arcs], 1, arcUnit, arcBound)
	}
}

// parse fills heads and relations of one sentence of the group.
func (m *Model) parse(w *work, sentence []Word, s int) {
	n, arcs := len(sentence), m.arcs
	width := (n + panel) / panel * panel // room for n+1
	w.packed = zeros(w.packed, width*arcs)
	put := func(j int, h []int16) {
		p := w.packed[j/panel*arcs*panel+j%panel*2:]
		for k, v := range h {
			p[k/2*2*panel+k%2] = v
		}
	}
	put(0, m.root)
	for i := range n {
		put(i+1, w.h[(i*Group+s)*arcs:][:arcs])
	}
	padded := (n + 3) &^ 3
	w.scores = zeros(w.scores, padded*width)
	w.z = zeros(w.z, padded*max(arcs, m.labels))
	for i := range n {
		copy(w.z[i*arcs:(i+1)*arcs], w.q[(i*Group+s)*arcs:])
	}
	multiplyAll(w.scores, width, w.z, arcs, w.packed, arcs, width, padded)
	for i, h := range w.trees.best(w.scores, width, n) {
		sentence[i].Head = h
	}
	m.label(w, sentence, s, padded)
}

// label fills the relations of a sentence whose heads are known.
func (m *Model) label(w *work, sentence []Word, s, padded int) {
	k := m.labels
	for i := range sentence {
		dep := w.mix[(i*Group+s)*m.mix.Out+2*m.arcs:][:k]
		side := m.rootLabels
		if h := int(sentence[i].Head); h >= 0 {
			side = w.mix[(h*Group+s)*m.mix.Out+2*m.arcs+k:][:k]
		}
		round(dep, side, w.z[i*k:(i+1)*k], leak, unit, stateBound)
	}
	w.sum = resize(w.sum, padded*m.rels.Out)
	m.rels.apply(w.sum, w.z, k, padded)
	w.value = resize(w.value, m.rels.Out)
	for i := range sentence {
		values(w.sum[i*m.rels.Out:(i+1)*m.rels.Out], m.rels.scale, w.value)
		sentence[i].Rel = uint8(top(w.value[:m.relations]))
	}
}
