package net

import "golang.org/x/sys/cpu"

// fast says whether the machine has the instructions of the vector kernels.
var fast = cpu.X86.HasAVX2

//go:noescape
func multiplyAVX2(sum *int32, ldsum int, x *int16, ldx int, w *int16, pairs int)

//go:noescape
func gatesAVX2(sum *int32, scale *float32, cell *float32, state *int16, n int)

// multiply adds the products of four rows of x with one panel of weights to four rows of
// sums.
func multiply(sum []int32, ldsum int, x []int16, ldx int, w []int16, pairs int) {
	if !fast {
		multiplyPlain(sum, ldsum, x, ldx, w, pairs)
		return
	}
	_, _, _ = sum[3*ldsum+panel-1], x[3*ldx+2*pairs-1], w[pairs*2*panel-1]
	multiplyAVX2(&sum[0], ldsum*4, &x[0], ldx*2, &w[0], pairs)
}

// gates moves one recurrent layer a step on: from the sums of the four gates it fills the
// new cells and the state that they show.
func gates(sum []int32, scale, cell []float32, state []int16) {
	if !fast {
		gatesPlain(sum, scale, cell, state)
		return
	}
	n := len(cell)
	_, _, _ = sum[4*n-1], scale[4*n-1], state[n-1]
	gatesAVX2(&sum[0], &scale[0], &cell[0], &state[0], n)
}

//go:noescape
func valuesAVX2(sum *int32, scale *float32, out *float32, n int)

//go:noescape
func roundAVX2(a *float32, b *float32, out *int16, n int, slope float32, unit float32, bound float32)

// values turns sums into what they stand for. Their number is a multiple of 8, as in
// round.
func values(sum []int32, scale, out []float32) {
	if !fast {
		valuesPlain(sum, scale, out)
		return
	}
	n := len(out)
	_, _ = sum[n-1], scale[n-1]
	valuesAVX2(&sum[0], &scale[0], &out[0], n)
}

// round adds two rows, lessens what is below zero by a slope, and gives it in whole
// numbers of a unit within a bound.
func round(a, b []float32, out []int16, slope, unit, bound float32) {
	if !fast {
		roundPlain(a, b, out, slope, unit, bound)
		return
	}
	n := len(out)
	_, _ = a[n-1], b[n-1]
	roundAVX2(&a[0], &b[0], &out[0], n, slope, unit, bound)
}

//go:noescape
func sumRowsAVX2(out *int16, n int, table *int16, rows *int32, count int)

// sumRows adds some rows of a table to out, which is as wide: a multiple of 16.
func sumRows(out, table []int16, rows []int32) {
	if !fast || len(rows) == 0 {
		sumRowsPlain(out, table, rows)
		return
	}
	n := len(out)
	for _, r := range rows {
		_ = table[int(r)*n+n-1]
	}
	sumRowsAVX2(&out[0], n, &table[0], &rows[0], len(rows))
}
