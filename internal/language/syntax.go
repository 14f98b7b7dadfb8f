package language

import (
	_ "embed"
	"slices"
	"sync"

	"readout/internal/language/net"
)

// Syntax lays what a trained network tells of the tokens: their parts of speech, their
// heads and what they are to them; and from these their lemmas.
type Syntax struct{}

//go:embed network.model
var networkFile []byte

// network is made ready when it is first needed.
var network = sync.OnceValue(func() *net.Model {
	m, err := net.Load(networkFile)
	if err != nil {
		panic(err) // the file is a part of the program
	}
	return m
})

// StateWidth is how many numbers the state of a token has.
func StateWidth() int { return network().StateWidth() }

// State gives what the network that parsed the sentence knows of a token.
func (d *Document) State(token int) []int8 {
	n := StateWidth()
	return d.States[token*n : (token+1)*n]
}

const (
	// longest is how many tokens are read as one piece. A longer sentence is cut, and the
	// pieces hang on the first: the work for a piece grows with its square.
	longest = 120
	// window is how many pieces are sorted by length at once.
	window = 64
)

// piece is a stretch of a sentence that is read at once.
type piece struct{ sentence, first, last int }

// Annotate fills the fields of Document.Tokens that say what a token is in its sentence.
func (Syntax) Annotate(d *Document) {
	r := syntaxes.Get().(*syntax)
	defer syntaxes.Put(r)
	r.pieces = r.pieces[:0]
	d.States = make([]int8, len(d.Tokens)*StateWidth())
	for s := range d.Sentences {
		sentence := &d.Sentences[s]
		for from := sentence.First; from < sentence.Last; from += longest {
			r.pieces = append(r.pieces, piece{s, from, min(from+longest, sentence.Last)})
		}
		if len(r.pieces) >= window {
			if r.read(d); d.Cancelled() {
				return
			}
		}
	}
	r.read(d)
	for s := range d.Sentences {
		d.join(&d.Sentences[s])
		d.link(&d.Sentences[s])
	}
}

// syntax is what reading needs, kept from one document to the next.
type syntax struct {
	pieces []piece
	words  [net.Group][]net.Word
}

var syntaxes = sync.Pool{New: func() any { return &syntax{} }}

// read reads the pieces that wait, those of like length together.
func (r *syntax) read(d *Document) {
	slices.SortStableFunc(r.pieces, func(a, b piece) int { return (a.last - a.first) - (b.last - b.first) })
	m := network()
	for from := 0; from < len(r.pieces); from += net.Group {
		group := r.pieces[from:min(from+net.Group, len(r.pieces))]
		for k := range r.words {
			r.words[k] = r.words[k][:0]
		}
		for k, p := range group {
			for i := p.first; i < p.last; i++ {
				r.words[k] = append(r.words[k], net.Word{Form: d.Words(d.Tokens[i].Range), Lower: d.Tokens[i].Lower, State: d.State(i)})
			}
		}
		m.Read(r.words[:])
		for k, p := range group {
			d.take(p, r.words[k])
		}
		if d.Cancelled() {
			break
		}
	}
	r.pieces = r.pieces[:0]
}

// take writes what was found of a piece.
func (d *Document) take(p piece, words []net.Word) {
	for i := range words {
		w, t := &words[i], &d.Tokens[p.first+i]
		t.UPOS, t.XPOS, t.Rel = UPOS(w.UPOS), XPOS(w.XPOS), Rel(w.Rel)
		t.Lemma = lemmaRules().of(d.Words(t.Range), t.Lower, t.XPOS)
		switch {
		case w.Head < 0:
			t.Head, t.Rel = -1, RelRoot
		case t.Rel == RelRoot:
			t.Head, t.Rel = p.first+int(w.Head), RelParataxis
		default:
			t.Head = p.first + int(w.Head)
		}
	}
}

// join hangs the roots of all pieces of a sentence but the first on that of the first.
func (d *Document) join(s *Sentence) {
	root := -1
	for i := s.First; i < s.Last; i++ {
		t := &d.Tokens[i]
		if t.Head >= 0 {
			continue
		}
		if root < 0 {
			root = i
			continue
		}
		t.Head, t.Rel = root, RelParataxis
	}
}
