// Package linear tags and parses with weighted sums of features, trained as averaged
// perceptrons.
package linear

import "strings"

// Size is how many weights a table holds.
const Size = 1 << 21

// Model is a trained tagger and parser.
type Model struct {
	Tags          []string // "NOUN NN"
	Rels          []string
	Tag, Act, Rel []int8
}

// Word is a word of a sentence, with what was found.
type Word struct {
	Form, Lower string
	Tag         int
	Head, Rel   int
}

// Features are hashes.
type Features []uint32

func (f *Features) add(n uint32, parts ...string) {
	h := n*0x9E3779B1 + 17
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint32(p[i])) * 16777619
		}
		h = (h ^ 0xff) * 16777619
	}
	h ^= h >> 15
	*f = append(*f, h)
}

// Index gives the weight of a feature for a class.
func Index(h uint32, class int) uint32 {
	h = (h + uint32(class)*0x85EBCA6B) * 0xC2B2AE35
	return (h ^ h>>13) & (Size - 1)
}

func lower(s []Word, i int) string {
	if i < 0 || i >= len(s) {
		return "<>"
	}
	return s[i].Lower
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }
func head(s string, n int) string { return s[:min(n, len(s))] }

func shape(s string) string {
	var b []byte
	for i := 0; i < len(s) && len(b) < 6; i++ {
		c := s[i]
		k := c
		switch {
		case c >= 'a' && c <= 'z':
			k = 'x'
		case c >= 'A' && c <= 'Z':
			k = 'X'
		case c >= '0' && c <= '9':
			k = '0'
		case c >= 0x80:
			k = 'u'
		}
		if len(b) == 0 || b[len(b)-1] != k {
			b = append(b, k)
		}
	}
	return string(b)
}

// TagFeatures gives the features of a word for its tag.
func (m *Model) TagFeatures(f Features, s []Word, i int) Features {
	f = f[:0]
	w := s[i].Lower
	t1, t2 := "<>", "<>"
	if i > 0 {
		t1 = m.Tags[s[i-1].Tag]
	}
	if i > 1 {
		t2 = m.Tags[s[i-2].Tag]
	}
	sh := shape(s[i].Form)
	start := "-"
	if i == 0 {
		start = "^"
	}
	f.add(0)
	f.add(1, w)
	f.add(2, tail(w, 3))
	f.add(3, tail(w, 2))
	f.add(4, head(w, 3))
	f.add(5, sh, start)
	f.add(6, t1)
	f.add(7, t1, t2)
	f.add(8, t1, w)
	f.add(9, lower(s, i-1))
	f.add(10, lower(s, i+1))
	f.add(11, lower(s, i+2))
	f.add(12, lower(s, i-2))
	f.add(13, tail(lower(s, i+1), 3))
	f.add(14, tail(lower(s, i-1), 3))
	f.add(15, w, lower(s, i+1))
	f.add(16, lower(s, i-1), w)
	f.add(17, tail(w, 4))
	f.add(18, tail(w, 3), sh, start)
	if i+1 < len(s) {
		f.add(19, shape(s[i+1].Form), sh)
	}
	return f
}

// State is a state of the arc-hybrid parser.
type State struct {
	S           []Word
	M           *Model
	Stack       []int
	Buffer      int
	Left, Right []int // first and last child
	N           []int // children
}

func (st *State) tag(i int) string {
	if i < 0 || i >= len(st.S) {
		return "<>"
	}
	return st.M.Tags[st.S[i].Tag]
}

func (st *State) word(i int) string {
	if i < 0 || i >= len(st.S) {
		return "<>"
	}
	return st.S[i].Lower
}

func (st *State) top(k int) int {
	if n := len(st.Stack) - 1 - k; n >= 0 {
		return st.Stack[n]
	}
	return -1
}

func near(n int) string { return string(rune('0' + min(n, 9))) }

// Features gives the features of a state.
func (st *State) Features(f Features) Features {
	f = f[:0]
	s0, s1, s2, b0, b1, b2 := st.top(0), st.top(1), st.top(2), st.Buffer, st.Buffer+1, st.Buffer+2
	t0, t1, t2, u0, u1, u2 := st.tag(s0), st.tag(s1), st.tag(s2), st.tag(b0), st.tag(b1), st.tag(b2)
	w0, w1, v0, v1 := st.word(s0), st.word(s1), st.word(b0), st.word(b1)
	child := func(list []int, i int) (string, string) {
		if i < 0 || i >= len(list) || list[i] < 0 {
			return "<>", "<>"
		}
		return st.tag(list[i]), st.word(list[i])
	}
	lt0, _ := child(st.Left, s0)
	rt0, rw0 := child(st.Right, s0)
	rt1, _ := child(st.Right, s1)
	lb0, lw0 := child(st.Left, b0)
	n0, nb := "", ""
	if s0 >= 0 {
		n0 = near(st.N[s0])
	}
	if b0 < len(st.S) {
		nb = near(st.N[b0])
	}
	d := ""
	if s0 >= 0 {
		d = near((b0 - s0 + 1) / 2)
	}
	f.add(0)
	f.add(1, t0)
	f.add(2, w0, t0)
	f.add(3, u0)
	f.add(4, v0, u0)
	f.add(5, t0, u0)
	f.add(6, w0, u0)
	f.add(7, t0, v0)
	f.add(8, w0, v0)
	f.add(9, t1, t0)
	f.add(10, t1, t0, u0)
	f.add(11, t0, u0, u1)
	f.add(12, t2, t1, t0)
	f.add(13, u0, u1, u2)
	f.add(14, u0, u1)
	f.add(15, t1, u0)
	f.add(16, w1, u0)
	f.add(17, t1, v0)
	f.add(18, w1, w0)
	f.add(19, w1, t0)
	f.add(20, t0, u0, d)
	f.add(21, w0, u0, d)
	f.add(22, t0, u0, lt0)
	f.add(23, t0, u0, rt0)
	f.add(24, t0, u0, lb0)
	f.add(25, t1, t0, rt0)
	f.add(26, t1, t0, rt1)
	f.add(27, t0, n0, u0)
	f.add(28, u0, nb, t0)
	f.add(29, t0, rw0, u0)
	f.add(30, u0, lw0, t0)
	f.add(31, t1, w0, u0)
	f.add(32, t0, v0, u1)
	f.add(33, v0, v1)
	f.add(34, w0, v1)
	f.add(35, t1, t0, u0, u1)
	f.add(36, t0, u0, lt0, rt0)
	return f
}

// RelFeatures gives the features of an arc.
func (m *Model) RelFeatures(f Features, s []Word, d int) Features {
	f = f[:0]
	h := s[d].Head
	t := func(i int) string {
		if i < 0 || i >= len(s) {
			return "<>"
		}
		return m.Tags[s[i].Tag]
	}
	way := "<"
	if h > d {
		way = ">"
	}
	if h < 0 {
		way = "0"
	}
	dist := near(max(h-d, d-h))
	wd, wh := s[d].Lower, lower(s, h)
	f.add(0)
	f.add(1, t(d), way)
	f.add(2, wd, way)
	f.add(3, t(h), t(d), way)
	f.add(4, wh, t(d), way)
	f.add(5, t(h), wd, way)
	f.add(6, wh, wd)
	f.add(7, t(h), t(d), dist, way)
	f.add(8, t(d), t(d-1), t(d+1), way)
	f.add(9, t(h), t(d), t(h-1), way)
	f.add(10, t(h), t(d), t(h+1), way)
	f.add(11, t(h), t(d), t(d-1), way)
	f.add(12, t(h), t(d), t(d+1), way)
	f.add(13, t(d), lower(s, d-1), way)
	f.add(14, t(d), lower(s, d+1), way)
	f.add(15, wh, tail(wd, 3), way)
	f.add(16, tail(wd, 3), t(h), way)
	first, aux := "", ""
	for i := range s {
		if s[i].Head == d {
			if first == "" {
				first = s[i].Lower
			}
			if s[i].Lower == "to" || strings.HasPrefix(m.Tags[s[i].Tag], "AUX") || strings.HasPrefix(m.Tags[s[i].Tag], "SCONJ") || strings.HasPrefix(m.Tags[s[i].Tag], "ADP") {
				aux = s[i].Lower
			}
		}
	}
	f.add(17, first, t(d), t(h), way)
	f.add(18, aux, t(d), t(h), way)
	f.add(19, aux, wh, way)
	return f
}

func best(w []int8, f Features, n int) int {
	top, at := int32(-1<<30), 0
	for c := range n {
		var sum int32
		for _, h := range f {
			sum += int32(w[Index(h, c)])
		}
		if sum > top {
			top, at = sum, c
		}
	}
	return at
}

// The moves of the parser.
const (
	Shift = iota
	LeftArc
	RightArc
)

// Start makes a state.
func (m *Model) Start(s []Word) *State {
	st := &State{S: s, M: m, Left: make([]int, len(s)), Right: make([]int, len(s)), N: make([]int, len(s))}
	for i := range s {
		st.Left[i], st.Right[i] = -1, -1
	}
	return st
}

// Legal says whether a move is.
func (st *State) Legal(a int) bool {
	switch a {
	case Shift:
		return st.Buffer < len(st.S)
	case LeftArc:
		return len(st.Stack) > 0 && st.Buffer < len(st.S)
	}
	return len(st.Stack) > 1
}

// Do makes a move.
func (st *State) Do(a int) {
	if a == Shift {
		st.Stack = append(st.Stack, st.Buffer)
		st.Buffer++
		return
	}
	d := st.top(0)
	h := st.Buffer
	if a == RightArc {
		h = st.top(1)
		st.Right[h] = d
	} else {
		st.Left[h] = d
	}
	st.N[h]++
	st.S[d].Head = h
	st.Stack = st.Stack[:len(st.Stack)-1]
}

// Done says whether all is parsed.
func (st *State) Done() bool { return st.Buffer == len(st.S) && len(st.Stack) <= 1 }

// Annotate tags and parses a sentence.
func (m *Model) Annotate(s []Word) {
	f := make(Features, 0, 64)
	for i := range s {
		s[i].Tag = best(m.Tag, m.TagFeatures(f, s, i), len(m.Tags))
		s[i].Head = -1
	}
	st := m.Start(s)
	for !st.Done() {
		f = st.Features(f)
		top, at := int32(-1<<30), -1
		for a := range 3 {
			if !st.Legal(a) {
				continue
			}
			var sum int32
			for _, h := range f {
				sum += int32(m.Act[Index(h, a)])
			}
			if sum > top {
				top, at = sum, a
			}
		}
		st.Do(at)
	}
	for i := range s {
		s[i].Rel = best(m.Rel, m.RelFeatures(f, s, i), len(m.Rels))
	}
}
