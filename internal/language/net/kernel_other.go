//go:build !amd64

package net

const fast = false

// multiply adds the products of four rows of x with one panel of weights to four rows of
// sums.
func multiply(sum []int32, ldsum int, x []int16, ldx int, w []int16, pairs int) {
	multiplyPlain(sum, ldsum, x, ldx, w, pairs)
}

// gates moves one recurrent layer a step on: from the sums of the four gates it fills the
// new cells and the state that they show.
func gates(sum []int32, scale, cell []float32, state []int16) { gatesPlain(sum, scale, cell, state) }

// values turns sums into what they stand for.
func values(sum []int32, scale, out []float32) { valuesPlain(sum, scale, out) }

// round adds two rows, lessens what is below zero by a slope, and gives it in whole
// numbers of a unit within a bound.
func round(a, b []float32, out []int16, slope, unit, bound float32) {
	roundPlain(a, b, out, slope, unit, bound)
}

// sumRows adds some rows of a table to out, which is as wide.
func sumRows(out, table []int16, rows []int32) { sumRowsPlain(out, table, rows) }
