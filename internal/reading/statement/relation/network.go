package relation

import (
	"cmp"
	"math"
	"slices"

	"readout/internal/language"
	"readout/internal/language/chain"
	"readout/internal/language/net"
)

// The sizes of the network that do not follow from its weights.
const (
	// WordWidth and FieldWidth are how many numbers the tables of lemmas and of fields have.
	WordWidth  = 48
	FieldWidth = 16
	// SideWidth is how many numbers a token has as a cue, and as a part of a relation.
	SideWidth = 64
	// Heads is how many columns labels take before the sides.
	Heads = 16
	// PairUnit is what 1 is in the sum that tells how a token lies to a cue.
	PairUnit = 256
	// pairBound is the most that a side may be.
	pairBound = 8191
)

// NetworkFile is a trained network as it is stored.
type NetworkFile struct {
	Word, Field, Pair             []byte
	WordUnit, FieldUnit, PairUnit int16
	Input, Recurrent              [2]net.Weights
	Sides, Out                    net.Weights
	// CueMoves and RoleMoves are as in chain.Model.
	CueMoves, RoleMoves []int16
}

// Network reads a paragraph over the states of the parser: it knows which tokens are cues,
// and how any token lies to one. It is safe for concurrent use.
type Network struct {
	file              *NetworkFile
	word, field, pair []int16
	layer             *net.Recurrent
	sides, out        *net.Matrix
	cues, roles       chain.Model // how labels follow each other
}

// NewNetwork makes a stored network ready.
func NewNetwork(f *NetworkFile) *Network {
	return &Network{file: f, word: net.Table(f.Word, f.WordUnit), field: net.Table(f.Field, f.FieldUnit), pair: net.Table(f.Pair, f.PairUnit),
		layer: net.NewRecurrent(f.Input, f.Recurrent), sides: net.NewMatrix(&f.Sides), out: net.NewMatrix(&f.Out),
		cues: chain.Model{Labels: CueInside + 1, Move: f.CueMoves}, roles: chain.Model{Labels: SpeakerInside + 1, Move: f.RoleMoves}}
}

// Together is how many windows are made ready at once, those of like length together.
const Together = 32

// glance is what the network knows of the tokens of a window.
type glance struct {
	view view
	cues [][3]int32 // scores of the labels of cues
	side []int16    // of each token as a cue, then as a part
}

// sighted is what the network needs, kept from one window to the next.
type sighted struct {
	net.Scratch
	x, h   []int16
	rows   []int32
	sum    []int32
	value  [SideWidth * 2]float32
	head   [Heads]float32
	z      []int16
	pairs  [PairFields]int32
	glance [Together]glance
	ready  []Stretch
	order  []int
}

// Prepare reads some windows with the network, at most as many as are read together.
func (f *Finder) Prepare(d *language.Document, windows []Stretch) {
	f.doc = d
	s := &f.sighted
	s.ready = append(s.ready[:0], windows...)
	s.order = s.order[:0]
	for i, w := range windows {
		s.glance[i].view.look(d, w.From, w.To)
		s.order = append(s.order, i)
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(windows[a].Len(), windows[b].Len()) })
	for from := 0; from < len(s.order); from += net.Group {
		f.models.Net.read(s, d, s.order[from:min(from+net.Group, len(s.order))])
	}
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// read fills what is known of the tokens of a group of windows.
func (n *Network) read(s *sighted, d *language.Document, group []int) {
	t := 0
	var lens [net.Group]int
	for k, i := range group {
		lens[k] = s.ready[i].Len()
		t = max(t, lens[k])
	}
	rows, width := t*net.Group, language.StateWidth()+WordWidth+FieldWidth
	s.x, s.h = resize(s.x, rows*width), resize(s.h, rows*n.layer.Width())
	clear(s.x)
	for k, i := range group {
		g := &s.glance[i]
		for j := range g.view.tokens {
			n.embed(s, d, &g.view, j, s.x[(j*net.Group+k)*width:][:width])
		}
	}
	n.layer.Read(&s.Scratch, s.x, &lens, rows, s.h)
	out := Heads + 2*SideWidth
	s.sum = resize(s.sum, rows*out)
	n.sides.Apply(s.sum, s.h, n.layer.Width(), rows)
	for k, i := range group {
		g := &s.glance[i]
		g.cues, g.side = resize(g.cues, lens[k]), resize(g.side, lens[k]*2*SideWidth)
		for j := range lens[k] {
			sum := s.sum[(j*net.Group+k)*out:][:out]
			n.sides.Values(sum, 0, s.head[:])
			for y := range g.cues[j] {
				g.cues[j][y] = logs(s.head[y])
			}
			n.sides.Values(sum[Heads:], Heads, s.value[:])
			net.Round(s.value[:], g.side[j*2*SideWidth:][:2*SideWidth], PairUnit, pairBound)
		}
	}
}

// logs turns a score into units of a logarithm.
func logs(x float32) int32 {
	return int32(math.RoundToEven(float64(max(-1<<14, min(1<<14, float32(x*chain.Unit))))))
}

// embed fills the input of a token.
func (n *Network) embed(s *sighted, d *language.Document, v *view, i int, x []int16) {
	const up = net.Unit / 128
	state := d.State(v.from + i)
	for j, b := range state {
		x[j] = int16(b) * up
	}
	x = x[len(state):]
	copy(x, n.word[int(v.tokens[i].wordRow())*WordWidth:][:WordWidth])
	s.rows = v.fields(s.rows[:0], i)
	net.Sum(x[WordWidth:], n.field, s.rows)
}

// parts fills the scores of the parts of the cue that the lens is set on.
func (n *Network) parts(f *Finder, low, high int, scores [][chain.Width]int32) {
	s, k := &f.sighted, (high-low+3)&^3
	s.z, s.sum = resize(s.z, k*SideWidth), resize(s.sum, k*Heads)
	side := f.glance.side
	cue := side[f.lens.head*2*SideWidth:][:SideWidth]
	for i := low; i < high; i++ {
		z := s.z[(i-low)*SideWidth:][:SideWidth]
		part := side[(i*2+1)*SideWidth:][:SideWidth]
		for j := range z {
			z[j] = cue[j] + part[j]
		}
		f.lens.pair(&s.pairs, i)
		net.Sum(z, n.pair, s.pairs[:])
		for j, v := range z {
			if v < 0 {
				z[j] = v >> 3
			}
		}
	}
	clear(s.z[(high-low)*SideWidth : k*SideWidth])
	n.out.Apply(s.sum, s.z, SideWidth, k)
	for i := range scores {
		n.out.Values(s.sum[i*Heads:], 0, s.head[:])
		for y := range scores[i] {
			scores[i][y] = logs(s.head[y])
		}
	}
}
