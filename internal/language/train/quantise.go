package main

import (
	"math"
	"strings"

	"readout/internal/language"
	"readout/internal/language/net"
	"readout/internal/language/net/learn"
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
	f.Tables[0], f.Units[0] = learn.RoundTable(x.Weights["word"], unit)
	f.Tables[1], f.Units[1] = learn.RoundTable(x.Vectors, unit)
	for a := range net.Affixes {
		f.Tables[2+a], f.Units[2+a] = learn.RoundTable(x.Weights["affix"+string(rune('0'+a))], unit)
	}
	for k, in := range [2]int{net.Width, 2 * state} {
		for dir, name := range [2]string{".on", ".back"} {
			name = "layer" + string(rune('0'+k)) + name
			both := append(append([]float32(nil), x.Weights[name+".x"]...), x.Weights[name+".h"]...)
			w := learn.RoundMatrix(both, x.Weights[name+".b"], in+state, 4*state, unit)
			l := &f.Layers[k][dir]
			l.Input = net.Weights{In: in, Out: w.Out, W: w.W[:in*w.Out], Bias: w.Bias, Scale: w.Scale}
			l.Recurrent = net.Weights{In: state, Out: w.Out, W: w.W[in*w.Out:]}
		}
	}
	f.Tags = learn.RoundMatrix(x.Weights["tag"], x.Weights["tag.b"], 2*state, upos+xpos, unit)
	f.Tags2 = learn.RoundMatrix(x.Weights["tag2"], make([]float32, upos+xpos), 2*state, upos+xpos, unit)
	f.Mix = learn.RoundMatrix(x.Weights["mix"], x.Weights["mix.b"], 2*state, mixed, unit)
	f.Turn = learn.RoundMatrix(x.Weights["turn"], x.Weights["turn.b"], arcs, arcs, unit)
	f.Rels = learn.RoundMatrix(x.Weights["rel"], x.Weights["rel.b"], labels, rels, unit)
	root := x.Weights["root"]
	for _, v := range root[:arcs] {
		f.Root = append(f.Root, int16(math.Round(float64(v)*arcUnit)))
	}
	f.RootLabels = root[arcs:]
	return f
}
