package net

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
	"strings"
	"sync"
)

// File is a trained network as it is stored.
type File struct {
	Version string
	// Words and Vectored list the words that have a row of their own in the table of words
	// and in that of vectors, each followed by a line end, the first row being nobody's.
	Words, Vectored string
	// Tables are the rows of words, vectors and affixes, as bits of int8; Units is what 1
	// in each is in states.
	Tables [2 + Affixes][]byte
	Units  [2 + Affixes]int16
	// Layers are by layer and direction; the Recurrent part has no bias and shares the
	// scale of the Input part.
	Layers [2][2]struct{ Input, Recurrent Weights }
	// Tags and Tags2 give the parts of speech from the states of both layers, Mix the sides of arcs and labels, Turn the dependents
	// as heads see them, Rels the relations.
	Tags, Tags2, Mix, Turn, Rels Weights
	// Root is the root as a head: its side of arcs, and of labels.
	Root       []int16
	RootLabels []float32
	// UPOS, XPOS, Relations are how many there are.
	UPOS, XPOS, Relations int
	// XPOSFrom is the column of the first XPOS.
	XPOSFrom int
}

// Weights are those of a matrix, row after row, as bits of int8.
type Weights struct {
	In, Out int
	W       []byte
	Bias    []int32
	Scale   []float32
}

// Write stores a network.
func (f *File) Write(w io.Writer) error { return gob.NewEncoder(w).Encode(f) }

// Model is a network ready for use, by any number of goroutines.
type Model struct {
	rows                         map[string]row
	tables                       [2 + Affixes][]int8
	units                        [2 + Affixes]int16
	layers                       [2][2]layer
	tags, tags2, mix, turn, rels Matrix
	root                         []int16
	rootLabels                   []float32
	upos, xpos, xposFrom         int
	relations                    int
	state, arcs, labels          int
	pool                         sync.Pool
}

// row is where a word stands in the tables; 0 is nowhere.
type row struct{ word, vector int32 }

// layer is one direction of a recurrent layer.
type layer struct {
	input     Matrix
	recurrent []int16
	state     int
	back      bool
}

// Load makes a stored network ready.
func Load(data []byte) (*Model, error) {
	var f File
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&f); err != nil {
		return nil, fmt.Errorf("load network: %w", err)
	}
	m := &Model{rows: make(map[string]row, len(data)/128), units: f.Units, root: f.Root, rootLabels: f.RootLabels,
		upos: f.UPOS, xpos: f.XPOS, xposFrom: f.XPOSFrom, relations: f.Relations}
	i := int32(0)
	for line := range strings.SplitSeq(strings.TrimSuffix(f.Words, "\n"), "\n") {
		m.rows[line] = row{word: i}
		i++
	}
	i = 0
	for line := range strings.SplitSeq(strings.TrimSuffix(f.Vectored, "\n"), "\n") {
		m.rows[line] = row{word: m.rows[line].word, vector: i}
		i++
	}
	for k, t := range f.Tables {
		m.tables[k] = signed(t)
	}
	for k := range f.Layers {
		for dir := range f.Layers[k] {
			x := &f.Layers[k][dir]
			m.layers[k][dir] = newLayer(&x.Input, &x.Recurrent, dir == 1)
		}
	}
	m.tags, m.tags2 = f.Tags.matrix(), f.Tags2.matrix()
	m.mix, m.turn, m.rels = f.Mix.matrix(), f.Turn.matrix(), f.Rels.matrix()
	m.state, m.arcs, m.labels = m.layers[0][0].state, m.turn.In, m.rels.In
	m.pool.New = func() any { return &work{} }
	return m, nil
}

func newLayer(input, recurrent *Weights, back bool) layer {
	return layer{input: input.matrix(), state: recurrent.In, back: back,
		recurrent: pack(signed(recurrent.W), recurrent.In, recurrent.Out)}
}

func signed(b []byte) []int8 {
	s := make([]int8, len(b))
	for i, v := range b {
		s[i] = int8(v)
	}
	return s
}

func (w *Weights) matrix() Matrix {
	return Matrix{In: w.In, Out: w.Out, weights: pack(signed(w.W), w.In, w.Out), bias: w.Bias, scale: w.Scale}
}
