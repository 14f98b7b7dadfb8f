// Package wordvector reads the public word vectors that trainers learn with (docs/data.md
// says where they come from, make vectors fetches them).
package wordvector

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Width is how many numbers a vector has.
const Width = 100

// Read calls take with the words that are wanted and their vectors, in the order of the
// file: the most frequent word first. more is asked with the place of each word, from 0,
// whether to read on.
func Read(path string, more func(place int) bool, want func(word string) bool, take func(word string, vector []float64)) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the word vectors are missing (make vectors fetches them): %w", err)
	}
	defer f.Close()
	if err := read(f, more, want, take); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// read goes through the file: one object, in which "vectors" holds by word its numbers with
// two more behind them.
func read(in io.Reader, more func(int) bool, want func(string) bool, take func(string, []float64)) error {
	d := json.NewDecoder(bufio.NewReader(in))
	if err := enter(d, "vectors"); err != nil {
		return err
	}
	for place := 0; d.More() && more(place); place++ {
		key, err := d.Token()
		if err != nil {
			return err
		}
		word, _ := key.(string) // the key of a member always is one
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if !want(word) {
			continue
		}
		var numbers []float64
		if err := json.Unmarshal(raw, &numbers); err != nil || len(numbers) < Width {
			return fmt.Errorf("the vector of %q has %d numbers (%v)", word, len(numbers), err)
		}
		take(word, numbers[:Width])
	}
	return nil
}

// enter goes to the first member of an object that stands under a key. The key may also be
// a word of the list that stands before it.
func enter(d *json.Decoder, key string) error {
	for last := json.Token(nil); ; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if t == json.Delim('{') && last == key {
			return nil
		}
		last = t
	}
}
