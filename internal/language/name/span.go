package name

import (
	"readout/internal/language"
	"readout/internal/language/chain"
)

// The labels of the chain that finds names and times.
const (
	None = iota
	NameBegin
	NameInside
	TimeBegin
	TimeInside
	spanLabels
)

// span gives the features that tell whether a token belongs to a name or a time.
func (v *view) span(f features, i int, s *language.Sentence) features {
	t, b, a := &v.tokens[i], v.at(i-1, s), v.at(i+1, s)
	bb, aa := v.at(i-2, s), v.at(i+2, s)
	f.add(1, t.word)
	f.add(2, b.word)
	f.add(3, a.word)
	f.add(4, b.word, t.word)
	f.add(5, t.word, a.word)
	f.add(6, bb.word, uint32(b.class), uint32(t.class))
	f.add(7, aa.word, uint32(a.class), uint32(t.class))
	f.add(8, t.xpos, t.shape)
	f.add(9, b.xpos, t.xpos)
	f.add(10, t.xpos, a.xpos)
	f.add(11, b.xpos, t.xpos, a.xpos)
	f.add(12, t.shape, b.shape)
	f.add(13, t.shape, a.shape)
	f.add(14, t.tail3, t.shape)
	f.add(15, t.tail2, t.upos)
	f.add(16, t.front, t.upos)
	f.add(17, t.fine)
	f.add(18, t.coarse, t.upos)
	f.add(19, b.fine, uint32(t.class))
	f.add(20, a.fine, uint32(t.class))
	f.add(21, b.coarse, t.coarse)
	f.add(22, t.coarse, a.coarse)
	f.add(23, uint32(t.lists), t.upos)
	f.add(24, uint32(b.lists), uint32(t.lists), uint32(t.class))
	f.add(25, uint32(t.lists), uint32(a.lists), uint32(t.class))
	f.add(26, t.seen&(seenLower|seenInside|seenProper), uint32(t.class))
	f.add(27, t.seen&(seenBehind|seenBefore|seenTitled|seenBody), uint32(t.class), t.upos)
	f.add(28, t.rel, t.upos, uint32(t.class))
	f.add(29, uint32(bb.class), uint32(b.class), uint32(t.class), uint32(a.class))
	f.add(30, uint32(b.class), uint32(t.class), uint32(a.class), uint32(aa.class))
	f.add(31, b.upos, t.upos, a.upos, uint32(b.class), uint32(a.class))
	f.add(32, t.rel, b.rel, a.rel)
	return v.hanging(f, i, s)
}

// hanging adds what the parse tells.
func (v *view) hanging(f features, i int, s *language.Sentence) features {
	t := &v.tokens[i]
	head := &outside
	side := uint32(0)
	if h := v.doc.Tokens[i].Head; h >= s.First && h < s.Last {
		head = &v.tokens[h]
		if side = 2; h < i {
			side = 1
		}
		if h-i < 3 && i-h < 3 {
			side += uint32(h-i+3) * 4
		}
	}
	f.add(40, t.rel, uint32(head.class), side)
	f.add(41, t.rel, head.word)
	f.add(42, t.rel, head.coarse, uint32(t.class))
	return f
}

// Example is what some tokens teach, or are told apart by.
type Example struct {
	Features [][]uint32
	Class    []uint8
	// Closed is true for a token that can be a part of no name.
	Closed []bool
}

// score fills the lattice of a sentence; false where no token may be a part of a name.
func (r *reader) score(s *language.Sentence) bool {
	v, any := &r.view, false
	for i := s.First; i < s.Last && !any; i++ {
		any = v.tokens[i].open
	}
	if !any {
		return false
	}
	l := &r.lattice
	l.Reset(r.model.Span, s.Last-s.First)
	for i := s.First; i < s.Last; i++ {
		l.Class[i-s.First] = v.tokens[i].class
		if !v.tokens[i].open {
			l.Scores[i-s.First] = [chain.Width]int32{0, chain.Never, chain.Never, chain.Never, chain.Never}
			continue
		}
		r.buffer = v.span(r.buffer[:0], i, s)
		r.model.Span.Score(&l.Scores[i-s.First], r.buffer)
	}
	return true
}

// stretch is a name or a time that the chain found.
type stretch struct {
	first, last int
	time        bool
	log         int32 // of how likely it begins there
	kind        [kinds]int32
	sentence    int
}

// find adds the names and times of a sentence.
func (r *reader) find(k int) {
	s := &r.view.doc.Sentences[k]
	if !r.score(s) {
		return
	}
	l := &r.lattice
	l.Sum()
	n := s.Last - s.First
	r.log = r.log[:0]
	for i := range n {
		r.log = append(r.log, max(l.Log(i, NameBegin), l.Log(i, TimeBegin)))
	}
	if cap(r.labels) < n {
		r.labels = make([]uint8, n)
	}
	labels := r.labels[:n]
	l.Best(labels)
	for i := 0; i < n; {
		y := labels[i]
		if y == None {
			i++
			continue
		}
		end := i + 1
		for end < n && labels[end] == y+1 {
			end++
		}
		r.found = append(r.found, stretch{first: s.First + i, last: s.First + end, time: y == TimeBegin, log: r.log[i], sentence: k})
		i = end
	}
}
