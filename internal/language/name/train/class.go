package main

import (
	"math"
	"math/rand/v2"
)

// cluster sorts vectors into classes of like direction, by k-means: the classes are found
// on the first vectors, which are those of the frequent words, and all are sorted in.
func cluster(all [][width]float32, first, classes, rounds int) (of []uint16, centres [][width]float32) {
	r := rand.New(rand.NewPCG(11, 3))
	first = min(first, len(all))
	for _, i := range r.Perm(first)[:classes] {
		centres = append(centres, all[i])
	}
	of = make([]uint16, len(all))
	for range rounds {
		sums := make([][width]float32, classes)
		for i := range all[:first] {
			of[i] = nearest(&all[i], centres)
			s := &sums[of[i]]
			for k, x := range all[i] {
				s[k] += x
			}
		}
		for c := range sums {
			if length := dot(&sums[c], &sums[c]); length > 0 {
				centres[c] = scaled(&sums[c], length)
			}
		}
	}
	for i := range all {
		of[i] = nearest(&all[i], centres)
	}
	return of, centres
}

func nearest(v *[width]float32, centres [][width]float32) uint16 {
	best, at := float32(-2), 0
	for c := range centres {
		if d := dot(v, &centres[c]); d > best {
			best, at = d, c
		}
	}
	return uint16(at)
}

func dot(a, b *[width]float32) float32 {
	var s0, s1, s2, s3 float32
	for k := 0; k < width; k += 4 {
		s0 += a[k] * b[k]
		s1 += a[k+1] * b[k+1]
		s2 += a[k+2] * b[k+2]
		s3 += a[k+3] * b[k+3]
	}
	return s0 + s1 + s2 + s3
}

// scaled gives the direction of a vector whose square is known.
func scaled(v *[width]float32, square float32) (out [width]float32) {
	scale := 1 / float32(math.Sqrt(float64(square)))
	for k := range v {
		out[k] = v[k] * scale
	}
	return out
}
