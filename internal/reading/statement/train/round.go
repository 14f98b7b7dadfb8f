package main

import (
	"math"

	"readout/internal/language/chain"
	"readout/internal/language/net"
	"readout/internal/language/net/learn"
	"readout/internal/reading/statement/relation"
)

// file rounds a network to the whole numbers that it is read with.
func (n *network) file() *relation.NetworkFile {
	f := &relation.NetworkFile{}
	for row, seen := range n.seen { // those without a row of their own are read as nobody
		if seen < leastSeen {
			copy(n.word.Row(row), n.word.Row(0))
		}
	}
	f.Word, f.WordUnit = learn.RoundTable(n.word.W, net.Unit)
	f.Field, f.FieldUnit = learn.RoundTable(n.field.W, net.Unit)
	f.Pair, f.PairUnit = learn.RoundTable(n.pair.W, relation.PairUnit)
	for dir, l := range n.layer {
		f.Input[dir], f.Recurrent[dir] = l.Round(net.Unit)
	}
	f.Sides, f.Out = n.sides.Round(net.Unit), n.out.Round(relation.PairUnit)
	f.CueMoves, f.RoleMoves = moves(n.cueMoves), moves(n.roleMoves)
	return f
}

func moves(p *learn.Param) []int16 {
	out := make([]int16, len(p.W))
	for i, w := range p.W {
		out[i] = int16(max(-3000, min(3000, math.Round(float64(w)*chain.Step))))
	}
	return out
}
