package name

import (
	"encoding/binary"
	"errors"
)

// Classes sorts words by what they are like: words whose vectors point the same way are of
// one class, first names of one country, say. Words are known by 24 bits of their hash.
type Classes struct {
	starts []uint32 // where the words of each 16 high bits begin
	low    []uint8
	fine   []uint16
	coarse []uint8 // of each fine class
}

const hashBits = 24

func cut(hash uint32) uint32 { return (hash ^ hash>>hashBits) & (1<<hashBits - 1) }

// Of gives the classes of a word by its hash, counted from 1; 0 for a word that is not
// known.
func (c *Classes) Of(hash uint32) (fine, coarse uint32) {
	h := cut(hash)
	for k := c.starts[h>>8]; k < c.starts[h>>8+1]; k++ {
		if c.low[k] == uint8(h) {
			return uint32(c.fine[k]) + 1, uint32(c.coarse[c.fine[k]]) + 1
		}
	}
	return 0, 0
}

// NewClasses makes the classes of some words: of holds one for each hash, the first of
// two words with the same bits counting; coarse one for each class.
func NewClasses(hashes []uint32, of []uint16, coarse []uint8) *Classes {
	at := make([]uint16, 1<<hashBits)
	for i := len(hashes) - 1; i >= 0; i-- {
		at[cut(hashes[i])] = of[i] + 1
	}
	c := &Classes{coarse: coarse}
	for h, class := range at {
		if h&255 == 0 {
			c.starts = append(c.starts, uint32(len(c.low)))
		}
		if class > 0 {
			c.low, c.fine = append(c.low, uint8(h)), append(c.fine, class-1)
		}
	}
	c.starts = append(c.starts, uint32(len(c.low)))
	return c
}

// Append writes the classes behind some bytes: the coarse ones, then every word with its
// distance from the one before and its class.
func (c *Classes) Append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(c.coarse)))
	b = append(b, c.coarse...)
	b = binary.AppendUvarint(b, uint64(len(c.low)))
	before := 0
	for high := range len(c.starts) - 1 {
		for k := c.starts[high]; k < c.starts[high+1]; k++ {
			h := high<<8 | int(c.low[k])
			b = binary.AppendUvarint(b, uint64(h-before))
			b = binary.AppendUvarint(b, uint64(c.fine[k]))
			before = h
		}
	}
	return b
}

var errFile = errors.New("not names of this version")

// readClasses gives the classes that Append wrote, and what stands behind them.
func readClasses(b []byte) (*Classes, []byte, error) {
	next := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<hashBits {
			b = nil
			return -1
		}
		b = b[n:]
		return int(v)
	}
	n := next()
	if n < 0 || n > len(b) {
		return nil, nil, errFile
	}
	c := &Classes{coarse: b[:n:n], starts: make([]uint32, 1, 1<<16+1)}
	b = b[n:]
	words := next()
	if words < 0 || words > len(b) {
		return nil, nil, errFile
	}
	c.low, c.fine = make([]uint8, 0, words), make([]uint16, 0, words)
	at := 0
	for range words {
		step, class := next(), next()
		if step < 0 || class < 0 || class >= len(c.coarse) || at+step >= 1<<hashBits {
			return nil, nil, errFile
		}
		at += step
		for len(c.starts) <= at>>8 {
			c.starts = append(c.starts, uint32(len(c.low)))
		}
		c.low, c.fine = append(c.low, uint8(at)), append(c.fine, uint16(class))
	}
	for len(c.starts) <= 1<<16 {
		c.starts = append(c.starts, uint32(len(c.low)))
	}
	return c, b, nil
}
