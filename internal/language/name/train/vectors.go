package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
)

// width is how many numbers a vector has.
const width = 100

// vectors are words, the most frequent first, with what stands for each: a direction of
// length one.
type vectors struct {
	words []string
	of    [][width]float32
}

// readVectors reads the first words of a file of vectors. The file is one object, in which
// "words" lists the words and "vectors" holds, by word and in the same order, the numbers of
// each with two more behind them.
func readVectors(path string, most int) (*vectors, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the word vectors are missing: %w", err)
	}
	defer f.Close()
	v, err := decodeVectors(json.NewDecoder(f), most)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return v, nil
}

func decodeVectors(d *json.Decoder, most int) (*vectors, error) {
	v := &vectors{}
	if err := seek(d, "words"); err != nil {
		return nil, err
	}
	if err := d.Decode(&v.words); err != nil {
		return nil, err
	}
	v.words = v.words[:min(most, len(v.words))]
	if err := seek(d, "vectors"); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != nil { // the brace
		return nil, err
	}
	for _, w := range v.words {
		var numbers []float64
		if key, err := d.Token(); err != nil || key != w {
			return nil, fmt.Errorf("a vector of %v where that of %q should stand (%v)", key, w, err)
		}
		if err := d.Decode(&numbers); err != nil {
			return nil, err
		}
		if len(numbers) < width {
			return nil, fmt.Errorf("the vector of %q has %d numbers", w, len(numbers))
		}
		v.of = append(v.of, unit(numbers))
	}
	return v, nil
}

// seek reads up to behind a key.
func seek(d *json.Decoder, key string) error {
	for {
		if t, err := d.Token(); err != nil || t == key {
			return err
		}
	}
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
