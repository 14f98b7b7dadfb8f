package net

// arborist finds the best tree of a sentence from the scores of its arcs: that of the
// greatest sum in which one word hangs on the root and every other on a word (Chu and
// Liu; Edmonds). It keeps its memory from sentence to sentence.
type arborist struct {
	heads  []int32
	seen   []int32
	scores []int64
	level  []*contraction
}

// never is the score of an arc that may not be.
const never = -1 << 40

// best fills the heads of n words, -1 for the root. The score of word d under head h
// stands at d*width+h+1, that of being the root at d*width.
func (a *arborist) best(scores []int32, width, n int) []int32 {
	a.heads = resize(a.heads, n)
	roots := 0
	for d := range n {
		row := scores[d*width : d*width+n+1]
		at, top := -1, int32(-1<<31)
		for h, v := range row {
			if v > top && h != d+1 {
				at, top = h-1, v
			}
		}
		a.heads[d] = int32(at)
		if at < 0 {
			roots++
		}
	}
	if roots == 1 && !a.circles(a.heads) {
		return a.heads
	}
	root := chooseRoot(scores, width, n)
	side := n + 1
	a.scores = resize(a.scores, side*side)
	for d := range n {
		row := a.scores[(d+1)*side : (d+2)*side]
		for h := range row {
			row[h] = int64(scores[d*width+h])
		}
		row[d+1] = never
		if d != root {
			row[0] = never
		} else {
			for h := 1; h < side; h++ {
				row[h] = never
			}
		}
	}
	full := make([]int32, side)
	a.span(a.scores, side, full, 0)
	for d := range n {
		a.heads[d] = full[d+1] - 1
	}
	return a.heads
}

// chooseRoot gives the word that gains most, or loses least, by being the root.
func chooseRoot(scores []int32, width, n int) int {
	root, most := 0, int64(never)
	for d := range n {
		row := scores[d*width : d*width+n+1]
		other := int64(never)
		for h := 1; h < len(row); h++ {
			if h != d+1 {
				other = max(other, int64(row[h]))
			}
		}
		if gain := int64(row[0]) - other; gain > most {
			root, most = d, gain
		}
	}
	return root
}

// circles says whether following heads ever comes back; if so, seen marks who is on a
// circle's way.
func (a *arborist) circles(heads []int32) bool {
	a.seen = resize(a.seen, len(heads))
	clear(a.seen)
	for i := range heads {
		at := int32(i)
		for at >= 0 && a.seen[at] == 0 {
			a.seen[at] = int32(i) + 1
			at = heads[at]
		}
		if at >= 0 && a.seen[at] == int32(i)+1 {
			return true
		}
	}
	return false
}

// contraction is the graph in which a circle has become one node.
type contraction struct {
	scores []int64
	keep   []int32 // nodes of the larger graph by those of the smaller
	enter  []int32 // for each node: which of the circle it enters best
	leave  []int32 // for each node: which of the circle is its best head
	heads  []int32
	on     []bool
}

// span fills the heads of the nodes of a graph of which node 0 is the root.
func (a *arborist) span(s []int64, n int, heads []int32, depth int) {
	heads[0] = -1
	for d := 1; d < n; d++ {
		at := 0
		for h := range n {
			if h != d && s[d*n+h] > s[d*n+at] {
				at = h
			}
		}
		heads[d] = int32(at)
	}
	circle := findCircle(heads[:n])
	if circle < 0 {
		return
	}
	for len(a.level) <= depth {
		a.level = append(a.level, &contraction{})
	}
	c := a.level[depth]
	m := c.contract(s, n, heads, circle)
	a.span(c.scores, m, c.heads, depth+1)
	c.expand(m, heads)
}

// findCircle gives a node of a circle, -1 for none.
func findCircle(heads []int32) int32 {
	seen := make([]int32, len(heads))
	for i := 1; i < len(heads); i++ {
		at := int32(i)
		for at > 0 && seen[at] == 0 {
			seen[at] = int32(i)
			at = heads[at]
		}
		if at > 0 && seen[at] == int32(i) {
			return at
		}
	}
	return -1
}

// contract builds the smaller graph, whose last node is the circle, and gives its size.
func (c *contraction) contract(s []int64, n int, heads []int32, circle int32) int {
	c.on = resize(c.on, n)
	clear(c.on)
	for at := circle; !c.on[at]; at = heads[at] {
		c.on[at] = true
	}
	c.keep = c.keep[:0]
	for v := range n {
		if !c.on[v] {
			c.keep = append(c.keep, int32(v))
		}
	}
	m := len(c.keep) + 1
	c.scores, c.heads = resize(c.scores, m*m), resize(c.heads, m)
	c.enter, c.leave = resize(c.enter, m), resize(c.leave, m)
	for i, v := range c.keep {
		for j, u := range c.keep {
			c.scores[i*m+j] = s[int(v)*n+int(u)]
		}
		in, out := int64(never)*4, int64(never)*4
		for d := range n {
			if !c.on[d] {
				continue
			}
			if gain := s[d*n+int(v)] - s[d*n+int(heads[d])]; gain > in {
				in, c.enter[i] = gain, int32(d)
			}
			if s[int(v)*n+d] > out {
				out, c.leave[i] = s[int(v)*n+d], int32(d)
			}
		}
		c.scores[(m-1)*m+i], c.scores[i*m+m-1] = in, out
	}
	c.scores[m*m-1] = never * 4
	return m
}

// expand takes the heads of the smaller graph back to the larger; within the circle the
// heads stay but for the node that is entered.
func (c *contraction) expand(m int, heads []int32) {
	for i := 1; i < m-1; i++ {
		v := c.keep[i]
		if h := c.heads[i]; int(h) == m-1 {
			heads[v] = c.leave[i]
		} else {
			heads[v] = c.keep[h]
		}
	}
	from := c.heads[m-1]
	heads[c.enter[from]] = c.keep[from]
}

// resize gives a slice of n elements, of the old memory where it suffices.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
