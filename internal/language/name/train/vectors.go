package main

import (
	"math"

	"readout/internal/language/wordvector"
)

// width is how many numbers a vector has.
const width = wordvector.Width

// vectors are words, the most frequent first, with what stands for each: a direction of
// length one.
type vectors struct {
	words []string
	of    [][width]float32
}

// readVectors reads the first words of a file of vectors.
func readVectors(path string, most int) (*vectors, error) {
	v := &vectors{}
	err := wordvector.Read(path, func(place int) bool { return place < most }, func(string) bool { return true },
		func(word string, numbers []float64) {
			v.words, v.of = append(v.words, word), append(v.of, unit(numbers))
		})
	return v, err
}

func unit(numbers []float64) (v [width]float32) {
	var sum float64
	for _, x := range numbers[:width] {
		sum += x * x
	}
	scale := 1 / math.Sqrt(max(sum, 1e-9))
	for k := range v {
		v[k] = float32(numbers[k] * scale)
	}
	return v
}
