package net

import "strings"

// kept is how many words a memo holds. News uses a few hundred words for most of what it
// says: of 80,000 words of news, 35 in 100 had to be computed with so many, and 41 with
// those of one article alone. One word takes 4 KB.
const kept = 1024

// longestKept is how many bytes the longest word has that is kept: a text that is one word
// is not to be held.
const longestKept = 64

// memo holds what the first layer takes in from a word, which depends on the word alone:
// the product with the weights of each direction. The products are exact, so it makes no
// difference to what is found whether one was kept or not.
type memo struct {
	at   map[string]int32
	next int        // the first row that is free
	sums [2][]int32 // one row a word, a direction each
	x    []int16    // the inputs of the words that are new
}

// prepare gives the rows of the words of a group in the memo, and computes those that are
// not in it. Of a group that is shorter than its longest sentence the places behind the end
// have no row.
func (m *Model) prepare(c *memo, group [][]Word, rows []int32) {
	if c.at == nil {
		c.at = make(map[string]int32, kept)
	}
	if c.next+len(rows) > kept {
		clear(c.at)
		c.next = 0
	}
	c.x = resize(c.x, len(rows)*Width)
	from := c.next
	for s, sentence := range group {
		for i := range sentence {
			w := &sentence[i]
			row, ok := c.at[w.Form]
			if !ok {
				row = int32(c.next)
				m.embed(w, c.x[(c.next-from)*Width:][:Width])
				if c.next++; len(w.Form) <= longestKept {
					c.at[strings.Clone(w.Form)] = row // the article itself is not to be held
				}
			}
			rows[i*Group+s] = row
		}
	}
	m.compute(c, from)
}

// compute fills the rows of the memo from one on.
func (m *Model) compute(c *memo, from int) {
	fresh := (c.next - from + 3) &^ 3 // the product takes four rows at a time
	for dir := range c.sums {
		n := 4 * m.layers[0][dir].state
		if c.sums[dir] == nil {
			c.sums[dir] = make([]int32, (kept+3)*n)
		}
		m.layers[0][dir].input.apply(c.sums[dir][from*n:], c.x, Width, fresh)
	}
}

// copy fills the sums of one direction of a group from the rows of its words, each n wide.
func (c *memo) copy(sum []int32, dir int, group [][]Word, rows []int32, n int) {
	for s, sentence := range group {
		for i := range sentence {
			r := i*Group + s
			copy(sum[r*n:(r+1)*n], c.sums[dir][int(rows[r])*n:])
		}
	}
}
