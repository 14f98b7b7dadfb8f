package net

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTwins holds the vector kernels to their plain twins, bit by bit.
func TestTwins(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		pairs, ld, ldx := 1+r.IntN(90), panel+r.IntN(40), 200
		x, w := make([]int16, 4*ldx), make([]int16, pairs*2*panel)
		for i := range x {
			x[i] = int16(r.Uint32())
		}
		for i := range w {
			w[i] = int16(r.IntN(255) - 127)
		}
		got := make([]int32, 4*ld)
		for i := range got {
			got[i] = int32(r.IntN(1 << 20))
		}
		want := slices.Clone(got)
		multiply(got, ld, x, ldx, w, pairs)
		multiplyPlain(want, ld, x, ldx, w, pairs)
		if !slices.Equal(got, want) {
			t.Fatalf("multiply of %d pairs: got %v, want %v", pairs, got, want)
		}
	}
	for range 2000 {
		n := 8 * (1 + r.IntN(8))
		sum, scale, cell := make([]int32, 4*n), make([]float32, 4*n), make([]float32, n)
		for i := range sum {
			sum[i], scale[i] = int32(r.Uint32())>>r.IntN(20), r.Float32()*1e-4
		}
		for i := range cell {
			cell[i] = r.Float32()*8 - 4
		}
		cell2, got, want := slices.Clone(cell), make([]int16, n), make([]int16, n)
		gates(sum, scale, cell, got)
		gatesPlain(sum, scale, cell2, want)
		if !slices.Equal(got, want) {
			t.Fatalf("states: got %v, want %v", got, want)
		}
		for i := range cell {
			if math.Float32bits(cell[i]) != math.Float32bits(cell2[i]) {
				t.Fatalf("cell %d: got %v, want %v", i, cell[i], cell2[i])
			}
		}
	}
}

// TestRoundingTwins does so for what turns sums into values and values into states.
func TestRoundingTwins(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 2000 {
		n := 8 * (1 + r.IntN(16))
		sum, scale := make([]int32, n), make([]float32, n)
		for i := range sum {
			sum[i], scale[i] = int32(r.Uint32())>>r.IntN(24), r.Float32()*1e-3
		}
		a, b := make([]float32, n), make([]float32, n)
		values(sum, scale, a)
		valuesPlain(sum, scale, b)
		if !slices.Equal(a, b) {
			t.Fatalf("values: got %v, want %v", a, b)
		}
		got, want := make([]int16, n), make([]int16, n)
		round(a, b, got, 0.1, 256, 4095)
		roundPlain(a, b, want, 0.1, 256, 4095)
		if !slices.Equal(got, want) {
			t.Fatalf("states: got %v, want %v", got, want)
		}
	}
}

// TestSumTwins does so for the sums of rows of a table.
func TestSumTwins(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 2000 {
		n, count := 16*(1+r.IntN(8)), r.IntN(12)
		table, rows, got := make([]int16, 20*n), make([]int32, count), make([]int16, n)
		for i := range table {
			table[i] = int16(r.Uint32())
		}
		for i := range rows {
			rows[i] = int32(r.IntN(20))
		}
		want := slices.Clone(got)
		sumRows(got, table, rows)
		sumRowsPlain(want, table, rows)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestTanh(t *testing.T) {
	for x := float32(-9); x < 9; x += 0.01 {
		if got, want := float64(tanh(x)), math.Tanh(float64(x)); math.Abs(got-want) > 2e-4 {
			t.Fatalf("tanh(%v): got %v, want %v", x, got, want)
		}
	}
}

// BenchmarkMultiply reports how many products of weights are made in a second.
func BenchmarkMultiply(b *testing.B) {
	const in, out, rows = 256, 512, 100
	x, w, sum := make([]int16, rows*in), make([]int16, in*out), make([]int32, rows*out)
	for b.Loop() {
		multiplyAll(sum, out, x, in, w, in, out, rows)
	}
	b.ReportMetric(float64(b.N)*in*out*rows/b.Elapsed().Seconds()/1e9, "Gproducts/s")
}
