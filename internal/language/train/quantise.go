package main

import (
	"math"
	"strings"

	"readout/internal/language"
	"readout/internal/language/net"
)

// unit is what a state of 1 is in whole numbers, arcUnit what it is in the sides of arcs.
const (
	unit    = 1024
	arcUnit = 256
)

// quantise rounds a trained network to the whole numbers that it is read with.
func quantise(x *full, version string) *net.File {
	f := &net.File{Version: version, Words: strings.Join(x.Words, "\n") + "\n", Vectored: strings.Join(x.Raw, "\n") + "\n",
		UPOS: language.CountUPOS, XPOS: language.CountXPOS, Relations: language.CountRel, XPOSFrom: upos}
	f.Tables[0], f.Units[0] = roundTable(x.Weights["word"])
	f.Tables[1], f.Units[1] = roundTable(x.Vectors)
	for a := range net.Affixes {
		f.Tables[2+a], f.Units[2+a] = roundTable(x.Weights["affix"+string(rune('0'+a))])
	}
	for k, in := range [2]int{net.Width, 2 * state} {
		for dir, name := range [2]string{".on", ".back"} {
			name = "layer" + string(rune('0'+k)) + name
			both := append(append([]float32(nil), x.Weights[name+".x"]...), x.Weights[name+".h"]...)
			w := roundMatrix(both, x.Weights[name+".b"], in+state, 4*state)
			l := &f.Layers[k][dir]
			l.Input = net.Weights{In: in, Out: w.Out, W: w.W[:in*w.Out], Bias: w.Bias, Scale: w.Scale}
			l.Recurrent = net.Weights{In: state, Out: w.Out, W: w.W[in*w.Out:]}
		}
	}
	f.Tags = roundMatrix(x.Weights["tag"], x.Weights["tag.b"], 2*state, upos+xpos)
	f.Tags2 = roundMatrix(x.Weights["tag2"], make([]float32, upos+xpos), 2*state, upos+xpos)
	f.Mix = roundMatrix(x.Weights["mix"], x.Weights["mix.b"], 2*state, mixed)
	f.Turn = roundMatrix(x.Weights["turn"], x.Weights["turn.b"], arcs, arcs)
	f.Rels = roundMatrix(x.Weights["rel"], x.Weights["rel.b"], labels, rels)
	root := x.Weights["root"]
	for _, v := range root[:arcs] {
		f.Root = append(f.Root, int16(math.Round(float64(v)*arcUnit)))
	}
	f.RootLabels = root[arcs:]
	return f
}

func largest(w []float32) (most float64) {
	for _, v := range w {
		most = max(most, math.Abs(float64(v)))
	}
	return most
}

func rounded(v, step float64) byte {
	return byte(int8(max(-127, min(127, math.Round(v/step)))))
}

// roundTable rounds a table whose steps are a whole number of units.
func roundTable(w []float32) ([]byte, int16) {
	u := max(1, math.Ceil(largest(w)*unit/127))
	out := make([]byte, len(w))
	for i, v := range w {
		out[i] = rounded(float64(v), u/unit)
	}
	return out, int16(u)
}

// roundMatrix rounds a matrix column by column.
func roundMatrix(w, bias []float32, in, out int) net.Weights {
	m := net.Weights{In: in, Out: out, W: make([]byte, in*out), Bias: make([]int32, out), Scale: make([]float32, out)}
	for j := range out {
		most := 1e-9
		for k := range in {
			most = max(most, math.Abs(float64(w[k*out+j])))
		}
		step := most / 127
		for k := range in {
			m.W[k*out+j] = rounded(float64(w[k*out+j]), step)
		}
		m.Scale[j] = float32(step / unit)
		m.Bias[j] = int32(math.Round(float64(bias[j]) / float64(m.Scale[j])))
	}
	return m
}
